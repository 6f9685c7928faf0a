import { compare, decimal, multiply } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import type { RowFacts } from "../../facts/form-facts.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { sameUnit } from "../../lexicon/units.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { yearPairs } from "./year-pairs.ts";

/** Ours: within a tenth a target follows last year. */
const MARGIN = decimal("1.1");

type Figures = { project: string; row: string; target: string; last: string; year: string };

/** This year's target lies below what was reached last year. */
export const targetBelowLastActual: Rule = batchRule<Figures>({
  id: "target-below-last-actual",
  code: "AR-191",
  level: "cross-year",
  title: "指标值低于上年完成值",
  explains:
    "同一项目连续两年的同名定量指标，本年“≥”的指标值比上年完成值低一成以上而没有说明；越少越好的，本年“≤”的指标值比上年完成值高一成以上。写有原因的不提示；一次性的工作量可以不同，只作建议。",
  kind: "auto",
  basis: [cite("reading", "目标倒退"), cite("mof-2021-101", "指标值依据")],
  force: "hint",
  needs: ["previousYear"],
  check: (batch) => {
    const pairs = yearPairs(batch);
    if (pairs.length === 0) return notApplicable("没有同一项目连续两年的表");
    const found: Found<Figures, BatchPlace>[] = [];
    for (const { earlier, later, earlierForm, laterForm } of pairs) {
      const before = new Map<string, RowFacts | null>();
      for (const { facts: row, name } of rowMeanings(earlier.facts))
        if (row.actual) before.set(name.bare, before.has(name.bare) ? null : row);
      for (const { facts: row, name, title } of rowMeanings(later.facts)) {
        const last = name.bare === "" ? undefined : before.get(name.bare);
        if (!row.target || !last?.actual || row.reason !== null) continue;
        const [unit, lastUnit] = [row.row.target.unit, last.row.actual.unit ?? last.row.target.unit];
        if (unit !== null && lastUnit !== null && !sameUnit(unit, lastUnit)) continue;
        const atMost = row.comparison === "≤" || row.comparison === "<";
        const worse = atMost
          ? name.smallIsGood && compare(row.target, multiply(last.actual, MARGIN)) > 0
          : !name.smallIsGood && compare(multiply(row.target, MARGIN), last.actual) < 0;
        if (!worse) continue;
        found.push({
          at: [
            { form: laterForm, at: `indicators[${row.index}].target` },
            { form: earlierForm, at: `indicators[${last.index}].actual` },
          ],
          figures: {
            project: later.form.project?.trim() ?? "",
            row: title,
            target: said(row.row.target),
            last: said(last.row.actual),
            year: String(earlier.form.year),
          },
        });
      }
    }
    return outcomeOf(found);
  },
  message: ({ project, row, target, last, year }) =>
    `“${project}”的「${row}」本年指标值“${target}”，不如${year}年度的完成值“${last}”，没有说明。`,
  remedy: ({ row }) => `参照上年完成值测算「${row}」的指标值，或说明调低的原因。`,
  examples: {
    fails: [
      {
        says: "上年130公里，本年目标100公里",
        given: [
          exampleForm({
            year: 2023,
            rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥110公里", "130公里", "15", "15"] }),
          }),
          exampleForm({
            rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥100公里", "126公里", "15", "15"] }),
          }),
        ],
      },
    ],
    passes: [
      {
        says: "目标高于上年完成值",
        given: [
          exampleForm({
            year: 2023,
            rows: [["数量指标", "维护供水管道长度", "≥100公里", "112公里", "15", "15"]],
          }),
          exampleForm(),
        ],
      },
    ],
  },
});
