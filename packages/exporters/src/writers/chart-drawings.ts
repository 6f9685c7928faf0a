import type { ChartModel } from "../document.ts";

/** Drawings of charts. A writer that is not given one prints the description and the data table of the chart. */
export interface ChartDrawings {
  /** The chart as an SVG element, for pages. */
  readonly svg?: (chart: ChartModel) => string;
  /** The chart as the XML of a DrawingML chart part, for Word. */
  readonly drawingMl?: (chart: ChartModel) => string;
}
