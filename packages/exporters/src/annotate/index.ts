export { annotate } from "./annotate.ts";
export type { Annotation, CellComment } from "./cell-comment.ts";
export { FORCE_WORDS, reviewComments } from "./review-comments.ts";
