import {
  answerReturn,
  approveSubmission,
  archiveSubmission,
  cancelReview,
  changeDue,
  compareRevisions,
  decideInBulk,
  downloadScan,
  downloadVersion,
  editForm,
  getForm,
  getHistory,
  getSubmission,
  issueSubmission,
  justifyFinding,
  listJustifications,
  listReturns,
  listSaves,
  listSubmissions,
  listVersions,
  openSubmission,
  publishSubmission,
  receiveSubmission,
  replaceForm,
  retractJustification,
  returnSubmission,
  sealVersion,
  startSubmission,
  submitSubmission,
  unlockSubmission,
  withdrawSubmission,
  withholdSubmission,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import type { Edit } from "@jiheng/workflow";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { changeDueOf } from "./change-due.ts";
import { decideInBulkOf } from "./decide-in-bulk.ts";
import type { StandingCommand } from "./decide-on.ts";
import { editFormOf, replaceFormOf } from "./edit-form.ts";
import { justifyFindingOf, retractJustificationOf } from "./justify.ts";
import { presentDetail, presentJustification, presentSaved, presentVersion } from "./present.ts";
import { answerReturnOf } from "./returns.ts";
import { sealVersionOf } from "./seal-version.ts";
import { submitSubmissionOf } from "./submit-submission.ts";
import {
  answerWith,
  commandFor,
  compareFor,
  formFor,
  historyFor,
  issueFor,
  justificationsFor,
  listFor,
  movedAnswer,
  openFor,
  presentBulk,
  returnsFor,
  savesFor,
  scanFor,
  startFor,
  submissionFor,
  versionFor,
  versionsFor,
} from "./use-cases.ts";

/** The endpoints of the commands that say nothing but themselves and a reason. */
const COMMAND_ROUTES: readonly FeatureRoute[] = [
  route(withdrawSubmission, ({ command, params, body }) =>
    command((work) => commandFor(work, params.submission, { type: "withdraw", reason: body.reason })),
  ),
  route(receiveSubmission, ({ command, params }) =>
    command((work) => commandFor(work, params.submission, { type: "receive" })),
  ),
  route(returnSubmission, ({ command, params, body }) =>
    command((work) => commandFor(work, params.submission, { type: "return", ...body })),
  ),
  route(approveSubmission, ({ command, params, body }) =>
    command((work) => commandFor(work, params.submission, { type: "approve", opinion: body.opinion })),
  ),
  route(cancelReview, ({ command, params, body }) =>
    command((work) => commandFor(work, params.submission, { type: "cancel-review", reason: body.reason })),
  ),
  route(unlockSubmission, ({ command, params, body }) =>
    command((work) => commandFor(work, params.submission, { type: "unlock", reason: body.reason })),
  ),
  route(publishSubmission, ({ command, params }) =>
    command((work) => commandFor(work, params.submission, { type: "publish" })),
  ),
  route(withholdSubmission, ({ command, params, body }) =>
    command((work) => commandFor(work, params.submission, { type: "withhold", reason: body.reason })),
  ),
  route(archiveSubmission, ({ command, params }) =>
    command((work) => commandFor(work, params.submission, { type: "archive" } satisfies StandingCommand)),
  ),
];

/** Submissions: lists, forms, commands, justifications, history, versions. */
export const submissionRoutes: readonly FeatureRoute[] = [
  route(listSubmissions, ({ platform, caller, query }) => listFor(platform, caller, query)),
  route(getSubmission, ({ platform, caller, params }) => submissionFor(platform, caller, params.submission)),
  route(getForm, ({ platform, caller, params }) => formFor(platform, caller, params.submission)),
  route(issueSubmission, ({ command, body }) => command((work) => issueFor(work, body))),
  route(openSubmission, ({ command, body }) => command((work) => openFor(work, body))),
  route(startSubmission, ({ command, params, body }) =>
    command((work) => startFor(work, params.submission, body)),
  ),
  route(editForm, ({ command, params, body, ifMatch }) =>
    command(async (work) =>
      answerWith(await editFormOf(work, params.submission, ifMatch ?? 0, body.edits as Edit[]), (saved) => ({
        body: presentSaved(saved, work.caller.actor, work.at),
        revision: saved.submission.revision,
      })),
    ),
  ),
  route(replaceForm, ({ command, params, body, ifMatch }) =>
    command(async (work) =>
      answerWith(await replaceFormOf(work, params.submission, ifMatch ?? 0, body.form as Form), (saved) => ({
        body: presentSaved(saved, work.caller.actor, work.at),
        revision: saved.submission.revision,
      })),
    ),
  ),
  route(submitSubmission, ({ command, params, ifMatch }) =>
    command(async (work) =>
      answerWith(await submitSubmissionOf(work, params.submission, ifMatch ?? 0), movedAnswer(work)),
    ),
  ),
  ...COMMAND_ROUTES,
  route(decideInBulk, ({ command, body }) =>
    command(async (work) => answerWith(await decideInBulkOf(work, body), presentBulk)),
  ),
  route(changeDue, ({ command, params, body }) =>
    command(async (work) =>
      answerWith(await changeDueOf(work, params.submission, body), (changed) => ({
        body: presentDetail(changed, work.caller.actor, work.at),
      })),
    ),
  ),
  route(justifyFinding, ({ command, params, body }) =>
    command(async (work) =>
      answerWith(await justifyFindingOf(work, params.submission, body), (row) => ({
        body: presentJustification(row),
      })),
    ),
  ),
  route(retractJustification, ({ command, params }) =>
    command(async (work) =>
      answerWith(await retractJustificationOf(work, params.submission, params.fingerprint), (row) => ({
        body: presentJustification(row),
      })),
    ),
  ),
  route(listJustifications, ({ platform, caller, params }) =>
    justificationsFor(platform, caller, params.submission),
  ),
  route(listReturns, ({ platform, caller, params }) => returnsFor(platform, caller, params.submission)),
  route(answerReturn, ({ command, params, body }) =>
    command(async (work) =>
      answerWith(await answerReturnOf(work, params.submission, body), (answer) => ({ body: answer })),
    ),
  ),
  route(getHistory, ({ platform, caller, params, query }) =>
    historyFor(platform, caller, params.submission, query),
  ),
  route(listSaves, ({ platform, caller, params, query }) =>
    savesFor(platform, caller, params.submission, query),
  ),
  route(compareRevisions, ({ platform, caller, params, query }) =>
    compareFor(platform, caller, params.submission, query),
  ),
  route(listVersions, ({ platform, caller, params }) => versionsFor(platform, caller, params.submission)),
  route(downloadVersion, ({ platform, caller, params }) => versionFor(platform, caller, params)),
  route(downloadScan, ({ platform, caller, params }) => scanFor(platform, caller, params)),
  route(sealVersion, ({ command, params, body, uploads }) =>
    command(async (work) =>
      answerWith(await sealVersionOf(work, params, body.sha256, uploads[0]), (row) => ({
        body: presentVersion(row),
      })),
    ),
  ),
];
