import { compare, decimal, multiply, place, showDecimal, sum } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { type ExampleRow, exampleForm } from "../../example-form.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: from so many rows on, and with so few points each on average. */
const MANY_ROWS = 30;
const FEW_POINTS = decimal(3);

type Figures = { rows: string; points: string; low: string; high: string };

const SCATTERED: readonly ExampleRow[] = Array.from({ length: 36 }, (_, index): ExampleRow => {
  const points = index < 18 ? "2" : "3";
  return ["数量指标", `第${index + 1}片区清淤长度`, "≥3公里", "3.2公里", points, points];
});

/** Very many rows of very few points: no focus. */
export const scatteredPoints: Rule = formRule<Figures>({
  id: "scattered-points",
  code: "AR-142",
  title: "指标过多、分值过碎",
  explains: "一张表有三十行以上的计分指标，平均每行不到3分，没有重点，单行完成与否几乎不影响总分。",
  kind: "auto",
  basis: [cite("reading", "碎行")],
  force: "hint",
  needs: ["indicators", "points"],
  check: ({ facts }) => {
    const scored = facts.rows.flatMap(({ points, index }) =>
      points && points.units > 0n ? [{ points, index }] : [],
    );
    if (scored.length < MANY_ROWS) return notApplicable("计分指标不足三十行");
    const total = sum(scored.map(({ points }) => points));
    if (compare(total, multiply(FEW_POINTS, decimal(scored.length))) > 0) return outcomeOf<Figures>([]);
    const sorted = scored.map(({ points }) => points).sort(compare);
    const [low, high] = [sorted[0], sorted.at(-1)];
    if (!low || !high) return outcomeOf<Figures>([]);
    return outcomeOf<Figures>([
      {
        at: [place.indicator(scored[0]?.index ?? 0)],
        figures: {
          rows: String(scored.length),
          points: showDecimal(total),
          low: showDecimal(low),
          high: showDecimal(high),
        },
      },
    ]);
  },
  message: ({ rows, points, low, high }) =>
    `全表${rows}行指标共${points}分，每行只有${low}至${high}分，没有重点。`,
  remedy: () => "保留能反映核心产出和效益的指标，合并零碎的行，或按项目分别填表。",
  examples: {
    fails: [{ says: "三十六行，每行两三分", given: exampleForm({ rows: SCATTERED }) }],
    passes: [{ says: "七行", given: exampleForm() }],
  },
});
