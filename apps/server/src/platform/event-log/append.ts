import type { DomainEvent } from "@jiheng/workflow";
import type { Transaction } from "kysely";
import type { Schema } from "../database/schema.ts";
import { canonicalJson, GENESIS, type LoggedEvent, linkOf } from "./chain.ts";

/** What an event is about. */
export interface EventSubject {
  readonly kind:
    | "submission"
    | "project"
    | "organisation"
    | "account"
    | "call"
    | "sample"
    | "rectification"
    | "import"
    | "installation";
  readonly id: string | null;
  readonly year: number | null;
}

/** Who did it, as the log names them. */
export interface EventAuthor {
  readonly account: string | null;
  readonly name: string;
}

/** An event that waits for the end of its transaction. */
export interface PendingEvent {
  readonly event: DomainEvent;
  readonly subject: EventSubject;
  readonly author: EventAuthor;
  readonly at: Date;
}

/**
 * Appends events to the chain of a region as the last statements of a transaction: the head is locked only from here to the
 * commit, so the chain never forks and others wait least. Returns the sequence numbers.
 */
export async function appendEvents(
  db: Transaction<Schema>,
  region: string,
  pending: readonly PendingEvent[],
): Promise<bigint[]> {
  if (pending.length === 0) return [];
  const head = await db
    .selectFrom("event_head")
    .select(["seq", "sha256", "sm3"])
    .where("region", "=", region)
    .forUpdate()
    .executeTakeFirst();
  let link = head ?? GENESIS;
  let seq = head?.seq ?? 0n;
  const rows = pending.map(({ event, subject, author, at }) => {
    const { type, ...body } = event;
    seq += 1n;
    const logged: LoggedEvent = {
      region,
      seq,
      at: at.toISOString(),
      actor: author.account,
      actorName: author.name,
      type,
      subjectKind: subject.kind,
      subject: subject.id,
      year: subject.year,
      body: canonicalJson(body),
    };
    link = linkOf(link, logged);
    return {
      region,
      seq,
      at,
      actor: author.account,
      actor_name: author.name,
      type,
      subject_kind: subject.kind,
      subject: subject.id,
      year: subject.year,
      body: logged.body,
      sha256: link.sha256,
      sm3: link.sm3,
    };
  });
  // A statement takes at most 65,535 parameters.
  for (let from = 0; from < rows.length; from += 2_000)
    await db
      .insertInto("event")
      .values(rows.slice(from, from + 2_000))
      .execute();
  if (head)
    await db
      .updateTable("event_head")
      .set({ seq, sha256: link.sha256, sm3: link.sm3 })
      .where("region", "=", region)
      .execute();
  else
    await db.insertInto("event_head").values({ region, seq, sha256: link.sha256, sm3: link.sm3 }).execute();
  return rows.map((row) => row.seq);
}
