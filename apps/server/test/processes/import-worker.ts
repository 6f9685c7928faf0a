// A process that does jobs and nothing else: jobs.test.ts kills it at its work.
import { jobHandlers, resumeJobs } from "../../src/features/jobs.ts";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import { createDocuments } from "../../src/platform/documents/documents.ts";
import { newId } from "../../src/platform/ids.ts";
import { createJobs } from "../../src/platform/jobs/jobs.ts";
import { DEFAULT_SETTINGS } from "../../src/platform/settings/settings.ts";

const connection = JSON.parse(process.argv[2] ?? "{}");
const log = { info() {}, warn() {}, error: (message: string) => console.error(message) };
const { db } = openDatabase(connection, { log, poolSize: 4 });
const jobs = createJobs(connection, log);
const documents = createDocuments({ threads: 1 });
const platform = { db, now: () => new Date(), newId, documents, jobs };
await jobs.start(jobHandlers(platform, DEFAULT_SETTINGS));
await resumeJobs(platform);
await resumeJobs(platform);
console.log("working");
