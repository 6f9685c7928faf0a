import {
  type Comparison,
  compare,
  type Decimal,
  equals,
  type Form,
  type Fund,
  type Indicator,
  parseDecimal,
  type Ratio,
  ratio,
} from "@jiheng/domain";
import { onOneScale } from "../lexicon/one-scale.ts";

/** How a row's target can be held against its actual. `worded`: words on at least one side. */
export type RowKind = "counted" | "worded" | "blank";

/** One row of indicators with its figures parsed once for all rules. Figures that are not printed are null. */
export interface RowFacts {
  readonly index: number;
  readonly row: Indicator;
  /** Name without white space; "" where it is blank. */
  readonly name: string;
  readonly comparison: Comparison | null;
  readonly target: Decimal | null;
  readonly actual: Decimal | null;
  readonly points: Decimal | null;
  readonly score: Decimal | null;
  readonly kind: RowKind;
  /** actual ÷ target on one scale (万人, 人); null for words, blanks, units that cannot be compared and a target of 0. */
  readonly completion: Ratio | null;
  /** Whether the actual satisfies the comparison (no sign counts as ≥); null where it cannot be said. */
  readonly met: boolean | null;
  /** score < points; null where one of them is not printed. */
  readonly lostPoints: boolean | null;
  /** The reason printed for the row, trimmed; null where blank or a dash or 无. */
  readonly reason: string | null;
}

/** One row of the funds table, parsed. */
export interface FundFacts {
  readonly index: number;
  readonly row: Fund;
  readonly initialBudget: Decimal | null;
  readonly adjustedBudget: Decimal | null;
  readonly expenditure: Decimal | null;
  readonly points: Decimal | null;
  readonly executionRate: Decimal | null;
  readonly score: Decimal | null;
  /** expenditure ÷ adjusted budget, or null where it cannot be computed. */
  readonly computedRate: Ratio | null;
}

/** What all rules share about one form. */
export interface FormFacts {
  readonly rows: readonly RowFacts[];
  readonly funds: readonly FundFacts[];
  /** The fund row that is scored: the one with points or a score, else the total, else the only one. */
  readonly scoredFund: FundFacts | null;
  readonly totalFund: FundFacts | null;
  readonly totalPoints: Decimal | null;
  readonly totalScore: Decimal | null;
  /** goal.expected of all goals, joined by line breaks; "" where none. */
  readonly expected: string;
  /** goal.achieved of all goals, joined by line breaks; "" where none. */
  readonly achieved: string;
  /** True where at least one row prints points. */
  readonly hasPoints: boolean;
  /** True where at least one row prints a score. */
  readonly hasScores: boolean;
}

const NO_REASON = /^[\s\-—–/\\无。.;；]*$/;

/** What a form prints in the cell to tell how to fill it in is no explanation. */
const INSTRUCTION = /须(?:单独)?说明|[0-9]{2,4}字(?:以内|以下|左右)/;

/** A printed explanation, or null where the cell is blank, a dash, 无 or still the form's own instruction. */
export function reasonOf(text: string | null): string | null {
  if (text === null || NO_REASON.test(text) || INSTRUCTION.test(text)) return null;
  return text.trim();
}

/** Whether an actual satisfies its comparison; without a sign a target is a floor, as the column is read in practice. */
function isMet(actual: Decimal, comparison: Comparison | null, target: Decimal): boolean {
  const order = compare(actual, target);
  switch (comparison) {
    case "≤":
      return order <= 0;
    case "<":
      return order < 0;
    case ">":
      return order > 0;
    case "=":
      return order === 0;
    default:
      return order >= 0;
  }
}

function factsOfRow(row: Indicator, index: number): RowFacts {
  const target = parseDecimal(row.target.value);
  const actual = parseDecimal(row.actual.value);
  const points = parseDecimal(row.points);
  const score = parseDecimal(row.score);
  const scaled = target && actual ? onOneScale(row, target, actual) : null;
  const kind: RowKind =
    target && actual ? "counted" : row.target.text === null && row.actual.text === null ? "blank" : "worded";
  return {
    index,
    row,
    name: (row.name ?? "").replace(/\s+/g, ""),
    comparison: row.target.comparison,
    target,
    actual,
    points,
    score,
    kind,
    completion: scaled ? ratio(scaled.actual, scaled.target) : null,
    met: scaled ? isMet(scaled.actual, row.target.comparison, scaled.target) : null,
    lostPoints: points && score ? compare(score, points) < 0 : null,
    reason: reasonOf(row.deviation),
  };
}

function factsOfFund(row: Fund, index: number): FundFacts {
  const adjustedBudget = parseDecimal(row.adjustedBudget);
  const expenditure = parseDecimal(row.expenditure);
  return {
    index,
    row,
    initialBudget: parseDecimal(row.initialBudget),
    adjustedBudget,
    expenditure,
    points: parseDecimal(row.points),
    executionRate: parseDecimal(row.executionRate),
    score: parseDecimal(row.score),
    computedRate: adjustedBudget && expenditure ? ratio(expenditure, adjustedBudget) : null,
  };
}

/** Everything rules share about a form, computed once. */
export function factsOf(form: Form): FormFacts {
  const rows = form.indicators.map(factsOfRow);
  const funds = form.funds.map(factsOfFund);
  const totalFund = funds.find((fund) => fund.row.source === "total") ?? null;
  const scoredFund =
    funds.find((fund) => fund.points !== null || fund.score !== null) ??
    totalFund ??
    (funds.length === 1 ? (funds[0] ?? null) : null);
  const texts = (side: "expected" | "achieved"): string => {
    const parts = form.goals.map((goal) => goal[side]);
    if (parts.length === 0) parts.push(form.goal[side]);
    return parts.filter((part): part is string => part !== null).join("\n");
  };
  return {
    rows,
    funds,
    scoredFund,
    totalFund,
    totalPoints: parseDecimal(form.totalPoints),
    totalScore: parseDecimal(form.totalScore),
    expected: texts("expected"),
    achieved: texts("achieved"),
    hasPoints: rows.some((row) => row.points !== null),
    hasScores: rows.some((row) => row.score !== null),
  };
}

/** Both absent, or both present and numerically equal. */
export function sameFigure(a: Decimal | null, b: Decimal | null): boolean {
  return a !== null && b !== null ? equals(a, b) : a === b;
}
