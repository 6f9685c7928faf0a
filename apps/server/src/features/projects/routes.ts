import {
  carryOverProject,
  changeProject,
  createProject,
  getIndicatorTimeline,
  getProject,
  getProjectRows,
  listProjects,
  recordPlaceholder,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import {
  carryOverFor,
  changeFor,
  createFor,
  listFor,
  placeholderFor,
  projectFor,
  rowsFor,
  timelineFor,
} from "./use-cases.ts";

/** The library of projects and the indicators that run through it. */
export const projectRoutes: readonly FeatureRoute[] = [
  route(listProjects, ({ platform, caller, query }) => listFor(platform, caller, query)),
  route(createProject, ({ command, body }) => command((work) => createFor(work, body))),
  route(recordPlaceholder, ({ command, body }) => command((work) => placeholderFor(work, body))),
  route(getProject, ({ platform, caller, params }) => projectFor(platform, caller, params.project)),
  route(changeProject, ({ command, params, body }) =>
    command((work) => changeFor(work, params.project, body)),
  ),
  route(carryOverProject, ({ command, params, body }) =>
    command((work) => carryOverFor(work, params.project, body)),
  ),
  route(getProjectRows, ({ platform, caller, params, query }) =>
    rowsFor(platform, caller, params.project, query),
  ),
  route(getIndicatorTimeline, ({ platform, caller, params }) =>
    timelineFor(platform, caller, params.indicator),
  ),
];
