/** The figures of a department's report on its self-evaluations: named, exact, each with the cells it rests on. */
export type { AttainmentFigures, QuotedRow } from "./attainment-figures.ts";
export type { ExecutionFigures, MoneyFigures } from "./execution-figures.ts";
export type { FormFigures } from "./form-figures.ts";
export type { LossFigures, LossGroup, LossRow } from "./loss-figures.ts";
export type { Stated } from "./make-figure.ts";
export type { MeasureFigures, MeasureQuote } from "./measure-quotes.ts";
export type { AcrossProblem, Problem, ProblemExample, ProblemFigures } from "./problem-figures.ts";
export type { FigureSource, ReportFigure } from "./report-figure.ts";
export { type BodyGroup, type FormLine, type ReportFigures, reportFigures } from "./report-figures.ts";
export {
  type AcrossFinding,
  type ReportFinding,
  type ReportForm,
  type ReportInput,
  splitByYear,
} from "./report-input.ts";
export type { GradeCount, ScoreBand, ScoreFigures } from "./score-figures.ts";
export type { ProjectPair, YearComparison } from "./year-comparison.ts";
