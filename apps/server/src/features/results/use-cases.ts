import type {
  answerRectification,
  decideExtension,
  extendRectification,
  listRectifications,
  listUses,
  openRectification,
  recordUse,
  rectificationSchema,
  verifyRectification,
} from "@jiheng/contract/http";
import { describePlace } from "@jiheng/domain";
import { type Action, PERMISSIONS, type Permission } from "@jiheng/workflow";
import type { z } from "zod";
import { BAD_CURSOR, fromCursor, toCursor } from "../../platform/cursor.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import { fenOf, yuanOf } from "../../platform/money.ts";
import { done, type Outcome, type Refused, refused } from "../../platform/outcome.ts";
import type { Caller, Platform, Work } from "../../platform/work.ts";
import { permittedBody } from "../organisations/index.ts";
import { chinaDay } from "../rules/index.ts";
import { propose } from "./propose.ts";
import {
  hasFinding,
  insertExtension,
  insertRectification,
  insertUse,
  type JudgedForm,
  judgedForm,
  knownFinding,
  ledgerEntry,
  ledgerPage,
  lockEntry,
  moveRectification,
  ownsEvidence,
  type RectificationRow,
  settleExtension,
  type UseRow,
  undecided,
  usesOf,
} from "./store.ts";

const MOST_SUGGESTIONS = 500;
const MOST_PLACES = 3;
const DECIDED = ["approved", "published", "archived"];

function present(row: RectificationRow, today: string): z.input<typeof rectificationSchema> {
  return {
    id: row.id,
    year: row.year,
    submission: row.submission,
    project: { id: row.project, name: row.project_name },
    department: row.department_name,
    unit: row.unit_name,
    finding: row.finding,
    problem: row.problem,
    found: row.found?.message ?? null,
    place: placeOf(row),
    measure: row.measure,
    owner: row.unit_name,
    due: row.due_on,
    overdue: row.state !== "verified" && row.due_on < today,
    extensions: row.extensions.map(({ askedAt, decidedAt, ...extension }) => ({
      ...extension,
      askedAt: new Date(askedAt).toISOString(),
      decidedAt: decidedAt === null ? null : new Date(decidedAt).toISOString(),
    })),
    state: row.state,
    proof: row.proof,
    nextYear: row.next_year,
  };
}

/** The first cells a finding is about, as the form calls them. */
function placeOf({ found, form }: RectificationRow): string | null {
  if (found === null || form === null || found.at.length === 0) return null;
  const named = [...new Set(found.at.map((at) => describePlace(form, at)))];
  return named.length > MOST_PLACES
    ? `${named.slice(0, MOST_PLACES).join("、")}等${named.length}处`
    : named.join("、");
}

/** The rectification ledger of a body. */
export async function ledgerOf(
  platform: Platform,
  caller: Caller,
  query: z.output<(typeof listRectifications)["query"]>,
): Promise<Outcome<ReplyOf<(typeof listRectifications)["answer"]>>> {
  const at = platform.now();
  const access = await permittedBody({ db: platform.db, caller }, "view-statistics", query.organisation, at);
  if (access.kind === "refused") return access;
  const scope = { region: caller.region, kind: access.value.kind, id: access.value.id };
  const after = query.after === undefined ? null : fromCursor(query.after, { due: "day", id: "id" });
  if (query.after !== undefined && after === null) return BAD_CURSOR;
  const rows = await ledgerPage(platform.db, scope, query, after, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const today = chinaDay(at);
  return done({
    body: {
      items: page.map((row) => present(row, today)),
      next: rows.length > page.length && last ? toCursor({ due: last.due_on, id: last.id }) : null,
    },
  });
}

async function formFor(
  work: Work,
  action: Action,
  submission: string,
): Promise<{ readonly kind: "form"; readonly form: JudgedForm } | Refused> {
  // What lags in the middle of the year is to be put right as well; only a self-evaluation is a result for the budget.
  const kinds = action === "open-rectification" ? ["self-evaluation", "monitoring"] : ["self-evaluation"];
  const form = await judgedForm(work.db, work.caller.region, submission, kinds);
  if (!form) return refused("not-found", "没有这张自评表。");
  const access = await permittedBody(work, action, form.unit, work.at);
  return access.kind === "refused" ? access : { kind: "form", form };
}

/** Puts a problem into the ledger; a finding enters once. */
export async function open(
  work: Work,
  input: z.output<NonNullable<(typeof openRectification)["body"]>>,
): Promise<Outcome<ReplyOf<(typeof openRectification)["answer"]>>> {
  const { db, caller, at } = work;
  const found = await formFor(work, "open-rectification", input.submission);
  if (found.kind === "refused") return found;
  const { form } = found;
  const today = chinaDay(at);
  if (input.due < today)
    return refused("wrong-state", `整改期限${input.due}已过，请选今天（${today}）或以后的日期。`);
  const { finding } = input;
  if (finding !== null) {
    if (!(await hasFinding(db, caller.region, form.year, form.id, finding)))
      return refused("not-found", "这张表目前没有这个审核问题，它可能已经更正。请刷新后再选。");
    if (await knownFinding(db, caller.region, form.year, form.id, finding))
      return refused("already-exists", "这个审核问题已经在整改台账中。");
  }
  const id = work.newId();
  await insertRectification(db, caller.region, {
    id,
    form,
    finding,
    problem: input.problem,
    due: input.due,
    at,
    by: caller.actor.account,
  });
  work.record(
    { kind: "rectification", id, year: form.year },
    {
      type: "rectification.opened",
      submission: form.id,
      finding,
      problem: input.problem,
      owner: form.unit,
      due: input.due,
    },
  );
  return entryReply(work, form.year, id);
}

async function entryReply(
  { db, caller, at }: Work,
  year: number,
  id: string,
): Promise<Outcome<{ body: z.input<typeof rectificationSchema> }>> {
  const row = await ledgerEntry(db, caller.region, year, id);
  if (!row) return refused("not-found", "整改台账中没有这一条。");
  return done({ body: present(row, chinaDay(at)) });
}

async function entryFor(
  work: Work,
  action: Action,
  year: number,
  id: string,
): Promise<{ readonly kind: "entry"; readonly row: RectificationRow } | Refused> {
  const { db, caller } = work;
  await lockEntry(db, caller.region, year, id);
  const row = await ledgerEntry(db, caller.region, year, id);
  if (!row) return refused("not-found", "整改台账中没有这一条。");
  const access = await permittedBody(work, action, row.unit, work.at);
  return access.kind === "refused" ? access : { kind: "entry", row };
}

/** The owner's answer, with proof that belongs to the same form. */
export async function answer(
  work: Work,
  { year, id }: z.output<(typeof answerRectification)["params"]>,
  input: z.output<NonNullable<(typeof answerRectification)["body"]>>,
): Promise<Outcome<ReplyOf<(typeof answerRectification)["answer"]>>> {
  const found = await entryFor(work, "answer-rectification", year, id);
  if (found.kind === "refused") return found;
  const { row } = found;
  if (row.state !== "open" && row.state !== "reopened")
    return refused(
      "wrong-state",
      row.state === "verified" ? "这一条已经验收。" : "这一条已经反馈，正在等待验收。",
    );
  const { db, caller } = work;
  if (input.proof !== null && !(await ownsEvidence(db, caller.region, year, row.submission, input.proof)))
    return refused("not-found", "没有这份佐证材料，请先上传到同一张自评表。");
  await moveRectification(db, caller.region, year, id, {
    state: "answered",
    measure: input.measure,
    proof: input.proof,
  });
  work.record(
    { kind: "rectification", id, year },
    { type: "rectification.moved", from: row.state, to: "answered", note: input.measure, proof: input.proof },
  );
  return entryReply(work, year, id);
}

/** Accepts an answer or sends it back. */
export async function verify(
  work: Work,
  { year, id }: z.output<(typeof verifyRectification)["params"]>,
  input: z.output<NonNullable<(typeof verifyRectification)["body"]>>,
): Promise<Outcome<ReplyOf<(typeof verifyRectification)["answer"]>>> {
  const found = await entryFor(work, "verify-rectification", year, id);
  if (found.kind === "refused") return found;
  const { row } = found;
  if (row.state !== "answered")
    return refused(
      "wrong-state",
      row.state === "verified" ? "这一条已经验收。" : "责任单位还没有反馈，不能验收。",
    );
  const { caller, at } = work;
  const to = input.accepted ? "verified" : "reopened";
  await moveRectification(work.db, caller.region, year, id, {
    state: to,
    ...(input.accepted ? { verified_by: caller.actor.account, verified_at: at } : {}),
  });
  work.record(
    { kind: "rectification", id, year },
    { type: "rectification.moved", from: row.state, to, note: input.note, proof: null },
  );
  return entryReply(work, year, id);
}

/** Asks for a later deadline; who may accept an answer puts it off at once, in their own name. */
export async function extend(
  work: Work,
  { year, id }: z.output<(typeof extendRectification)["params"]>,
  input: z.output<NonNullable<(typeof extendRectification)["body"]>>,
): Promise<Outcome<ReplyOf<(typeof extendRectification)["answer"]>>> {
  const asReviewer = await entryFor(work, "verify-rectification", year, id);
  const found =
    asReviewer.kind === "entry" ? asReviewer : await entryFor(work, "answer-rectification", year, id);
  if (found.kind === "refused") return found;
  const { row } = found;
  const today = chinaDay(work.at);
  if (row.state !== "open" && row.state !== "reopened")
    return refused("wrong-state", "已经反馈或验收的整改不用延期。");
  if (row.extensions.some(({ granted }) => granted === null))
    return refused("already-exists", "已经有一次延期申请等待审批。");
  if (input.due <= row.due_on || input.due < today)
    return refused("wrong-state", `延期后的期限须晚于现在的期限${row.due_on}，并且不早于今天（${today}）。`);
  const { caller, at } = work;
  const extension = work.newId();
  await insertExtension(work.db, caller.region, year, {
    ...{ id: extension, rectification: id, due_on: row.due_on, asked_on: input.due },
    ...{ reason: input.reason, asked_at: at, asked_by: caller.actor.account },
  });
  work.record(
    { kind: "rectification", id, year },
    {
      ...{ type: "rectification.extension-asked", extension, due: row.due_on },
      ...{ asked: input.due, reason: input.reason },
    },
  );
  if (asReviewer.kind === "entry") await settle(work, row, extension, input.due, true, null);
  return entryReply(work, year, id);
}

/** Grants or refuses a later deadline that was asked for. */
export async function decideOnExtension(
  work: Work,
  { year, id, extension }: z.output<(typeof decideExtension)["params"]>,
  { granted, note }: z.output<NonNullable<(typeof decideExtension)["body"]>>,
): Promise<Outcome<ReplyOf<(typeof decideExtension)["answer"]>>> {
  const found = await entryFor(work, "verify-rectification", year, id);
  if (found.kind === "refused") return found;
  const { row } = found;
  const asked = row.extensions.find((each) => each.id === extension);
  if (!asked) return refused("not-found", "这一条没有这次延期申请。");
  if (asked.granted !== null) return refused("wrong-state", "这次延期申请已经审批。");
  if (row.state !== "open" && row.state !== "reopened" && granted)
    return refused("wrong-state", "这一条已经反馈或验收，不用再延期。");
  if (!granted && note === null)
    return refused("reason-missing", "不同意延期须说明理由。", [{ at: "body.note", says: "理由为空" }]);
  await settle(work, row, extension, asked.to, granted, note);
  return entryReply(work, year, id);
}

async function settle(
  work: Work,
  row: RectificationRow,
  extension: string,
  to: string,
  granted: boolean,
  note: string | null,
): Promise<void> {
  const { caller, at } = work;
  await settleExtension(
    work.db,
    caller.region,
    row.year,
    { id: extension, rectification: row.id, due: to },
    { granted, note, decided_at: at, decided_by: caller.actor.account },
  );
  work.record(
    { kind: "rectification", id: row.id, year: row.year },
    { type: "rectification.extension-decided", extension, granted, due: granted ? to : row.due_on, note },
  );
}

function presentUse(row: UseRow): z.input<NonNullable<(typeof recordUse)["answer"]["schema"]>> {
  return {
    id: row.id,
    year: row.year,
    project: { id: row.project, name: row.project_name },
    submission: row.submission,
    grade: row.grade,
    decision: row.decision,
    amount: row.amount === null ? null : yuanOf(row.amount),
    reason: row.reason,
    at: row.at.toISOString(),
  };
}

/** Whether somebody sees review sheets while they are decided about, as the permission to view has it. */
function seesReviews({ actor }: Caller): boolean {
  const { rules }: Permission = PERMISSIONS.view;
  return actor.grants.some(({ role }) =>
    rules.some(({ roles, kinds, states }) => roles.includes(role) && !kinds && !states),
  );
}

/** How results of a body's year were used, and what the grades of the others suggest. */
export async function uses(
  platform: Platform,
  caller: Caller,
  query: z.output<(typeof listUses)["query"]>,
): Promise<Outcome<ReplyOf<(typeof listUses)["answer"]>>> {
  const access = await permittedBody(
    { db: platform.db, caller },
    "view-statistics",
    query.organisation,
    platform.now(),
  );
  if (access.kind === "refused") return access;
  const scope = { region: caller.region, kind: access.value.kind, id: access.value.id };
  const [decided, open] = await Promise.all([
    usesOf(platform.db, scope, query.year),
    undecided(platform.db, scope, query.year, MOST_SUGGESTIONS, seesReviews(caller)),
  ]);
  return done({
    body: {
      decided: decided.map(presentUse),
      suggested: open.map((form) => ({
        submission: form.id,
        project: { id: form.project, name: form.project_name },
        grade: form.grade,
        ...propose(form),
      })),
    },
  });
}

/** Records what an approved result does to the next budget. */
export async function decide(
  work: Work,
  input: z.output<NonNullable<(typeof recordUse)["body"]>>,
): Promise<Outcome<ReplyOf<(typeof recordUse)["answer"]>>> {
  const found = await formFor(work, "use-results", input.submission);
  if (found.kind === "refused") return found;
  const { form } = found;
  if (!DECIDED.includes(form.state)) return refused("wrong-state", "自评表审核通过后才能登记结果应用。");
  const { caller, at } = work;
  const use = {
    id: work.newId(),
    year: form.year,
    project: form.project,
    submission: form.id,
    grade: form.grade,
    decision: input.decision,
    amount: input.amount === null ? null : fenOf(input.amount),
    reason: input.reason,
    at,
  };
  await insertUse(work.db, caller.region, { ...use, by: caller.actor.account });
  work.record(
    { kind: "submission", id: form.id, year: form.year },
    {
      type: "result.used",
      project: form.project,
      decision: input.decision,
      amount: input.amount,
      reason: input.reason,
    },
  );
  return done({ body: presentUse({ ...use, project_name: form.project_name }) });
}
