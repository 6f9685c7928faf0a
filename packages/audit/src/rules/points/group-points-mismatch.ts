import {
  type Decimal,
  equals,
  parseDecimal,
  place,
  showDecimal,
  splitGroupPoints,
  sum,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import type { RowFacts } from "../../facts/form-facts.ts";
import { marksOf } from "../../facts/marks.ts";
import { lostInReading } from "../../facts/reading-doubts.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { group: string; rows: string; sum: string; printed: string; addition: string };

interface Group {
  readonly label: string;
  readonly rows: RowFacts[];
}

function groupsBy(
  rows: readonly RowFacts[],
  keyOf: (row: RowFacts) => string,
  labelOf: (row: RowFacts) => string,
): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { label: labelOf(row), rows: [row] });
  }
  return [...groups.values()];
}

function pointsIn(label: string | null): string | null {
  return label !== null && /\d/.test(label) ? splitGroupPoints(label).points : null;
}

/** Points printed in the label of a level; `level` is null where the reader kept the figure but not which label had it. */
function labelled({ row }: RowFacts): { readonly value: Decimal; readonly level: 1 | 2 | null } | null {
  const kept = parseDecimal(row.groupPoints);
  if (kept) return { value: kept, level: null };
  const first = parseDecimal(pointsIn(row.level1));
  if (first) return { value: first, level: 1 };
  const second = parseDecimal(pointsIn(row.level2));
  return second ? { value: second, level: 2 } : null;
}

/** The points the labels of a group carry, null where they differ, none is printed, or they belong to the other level. */
function printedOf(group: Group, level: 1 | 2): Decimal | null {
  let found: Decimal | null = null;
  for (const row of group.rows) {
    const own = labelled(row);
    if (!own || (own.level !== null && own.level !== level)) continue;
    if (found && !equals(own.value, found)) return null;
    found = own.value;
  }
  return found;
}

function pointsOf(group: Group): Decimal | null {
  const points = group.rows.map((row) => row.points).filter((value) => value !== null);
  return points.length === group.rows.length ? sum(points) : null;
}

/** Points printed in a group's label are not the sum of its rows. */
export const groupPointsMismatch: Rule = formRule<Figures>({
  id: "group-points-mismatch",
  code: "AR-60",
  title: "一级、二级指标的分值与各行之和不符",
  explains:
    "一级或二级指标名称后面印有分值的（如产出指标（50分）），其下各行分值之和应与之相等。标签的分值属于一级还是二级，以哪一级能够相符为准；组内有行没有填分值的不作判断。",
  kind: "auto",
  basis: [cite("form-zhongjiang-2022", "分值合计"), cite("form", "分值合计")],
  force: "must",
  needs: ["indicators", "points"],
  check: (dossier) => {
    const { rows } = marksOf(dossier);
    if (!rows.some((row) => labelled(row) !== null)) return notApplicable("一级、二级指标名称后没有印分值");
    const found: Found<Figures>[] = [];
    const report = (group: Group, printed: Decimal, points: Decimal): void => {
      const parts = group.rows.map((row) => (row.points ? showDecimal(row.points) : ""));
      found.push({
        at: [place.indicator(group.rows[0]?.index ?? 0, "groupPoints")],
        figures: {
          group: group.label,
          rows: String(group.rows.length),
          sum: showDecimal(points),
          printed: showDecimal(printed),
          addition: parts.length > 1 && parts.length <= 8 ? `${parts.join("+")}=` : "",
        },
      });
    };
    const upper = groupsBy(
      rows,
      ({ row }) => `${row.goal}|${row.level1 ?? ""}`,
      ({ row }) => (row.level1 ? splitGroupPoints(row.level1).label : "一级指标"),
    );
    for (const group of upper) {
      const printed = printedOf(group, 1);
      const points = pointsOf(group);
      if (printed && (!points || equals(points, printed))) continue;
      const lower = groupsBy(
        group.rows,
        ({ row }) => row.level2 ?? "",
        ({ row }) => row.level2 ?? row.level1 ?? "二级指标",
      );
      const sums = lower.map((each) => ({ each, wanted: printedOf(each, 2), points: pointsOf(each) }));
      const asLower =
        sums.some(({ wanted }) => wanted) &&
        sums.every(({ wanted, points: own }) => !wanted || !own || equals(own, wanted));
      if (asLower) continue;
      if (printed && points) report(group, printed, points);
      else
        for (const { each, wanted, points: own } of sums)
          if (wanted && own && !equals(own, wanted)) report(each, wanted, own);
    }
    const lost = found.length > 0 ? lostInReading(dossier.form, "points") : null;
    if (!lost) return outcomeOf(found);
    return outcomeOf<Figures>(
      [],
      found.map(({ at, figures }) => ({
        at,
        why: `“${figures.group}”标明${figures.printed}分，读到的${figures.rows}行共${figures.sum}分；但读取时有缺失（${lost.says}），不能判断是表上的错`,
      })),
    );
  },
  message: ({ group, rows, sum: total, printed, addition }) =>
    `“${group}”标明${printed}分，其下${rows}行分值合计${addition}${total}分，两者不符。`,
  remedy: ({ group }) => `“${group}”的分值或其下各行的分值，使逐级相符。`,
  examples: {
    fails: [
      {
        says: "标签里的分值没有拆开",
        given: exampleForm({
          patch: {
            1: { level1: "产出指标（45分）" },
            2: { level1: "产出指标（45分）" },
            3: { level1: "产出指标（45分）" },
          },
        }),
      },
      {
        says: "产出指标标明50分，三行只有40分",
        given: exampleForm({
          patch: { 1: { groupPoints: "50" }, 2: { groupPoints: "50" }, 3: { groupPoints: "50" } },
        }),
      },
    ],
    passes: [
      {
        says: "产出指标标明40分，三行共40分",
        given: exampleForm({
          patch: { 1: { groupPoints: "40" }, 2: { groupPoints: "40" }, 3: { groupPoints: "40" } },
        }),
      },
      {
        says: "分值标在二级指标上",
        given: exampleForm({
          patch: { 1: { groupPoints: "15" }, 2: { groupPoints: "15" }, 3: { groupPoints: "10" } },
        }),
      },
    ],
  },
});
