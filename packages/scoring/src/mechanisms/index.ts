import type { Mechanism } from "../mechanism.ts";
import type { CountedMechanism } from "../policy-pack.ts";
import { deviationBands } from "./deviation-bands.ts";
import { equalAsAtLeast } from "./equal-as-at-least.ts";
import { fullOrJudgement } from "./full-or-judgement.ts";
import { inverseRatio } from "./inverse-ratio.ts";
import { linearToZero } from "./linear-to-zero.ts";
import { passThreshold } from "./pass-threshold.ts";
import { proportion } from "./proportion.ts";
import { stepDown } from "./step-down.ts";
import { strict } from "./strict.ts";
import { valueBands } from "./value-bands.ts";

type Registry = {
  readonly [K in CountedMechanism["kind"]]: Mechanism<Extract<CountedMechanism, { kind: K }>>;
};

/** Every mechanism for counted rows, by kind. */
export const COUNTED_MECHANISMS: Registry = {
  proportion,
  "equal-as-at-least": equalAsAtLeast,
  "linear-to-zero": linearToZero,
  "inverse-ratio": inverseRatio,
  strict,
  "full-or-judgement": fullOrJudgement,
  "pass-threshold": passThreshold,
  "deviation-bands": deviationBands,
  "value-bands": valueBands,
  "step-down": stepDown,
};

/** The mechanism of a parameter, with its parameter type erased: the registry pairs them by kind. */
export function mechanismOf(parameters: CountedMechanism): Mechanism<CountedMechanism> {
  return COUNTED_MECHANISMS[parameters.kind] as Mechanism<CountedMechanism>;
}
