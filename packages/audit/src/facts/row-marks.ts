import { absolute, compare, type Decimal, decimal, equals, place, round, subtract } from "@jiheng/domain";
import { type RowValues, rowValues } from "@jiheng/scoring";
import type { Doubt, FormDossier } from "../rule.ts";
import type { RowFacts } from "./form-facts.ts";
import { doubtAt } from "./reading-doubts.ts";

/** Writing a score to one decimal is no deviation. */
const ONE_DECIMAL_STEP = decimal("0.05");

/**
 * An entered row score beside what the policy gives. `above`, `below`: another figure. `unmet-full`: all points for a target
 * that was not reached. `outside-tier`: words whose tier does not hold the score. `open`: only a person can say.
 */
export type MarkVerdict = "fits" | "above" | "below" | "unmet-full" | "outside-tier" | "open";

/** The mark a row carries beside the mark its policy gives. */
export interface RowMark {
  readonly row: RowFacts;
  readonly verdict: MarkVerdict;
  readonly entered: Decimal;
  readonly points: Decimal;
  /** What the policy gives; null where it gives a range. */
  readonly awarded: Decimal | null;
  readonly between: readonly [Decimal, Decimal] | null;
  /** Where reading was not sure how the row's cells were told apart: what it says. */
  readonly doubt: string | null;
  /** Read only where something is reported: the sentence of how the mark comes about. */
  readonly says: () => string;
}

/** The doubt about a row whose figures may not be what the form prints. */
export function readingDoubt({ row, doubt }: RowMark): Doubt {
  return {
    at: [place.indicator(row.index, "score")],
    why: `「${row.name || `第${row.index + 1}行`}」的得分与按口径计算的不符，但读取时已有存疑（${doubt ?? ""}），请核对原表`,
  };
}

function countsLoosely({ row: { target, actual } }: RowFacts): boolean {
  return [target.unit, actual.unit].some((unit) => unit?.trim() === "个");
}

const CACHE = new WeakMap<FormDossier, readonly RowMark[]>();

/** A score written with fewer decimals stands for the exact one; whole points may not round a missed target up to all points. */
function agrees(entered: Decimal, awarded: Decimal, points: Decimal): boolean {
  if (equals(entered, awarded)) return true;
  if (compare(absolute(subtract(entered, awarded)), ONE_DECIMAL_STEP) <= 0 && entered.scale <= 1) return true;
  if (entered.scale > 1 || equals(entered, points)) return false;
  return equals(round(awarded, entered.scale, "half-up"), entered);
}

/** The entered score of every row that has one inside its range, held against the policy. Computed once. */
export function rowMarks(dossier: FormDossier): readonly RowMark[] {
  const known = CACHE.get(dossier);
  if (known) return known;
  const { facts, score, policy } = dossier;
  const list: RowMark[] = [];
  for (const row of facts.rows) {
    const mark = score.indicators[row.index];
    const { points, score: entered } = row;
    if (!mark || !points || !entered) continue;
    if (entered.units < 0n || points.units <= 0n || compare(entered, points) > 0) continue;
    const doubt = doubtAt(dossier.form, place.indicator(row.index))?.says ?? null;
    const full = equals(entered, points);
    const unmet = (): boolean => {
      const values: RowValues = rowValues(row.row);
      // 个 counts nearly everything: 11所 against ≥12个 is missed, though the policy leaves the units to a person.
      if (values.kind === "incomparable") return row.met === false && countsLoosely(row);
      return values.kind === "comparable" && !values.met;
    };
    if (mark.kind === "scored") {
      const { awarded } = mark;
      let verdict: MarkVerdict = "fits";
      if (!agrees(entered, awarded, points)) {
        const order = compare(entered, awarded);
        verdict = order < 0 ? "below" : full && unmet() ? "unmet-full" : "above";
      }
      const says = (): string => mark.steps.map((step) => step.says).join("；");
      list.push({ row, verdict, entered, points, awarded, between: null, doubt, says });
    } else if (mark.kind === "judgement") {
      const [low, high] = mark.between;
      const isWords = policy.qualitative.value.kind === "tiers" && row.target === null;
      const topIncluded = equals(high, points);
      const order = compare(entered, high);
      const outside = compare(entered, low) < 0 || order > 0 || (order === 0 && !topIncluded);
      // Without a sign the target may be a ceiling: then the policy leaves it to a person, and so does this.
      const missed = full && row.comparison !== null && unmet();
      const verdict: MarkVerdict = isWords && outside ? "outside-tier" : missed ? "unmet-full" : "open";
      list.push({
        row,
        verdict,
        entered,
        points,
        awarded: null,
        between: mark.between,
        doubt,
        says: () => mark.why,
      });
    }
  }
  CACHE.set(dossier, list);
  return list;
}
