import { type Form, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { formExplanation, readReason } from "../../text/index.ts";

type Said = { row: string; points: string; score: string; target: string; actual: string; reason: string };

/** AR-80: a row lost points and nothing in the form says why or what will be done. */
export const lostPointsWithoutReason = formRule<Said>({
  id: "lost-points-without-reason",
  code: "AR-80",
  title: "失分没有说明原因或措施",
  explains:
    "得分低于分值的行，偏差原因栏应写明原因或改进措施。空白、一横、“无”、“根据实际情况”之类不算说明；整张表统一填写了偏差原因的，视为已说明。只有原因没有措施的由另一项检查指出。",
  kind: "auto",
  basis: [cite("form", "失分原因")],
  force: "must",
  needs: ["indicators", "points", "scores"],
  check({ form, facts }) {
    const lost = facts.rows.filter(({ lostPoints }) => lostPoints === true);
    if (lost.length === 0) return notApplicable("各行得分都等于分值");
    if (formExplanation(form) !== null) return outcomeOf<Said>([]);
    const found: Found<Said>[] = [];
    const blank = hasNoReasonColumn(form) ? "表内没有偏差原因栏，也没有另作说明" : "偏差原因栏空白";
    for (const { row, index, points, score } of lost) {
      if (!points || !score || !readReason(row.deviation).isHollow) continue;
      found.push({
        at: [place.indicator(index, "deviation"), place.indicator(index, "score")],
        figures: {
          row: row.name ?? `第${index + 1}行`,
          points: showDecimal(points),
          score: showDecimal(score),
          target: row.target.text ?? "空白",
          actual: row.actual.text ?? "空白",
          // A dash or "无" is no reason, but the cell is not blank.
          reason: row.deviation?.trim() ? `偏差原因栏只写“${row.deviation.trim()}”，没有原因和措施` : blank,
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, points, score, target, actual, reason }) =>
    `「${row}」指标值${target}、完成值${actual}，分值${points}只得${score}分，${reason}。`,
  remedy: ({ row }) => `补充「${row}」失分的原因和改进措施。`,
  examples: {
    fails: [
      {
        says: "失分而原因栏空白",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "96公里", "15", "12", null] }),
        }),
      },
      {
        says: "只写无",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "96公里", "15", "12", "无"] }),
        }),
      },
      {
        says: "只写根据实际情况",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "维护供水管道长度", "≥120公里", "96公里", "15", "12", "根据工作实际情况。"],
          }),
        }),
      },
    ],
    passes: [
      {
        says: "写明了原因",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "汛期道路中断，西片管道未能施工。",
            ],
          }),
        }),
      },
      {
        says: "整张表统一说明",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "96公里", "15", "12", null] }),
          deviation: "汛期道路中断，西片24公里管道未能施工，2025年一季度补齐。",
        }),
      },
      { says: "没有失分", given: exampleForm() },
    ],
  },
});

/** Whether the form was read from cells and none of them belonged to a column of reasons. */
function hasNoReasonColumn(form: Form): boolean {
  if (form.indicators.some(({ deviation }) => deviation !== null)) return false;
  const traced = form.indicators.findIndex((_, index) => form.origins[place.indicator(index, "score")]);
  return (
    traced >= 0 &&
    form.indicators.every((_, index) => form.origins[place.indicator(index, "deviation")] === undefined)
  );
}
