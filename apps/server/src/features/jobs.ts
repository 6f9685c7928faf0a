import { inTransaction } from "../platform/database/open-database.ts";
import type { JobHandlers } from "../platform/jobs/jobs.ts";
import type { Settings } from "../platform/settings/settings.ts";
import type { Platform } from "../platform/work.ts";
import { countOpenImports, processImport, unfinishedImports } from "./imports/index.ts";
import { countOpenDeliveries, deliver } from "./webhooks/index.ts";

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

/** What is left to be done, for the operator: imports and deliveries by state. */
export async function countJobs({ db }: Pick<Platform, "db">): Promise<Record<string, number>> {
  const [imports, deliveries] = await Promise.all([countOpenImports(db), countOpenDeliveries(db)]);
  return Object.fromEntries([
    ...imports.map(({ state, count }) => [`import-${state}`, count] as const),
    ...deliveries.map(({ state, count }) => [`delivery-${state}`, count] as const),
  ]);
}
