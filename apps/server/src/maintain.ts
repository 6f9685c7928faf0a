import { backupToFile } from "./platform/database/backup.ts";
import { migrate } from "./platform/database/migrate.ts";
import { MIGRATIONS } from "./platform/database/migrations/index.ts";
import { type Database, openDatabase } from "./platform/database/open-database.ts";
import { restoreFromFile } from "./platform/database/restore.ts";
import { appendEvents, type PendingEvent } from "./platform/event-log/append.ts";
import type { Log } from "./platform/log.ts";
import { startPostgres } from "./platform/postgres/start-postgres.ts";

/** Where an installation is: its folder, or the URL of its database. */
export interface Installation {
  readonly dataDir: string;
  readonly database?: string | undefined;
  readonly log: Log;
}

/** It was done, or not, and why, in Chinese. */
export type Maintained =
  | { readonly kind: "done"; readonly says: string }
  | { readonly kind: "refused"; readonly says: string };

async function withDatabase<T>(
  { dataDir, database: url, log }: Installation,
  { mayInitialise }: { readonly mayInitialise: boolean },
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const postgres = url === undefined ? await startPostgres({ dataDir, log, mayInitialise }) : null;
  try {
    const database = openDatabase(postgres?.connection ?? { url: url ?? "" }, { log, statementTimeout: 0 });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await postgres?.stop();
  }
}

/** In every region's log: what is done to all of them together. */
async function recordEverywhere({ db }: Database, at: Date, event: PendingEvent["event"]): Promise<void> {
  const regions = await db.selectFrom("region").select("region").execute();
  for (const { region } of regions)
    await db.transaction().execute((transaction) =>
      appendEvents(transaction, region, [
        {
          event,
          subject: { kind: "installation", id: null, year: null },
          author: { account: null, name: "命令行" },
          at,
        },
      ]),
    );
}

/** Writes a backup of an installation, running or not, into a new file. */
export function backupInstallation(
  installation: Installation,
  file: string,
  { now, overwrite = false }: { readonly now: () => Date; readonly overwrite?: boolean },
): Promise<Maintained> {
  return withDatabase(installation, { mayInitialise: false }, async (database) => {
    const made = await backupToFile(database, file, { madeAt: now(), overwrite });
    if (made.kind === "refused") return { kind: "refused", says: made.message };
    const { rows } = made.seal;
    // Recorded after the fact: a backup that failed was none.
    await recordEverywhere(database, now(), { type: "backup.made", sha256: made.sha256, rows });
    return {
      kind: "done",
      says: `已备份 ${rows} 行，${made.bytes} 字节。文件摘要（SHA-256）：${made.sha256}。请与文件分开保存，恢复前核对。`,
    };
  });
}

/** Restores a backup into an installation that holds nothing yet. */
export function restoreInstallation(
  installation: Installation,
  file: string,
  { now }: { readonly now: () => Date },
): Promise<Maintained> {
  return withDatabase(installation, { mayInitialise: true }, async (database) => {
    const restored = await restoreFromFile(file, database, MIGRATIONS, installation.log);
    if (restored.kind === "refused") return { kind: "refused", says: restored.message };
    const migrated = await migrate(database.db, MIGRATIONS, installation.log);
    if (migrated.kind === "refused") return { kind: "refused", says: migrated.message };
    const { rows, sha256 } = restored.seal;
    await recordEverywhere(database, now(), { type: "backup.restored", sha256, rows });
    return { kind: "done", says: `已恢复 ${rows} 行，备份作于 ${restored.madeAt}，内容逐行核对无误。` };
  });
}
