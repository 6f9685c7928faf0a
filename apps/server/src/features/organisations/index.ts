/** The tree of organisations, as other features ask about it. */
export { giveReview } from "./give-review.ts";
export { type Body, lineageOf, subjectOfBody } from "./lineage.ts";
export { permittedBody } from "./permitted-body.ts";
export { thirdParties, thirdPartiesOf } from "./third-parties.ts";
