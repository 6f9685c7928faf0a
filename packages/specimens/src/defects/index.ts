import { COMPLETENESS } from "./completeness.ts";
import type { Defect } from "./defect.ts";
import { POINTS } from "./points.ts";

/** Every kind of defect that can be planted, in the order of the catalogue of checks. */
export const DEFECTS: readonly Defect[] = [...COMPLETENESS, ...POINTS].sort(
  (a, b) => Number(a.code.slice(3)) - Number(b.code.slice(3)),
);
