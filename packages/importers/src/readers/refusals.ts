import type { Refusal } from "../grid.ts";

/** Builds a refusal. `what` and `remedy` are Chinese, for people, without a full stop at the end. */
export function refuse(code: string, what: string, remedy: string): Refusal {
  return { kind: "refused", code, what, remedy };
}

/** Thrown inside a reader to leave it from any depth; `readGrid` turns it into its refusal. Never leaves the package. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(code: string, what: string, remedy: string) {
    super(code);
    this.refusal = refuse(code, what, remedy);
  }
}

const SPLIT = "请确认这是自评表；如是汇编，请分拆成几个文件后再读";

/** A file with more cells or rows than any form has. `part` names the part of the file. */
export function tooLarge(part: string): RefusedError {
  return new RefusedError("too-large", `${part}过大，超出可读取的上限`, SPLIT);
}
