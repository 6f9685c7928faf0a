import type { Form } from "@jiheng/domain";
import type { DocumentResult } from "@jiheng/importers";
import { DatabaseUnavailable, translateDatabaseError } from "../../platform/database/database-unavailable.ts";
import type { NotWritten } from "../../platform/documents/tasks.ts";
import { byAccount } from "../../platform/http/who-calls.ts";
import { done, type Refused } from "../../platform/outcome.ts";
import { type Caller, carryOut, type Platform, type Work } from "../../platform/work.ts";
import { blobOf, reviewAlone } from "../submissions/index.ts";
import { kindOf, placeForm } from "./place-form.ts";
import type { FileReport, FormOutcome, FormReport } from "./report.ts";
import {
  countFiles,
  endImport,
  type FileRow,
  type ImportRow,
  importOf,
  lockFile,
  nextWaiting,
  writeFile,
} from "./store.ts";

/** What came of reading a file. */
export type ReadFile =
  | { readonly kind: "read"; readonly document: Extract<DocumentResult, { kind: "document" }>["document"] }
  /** `notMade`: it was not even tried, because the machine is busy or stops; the file itself may be in order. */
  | { readonly kind: "unread"; readonly says: string; readonly notMade?: NotWritten };

/** Reads a kept file in a thread. */
export async function readKept(
  { db, documents }: Platform,
  region: string,
  { name, sha256 }: Pick<FileRow, "name" | "sha256">,
  signal?: AbortSignal,
): Promise<ReadFile> {
  const bytes = await blobOf(db, region, sha256);
  if (!bytes) return { kind: "unread", says: `“${name}”的原文件不在了，请重新上传。` };
  const result = await documents.run({ type: "read", name, bytes, sha256 }, signal);
  if (result.kind === "document") return { kind: "read", document: result.document };
  if ("what" in result) return { kind: "unread", says: `${result.what}。${result.remedy}。` };
  return { kind: "unread", says: result.says, ...(result.passing ? { notMade: result } : {}) };
}

/**
 * Does an import, file by file and form by form, each form in a transaction of its own with its line of the report: whoever takes it up
 * after a kill goes on with the first form that has no outcome. Two processes at once do nothing twice, since a file's row is locked.
 */
export async function processImport(
  platform: Platform,
  { region, id }: { readonly region: string; readonly id: string },
  signal: AbortSignal,
): Promise<void> {
  const job = await importOf(platform.db, region, id);
  if (!job) return;
  const caller = await byAccount(platform, region, job.by);
  const faults: unknown[] = [];
  for (;;) {
    if (signal.aborted) return;
    const file = await nextWaiting(platform.db, region, id);
    if (!file) break;
    const read: ReadFile = caller
      ? await readKept(platform, region, file, signal).catch((error) => {
          faults.push(requireFault(error));
          return { kind: "unread", says: FAULT };
        })
      : { kind: "unread", says: "导入的人已停用，请由在任人员重新导入。" };
    if (signal.aborted) return;
    // Taken up again by the queue; a file is given up only for what it is.
    if (read.kind === "unread" && read.notMade) throw new Error(`not read now: ${read.notMade.passing}`);
    faults.push(...(await doFile(platform, caller ?? nobody(region, job), job, file.position, read, signal)));
  }
  await finish(platform, caller ?? nobody(region, job), id);
  // The import is done; the queue logs what was wrong with the program, and finds nothing left when it comes again.
  if (faults.length > 0) throw faults[0];
}

const FAULT = "处理时程序出错，已记入日志。可以再试；仍然不行的，请把原文件交给系统管理员。";

/** A bug met on one file must not hold up the others; a database that is away holds up everything, and is thrown on. */
function requireFault(error: unknown): unknown {
  const translated = translateDatabaseError(error);
  if (translated instanceof DatabaseUnavailable) throw translated;
  return error;
}

function nobody(region: string, { by, by_name: name }: ImportRow): Caller {
  return { region, actor: { account: by, name, grants: [], recused: [] }, scopes: null };
}

function reportOf(read: ReadFile, job: ImportRow): FileReport {
  if (read.kind === "unread") return { says: read.says, notes: [], forms: [] };
  const { notes, forms } = read.document;
  return {
    says: forms.length === 0 ? "文件中没有绩效自评表。" : null,
    notes,
    forms: forms.map((form, index) => ({
      index,
      kind: kindOf(form, job.kind),
      project: form.project,
      projectCode: form.projectCode,
      unit: form.unit,
      department: form.department,
      year: form.year,
      rows: form.indicators.length,
      notes: form.notes,
      answers: [],
      checked: null,
      outcome: null,
    })),
  };
}

/** Runs with the file's row locked; does nothing where another process was first. */
function withFile(
  platform: Platform,
  caller: Caller,
  job: ImportRow,
  position: number,
  work: (work: Work, file: FileRow) => Promise<void>,
) {
  return carryOut(platform, caller, async (inside) => {
    const file = await lockFile(inside.db, caller.region, job.id, position);
    if (file?.state === "waiting") await work(inside, file);
    return done(null);
  });
}

async function doFile(
  platform: Platform,
  caller: Caller,
  job: ImportRow,
  position: number,
  read: ReadFile,
  signal: AbortSignal,
): Promise<unknown[]> {
  const faults: unknown[] = [];
  const fresh = reportOf(read, job);
  const forms: readonly Form[] = read.kind === "read" ? read.document.forms : [];
  const isFailed = forms.length === 0;
  await withFile(platform, caller, job, position, async ({ db }, file) => {
    const report = isFailed ? fresh : (file.report ?? fresh);
    await writeFile(db, caller.region, job.id, position, { state: isFailed ? "failed" : "waiting", report });
    await countFiles(db, caller.region, job.id);
  });
  for (const [index, form] of forms.entries()) {
    if (signal.aborted) return faults;
    const fault = await doForm(platform, caller, job, position, form, index);
    if (fault !== null) faults.push(fault);
  }
  await withFile(platform, caller, job, position, async ({ db }, { report }) => {
    if (report?.forms.some(({ outcome }) => outcome === null)) return;
    await writeFile(db, caller.region, job.id, position, { state: isFailed ? "failed" : "done", report });
    await countFiles(db, caller.region, job.id);
  });
  return faults;
}

/** Gives a form its outcome; what the program did wrong on the way is handed back, null if nothing. */

async function doForm(
  platform: Platform,
  caller: Caller,
  job: ImportRow,
  position: number,
  form: Form,
  index: number,
): Promise<unknown> {
  const decide = (place: (work: Work, file: FileRow) => Promise<FormOutcome | Refused>) =>
    carryOut(platform, caller, async (work) => {
      const file = await lockFile(work.db, caller.region, job.id, position);
      const line = file?.report?.forms[index];
      if (file?.state !== "waiting" || !file.report || !line || line.outcome !== null) return done(null);
      const outcome = await place(work, file);
      if (outcome.kind === "refused") return outcome;
      const { checked } =
        outcome.kind === "unsettled" && outcome.code !== "fault"
          ? await reviewAlone(work, form, kindOf(form, job.kind) ?? "self-evaluation")
          : { checked: null };
      await writeFile(work.db, caller.region, job.id, position, {
        state: "waiting",
        report: withOutcome(file.report, index, outcome, { checked }),
      });
      return done(null);
    });
  const leave = (code: string, says: string) =>
    decide(async () => ({ kind: "unsettled", code, says, candidates: [] }));
  try {
    const placed = await decide(async (work, file) => {
      const outcome = await placeForm(work, job, form, file.name);
      return outcome.kind === "refused" ? outcome : outcome.value;
    });
    // What was refused was rolled back; that it was, and why, is the form's line.
    if (placed.kind === "refused") await leave(placed.code, saysOf(placed));
    return null;
  } catch (error) {
    const fault = requireFault(error);
    await leave("fault", FAULT);
    return fault;
  }
}

/** A refusal in one sentence, with the places it names. */
function saysOf({ detail, errors = [] }: Refused): string {
  const places = errors.slice(0, 5).map(({ at, says }) => `${at}${says}`);
  return places.length > 0 ? `${detail}（${places.join("；")}）` : detail;
}

/** The report with what became of a form. */
export function withOutcome(
  report: FileReport,
  index: number,
  outcome: FormOutcome,
  more: Partial<Pick<FormReport, "checked" | "answers" | "under">> = {},
): FileReport {
  return {
    ...report,
    forms: report.forms.map(
      (line): FormReport => (line.index === index ? { ...line, ...more, outcome } : line),
    ),
  };
}

/** Ends the import and records it; whoever comes second changes nothing. */
async function finish(platform: Platform, caller: Caller, id: string): Promise<void> {
  await carryOut(platform, caller, async (work) => {
    const { db, at } = work;
    if (!(await endImport(db, caller.region, id, at))) return done(null);
    const ended = await importOf(db, caller.region, id);
    if (!ended) return done(null);
    const { year, failed } = ended;
    work.record(
      { kind: "import", id, year },
      { type: "import.finished", import: id, purpose: "forms", done: ended.done - failed, failed },
    );
    return done(null);
  });
}
