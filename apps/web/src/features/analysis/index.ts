/** What a year's self-evaluations show. */
export { AnalysisPage } from "./AnalysisPage.tsx";
