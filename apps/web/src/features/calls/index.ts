/** Calls for work: which forms are asked of whom until when, and how far each unit is. */
export { CallsPage } from "./CallsPage.tsx";
