/** The life cycle: who may do what to a submission in which state, and how two people's edits go together. Pure. */
export type { Edit, RowDraft } from "./editing/edit.ts";
export * from "./events.ts";
export * from "./vocabulary.ts";
