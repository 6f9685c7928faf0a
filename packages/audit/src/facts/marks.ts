import { add, compare, type Decimal, decimal, showDecimal, sum } from "@jiheng/domain";
import { markedRows } from "@jiheng/scoring";
import type { FormDossier } from "../rule.ts";
import type { FundFacts, RowFacts } from "./form-facts.ts";

/** What a form's points and total score are out of: mof-2020-10, 总分. */
export const FULL_TOTAL = decimal(100);

/** Printed points and scores of a form put together once. A sum is null where one of its parts is not printed. */
export interface MarksFacts {
  /** Rows whose points make up the total, in order. */
  readonly rows: readonly RowFacts[];
  /** Fund rows that carry points or a score of their own. */
  readonly funds: readonly FundFacts[];
  readonly rowPoints: Decimal | null;
  readonly rowScores: Decimal | null;
  readonly withoutPoints: readonly RowFacts[];
  readonly withoutScore: readonly RowFacts[];
  /** Null where the funds table prints none. */
  readonly fundPoints: Decimal | null;
  readonly fundScores: Decimal | null;
  /** Row points and execution points together, null where a row lacks its points. */
  readonly points: Decimal | null;
  /** Printed row scores and printed execution score together. */
  readonly scores: Decimal | null;
}

const CACHE = new WeakMap<FormDossier, MarksFacts>();

function scoredFunds(funds: readonly FundFacts[]): readonly FundFacts[] {
  const withPoints = funds.filter((fund) => fund.points !== null);
  const found = withPoints.length > 0 ? withPoints : funds.filter((fund) => fund.score !== null);
  const total = found.find((fund) => fund.row.source === "total");
  return total ? [total] : found;
}

function together(values: readonly (Decimal | null)[]): Decimal | null {
  const printed = values.filter((value) => value !== null);
  return printed.length === values.length && printed.length > 0 ? sum(printed) : null;
}

/** The marks of a form; a row without points and score beside rows with them counts as incomplete, never as 0. */
export function marksOf(dossier: FormDossier): MarksFacts {
  const known = CACHE.get(dossier);
  if (known) return known;
  const { form, facts } = dossier;
  const { counted } = markedRows(form);
  const rows = facts.rows.filter((row) => counted.has(row.index));
  const funds = scoredFunds(facts.funds);
  const rowPoints = together(rows.map((row) => row.points));
  const rowScores = together(rows.map((row) => row.score));
  const fundPoints = together(funds.map((fund) => fund.points));
  const fundScores = together(funds.map((fund) => fund.score));
  const marks: MarksFacts = {
    rows,
    funds,
    rowPoints,
    rowScores,
    withoutPoints: facts.hasPoints ? rows.filter((row) => row.points === null) : [],
    withoutScore: facts.hasScores ? rows.filter((row) => row.score === null) : [],
    fundPoints,
    fundScores,
    points: rowPoints ? (fundPoints ? add(rowPoints, fundPoints) : rowPoints) : null,
    scores: rowScores ? (fundScores ? add(rowScores, fundScores) : rowScores) : null,
  };
  CACHE.set(dossier, marks);
  return marks;
}

/** "8项指标共80分，加预算执行10分，合计90分". */
export function sumWords(count: number, rows: Decimal, execution: Decimal | null, total: Decimal): string {
  const head = `${count}项指标共${showDecimal(rows)}分`;
  return execution ? `${head}，加预算执行${showDecimal(execution)}分，合计${showDecimal(total)}分` : head;
}

/** score ≥ points with points above 0: nothing lost. */
export function isFull(row: { readonly points: Decimal | null; readonly score: Decimal | null }): boolean {
  return (
    row.points !== null && row.score !== null && row.points.units > 0n && compare(row.score, row.points) >= 0
  );
}
