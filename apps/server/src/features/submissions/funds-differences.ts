import { type Form, formatDecimal, parseDecimal, place, showDecimal } from "@jiheng/domain";
import type { FundsDifference, Kind } from "@jiheng/workflow";
import { inFormUnit, statesAmount } from "./money.ts";

/** What the finance system has of a project and year by source, in fen. Adjusted is approved with all adjustments. */
export interface LedgerLine {
  readonly source: string;
  readonly approved: bigint;
  readonly adjusted: bigint;
  readonly paid: bigint;
}

type Column = "initialBudget" | "adjustedBudget" | "expenditure";

/**
 * Which columns of a kind are held against the finance system: a declaration comes before any budget is approved, and monitoring
 * reports months that the finance system may not have closed.
 */
const COMPARED: Readonly<Partial<Record<Kind, readonly Column[]>>> = {
  "self-evaluation": ["initialBudget", "adjustedBudget", "expenditure"],
};

/** The line of a source; the total is that of all sources where the finance system keeps none of its own. */
function ledgerLine(ledger: readonly LedgerLine[], source: string): LedgerLine | null {
  const own = ledger.find((line) => line.source === source);
  if (own || source !== "total" || ledger.length === 0) return own ?? null;
  const sumOf = (key: "approved" | "adjusted" | "paid"): bigint =>
    ledger.reduce((sum, line) => sum + line[key], 0n);
  return { source, approved: sumOf("approved"), adjusted: sumOf("adjusted"), paid: sumOf("paid") };
}

/** A cell of the funds table that the finance system has a figure for, in fen. */
export interface FundsCell {
  readonly index: number;
  readonly column: Column;
  readonly fen: bigint;
}

/**
 * The cells of a kind's funds table that the finance system knows. A source it does not know is left out but in the total; a form
 * without any entry there has none.
 */
export function fundsCells(kind: Kind, form: Form, ledger: readonly LedgerLine[]): FundsCell[] {
  return form.funds.flatMap(({ source }, index) => {
    const line = ledgerLine(ledger, source);
    if (!line) return [];
    const { approved: initialBudget, adjusted: adjustedBudget, paid: expenditure } = line;
    const fenOf = { initialBudget, adjustedBudget, expenditure };
    return (COMPARED[kind] ?? []).map((column) => ({ index, column, fen: fenOf[column] }));
  });
}

/** Every figure of the funds table that is not what the finance system has, in the form's unit. */
export function fundsDifferences(kind: Kind, form: Form, ledger: readonly LedgerLine[]): FundsDifference[] {
  return fundsCells(kind, form, ledger).flatMap(({ index, column, fen }): FundsDifference[] => {
    const typed = form.funds[index]?.[column] ?? null;
    if (statesAmount(typed, form.moneyUnit, fen)) return [];
    const amount = inFormUnit(fen, form.moneyUnit);
    // An unknown unit of money is a finding of its own.
    return amount ? [{ at: place.fund(index, column), form: typed, ledger: showDecimal(amount) }] : [];
  });
}

/** The form with the blank cells of its funds filled from the finance system, at least two places each; what was typed stays. */
export function prefilled(kind: Kind, form: Form, ledger: readonly LedgerLine[]): Form {
  const cells = fundsCells(kind, form, ledger);
  const funds = form.funds.map((fund, index) => {
    const filled: { -readonly [C in Column]?: string } = {};
    for (const { column, fen } of cells.filter((cell) => cell.index === index)) {
      const amount = fund[column] === null ? inFormUnit(fen, form.moneyUnit) : null;
      if (amount) filled[column] = formatDecimal(parseDecimal(showDecimal(amount)) ?? amount, 2);
    }
    return { ...fund, ...filled };
  });
  return { ...form, funds };
}
