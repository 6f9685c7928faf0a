// Kills a server and its database without warning, again and again, while clients write, and then looks for every row it acknowledged:
//   node bench/kill-drill.ts [--subject rows|served] [--kills 40] [--seed 1] [--lanes 8] [--data DIR] [--json]
// What is killed is a subject: how to start it, write to it and read back. `rows` is the smallest that is real: the supervisor, the
// pool and transactions of the server behind an HTTP door. `served` is the whole server (bench/served-subject.ts).
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { processesIn, readPidFile } from "../apps/server/src/platform/postgres/server-process.ts";
import { firstLine } from "./first-line.ts";
import { option } from "./installed-server.ts";

/** What the drill kills. */
export interface Subject {
  /** Starts the server's process. */
  readonly spawn: () => ChildProcess;
  /** Waits until the process takes requests; fails when it ends before. */
  readonly ready: (child: ChildProcess) => Promise<void>;
  /** Process id of the database's main process, or null while there is none. */
  readonly databasePid: () => number | null;
  /** Writes what belongs to the id, all or nothing, and the same once however often it is asked. True only when it was acknowledged. */
  readonly write: (id: number) => Promise<boolean>;
  /** Everything that is there at the end, as it is: `whole` says whether all that belongs to the id is. */
  readonly readBack: () => Promise<readonly { readonly id: number; readonly whole: boolean }[]>;
  /** Asks the process to stop. */
  readonly stop: (child: ChildProcess) => Promise<void>;
}

/** How hard and how long. */
export interface DrillOptions {
  readonly kills: number;
  readonly seed: number;
  /** Clients that write at the same time. */
  readonly lanes: number;
  /** Longest quiet between being ready and the next kill, in milliseconds. */
  readonly longestQuiet: number;
  readonly say?: (line: string) => void;
}

/** What the drill saw. Lost, torn and doubled name ids: there must be none. */
export interface DrillResult {
  readonly kills: Readonly<Record<Victim, number>>;
  readonly acknowledged: number;
  /** Written, though the client never heard so: allowed. */
  readonly unheard: number;
  readonly lost: readonly number[];
  readonly torn: readonly number[];
  readonly doubled: readonly number[];
  /** Milliseconds from each kill to the next acknowledged write. */
  readonly recovery: readonly number[];
  readonly seconds: number;
}

type Victim = "server" | "database" | "both" | "starting";

/** After this long without an acknowledged write, it did not start by itself. */
const TOO_LONG = 60_000;

/** Runs the drill. Throws when the subject does not come back by itself. */
export async function killDrill(subject: Subject, options: DrillOptions): Promise<DrillResult> {
  const { kills, lanes, longestQuiet, say = () => {} } = options;
  const chance = mulberry32(options.seed);
  const from = performance.now();
  const acknowledged = new Set<number>();
  const recovery: number[] = [];
  const counts: Record<Victim, number> = { server: 0, database: 0, both: 0, starting: 0 };
  let nextId = 1;
  let writing = true;
  let waitingSince = 0;
  let lastHeard = 0;
  /** Waits for the acknowledgement of a write that was begun after now. */
  const heardAnew = async () => {
    waitingSince = performance.now();
    lastHeard = 0;
    await until(() => lastHeard > 0);
  };
  const lane = async () => {
    while (writing) {
      const id = nextId++;
      // As a client does: the same request until it is answered.
      for (;;) {
        const begun = performance.now();
        if (await subject.write(id)) {
          acknowledged.add(id);
          if (begun >= waitingSince) lastHeard = performance.now();
          break;
        }
        if (!writing) return;
        await sleep(20);
      }
    }
  };
  let child = await started(subject);
  const lanesDone = Promise.all(Array.from({ length: lanes }, lane));
  try {
    for (let kill = 1; kill <= kills; kill++) {
      await heardAnew();
      await sleep(chance() * longestQuiet);
      const victim = pick(chance());
      counts[victim] += 1;
      const at = performance.now();
      const killed = victim === "database" || victim === "both" ? killNow(subject.databasePid()) : null;
      if (victim !== "database") {
        await ended(child);
        child = subject.spawn();
        if (victim === "starting") {
          await sleep(chance() * 600);
          await ended(child);
          child = subject.spawn();
        }
        await subject.ready(child);
      }
      // The sessions of a killed database may commit for a few milliseconds more; only the next one shows that it is back.
      if (killed !== null) await until(() => ![killed, null].includes(subject.databasePid()));
      await heardAnew();
      recovery.push(lastHeard - at);
      say(
        `${kill}/${kills} ${victim}: again after ${(lastHeard - at).toFixed(0)} ms, ${acknowledged.size} acknowledged`,
      );
    }
  } finally {
    writing = false;
    await lanesDone;
    await ended(child);
  }
  // What counts is what a new start finds.
  child = await started(subject);
  const found = await subject.readBack().finally(() => subject.stop(child));
  const seen = new Map<number, number>();
  for (const { id } of found) seen.set(id, (seen.get(id) ?? 0) + 1);
  return {
    kills: counts,
    acknowledged: acknowledged.size,
    unheard: [...seen.keys()].filter((id) => !acknowledged.has(id)).length,
    lost: [...acknowledged].filter((id) => !seen.has(id)),
    torn: found.filter(({ whole }) => !whole).map(({ id }) => id),
    doubled: [...seen].filter(([, times]) => times > 1).map(([id]) => id),
    recovery,
    seconds: (performance.now() - from) / 1000,
  };
}

function pick(share: number): Victim {
  if (share < 0.35) return "server";
  if (share < 0.65) return "database";
  return share < 0.9 ? "both" : "starting";
}

async function started(subject: Subject): Promise<ChildProcess> {
  const child = subject.spawn();
  await subject.ready(child);
  return child;
}

async function until(condition: () => boolean): Promise<void> {
  for (const since = performance.now(); !condition(); await sleep(5))
    if (performance.now() - since > TOO_LONG)
      throw new Error("it did not come back by itself within a minute");
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGKILL");
  await gone;
}

function killNow(pid: number | null): number | null {
  try {
    if (pid !== null) process.kill(pid, "SIGKILL");
    return pid;
  } catch {
    // It is down at this moment, which is as good.
    return null;
  }
}

/** The same moments for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SERVER = join(import.meta.dirname, "../apps/server/test/processes/kill-drill-server.ts");

/** The rows of apps/server/test/processes/kill-drill-server.ts. `settings` go to PostgreSQL. */
export function rowsSubject(dataDir: string, settings: Readonly<Record<string, string>> = {}): Subject {
  let door = "";
  return {
    spawn: () =>
      spawn(process.execPath, [SERVER, dataDir, JSON.stringify(settings)], {
        stdio: ["ignore", "pipe", "inherit"],
      }),
    ready: async (child) => {
      door = await firstLine(child);
    },
    databasePid: () => readPidFile(join(dataDir, "postgres"))?.pid ?? null,
    write: async (id) => {
      try {
        const answer = await fetch(`${door}/write/${id}`, {
          method: "POST",
          signal: AbortSignal.timeout(10_000),
        });
        await answer.text();
        return answer.ok;
      } catch {
        return false;
      }
    },
    readBack: async () => {
      const answer = await fetch(`${door}/all`);
      if (!answer.ok) throw new Error(`reading back was answered ${answer.status}`);
      return (await answer.json()) as { id: number; whole: boolean }[];
    },
    stop: async (child) => {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function main(): Promise<void> {
  const folder = option("data", "") || mkdtempSync(join(tmpdir(), "jiheng-kill-drill-"));
  chmodSync(folder, 0o755);
  const isJson = process.argv.includes("--json");
  const subject =
    option("subject", "rows") === "served"
      ? await (await import("./served-subject.ts")).servedSubject(folder)
      : rowsSubject(folder);
  const result = await killDrill(subject, {
    kills: Number(option("kills", "40")),
    seed: Number(option("seed", "1")),
    lanes: Number(option("lanes", "8")),
    longestQuiet: 1_500,
    say: (line) => console.error(line),
  });
  const left = processesIn(join(folder, "postgres")).length;
  if (option("data", "") === "") rmSync(folder, { recursive: true, force: true });
  const sorted = [...result.recovery].sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const faults = result.lost.length + result.torn.length + result.doubled.length + left;
  if (isJson) console.log(JSON.stringify({ ...result, left }));
  else
    console.log(
      [
        `kills: ${Object.entries(result.kills)
          .map(([victim, times]) => `${victim} ${times}`)
          .join(", ")}`,
        `acknowledged ${result.acknowledged}, lost ${result.lost.length}, half-written ${result.torn.length}, doubled ${result.doubled.length}; written unheard ${result.unheard}`,
        `from a kill to the next acknowledged write: median ${median.toFixed(0)} ms, longest ${(sorted.at(-1) ?? 0).toFixed(0)} ms`,
        `processes left: ${left}; ${result.seconds.toFixed(0)} s`,
      ].join("\n"),
    );
  if (faults > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
