import { createHash } from "node:crypto";
import type {
  Answer,
  budgetReportSchema,
  importBudget,
  listBudget,
  prefillFunds,
  previewBudget,
  reconcileFunds,
  recordBudget,
} from "@jiheng/contract/http";
import { type Form, showDecimal } from "@jiheng/domain";
import { type Kind, may } from "@jiheng/workflow";
import type { z } from "zod";
import { BAD_CURSOR, fromCursor, isIdentity, toCursor } from "../../platform/cursor.ts";
import { notMade } from "../../platform/documents/not-made.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { fenOf as fenOfYuan, yuanOf } from "../../platform/money.ts";
import { done, type Outcome, type Refused, refused, refusedBy } from "../../platform/outcome.ts";
import { carryOut, type Work } from "../../platform/work.ts";
import { lineageOf, permittedBody, subjectOfBody } from "../organisations/index.ts";
import {
  fenOf,
  fundsCells,
  inFormUnit,
  keepBlob,
  ledgerOf,
  prefilled,
  reachedSubmission,
  saveForm,
  seenSubmission,
  statesAmount,
  subjectOf,
} from "../submissions/index.ts";
import { type BudgetTable, readBudget, type TableEntry } from "./read-table.ts";
import {
  bookedSums,
  type EntryRow,
  entryPage,
  keepEntry,
  keepImport,
  knownFile,
  lockLedger,
  type NewEntry,
  type ProjectRow,
  projectsNamed,
} from "./store.ts";

type AnswerTo<E extends { readonly answer: Answer }> = Promise<Outcome<ReplyOf<E["answer"]>>>;
type Report = z.input<typeof budgetReportSchema>;
type Place = Report["rejected"][number];

/** What is to be booked: of a document, or as the sum to date where the table has none. */
type Booking = Omit<NewEntry, "document"> & { readonly at: string; readonly document: string | null };

const bare = (text: string | null): string => (text ?? "").replace(/\s/g, "");

async function permitted(work: Work): Promise<Outcome<{ readonly root: string }>> {
  const root = await lineageOf(work.db, work.caller.region, null);
  const allowed = may(work.caller.actor, "import-budget", subjectOfBody(root), work.at.toISOString());
  return allowed.kind === "refused" ? refusedBy(allowed) : done({ root: root[0]?.id ?? "" });
}

/** The one project a row can mean, or why there is none. */
function projectOf(
  { code, name, unit }: Pick<TableEntry, "code" | "name" | "unit">,
  known: readonly ProjectRow[],
): ProjectRow | string {
  const byCode = code === null ? [] : known.filter((row) => row.code === code || row.id === code);
  const byName = name === null ? [] : known.filter((row) => bare(row.name) === bare(name));
  const ofUnit = unit === null ? [] : byName.filter((row) => bare(row.unit_name) === bare(unit));
  const [only, ...others] = byCode.length > 0 ? byCode : ofUnit.length > 0 ? ofUnit : byName;
  const said = [code === null ? null : `编码“${code}”`, name === null ? null : `名称“${name}”`]
    .filter((each) => each !== null)
    .join("、");
  if (!only) return `项目库中没有${said}的项目，请先登记项目或更正编码，再导入一次（已记的不会重复）`;
  if (others.length > 0) return `${said}有${1 + others.length}个项目，请填写项目编码`;
  if (only.placeholder_reason !== null) return `${said}是涉密项目的占位，不记任何金额`;
  if (byCode.length > 0 && name !== null && bare(only.name) !== bare(name))
    return `编码“${code}”是“${only.name}”，表上的名称却是“${name}”，请核对`;
  if (byCode.length === 0 && unit !== null && ofUnit.length === 0)
    return `“${only.name}”属于“${only.unit_name}”，表上的单位是“${unit}”，请核对或填写项目编码`;
  return only;
}

/** Books what can be booked. A sum to date is booked as what it adds to what is booked already. */
async function book(
  work: Work,
  year: number,
  of: string,
  bookings: readonly Booking[],
  label: string,
): Promise<
  Pick<Report, "accepted" | "repeated"> & { readonly rejected: Place[]; readonly repeatedAt: string[] }
> {
  const { db, newId } = work;
  const { region } = work.caller;
  await lockLedger(db, region, year);
  const sums = await bookedSums(db, region, year, [...new Set(bookings.map(({ project }) => project))]);
  let accepted = 0;
  const repeatedAt: string[] = [];
  const rejected: Place[] = [];
  for (const { at, document, ...booking } of bookings) {
    const key = `${booking.project} ${booking.nature} ${booking.source}`;
    const before = sums.get(key) ?? 0n;
    const amount = document === null ? booking.amount - before : booking.amount;
    if (document === null && amount === 0n) {
      repeatedAt.push(at);
      continue;
    }
    const entry = { ...booking, amount, document: document ?? label };
    const kept = await keepEntry(db, { region, year, id: newId(), of }, entry);
    if (kept.kind === "kept") {
      accepted += 1;
      sums.set(key, before + amount);
    } else if (document !== null && kept.amount === amount) repeatedAt.push(at);
    else
      rejected.push({
        at,
        says:
          document === null
            ? "同一项目、同一来源在这个文件中出现了两次，累计数只能有一个"
            : `凭证“${document}”已记为${yuanOf(kept.amount)}元，这里是${yuanOf(amount)}元。记错的请另录一笔冲正，不改原记录`,
      });
  }
  return { accepted, repeated: repeatedAt.length, rejected, repeatedAt };
}

type Upload = Call<typeof importBudget>["uploads"][number];

async function readTable(
  { documents }: Call<typeof importBudget>["platform"],
  { name, bytes }: Upload,
  body: Call<typeof importBudget>["body"],
): Promise<Outcome<BudgetTable>> {
  const read = await documents.run({ type: "table", name, bytes });
  if (read.kind === "refused")
    return "what" in read ? refused("unreadable-file", `${read.what}。${read.remedy}。`) : notMade(read);
  return done(readBudget(read.grid, body));
}

/** Books the rows of a table that can only mean one project. */
async function bookTable(
  work: Work,
  table: BudgetTable,
  { name, sha256 }: Upload,
  year: number,
): Promise<
  Outcome<{
    readonly report: Report;
    readonly bookings: readonly (Booking & { readonly name: string })[];
    readonly repeatedAt: readonly string[];
  }>
> {
  const { db, newId } = work;
  const { region } = work.caller;
  if (await knownFile(db, region, year, sha256))
    return refused("already-exists", `“${name}”已经导入过${year}年，内容完全相同，没有再记。`);
  const known = await projectsNamed(db, region, {
    codes: table.entries.flatMap(({ code }) => (code === null ? [] : [code])),
    ids: [],
    names: table.entries.flatMap((entry) => (entry.name === null ? [] : [bare(entry.name)])),
  });
  const rejected: Place[] = [...table.rejected];
  const bookings: (Booking & { readonly name: string })[] = [];
  for (const entry of table.entries) {
    const project = projectOf(entry, known);
    if (typeof project === "string") rejected.push({ at: entry.at, says: project });
    else bookings.push({ ...entry, project: project.id, name: project.name });
  }
  const id = newId();
  const booked = await book(work, year, id, bookings, `累计数 ${sha256.slice(0, 12)}`);
  const { accepted, repeated, repeatedAt } = booked;
  const all = [...rejected, ...booked.rejected];
  const report: Report = { import: id, accepted, repeated, rejected: all, notes: [...table.notes] };
  return done({ report, bookings, repeatedAt });
}

const NO_FILE = refused("invalid-input", "没有收到文件，请选择财政系统导出的表。");
const LINES = 500;

/** Does what an import would do, and takes it all back. */
export async function previewTable({
  platform,
  caller,
  body,
  uploads: [upload],
}: Call<typeof previewBudget>): AnswerTo<typeof previewBudget> {
  if (!upload) return NO_FILE;
  const table = await readTable(platform, upload, body);
  if (table.kind === "refused") return table;
  const tried: { is: Awaited<ReturnType<typeof bookTable>> | null } = { is: null };
  const outcome = await carryOut(platform, caller, async (work) => {
    const allowed = await permitted(work);
    if (allowed.kind === "refused") return allowed;
    tried.is = await bookTable(work, table.value, upload, body.year);
    // A refusal rolls back: that is what makes it a preview.
    return tried.is.kind === "refused" ? tried.is : refused("wrong-state", "试读，不保存。");
  });
  if (tried.is?.kind !== "done") return outcome.kind === "refused" ? outcome : NO_FILE;
  const { report, bookings, repeatedAt } = tried.is.value;
  const repeated = new Set(repeatedAt);
  const unbooked = new Set(report.rejected.map(({ at }) => at));
  const lines = bookings.filter(({ at }) => !unbooked.has(at));
  return done({
    body: {
      ...report,
      lines: lines.slice(0, LINES).map(({ at, project, name, nature, source, amount, date, document }) => ({
        ...{ at, project, projectName: name, nature, source },
        ...{ amount: yuanOf(amount), date, document, repeated: repeated.has(at) },
      })),
      lineCount: lines.length,
    },
  });
}

/** Reads a table in a thread and books its rows; what is not booked is said row by row. */
export async function importTable({
  platform,
  command,
  body,
  uploads: [upload],
}: Call<typeof importBudget>): AnswerTo<typeof importBudget> {
  if (!upload) return NO_FILE;
  const { name, bytes, sha256 } = upload;
  const table = await readTable(platform, upload, body);
  if (table.kind === "refused") return table;
  return command(async (work) => {
    const allowed = await permitted(work);
    if (allowed.kind === "refused") return allowed;
    const { db, at } = work;
    const { region, actor } = work.caller;
    const booked = await bookTable(work, table.value, upload, body.year);
    if (booked.kind === "refused") return booked;
    const { report } = booked.value;
    const { import: id } = report;
    // A file of which nothing was taken may be imported again when the reason is gone.
    if (report.accepted + report.repeated === 0) return done({ body: report });
    await keepBlob(db, region, upload, at);
    await keepImport(
      db,
      {
        ...{ region, id, year: body.year, organisation: allowed.value.root, at },
        ...{ by: actor.account, by_name: actor.name, failed: report.rejected.length > 0 ? 1 : 0 },
      },
      { name, size: bytes.length, sha256 },
      report,
    );
    recorded(work, body.year, report, sha256);
    return done({ body: report });
  });
}

function recorded(work: Work, year: number, { import: id, accepted }: Report, sha256: string): void {
  work.record(
    { kind: "import", id, year },
    { type: "budget.imported", import: id, entries: accepted, sha256 },
  );
}

/** Books entries of a program, all or none: a program reads codes, not sentences. */
export async function recordEntries({
  command,
  body,
}: Call<typeof recordBudget>): AnswerTo<typeof recordBudget> {
  return command(async (work) => {
    const allowed = await permitted(work);
    if (allowed.kind === "refused") return allowed;
    const { region, actor } = work.caller;
    const given = body.entries.map(({ project }) => project);
    const known = await projectsNamed(work.db, region, {
      codes: given,
      ids: given.filter(isIdentity),
      names: [],
    });
    const faults: Place[] = [];
    const bookings = body.entries.flatMap((entry, index): Booking[] => {
      const at = `body.entries[${index}]`;
      const project = projectOf({ code: entry.project, name: null, unit: null }, known);
      if (typeof project === "string") {
        faults.push({ at: `${at}.project`, says: project });
        return [];
      }
      return [{ ...entry, at, project: project.id, amount: fenOfYuan(entry.amount) }];
    });
    const id = work.newId();
    const booked = await book(work, body.year, id, bookings, "");
    faults.push(...booked.rejected);
    if (faults.length > 0)
      return refused("invalid-input", `${faults.length}笔不能记，整批都没有记。请更正后重新推送。`, faults);
    const { accepted, repeated, rejected } = booked;
    const report: Report = { import: id, accepted, repeated, rejected, notes: [] };
    const text = JSON.stringify(body);
    const sha256 = createHash("sha256").update(text).digest("hex");
    await keepImport(
      work.db,
      {
        ...{ region, id, year: body.year, organisation: allowed.value.root, at: work.at },
        ...{ by: actor.account, by_name: actor.name, failed: 0 },
      },
      { name: "接口推送", size: Buffer.byteLength(text), sha256 },
      report,
    );
    recorded(work, body.year, report, sha256);
    return done({ body: report });
  });
}

function presentEntry(row: EntryRow) {
  return {
    ...{ id: row.id, project: row.project, projectName: row.project_name, nature: row.nature },
    ...{ source: row.source, amount: yuanOf(row.amount), date: row.occurred_on, document: row.document },
    ...{ importedAt: row.at.toISOString(), importedBy: row.by_name },
  };
}

/** The ledger of a body. */
export async function list({
  platform: { db, now },
  caller,
  query,
}: Call<typeof listBudget>): AnswerTo<typeof listBudget> {
  const permitted = await permittedBody({ db, caller }, "view-statistics", query.organisation, now());
  if (permitted.kind === "refused") return permitted;
  const body = permitted.value;
  const place = query.after === undefined ? null : fromCursor(query.after, { project: "id", id: "id" });
  if (query.after !== undefined && place === null) return BAD_CURSOR;
  const scope = { region: caller.region, kind: body.kind, id: body.id };
  const { year, project } = query;
  const rows = await entryPage(db, scope, { year, project }, place, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? toCursor({ project: last.project, id: last.id }) : null;
  return done({ body: { items: page.map(presentEntry), next } });
}

/** The funds of a form and of the finance system side by side. */
export async function reconcile({
  platform: { db, now },
  caller,
  params,
}: Call<typeof reconcileFunds>): AnswerTo<typeof reconcileFunds> {
  const seen = await seenSubmission({ db, caller }, params.submission, now());
  if (seen.kind === "refused") return seen;
  const { form, kind, year, project } = seen.value;
  if (form === null) return refused("wrong-state", "这张表还没有开始填报，没有资金可以核对。");
  const ledger = await ledgerOf(db, caller.region, year, project);
  return done({ body: { known: ledger.length > 0, cells: cellsBeside(kind, form, ledger) } });
}

/** The funds of a form beside the ledger, cell by cell. */
export function cellsBeside(
  kind: Kind,
  form: Form,
  ledger: Awaited<ReturnType<typeof ledgerOf>>,
): ReplyOf<(typeof reconcileFunds)["answer"]>["body"]["cells"] {
  return fundsCells(kind, form, ledger).flatMap(({ index, column, fen }) => {
    const fund = form.funds[index];
    const amount = inFormUnit(fen, form.moneyUnit);
    if (!fund || !amount) return [];
    const typed = fenOf(fund[column], form.moneyUnit);
    return [
      {
        at: `funds[${index}].${column}`,
        label: fund.label,
        form: fund[column],
        ledger: showDecimal(amount),
        agrees: statesAmount(fund[column], form.moneyUnit, fen),
        difference: typed === null ? null : yuanOf(typed - fen),
      },
    ];
  });
}

/** Fills what is blank. */
export function prefill({ command, params }: Call<typeof prefillFunds>): AnswerTo<typeof prefillFunds> {
  return command(async (work) => {
    const reached = await reachedSubmission(work, params.submission, work.at);
    if (reached.kind === "refused") return reached;
    const submission = reached.value;
    const refusal = deniedImport(work, submission);
    if (refusal) return refusal;
    const { form, kind, year, project, region } = submission;
    if (form === null) return refused("wrong-state", "这张表还没有开始填报，请先开始填报。");
    const ledger = await ledgerOf(work.db, region, year, project);
    if (ledger.length === 0)
      return refused("wrong-state", "财政数据里还没有这个项目本年的记录，请财政部门导入后再带入。");
    const saved = await saveForm(work, submission, prefilled(kind, form, ledger), { kind: "prefill" });
    if (saved.kind === "refused") return saved;
    const { revision } = saved.value.submission;
    const filled = saved.value.changes.map(({ at, to }) => ({ at, to }));
    return done({ body: { revision, filled }, revision });
  });
}

function deniedImport(work: Work, submission: Parameters<typeof subjectOf>[0]): Refused | null {
  const allowed = may(work.caller.actor, "import-forms", subjectOf(submission), work.at.toISOString());
  return allowed.kind === "refused" ? refusedBy(allowed) : null;
}
