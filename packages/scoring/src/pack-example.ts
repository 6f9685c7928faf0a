import type { Comparison } from "@jiheng/domain";

/** An indicator row as an example writes it. */
export interface ExampleRow {
  readonly name?: string;
  readonly level1?: string;
  readonly level2?: string;
  readonly comparison?: Comparison;
  /** A number with its unit apart, or words. */
  readonly target: string;
  readonly actual: string | null;
  readonly unit?: string;
  readonly points: string;
  readonly entered?: string;
  readonly deviation?: string;
  readonly coefficient?: string;
}

/**
 * An example of a pack, run as a test: a row, an execution or a total in, the mark out.
 * `gives` is "1.77" for a mark, "0～5" for a judgement between bounds, "缺" where something is missing, a grade or "不评等级".
 */
export type PackExample =
  | { readonly kind: "row"; readonly says: string; readonly row: ExampleRow; readonly gives: string }
  | {
      readonly kind: "execution";
      readonly says: string;
      readonly initialBudget?: string;
      readonly adjustedBudget: string | null;
      readonly expenditure: string | null;
      readonly points: string;
      readonly gives: string;
    }
  | { readonly kind: "total"; readonly says: string; readonly total: string; readonly gives: string };
