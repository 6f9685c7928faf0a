/** Charts as figures to drawings: SVG for pages and PDF, native charts for Word. The title is left to the caption beside the drawing. */
export { chartDrawingMl } from "./chart-drawing-ml.ts";
export { chartSize } from "./chart-shape.ts";
export { chartSvg } from "./chart-svg.ts";
