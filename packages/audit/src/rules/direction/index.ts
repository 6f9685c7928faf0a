import type { Rule } from "../../rule.ts";
import { boundMissedUpwards } from "./bound-missed-upwards.ts";
import { displacedLabel } from "./displaced-label.ts";
import { equalityOnUncontrolledCount } from "./equality-on-uncontrolled-count.ts";
import { fullSatisfactionOfFew } from "./full-satisfaction-of-few.ts";
import { fundsAsIndicator } from "./funds-as-indicator.ts";
import { indefiniteName } from "./indefinite-name.ts";
import { managersInsteadOfServed } from "./managers-instead-of-served.ts";
import { nameAgainstValue } from "./name-against-value.ts";
import { notSatisfaction } from "./not-satisfaction.ts";
import { satisfactionOfAll } from "./satisfaction-of-all.ts";
import { stockAsOutput } from "./stock-as-output.ts";
import { unitChanges } from "./unit-changes.ts";
import { unitMisfit } from "./unit-misfit.ts";
import { upperBoundOnOutput } from "./upper-bound-on-output.ts";
import { wrongCategory } from "./wrong-category.ts";

/** Rules of this section, in the order of their codes. */
export const DIRECTION_RULES: readonly Rule[] = [
  upperBoundOnOutput,
  boundMissedUpwards,
  equalityOnUncontrolledCount,
  satisfactionOfAll,
  fullSatisfactionOfFew,
  notSatisfaction,
  managersInsteadOfServed,
  wrongCategory,
  displacedLabel,
  fundsAsIndicator,
  unitMisfit,
  unitChanges,
  nameAgainstValue,
  indefiniteName,
  stockAsOutput,
];
