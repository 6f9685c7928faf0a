import type { Decimal } from "@jiheng/domain";
import { type Measure, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import type { RowFacts } from "../../facts/form-facts.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { bareWords } from "../../lexicon/wording.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; times: string; target: string; actual: string; points: string };

function spelled(measure: Measure, value: Decimal | null): string {
  if (value) return `${measure.comparison ?? ""}${showDecimal(value)}${measure.unit ?? ""}`;
  return bareWords(measure.text);
}

/** Name, target and actual in one spelling; rows of different goals or parents are different rows. */
function keyOf(row: RowFacts, bare: string): string {
  return [
    row.row.goal,
    row.row.parent ?? "",
    bare,
    spelled(row.row.target, row.target),
    spelled(row.row.actual, row.actual),
  ].join("|");
}

/** Rows alike in name, target and actual: one piece of work earns its points twice. */
export const duplicateRow: Rule = formRule<Figures>({
  id: "duplicate-row",
  code: "AR-135",
  title: "完全相同的指标重复计分",
  explains:
    "名称、指标值、完成值都相同的行，同一件事计了两次分，列在不同类别下也一样。写法不同而数值相同的视为相同；多目标表里分属不同目标的行、分属不同上级行的明细不算重复。",
  kind: "auto",
  basis: [cite("form", "重复指标"), cite("reviewers", "指标重复")],
  force: "should",
  refines: ["AR-11", "AR-136"],
  needs: ["indicators"],
  check: ({ facts }) => {
    const groups = new Map<string, RowFacts[]>();
    for (const { facts: row, name } of rowMeanings(facts)) {
      if (name.bare === "" || row.row.target.text === null) continue;
      const key = keyOf(row, name.bare);
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
    const found: Found<Figures>[] = [];
    for (const rows of groups.values()) {
      const first = rows[0];
      if (rows.length < 2 || !first) continue;
      const points = rows.map(({ points: one }) => (one ? showDecimal(one) : null));
      found.push({
        at: [...rows.slice(1), first].map(({ index }) => place.indicator(index)),
        figures: {
          row: first.name,
          times: String(rows.length),
          target: said(first.row.target),
          actual: said(first.row.actual),
          points: points.every((one) => one !== null) ? points.join("分＋") : "",
        },
        ...(facts.hasPoints ? {} : { force: "hint" as const }),
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, times, target, actual, points }) =>
    `「${row}」列了${times}行，年度指标值（${target}）和实际完成值（${actual}）都相同${points ? `，分值${points}分` : ""}，同一件事重复计分。`,
  remedy: ({ row }) => `保留一行「${row}」，其余删去或改为各自项目的具体指标，分值并入其他指标。`,
  examples: {
    fails: [
      {
        says: "同一行列了两次",
        given: exampleForm({
          rows: withRows({
            2: ["质量指标", "课程达标率", "≥95%", "97%", "7", "7"],
            3: ["质量指标", "课程达标率", "≥95.00%", "97.00%", "8", "8"],
          }),
        }),
      },
      {
        says: "列在两个类别下",
        given: exampleForm({
          rows: withRows({
            2: ["质量指标", "救助金发放及时性", "及时", "达成指标", "15", "15"],
            3: ["时效指标", "救助金发放及时性", "及时", "达成指标", "10", "10"],
          }),
        }),
      },
    ],
    passes: [
      { says: "各不相同", given: exampleForm() },
      {
        says: "同名而指标值不同，由重名检查处理",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "培训人次", "≥100人次", "120人次", "15", "15"],
            2: ["数量指标", "培训人次", "≥60人次", "66人次", "15", "15"],
          }),
        }),
      },
      {
        says: "分属两个目标",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "培训人次", "≥100人次", "120人次", "15", "15"],
            2: ["数量指标", "培训人次", "≥100人次", "120人次", "15", "15"],
          }),
          patch: { 2: { goal: 1 } },
        }),
      },
    ],
  },
});
