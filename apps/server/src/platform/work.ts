import type { Actor, DomainEvent } from "@jiheng/workflow";
import type { Kysely, Transaction } from "kysely";
import { inTransaction } from "./database/open-database.ts";
import type { Schema } from "./database/schema.ts";
import type { Documents } from "./documents/documents.ts";
import { appendEvents, type EventSubject, type PendingEvent } from "./event-log/append.ts";
import type { Job, JobQueue } from "./jobs/jobs.ts";
import type { Outcome } from "./outcome.ts";

/** Who calls, from a session or a token: always of one region, which every query of theirs carries. Account "" is nobody known. */
export interface Caller {
  readonly region: string;
  readonly actor: Actor;
  /** What a token is limited to; null for a person's session. */
  readonly scopes: readonly string[] | null;
}

/** What a running server lends its features: the database, the clock and new identities. Tests hand in their own. */
export interface Platform {
  readonly db: Kysely<Schema>;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Threads that read and make documents. */
  readonly documents: Documents;
  /** What is left to be done after the answer. */
  readonly jobs: JobQueue;
}

/** One command at work: everything it writes stands or falls together, and everything it does is recorded. */
export interface Work {
  readonly db: Transaction<Schema>;
  readonly caller: Caller;
  readonly at: Date;
  readonly newId: () => string;
  /** Remembers an event; it is appended to the chain at the end, in the same transaction. */
  readonly record: (subject: EventSubject, event: DomainEvent) => void;
  /** Leaves something to be done after the commit, and only then. */
  readonly enqueue: (job: Job) => Promise<void>;
}

class RolledBack extends Error {
  readonly outcome: Outcome<never>;
  constructor(outcome: Outcome<never>) {
    super("rolled back");
    this.outcome = outcome;
  }
}

/**
 * Carries out a command: one transaction, its events appended as its last statements. A refusal rolls everything back. The command may
 * be tried again from its beginning when it lost against another one, so it does nothing outside of the database.
 * `last` writes what belongs to the boundary (the idempotency key) into the same transaction.
 */
export async function carryOut<T>(
  platform: Platform,
  caller: Caller,
  command: (work: Work) => Promise<Outcome<T>>,
  last: (db: Transaction<Schema>, value: T) => Promise<void> = async () => {},
): Promise<Outcome<T>> {
  const at = platform.now();
  try {
    return await inTransaction(platform.db, async (db) => {
      const pending: PendingEvent[] = [];
      const outcome = await command(workOf(platform, db, caller, at, pending));
      if (outcome.kind === "refused") throw new RolledBack(outcome);
      await last(db, outcome.value);
      await appendEvents(db, caller.region, pending);
      return outcome;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome;
    throw error;
  }
}

/** A command's surroundings in a transaction that is open already; whoever opened it appends `pending` at its end. */
export function workOf(
  { newId, jobs }: Pick<Platform, "newId" | "jobs">,
  db: Transaction<Schema>,
  caller: Caller,
  at: Date,
  pending: PendingEvent[],
): Work {
  const { account, name } = caller.actor;
  const author = { account: account === "" ? null : account, name };
  return {
    db,
    caller,
    at,
    newId,
    record: (subject, event) => pending.push({ subject, event, author, at }),
    enqueue: (job) => jobs.enqueue(db, job),
  };
}
