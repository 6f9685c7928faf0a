import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { saysNothing } from "../../lexicon/names.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { bareWords, holdsFigure, namesDate, onlySaysReached } from "../../lexicon/wording.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

/** A target that only repeats its name, or a name that only says "targets" and a target that says "met". */
export const circularTarget: Rule = formRule<{ row: string; target: string }>({
  id: "circular-target",
  code: "AR-51",
  title: "指标循环，没有说明衡量什么",
  explains: "名称只说考核指标、工作任务、绩效目标而指标值只写达标、完成；或指标值与名称是同一句话。",
  kind: "assist",
  basis: [cite("checkers", "空泛用语"), cite("reading", "名称不确定")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<{ row: string; target: string }>[] = [];
    for (const { facts: row, name, title } of rowMeanings(facts)) {
      const { target } = row.row;
      if (row.target || target.text === null || holdsFigure(target.text) || namesDate(target.text)) continue;
      const words = bareWords(target.text);
      const empty =
        saysNothing(name.bare) &&
        (onlySaysReached(target.text) || /^(?:达标|完成|合格|通过|优秀)$/.test(words));
      if (!empty && !(words.length >= 4 && words === name.bare)) continue;
      found.push({
        at: [place.indicator(row.index, "target")],
        figures: { row: title, target: said(target) },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target }) => `「${row}」的年度指标值为“${target}”，没有说明考核什么、达到什么程度。`,
  remedy: ({ row }) => `写明「${row}」考核的具体事项和标准。`,
  examples: {
    fails: [
      {
        says: "考核任务：完成",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "年度考核任务", "完成", "完成", "15", "15"] }),
        }),
      },
      {
        says: "指标值就是名称",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "改善乡村风貌", "改善乡村风貌", "达成指标", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "有数字", given: exampleForm() },
      {
        says: "名称有具体事项",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "第三方服务考核", "达标", "达标", "15", "15"] }),
        }),
      },
    ],
  },
});
