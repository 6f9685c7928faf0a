import type { ChartModel } from "../document.ts";

/** Beyond this many characters category names stand beside horizontal bars: below upright ones they would be cut. */
const SHORT_NAME = 7;
/** Width for upright bars and the width of a digit above them, in pixels: labels must not meet. */
const PLOT = 520;
const DIGIT = 6.5;
/** Up to this many points of a scatter carry their ordinals in a table of all of them; beyond, the ordinals would hide the cloud. */
export const FEW_POINTS = 40;

/** Whether the bars lie, with their names at the left. */
export function barsLie({ categories, series }: ChartModel): boolean {
  const longest = Math.max(
    1,
    ...series.map(({ points }) => Math.max(1, ...points.map(({ y }) => y?.length ?? 0))),
  );
  const labels = categories.length * Math.max(1, series.length) * longest * DIGIT;
  return labels > PLOT || categories.some((name) => name.length > SHORT_NAME);
}

/** Whether each point of a scatter carries its ordinal (from 1) in the chart's own table. */
export function pointsAreNumbered({ categories }: ChartModel): boolean {
  return categories.length <= FEW_POINTS;
}

/** Width and height of a chart in CSS pixels (1/96 inch); the width is that of the text area of an upright A4 page. */
export function chartSize(chart: ChartModel): { readonly width: number; readonly height: number } {
  if (chart.kind === "scatter") return { width: 620, height: 340 };
  if (!barsLie(chart)) return { width: 620, height: 290 };
  const bars = chart.categories.length * Math.max(1, chart.series.length);
  return { width: 620, height: Math.min(1200, 86 + Math.max(bars * 12, chart.categories.length * 26)) };
}

/**
 * A figure for the geometry of a drawing only; what is printed is always the exact string. Null is left out, never drawn at 0.
 */
export function drawn(figure: string | null): number | null {
  if (figure === null) return null;
  const value = Number(figure);
  return Number.isFinite(value) ? value : null;
}
