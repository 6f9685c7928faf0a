import type { ChartModel, ChartSeries } from "../document.ts";
import { XML_HEAD, xml } from "../writers/xml.ts";
import { barsLie, drawn, pointLabels, pointsAreNumbered } from "./chart-shape.ts";

const CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main";

const INK = "1A1A1A";
/** As in the SVG: a dark fill, a light one hatched, a white one dotted, so that series stay apart in black and white. */
const FILLS = [
  solid("3F5F7F"),
  pattern("wdUpDiag", "2B2B2B", "D7E0E8"),
  pattern("pct20", "2B2B2B", "FFFFFF"),
  pattern("ltHorz", "FFFFFF", "7C7C7C"),
];

function solid(colour: string): string {
  return `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`;
}

function pattern(preset: string, front: string, back: string): string {
  return `<a:pattFill prst="${preset}"><a:fgClr><a:srgbClr val="${front}"/></a:fgClr><a:bgClr><a:srgbClr val="${back}"/></a:bgClr></a:pattFill>`;
}

function line(colour: string, width = 9525): string {
  return `<a:ln w="${width}">${solid(colour)}</a:ln>`;
}

function face(size: number, bold = false): string {
  return `sz="${size}" b="${bold ? 1 : 0}"`;
}

const FACE = `${solid(INK)}<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/>`;

function textProperties(size: number): string {
  return `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr ${face(size)}>${FACE}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`;
}

function title(text: string, size: number, bold: boolean, turned = false): string {
  const body = turned ? '<a:bodyPr rot="-5400000" vert="horz"/>' : "<a:bodyPr/>";
  return `<c:title><c:tx><c:rich>${body}<a:lstStyle/><a:p><a:pPr><a:defRPr ${face(size, bold)}>${FACE}</a:defRPr></a:pPr><a:r><a:rPr lang="zh-CN" ${face(size, bold)}>${FACE}</a:rPr><a:t>${xml(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;
}

function words(values: readonly string[]): string {
  const points = values
    .map((value, index) => `<c:pt idx="${index}"><c:v>${xml(value)}</c:v></c:pt>`)
    .join("");
  return `<c:strLit><c:ptCount val="${values.length}"/>${points}</c:strLit>`;
}

/** Exact decimal strings as they are; a point without a figure is left out. */
function numbers(values: readonly (string | null)[]): string {
  const points = values
    .map((value, index) =>
      value === null || drawn(value) === null ? "" : `<c:pt idx="${index}"><c:v>${xml(value)}</c:v></c:pt>`,
    )
    .join("");
  const places = Math.max(0, ...values.map((value) => value?.split(".")[1]?.length ?? 0));
  const format = places === 0 ? "0" : `0.${"0".repeat(places)}`;
  return `<c:numLit><c:formatCode>${format}</c:formatCode><c:ptCount val="${values.length}"/>${points}</c:numLit>`;
}

function axis(
  kind: "catAx" | "valAx",
  own: number,
  other: number,
  position: "b" | "l",
  name: string,
  reversed: boolean,
): string {
  const named = name === "" ? "" : title(name, 900, false, position === "l" && kind === "valAx");
  const grid =
    kind === "valAx" ? `<c:majorGridlines><c:spPr>${line("C8C8C8", 6350)}</c:spPr></c:majorGridlines>` : "";
  const end =
    kind === "catAx"
      ? '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/>'
      : '<c:crossBetween val="between"/>';
  return `<c:${kind}><c:axId val="${own}"/><c:scaling><c:orientation val="${reversed ? "maxMin" : "minMax"}"/></c:scaling><c:delete val="0"/><c:axPos val="${position}"/>${grid}${named}<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="${kind === "catAx" ? "none" : "out"}"/><c:minorTickMark val="none"/><c:tickLblPos val="${kind === "catAx" ? "low" : "nextTo"}"/><c:spPr>${line(INK)}</c:spPr>${textProperties(900)}<c:crossAx val="${other}"/><c:crosses val="${position === "b" && kind === "valAx" && reversed ? "max" : "autoZero"}"/>${end}</c:${kind}>`;
}

function labels(shown: boolean): string {
  const flag = shown ? 1 : 0;
  return `<c:dLbls><c:numFmt formatCode="General" sourceLinked="1"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${textProperties(800)}<c:showLegendKey val="0"/><c:showVal val="${flag}"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`;
}

function barSeries(chart: ChartModel, series: ChartSeries, at: number): string {
  const fill = FILLS[at % FILLS.length] ?? solid(INK);
  const values = chart.categories.map((_, index) => series.points[index]?.y ?? null);
  return `<c:ser><c:idx val="${at}"/><c:order val="${at}"/><c:tx><c:v>${xml(series.name)}</c:v></c:tx><c:spPr>${fill}${line(INK)}</c:spPr><c:invertIfNegative val="0"/>${labels(true)}<c:cat>${words(chart.categories)}</c:cat><c:val>${numbers(values)}</c:val></c:ser>`;
}

function bars(chart: ChartModel): string {
  const lies = barsLie(chart);
  const series = chart.series.map((each, at) => barSeries(chart, each, at)).join("");
  return `<c:barChart><c:barDir val="${lies ? "bar" : "col"}"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series}<c:gapWidth val="60"/><c:axId val="111"/><c:axId val="222"/></c:barChart>${axis("catAx", 111, 222, lies ? "l" : "b", lies ? "" : chart.xAxis, lies)}${lies ? axis("valAx", 222, 111, "b", chart.yAxis, false).replace('<c:crosses val="autoZero"/>', '<c:crosses val="max"/>') : axis("valAx", 222, 111, "l", chart.yAxis, false)}`;
}

const SIDES = { right: "r", top: "t", left: "l", bottom: "b" } as const;

/** The ordinals of the points in the data table, as labels of their own. */
function ordinals(points: ChartSeries["points"]): string {
  const each = pointLabels(points)
    .map((label, index) =>
      label
        ? `<c:dLbl><c:idx val="${index}"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="zh-CN" ${face(800)}>${FACE}</a:rPr><a:t>${label.text}</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="${SIDES[label.side]}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>`
        : `<c:dLbl><c:idx val="${index}"/><c:delete val="1"/></c:dLbl>`,
    )
    .join("");
  return labels(false).replace("<c:dLbls>", `<c:dLbls>${each}`);
}

/** Smallest and largest round tick around the figures, so that a cloud near 100 is not drawn into a corner. */
function span(values: readonly (string | null)[]): string {
  const known = values.map(drawn).filter((value): value is number => value !== null);
  if (known.length === 0) return "";
  const least = Math.min(...known);
  // A point on the axis would hide it and be cut by it.
  const step = Math.max(...known) - least > 20 ? 10 : 5;
  const low = Math.max(0, Math.floor((least - 1) / step) * step);
  const high = Math.ceil(Math.max(...known) / step) * step;
  return high > low ? `<c:max val="${high}"/><c:min val="${low}"/>` : "";
}

function scatter(chart: ChartModel, numbered: boolean): string {
  const points = chart.series[0]?.points ?? [];
  const xs = points.map((point) => (point.y === null ? null : point.x));
  const ys = points.map((point) => (point.x === null ? null : point.y));
  const scaled = (text: string, range: string): string =>
    text
      .replace("</c:scaling>", `${range}</c:scaling>`)
      .replace('<c:crosses val="autoZero"/>', '<c:crosses val="min"/>')
      .replace('<c:crossBetween val="between"/>', '<c:crossBetween val="midCat"/>');
  return `<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>${xml(chart.series[0]?.name ?? chart.title)}</c:v></c:tx><c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="${numbered ? 6 : 4}"/><c:spPr>${numbered ? solid("3F5F7F") : "<a:noFill/>"}${line(INK)}</c:spPr></c:marker>${numbered ? ordinals(points) : ""}<c:xVal>${numbers(xs)}</c:xVal><c:yVal>${numbers(ys)}</c:yVal><c:smooth val="0"/></c:ser><c:axId val="111"/><c:axId val="222"/></c:scatterChart>${scaled(axis("valAx", 111, 222, "b", chart.xAxis, false), span(xs))}${scaled(axis("valAx", 222, 111, "l", chart.yAxis, false), span(ys))}`;
}

/**
 * The chart as the XML of a native chart part (word/charts/chartN.xml), with its figures as literals: no embedded workbook, no
 * link. The same chart gives the same bytes.
 */
export function chartDrawingMl(chart: ChartModel): string {
  const plot = chart.kind === "bars" ? bars(chart) : scatter(chart, pointsAreNumbered(chart));
  const legend =
    chart.kind === "bars" && chart.series.length > 1
      ? `<c:legend><c:legendPos val="t"/><c:overlay val="0"/>${textProperties(900)}</c:legend>`
      : "";
  return `${XML_HEAD}<c:chartSpace xmlns:c="${CHART}" xmlns:a="${MAIN}"><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>${plot}</c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr>${solid("FFFFFF")}<a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`;
}
