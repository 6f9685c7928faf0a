import type { Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { PendingEvent } from "../../platform/event-log/append.ts";
import type { Outcome } from "../../platform/outcome.ts";
import { type Caller, type Platform, type Work, workOf } from "../../platform/work.ts";
import { type LoadedSubmission, loadSubmission } from "../submissions/index.ts";

const DAY = 86_400_000;

/** Where people of the demo act: its transaction, who they are, and the events so far. */
export interface Scene {
  readonly platform: Pick<Platform, "newId" | "jobs">;
  readonly db: Transaction<Schema>;
  readonly cast: {
    readonly region: string;
    readonly organisations: ReadonlyMap<string, string>;
    readonly callerNamed: (login: string) => Caller;
  };
  readonly now: Date;
  readonly pending: PendingEvent[];
}

/** One person does one thing, so many days ago; a refusal is a fault of the demo. */
export async function actIn<T>(
  { platform, db, now, pending }: Scene,
  caller: Caller,
  daysAgo: number,
  command: (work: Work) => Promise<Outcome<T>>,
): Promise<T> {
  const at = new Date(now.getTime() - Math.round(daysAgo * DAY));
  const outcome = await command(workOf(platform, db, caller, at, pending));
  if (outcome.kind === "refused")
    throw new Error(`the demo was refused ${outcome.code} for ${caller.actor.name}: ${outcome.detail}`);
  return outcome.value;
}

/** A form of the demo as it stands, locked. */
export async function formIn({ db, cast: { region } }: Scene, id: string): Promise<LoadedSubmission> {
  const loaded = await loadSubmission({ db, caller: { region } }, id, { lock: true });
  if (!loaded) throw new Error("a form of the demo is gone");
  return loaded;
}
