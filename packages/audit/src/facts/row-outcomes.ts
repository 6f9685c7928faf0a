import type { Decimal, Form } from "@jiheng/domain";
import type { Category } from "../lexicon/categories.ts";
import { rowMeanings } from "../lexicon/row-meaning.ts";
import { bareWords, onlySaysReached } from "../lexicon/wording.ts";
import { countedHits } from "../rules/rows/exact-hits.ts";
import { factsOf } from "./form-facts.ts";

/**
 * How a row's actual stands to its target. `boilerplate`: words that only say it was reached, or that repeat the target; `words`: other
 * words on at least one side; `incomparable`: two numbers in units that cannot be held against each other.
 */
export type Outcome = "met" | "missed" | "incomparable" | "boilerplate" | "words" | "blank";

/** What statistics ask of a row, read as the rules read it. */
export interface RowOutcome {
  readonly category: Category | null;
  readonly outcome: Outcome;
  /** Target and actual on one scale where the row was met or missed, else null. */
  readonly target: Decimal | null;
  readonly actual: Decimal | null;
  /** Whether a count that a year's work could miss was hit to the unit; null for rates, satisfaction, costs, zeros and words. */
  readonly isExact: boolean | null;
}

/** The outcome of every row of a form, in order. */
export function rowOutcomes(form: Form): readonly RowOutcome[] {
  const facts = factsOf(form);
  const counted = countedHits(facts);
  const [rows, hits] = [new Set(counted.rows), new Set(counted.hits)];
  return rowMeanings(facts).map(({ category, facts: { row, target, actual, met } }, index) => {
    const said = bareWords(row.actual.text);
    const outcome = ((): Outcome => {
      if (met !== null) return met ? "met" : "missed";
      if (target && actual) return "incomparable";
      if (said === "") return "blank";
      if (actual) return "words";
      return onlySaysReached(row.actual.text) || said === bareWords(row.target.text)
        ? "boilerplate"
        : "words";
    })();
    return {
      category,
      outcome,
      target: met === null ? null : target,
      actual: met === null ? null : actual,
      isExact: rows.has(index) ? hits.has(index) : null,
    };
  });
}
