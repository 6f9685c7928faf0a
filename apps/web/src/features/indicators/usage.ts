import { type Form, type Measure, NO_MEASURE, parseMeasure } from "@jiheng/domain";
import type { RowDraft } from "@jiheng/workflow";
import type { Answered } from "../../api/operations-of.ts";

/** How indicators of one name and unit are used. */
export type Usage = Answered<"searchIndicators">["indicators"][number];

/** The comparison most rows have, and how many of how many. */
export function usualComparison({ comparisons }: Pick<Usage, "comparisons">): {
  readonly comparison: string | null;
  readonly rows: number;
  readonly of: number;
} {
  const of = comparisons.reduce((sum, { rows }) => sum + rows, 0);
  const [first] = comparisons.toSorted((a, b) => b.rows - a.rows);
  return { comparison: first?.comparison ?? null, rows: first?.rows ?? 0, of };
}

/** A target as it would be typed: the usual comparison, the middle of what others set, and the unit. Null where nobody set a figure. */
export function usualTarget(usage: Pick<Usage, "comparisons" | "targets" | "unit">): string | null {
  if (usage.targets === null) return null;
  const { comparison } = usualComparison(usage);
  return `${comparison === "=" || comparison === null ? "" : comparison}${usage.targets.middle}${usage.unit ?? ""}`;
}

/** A line for a spreadsheet: level 1, level 2, name, target, unit. */
export function lineOf(usage: Usage): string {
  return [usage.level1, usage.level2, usage.name, usualTarget(usage), usage.unit]
    .map((text) => (text ?? "").replace(/[\t\r\n]+/g, " "))
    .join("\t");
}

const bare = (text: string | null): string => (text ?? "").replace(/\s|指标$/g, "");

/** The row of a form that a new one of these levels stands behind: the last of its level 2, else of its level 1, else the last of all. */
export function placeFor(
  rows: Form["indicators"],
  { level1, level2 }: Pick<Usage, "level1" | "level2">,
): string | null {
  const sameLevel1 = rows.filter((row) => bare(row.level1) === bare(level1));
  const sameLevel2 = sameLevel1.filter((row) => bare(row.level2) === bare(level2));
  return (sameLevel2.at(-1) ?? sameLevel1.at(-1) ?? rows.at(-1))?.id ?? null;
}

/** A new row: its levels spelled as the form spells them, its target read as typed ones are. Points and all else stay blank. */
export function rowOf(usage: Usage, rows: Form["indicators"], target: string | null): RowDraft {
  const like = rows.find((row) => bare(row.level1) === bare(usage.level1));
  const likely = rows.find(
    (row) => bare(row.level1) === bare(usage.level1) && bare(row.level2) === bare(usage.level2),
  );
  const measure: Measure = target === null ? NO_MEASURE : parseMeasure(target).measure;
  return {
    parent: null,
    goal: likely?.goal ?? like?.goal ?? 0,
    core: null,
    level1: like?.level1 ?? usage.level1,
    level2: likely?.level2 ?? usage.level2,
    groupPoints: likely?.groupPoints ?? null,
    name: usage.name,
    target: measure,
    initialTarget: null,
    actual: NO_MEASURE,
    points: null,
    score: null,
    coefficient: null,
    reviewScore: null,
    criteria: null,
    evidence: null,
    deviation: null,
  };
}

/** Places of quantiles along a line from 0 to 1, for drawing alone: low, quarter, middle, three quarters, high. */
export function placesOf(
  quantiles: NonNullable<Usage["targets"]>,
  [from, to]: readonly [number, number],
): readonly [number, number, number, number, number] {
  const at = (text: string): number => (to === from ? 0.5 : (Number(text) - from) / (to - from));
  const { low, quarter, middle, threeQuarters, high } = quantiles;
  return [at(low), at(quarter), at(middle), at(threeQuarters), at(high)];
}

/** From the lowest to the highest of targets and actuals, so that both are drawn on one scale. */
export function scaleOf({ targets, actuals }: Pick<Usage, "targets" | "actuals">): readonly [number, number] {
  const ends = [targets, actuals].flatMap((each) => (each ? [Number(each.low), Number(each.high)] : []));
  return [Math.min(...ends), Math.max(...ends)];
}

/** What should be known before an indicator is used again. */
export type Doubt = "boilerplate" | "always-exact" | "never-missed" | "often-missed" | "few";

const FEW = 5;

/** Doubts about an indicator from how it was used: where most actuals were not measured, always hit the target to the digit, and so on. */
export function doubtsOf({ measured, scored, missed, exact, boilerplate }: Usage): Doubt[] {
  if (measured < FEW) return ["few"];
  const doubts: Doubt[] = [];
  if (boilerplate * 3 >= measured) doubts.push("boilerplate");
  if (exact * 3 >= measured * 2) doubts.push("always-exact");
  if (scored >= FEW && missed === 0) doubts.push("never-missed");
  if (scored >= FEW && missed * 3 >= scored) doubts.push("often-missed");
  return doubts;
}
