/** What results lead to: rectification, and the next budget. */
export { ResultsPage } from "./ResultsPage.tsx";
