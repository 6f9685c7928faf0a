import { compare, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { normaliseText } from "../../text/index.ts";

const SHORT =
  /未(?:能)?(?:全部|全面|按期|按时|如期)?(?:完成|达到|达标|达成|实现)|没有(?:完成|达到)|滞后|不足(?!以)|低于(?:年初|年度|预期)?(?:指标|目标|计划)|少于(?:指标|目标|计划)|未达/;
const OVER =
  /超额|超出(?:年初|年度|预期)?(?:指标|目标|计划)|超过(?:年初|年度|预期)?(?:指标|目标|计划)|高于(?:年初|年度|预期)?(?:指标|目标|计划)|(?:完成|数量|人数|需求)(?:量|数)?(?:大幅|明显)?(?:增加|增多)|多于(?:指标|目标|计划)/;
/** Nothing but that all was done: clause by clause. */
const FINISHED =
  /^(?:(?:本|该|此)?(?:项目|任务|指标|工作|目标|各项任务|全年任务|年度任务|年度目标)?(?:均|都)?已?(?:经)?(?:按(?:照)?(?:计划|期|时|要求|目标)|如期|全部|全面|圆满|超额|顺利)+(?:全部|全面)?(?:完成|达成|实现)(?:任务|目标|指标|年度目标|年度任务)?|(?:无|没有|不存在)(?:任何)?偏差)$/;

function saysFinished(cause: string): boolean {
  const clauses = cause.split(/[,，。;；、\s]+/).filter((clause) => clause !== "");
  return clauses.length > 0 && clauses.every((clause) => FINISHED.test(clause));
}

/** From this many rows on, one and the same explanation is asked about. Ours. */
const SAME_REASON_ROWS = 3;

type Said = { row: string; reason: string; fact: string };

/** AR-82: the reason says the opposite of the figures, or explains a shortfall where there is none. */
export const reasonContradictsRow = formRule<Said>({
  id: "reason-contradicts-row",
  code: "AR-82",
  title: "偏差原因与本行数字矛盾",
  explains:
    "完成值达到指标值且没有失分、原因却说未完成的；完成值低于指标值、原因却说超额、增加或全部完成、没有偏差的；完成值高于指标值、原因却说不足或滞后的。同一段原因用于三行以上的，提示核对是否各有其因。原因是否切题由人判断。",
  kind: "assist",
  basis: [cite("checkers", "原因无关")],
  force: "should",
  needs: ["indicators"],
  check({ facts }) {
    const explained = facts.rows.filter(({ reason }) => reason !== null);
    if (explained.length === 0) return notApplicable("没有填写偏差原因");
    const found: Found<Said>[] = [];
    const same = new Map<string, number[]>();
    for (const { row, index, reason, target, actual, met, lostPoints, comparison } of explained) {
      const text = normaliseText(reason ?? "");
      const cause = text.split(/措施/)[0] ?? text;
      const key = text.replace(/\s+/g, "");
      if (key.length >= 8) same.set(key, [...(same.get(key) ?? []), index]);
      const ceiling = comparison === "≤" || comparison === "<";
      if (!target || !actual || ceiling) continue;
      const order = compare(actual, target);
      const fact =
        met === true && lostPoints !== true && SHORT.test(cause) && !OVER.test(cause)
          ? "而完成值已达到指标值，也没有失分"
          : order < 0 && ((OVER.test(cause) && !SHORT.test(cause)) || (met === false && saysFinished(cause)))
            ? "而完成值低于指标值"
            : order > 0 && SHORT.test(cause) && !OVER.test(cause)
              ? "而完成值高于指标值"
              : null;
      if (fact === null) continue;
      found.push({
        at: [place.indicator(index, "deviation"), place.indicator(index, "actual")],
        figures: {
          row: row.name ?? `第${index + 1}行`,
          reason: reason ?? "",
          fact: `指标值${row.target.text}、完成值${row.actual.text}，${fact}`,
        },
      });
    }
    const unclear: Doubt[] = [];
    for (const [reason, rows] of same) {
      if (rows.length < SAME_REASON_ROWS) continue;
      unclear.push({
        at: rows.map((index) => place.indicator(index, "deviation")),
        why: `${rows.length}行写的是同一段原因“${reason.slice(0, 40)}”，请核对是否各行的原因都是如此`,
      });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, reason, fact }) => `「${row}」的原因写“${reason}”，${fact}。`,
  remedy: ({ row }) => `按「${row}」的实际完成情况改写原因，没有偏差的不必填写。`,
  examples: {
    fails: [
      {
        says: "已完成却写未完成原因",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "126公里",
              "15",
              "15",
              "受降雨影响，管道维护未完成。",
            ],
          }),
        }),
      },
      {
        says: "没完成却写超额",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "维护供水管道长度", "≥120公里", "96公里", "15", "12", "年内新增管网，超额完成。"],
          }),
        }),
      },
      {
        says: "没完成却写全部完成",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "如期完成任务，不存在偏差。",
            ],
          }),
        }),
      },
    ],
    passes: [
      {
        says: "全部完成的是另一件事",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "前期设计已全部完成，西片征地未落实。",
            ],
          }),
        }),
      },
      {
        says: "原因与数字一致",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "受降雨影响，西片未完成施工。",
            ],
          }),
        }),
      },
      {
        says: "超额的说明",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "186公里",
              "15",
              "15",
              "年内新增管网，超额完成。",
            ],
          }),
        }),
      },
    ],
  },
});
