/** The log of events, and the proof that nothing of it was changed. */
export { LogPage } from "./LogPage.tsx";
