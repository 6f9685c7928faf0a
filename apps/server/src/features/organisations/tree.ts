import type {
  changeOrganisation,
  closeOrganisation,
  createOrganisation,
  Endpoint,
  getOrganisation,
  listOrganisations,
  moveOrganisation,
  organisationSchema,
} from "@jiheng/contract/http";
import type { CellChange } from "@jiheng/workflow";
import type { z } from "zod";
import { fromCursor, toCursor } from "../../platform/cursor.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, type Refused, refused } from "../../platform/outcome.ts";
import { queryTerms, searchTerms } from "../../platform/search-terms.ts";
import type { Caller, Work } from "../../platform/work.ts";
import { notPermitted } from "./rights.ts";
import {
  addOrganisation,
  formsUnderWay,
  hasCode,
  moveProjects,
  type OrganisationRow,
  openBeneath,
  organisationById,
  organisations,
  updateOrganisation,
} from "./store.ts";

type Answer<E extends Endpoint> = Promise<Outcome<ReplyOf<E["answer"]>>>;

function present(row: OrganisationRow): z.input<typeof organisationSchema> {
  return {
    ...{ id: row.id, kind: row.kind as "region", parent: row.parent, code: row.code, name: row.name },
    closed: row.closed_at?.toISOString() ?? null,
  };
}

/** Bodies the caller has a role in that is not limited to single forms. */
function within({ actor }: Caller): string[] {
  return actor.grants
    .filter(({ submissions }) => submissions === null)
    .map(({ organisation }) => organisation);
}

const NO_SUCH = "没有这个机构，请刷新后重新选择。";

/** The tree as far as the caller's roles reach. */
export async function list({
  platform,
  caller,
  query,
}: Call<typeof listOrganisations>): Answer<typeof listOrganisations> {
  const after = query.after === undefined ? null : placeOf(query.after);
  const terms = query.search === undefined ? null : queryTerms(query.search);
  const rows = await organisations(platform.db, caller.region, {
    ...{ within: within(caller), parent: query.parent, kind: query.kind, limit: query.limit + 1 },
    closed: query.closed === undefined ? undefined : query.closed === "yes",
    ...(query.search === undefined
      ? {}
      : { words: { words: terms?.words ?? ["?"], initials: terms?.initials ?? null, code: query.search } }),
    ...(after ? { after } : {}),
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? toCursor({ code: last.code ?? "", id: last.id }) : null;
  return done({ body: { items: page.map(present), next } });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The place a page goes on from: the key and the identity of the last item. */
function placeOf(cursor: string): { readonly code: string; readonly id: string } {
  const place = fromCursor(cursor, { code: "string", id: "string" });
  if (!place || !UUID.test(place.id))
    throw new Refusal("invalid-input", "翻页标记不对，请从第一页重新查询。");
  return place;
}

/** One body, where the caller's roles reach it. */
export async function one({
  platform,
  caller,
  params,
}: Call<typeof getOrganisation>): Answer<typeof getOrganisation> {
  const [row] = await organisations(platform.db, caller.region, {
    ...{ within: within(caller), only: params.organisation, limit: 1 },
  });
  return row ? done({ body: present(row) }) : refused("not-found", NO_SUCH);
}

/** A new department of the region, or unit of a department. */
export function create({
  command,
  body,
}: Call<typeof createOrganisation>): Answer<typeof createOrganisation> {
  return command(async (work) => {
    const { db, caller, at, newId, record } = work;
    const denied = await notPermitted(db, caller, "manage-organisations", body.parent, at);
    if (denied) return denied;
    const parent = await organisationById(db, caller.region, body.parent, true);
    const wanted = body.kind === "department" ? "region" : "department";
    if (parent?.kind !== wanted || parent.closed_at !== null)
      return refused(
        "wrong-state",
        body.kind === "department" ? "主管部门须直接设在地区之下。" : "单位须设在一个未撤销的主管部门之下。",
      );
    const taken = await codeTaken(work, body.code, null);
    if (taken) return taken;
    const { kind, code, name } = body;
    const row = { id: newId(), kind, parent: parent.id, code, name, closed_at: null };
    const { closed_at: _, ...kept } = row;
    await addOrganisation(db, { ...kept, region: caller.region, search: searchTerms(name) });
    record(about(row.id), { type: "organisation.created", kind, name, parent: parent.id });
    return done({ body: present(row), location: `/api/v1/organisations/${row.id}` });
  });
}

async function codeTaken(
  { db, caller }: Work,
  code: string | null,
  not: string | null,
): Promise<Refused | null> {
  return code !== null && (await hasCode(db, caller.region, code, not))
    ? refused("already-exists", `已有机构使用代码 ${code}，请核对。`)
    : null;
}

/** A body that may be changed, locked for it; or why not. */
async function changeable(work: Work, id: string): Promise<OrganisationRow | Refused> {
  const { db, caller, at } = work;
  const denied = await notPermitted(db, caller, "manage-organisations", id, at);
  if (denied) return denied;
  const row = await organisationById(db, caller.region, id, true);
  if (!row) return refused("not-found", NO_SUCH);
  return row.closed_at === null ? row : refused("wrong-state", "该机构已经撤销，不能再改。");
}

function isRefused(value: OrganisationRow | Refused): value is Refused {
  return value.kind === "refused";
}

function about(id: string): Parameters<Work["record"]>[0] {
  return { kind: "organisation", id, year: null };
}

/** Another name or code. */
export function change({
  command,
  params,
  body,
}: Call<typeof changeOrganisation>): Answer<typeof changeOrganisation> {
  return command(async (work) => {
    const { db, caller, record } = work;
    const row = await changeable(work, params.organisation);
    if (isRefused(row)) return row;
    const name = body.name ?? row.name;
    const code = body.code === undefined ? row.code : body.code;
    const taken = await codeTaken(work, code, row.id);
    if (taken) return taken;
    const changes: CellChange[] = [
      ...(name === row.name ? [] : [{ at: "name", from: row.name, to: name }]),
      ...(code === row.code ? [] : [{ at: "code", from: row.code, to: code }]),
    ];
    if (changes.length > 0) {
      await updateOrganisation(db, caller.region, row.id, { name, code, search: searchTerms(name) });
      record(about(row.id), { type: "organisation.changed", changes });
    }
    return done({ body: present({ ...row, name, code }) });
  });
}

/** A unit goes to another department, with its projects; what was handed in stays where it was. */
export function move({
  command,
  params,
  body,
}: Call<typeof moveOrganisation>): Answer<typeof moveOrganisation> {
  return command(async (work) => {
    const { db, caller, at, record } = work;
    const row = await changeable(work, params.organisation);
    if (isRefused(row)) return row;
    const denied = await notPermitted(db, caller, "manage-organisations", body.parent, at);
    if (denied) return denied;
    const parent = await organisationById(db, caller.region, body.parent, true);
    if (row.kind !== "unit" || parent?.kind !== "department" || parent.closed_at !== null)
      return refused("wrong-state", "只有单位可以划转，且须划入未撤销的主管部门。");
    if (parent.id === row.parent) return refused("wrong-state", "该单位已经属于这个主管部门。");
    const blocked = await underWay(work, row);
    if (blocked) return blocked;
    await updateOrganisation(db, caller.region, row.id, { parent: parent.id });
    await moveProjects(db, caller.region, row.id, parent.id);
    record(about(row.id), {
      type: "organisation.changed",
      changes: [
        { at: "parent", from: row.parent, to: parent.id },
        { at: "reason", from: null, to: body.reason },
      ],
    });
    return done({ body: present({ ...row, parent: parent.id }) });
  });
}

async function underWay({ db, caller }: Work, row: OrganisationRow): Promise<Refused | null> {
  const forms = await formsUnderWay(db, caller.region, row.id);
  return forms > 0
    ? refused("wrong-state", `“${row.name}”还有 ${forms} 份表格在办，请办结后再划转或撤销。`)
    : null;
}

/** A body that is no more: it keeps its past. */
export function close({
  command,
  params,
  body,
}: Call<typeof closeOrganisation>): Answer<typeof closeOrganisation> {
  return command(async (work) => {
    const { db, caller, at, record } = work;
    const row = await changeable(work, params.organisation);
    if (isRefused(row)) return row;
    if (row.kind === "region") return refused("wrong-state", "地区的财政部门不能撤销。");
    const beneath = await openBeneath(db, caller.region, row.id);
    if (beneath > 0) return refused("wrong-state", `“${row.name}”下还有 ${beneath} 个机构，请先撤销或划转。`);
    const blocked = await underWay(work, row);
    if (blocked) return blocked;
    await updateOrganisation(db, caller.region, row.id, { closed_at: at });
    record(about(row.id), {
      type: "organisation.changed",
      changes: [
        { at: "closed", from: null, to: at.toISOString() },
        { at: "reason", from: null, to: body.reason },
      ],
    });
    return done({ body: present({ ...row, closed_at: at }) });
  });
}
