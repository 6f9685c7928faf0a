import { equals, place, showDecimal, sum } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { quoteOf } from "../../text/index.ts";
import {
  goalsOf,
  joinsOf,
  keyOf,
  plannedRowsOf,
  rateProofsOf,
  reportedAmounts,
  resultsOf,
} from "./count-joins.ts";

const OF_THE_PERIOD = /中期|总目标|总体目标|实施期|长期/;

type Said = { row: string; cell: string; printed: string; where: string; stated: string; also: string };

/** AR-105: the text and the indicator give different numbers for one counted thing. */
export const narrativeIndicatorCountDiffers = formRule<Said>({
  id: "narrative-indicator-count-differs",
  code: "AR-105",
  title: "同一事项在文字和指标中的数量不一致",
  explains:
    "按名词和单位把文字中的数量与指标的完成值（目标文字与指标值）对应起来。名词、单位都相同而没有别的限定词，或者比率指标正好证明文字中的两个数就是这项工作的，数不同即指出；" +
    "可能是另一组人或另一批事项的，只提示人工核对。文字中任何一处写有该数、或各部分相加等于该数的，视为一致。",
  kind: "auto",
  basis: [cite("form", "文字与指标")],
  force: "should",
  needs: ["indicators"],
  check({ form, facts }) {
    const rows = plannedRowsOf(facts);
    const results = resultsOf(form);
    // The goal of the whole period counts several years; the targets are those of one.
    const goals = goalsOf(form).filter(({ goal }) => !OF_THE_PERIOD.test(form.goals[goal]?.name ?? ""));
    if (rows.length === 0 || results.length + goals.length === 0)
      return notApplicable("没有可与文字对照的数量指标");
    const found: Found<Said>[] = [];
    const unclear: Doubt[] = [];
    const proofs = rateProofsOf(facts, results);
    const reported = results.flatMap((narrative) => reportedAmounts(narrative));
    const reportedKeys = new Set(reported.map(({ value }) => keyOf(value)));
    const goalKeys = new Set(goals.flatMap(({ quantities }) => quantities.map(({ value }) => keyOf(value))));
    // The rows follow the goal as adjusted in the year, not the one of its start.
    const wasAdjusted = form.goals.some(({ adjusted }) => adjusted !== null);
    for (const count of rows) {
      const { row } = count;
      const name = row.row.name ?? "";
      if (count.isReported && !reportedKeys.has(keyOf(count.value))) {
        const joins = joinsOf(count, results, false);
        const proof = proofs.find(
          (one) =>
            one.numerator.family === count.family &&
            count.noun.length >= 2 &&
            one.row.name.startsWith(count.noun) &&
            one.row !== row,
        );
        const joined = joins.filter(({ strength }) => strength === "joined");
        const first = joined[0];
        const printed = row.row.actual.text ?? "";
        if (proof) {
          const others = reported.filter(
            ({ family, value }) => family === count.family && !equals(value, proof.numerator.value),
          );
          found.push({
            at: [place.indicator(row.index, "actual"), proof.narrative.at],
            figures: {
              row: name,
              cell: "完成值",
              printed,
              where: proof.narrative.name,
              stated: quoteOf(proof.numerator),
              also:
                `，「${proof.row.row.name}」${showDecimal(proof.row.actual ?? count.value)}%正是${showDecimal(proof.numerator.value)}÷${showDecimal(proof.denominator.value)}` +
                (others.length > 0 && others.length <= 4 ? `，另有${others.map(quoteOf).join("、")}` : ""),
            },
          });
        } else if (first && new Set(joined.map(({ quantity }) => keyOf(quantity.value))).size === 1) {
          found.push({
            at: [place.indicator(row.index, "actual"), first.narrative.at],
            figures: {
              row: name,
              cell: "完成值",
              printed,
              where: first.narrative.name,
              stated: quoteOf(first.quantity),
              also: "",
            },
          });
        } else if (
          joins.length > 0 &&
          !equals(sum(joins.map(({ quantity }) => quantity.value)), count.value)
        ) {
          unclear.push({
            at: [place.indicator(row.index, "actual")],
            why: `「${name}」完成值${printed}，文字中为${joins
              .slice(0, 4)
              .map(({ quantity }) => quoteOf(quantity))
              .join("、")}，是否同一事项请核对`,
          });
        } else {
          const beside = reported.find((quantity) =>
            besides(quantity.tail, quantity.family, name, count.family),
          );
          if (beside) {
            unclear.push({
              at: [place.indicator(row.index, "actual")],
              why: `「${name}」完成值${printed}，文字中为${quoteOf(beside)}，两者关系没有说明，请核对`,
            });
          }
        }
      }
      if (count.target && !wasAdjusted && !goalKeys.has(keyOf(count.target))) {
        const joined = joinsOf(count, goals, true).filter(({ strength }) => strength === "joined");
        const first = joined[0];
        if (first && new Set(joined.map(({ quantity }) => keyOf(quantity.value))).size === 1) {
          found.push({
            at: [place.indicator(row.index, "target"), first.narrative.at],
            figures: {
              row: name,
              cell: "指标值",
              printed: row.row.target.text ?? "",
              where: first.narrative.name,
              stated: quoteOf(first.quantity),
              also: "",
            },
          });
        }
      }
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, cell, printed, where, stated, also }) =>
    `「${row}」${cell}为${printed}，${where}写的是${stated}${also}，两处不一致。`,
  remedy: ({ row, stated }) =>
    `核对「${row}」与${stated}是否同一事项：是则统一数字，不是则在指标名称或文字中说明各指什么。`,
  examples: {
    fails: [
      {
        says: "指标以万为单位，文字另是一个数",
        given: exampleForm({
          expected: "对6个乡镇的供水管道开展维护，维护供水管道长度1.2万米。",
          achieved: "完成6个乡镇的供水管道维护，维护供水管道长度1.62万米。",
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥1.2万米", "1.26万米", "15", "15"] }),
        }),
      },
      {
        says: "文字与完成值数不同",
        given: exampleForm({
          achieved: "2024年完成6个乡镇供水管道维护138公里，8630名农村居民受益，用水户满意度93%。",
        }),
      },
      {
        says: "比率指标证明文字中的数就是这项工作的",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "泵站检修数量", "≥20座", "18座", "15", "15"],
            2: ["质量指标", "泵站检修完成率", "≥90%", "95.92%", "15", "15"],
          }),
          achieved: "计划检修全县泵站49座，年内实际检修47座，其余列入下年。另维护机井130座。",
        }),
      },
    ],
    passes: [
      {
        says: "指标以万为单位，文字同数",
        given: exampleForm({
          expected: "对6个乡镇的供水管道开展维护，维护供水管道长度1.2万米。",
          achieved: "完成6个乡镇的供水管道维护，维护供水管道长度1.26万米。",
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥1.2万米", "1.26万米", "15", "15"] }),
        }),
      },
      { says: "文字写有同一个数", given: exampleForm() },
      {
        says: "文字分几处写，合起来等于完成值",
        given: exampleForm({ achieved: "东片完成供水管道维护80公里，西片完成供水管道维护46公里。" }),
      },
      {
        says: "文字说的是另一组对象",
        given: exampleForm({
          achieved: "2024年完成供水管道维护126公里，为210名管水员办理保险，8630名居民受益。",
        }),
      },
    ],
  },
});

const BODIES = new Set(["户", "家", "个"]);

/** "905家企业" beside a row whose name has 企业, in a unit that counts the same kind of thing. */
function besides(tail: string, family: string, name: string, rowFamily: string): boolean {
  const noun = /^[\p{Script=Han}]{2}/u.exec(tail)?.[0];
  return noun !== undefined && name.includes(noun) && BODIES.has(family) && BODIES.has(rowFamily);
}
