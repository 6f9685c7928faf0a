import { type Form, showDecimal } from "@jiheng/domain";
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

/**
 * Every figure of the funds table that is not what the finance system has, in the form's unit. A source the finance system does not
 * know is not compared but in the total; a form without any entry there is not compared at all.
 */
export function fundsDifferences(kind: Kind, form: Form, ledger: readonly LedgerLine[]): FundsDifference[] {
  const columns = COMPARED[kind] ?? [];
  return form.funds.flatMap((fund, index) => {
    const line = ledgerLine(ledger, fund.source);
    if (!line) return [];
    return columns.flatMap((column): FundsDifference[] => {
      const fen = { initialBudget: line.approved, adjustedBudget: line.adjusted, expenditure: line.paid }[
        column
      ];
      if (statesAmount(fund[column], form.moneyUnit, fen)) return [];
      const amount = inFormUnit(fen, form.moneyUnit);
      // An unknown unit of money is a finding of its own.
      if (!amount) return [];
      return [{ at: `funds[${index}].${column}`, form: fund[column], ledger: showDecimal(amount) }];
    });
  });
}
