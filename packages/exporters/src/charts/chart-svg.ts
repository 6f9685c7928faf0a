import { BarChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ChartModel } from "../document.ts";
import { escapeHtml } from "../writers/escape-html.ts";
import { barsLie, chartSize, drawn, pointLabels, pointsAreNumbered } from "./chart-shape.ts";

use([BarChart, GridComponent, LegendComponent, ScatterChart, SVGRenderer]);

/** Serif faces every platform has, and first the one that the PDF engine is given. */
const FONT = "Noto Serif SC, SimSun, Songti SC, serif";
const INK = "#1a1a1a";
const RULE = "#c8c8c8";
/** Fills that stay apart on a black-and-white print; all but the first are hatched besides. */
const FILLS = ["#3f5f7f", "#a9bccd", "#ffffff", "#7c7c7c"];
const TEXT = { fontFamily: FONT, fontSize: 12, color: INK } as const;

const valueAxis = (name: string, vertical: boolean, scale: boolean) => ({
  type: "value" as const,
  name,
  nameLocation: "middle" as const,
  nameGap: vertical ? 48 : 30,
  nameTextStyle: TEXT,
  scale,
  axisLabel: TEXT,
  axisLine: { show: true, lineStyle: { color: INK } },
  splitLine: { lineStyle: { color: RULE } },
});

const categoryAxis = (names: readonly string[], lies: boolean) => ({
  type: "category" as const,
  data: [...names],
  inverse: lies,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: INK } },
  axisLabel: {
    ...TEXT,
    interval: 0,
    width: lies ? 170 : 84,
    overflow: lies ? ("truncate" as const) : ("break" as const),
  },
});

function barsOption(chart: ChartModel) {
  const lies = barsLie(chart);
  const names = categoryAxis(chart.categories, lies);
  const values = valueAxis(chart.yAxis, !lies, false);
  const several = chart.series.length > 1;
  return {
    grid: { left: lies ? 190 : 70, right: lies ? 64 : 24, top: several ? 44 : 24, bottom: lies ? 46 : 48 },
    ...(several ? { legend: { top: 6, itemWidth: 22, itemHeight: 12, textStyle: TEXT, icon: "rect" } } : {}),
    xAxis: lies
      ? values
      : { ...names, name: chart.xAxis, nameLocation: "middle" as const, nameGap: 30, nameTextStyle: TEXT },
    yAxis: lies ? names : values,
    series: chart.series.map((series, at) => ({
      type: "bar" as const,
      name: series.name,
      barMaxWidth: 42,
      barGap: "8%",
      itemStyle: {
        color: FILLS[at % FILLS.length] ?? INK,
        borderColor: INK,
        borderWidth: 0.8,
      },
      label: {
        ...TEXT,
        show: true,
        fontSize: 10,
        position: lies ? ("right" as const) : ("top" as const),
        formatter: ({ dataIndex }: { dataIndex: number }) => series.points[dataIndex]?.y ?? "",
      },
      data: chart.categories.map((_, index) => drawn(series.points[index]?.y ?? null) ?? "-"),
    })),
  };
}

/** Rates and scores that reach 100 end there: a tick beyond it would print a score that no form can have. */
function upTo(values: readonly (number | null)[]): { readonly max?: number } {
  return Math.max(0, ...values.map((value) => value ?? 0)) === 100 ? { max: 100 } : {};
}

function scatterOption(chart: ChartModel) {
  const numbered = pointsAreNumbered(chart);
  const points = chart.series.flatMap((series) => {
    const labels = pointLabels(series.points);
    return series.points.map((point, index) => ({
      x: drawn(point.x),
      y: drawn(point.y),
      label: labels[index] ?? null,
    }));
  });
  const shown = points.filter((point) => point.x !== null && point.y !== null);
  return {
    grid: { left: 70, right: 60, top: 24, bottom: 54 },
    xAxis: {
      ...valueAxis(chart.xAxis, false, true),
      ...upTo(shown.map(({ x }) => x)),
      splitNumber: 6,
      boundaryGap: ["4%", "4%"] as [string, string],
    },
    yAxis: {
      ...valueAxis(chart.yAxis, true, true),
      ...upTo(shown.map(({ y }) => y)),
      boundaryGap: ["4%", "4%"] as [string, string],
    },
    series: [
      {
        type: "scatter" as const,
        symbol: "circle",
        symbolSize: numbered ? 8 : 5,
        itemStyle: { color: numbered ? FILLS[0] : "none", borderColor: INK, borderWidth: 0.8, opacity: 1 },
        label: {
          ...TEXT,
          show: numbered,
          fontSize: 11,
          distance: 3,
          formatter: ({ dataIndex }: { dataIndex: number }) => shown[dataIndex]?.label?.text ?? "",
        },
        data: shown.map(({ x, y, label }) => ({
          value: [x, y],
          label: { show: numbered && label !== null, position: label?.side ?? ("right" as const) },
        })),
      },
    ],
  };
}

/**
 * The chart as one accessible SVG element: role, title and description, Chinese labels, hatchings beside grey levels so that it
 * reads in black and white, no script and no outer font. The same chart gives the same bytes. Figures are printed as given.
 */
export function chartSvg(chart: ChartModel): string {
  const { width, height } = chartSize(chart);
  const drawing = init(null, null, { renderer: "svg", ssr: true, width, height });
  drawing.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: FONT, color: INK },
    ...(chart.kind === "bars" ? barsOption(chart) : scatterOption(chart)),
  });
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  return described(hatched(stable(svg)), chart);
}

const BAR =
  /<path d="M(-?[\d.]+) (-?[\d.]+)l(-?[\d.]+) 0l0 (-?[\d.]+)l-?[\d.]+ 0Z"((?: transform="[^"]*")?) fill="(#\w{6})"[^>]*><\/path>/g;
/** Distance of the strokes of a hatching, in pixels. */
const GAP = 7;

/**
 * Hatching drawn as strokes, cut to each bar: the library's own patterns become resources whose order in a PDF differs from run to
 * run.
 */
function hatched(svg: string): string {
  return svg.replace(BAR, (bar, x: string, y: string, w: string, h: string, turn: string, fill: string) => {
    const way = FILLS.indexOf(fill);
    if (way < 1) return bar;
    const [x0, x1] = ends(Number(x), Number(w));
    const [y0, y1] = ends(Number(y), Number(h));
    const strokes = way === 3 ? level(x0, x1, y0, y1) : slanted(x0, x1, y0, y1, way === 1 ? 1 : -1);
    return `${bar}<path d="${strokes}"${turn} fill="none" stroke="${way === 3 ? "#ffffff" : "#2b2b2b"}" stroke-width="0.7"></path>`;
  });
}

function ends(from: number, length: number): readonly [number, number] {
  return length < 0 ? [from + length, from] : [from, from + length];
}

function stroke(x: number, y: number, toX: number, toY: number): string {
  return `M${x.toFixed(1)} ${y.toFixed(1)}L${toX.toFixed(1)} ${toY.toFixed(1)}`;
}

/** Strokes along x + way · y = c, within the rectangle. */
function slanted(x0: number, x1: number, y0: number, y1: number, way: 1 | -1): string {
  const [low, high] = way === 1 ? [y0, y1] : [-y1, -y0];
  let strokes = "";
  for (let c = Math.ceil((x0 + low) / GAP) * GAP; c < x1 + high; c += GAP) {
    const [from, to] = [Math.max(x0, c - high), Math.min(x1, c - low)];
    if (to > from) strokes += stroke(from, way * (c - from), to, way * (c - to));
  }
  return strokes;
}

function level(x0: number, x1: number, y0: number, y1: number): string {
  let strokes = "";
  for (let y = Math.ceil(y0 / GAP) * GAP; y < y1; y += GAP) strokes += stroke(x0, y, x1, y);
  return strokes;
}

/** The library numbers its elements by a counter of the process, and lets them react to a pointer: both are taken out. */
function stable(svg: string): string {
  const names = new Map<string, string>();
  return svg
    .replace(/ ecmeta_[\w-]+="[^"]*"/g, "")
    .replace(/ class="[^"]*"/g, "")
    .replace(/<path [^>]*fill-opacity="0"[^>]*><\/path>\n?/g, "")
    .replace(/<style ?>\s*<!\[CDATA\[[\s\S]*?\]\]>\s*<\/style>/g, "")
    .replace(/zr\d+-[\w-]+/g, (id) => {
      const known = names.get(id) ?? `k${names.size}`;
      names.set(id, known);
      return known;
    });
}

/** Several charts stand in one page: ids begin with what tells the chart apart. */
function described(svg: string, chart: ChartModel): string {
  const prefix = `c${fingerprint(`${chart.title}\n${chart.description}`)}`;
  const own = svg.replace(/\b(id="|url\(#|href="#)k(\d+)/g, `$1${prefix}-$2`);
  const start = own.indexOf(">") + 1;
  const head = own
    .slice(0, start)
    .replace(
      "<svg",
      `<svg role="img" aria-labelledby="${prefix}-t ${prefix}-d" style="max-width:100%;height:auto"`,
    );
  return `${head}<title id="${prefix}-t">${escapeHtml(chart.title)}</title><desc id="${prefix}-d">${escapeHtml(chart.description)}</desc>${own.slice(start)}`;
}

/** A short name of a text, the same in every run (FNV-1a, 32 bits). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(36);
}
