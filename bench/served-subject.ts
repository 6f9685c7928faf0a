// The whole server as the subject of bench/kill-drill.ts: a write is a project added to the library over HTTP, with its event and its
// idempotency key; what is read back are the three tables they stand in.
import { join } from "node:path";
import { readPidFile } from "../apps/server/src/platform/postgres/server-process.ts";
import { firstLine } from "./first-line.ts";
import {
  apiAt,
  freePort,
  inDatabase,
  logInAs,
  type Person,
  spawnInstalled,
  stopped,
} from "./installed-server.ts";
import type { Subject } from "./kill-drill.ts";

/** The drill stands for many people, whom the limits of one do not hold. */
const UNLIMITED = { JIHENG_RATE_ACCOUNT: "1000000", JIHENG_RATE_ADDRESS: "1000000" };

interface Known {
  readonly person: Person;
  readonly unit: string;
}

/** `jiheng serve --demo` on a folder, as it is installed. The first start loads the demonstration. */
export async function servedSubject(dataDir: string): Promise<Subject> {
  const port = await freePort();
  let known: Known | null = null;
  return {
    spawn: () => spawnInstalled(dataDir, { port, env: UNLIMITED }),
    ready: async (child) => {
      await firstLine(child);
      // Sessions stand in the database: the first outlives every kill.
      known ??= await someUnit(apiAt(port));
    },
    databasePid: () => readPidFile(join(dataDir, "postgres"))?.pid ?? null,
    write: async (id) => {
      if (known === null) return false;
      const { person, unit } = known;
      let status: number;
      try {
        const answer = await person.ask("/projects", {
          method: "POST",
          body: { name: `演练项目${id}`, code: `drill-${id}`, unit },
          key: `kill-drill-${id}`,
          signal: AbortSignal.timeout(15_000),
        });
        status = answer.status;
      } catch {
        return false;
      }
      // Anything but an acknowledgement or a machine that is away is a fault of the server, not of the moment.
      if (status >= 400 && status < 500 && status !== 409)
        throw new Error(`the write was answered ${status}`);
      return status < 300;
    },
    readBack: () => readBack(dataDir),
    stop: stopped,
  };
}

async function someUnit(api: string): Promise<Known> {
  const person = await logInAs(api, "caizheng");
  const { items } = (await person.done("/organisations?limit=200")).body;
  const unit = (items as { id: string; kind: string }[]).find(({ kind }) => kind === "unit")?.id;
  if (unit === undefined) throw new Error("the demonstration has no unit");
  return { person, unit };
}

function readBack(dataDir: string) {
  return inDatabase(dataDir, async ({ pool }) => {
    // Whole: the project, its one event, its key, and a chain without a gap.
    const { rows } = await pool.query<{ id: number; whole: boolean }>(`
      with chain as (select count(*) = max(seq) and max(seq) = (select max(seq) from event_head) as whole from event)
      select substr(project.code, 7)::int as id,
        (select whole from chain) and count(event.seq) = 1
          and exists (select from idempotency i where i.key = 'kill-drill-' || substr(project.code, 7)) as whole
      from project left join event on event.region = project.region and event.subject = project.id
      where project.code like 'drill-%' group by project.id, project.code`);
    return rows;
  });
}
