import { statfsSync } from "node:fs";
import { sql } from "kysely";
import { appliedMigrations, misfit } from "../database/migrate.ts";
import { MIGRATIONS } from "../database/migrations/index.ts";
import type { Platform } from "../work.ts";

/** One thing that must be in order before requests are sent here: null, or what is wrong, without a name or an address. */
export type ReadinessCheck = () => Promise<string | null>;

/** How long a check may take. */
const PATIENCE = 2_000;
/** Free bytes below which saving is about to fail. */
const LEAST_FREE = 200 * 2 ** 20;

/** The checks every server has: its database answers and has the shape this program needs. */
export function databaseChecks(platform: Platform): Record<string, ReadinessCheck> {
  return {
    database: async () => {
      await sql`select 1`.execute(platform.db);
      return null;
    },
    migrations: async () => {
      const applied = (await appliedMigrations(platform.db)) ?? [];
      if (misfit(applied, MIGRATIONS)) return "unknown migration";
      return applied.length === MIGRATIONS.length ? null : "migrations are missing";
    },
  };
}

/** Whether the disk of a folder has room. */
export function diskCheck(folder: string): ReadinessCheck {
  return async () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < LEAST_FREE ? "disk is almost full" : null;
  };
}

/** Runs the checks at once, each bounded in time. */
export async function readiness(
  checks: Readonly<Record<string, ReadinessCheck>>,
): Promise<{ readonly isReady: boolean; readonly checks: Record<string, string> }> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await bounded(check)] as const),
  );
  return {
    isReady: results.every(([, wrong]) => wrong === null),
    checks: Object.fromEntries(results.map(([name, wrong]) => [name, wrong ?? "ok"])),
  };
}

async function bounded(check: ReadinessCheck): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((done) => {
    timer = setTimeout(done, PATIENCE, "no answer in time");
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}
