import type { Transaction } from "kysely";
import { fromKysely, PgBoss } from "pg-boss";
import type { DatabaseAddress } from "../database/open-database.ts";
import type { Schema } from "../database/schema.ts";
import type { Log } from "../log.ts";

/** What outlives a request: files to be read, and events to be sent to other systems. The rows of the features are the truth; a job is the call to look at them. */
export type Job =
  | { readonly name: "import"; readonly region: string; readonly id: string }
  | { readonly name: "deliveries"; readonly region: string };

/** Does the jobs of a name. Aborted when this process stops: what is not done then is done by another one, or after the next start. */
export type JobHandlers = {
  readonly [Name in Job["name"]]: (job: Extract<Job, { name: Name }>, signal: AbortSignal) => Promise<void>;
};

/** The queue as commands see it. */
export interface JobQueue {
  /** In the transaction of the command: the job exists exactly when what it is about does. Asked for twice before it began, it is done once. */
  readonly enqueue: (db: Transaction<Schema>, job: Job) => Promise<void>;
}

/** The queue of a running process. */
export interface Jobs extends JobQueue {
  /** Begins to do jobs. */
  readonly start: (handlers: JobHandlers) => Promise<void>;
  /** Lets handlers finish what they are at, hands the rest back, closes its connections. */
  readonly stop: () => Promise<void>;
}

const NAMES: readonly Job["name"][] = ["import", "deliveries"];
/** A process that was killed is noticed after this many seconds without a sign of life. */
const HEARTBEAT = 10;
const HOUR = 3_600;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const keyOf = (job: Job): string => `${job.region} ${job.name === "import" ? job.id : ""}`;

/** Opens the queue of a database; it keeps its tables in a schema of its own, which backups leave out. Connects with `start`. */
export function createJobs(address: DatabaseAddress, log: Log): Jobs {
  const boss = new PgBoss({
    ...("url" in address ? { connectionString: address.url } : address),
    application_name: "jiheng-jobs",
    max: 3,
    schema: "jobs",
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on("error", (error) => log.warn(`后台任务：${error.message}`));
  boss.on("warning", ({ message }) => log.info(`后台任务：${message}`));
  const stopping = new AbortController();
  let isStarted = false;

  return {
    enqueue: async (db, job) => {
      await boss.send(job.name, job, { singletonKey: keyOf(job), db: fromKysely(db) });
    },
    start: async (handlers) => {
      await boss.start();
      isStarted = true;
      for (const name of NAMES) {
        await boss.createQueue(name, {
          // One that waits is enough: whoever begins it looks at everything there is.
          policy: "short",
          retryLimit: 1_000,
          retryDelay: 2,
          retryBackoff: true,
          retryDelayMax: 300,
          heartbeatSeconds: HEARTBEAT,
          expireInSeconds: 6 * HOUR,
          deleteAfterSeconds: HOUR,
        });
        await boss.work<Job>(name, { pollingIntervalSeconds: 1, batchSize: 1 }, async (batch) => {
          for (const { data } of batch) {
            const handle = handlers[data.name] as (job: Job, signal: AbortSignal) => Promise<void>;
            try {
              await handle(data, stopping.signal);
            } catch (error) {
              log.error(`后台任务 ${data.name}（${keyOf(data).trim()}）没有做成，将再试：${wordsOf(error)}`);
              throw error;
            }
            // Handed back: it fails here and is taken up again elsewhere.
            if (stopping.signal.aborted) throw new Error("this process stops");
          }
        });
      }
    },
    stop: async () => {
      stopping.abort();
      if (isStarted) await boss.stop({ graceful: true, timeout: 15_000 });
    },
  };
}
