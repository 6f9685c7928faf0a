import { inTransaction } from "../platform/database/open-database.ts";
import type { JobHandlers } from "../platform/jobs/jobs.ts";
import type { Settings } from "../platform/settings/settings.ts";
import type { Platform } from "../platform/work.ts";
import { processImport, unfinishedImports } from "./imports/index.ts";
import { deliver } from "./webhooks/index.ts";

/** What each job does. */
export function jobHandlers(platform: Platform, { webhooks }: Pick<Settings, "webhooks">): JobHandlers {
  return {
    import: (job, signal) => processImport(platform, job, signal),
    deliveries: ({ region }, signal) => deliver(platform, region, webhooks, signal),
  };
}

/** Asks again for all that is not done: the queue itself is not in a backup, and what was lost with a process is found here. */
export async function resumeJobs({ db, jobs }: Platform): Promise<void> {
  for (const { region, id } of await unfinishedImports(db))
    await inTransaction(db, (inside) => jobs.enqueue(inside, { name: "import", region, id }));
}
