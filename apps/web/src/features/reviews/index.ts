/** What has come to a reviewer's desk: the riskiest first, each with why. */
export { ReviewsPage } from "./ReviewsPage.tsx";
