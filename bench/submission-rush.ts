// The last minute before the deadline: a thousand forms are submitted at moments spread over one minute, by clients that repeat what
// was not answered under the same idempotency key, and some of which drop the connection on purpose:
//   node bench/submission-rush.ts [--forms 1000] [--processes 2] [--kill yes] [--within 60] [--data DIR] [--json]
// `--kill yes` ends one of two processes with SIGKILL in the middle and leaves it dead. What was acknowledged is looked up in the database.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { openDatabase } from "../apps/server/src/platform/database/open-database.ts";
import { type FilledForm, filledForms, staffOf } from "./filled-forms.ts";
import { type InstalledServer, inDatabase, option, percentile, startInstalled } from "./installed-server.ts";

/** How the clients behave. Milliseconds. */
export interface RushOptions {
  /** Moments of the first attempts are spread over this. */
  readonly within: number;
  /** Where each client asks; after a failure it asks the next. */
  readonly apis: readonly string[];
  /** Share of the clients that drop the connection, once or twice, before an answer can be there or while it is. */
  readonly droppers: number;
  /** After this a client gives up. */
  readonly patience: number;
  readonly chance?: () => number;
}

/** What the clients saw. Milliseconds from the beginning of the rush, or of each client's first attempt. */
export interface RushResult {
  readonly acknowledged: number;
  readonly lastAcknowledged: number;
  readonly waits: readonly number[];
  readonly attempts: number;
  readonly dropped: number;
  /** Answers that were neither an acknowledgement nor a reason to repeat. */
  readonly refused: readonly string[];
}

/** What the database holds of the forms. Ids: there must be none in any list. */
export interface RushProof {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly halfWritten: readonly string[];
  /** Places where the chain of events does not continue. */
  readonly gaps: number;
}

/** Submits every form once, whatever happens. */
export async function submissionRush(
  forms: readonly FilledForm[],
  options: RushOptions,
): Promise<RushResult> {
  const { within, apis, droppers, patience, chance = Math.random } = options;
  const begun = performance.now();
  const waits: number[] = [];
  const refused: string[] = [];
  let attempts = 0;
  let dropped = 0;
  let lastAcknowledged = 0;
  const client = async ({ id, etag, clerk }: FilledForm, index: number) => {
    await sleep(chance() * within);
    const from = performance.now();
    let drops = chance() < droppers ? 1 + Math.floor(chance() * 2) : 0;
    for (let attempt = index; performance.now() - from < patience; attempt++) {
      attempts += 1;
      const wait = drops > 0 ? chance() * 60 : 30_000;
      const isDropped = drops-- > 0;
      try {
        const answer = await clerk.ask(`/submissions/${id}/submit`, {
          method: "POST",
          body: {},
          ifMatch: etag,
          key: `rush-${id}`,
          signal: AbortSignal.timeout(wait),
          api: apis[attempt % apis.length] as string,
        });
        if (answer.status < 300) {
          waits.push(performance.now() - from);
          lastAcknowledged = performance.now() - begun;
          return;
        }
        const isPassing = answer.status >= 500 || answer.status === 429 || answer.body?.code === "conflict";
        if (!isPassing) {
          refused.push(`${id}: ${answer.status} ${answer.body?.code}`);
          return;
        }
      } catch {
        if (isDropped) dropped += 1;
      }
      await sleep(100 + chance() * 400);
    }
    refused.push(`${id}: never acknowledged`);
  };
  await Promise.all(forms.map(client));
  return { acknowledged: waits.length, lastAcknowledged, waits, attempts, dropped, refused };
}

/** Looks every form up: its state, its one event, its one frozen version, its key, and the chain of all events. */
export async function rushProof(
  { pool }: Pick<ReturnType<typeof openDatabase>, "pool">,
  forms: readonly Pick<FilledForm, "id">[],
): Promise<RushProof> {
  const ids = forms.map(({ id }) => id);
  const { rows } = await pool.query<{
    id: string;
    state: string;
    events: number;
    versions: number;
    keys: number;
  }>(
    `select submission.id, submission.state,
       (select count(*)::int from event e where e.region = submission.region and e.subject = submission.id
          and e.type = 'submission.submitted') as events,
       (select count(*)::int from frozen_version f where f.region = submission.region and f.year = submission.year
          and f.submission = submission.id and f.reason = 'submitted') as versions,
       (select count(*)::int from idempotency i where i.region = submission.region and i.key = 'rush-' || submission.id) as keys
     from submission where id = any($1::uuid[])`,
    [ids],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const chain = await pool.query<{ gaps: number }>(
    `select (select count(*)::int from (select seq - lag(seq, 1, 0::bigint) over (partition by region order by seq) as step from event) s where step <> 1)
       + (select count(*)::int from event_head h where h.seq <> (select coalesce(max(seq), 0) from event e where e.region = h.region)) as gaps`,
  );
  const of = (is: (row: (typeof rows)[number]) => boolean) => rows.filter(is).map(({ id }) => id);
  return {
    lost: ids.filter((id) => found.get(id)?.state !== "submitted"),
    doubled: of(({ events, versions, keys }) => events > 1 || versions > 1 || keys > 1),
    halfWritten: of(
      ({ state, events, versions, keys }) =>
        new Set([state === "submitted" ? 1 : 0, events, versions, keys].map((n) => Math.min(n, 1))).size > 1,
    ),
    gaps: chain.rows[0]?.gaps ?? 0,
  };
}

async function main(): Promise<void> {
  const folder = option("data", "") || mkdtempSync(join(tmpdir(), "jiheng-rush-"));
  chmodSync(folder, 0o755);
  const count = Number(option("forms", "1000"));
  const processes = Number(option("processes", "1"));
  const isKilling = option("kill", "no") === "yes";
  const within = Number(option("within", "60")) * 1000;
  const servers: InstalledServer[] = [];
  try {
    for (let index = 0; index < processes; index++) servers.push(await startInstalled(folder));
    const apis = servers.map(({ api }) => api);
    const staff = await staffOf(apis[0] ?? "", 60);
    const forms = await filledForms(staff, count, (words) => console.error(words));
    const [victim] = servers;
    const kill = isKilling ? setTimeout(() => victim?.child.kill("SIGKILL"), within / 2) : undefined;
    const result = await submissionRush(forms, { within, apis, droppers: 0.3, patience: 180_000 });
    clearTimeout(kill);
    for (const server of servers) await server.stop();
    const proof = await inDatabase(folder, (database) => rushProof(database, forms));
    const faults =
      result.refused.length + proof.lost.length + proof.doubled.length + proof.halfWritten.length;
    if (process.argv.includes("--json")) console.log(JSON.stringify({ ...result, ...proof }));
    else
      console.log(
        [
          `${processes} process(es)${isKilling ? ", one killed in the middle" : ""}: ${count} forms begun within ${within / 1000} s, ${result.attempts} requests, ${result.dropped} dropped by their clients`,
          `acknowledged ${result.acknowledged}, the last after ${(result.lastAcknowledged / 1000).toFixed(1)} s`,
          `from a client's first attempt to its acknowledgement: median ${percentile(result.waits, 0.5).toFixed(0)} ms, p95 ${percentile(result.waits, 0.95).toFixed(0)} ms, longest ${Math.max(...result.waits).toFixed(0)} ms`,
          `lost ${proof.lost.length}, doubled ${proof.doubled.length}, half-written ${proof.halfWritten.length}, gaps in the log ${proof.gaps}`,
          ...result.refused.slice(0, 10),
        ].join("\n"),
      );
    if (faults + proof.gaps > 0 || result.lastAcknowledged > 180_000) process.exitCode = 1;
  } finally {
    for (const server of servers) await server.stop();
    if (option("data", "") === "") rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
