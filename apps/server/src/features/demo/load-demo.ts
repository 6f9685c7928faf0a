import type { Form } from "@jiheng/domain";
import { type Actor, carryIdentities, type Desk, type Grant, type Kind, type Role } from "@jiheng/workflow";
import { type Kysely, sql, type Transaction } from "kysely";
import { inTransaction } from "../../platform/database/open-database.ts";
import type { Schema } from "../../platform/database/schema.ts";
import { appendEvents, type PendingEvent } from "../../platform/event-log/append.ts";
import { GENESIS } from "../../platform/event-log/chain.ts";
import type { Outcome } from "../../platform/outcome.ts";
import { searchTerms } from "../../platform/search-terms.ts";
import { type Caller, type Platform, type Work, workOf } from "../../platform/work.ts";
import {
  decideOn,
  indicatorsOf,
  issueSubmission,
  justifyFindingOf,
  type LoadedSubmission,
  loadSubmission,
  type Saved,
  saveForm,
  startSubmission,
  submitLoaded,
} from "../submissions/index.ts";
import { type DemoDistrict, type DemoSubmission, demoDistrict } from "./district.ts";
import { followUp } from "./follow-up.ts";
import { reviewSample } from "./review-sample.ts";
import { rollUpDepartment } from "./roll-up-department.ts";

/** How the demo is loaded. */
export interface DemoOptions {
  /** Told how many forms are done. */
  readonly say?: (done: number, all: number) => void;
  /** Only so many of its projects: for tests. */
  readonly projects?: number;
}

function part(district: DemoDistrict, projects: number): DemoDistrict {
  if (projects >= district.projects.length) return district;
  const kept = new Set(district.projects.slice(0, projects).map(({ key }) => key));
  return {
    ...district,
    projects: district.projects.filter(({ key }) => kept.has(key)),
    entries: district.entries.filter(({ project }) => kept.has(project)),
    submissions: district.submissions.filter(({ project }) => kept.has(project)),
  };
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR_OF_DUES: Readonly<Record<Kind, string>> = {
  "target-declaration": "布置绩效目标申报",
  adjustment: "布置绩效目标调整",
  monitoring: "布置绩效运行监控",
  "self-evaluation": "布置绩效自评",
  review: "布置复核",
};
const REASONS = [
  "已与主管部门核对，数据以年终决算口径为准，佐证材料附后。",
  "合同跨年执行，差额为质保金，次年一季度支付，已有情况说明。",
  "指标口径按上级通知统一调整，原目标未同步修改，已报主管部门备案。",
];

/** What making the demo takes. */
type Makes = Pick<Platform, "db" | "now" | "newId" | "jobs">;

/** Ids and people of the district by their keys. */
interface Cast {
  readonly region: string;
  readonly organisations: ReadonlyMap<string, string>;
  readonly projects: ReadonlyMap<string, string>;
  readonly callerOf: (role: Role, organisation: string) => Caller;
  readonly callerNamed: (login: string) => Caller;
}

/**
 * Fills an empty database with the invented district: every form by the same use-cases as people's own, by the person whose turn it is,
 * at a time of its own, so that reviews, versions, justifications and the chain of events are what they would be. Everything or
 * nothing. `passwordHash`: of the password all accounts of the demo share.
 */
export async function loadDemo(
  platform: Makes,
  passwordHash: string,
  { say = () => {}, projects = Number.POSITIVE_INFINITY }: DemoOptions = {},
): Promise<void> {
  const now = platform.now();
  const district = part(demoDistrict(now.getUTCFullYear() - 1), projects);
  await inTransaction(platform.db, async (db) => {
    // A demo that is loaded in a minute may be loaded again; a flush for each of its statements would only cost time.
    await sql`set local statement_timeout = 0`.execute(db);
    const pending: PendingEvent[] = [];
    const cast = await assemble(platform, db, district, passwordHash, now, pending);
    const calls = await issueCalls(platform, db, district, cast, now, pending);
    let count = 0;
    for (const submission of district.submissions) {
      await play(platform, db, { district, cast, calls, now, pending, number: count }, submission);
      count += 1;
      if (count % 50 === 0) say(count, district.submissions.length);
    }
    const scene = { platform, db, cast, now, pending };
    await followUp(scene, district);
    await reviewSample(scene);
    await rollUpDepartment(scene);
    pending.sort((a, b) => a.at.getTime() - b.at.getTime());
    await appendEvents(db, cast.region, pending);
  });
  // Until the database counts by itself, a minute later, it would plan as if the tables were empty.
  await sql`analyze`.execute(platform.db);
}

/** Writes in portions that a statement can hold. */
async function inPortions<T>(
  rows: readonly T[],
  write: (portion: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) await write(rows.slice(from, from + 500));
}

async function assemble(
  { newId }: Makes,
  db: Transaction<Schema>,
  district: DemoDistrict,
  passwordHash: string,
  now: Date,
  pending: PendingEvent[],
): Promise<Cast> {
  const region = district.region.code;
  // Before the oldest of its years.
  const at = new Date(Date.UTC(now.getUTCFullYear() - 3, 0, 5));
  const author = { account: null, name: "演示数据" };
  await db
    .insertInto("region")
    .values({ region, name: district.region.name, jurisdiction: null, is_demo: true, created_at: at })
    .execute();
  await db
    .insertInto("event_head")
    .values({ region, seq: 0n, ...GENESIS })
    .execute();

  const organisations = new Map(district.organisations.map(({ key }) => [key, newId()]));
  const idOf = (key: string): string => {
    const id = organisations.get(key);
    if (id === undefined) throw new Error(`the demo has no body ${key}`);
    return id;
  };
  for (const { key, kind, parent, code, name } of district.organisations) {
    const id = idOf(key);
    const above = parent === null ? null : idOf(parent);
    await db
      .insertInto("organisation")
      .values({ region, id, kind, parent: above, code, name, search: searchTerms(name) })
      .execute();
    pending.push({
      subject: { kind: "organisation", id, year: null },
      event: { type: "organisation.created", kind, name, parent: above },
      author,
      at,
    });
  }

  const grants = new Map<string, { readonly actor: Actor }>();
  const logins = new Map<string, { readonly actor: Actor }>();
  const end = new Date(now.getTime() + 90 * DAY);
  const people = district.people.map((person) => ({
    ...person,
    id: newId(),
    home: idOf(person.organisation),
  }));
  await inPortions(people, (portion) =>
    db
      .insertInto("account")
      .values(
        portion.map(({ id, login, name }) => ({
          region,
          id,
          login,
          name,
          password_hash: passwordHash,
          password_changed_at: now,
          created_at: at,
        })),
      )
      .execute(),
  );
  await inPortions(people, (portion) =>
    db
      .insertInto("role_grant")
      .values(
        portion.map(({ id, role, home }) => ({
          region,
          id: newId(),
          account: id,
          organisation: home,
          role,
          submissions: role === "third-party" ? [] : null,
          valid_until: role === "third-party" ? end : null,
          given_at: at,
        })),
      )
      .execute(),
  );
  for (const { id, login, name, role, home } of people) {
    const until = role === "third-party" ? end.toISOString() : null;
    const grant: Grant = { role, organisation: home, submissions: role === "third-party" ? [] : null, until };
    const held = { actor: { account: id, name, grants: [grant], recused: [] } };
    logins.set(login, held);
    // The last one named for a role is who does its daily work.
    grants.set(`${role} ${home}`, held);
    const subject = { kind: "account", id, year: null } as const;
    pending.push({ subject, event: { type: "account.created", login, name }, author, at });
    pending.push({
      subject,
      event: {
        type: "grant.given",
        account: id,
        role,
        organisation: home,
        until,
        submissions: grant.submissions,
      },
      author,
      at,
    });
  }

  const projects = new Map(district.projects.map(({ key }) => [key, newId()]));
  const rows = district.projects.map((project) => ({ ...project, id: projects.get(project.key) ?? "" }));
  await inPortions(rows, (portion) =>
    db
      .insertInto("project")
      .values(
        portion.map(({ id, department, unit, code, name, placeholder }) => ({
          region,
          id,
          department: idOf(department),
          unit: idOf(unit),
          code,
          name,
          search: searchTerms(name),
          placeholder_reason: placeholder,
          created_at: at,
        })),
      )
      .execute(),
  );
  for (const { id, code, name, unit, placeholder } of rows)
    pending.push({
      subject: { kind: "project", id, year: null },
      event: placeholder
        ? { type: "project.placeholder-recorded", reason: placeholder }
        : { type: "project.created", code, name, unit: idOf(unit) },
      author,
      at,
    });

  const entries = district.entries.map((entry) => ({ ...entry, project: projects.get(entry.project) ?? "" }));
  const officer = grants.get(`finance-officer ${idOf("region")}`);
  for (const [year, ofYear] of Map.groupBy(entries, (entry) => entry.year)) {
    const id = newId();
    const imported = new Date(Math.min(Date.UTC(year, 11, 20), now.getTime()));
    await db
      .insertInto("import_job")
      .values({
        ...{
          region,
          id,
          purpose: "budget",
          year,
          organisation: idOf("region"),
          state: "finished",
          files: 1,
          done: 1,
        },
        ...{
          at: imported,
          by: officer?.actor.account ?? id,
          by_name: officer?.actor.name ?? "",
          finished_at: imported,
        },
      })
      .execute();
    await inPortions(ofYear, (portion) =>
      db
        .insertInto("budget_entry")
        .values(
          portion.map(({ project, source, nature, fen, on, document }) => ({
            region,
            year,
            id: newId(),
            project,
            source,
            nature,
            amount: fen,
            occurred_on: on,
            document,
            import: id,
          })),
        )
        .execute(),
    );
    pending.push({
      subject: { kind: "import", id, year },
      event: { type: "budget.imported", import: id, entries: ofYear.length, sha256: "0".repeat(64) },
      author,
      at: imported,
    });
  }
  return {
    region,
    organisations,
    projects,
    callerOf: (role, organisation) => {
      const held = grants.get(`${role} ${idOf(organisation)}`);
      if (!held) throw new Error(`nobody in the demo is ${role} of ${organisation}`);
      return { region, actor: held.actor, scopes: null };
    },
    callerNamed: (login) => {
      const held = logins.get(login);
      if (!held) throw new Error(`nobody in the demo is ${login}`);
      return { region, actor: held.actor, scopes: null };
    },
  };
}

/** What playing a form needs beside it. */
interface Stage {
  readonly district: DemoDistrict;
  readonly cast: Cast;
  readonly calls: ReadonlyMap<string, { readonly id: string; readonly due: Date }>;
  readonly now: Date;
  readonly pending: PendingEvent[];
  readonly number: number;
}

/** When work of a kind and year began in this demo: for what is under way, some weeks ago. */
function beginning(kind: Kind, year: number, now: Date): Date {
  const current = now.getUTCFullYear();
  if (kind === "self-evaluation" && year === current - 1) return new Date(now.getTime() - 40 * DAY);
  if (kind === "target-declaration" && year === current) return new Date(now.getTime() - 30 * DAY);
  const month = { "target-declaration": -3, monitoring: 7, "self-evaluation": 12, adjustment: 6, review: 15 }[
    kind
  ];
  return new Date(Date.UTC(year, month, 5, 1));
}

async function issueCalls(
  { newId }: Makes,
  db: Transaction<Schema>,
  district: DemoDistrict,
  cast: Cast,
  now: Date,
  pending: PendingEvent[],
): Promise<Stage["calls"]> {
  const officer = cast.callerOf("finance-officer", "region");
  const issuer = cast.organisations.get("region") ?? "";
  const calls = new Map<string, { readonly id: string; readonly due: Date }>();
  for (const [key, group] of Map.groupBy(district.submissions, ({ kind, year }) => `${kind} ${year}`)) {
    const { kind, year } = group[0] as DemoSubmission;
    const opens = beginning(kind, year, now);
    const due = new Date(opens.getTime() + 50 * DAY);
    const id = newId();
    calls.set(key, { id, due });
    await db
      .insertInto("call_for_work")
      .values({
        region: cast.region,
        year,
        id,
        kind,
        issuer,
        scope: issuer,
        title: `${YEAR_OF_DUES[kind]}（${year}年度）`,
        opens_at: opens,
        due_at: due,
        issued_by: officer.actor.account,
        closed_at: due < now ? due : null,
      })
      .execute();
    pending.push({
      subject: { kind: "call", id, year },
      event: { type: "call.issued", kind, scope: issuer, due: due.toISOString(), submissions: group.length },
      author: { account: officer.actor.account, name: officer.actor.name },
      at: opens,
    });
  }
  return calls;
}

/** Takes one form from its issue to where it stands. */
async function play(
  platform: Makes,
  db: Transaction<Schema>,
  { district, cast, calls, now, pending, number }: Stage,
  wanted: DemoSubmission,
): Promise<void> {
  const project = district.projects.find(({ key }) => key === wanted.project);
  const call = calls.get(`${wanted.kind} ${wanted.year}`);
  if (!project || !call) throw new Error(`the demo has no project ${wanted.project}`);
  let at = beginning(wanted.kind, wanted.year, now).getTime() + (number % 17) * HOUR;
  const act = async <T>(
    role: Role,
    organisation: string,
    command: (work: Work) => Promise<Outcome<T>>,
  ): Promise<T> => {
    at = Math.min(at + (5 + (number % 23)) * HOUR, now.getTime() - 1000);
    const work = workOf(platform, db, cast.callerOf(role, organisation), new Date(at), pending);
    const outcome = await command(work);
    if (outcome.kind === "refused")
      throw new Error(
        `the demo was refused ${outcome.code} for ${project.name} ${wanted.kind} ${wanted.year}: ${outcome.detail}`,
      );
    return outcome.value;
  };
  const desks: Readonly<Record<Desk, readonly [Role, string]>> = {
    unit: ["unit-head", project.unit],
    department: ["department-reviewer", project.department],
    finance: ["finance-officer", "region"],
  };
  let submission = await act("finance-officer", "region", (work) =>
    issueSubmission(work, {
      year: wanted.year,
      kind: wanted.kind,
      project: cast.projects.get(project.key) ?? "",
      month: wanted.month,
      due: call.due.toISOString(),
      lateAllowed: true,
      call: call.id,
    }),
  );
  const { form, clean } = wanted;
  if (form === null || clean === null) return;

  const begin = (first: Form) =>
    act("clerk", project.unit, async (work) => {
      // One indicator is one from year to year, as where targets are carried over.
      const known = await indicatorsOf(db, submission.region, submission.project);
      const carried = carryIdentities(known, first, work.newId).form;
      return startSubmission(work, submission, { from: "blank", form: { ...carried, notes: first.notes } });
    });
  let saved = await begin(form);
  submission = saved.submission;
  const isHandedIn = wanted.state !== "draft";
  if (isHandedIn && wanted.returned === null && blocks(saved) && number % 6 !== 0) {
    const mended = { ...clean, indicators: withIdentitiesOf(saved.form, clean) };
    saved = await act("clerk", project.unit, (work) =>
      saveForm(work, submission, { ...mended, id: submission.id }, { kind: "whole" }),
    );
    submission = saved.submission;
  }
  if (!isHandedIn) return;
  const blockers = blocking(saved);
  for (const fingerprint of blockers)
    await act("clerk", project.unit, (work) =>
      justifyFindingOf(work, submission.id, {
        fingerprint,
        reason: REASONS[number % REASONS.length] ?? "",
      }),
    );
  if (blockers.length > 0) submission = await reload(db, cast, submission);
  submission = (
    await act("clerk", project.unit, (work) => submitLoaded(work, submission, submission.revision))
  ).submission;

  const { state, desk } = wanted;
  const pass = async (until: "decided" | "review-cancelled") => {
    while (submission.desk !== null && (submission.desk !== desk || until === "decided")) {
      const [role, body] = desks[submission.desk];
      submission = (await act(role, body, (work) => decideOn(work, submission, { type: "receive" })))
        .submission;
      const opinion = number % 4 === 0 ? "数据与佐证材料一致，同意。" : null;
      submission = (await act(role, body, (work) => decideOn(work, submission, { type: "approve", opinion })))
        .submission;
    }
  };
  switch (state) {
    case "submitted":
      return pass("review-cancelled");
    case "under-review":
      await pass("review-cancelled");
      await act(...desks[desk ?? "unit"], (work) => decideOn(work, submission, { type: "receive" }));
      return;
    case "withdrawn":
      await act("clerk", project.unit, (work) =>
        decideOn(work, submission, { type: "withdraw", reason: "补充佐证材料" }),
      );
      return;
    case "returned": {
      const [head, unit] = desks.unit;
      submission = (await act(head, unit, (work) => decideOn(work, submission, { type: "receive" })))
        .submission;
      submission = (
        await act(head, unit, (work) => decideOn(work, submission, { type: "approve", opinion: null }))
      ).submission;
      const [reviewer, department] = desks.department;
      submission = (
        await act(reviewer, department, (work) => decideOn(work, submission, { type: "receive" }))
      ).submission;
      const found = saved.review.findings.find(({ code }) => code === wanted.returned);
      if (!found)
        throw new Error(`the demo returns ${project.name} for ${wanted.returned}, which is not in it`);
      const reason = `${found.message}${found.remedy}`;
      await act(reviewer, department, (work) =>
        decideOn(work, submission, { type: "return", reason, findings: [found.fingerprint] }),
      );
      return;
    }
    default:
      await pass("decided");
  }
  if (state === "review-cancelled")
    await act("department-reviewer", project.department, (work) =>
      decideOn(work, submission, { type: "cancel-review", reason: "抽查发现佐证材料缺页，重新审核。" }),
    );
  if (wanted.withheld !== null) {
    const reason = wanted.withheld;
    await act("publication-officer", "region", (work) =>
      decideOn(work, submission, { type: "withhold", reason }),
    );
  }
  if (state === "published" || state === "archived")
    submission = (
      await act("publication-officer", "region", (work) => decideOn(work, submission, { type: "publish" }))
    ).submission;
  if (state === "archived")
    await act("finance-officer", "region", (work) => decideOn(work, submission, { type: "archive" }));
}

function blocking({ review }: Saved): string[] {
  return [
    ...review.findings.filter(({ force }) => force === "must").map(({ fingerprint }) => fingerprint),
    ...review.funds.differences.map(({ at }) => `funds:${at}`),
  ];
}

function blocks(saved: Saved): boolean {
  return blocking(saved).length > 0;
}

/** The rows of the mended form with the identities that rows of the same name and level have already. */
function withIdentitiesOf(known: Form, form: Form): Form["indicators"] {
  const left = [...known.indicators];
  return form.indicators.map((row) => {
    const at = left.findIndex(({ level2, name }) => level2 === row.level2 && name === row.name);
    const [same] = at < 0 ? [] : left.splice(at, 1);
    return same ? { ...row, id: same.id } : row;
  });
}

async function reload(
  db: Transaction<Schema>,
  { region }: Cast,
  { id }: LoadedSubmission,
): Promise<LoadedSubmission> {
  const loaded = await loadSubmission({ db, caller: { region } }, id, { lock: true });
  if (!loaded) throw new Error("a form of the demo is gone");
  return loaded;
}

/** Whether the database holds the demo, all of it. */
export async function hasDemo(db: Kysely<Schema>): Promise<boolean> {
  const row = await db.selectFrom("region").select("region").where("is_demo", "=", true).executeTakeFirst();
  return row !== undefined;
}
