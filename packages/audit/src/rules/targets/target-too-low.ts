import { compare, compareRatio, decimal, percentOf, place, showDecimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import type { RowFacts } from "../../facts/form-facts.ts";
import { type RowMeaning, rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** checkers and provincial systems: hint from 120 %, reason asked above 130 %. */
const HINT = decimal("1.2");
const ASK = decimal("1.3");
const ONE = decimal(1);
/** Ours: two percentage points are within what a small rate varies by. */
const FEW_POINTS = decimal(2);

type Figures = { row: string; target: string; actual: string; percent: string; reason: string; full: string };

/** A row whose more-is-better target was passed by more than a fifth. */
export function isPassedFar({ facts: row, name, category, unit }: RowMeaning): boolean {
  if (!row.completion || !row.target || !row.actual || row.target.units <= 0n) return false;
  if (row.comparison === "≤" || row.comparison === "<" || row.comparison === "=") return false;
  if (name.smallIsGood || name.saysCost || category === "cost" || name.kind === "execution") return false;
  if (unit === "percent" && compare(subtract(row.actual, row.target), FEW_POINTS) <= 0) return false;
  return compareRatio(row.completion, HINT) > 0;
}

/** By how little a count may pass its target without meaning anything: 3 for 2, 4 for 3. */
function byOne(row: RowFacts): boolean {
  return row.actual !== null && row.target !== null && compare(subtract(row.actual, row.target), ONE) <= 0;
}

/** An actual far above its target: the target was set too low. */
export const targetTooLow: Rule = formRule<Figures>({
  id: "target-too-low",
  code: "AR-41",
  title: "完成值远超指标值，目标偏低",
  explains:
    "“≥”或没有比较号的定量指标，完成值超过指标值120%的作为建议，超过130%的要求说明；已写明原因的降为建议。只多出一个单位的小数目作为建议。成本、投诉等越少越好的指标和“≤”“=”不在此列。",
  kind: "auto",
  basis: [
    cite("checkers", "目标过低"),
    cite("mof-2020-10", "定量·超出较多"),
    cite("pidu-2026-11", "偏离分析"),
  ],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts).filter(({ facts: { completion } }) => completion !== null);
    if (rows.length === 0) return notApplicable("没有可以计算完成率的行");
    const found: Found<Figures>[] = [];
    for (const meaning of rows) {
      const { facts: row, title } = meaning;
      if (!row.completion || !isPassedFar(meaning)) continue;
      const mild = compareRatio(row.completion, ASK) <= 0 || byOne(row) || row.reason !== null;
      found.push({
        at: [place.indicator(row.index, "actual"), place.indicator(row.index, "target")],
        figures: {
          row: title,
          target: said(row.row.target),
          actual: said(row.row.actual),
          percent: showDecimal(percentOf(row.completion, 1, "half-up")),
          reason: row.reason === null ? "" : "yes",
          full: row.lostPoints === false ? "yes" : "",
        },
        ...(mild ? { force: "hint" as const } : {}),
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target, actual, percent, reason, full }) =>
    `「${row}」的实际完成值“${actual}”是年度指标值“${target}”的${percent}%，指标值偏低${
      reason ? "" : full ? "，得满分而没有说明" : "，没有说明"
    }。`,
  remedy: ({ row, reason }) =>
    reason
      ? `下一年度按历史完成值重新测算「${row}」的指标值。`
      : `说明「${row}」超出较多的原因，并按历史完成值重新测算指标值。`,
  examples: {
    fails: [
      {
        says: "完成率230%没有说明",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "开展科普讲座场次", "≥20场", "46场", "15", "15"] }),
        }),
      },
      {
        says: "完成率125%",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "受益农村人口数", "≥8000人", "10000人", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "略高于目标", given: exampleForm() },
      {
        says: "投诉少于上限、用时短于上限",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "报修故障平均处理时间", "≤24小时", "6小时", "10", "10"] }),
        }),
      },
    ],
  },
});
