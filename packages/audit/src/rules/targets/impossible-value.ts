import { compare, decimal, place, trimDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { isBoundedShare } from "../../lexicon/names.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { isCounting, scaleOf, type UnitClass } from "../../lexicon/units.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

const ALL = decimal(100);
const WHOLE: ReadonlySet<UnitClass> = new Set([
  "people",
  "visits",
  "households",
  "bodies",
  "events",
  "cases",
]);
const AVERAGE = /平均|人均|均次|户均|次均|校均|日均|月均|年均|折合|当量|比/;
const MAY_FALL = /增长|增幅|增加|下降|降低|降幅|减少|变化|同比|环比|较上年|比上年|净|盈|利润|差|气温|温度/;

type Figures = { row: string; value: string; why: string };

/** A share above 100 % or negative, half a person, a negative count. */
export const impossibleValue: Rule = formRule<Figures>({
  id: "impossible-value",
  code: "AR-49",
  title: "不可能的数值",
  explains:
    "合格率、覆盖率、占比、满意度等不可能高于100%或为负；人、户、场等不可能有小数（平均数除外）或为负。完成率、增长率、毛入学率、床位使用率等可以高于100%，不提示。",
  kind: "auto",
  basis: [cite("checkers", "比率越界")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, unit, actualUnit, title } of rowMeanings(facts)) {
      for (const [side, value, ownUnit] of [
        ["target", row.target, unit],
        ["actual", row.actual, actualUnit ?? unit],
      ] as const) {
        if (!value) continue;
        const measure = row.row[side];
        let why: string | null = null;
        const share = ownUnit === "percent" || (ownUnit === null && name.isRate);
        if (share && isBoundedShare(name.bare) && compare(value, ALL) > 0) why = "这个比率不可能高于100%";
        else if (value.units < 0n && !MAY_FALL.test(name.bare) && (share || isCounting(ownUnit)))
          why = share ? "这个比率不可能为负" : "数量不可能为负";
        else if (
          ownUnit !== null &&
          WHOLE.has(ownUnit) &&
          scaleOf(measure.unit) === "" &&
          trimDecimal(value).scale > 0 &&
          !AVERAGE.test(name.bare)
        )
          why = `以“${measure.unit ?? row.row.target.unit ?? ""}”计的数量不可能有小数`;
        if (why !== null)
          found.push({
            at: [place.indicator(row.index, side)],
            figures: { row: title, value: said(measure), why },
          });
      }
    }
    return outcomeOf(found);
  },
  message: ({ row, value, why }) => `「${row}」填的是“${value}”，${why}。`,
  remedy: ({ row }) => `核对「${row}」的数值和单位。`,
  examples: {
    fails: [
      {
        says: "合格率103%",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "水样检测合格率", "≥95%", "103%", "15", "15"] }),
        }),
      },
      {
        says: "半个人",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "救助儿童人数", "≥120人", "131.5人", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "都可能", given: exampleForm() },
      {
        says: "完成率、毛入学率可以超过100%，平均人数可以有小数，万人可以有小数",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "惠及人口", "≥1.2万人", "1.35万人", "15", "15"],
            2: ["质量指标", "小学毛入学率", "≥100%", "103%", "15", "15"],
            4: ["社会效益指标", "任务完成率", "≥100%", "112%", "15", "15"],
            5: ["可持续影响指标", "平均每村管水员人数", "≥1.5人", "1.8人", "15", "15"],
          }),
        }),
      },
    ],
  },
});
