import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { formExplanation, readReason } from "../../text/index.ts";

type Said = { row: string; points: string; score: string; reason: string; has: string; lacks: string };

/** AR-83: points were lost and the explanation has a cause but no measure, or a measure but no cause. */
export const reasonWithoutMeasure = formRule<Said>({
  id: "reason-without-measure",
  code: "AR-83",
  title: "失分说明只有原因没有改进措施",
  explains:
    "失分的行，说明栏写了原因而没有改进措施、措施只是“加强管理”之类，或只有措施没有原因。措施是否具体、有无时限和责任人由人判断；整张表另有统一说明的不看。",
  kind: "assist",
  basis: [cite("reviewers", "措施具体"), cite("form", "偏差原因栏")],
  force: "should",
  needs: ["indicators", "points", "scores"],
  check({ form, facts }) {
    const lost = facts.rows.filter(({ lostPoints, reason }) => lostPoints === true && reason !== null);
    if (lost.length === 0) return notApplicable("没有写明原因的失分行");
    if (formExplanation(form) !== null) return outcomeOf<Said>([]);
    const found: Found<Said>[] = [];
    for (const { row, index, points, score, reason } of lost) {
      const parts = readReason(reason);
      const empty = parts.hasCause && parts.isMeasureEmpty;
      if (parts.isHollow || (parts.hasCause === parts.hasMeasure && !empty) || !points || !score) continue;
      found.push({
        at: [place.indicator(index, "deviation")],
        figures: {
          row: row.name ?? `第${index + 1}行`,
          points: showDecimal(points),
          score: showDecimal(score),
          reason: reason ?? "",
          has: empty ? "只有泛泛的措施" : parts.hasCause ? "只有原因" : "只有措施",
          lacks: empty ? "具体的改进措施" : parts.hasCause ? "改进措施" : "偏差原因",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, points, score, reason, has, lacks }) =>
    `「${row}」分值${points}得${score}分，说明“${reason}”${has}，没有${lacks}。`,
  remedy: ({ row, lacks }) => `补充「${row}」的${lacks}；措施应具体可查，有时限和责任人。`,
  examples: {
    fails: [
      {
        says: "只写原因",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "汛期道路中断，西片无法进场施工",
            ],
          }),
        }),
      },
      {
        says: "只写措施",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "改进措施：加强调度，2025年3月底前补齐",
            ],
          }),
        }),
      },
      {
        says: "措施只是一句空话",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "汛期西片道路中断，无法进场；后续提升工作效率。",
            ],
          }),
        }),
      },
    ],
    passes: [
      {
        says: "原因和措施都有",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "汛期道路中断，西片无法进场施工；2025年3月底前由维修队补齐。下一步提前储备物资。",
            ],
          }),
        }),
      },
      {
        says: "写明已经怎样补救、何时完成",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "受汛期道路中断影响，西片无法进场施工；已与施工方重新约定工期，2025年3月底前完成维护。",
            ],
          }),
        }),
      },
      {
        says: "写明调整了计划、增加了人手",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "因汛期道路中断延期，已调整工期计划并加派施工队伍。",
            ],
          }),
        }),
      },
      { says: "没有失分", given: exampleForm() },
    ],
  },
});
