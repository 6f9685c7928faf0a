import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMarks } from "../../facts/row-marks.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; actual: string; entered: string; low: string; high: string; points: string };

/** A qualitative score outside the tier its own words name. */
export const qualitativeOutsideTier: Rule = formRule<Figures>({
  id: "qualitative-outside-tier",
  code: "AR-65",
  title: "定性指标得分不在所达档次之内",
  explains:
    "定性指标先定档再打分：达成、部分达成并具有一定效果、未达成且效果较差，各有得分范围。完成值写明了档次而得分在范围之外的，两者必有一误。从文字看不出档次的不作判断。",
  kind: "auto",
  basis: [cite("form-zhongjiang-2022", "定性三档"), cite("mof-2020-10", "定性")],
  force: "pack",
  needs: ["indicators", "points", "scores"],
  check: (dossier) => {
    if (dossier.policy.qualitative.value.kind !== "tiers") return notApplicable("所用口径的定性指标不分档");
    const found: Found<Figures>[] = [];
    for (const { row, verdict, entered, between, points } of rowMarks(dossier)) {
      if (verdict !== "outside-tier" || !between) continue;
      found.push({
        at: [place.indicator(row.index, "score")],
        figures: {
          row: row.name || `第${row.index + 1}行`,
          actual: row.row.actual.text ?? "",
          entered: showDecimal(entered),
          low: showDecimal(between[0]),
          high: showDecimal(between[1]),
          points: showDecimal(points),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, actual, entered, low, high, points }) =>
    `「${row}」的完成值为“${actual}”，${points}分的行应在${low}分至${high}分之间，填报${entered}分。`,
  remedy: ({ row, low, high }) => `「${row}」的得分或完成值：按完成值所属档次在${low}分至${high}分之间评分。`,
  examples: {
    fails: [
      {
        says: "部分达成却得满分",
        given: exampleForm({
          rows: withRows({
            5: ["可持续影响指标", "管护责任制度", "健全", "部分达成年度指标", "15", "15"],
          }),
        }),
      },
      {
        says: "达成却只得一半分",
        given: exampleForm({
          rows: withRows({
            5: [
              "可持续影响指标",
              "管护责任制度",
              "健全",
              "达成年度指标",
              "15",
              "7",
              "制度刚印发，明年组织培训。",
            ],
          }),
        }),
      },
    ],
    passes: [
      {
        says: "部分达成得10分，在9分至12分之间",
        given: exampleForm({
          rows: withRows({
            5: [
              "可持续影响指标",
              "管护责任制度",
              "健全",
              "部分达成年度指标",
              "15",
              "10",
              "两个村尚未签订，3月底前补签。",
            ],
          }),
        }),
      },
      {
        says: "文字看不出档次",
        given: exampleForm({
          rows: withRows({
            5: [
              "可持续影响指标",
              "管护责任制度",
              "健全",
              "制度已印发，正在推行",
              "15",
              "9",
              "推行时间短，明年上半年检查。",
            ],
          }),
        }),
      },
    ],
  },
});
