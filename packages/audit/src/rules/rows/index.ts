import type { Rule } from "../../rule.ts";
import { benefitWithoutOutput } from "./benefit-without-output.ts";
import { differentObjects } from "./different-objects.ts";
import { duplicateRow } from "./duplicate-row.ts";
import { exactHits } from "./exact-hits.ts";
import { heavyQualitativeRow } from "./heavy-qualitative-row.ts";
import { level1PointsOffDefault } from "./level1-points-off-default.ts";
import { nearSynonyms } from "./near-synonyms.ts";
import { onlyRates } from "./only-rates.ts";
import { sameAsNeighbour } from "./same-as-neighbour.ts";
import { scatteredPoints } from "./scattered-points.ts";
import { unmeasuredShare } from "./unmeasured-share.ts";

/** Rules of this section, in the order of their codes. */
export const ROWS_RULES: readonly Rule[] = [
  duplicateRow,
  nearSynonyms,
  exactHits,
  sameAsNeighbour,
  differentObjects,
  unmeasuredShare,
  heavyQualitativeRow,
  scatteredPoints,
  onlyRates,
  level1PointsOffDefault,
  benefitWithoutOutput,
];
