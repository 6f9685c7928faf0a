import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { looselyAlike, scaleOf, unitClassOf } from "../../lexicon/units.ts";
import { bareWords, meansZero, namesDate, onlySaysReached } from "../../lexicon/wording.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; target: string; actual: string; why: string };

/** Target and actual in different units, or one a date or figure and the other not. */
export const unitChanges: Rule = formRule<Figures>({
  id: "unit-changes",
  code: "AR-130",
  title: "指标值与完成值的单位或类型不同",
  explains:
    "指标值和完成值单位不同，或一边是日期、文字而另一边是数字，两者无法比较。人与名、起与件等同义写法，换算后相等的金额，“零投诉”与0，完成值省写单位，均不提示。指标值是日期而完成值只写达成的，作为建议。",
  kind: "auto",
  basis: [cite("form", "计量单位")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts).filter(({ facts: { kind } }) => kind !== "blank");
    if (rows.length === 0) return notApplicable("没有填列指标值和完成值的行");
    const found: Found<Figures>[] = [];
    for (const { facts: row, title } of rows) {
      const { target, actual } = row.row;
      if (target.text === null || actual.text === null) continue;
      const report = (why: string, hint = false): void => {
        found.push({
          at: [place.indicator(row.index, "actual"), place.indicator(row.index, "target")],
          figures: { row: title, target: said(target), actual: said(actual), why },
          ...(hint ? { force: "hint" as const } : {}),
        });
      };
      if (row.target && row.actual) {
        if (target.unit === null || actual.unit === null || looselyAlike(target.unit, actual.unit)) continue;
        const first = unitClassOf(target.unit);
        const second = unitClassOf(actual.unit);
        if (first === null || second === null) continue;
        // 万人 and 人, 万元 and 元 are one unit in two scales; lengths, areas and the like convert.
        if (first === second && scaleOf(target.unit) !== scaleOf(actual.unit)) continue;
        report(`单位由“${target.unit}”变成“${actual.unit}”`, first === second);
      } else if (!row.target && row.actual) {
        if (target.value !== null || /\d/.test(bareWords(target.text)) || meansZero(target.text)) {
          if (namesDate(target.text) && !namesDate(actual.text)) report("指标值是日期，完成值是数字");
          continue;
        }
        report("指标值是文字，完成值是数字");
      } else if (!row.target && !row.actual && namesDate(target.text) && !namesDate(actual.text)) {
        if (onlySaysReached(actual.text)) report("指标值是日期，完成值只说达成，没有写明何时完成", true);
      }
    }
    return outcomeOf(found);
  },
  message: ({ row, target, actual, why }) =>
    `「${row}」的年度指标值为“${target}”，实际完成值为“${actual}”：${why}，两者无法比较。`,
  remedy: ({ row }) => `按「${row}」指标值的单位和类型填写实际完成值。`,
  examples: {
    fails: [
      {
        says: "指标值计公里，完成值计处",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "清淤河道", "≥12公里", "15处", "15", "15"] }),
        }),
      },
      {
        says: "指标值是文字，完成值是比率",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "饮用水水质", "达到国家标准", "98%", "15", "15"] }),
        }),
      },
      {
        says: "指标值是日期，完成值只说达成",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "项目完工时间", "10月底前", "达成指标", "10", "10"] }),
        }),
      },
    ],
    passes: [
      { says: "单位一致", given: exampleForm() },
      {
        says: "同义单位、换算相等、省写单位、零与0",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "项目总成本", "≤20万元", "200000元", "10", "10"],
            1: ["数量指标", "培训学员", "≥50名", "56人", "15", "15"],
            2: ["质量指标", "安全责任事故", "零事故", "0", "15", "15"],
            3: ["时效指标", "项目完工时间", "2024年10月底前", "2024年9月", "10", "10"],
          }),
        }),
      },
    ],
  },
});
