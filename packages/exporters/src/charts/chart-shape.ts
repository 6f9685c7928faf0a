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

/** The label of a point: ordinals of the points in that spot, and the side of the point where they stand. */
export interface PointLabel {
  readonly text: string;
  readonly side: "right" | "top" | "left" | "bottom";
}

/** The part of a scatter's plot that its figures can be counted on to fill, the reach of a point, and the height of a label. */
const CLOUD = { width: 420, height: 150 };
const REACH = 5;
const LABEL = 11;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const shared = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));

/**
 * Labels that keep clear of each other and of the points, in the order of the points; null where a point has no figures or shares
 * the label of one in the same spot.
 */
export function pointLabels(
  points: readonly { readonly x: string | null; readonly y: string | null }[],
): (PointLabel | null)[] {
  const known = points.flatMap((point, index) => {
    const [x, y] = [drawn(point.x), drawn(point.y)];
    return x === null || y === null ? [] : [{ index, x, y }];
  });
  const place = (of: (point: (typeof known)[number]) => number, size: number) => {
    const values = known.map(of);
    const least = Math.min(...values);
    const range = Math.max(...values) - least;
    return (value: number): number => (range === 0 ? 0 : ((value - least) / range) * size);
  };
  const [across, up] = [place(({ x }) => x, CLOUD.width), place(({ y }) => y, CLOUD.height)];
  const spots: { readonly x: number; readonly y: number; readonly members: number[] }[] = [];
  for (const { index, x, y } of known) {
    const [px, py] = [across(x), CLOUD.height - up(y)];
    const spot = spots.find((each) => Math.hypot(each.x - px, each.y - py) < REACH);
    if (spot) spot.members.push(index);
    else spots.push({ x: px, y: py, members: [index] });
  }
  const taken: Box[] = spots.map(({ x, y }) => ({ x: x - REACH, y: y - REACH, w: 2 * REACH, h: 2 * REACH }));
  const labels: (PointLabel | null)[] = points.map(() => null);
  for (const { x, y, members } of spots) {
    const text = members.map((index) => index + 1).join("、");
    const w = text.replaceAll("、", "").length * DIGIT + (members.length - 1) * LABEL;
    const sides: readonly (readonly [PointLabel["side"], Box])[] = [
      ["right", { x: x + REACH, y: y - LABEL / 2, w, h: LABEL }],
      ["top", { x: x - w / 2, y: y - REACH - LABEL, w, h: LABEL }],
      ["left", { x: x - REACH - w, y: y - LABEL / 2, w, h: LABEL }],
      ["bottom", { x: x - w / 2, y: y + REACH, w, h: LABEL }],
    ];
    const ranked = sides
      .map(([side, box]) => ({ side, box, hidden: taken.reduce((sum, each) => sum + shared(box, each), 0) }))
      .sort((a, b) => a.hidden - b.hidden);
    const [best] = ranked;
    const [first] = members;
    if (!best || first === undefined) continue;
    taken.push(best.box);
    labels[first] = { text, side: best.side };
  }
  return labels;
}

/** Width and height of a chart in CSS pixels (1/96 inch); the width is that of the text area of an upright A4 page. */
export function chartSize(chart: ChartModel): { readonly width: number; readonly height: number } {
  if (chart.kind === "scatter") return { width: 620, height: 340 };
  if (!barsLie(chart)) return { width: 620, height: 290 };
  const bars = chart.categories.length * Math.max(1, chart.series.length);
  return { width: 620, height: Math.min(1200, 86 + Math.max(bars * 11, chart.categories.length * 26)) };
}

/**
 * A figure for the geometry of a drawing only; what is printed is always the exact string. Null is left out, never drawn at 0.
 */
export function drawn(figure: string | null): number | null {
  if (figure === null) return null;
  const value = Number(figure);
  return Number.isFinite(value) ? value : null;
}
