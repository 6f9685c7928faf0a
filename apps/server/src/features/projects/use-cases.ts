import type {
  Answer,
  carryOverProject,
  changeProject,
  createProject,
  getIndicatorTimeline,
  getProject,
  getProjectRows,
  listProjects,
  recordPlaceholder,
} from "@jiheng/contract/http";
import { type Action, type CellChange, may, type Subject } from "@jiheng/workflow";
import type { z } from "zod";
import { fromCursor, isIdentity, toCursor } from "../../platform/cursor.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import { queryTerms, searchTerms } from "../../platform/search-terms.ts";
import type { Caller, Platform, Work } from "../../platform/work.ts";
import { lineageOf, subjectOfBody } from "../organisations/index.ts";
import { isVisibleTo, organisationsOf, presentSummary } from "../submissions/index.ts";
import { presentProject, presentRow, presentTimeline } from "./present.ts";
import { reachOf } from "./reach.ts";
import {
  carryOver,
  carryOversOf,
  codeTaken,
  formsOfProject,
  indicatorOf,
  insertProject,
  type ProjectRow,
  projectOf,
  rowsOfYear,
  searchProjects,
  targetsInForce,
  timelineOf,
  updateProject,
} from "./store.ts";

type AnswerOf<E extends { readonly answer: Answer }> = Outcome<ReplyOf<E["answer"]>>;
type QueryOf<E extends { readonly query: z.ZodType }> = z.output<E["query"]>;
type BodyOf<E extends { readonly body: z.ZodType | null }> = z.output<NonNullable<E["body"]>>;
type Reading =
  | Pick<Work, "db" | "caller" | "at">
  | { readonly db: Platform["db"]; readonly caller: Caller; readonly at: Date };

const UNKNOWN = "没有这个项目，或者它不在您的范围内。";

/** A project as what a permission is asked about. */
async function subjectOfProject({ db, caller }: Reading, project: ProjectRow): Promise<Subject> {
  const organisations = await organisationsOf(db, caller.region, project);
  return { ...subjectOfBody([]), organisations, project: project.id };
}

async function seenProject(reading: Reading, id: string): Promise<Outcome<ProjectRow>> {
  const { db, caller, at } = reading;
  const project = await projectOf(db, caller.region, id);
  if (!project) return refused("not-found", UNKNOWN);
  const allowed = may(
    caller.actor,
    "view-projects",
    await subjectOfProject(reading, project),
    at.toISOString(),
  );
  if (allowed.kind === "allowed") return done(project);
  return allowed.code === "out-of-scope" ? refused("not-found", UNKNOWN) : refusedBy(allowed);
}

/** The library within the caller's reach. */
export async function listFor(
  { db, now }: Platform,
  { region, actor }: Caller,
  query: QueryOf<typeof listProjects>,
): Promise<AnswerOf<typeof listProjects>> {
  const { limit, after, q, ...filter } = query;
  const place = after === undefined ? null : fromCursor(after, { name: "string", id: "string" });
  if (after !== undefined && !(place && isIdentity(place.id) && !place.name.includes("\u0000")))
    return refused("invalid-input", "翻页位置 after 不是本清单给出的，请从第一页重新查询。", [
      { at: "query.after", says: "不是本清单给出的" },
    ]);
  const terms = q === undefined ? null : queryTerms(q);
  if (q !== undefined && terms === null) return done({ body: { items: [], next: null } });
  const root = (await lineageOf(db, region, null))[0]?.id ?? "";
  const reach = reachOf(actor, "view-projects", root, now());
  const rows = await searchProjects(db, region, reach, {
    ...filter,
    terms,
    code: q ?? null,
    after: place,
    limit: limit + 1,
    department: filter.department,
    unit: filter.unit,
    only: filter.only,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return done({
    body: {
      items: page.map(presentProject),
      next: rows.length > limit && last ? toCursor({ name: last.name, id: last.id }) : null,
    },
  });
}

/** The unit a project is to belong to, with its department, where the caller may do this for it. */
async function homeFor(
  { db, caller, at }: Work,
  unit: string,
  action: Action,
): Promise<Outcome<{ readonly unit: string; readonly department: string }>> {
  const lineage = await lineageOf(db, caller.region, unit);
  const body = lineage.at(-1);
  if (!body) return refused("not-found", "没有这个单位，或者它不在本地区。");
  const allowed = may(caller.actor, action, subjectOfBody(lineage), at.toISOString());
  if (allowed.kind === "refused") return refusedBy(allowed);
  const department = lineage.find(({ kind }) => kind === "department");
  if (!department)
    return refused("invalid-input", "项目须归在主管部门或其所属单位名下，不能归在地区名下。", [
      { at: "body.unit", says: "不是主管部门或单位" },
    ]);
  return done({ unit: body.id, department: department.id });
}

const about = (project: { readonly id: string }) =>
  ({ kind: "project", id: project.id, year: null }) as const;

/** Adds a project to the library. */
export async function createFor(
  work: Work,
  { name, code, unit, parent }: BodyOf<typeof createProject>,
): Promise<AnswerOf<typeof createProject>> {
  const home = await homeFor(work, unit, "manage-projects");
  if (home.kind === "refused") return home;
  const above = await parentFault(work, parent, null);
  if (above) return above;
  const { region } = work.caller;
  const id = work.newId();
  const search = searchTerms(name, code);
  const made = await insertProject(work.db, {
    region,
    id,
    ...home.value,
    code,
    name,
    search,
    placeholder_reason: null,
    parent,
    created_at: work.at,
  });
  if (!made) return refused("already-exists", `项目编码“${code}”已有项目使用，请核对。`);
  work.record(about({ id }), { type: "project.created", code, name, unit: home.value.unit });
  return answered(work, id);
}

/** Records a placeholder of a classified project: neither its name nor anything else of it. */
export async function placeholderFor(
  work: Work,
  { unit, reason }: BodyOf<typeof recordPlaceholder>,
): Promise<AnswerOf<typeof recordPlaceholder>> {
  const home = await homeFor(work, unit, "record-placeholder");
  if (home.kind === "refused") return home;
  const { region } = work.caller;
  const id = work.newId();
  const name = "（涉密项目）";
  await insertProject(work.db, {
    region,
    id,
    ...home.value,
    code: null,
    name,
    search: searchTerms(name),
    placeholder_reason: reason,
    parent: null,
    created_at: work.at,
  });
  work.record(about({ id }), { type: "project.placeholder-recorded", reason });
  return answered(work, id);
}

async function answered(
  work: Work,
  id: string,
): Promise<Outcome<{ readonly body: ReturnType<typeof presentProject>; readonly location: string }>> {
  const project = await projectOf(work.db, work.caller.region, id);
  if (!project) throw new Error("a project that was just made is not there");
  return done({ body: presentProject(project), location: `/api/v1/projects/${id}` });
}

/** A category (一级项目) is an ordinary project of the region, and not the project itself. */
async function parentFault({ db, caller }: Work, parent: string | null, of: string | null) {
  if (parent === null) return null;
  const found = await projectOf(db, caller.region, parent);
  if (found && found.placeholder_reason === null && found.id !== of && found.parent === null) return null;
  return refused("invalid-input", "一级项目须是项目库里的一般项目，且自身不再属于别的一级项目。", [
    { at: "body.parent", says: "不能作一级项目" },
  ]);
}

async function managed(work: Work, id: string): Promise<Outcome<ProjectRow>> {
  const seen = await seenProject(work, id);
  if (seen.kind === "refused") return seen;
  const subject = await subjectOfProject(work, seen.value);
  const allowed = may(work.caller.actor, "manage-projects", subject, work.at.toISOString());
  return allowed.kind === "refused" ? refusedBy(allowed) : seen;
}

/** Changes a project; forms that were made keep the body they were made for. */
export async function changeFor(
  work: Work,
  id: string,
  body: BodyOf<typeof changeProject>,
): Promise<AnswerOf<typeof changeProject>> {
  const found = await managed(work, id);
  if (found.kind === "refused") return found;
  const project = found.value;
  if (project.placeholder_reason !== null)
    return refused("classified", "这是涉密项目的占位，没有名称、编码可改。");
  const { name = project.name, code = project.code, parent = project.parent, unit = project.unit } = body;
  let { department } = project;
  if (unit !== project.unit) {
    const home = await homeFor(work, unit, "manage-projects");
    if (home.kind === "refused") return home;
    department = home.value.department;
  }
  const above = parent === project.parent ? null : await parentFault(work, parent, id);
  if (above) return above;
  if (code !== null && code !== project.code && (await codeTaken(work.db, work.caller.region, code, id)))
    return refused("already-exists", `项目编码“${code}”已有项目使用，请核对。`);
  const changes = Object.entries({ name, code, parent, unit }).flatMap(([at, to]): CellChange[] => {
    const from = project[at as "name" | "code" | "parent" | "unit"];
    return from === to ? [] : [{ at, from, to }];
  });
  if (changes.length > 0) {
    await updateProject(work.db, work.caller.region, id, {
      name,
      code,
      parent,
      unit,
      department,
      search: searchTerms(name, code),
    });
    work.record(about(project), { type: "project.changed", changes });
  }
  return answered(work, id);
}

/** A project with its forms over the years. */
export async function projectFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
): Promise<AnswerOf<typeof getProject>> {
  const at = now();
  const seen = await seenProject({ db, caller, at }, id);
  if (seen.kind === "refused") return seen;
  const { region, actor } = caller;
  const root = (await lineageOf(db, region, null))[0]?.id ?? "";
  const [forms, inForce, carried] = await Promise.all([
    formsOfProject(db, region, id, isVisibleTo(actor, root, at)),
    targetsInForce(db, region, id),
    carryOversOf(db, region, id),
  ]);
  return done({
    body: {
      project: presentProject(seen.value),
      submissions: forms.map(presentSummary),
      inForce: inForce.map(({ year, id: submission, kind }) => ({ year, submission, kind })),
      carriedOver: carried.map(({ year, reason, at: since }) => ({
        toYear: year,
        reason,
        at: since.toISOString(),
      })),
    },
  });
}

/** Carries a project over into a year. */
export async function carryOverFor(
  work: Work,
  id: string,
  { toYear, reason }: BodyOf<typeof carryOverProject>,
): Promise<AnswerOf<typeof carryOverProject>> {
  const found = await managed(work, id);
  if (found.kind === "refused") return found;
  if (found.value.placeholder_reason !== null)
    return refused("classified", "这是涉密项目的占位，结转在线下办理。");
  const { region, actor } = work.caller;
  const made = await carryOver(work.db, {
    region,
    year: toYear,
    project: id,
    reason,
    at: work.at,
    by: actor.account,
  });
  if (!made) return refused("already-exists", `“${found.value.name}”已登记结转到${toYear}年度。`);
  work.record({ kind: "project", id, year: toYear }, { type: "project.carried-over", toYear, reason });
  return done({ body: { toYear, reason, at: work.at.toISOString() } });
}

/** The rows of a project in one year. */
export async function rowsFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
  { year, kind }: QueryOf<typeof getProjectRows>,
): Promise<AnswerOf<typeof getProjectRows>> {
  const at = now();
  const seen = await seenProject({ db, caller, at }, id);
  if (seen.kind === "refused") return seen;
  const root = (await lineageOf(db, caller.region, null))[0]?.id ?? "";
  const visible = isVisibleTo(caller.actor, root, at);
  const found = await rowsOfYear(db, caller.region, id, year, kind, visible);
  return done({ body: { year, submission: found?.id ?? null, rows: found?.rows.map(presentRow) ?? [] } });
}

/** One indicator from target to publication. */
export async function timelineFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
): Promise<AnswerOf<typeof getIndicatorTimeline>> {
  const at = now();
  const indicator = await indicatorOf(db, caller.region, id);
  if (!indicator) return refused("not-found", "没有这个指标，或者它不在您的范围内。");
  const seen = await seenProject({ db, caller, at }, indicator.project);
  if (seen.kind === "refused")
    return seen.code === "not-found" ? refused("not-found", "没有这个指标，或者它不在您的范围内。") : seen;
  const root = (await lineageOf(db, caller.region, null))[0]?.id ?? "";
  const rows = await timelineOf(db, caller.region, id, isVisibleTo(caller.actor, root, at));
  return done({
    body: { indicator: id, project: indicator.project, name: indicator.name, items: presentTimeline(rows) },
  });
}
