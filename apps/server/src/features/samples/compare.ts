import { rowOutcomes } from "@jiheng/audit";
import {
  add,
  compare,
  type Decimal,
  decimal,
  type Form,
  formatDecimal,
  parseDecimal,
  percentOf,
  ratio,
  subtract,
} from "@jiheng/domain";
import { findPolicy, gradeOf } from "@jiheng/scoring";
import { type JudgedRow, kindOfMiss, shortOf } from "./kinds-of-miss.ts";

/** The grade of a score under the pack the form was scored by; null without one. */
export function gradeOfScore(score: string | null, policy: string | null): string | null {
  const [value, pack] = [parseDecimal(score), policy === null ? null : findPolicy(policy)];
  return value && pack ? gradeOf(value, pack) : null;
}

/** A reviewed row. */
export interface ReviewedRow {
  readonly review: string;
  readonly project: string;
  readonly reviewer: string;
  readonly level2: string;
  readonly name: string;
  readonly target: string | null;
  readonly actual: string | null;
  readonly points: string | null;
  readonly self: Decimal;
  readonly reviewed: Decimal;
}

/** The rows of a sheet that have both marks. */
export function reviewedRows(
  sheet: { readonly id: string; readonly project: string; readonly reviewer: string },
  form: Form,
): JudgedRow[] {
  const outcomes = rowOutcomes(form);
  return form.indicators.flatMap(({ level2, name, target, actual, points, score, reviewScore }, index) => {
    const outcome = outcomes[index];
    const [self, reviewed] = [parseDecimal(score), parseDecimal(reviewScore)];
    if (!self || !reviewed) return [];
    return [
      {
        ...{ review: sheet.id, project: sheet.project, reviewer: sheet.reviewer },
        ...{ level2: level2 ?? "未分类", name: name ?? "", target: target.text, actual: actual.text },
        ...{ points, self, reviewed, kind: outcome ? kindOfMiss(outcome) : "words" },
        short: outcome ? shortOf(outcome) : null,
      },
    ];
  });
}

/** How much was taken off some rows. */
export function deductionsOf(rows: readonly ReviewedRow[]) {
  const sum = (values: readonly Decimal[]): Decimal => values.reduce(add, decimal(0));
  const points = sum(rows.map(({ self }) => self));
  const taken = subtract(points, sum(rows.map(({ reviewed }) => reviewed)));
  const share = compare(points, decimal(0)) > 0 ? ratio(taken, points) : null;
  return {
    rows: rows.length,
    deducted: rows.filter(({ self, reviewed }) => compare(reviewed, self) < 0).length,
    points: formatDecimal(points),
    taken: formatDecimal(taken),
    rate: share === null ? null : formatDecimal(percentOf(share, 2, "half-up")),
  };
}

const bare = (text: string | null): string => (text ?? "").replace(/\s/g, "");
const MOST_UNLIKE = 100;

/** Rows that say the same and were marked differently: same name, target and actual, another share of the points. */
export function unlikeRows(rows: readonly ReviewedRow[]): ReviewedRow[][] {
  const same = Map.groupBy(rows, ({ name, target, actual }) => [name, target, actual].map(bare).join("\n"));
  const shareOf = ({ points, reviewed }: ReviewedRow): string => {
    const full = parseDecimal(points);
    const share = full && compare(full, decimal(0)) > 0 ? ratio(reviewed, full) : null;
    return share === null ? "" : formatDecimal(percentOf(share, 2, "half-up"));
  };
  return [...same.values()]
    .filter((group) => bare(group[0]?.name ?? "") !== "" && new Set(group.map(shareOf)).size > 1)
    .slice(0, MOST_UNLIKE);
}
