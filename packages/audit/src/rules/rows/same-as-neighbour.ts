import { compare, decimal, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type RowMeaning, rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { looselyAlike } from "../../lexicon/units.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: small numbers coincide by chance. */
const SMALLEST = decimal(20);

type Figures = {
  row: string;
  other: string;
  actual: string;
  otherActual: string;
  target: string;
  value: string;
};

/** One thing for every person or household: then the numbers agree of themselves. */
function onePerHead(a: RowMeaning, b: RowMeaning): boolean {
  const heads = (row: RowMeaning): boolean =>
    row.unit === "people" || row.unit === "households" || row.unit === "bodies" || row.unit === "visits";
  return heads(a) || heads(b);
}

/** The actual of a row equals that of its neighbour, which counts something else. */
export const sameAsNeighbour: Rule = formRule<Figures>({
  id: "same-as-neighbour",
  code: "AR-138",
  title: "完成值与相邻另一类指标相同",
  explains:
    "相邻两行计的是不同单位的事物，完成值却是同一个数，且至少一行与自己的指标值不同，可能串行。比率、小于20的数和两行指标值本就相同的不提示。",
  kind: "auto",
  basis: [cite("reading", "邻行相同")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts);
    const found: Found<Figures>[] = [];
    for (const [i, here] of rows.entries()) {
      const next = rows[i + 1];
      const a = here.facts;
      const b = next?.facts;
      if (!next || !b || !a.target || !a.actual || !b.target || !b.actual) continue;
      if (
        compare(a.actual, SMALLEST) < 0 ||
        compare(a.actual, b.actual) !== 0 ||
        (compare(a.target, b.target) === 0 && onePerHead(here, next))
      )
        continue;
      const unitA = a.row.target.unit ?? a.row.actual.unit;
      const unitB = b.row.target.unit ?? b.row.actual.unit;
      if (unitA === null || unitB === null || looselyAlike(unitA, unitB)) continue;
      if (here.unit === "percent" || next.unit === "percent") continue;
      if (compare(a.actual, a.target) === 0 && compare(b.actual, b.target) === 0) continue;
      found.push({
        at: [place.indicator(a.index, "actual"), place.indicator(b.index, "actual")],
        figures: {
          row: here.title,
          other: next.title,
          actual: said(a.row.actual),
          otherActual: said(b.row.actual),
          target: said(a.row.target),
          value: showDecimal(a.actual),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, other, actual, otherActual, target }) =>
    `「${row}」的完成值“${actual}”与相邻的「${other}」“${otherActual}”数字相同而单位不同（「${row}」的指标值为“${target}”），可能填串了行。`,
  remedy: ({ row, other }) => `核对「${row}」和「${other}」的完成值。`,
  examples: {
    fails: [
      {
        says: "学时与家数同为640",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "安全生产培训学时", "≥40学时", "640学时", "8", "8"],
            2: ["数量指标", "参训企业家数", "≥500家", "640家", "7", "7"],
          }),
        }),
      },
    ],
    passes: [
      { says: "相邻各不相同", given: exampleForm() },
      {
        says: "一户一表，两个数本来一样",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "安装水表只数", "≥640只", "650只", "8", "8"],
            2: ["数量指标", "通水户数", "≥640户", "650户", "7", "7"],
          }),
        }),
      },
    ],
  },
});
