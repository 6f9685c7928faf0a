import type { ProblemCode } from "@jiheng/contract/http";
import { type Refused, refused } from "../outcome.ts";

/** A refusal from where nothing can be returned: a hook or a stream of the boundary. */
export class Refusal extends Error {
  readonly outcome: Refused;
  readonly retryAfterSeconds: number | null;
  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: Refused["errors"]; retryAfterSeconds?: number } = {},
  ) {
    super(code);
    this.name = "Refusal";
    this.outcome = refused(code, detail, more.errors);
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
  }
}
