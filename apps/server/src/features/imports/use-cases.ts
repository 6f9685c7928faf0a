import { setTimeout as sleep } from "node:timers/promises";
import type {
  Answer,
  answerImportNotes,
  cancelImport,
  downloadAnnotated,
  downloadOriginal,
  getImport,
  importedFileSchema,
  importSchema,
  listImports,
  readImportedForm,
  retryImport,
  settleImport,
  startImport,
  takeImportUnderYear,
  watchImport,
} from "@jiheng/contract/http";
import { describePlace } from "@jiheng/domain";
import type { z } from "zod";
import { BAD_CURSOR, fromCursor, isInstant, toCursor } from "../../platform/cursor.ts";
import { notMade } from "../../platform/documents/not-made.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { Caller, Platform, Work } from "../../platform/work.ts";
import { permittedBody } from "../organisations/index.ts";
import { blobOf, keepBlob, reviewAlone } from "../submissions/index.ts";
import {
  correctablePlaces,
  correctedForm,
  openQuestions,
  questionsOf,
  withAnswer,
  withoutAnswer,
} from "./answers.ts";
import { type Belonging, kindOf, proposeAgain, putInto } from "./place-form.ts";
import { type ReadFile, readKept, withOutcome } from "./process-import.ts";
import type { FormReport, NoteAnswer } from "./report.ts";
import {
  countFiles,
  type FileRow,
  filesOf,
  type ImportRow,
  importOf,
  importPage,
  insertImport,
  lockFile,
  reopenImport,
  stopImport,
  writeFile,
} from "./store.ts";

type AnswerTo<E extends { readonly answer: Answer }> = Promise<Outcome<ReplyOf<E["answer"]>>>;

const UNKNOWN = refused("not-found", "没有这次导入，或者它不在您的范围内。");
const NO_FILE = refused("not-found", "这次导入没有这个文件。");

function presentImport(row: ImportRow): z.input<typeof importSchema> {
  return {
    ...{ id: row.id, year: row.year, organisation: row.organisation, confirms: row.confirms },
    ...{ state: row.state, files: row.files },
    ...{ done: row.done, failed: row.failed, unsettled: row.unsettled, at: row.at.toISOString() },
    ...{ byName: row.by_name, finishedAt: row.finished_at?.toISOString() ?? null },
  };
}

/** What waits has no outcome yet: its forms are shown when they have one. */
function presentFile(file: FileRow, year: number): z.input<typeof importedFileSchema> {
  const { position, name, size, sha256, state, report } = file;
  return {
    ...{ position, name, bytes: Number(size), sha256, state },
    says: report?.says ?? null,
    notes: [...(report?.notes ?? [])] as z.input<typeof importedFileSchema>["notes"],
    forms: (report?.forms ?? []).flatMap((line) => presentForm(line, year)),
  };
}

function presentForm(line: FormReport, chosen: number): z.input<typeof importedFileSchema>["forms"] {
  const { outcome, answers = [], checked = null, under = null, department: _, ...read } = line;
  if (outcome === null) return [];
  const shown = {
    ...{
      ...read,
      year: printedYear(line),
      underYear: under?.year ?? chosen,
      underYearBy: under?.byName ?? null,
    },
    ...{ outcome, answers, checked, open: openQuestions(line) },
  };
  return [shown as unknown as z.input<typeof importedFileSchema>["forms"][number]];
}

/** What a form says at a place of its head: as it was read, or as a person corrected it. */
function saidAt(line: FormReport, place: string, read: string | null): string | null {
  const corrected = line.answers?.find((each) => each.kind === "corrected" && each.place === place);
  return corrected ? corrected.to : read;
}

function printedYear(line: FormReport): number | null {
  const said = saidAt(line, "year", line.year === null ? null : String(line.year));
  return said === null ? null : Number(said);
}

function belongingOf(line: FormReport): Belonging {
  return {
    project: saidAt(line, "project", line.project),
    projectCode: saidAt(line, "projectCode", line.projectCode),
    unit: saidAt(line, "unit", line.unit),
    department: saidAt(line, "department", line.department ?? null),
    year: printedYear(line),
  };
}

const HEAD: readonly string[] = ["year", "project", "projectCode", "unit", "department"];

/** An import the caller may know of: theirs, or of a body whose statistics they see. */
async function seen(
  { db, now }: Pick<Platform, "db" | "now">,
  caller: Caller,
  id: string,
): Promise<Outcome<ImportRow>> {
  const row = await importOf(db, caller.region, id);
  if (!row) return UNKNOWN;
  if (row.by === caller.actor.account) return done(row);
  const permitted = await permittedBody({ db, caller }, "view-statistics", row.organisation, now());
  return permitted.kind === "refused" ? UNKNOWN : done(row);
}

/** An import a command is about, locked: of the one who began it, or of who may import for its body. */
async function reached({ db, caller, at }: Work, id: string): Promise<Outcome<ImportRow>> {
  const row = await importOf(db, caller.region, id, { lock: true });
  if (!row) return UNKNOWN;
  const permitted = await permittedBody({ db, caller }, "import-forms", row.organisation, at);
  if (permitted.kind === "done") return done(row);
  return permitted.code === "out-of-scope" ? UNKNOWN : permitted;
}

/** Keeps the files and leaves the rest to a job. */
export async function begin({
  command,
  body,
  uploads,
}: Call<typeof startImport>): AnswerTo<typeof startImport> {
  if (uploads.length === 0) return refused("invalid-input", "没有收到文件，请选择要导入的文件。");
  return command(async (work) => {
    const { db, caller, at, newId } = work;
    const permitted = await permittedBody(work, "import-forms", body.organisation, at);
    if (permitted.kind === "refused") return permitted;
    const id = newId();
    const { account: by, name: by_name } = caller.actor;
    for (const upload of uploads) await keepBlob(db, caller.region, upload, at);
    await insertImport(
      db,
      {
        ...{ region: caller.region, id, year: body.year, organisation: body.organisation },
        kind: body.kind,
        confirms: body.confirms,
        at,
        by,
        by_name,
      },
      uploads.map(({ name, bytes, sha256 }) => ({ name, size: bytes.length, sha256 })),
    );
    await work.enqueue({ name: "import", region: caller.region, id });
    return current(work, id);
  });
}

async function current({ db, caller }: Pick<Work, "db" | "caller">, id: string) {
  const row = await importOf(db, caller.region, id);
  return row ? done({ body: presentImport(row) }) : UNKNOWN;
}

/** The imports of a body. */
export async function list({
  platform: { db, now },
  caller,
  query,
}: Call<typeof listImports>): AnswerTo<typeof listImports> {
  const permitted = await permittedBody({ db, caller }, "view-statistics", query.organisation, now());
  if (permitted.kind === "refused") return permitted;
  const place = query.after === undefined ? null : fromCursor(query.after, { at: "string", id: "id" });
  if (query.after !== undefined && !(place && isInstant(place.at))) return BAD_CURSOR;
  const rows = await importPage(db, caller.region, query.organisation, place, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next =
    rows.length > page.length && last ? toCursor({ at: last.at.toISOString(), id: last.id }) : null;
  return done({ body: { items: page.map(presentImport), next } });
}

/** One import, file by file. */
export async function detail({
  platform,
  caller,
  params,
}: Call<typeof getImport>): AnswerTo<typeof getImport> {
  const found = await seen(platform, caller, params.import);
  if (found.kind === "refused") return found;
  const files = await filesOf(platform.db, caller.region, params.import);
  return done({
    body: { ...presentImport(found.value), items: files.map((file) => presentFile(file, found.value.year)) },
  });
}

/** How often the rows are looked at: whichever process does the work, they are where it shows. */
const LOOK_EVERY = 500;

/** The state of an import whenever it changes, until it has ended. */
export async function watch({
  platform,
  caller,
  params,
  signal,
}: Call<typeof watchImport>): AnswerTo<typeof watchImport> {
  const found = await seen(platform, caller, params.import);
  if (found.kind === "refused") return found;
  return done({ events: statesOf(platform, caller.region, params.import, signal) });
}

async function* statesOf({ db }: Platform, region: string, id: string, signal: AbortSignal) {
  let told = "";
  while (!signal.aborted) {
    const row = await importOf(db, region, id);
    if (!row) return;
    const state = presentImport(row);
    const text = JSON.stringify(state);
    if (text !== told) yield state;
    told = text;
    if (row.state === "finished" || row.state === "cancelled") return;
    await sleep(LOOK_EVERY, undefined, { signal }).catch(() => {});
  }
}

async function fileOf(
  platform: Platform,
  caller: Caller,
  params: { readonly import: string; readonly position: number },
): Promise<Outcome<FileRow & { readonly bytes: Buffer; readonly year: number }>> {
  const found = await seen(platform, caller, params.import);
  if (found.kind === "refused") return found;
  const [file] = await filesOf(platform.db, caller.region, params.import, params.position);
  const bytes = file ? await blobOf(platform.db, caller.region, file.sha256) : null;
  return file && bytes ? done({ ...file, bytes, year: found.value.year }) : NO_FILE;
}

/** The file as it came. */
export async function original({
  platform,
  caller,
  params,
}: Call<typeof downloadOriginal>): AnswerTo<typeof downloadOriginal> {
  const found = await fileOf(platform, caller, params);
  if (found.kind === "refused") return found;
  const { name, bytes } = found.value;
  return done({ name, media: "application/octet-stream", bytes });
}

/** The file with comments at its cells. */
export async function annotated({
  platform,
  caller,
  params,
  signal,
}: Call<typeof downloadAnnotated>): AnswerTo<typeof downloadAnnotated> {
  const found = await fileOf(platform, caller, params);
  if (found.kind === "refused") return found;
  const { name, bytes, sha256 } = found.value;
  const made = await platform.documents.run({ type: "annotate", name, bytes, sha256 }, signal);
  if (made.kind === "refused") return notMade(made);
  const ending = /\.[^.]+$/.exec(name)?.[0] ?? "";
  const copy = `${name.slice(0, name.length - ending.length)}（批注）${ending}`;
  return done({ name: copy, media: "application/octet-stream", bytes: made.bytes });
}

/** Carries out what a person said about a form; the file is read again, since only the file has its content. */
export async function settle({
  platform,
  caller,
  command,
  params,
  body,
}: Call<typeof settleImport>): AnswerTo<typeof settleImport> {
  const found = await fileOf(platform, caller, params);
  if (found.kind === "refused") return found;
  const read = body.action === "into" ? await readKept(platform, caller.region, found.value) : null;
  if (read?.kind === "unread")
    return read.notMade ? notMade(read.notMade) : refused("unreadable-file", read.says);
  return command(async (work) => {
    const job = await reached(work, params.import);
    if (job.kind === "refused") return job;
    const { region } = work.caller;
    const file = await lockFile(work.db, region, params.import, params.position);
    const line = file?.report?.forms[params.form];
    if (!file?.report || !line) return refused("not-found", "这个文件没有这张表。");
    if (file.state === "waiting" || line.outcome === null)
      return refused("wrong-state", "这个文件还在处理，请稍候。");
    if (line.outcome.kind !== "unsettled")
      return refused(
        "wrong-state",
        line.outcome.kind === "imported" ? "这张表已经导入。" : "这张表已经略过。",
      );
    const write = async (outcome: Parameters<typeof withOutcome>[2]) => {
      const report = withOutcome(file.report as NonNullable<typeof file.report>, params.form, outcome);
      await writeFile(work.db, region, params.import, params.position, { state: file.state, report });
      return done({ body: presentFile({ ...file, report }, job.value.year) });
    };
    if (body.action === "skip") return write({ kind: "skipped", reason: body.reason });
    const asRead = read?.document.forms[params.form];
    if (!asRead) return refused("not-found", "重新读取时没有找到这张表。");
    const corrected = correctedForm(asRead, line.notes, line.answers ?? []);
    if (corrected.kind === "refused") return refused("invalid-input", corrected.says);
    const { form } = corrected;
    const kind = kindOf(form, null) ?? body.kind ?? null;
    if (kind === null)
      return refused("invalid-input", "认不出是哪一种表，请指定。", [{ at: "body.kind", says: "须指定" }]);
    const year = body.year ?? line.under?.year ?? job.value.year;
    if (body.year === undefined && form.year !== null && form.year !== year)
      return refused(
        "wrong-state",
        `表上是${form.year}年度，不能归入${year}年度。请先改按${form.year}年度导入，或把表上的年度更正为${year}。`,
      );
    // Behind the question of the year there may be that of the unit.
    const asked =
      line.outcome.code === "year-differs"
        ? await proposeAgain(work, job.value, { ...belongingOf(line), year: null }, { kind: line.kind, year })
        : line.outcome;
    if (asked.kind === "unsettled" && asked.code === "unit-differs" && !body.confirmsUnit)
      return refused("wrong-state", `${asked.says}核对过的请确认单位。`);
    const outcome = await putInto(work, { year }, form, file.name, {
      project: body.project,
      kind,
      replace: body.replace,
    });
    if (outcome.kind === "refused") return outcome;
    if (outcome.value.kind === "unsettled") return refused("already-exists", outcome.value.says);
    return write(outcome.value);
  });
}

/** One form beside the original it was read from, with what was answered and what the engine says of it. */
export async function readForm({
  platform,
  caller,
  params,
  signal,
}: Call<typeof readImportedForm>): AnswerTo<typeof readImportedForm> {
  const found = await fileOf(platform, caller, params);
  if (found.kind === "refused") return found;
  const { name, bytes, sha256, report, year } = found.value;
  const line = report?.forms[params.form];
  if (!line) return refused("not-found", "这个文件没有这张表。");
  const [shown] = presentForm(line, year);
  if (!shown) return refused("wrong-state", "这个文件还在处理，请稍候。");
  const read = await platform.documents.run(
    { type: "original", name, bytes, sha256, form: params.form },
    signal,
  );
  if (read.kind === "refused")
    return "says" in read ? notMade(read) : refused("unreadable-file", `${read.what}。${read.remedy}。`);
  if (!read.form || !read.original) return refused("not-found", "重新读取时没有找到这张表。");
  const corrected = correctedForm(read.form, line.notes, line.answers ?? []);
  if (corrected.kind === "refused") return refused("unreadable-file", corrected.says);
  const { form } = corrected;
  const at = platform.now();
  const { review } = await reviewAlone({ db: platform.db, caller, at }, form, line.kind ?? "self-evaluation");
  const named = new Set([
    ...Object.keys(read.form.origins),
    ...line.notes.flatMap(({ place }) => place ?? []),
    ...review.findings.flatMap(({ at: places }) => places),
  ]);
  const body = {
    ...{ file: name, year, line: shown, form, review },
    questions: questionsOf(line.notes).map((note) => {
      const place = line.notes[note]?.place ?? null;
      return { note, at: place, title: place === null ? null : titleOf(form, place) };
    }),
    titles: Object.fromEntries([...named].map((place) => [place, titleOf(form, place)])),
    correctable: correctablePlaces(read.form),
    original: read.original,
  };
  return done({ body: body as unknown as ReplyOf<(typeof readImportedForm)["answer"]>["body"] });
}

/** Fields are named by what is printed before them. */
function titleOf(form: Parameters<typeof describePlace>[0], place: string): string {
  const field = /^fields\[(\d+)\]$/.exec(place);
  return field ? (form.fields[Number(field[1])]?.label ?? place) : describePlace(form, place);
}

/** Keeps what a person said about notes of a form that waits to be settled. */
export async function answerNotes({
  platform,
  caller,
  command,
  params,
  body,
}: Call<typeof answerImportNotes>): AnswerTo<typeof answerImportNotes> {
  const found = await fileOf(platform, caller, params);
  if (found.kind === "refused") return found;
  const read: ReadFile | null =
    body.action === "correct" ? await readKept(platform, caller.region, found.value) : null;
  if (read?.kind === "unread")
    return read.notMade ? notMade(read.notMade) : refused("unreadable-file", read.says);
  return command(async (work) => {
    const job = await reached(work, params.import);
    if (job.kind === "refused") return job;
    const { region, actor } = work.caller;
    const file = await lockFile(work.db, region, params.import, params.position);
    const line = file?.report?.forms[params.form];
    if (!file?.report || !line) return refused("not-found", "这个文件没有这张表。");
    if (line.outcome?.kind !== "unsettled")
      return refused("wrong-state", "这张表已经办结，不再确认读取的说明；要更正的请在表中更正。");
    const by = { byName: actor.name, at: work.at.toISOString() };
    let answers: readonly NoteAnswer[] = line.answers ?? [];
    const unknown = (note: number | null): boolean => note !== null && !line.notes[note];
    if (body.action === "accept") {
      if (body.notes.some(unknown)) return refused("invalid-input", "没有这条说明，请刷新后重试。");
      for (const note of body.notes)
        answers = withAnswer(answers, { note, place: null, kind: "accepted", to: null, ...by });
    } else if (unknown(body.note)) return refused("invalid-input", "没有这条说明，请刷新后重试。");
    else if (body.action === "take-back") answers = withoutAnswer(answers, body);
    else {
      const { note, place, to } = body;
      answers = withAnswer(answers, { note, place, kind: "corrected", to: to === "" ? null : to, ...by });
      const form = read?.document.forms[params.form];
      if (!form) return refused("not-found", "重新读取时没有找到这张表。");
      const corrected = correctedForm(form, line.notes, answers);
      if (corrected.kind === "refused") return refused("invalid-input", corrected.says);
    }
    // What was corrected in the head says anew where the form belongs.
    const isOfHead = [...(line.answers ?? []), ...answers].some(
      ({ kind, place }) =>
        kind === "corrected" &&
        HEAD.includes(place ?? "") &&
        saidAt(line, place ?? "", null) !== saidAt({ ...line, answers }, place ?? "", null),
    );
    const outcome = isOfHead
      ? await proposeAgain(work, job.value, belongingOf({ ...line, answers }), {
          kind: line.kind,
          year: line.under?.year ?? job.value.year,
        })
      : line.outcome;
    const report = withOutcome(file.report, params.form, outcome, { answers });
    await writeFile(work.db, region, params.import, params.position, { state: file.state, report });
    return done({ body: presentFile({ ...file, report }, job.value.year) });
  });
}

/** Takes the forms that print a year under it; each is placed anew, and whoever settles it still says so. */
export function takeUnderYear({
  command,
  params,
  body: { year },
}: Call<typeof takeImportUnderYear>): AnswerTo<typeof takeImportUnderYear> {
  return command(async (work) => {
    const job = await reached(work, params.import);
    if (job.kind === "refused") return job;
    const { region, actor } = work.caller;
    const under = { year, byName: actor.name, at: work.at.toISOString() };
    let forms = 0;
    for (const { position } of await filesOf(work.db, region, params.import)) {
      const file = await lockFile(work.db, region, params.import, position);
      if (!file?.report || file.state === "waiting") continue;
      let { report } = file;
      for (const line of report.forms) {
        if (line.outcome?.kind !== "unsettled" || line.outcome.code !== "year-differs") continue;
        if (printedYear(line) !== year) continue;
        const outcome = await proposeAgain(work, job.value, belongingOf(line), { kind: line.kind, year });
        report = withOutcome(report, line.index, outcome, { under });
        forms += 1;
      }
      if (report !== file.report)
        await writeFile(work.db, region, params.import, position, { state: file.state, report });
    }
    if (forms === 0)
      return refused(
        "wrong-state",
        `这次导入中没有写着${year}年度、等着改按它的表，可能已有人改过。请刷新。`,
      );
    return done({ body: { forms } });
  });
}

/** Reads a failed file again. */
export function retry({ command, params }: Call<typeof retryImport>): AnswerTo<typeof retryImport> {
  return command(async (work) => {
    const job = await reached(work, params.import);
    if (job.kind === "refused") return job;
    const { db } = work;
    const { region } = work.caller;
    const file = await lockFile(db, region, params.import, params.position);
    if (!file) return NO_FILE;
    if (file.state !== "failed" && file.state !== "cancelled")
      return refused("wrong-state", "这个文件没有失败，不用重新读取。");
    await writeFile(db, region, params.import, params.position, { state: "waiting", report: null });
    await reopenImport(db, region, params.import);
    await countFiles(db, region, params.import);
    await work.enqueue({ name: "import", region, id: params.import });
    return current(work, params.import);
  });
}

/** Stops an import. */
export function cancel({ command, params }: Call<typeof cancelImport>): AnswerTo<typeof cancelImport> {
  return command(async (work) => {
    const job = await reached(work, params.import);
    if (job.kind === "refused") return job;
    if (job.value.state === "finished" || job.value.state === "cancelled")
      return refused("wrong-state", "这次导入已经结束。");
    const { region } = work.caller;
    await stopImport(work.db, region, params.import, work.at);
    const after = await importOf(work.db, region, params.import);
    const failed = after?.failed ?? 0;
    work.record(
      { kind: "import", id: params.import, year: job.value.year },
      {
        ...{ type: "import.finished", import: params.import, purpose: "forms" },
        done: (after?.done ?? 0) - failed,
        failed,
      },
    );
    return current(work, params.import);
  });
}
