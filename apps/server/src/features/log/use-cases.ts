import type {
  Endpoint,
  eventSchema,
  exportEvents,
  exportLog,
  findInLog,
  getLogDigest,
  getSubjectHistory,
  listBackups,
  listEvents,
  verifyChain,
} from "@jiheng/contract/http";
import { csvField } from "@jiheng/exporters";
import { type CellChange, EVENT_TITLES, type EventType, may, type PermissionName } from "@jiheng/workflow";
import type { z } from "zod";
import { fromCursor, toCursor } from "../../platform/cursor.ts";
import type { LoggedEvent } from "../../platform/event-log/chain.ts";
import { eventLine, headLine } from "../../platform/event-log/log-file.ts";
import { type ChainFault, followChain } from "../../platform/event-log/verify-chain.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, type Refused, refused, refusedBy } from "../../platform/outcome.ts";
import type { Caller, Platform } from "../../platform/work.ts";
import { lineageOf, subjectOfBody } from "../organisations/index.ts";
import { chinaTime, type Fact, factsOf, identitiesIn } from "./facts.ts";
import { foldEvents } from "./fold.ts";
import {
  bulkOf,
  chainUpTo,
  changesOf,
  countsByType,
  type EventRow,
  eventRows,
  findByName,
  formsById,
  headOf,
  namesOf,
} from "./store.ts";

type Answer<E extends Endpoint> = Promise<Outcome<ReplyOf<E["answer"]>>>;

async function denied(platform: Platform, caller: Caller, action: PermissionName): Promise<Refused | null> {
  const root = await lineageOf(platform.db, caller.region, null);
  const permitted = may(caller.actor, action, subjectOfBody(root), platform.now().toISOString());
  return permitted.kind === "allowed" ? null : refusedBy(permitted);
}

function present(row: EventRow): z.input<typeof eventSchema> {
  return {
    ...{ seq: row.seq.toString(), at: row.at.toISOString(), actor: row.actor, actorName: row.actor_name },
    ...{ type: row.type, subjectKind: row.subject_kind, subject: row.subject, year: row.year },
    ...{ body: JSON.parse(row.body), sha256: row.sha256, sm3: row.sm3 },
  };
}

/** Says events in words, those of a page together. */
async function inWords(db: Platform["db"], region: string, rows: readonly EventRow[]) {
  const bodies = rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  const ids = new Set(rows.flatMap(({ subject }) => subject ?? []));
  for (const body of bodies) identitiesIn(body, ids);
  const names = new Map((await namesOf(db, region, [...ids])).map(({ id, name }) => [id, name]));
  const edited = rows.flatMap(({ subject, subject_kind, body }) =>
    subject !== null && subject_kind === "submission" && body.includes('"changes":[{') ? subject : [],
  );
  const forms = await formsById(db, region, [...new Set(edited)]);
  const nameOf = (id: string) => names.get(id) ?? null;
  return rows.map((row, index) => ({
    row,
    subjectName: row.subject === null ? null : nameOf(row.subject),
    facts: factsOf(row.type, bodies[index] ?? {}, {
      nameOf,
      form: (row.subject === null ? undefined : forms.get(row.subject)) ?? null,
    }),
  }));
}

const BAD_CURSOR = refused("invalid-input", "翻页标记不对，请从第一页重新查询。");
const SEQ = /^\d{1,18}$/;

type Filters = z.output<(typeof exportEvents)["query"]>;

function filterOf({ type, subject, about, actor, from, to }: Filters) {
  return {
    ...{ type, subject, about, actor },
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}

/** Events read at a time to be folded, and most that one page folds. */
const FOLD_BATCH = 500;
const MOST_FOLDED = 20_000;

/** The log, filtered. */
export async function events(call: Call<typeof listEvents>): Answer<typeof listEvents> {
  const { platform, caller, query } = call;
  const refusal = await denied(platform, caller, "view-log");
  if (refusal) return refusal;
  const place = query.after === undefined ? null : fromCursor(query.after, { seq: "string" });
  if (query.after !== undefined && !(place && SEQ.test(place.seq))) return BAD_CURSOR;
  const { db } = platform;
  const isFolded = query.fold === "yes";
  const fold = foldEvents<EventRow>(query.limit);
  const filter = { ...filterOf(query), order: query.order };
  const plain: EventRow[] = [];
  let after = place ? BigInt(place.seq) : undefined;
  let next: string | null = null;
  const size = isFolded ? FOLD_BATCH : query.limit + 1;
  reading: for (let read = 0; ; ) {
    const rows = await eventRows(db, caller.region, {
      ...filter,
      limit: size,
      ...(after === undefined ? {} : { after }),
    });
    for (const row of rows) {
      const isTaken = isFolded
        ? read < MOST_FOLDED && fold.take(row)
        : plain.length < query.limit && plain.push(row) > 0;
      if (!isTaken) {
        next = after === undefined ? null : toCursor({ seq: after.toString() });
        break reading;
      }
      after = row.seq;
      read += 1;
    }
    if (rows.length < size) break;
  }
  const lines = isFolded
    ? fold.lines()
    : plain.map((event) => ({ event, count: 1, first: event.at, last: event.at }));
  const said = await inWords(
    db,
    caller.region,
    lines.map(({ event }) => event),
  );
  const items = said.map(({ row, subjectName, facts }, index) => ({
    ...present(row),
    ...{ subjectName, facts, folded: lines[index]?.count ?? 1 },
    first: (lines[index]?.first ?? row.at).toISOString(),
    last: (lines[index]?.last ?? row.at).toISOString(),
  }));
  return done({ body: { items, next } });
}

/** What the log speaks of, by name. */
export async function found(call: Call<typeof findInLog>): Answer<typeof findInLog> {
  const { platform, caller, query } = call;
  const refusal = await denied(platform, caller, "view-log");
  if (refusal) return refusal;
  const items =
    query.id === undefined
      ? await findByName(platform.db, caller.region, query.search ?? "", query.kind, query.limit)
      : await namesOf(platform.db, caller.region, [query.id]);
  return done({ body: { items } });
}

/** What an auditor looks at first. */
const UNUSUAL: readonly EventType[] = [
  "login.failed",
  "account.locked",
  "account.created",
  "account.password-changed",
  "account.second-factor",
  "grant.given",
  "grant.revoked",
  "rule.changed",
  "submission.unlocked",
  "submission.due-changed",
  "token.created",
  "webhook.changed",
  "backup.restored",
];
const LEAST_BULK = 20;
const MOST_BULK = 5;

/** The log in figures. */
export async function digest(call: Call<typeof getLogDigest>): Answer<typeof getLogDigest> {
  const { platform, caller, query } = call;
  const refusal = await denied(platform, caller, "view-log");
  if (refusal) return refusal;
  const { db } = platform;
  const { region } = caller;
  const from = new Date(platform.now().getTime() - query.days * 86_400_000);
  const head = await headOf(db, region);
  const all = Number(head?.seq ?? 0n);
  const [last] = await eventRows(db, region, { type: "log.verified", order: "newest", limit: 1 });
  const kept = last ? (JSON.parse(last.body) as { events: number }) : null;
  const counts = await countsByType(db, region, from, UNUSUAL);
  const bulk = await bulkOf(db, region, from, LEAST_BULK, MOST_BULK);
  return done({
    body: {
      events: all,
      verified: last && kept ? { at: last.at.toISOString(), by: last.actor_name, events: kept.events } : null,
      sinceVerified: last ? all - Number(last.seq) : all,
      from: from.toISOString(),
      counts: counts.map((row) => ({
        type: row.type,
        events: Number(row.events),
        last: new Date(row.last).toISOString(),
      })),
      bulk: bulk.map((row) => ({
        ...{ type: row.type, actor: row.actor, actorName: row.actor_name },
        ...{ at: row.at.toISOString(), events: Number(row.events) },
      })),
    },
  });
}

const COLUMNS = [
  ...["序号", "时间（北京时间）", "办理人", "办理人账号", "事项", "对象", "对象标识", "年度", "内容"],
  ...["SHA-256", "SM3"],
];

/** The filtered events as a table, streamed, the oldest first. */
export async function table(call: Call<typeof exportEvents>): Answer<typeof exportEvents> {
  const { platform, caller, query, signal } = call;
  const refusal = await denied(platform, caller, "view-log");
  if (refusal) return refusal;
  return done({
    name: `操作日志-${caller.region}-${chinaTime(platform.now()).slice(0, 10)}.csv`,
    media: "text/csv",
    bytes: records(platform, caller.region, query, signal),
  });
}

async function* records(
  { db }: Platform,
  region: string,
  filters: Filters,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield `\uFEFF${COLUMNS.join(",")}\r\n`;
  let after: bigint | undefined;
  for (;;) {
    // Given up is not ended: what was sent so far must not pass for the whole.
    if (signal.aborted) throw new Error("the export was given up");
    const rows = await eventRows(db, region, {
      ...filterOf(filters),
      ...{ order: "oldest" as const, limit: FOLD_BATCH },
      ...(after === undefined ? {} : { after }),
    });
    const said = await inWords(db, region, rows);
    yield said
      .map(({ row, subjectName, facts }) =>
        [
          ...[row.seq.toString(), chinaTime(row.at), row.actor_name, row.actor ?? ""],
          ...[EVENT_TITLES[row.type as EventType] ?? row.type, subjectName ?? "", row.subject ?? ""],
          ...[row.year === null ? "" : String(row.year), facts.map(factText).join("；")],
          ...[row.sha256, row.sm3],
        ]
          .map(csvField)
          .join(","),
      )
      .map((line) => `${line}\r\n`)
      .join("");
    const end = rows.at(-1);
    if (rows.length < FOLD_BATCH || !end) return;
    after = end.seq;
  }
}

function factText({ name, isChange, before, value }: Fact): string {
  return isChange ? `${name}：${before ?? "空"} → ${value ?? "空"}` : `${name}：${value ?? "无"}`;
}

/** Backups that are told of. */
const LATEST = 20;

/** When the record was backed up or restored; where the files are, nobody keeps here. */
export async function backups({ platform, caller }: Call<typeof listBackups>): Answer<typeof listBackups> {
  const refusal = await denied(platform, caller, "backup");
  if (refusal) return refusal;
  const rows = await eventRows(platform.db, caller.region, {
    type: "backup",
    order: "newest",
    limit: LATEST,
  });
  const items = rows.map(({ type, at, body }) => {
    const { sha256, rows: held } = JSON.parse(body) as { sha256: string; rows: number };
    const kind = type === "backup.made" ? ("made" as const) : ("restored" as const);
    return { kind, at: at.toISOString(), sha256, rows: held };
  });
  return done({ body: { items } });
}

/** Events looked through at a time. */
const BATCH = 200;

/** Every cell of one thing that was ever changed. */
export async function history(call: Call<typeof getSubjectHistory>): Answer<typeof getSubjectHistory> {
  const { platform, caller, params, query } = call;
  const refusal = await denied(platform, caller, "view-log");
  if (refusal) return refusal;
  const place =
    query.after === undefined ? null : fromCursor(query.after, { seq: "string", index: "number" });
  if (query.after !== undefined && !(place && SEQ.test(place.seq))) return BAD_CURSOR;
  const items: ReplyOf<(typeof getSubjectHistory)["answer"]>["body"]["items"] = [];
  let from = BigInt(place?.seq ?? "0");
  let skip = place?.index ?? 0;
  for (;;) {
    const rows = await changesOf(platform.db, caller.region, params.subject, from, BATCH);
    for (const row of rows) {
      const { changes } = JSON.parse(row.body) as { changes: CellChange[] };
      for (const [index, change] of changes.entries()) {
        if (index < skip || (query.cell !== undefined && change.at !== query.cell)) continue;
        if (items.length === query.limit)
          return done({ body: { items, next: toCursor({ seq: row.seq.toString(), index }) } });
        items.push({
          ...{
            seq: row.seq.toString(),
            when: row.at.toISOString(),
            actor: row.actor,
            actorName: row.actor_name,
          },
          ...{ type: row.type, at: change.at, from: change.from, to: change.to },
        });
      }
      skip = 0;
    }
    const end = rows.at(-1);
    if (rows.length < BATCH || !end) return done({ body: { items, next: null } });
    from = end.seq + 1n;
  }
}

function toLogged(row: EventRow): LoggedEvent {
  return {
    ...{
      region: row.region,
      seq: row.seq,
      at: row.at.toISOString(),
      actor: row.actor,
      actorName: row.actor_name,
    },
    ...{
      type: row.type,
      subjectKind: row.subject_kind,
      subject: row.subject,
      year: row.year,
      body: row.body,
    },
  };
}

/** Computes the chain anew, from the first event to the end as it was when the check began. */
export async function verify(call: Call<typeof verifyChain>): Answer<typeof verifyChain> {
  const { platform, caller, signal } = call;
  const refusal = await denied(platform, caller, "verify-log");
  if (refusal) return refusal;
  const { db } = platform;
  const head = await headOf(db, caller.region);
  const follower = followChain(caller.region);
  let count = 0;
  let fault: ChainFault | null = null;
  if (head)
    for await (const row of chainUpTo(db, caller.region, head.seq)) {
      fault = follower.next(toLogged(row), row);
      if (fault || signal.aborted) break;
      count += 1;
    }
  const end = follower.head();
  if (!fault && head && (end?.seq !== head.seq || end.sha256 !== head.sha256 || end.sm3 !== head.sm3))
    fault = { seq: (end?.seq ?? 0n) + 1n, says: `链尾应为第 ${head.seq} 条：末尾被删去或改过` };
  const verdict = {
    intact: fault === null,
    events: count,
    head: end ? { ...end, seq: end.seq.toString() } : null,
    firstFault: fault ? { seq: fault.seq.toString(), says: fault.says } : null,
  };
  if (signal.aborted) return refused("invalid-input", "校验中途停下，没有结论。");
  // A broken chain is left as it was found.
  if (fault) return done({ body: verdict });
  return call.command(async (work) => {
    work.record({ kind: "installation", id: null, year: null }, { type: "log.verified", events: count });
    return done({ body: verdict });
  });
}
/** The log as a file, streamed. */
export async function exported(call: Call<typeof exportLog>): Answer<typeof exportLog> {
  const { platform, caller } = call;
  const refusal = await denied(platform, caller, "verify-log");
  if (refusal) return refusal;
  const head = await headOf(platform.db, caller.region);
  const at = platform.now().toISOString();
  return done({
    name: `操作日志-${caller.region}-${at.slice(0, 10)}.jsonl`,
    media: "application/x-ndjson",
    bytes: lines(platform, caller.region, head, at),
  });
}

async function* lines(
  { db }: Platform,
  region: string,
  head: Awaited<ReturnType<typeof headOf>>,
  exportedAt: string,
): AsyncGenerator<string> {
  yield headLine({
    ...{ kind: "jiheng-log", version: 1, region, exportedAt },
    head: head ? { ...head, seq: head.seq.toString() } : null,
  });
  if (!head) return;
  let text = "";
  for await (const row of chainUpTo(db, region, head.seq)) {
    text += eventLine(toLogged(row), row);
    if (text.length < 1 << 16) continue;
    yield text;
    text = "";
  }
  yield text;
}
