import type { ProblemCode } from "@jiheng/contract/http";
import type { Refusal } from "@jiheng/workflow";

/** A place a refusal concerns: of a finding with its fingerprint, of a conflict with both values. */
export interface RefusedPlace {
  readonly at: string;
  readonly says: string;
  readonly fingerprint?: string;
  readonly theirs?: string | null;
  readonly mine?: string | null;
}

/** A refusal: its code, what happened and what to do, and the places it concerns. Carries no status: that is the boundary's. */
export interface Refused {
  readonly kind: "refused";
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly RefusedPlace[];
}

/** What a use-case answers: it was done, or it was refused and nothing was changed. */
export type Outcome<T> = { readonly kind: "done"; readonly value: T } | Refused;

/** Done, with what came of it. */
export function done<T>(value: T): Outcome<T> {
  return { kind: "done", value };
}

/** Refused: `detail` says which thing, what is wrong and what to do, in Chinese. */
export function refused(code: ProblemCode, detail: string, errors?: Refused["errors"]): Refused {
  return errors && errors.length > 0
    ? { kind: "refused", code, detail, errors }
    : { kind: "refused", code, detail };
}

/** A refusal of the life cycle or of the permissions, as an outcome; a finding among its details keeps its code in front. */
export function refusedBy({ code, says, details }: Refusal): Refused {
  return refused(
    code,
    says,
    details.map((detail) => ({
      at: detail.at,
      says: detail.code === undefined ? detail.says : `${detail.code} ${detail.says}`,
      ...(detail.fingerprint === undefined ? {} : { fingerprint: detail.fingerprint }),
    })),
  );
}
