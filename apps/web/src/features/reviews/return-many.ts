import { byForce, opinionFrom, type Quoted } from "../../ui/opinion.ts";

/** Which findings the opinions of many are made from. */
export type Depth = "must" | "should" | "hint";

const WITHIN: Readonly<Record<Depth, readonly Quoted["force"][]>> = {
  must: ["must"],
  should: ["must", "should"],
  hint: ["must", "should", "hint"],
};

/** The longest opinion the server takes. */
export const LONGEST = 2_000;

/** The findings an opinion is made from: those of the force that was chosen and graver ones, the gravest first. */
export function citedOf(findings: readonly Quoted[], depth: Depth): readonly Quoted[] {
  return byForce(findings).filter(({ force }) => WITHIN[depth].includes(force));
}

/** What a form is sent back with: its own opinion, typed or made of its findings, and the closing sentence all share. */
export function opinionOf(
  findings: readonly Quoted[],
  depth: Depth,
  typed: string | undefined,
  closing: string,
): string {
  return [typed ?? opinionFrom(citedOf(findings, depth)), closing]
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n");
}
