/** Files handed in together: read behind the answer, looked at beside their original, settled by a person. */
export { ImportPage } from "./ImportPage.tsx";
export { ImportsPage } from "./ImportsPage.tsx";
export { ReadingPage } from "./ReadingPage.tsx";
