import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { type BatchPlace, batchRule, type Found, outcomeOf, type Rule } from "../../rule.ts";
import { acrossForms, type BatchRow, formTitle, indexOf, rowPlace } from "./batch-index.ts";

/** Rows named of each direction. */
const SHOWN = 3;

type Figures = { row: string; up: string; down: string };

function directionOf({ meaning }: BatchRow): "up" | "down" | null {
  const { comparison, target } = meaning.facts;
  if (!target || target.units === 0n) return null;
  if (comparison === "≥" || comparison === ">") return "up";
  return comparison === "≤" || comparison === "<" ? "down" : null;
}

/** One indicator name with ≥ in one form and ≤ in another. */
export const oppositeComparison: Rule = batchRule<Figures>({
  id: "opposite-comparison",
  code: "AR-170",
  title: "同名指标的比较方向相反",
  explains: "同一部门、同一年度的表里，同名且单位相同的指标有的用“≥”有的用“≤”，至少有一处方向错了。",
  kind: "auto",
  basis: [cite("form", "同批·方向")],
  force: "should",
  needs: ["indicators"],
  check: (batch) => {
    const index = indexOf(batch);
    const found: Found<Figures, BatchPlace>[] = [];
    for (const rows of index.byName.values()) {
      if (rows.length < 2) continue;
      const groups = acrossForms(
        rows.filter((row) => directionOf(row) !== null),
        ({ form, meaning }) => `${index.departments[form]}|${meaning.unit ?? ""}`,
      );
      for (const group of groups) {
        const up = group.filter((row) => directionOf(row) === "up");
        const down = group.filter((row) => directionOf(row) === "down");
        if (!up[0] || !down[0]) continue;
        const show = (rows: readonly BatchRow[]): string =>
          rows
            .slice(0, SHOWN)
            .map(({ form, meaning }) => `${formTitle(batch, form)}为${said(meaning.facts.row.target)}`)
            .join("、") + (rows.length > SHOWN ? `等${rows.length}行` : "");
        found.push({
          at: [...down, ...up].map((row) => rowPlace(row, "target")),
          figures: { row: up[0].meaning.title, up: show(up), down: show(down) },
        });
      }
    }
    return outcomeOf(found);
  },
  message: ({ row, up, down }) => `「${row}」的比较方向相反：${up}，${down}。`,
  remedy: ({ row }) => `统一「${row}」的比较方向：越多越好用“≥”，越少越好用“≤”。`,
  examples: {
    fails: [
      {
        says: "同名人数一张下限一张上限",
        given: [
          exampleForm({
            rows: withRows({ 4: ["社会效益指标", "免费婚检人数", "≥600人", "640人", "15", "15"] }),
          }),
          exampleForm({
            project: "妇幼健康",
            rows: withRows({ 4: ["社会效益指标", "免费婚检人数", "≤600人", "590人", "15", "15"] }),
          }),
        ],
      },
    ],
    passes: [
      {
        says: "方向一致",
        given: [exampleForm(), exampleForm({ project: "水源地巡护" })],
      },
    ],
  },
});
