import type {
  Endpoint,
  eventSchema,
  exportLog,
  getSubjectHistory,
  listBackups,
  listEvents,
  verifyChain,
} from "@jiheng/contract/http";
import { type CellChange, may, type PermissionName } from "@jiheng/workflow";
import type { z } from "zod";
import { fromCursor, toCursor } from "../../platform/cursor.ts";
import type { LoggedEvent } from "../../platform/event-log/chain.ts";
import { eventLine, headLine } from "../../platform/event-log/log-file.ts";
import { type ChainFault, followChain } from "../../platform/event-log/verify-chain.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, type Refused, refused, refusedBy } from "../../platform/outcome.ts";
import type { Caller, Platform } from "../../platform/work.ts";
import { lineageOf, subjectOfBody } from "../organisations/index.ts";
import { chainUpTo, changesOf, type EventRow, eventRows, headOf } from "./store.ts";

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

const BAD_CURSOR = refused("invalid-input", "翻页标记不对，请从第一页重新查询。");
const SEQ = /^\d{1,18}$/;

/** The log, filtered. */
export async function events(call: Call<typeof listEvents>): Answer<typeof listEvents> {
  const { platform, caller, query } = call;
  const refusal = await denied(platform, caller, "view-log");
  if (refusal) return refusal;
  const place = query.after === undefined ? null : fromCursor(query.after, { seq: "string" });
  if (query.after !== undefined && !(place && SEQ.test(place.seq))) return BAD_CURSOR;
  const rows = await eventRows(platform.db, caller.region, {
    ...{
      type: query.type,
      subject: query.subject,
      actor: query.actor,
      order: query.order,
      limit: query.limit + 1,
    },
    from: query.from === undefined ? undefined : new Date(query.from),
    to: query.to === undefined ? undefined : new Date(query.to),
    ...(place ? { after: BigInt(place.seq) } : {}),
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? toCursor({ seq: last.seq.toString() }) : null;
  return done({ body: { items: page.map(present), next } });
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
  return done({
    body: {
      intact: fault === null,
      events: count,
      head: end ? { ...end, seq: end.seq.toString() } : null,
      firstFault: fault ? { seq: fault.seq.toString(), says: fault.says } : null,
    },
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
