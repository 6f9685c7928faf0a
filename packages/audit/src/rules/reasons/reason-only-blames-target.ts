import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { readReason } from "../../text/index.ts";

type Said = { row: string; reason: string; target: string; actual: string };

/** AR-159: the reason only says that the target was badly set. */
export const reasonOnlyBlamesTarget = formRule<Said>({
  id: "reason-only-blames-target",
  code: "AR-159",
  title: "原因只说指标值设置不合理",
  explains:
    "偏差原因只说指标值设置欠合理、偏低、偏高，没有为什么偏离的原因，也没有写明合理的值应是多少。写有其他原因或具体数值的不算。",
  kind: "auto",
  basis: [cite("reading", "原因空泛")],
  force: "should",
  refines: ["AR-82"],
  needs: ["indicators"],
  check({ facts }) {
    const explained = facts.rows.filter(({ reason }) => reason !== null);
    if (explained.length === 0) return notApplicable("没有填写偏差原因");
    const found: Found<Said>[] = [];
    for (const { row, index, reason } of explained) {
      if (!readReason(reason).onlyBlamesTarget) continue;
      found.push({
        at: [place.indicator(index, "deviation")],
        figures: {
          row: row.name ?? `第${index + 1}行`,
          reason: (reason ?? "").replace(/\s+/g, " "),
          target: row.target.text ?? "空白",
          actual: row.actual.text ?? "空白",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, reason, target, actual }) =>
    `「${row}」指标值${target}、完成值${actual}，原因只写“${reason}”，没有说明为什么偏离、合理的值是多少。`,
  remedy: ({ row }) => `写明「${row}」偏离的具体原因、指标值当时的测算依据和下年应设的值。`,
  examples: {
    fails: [
      {
        says: "只说设置欠科学",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "=120公里",
              "276公里",
              "15",
              "12",
              "原因：年初目标值设定不够科学。改进措施：完善指标编制。",
            ],
          }),
        }),
      },
      {
        says: "只说偏低",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "276公里",
              "15",
              "15",
              "指标值设置偏低，下一步合理设置指标。",
            ],
          }),
        }),
      },
    ],
    passes: [
      {
        says: "说明了偏离的原因",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "=120公里",
              "276公里",
              "15",
              "12",
              "指标值设置偏低：年初未计入新接收的两个供水站管网。下年按接收后的管网设定。",
            ],
          }),
        }),
      },
      {
        says: "写明了应有的值",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "276公里",
              "15",
              "15",
              "指标值设置偏低，按管网长度应为270公里。",
            ],
          }),
        }),
      },
    ],
  },
});
