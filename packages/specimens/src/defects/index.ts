import { BATCH } from "./batch.ts";
import { COMPLETENESS } from "./completeness.ts";
import type { Defect } from "./defect.ts";
import { GOAL_AND_RESULT } from "./goal.ts";
import { LATER } from "./later.ts";
import { MONEY } from "./money.ts";
import { NARRATIVE } from "./narrative.ts";
import { POINTS } from "./points.ts";
import { REASONS } from "./reasons.ts";
import { TARGETS } from "./targets.ts";

/** Every kind of defect that can be planted, in the order of the catalogue of checks; what was added later comes last. */
export const DEFECTS: readonly Defect[] = [...inOrder(), ...LATER];

function inOrder(): readonly Defect[] {
  return [
    ...COMPLETENESS,
    ...MONEY,
    ...TARGETS,
    ...POINTS,
    ...REASONS,
    ...NARRATIVE,
    ...GOAL_AND_RESULT,
    ...BATCH,
  ].sort((a, b) => Number(a.code.slice(3)) - Number(b.code.slice(3)));
}
