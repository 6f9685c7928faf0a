// A region far larger than any there is, on a server as it is installed:
//   node bench/million-rows.ts fill --data DIR       fills an empty folder, some ten minutes
//   node bench/million-rows.ts measure --data DIR    overview, search and export over HTTP
import { chmodSync, mkdirSync } from "node:fs";
import { migrate } from "../apps/server/src/platform/database/migrate.ts";
import { MIGRATIONS } from "../apps/server/src/platform/database/migrations/index.ts";
import { openDatabase } from "../apps/server/src/platform/database/open-database.ts";
import { hashPassword } from "../apps/server/src/platform/passwords/hash-password.ts";
import { startPostgres } from "../apps/server/src/platform/postgres/start-postgres.ts";
import { DEFAULT_SETTINGS } from "../apps/server/src/platform/settings/settings.ts";
import { fillRegion, PROMISED } from "../apps/server/test/large-region.ts";

const QUIET = { info() {}, warn() {}, error: (message: string) => console.error(message) };
const PASSWORD = "large-region-drill-1";

function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise);
}

async function fill(dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: QUIET });
  const database = openDatabase(postgres.connection, { log: QUIET, statementTimeout: 0, lockTimeout: 0 });
  const from = performance.now();
  try {
    const migrated = await migrate(database.db, MIGRATIONS, QUIET);
    if (migrated.kind === "refused") throw new Error(migrated.message);
    const passwordHash = await hashPassword(PASSWORD, DEFAULT_SETTINGS.password);
    await fillRegion(database.db, PROMISED, {
      passwordHash,
      say: (words) => console.error(`${((performance.now() - from) / 1000).toFixed(0)} s: ${words}`),
    });
  } finally {
    await database.close();
    await postgres.stop();
  }
}

if (process.argv[2] === "fill") await fill(option("data", ""));
