// The whole server as the subject of bench/kill-drill.ts: a write is a project added to the library over HTTP, with its event and its
// idempotency key; what is read back are the three tables they stand in.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { openDatabase } from "../apps/server/src/platform/database/open-database.ts";
import { readPidFile } from "../apps/server/src/platform/postgres/server-process.ts";
import { startPostgres } from "../apps/server/src/platform/postgres/start-postgres.ts";
import { firstLine } from "./first-line.ts";
import type { Subject } from "./kill-drill.ts";

const PROGRAM = join(import.meta.dirname, "../apps/cli/bin/jiheng.js");
const QUIET = { info() {}, warn() {}, error: (message: string) => console.error(message) };
/** The drill stands for many people, whom the limits of one do not hold. */
const UNLIMITED = { JIHENG_RATE_ACCOUNT: "1000000", JIHENG_RATE_ADDRESS: "1000000" };

interface Known {
  readonly headers: Record<string, string>;
  readonly unit: string;
}

/** `jiheng serve --demo` on a folder, as it is installed. The first start loads the demonstration. */
export async function servedSubject(dataDir: string): Promise<Subject> {
  const port = await freePort();
  const api = `http://127.0.0.1:${port}/api/v1`;
  let known: Known | null = null;
  return {
    spawn: () =>
      spawn(process.execPath, [PROGRAM, "serve", "--data", dataDir, "--demo", "--port", String(port)], {
        stdio: ["ignore", "pipe", "ignore"],
        env: { ...process.env, ...UNLIMITED, JIHENG_LOG_LEVEL: "silent" },
      }),
    ready: async (child) => {
      await firstLine(child);
      // Sessions stand in the database: the first outlives every kill.
      known ??= await logIn(api);
    },
    databasePid: () => readPidFile(join(dataDir, "postgres"))?.pid ?? null,
    write: async (id) => {
      if (known === null) return false;
      try {
        const answer = await fetch(`${api}/projects`, {
          method: "POST",
          headers: {
            ...known.headers,
            "content-type": "application/json",
            "idempotency-key": `kill-drill-${id}`,
          },
          body: JSON.stringify({ name: `演练项目${id}`, code: `drill-${id}`, unit: known.unit }),
          signal: AbortSignal.timeout(15_000),
        });
        await answer.text();
        // Anything but an acknowledgement or a machine that is away is a fault of the server, not of the moment.
        if (answer.status >= 400 && answer.status < 500 && answer.status !== 409)
          throw new TypeError(`the write was answered ${answer.status}`);
        return answer.ok;
      } catch (error) {
        if (error instanceof TypeError && error.message.startsWith("the write")) throw error;
        return false;
      }
    },
    readBack: () => readBack(dataDir),
    stop: async (child: ChildProcess) => {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function logIn(api: string): Promise<Known> {
  const answer = await fetch(`${api}/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login: "caizheng", password: "jiheng-demo" }),
  });
  if (!answer.ok) throw new Error(`the login was answered ${answer.status}: ${await answer.text()}`);
  const { csrf } = (await answer.json()) as { csrf: string };
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const headers = { cookie, "x-csrf-token": csrf };
  const bodies = await fetch(`${api}/organisations?limit=200`, { headers });
  const { items } = (await bodies.json()) as { items: { id: string; kind: string }[] };
  const unit = items.find(({ kind }) => kind === "unit")?.id;
  if (unit === undefined) throw new Error("the demonstration has no unit");
  return { headers, unit };
}

async function readBack(dataDir: string) {
  const postgres = await startPostgres({ dataDir, log: QUIET });
  const { pool, close } = openDatabase(postgres.connection, { log: QUIET });
  try {
    // Whole: the project, its one event, its key, and a chain without a gap.
    const { rows } = await pool.query<{ id: number; whole: boolean }>(`
      with chain as (select count(*) = max(seq) and max(seq) = (select max(seq) from event_head) as whole from event)
      select substr(project.code, 7)::int as id,
        (select whole from chain) and count(event.seq) = 1
          and exists (select from idempotency i where i.key = 'kill-drill-' || substr(project.code, 7)) as whole
      from project left join event on event.region = project.region and event.subject = project.id
      where project.code like 'drill-%' group by project.id, project.code`);
    return rows;
  } finally {
    await close();
    await postgres.stop();
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
