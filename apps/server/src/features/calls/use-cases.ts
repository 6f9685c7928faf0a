import type {
  Answer,
  callSchema,
  changeCallDue,
  createCall,
  getCall,
  getWorkbench,
  listCalls,
  listReminders,
  previewCall,
} from "@jiheng/contract/http";
import { decide, may, type Subject } from "@jiheng/workflow";
import type { z } from "zod";
import { fromCursor, isIdentity, isInstant, toCursor } from "../../platform/cursor.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, type Refused, refused, refusedBy } from "../../platform/outcome.ts";
import type { Caller, Platform, Work } from "../../platform/work.ts";
import { lineageOf, subjectOfBody } from "../organisations/index.ts";
import { reachOf } from "../projects/index.ts";
import { isVisibleTo, presentSummary } from "../submissions/index.ts";
import {
  type CalledProject,
  type CallRow,
  callOf,
  callsWithin,
  changeDue,
  countWaiting,
  dueBefore,
  formsOfCalls,
  insertCall,
  insertIssued,
  type Progress,
  progressOf,
  projectsCalled,
  treeOf,
  unfinishedDeclarations,
  waiting,
} from "./store.ts";
import { isWaitingFor } from "./waits-for.ts";

type AnswerOf<E extends { readonly answer: Answer }> = Outcome<ReplyOf<E["answer"]>>;
type QueryOf<E extends { readonly query: z.ZodType }> = z.output<E["query"]>;
type BodyOf<E extends { readonly body: z.ZodType | null }> = z.output<NonNullable<E["body"]>>;

const BAD_CURSOR = refused("invalid-input", "翻页位置 after 不是本清单给出的，请从第一页重新查询。", [
  { at: "query.after", says: "不是本清单给出的" },
]);
const DAY = 86_400_000;

function presentCall(call: CallRow): z.input<typeof callSchema> {
  return {
    id: call.id,
    year: call.year,
    kind: call.kind,
    title: call.title,
    scope: call.scope,
    scopeName: call.scope_name,
    issuer: call.issuer,
    due: call.due_at.toISOString(),
    lateAllowed: call.late_allowed,
    opensAt: call.opens_at.toISOString(),
    closedAt: call.closed_at?.toISOString() ?? null,
  };
}

/** Calls for work: a form issued for every project of the scope that has none, all or nothing, in statements that do not count projects. */
export async function createFor(
  work: Work,
  body: BodyOf<typeof createCall>,
): Promise<AnswerOf<typeof createCall>> {
  const { db, caller, at } = work;
  const { region, actor } = caller;
  const { year, kind, month, title, lateAllowed } = body;
  const lineage = await lineageOf(db, region, body.scope);
  const scope = lineage.at(-1);
  if (!scope) return refused("not-found", "没有这个机构，或者它不在本地区。");
  const allowed = may(actor, "manage-calls", { ...subjectOfBody(lineage), kind }, at.toISOString());
  if (allowed.kind === "refused") return refusedBy(allowed);
  const due = new Date(body.due);
  if (due <= at) return refused("past-due", "截止时间已经过去，请定一个以后的时间。");
  if ((kind === "monitoring") !== (month !== null))
    return refused("invalid-input", "绩效运行监控须说明截至几月，其他工作不用。", [
      { at: "body.month", says: "与工作种类不符" },
    ]);

  const projects = await projectsCalled(db, region, scope, { year, kind, month });
  const ordinary = projects.filter(isCalled);
  const call = { id: work.newId(), due };
  const issued = issueAll(
    work,
    ordinary.filter(({ existing }) => existing === null),
    await treeOf(db, region),
    { ...body, call: call.id },
  );
  if (issued.kind === "refused") return issued;
  const row = {
    region,
    year,
    id: call.id,
    kind,
    issuer: allowed.by.organisation,
    scope: scope.id,
    title,
    opens_at: at,
    due_at: due,
    late_allowed: lateAllowed,
    issued_by: actor.account,
    closed_at: null,
  };
  await insertCall(db, row);
  const made = await insertIssued(
    db,
    { region, year, id: call.id, kind, month, due, lateAllowed, at },
    issued.value.rows,
  );
  for (const { id, event } of issued.value.events)
    if (made.has(id)) work.record({ kind: "submission", id, year }, event);
  work.record(
    { kind: "call", id: call.id, year },
    { type: "call.issued", kind, scope: scope.id, due: due.toISOString(), submissions: made.size },
  );
  return done({
    body: {
      call: presentCall({ ...row, scope_name: scope.name }),
      issued: made.size,
      existing: ordinary.length - made.size,
      placeholders: projects.filter(({ placeholder_reason }) => placeholder_reason !== null).length,
    },
    location: `/api/v1/calls/${call.id}`,
  });
}

/** Whether a form is issued for a project: not for a placeholder, which is done outside, nor for a roll-up, which is made from others. */
function isCalled({ placeholder_reason, is_rollup }: CalledProject): boolean {
  return placeholder_reason === null && !is_rollup;
}

/** What a call would issue; nothing is written. */
export async function previewFor(
  { db, now }: Platform,
  { region, actor }: Caller,
  { year, kind, month, scope: wanted }: QueryOf<typeof previewCall>,
): Promise<AnswerOf<typeof previewCall>> {
  const lineage = await lineageOf(db, region, wanted);
  const scope = lineage.at(-1);
  if (!scope) return refused("not-found", "没有这个机构，或者它不在本地区。");
  const allowed = may(actor, "manage-calls", { ...subjectOfBody(lineage), kind }, now().toISOString());
  if (allowed.kind === "refused") return refusedBy(allowed);
  const projects = await projectsCalled(db, region, scope, { year, kind, month: month ?? null });
  const called = projects.filter(isCalled);
  const fresh = called.filter(({ existing }) => existing === null);
  return done({
    body: {
      issued: fresh.length,
      departments: new Set(fresh.map(({ department }) => department)).size,
      units: new Set(fresh.map(({ unit }) => unit)).size,
      existing: called.length - fresh.length,
      placeholders: projects.filter(({ placeholder_reason }) => placeholder_reason !== null).length,
      rollups: projects.filter(({ is_rollup }) => is_rollup).length,
      unfinished: kind === "target-declaration" ? 0 : await unfinishedDeclarations(db, region, scope, year),
    },
  });
}

/** Decides about each form as the life cycle does about one. */
function issueAll(
  { caller, at, newId }: Work,
  projects: readonly CalledProject[],
  tree: readonly { readonly id: string; readonly parent: string | null }[],
  { kind, due, lateAllowed, call }: BodyOf<typeof createCall> & { readonly call: string },
) {
  const parents = new Map(tree.map(({ id, parent }) => [id, parent]));
  const rows: Parameters<typeof insertIssued>[2][number][] = [];
  const events: { id: string; event: Parameters<Work["record"]>[1] }[] = [];
  for (const project of projects) {
    const id = newId();
    const subject = {
      organisations: pathTo(parents, project.unit),
      kind,
      state: "not-issued",
      desk: null,
      submission: id,
      project: project.id,
      authors: [],
    } as const satisfies Subject;
    const decision = decide(
      { subject, revision: 0, sha256: null, due, lateAllowed, returnReason: null, classified: false },
      { type: "issue", due, call },
      { actor: caller.actor, at: at.toISOString() },
    );
    if (decision.kind === "refused") return refusedBy(decision);
    const { department, unit, name, next_sequence, carried } = project;
    rows.push({
      id,
      project: project.id,
      department,
      unit,
      project_name: name,
      sequence: next_sequence,
      is_carried_over: carried,
    });
    for (const event of decision.events) events.push({ id, event });
  }
  return done({ rows, events });
}

function pathTo(parents: ReadonlyMap<string, string | null>, body: string): string[] {
  const path: string[] = [];
  for (let next: string | null | undefined = body; next; next = parents.get(next)) path.unshift(next);
  return path;
}

async function rootOf(db: Platform["db"], region: string): Promise<string> {
  return (await lineageOf(db, region, null))[0]?.id ?? "";
}

/** Calls that concern the caller. */
export async function listFor(
  { db, now }: Platform,
  { region, actor }: Caller,
  { year, limit, after }: QueryOf<typeof listCalls>,
): Promise<AnswerOf<typeof listCalls>> {
  const place = after === undefined ? null : fromCursor(after, { at: "string", id: "string" });
  if (after !== undefined && !(place && isIdentity(place.id) && isInstant(place.at))) return BAD_CURSOR;
  const reach = reachOf(actor, "view-projects", await rootOf(db, region), now());
  const rows = await callsWithin(db, region, reach, { year, after: place, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next =
    rows.length > limit && last ? toCursor({ at: last.opens_at.toISOString(), id: last.id }) : null;
  const counts = await formsOfCalls(db, region, page, reach);
  const items = page.map((row) => ({
    ...presentCall(row),
    ...(counts.get(row.id) ?? { forms: 0, handedIn: 0 }),
  }));
  return done({ body: { items, next } });
}

const UNKNOWN = refused("not-found", "没有这项工作，或者它不在您的范围内。");
const DONE: readonly string[] = ["approved", "published", "archived"];
const OPEN: readonly string[] = ["not-issued", "issued", "draft", "returned", "withdrawn"];

/** How far a call is, unit by unit. */
export async function callFor(
  { db, now }: Platform,
  { region, actor }: Caller,
  id: string,
): Promise<AnswerOf<typeof getCall>> {
  const call = await callOf(db, region, id);
  if (!call) return UNKNOWN;
  const at = now();
  const reach = reachOf(actor, "view-projects", await rootOf(db, region), at);
  const progress = await progressOf(db, call, reach, at);
  if (progress.length === 0 && reach.kind === "bodies" && !reach.organisations.includes(call.scope))
    return UNKNOWN;
  const units = Map.groupBy(progress, ({ unit }) => unit);
  return done({
    body: {
      call: presentCall(call),
      totals: standings(progress),
      units: [...units].map(([unit, rows]) => ({
        unit,
        name: rows[0]?.name ?? "",
        department: rows[0]?.department ?? "",
        departmentName: rows[0]?.department_name ?? "",
        forms: count(rows, () => true),
        handedIn: count(rows, ({ state }) => !OPEN.includes(state)),
        approved: count(rows, ({ state }) => DONE.includes(state)),
        overdue: Number(rows.reduce((sum, { overdue }) => sum + overdue, 0n)),
        states: standings(rows),
      })),
    },
  });
}

function count(rows: readonly Progress[], which: (row: Progress) => boolean): number {
  return Number(rows.filter(which).reduce((sum, { forms }) => sum + forms, 0n));
}

function standings(rows: readonly Progress[]): { state: string; desk: string | null; forms: number }[] {
  const same = Map.groupBy(rows, ({ state, desk }) => `${state} ${desk ?? ""}`);
  return [...same.values()].map((each) => ({
    state: each[0]?.state ?? "",
    desk: each[0]?.desk ?? null,
    forms: count(each, () => true),
  }));
}

/** Changes the deadline of a call; every form that moves with it says so in its own history. */
export async function changeDueFor(
  work: Work,
  id: string,
  body: BodyOf<typeof changeCallDue>,
): Promise<AnswerOf<typeof changeCallDue>> {
  const { db, caller, at } = work;
  const { region } = caller;
  const call = await callOf(db, region, id, { lock: true });
  if (!call) return UNKNOWN;
  const refusedFor = await managing(work, call);
  if (refusedFor) return refusedFor;
  const due = new Date(body.due);
  const lateAllowed = body.lateAllowed ?? call.late_allowed;
  const changed = await changeDue(db, call, { due, lateAllowed, at });
  const said = { due: due.toISOString(), reason: body.reason };
  work.record({ kind: "call", id, year: call.year }, { type: "call.changed", ...said });
  for (const submission of changed)
    work.record(
      { kind: "submission", id: submission, year: call.year },
      { type: "submission.due-changed", ...said },
    );
  return done({
    body: { call: presentCall({ ...call, due_at: due, late_allowed: lateAllowed }), changed: changed.length },
  });
}

/** Why the caller may not manage a call; null where they may. What lies beyond their reach they are not told of. */
async function managing({ db, caller, at }: Work, call: CallRow): Promise<Refused | null> {
  const lineage = await lineageOf(db, caller.region, call.scope);
  const allowed = may(caller.actor, "manage-calls", subjectOfBody(lineage), at.toISOString());
  return allowed.kind === "refused" ? refusedBy(allowed) : null;
}

/** What waits for the caller, the most urgent first. */
export async function workbenchFor(
  { db, now }: Platform,
  { region, actor }: Caller,
  { year, limit, after }: QueryOf<typeof getWorkbench>,
): Promise<AnswerOf<typeof getWorkbench>> {
  const place = placeOf(after);
  if (place === "bad") return BAD_CURSOR;
  const condition = isWaitingFor(actor, await rootOf(db, region), now());
  const [rows, counts] = await Promise.all([
    waiting(db, region, condition, { year, after: place, limit: limit + 1 }),
    countWaiting(db, region, condition, year),
  ]);
  const page = rows.slice(0, limit);
  return done({
    body: {
      items: page.map(presentSummary),
      next: rows.length > limit ? placeAfter(page.at(-1)) : null,
      counts: counts.map(({ forms, ...standing }) => ({ ...standing, forms: Number(forms) })),
    },
  });
}

/** What is due soon or overdue. */
export async function remindersFor(
  { db, now }: Platform,
  { region, actor }: Caller,
  { days, limit, after }: QueryOf<typeof listReminders>,
): Promise<AnswerOf<typeof listReminders>> {
  const place = placeOf(after);
  if (place === "bad" || place?.due === "infinity") return BAD_CURSOR;
  const at = now();
  const visible = isVisibleTo(actor, await rootOf(db, region), at);
  const before = new Date(at.getTime() + days * DAY);
  const rows = await dueBefore(db, region, visible, before, { after: place, limit: limit + 1 });
  const page = rows.slice(0, limit);
  return done({
    body: {
      items: page.map((row) => {
        const left = (row.due_at?.getTime() ?? 0) - at.getTime();
        return {
          ...presentSummary(row),
          overdue: left < 0,
          daysLeft: Math.floor(left / DAY),
          unitName: row.unit_name,
        };
      }),
      next: rows.length > limit ? placeAfter(page.at(-1)) : null,
    },
  });
}

function placeOf(after: string | undefined): { readonly due: string; readonly id: string } | null | "bad" {
  if (after === undefined) return null;
  const place = fromCursor(after, { due: "string", id: "string" });
  const known = place && isIdentity(place.id) && (place.due === "infinity" || isInstant(place.due));
  return known ? place : "bad";
}

function placeAfter(row: { readonly due_at: Date | null; readonly id: string } | undefined): string | null {
  return row ? toCursor({ due: row.due_at?.toISOString() ?? "infinity", id: row.id }) : null;
}
