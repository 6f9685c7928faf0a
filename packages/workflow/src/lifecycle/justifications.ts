import { equals, parseDecimal } from "@jiheng/domain";

/** A finding of force `must` as it arrives with a submission: what identifies it, where it is and the figures it rests on. */
export interface BlockingFinding {
  readonly fingerprint: string;
  readonly code: string;
  readonly at: readonly string[];
  readonly message: string;
  readonly figures: Readonly<Record<string, string>>;
}

/** Why a named person lets a finding stand, with the figures as they were then. */
export interface Justification {
  readonly fingerprint: string;
  readonly by: string;
  readonly byName: string;
  readonly reason: string;
  readonly figures: Readonly<Record<string, string>>;
}

/** What the justifications at hand do for the findings: each finding is in exactly one of the three lists. */
export interface Examined {
  readonly justified: readonly BlockingFinding[];
  readonly open: readonly BlockingFinding[];
  /** Justified once, but the figures are others now: it blocks again. */
  readonly stale: readonly BlockingFinding[];
}

/** Holds justifications against the findings and figures of now; one without a named person or a reason counts for nothing. */
export function examineJustifications(
  findings: readonly BlockingFinding[],
  justifications: readonly Justification[],
): Examined {
  const justified: BlockingFinding[] = [];
  const open: BlockingFinding[] = [];
  const stale: BlockingFinding[] = [];
  for (const finding of findings) {
    const given = justifications.filter(
      ({ fingerprint, by, byName, reason }) =>
        fingerprint === finding.fingerprint && by !== "" && byName.trim() !== "" && reason.trim() !== "",
    );
    if (given.some(({ figures }) => sameFigures(figures, finding.figures))) justified.push(finding);
    else if (given.length > 0) stale.push(finding);
    else open.push(finding);
  }
  return { justified, open, stale };
}

/** Whether they are the same figures under the same names; 8.0 is 8, anything else is held letter by letter. */
export function sameFigures(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const [x, y] = [a[name], b[name]];
    if (x === undefined || y === undefined) return false;
    const [m, n] = [parseDecimal(x), parseDecimal(y)];
    return m && n ? equals(m, n) : x === y;
  });
}
