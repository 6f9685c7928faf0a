import { showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import type { RowFacts } from "../../facts/form-facts.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { yearPairs } from "./year-pairs.ts";

type Figures = { project: string; row: string; last: string; now: string; same: string };

function lost(row: RowFacts): string {
  return `${row.points ? showDecimal(row.points) : ""}分得${row.score ? showDecimal(row.score) : ""}分`;
}

const PUNCTUATION = /[^\p{L}]/gu;

/** An indicator that lost points last year loses them again. */
export const problemStillThere: Rule = batchRule<Figures>({
  id: "problem-still-there",
  code: "AR-92",
  level: "cross-year",
  title: "上年的问题仍然存在",
  explains:
    "同一单位同一项目连续两年的表里，同名指标上年失分、本年又失分；原因说明连文字都没有变的一并指出。",
  kind: "auto",
  basis: [cite("pidu-2026-11", "整改")],
  force: "should",
  needs: ["previousYear"],
  check: (batch) => {
    const pairs = yearPairs(batch);
    if (pairs.length === 0) return notApplicable("没有同一项目连续两年的表");
    const found: Found<Figures, BatchPlace>[] = [];
    for (const { earlier, later, earlierForm, laterForm } of pairs) {
      const before = new Map<string, RowFacts>();
      for (const { facts: row, name } of rowMeanings(earlier.facts))
        if (row.lostPoints) before.set(name.bare, row);
      for (const { facts: row, name, title } of rowMeanings(later.facts)) {
        const last = name.bare === "" ? undefined : before.get(name.bare);
        if (!row.lostPoints || !last) continue;
        const same =
          row.reason !== null &&
          last.reason !== null &&
          row.reason.replace(PUNCTUATION, "") === last.reason.replace(PUNCTUATION, "");
        found.push({
          at: [
            { form: laterForm, at: `indicators[${row.index}].score` },
            { form: earlierForm, at: `indicators[${last.index}].score` },
          ],
          figures: {
            project: later.form.project?.trim() ?? "",
            row: title,
            last: `${earlier.form.year}年度${lost(last)}`,
            now: `${later.form.year}年度${lost(row)}`,
            same: same ? "yes" : "",
          },
        });
      }
    }
    return outcomeOf(found);
  },
  message: ({ project, row, last, now, same }) =>
    `“${project}”的「${row}」${last}，${now}，上年的问题仍然存在${same ? "，原因说明也没有变" : ""}。`,
  remedy: ({ row }) => `说明上年「${row}」的改进措施落实到哪一步、为什么没有见效，并提出新的措施。`,
  examples: {
    fails: [
      {
        says: "两年都没有完成",
        given: [
          exampleForm({
            year: 2023,
            rows: withRows({
              1: ["数量指标", "维护供水管道长度", "≥110公里", "88公里", "15", "12", "施工队不足，加强组织。"],
            }),
          }),
          exampleForm({
            rows: withRows({
              1: ["数量指标", "维护供水管道长度", "≥120公里", "96公里", "15", "12", "施工队不足，加强组织。"],
            }),
          }),
        ],
      },
    ],
    passes: [
      {
        says: "本年已经完成",
        given: [
          exampleForm({
            year: 2023,
            rows: withRows({
              1: [
                "数量指标",
                "维护供水管道长度",
                "≥110公里",
                "88公里",
                "15",
                "12",
                "施工队不足，已增配两支。",
              ],
            }),
          }),
          exampleForm(),
        ],
      },
    ],
  },
});
