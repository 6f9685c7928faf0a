/** Samples for review: drawn so that they can be drawn again, reviewed, and compared. */
export { SamplePage } from "./SamplePage.tsx";
export { SamplesPage } from "./SamplesPage.tsx";
export { TwoSheetsPage } from "./TwoSheetsPage.tsx";
