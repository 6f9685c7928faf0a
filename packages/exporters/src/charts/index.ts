/** Charts as figures to drawings: SVG for pages and PDF, native charts for Word. */
export { CHART_CONTENT_TYPE, CHART_RELATIONSHIP, chartAnchor, chartDrawingMl } from "./chart-drawing-ml.ts";
export { chartSize } from "./chart-shape.ts";
export { chartSvg } from "./chart-svg.ts";
