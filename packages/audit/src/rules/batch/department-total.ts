import { add, type Decimal, decimal, within } from "@jiheng/domain";
import type { BatchDossier } from "../../rule.ts";

/** As for fund rows of one form: a tenth of the money unit. */
const TOLERANCE = decimal("0.1");

/** Expenditure of all forms in their common money unit; null where a form states none or units are mixed. */
export function expenditureOf(batch: BatchDossier): Decimal | null {
  let total = decimal(0);
  const units = new Set<string>();
  for (const { form, facts } of batch.forms) {
    const spent = (facts.totalFund ?? facts.scoredFund)?.expenditure ?? null;
    if (spent === null) return null;
    units.add(form.moneyUnit ?? "");
    total = add(total, spent);
  }
  return units.size === 1 ? total : null;
}

/** Whether two totals agree within the tolerance for rounding. */
export function agrees(a: Decimal, b: Decimal): boolean {
  return within(a, b, TOLERANCE);
}
