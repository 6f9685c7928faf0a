import {
  changeCallDue,
  createCall,
  getCall,
  getWorkbench,
  listCalls,
  listReminders,
  previewCall,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import {
  callFor,
  changeDueFor,
  createFor,
  listFor,
  previewFor,
  remindersFor,
  workbenchFor,
} from "./use-cases.ts";

/** Calls for work, their progress, what waits for whom, and reminders. */
export const callRoutes: readonly FeatureRoute[] = [
  route(createCall, ({ command, body }) => command((work) => createFor(work, body))),
  route(previewCall, ({ platform, caller, query }) => previewFor(platform, caller, query)),
  route(listCalls, ({ platform, caller, query }) => listFor(platform, caller, query)),
  route(getCall, ({ platform, caller, params }) => callFor(platform, caller, params.call)),
  route(changeCallDue, ({ command, params, body }) =>
    command((work) => changeDueFor(work, params.call, body)),
  ),
  route(getWorkbench, ({ platform, caller, query }) => workbenchFor(platform, caller, query)),
  route(listReminders, ({ platform, caller, query }) => remindersFor(platform, caller, query)),
];
