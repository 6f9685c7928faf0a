import {
  assignReview,
  beginReview,
  cancelSample,
  compareReviews,
  downloadPopulation,
  drawSample,
  getSample,
  listMyReviews,
  listReviewers,
  listSamples,
  previewPopulation,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import {
  assign,
  begin,
  cancel,
  consistency,
  detail,
  draw,
  list,
  mine,
  population,
  preview,
  reviewers,
} from "./use-cases.ts";

/** Review by sample: drawn so that anyone can draw it again, reviewed beside the unit's own marks. */
export const sampleRoutes: readonly FeatureRoute[] = [
  route(drawSample, draw),
  route(listSamples, list),
  route(getSample, detail),
  route(downloadPopulation, population),
  route(assignReview, assign),
  route(listReviewers, reviewers),
  route(listMyReviews, mine),
  route(previewPopulation, preview),
  route(cancelSample, cancel),
  route(beginReview, begin),
  route(compareReviews, consistency),
];
