/**
 * Charts as figures to drawings: SVG for pages and PDF, native charts for Word. The title is left to the caption beside the drawing.
 * An entry of its own: the drawing library takes a third of a second to load, which no other command shall wait for.
 */
export { chartDrawingMl } from "./chart-drawing-ml.ts";
export { chartSize } from "./chart-shape.ts";
export { chartSvg } from "./chart-svg.ts";
