import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { isRunning, processesIn, readPidFile } from "../src/platform/postgres/server-process.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the database servers of this run have their folders; nothing is there before a test asks. */
    databaseFolder: string;
  }
}

const PREFIX = "jiheng-test-";

/** For vitest: one folder for the servers of a run, which end with it however the run ends. */
export function setup(project: TestProject): () => Promise<void> {
  const name = `${PREFIX}${process.pid}-`;
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), name));
  project.provide("databaseFolder", folder);
  return () => removeServers(folder);
}

/** Of runs that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) void removeServers(join(tmpdir(), name));
  }
}

async function removeServers(folder: string): Promise<void> {
  for (const server of readdirSync(folder)) {
    const cluster = join(folder, server, "postgres");
    const pid = readPidFile(cluster)?.pid;
    if (pid !== undefined && processesIn(cluster).includes(pid)) process.kill(pid, "SIGQUIT");
    for (let tries = 0; tries < 200 && processesIn(cluster).length > 0; tries++)
      await new Promise((done) => setTimeout(done, 10));
  }
  rmSync(folder, { recursive: true, force: true });
}
