/** What waits for the person. */
export { WorkbenchPage } from "./WorkbenchPage.tsx";
