// Runs in a worker thread: reads and makes documents, one at a time. Nothing here touches the database or the network.
import { createHash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { type Review, RULES, RULES_VERSION, type Rule, review } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import {
  annotate,
  type ChartDrawings,
  type DocumentModel,
  departmentReport,
  type FormModel,
  formsDocument,
  formsWorkbook,
  layOut,
  layoutFor,
  layoutOf,
  lostBy,
  opinionDocument,
  opinionWorkbook,
  reviewComments,
  writeCsv,
  writeDocx,
  writeHtml,
  writeJson,
  writeXlsx,
} from "@jiheng/exporters";
import {
  type DocumentResult,
  documentOfGrid,
  type GridResult,
  originalOf,
  type Refusal,
  readGrid,
} from "@jiheng/importers";
import { readDocumentFile, readGridFile } from "@jiheng/importers/node";
import { findPolicy, selectPolicy } from "@jiheng/scoring";
import { ENGINE_VERSION } from "../engine-version.ts";
import type {
  FileFormat,
  FormToReview,
  NotWritten,
  OriginalRead,
  RuleChanges,
  Task,
  Written,
} from "./tasks.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const written = (bytes: Uint8Array | string, says: readonly string[] = []): Written => ({
  kind: "written",
  bytes: typeof bytes === "string" ? encode(bytes) : bytes,
  says,
});

async function pdf(document: DocumentModel, drawings?: ChartDrawings): Promise<Written | NotWritten> {
  const { PdfUnavailable, writePdf } = await import("@jiheng/exporters/pdf");
  try {
    const { bytes, missing } = writePdf(document, drawings);
    return written(
      bytes,
      missing.length > 0 ? [`字体里没有这些字，PDF 里印作“〓”：${missing.join(" ")}`] : [],
    );
  } catch (error) {
    if (!(error instanceof PdfUnavailable)) throw error;
    return { kind: "refused", says: `${error.message}。可以改用 docx 或 html。` };
  }
}

async function formsAs(
  forms: readonly Form[],
  format: FileFormat,
  template: string | null,
): Promise<Written | NotWritten> {
  if (template !== null && !layoutOf(template))
    return { kind: "refused", says: `没有“${template}”这种表样可以写出，可用的见表样目录。` };
  if (format === "json") {
    const engine = { name: "jiheng", version: ENGINE_VERSION } as const;
    return written(writeJson(forms, { file: "jiheng", sha256: null, engine }));
  }
  const models: FormModel[] = [];
  const lost: string[] = [];
  for (const form of forms) {
    const plan = layoutFor(template ?? form.template);
    models.push(layOut(form, plan));
    const says = lostBy(form, plan);
    lost.push(
      ...(forms.length > 1 ? says.map((each) => `${form.project ?? "（无项目名称）"}：${each}`) : says),
    );
  }
  const contents = forms.length > 1;
  switch (format) {
    case "docx":
      return written(writeDocx(formsDocument(models, contents)), lost);
    case "xlsx":
      return written(writeXlsx(formsWorkbook(models, contents)), lost);
    case "html":
      return written(writeHtml(formsDocument(models, contents)), lost);
    case "csv":
      return written(writeCsv(models), lost);
    case "pdf": {
      const made = await pdf(formsDocument(models, contents));
      return made.kind === "refused" ? made : { ...made, says: [...lost, ...made.says] };
    }
  }
}

/** The catalogue as a region changed it. */
function rulesUnder({ off, force }: RuleChanges): readonly Rule[] {
  const isOff = new Set(off.map(({ rule }) => rule));
  return RULES.filter(({ id }) => !isOff.has(id)).map((rule) => {
    const changed = force[rule.id];
    return changed ? { ...rule, force: changed } : rule;
  });
}

/** Each form under the pack it was scored by, all of them together; what is switched off is listed as not checked, with the reason. */
function reviewOf(forms: readonly FormToReview[], changes: RuleChanges): Review {
  const packs = new Set(forms.map(({ policy }) => policy));
  const [only] = packs.size === 1 ? packs : [];
  const policy = only ? findPolicy(only) : null;
  const made = review(
    forms.map(({ form }) => form),
    rulesUnder(changes),
    { context: (_form, index) => forms[index]?.context ?? {}, ...(policy ? { policy } : {}) },
  );
  const ofForms = new Set(RULES.filter(({ level }) => level === "form").map(({ id }) => id));
  const off = (isOfForm: boolean) => changes.off.filter(({ rule }) => ofForms.has(rule) === isOfForm);
  return {
    forms: made.forms.map((each) => ({ ...each, notChecked: [...off(true), ...each.notChecked] })),
    batch: { ...made.batch, notChecked: [...off(false), ...made.batch.notChecked] },
  };
}

function versionsOf(forms: readonly FormToReview[]): string[] {
  const packs = forms.map(({ form, policy }) => {
    const pack = (policy ? findPolicy(policy) : null) ?? selectPolicy(form).policy;
    return `${pack.id} ${pack.version}`;
  });
  return [`jiheng ${ENGINE_VERSION}`, `规则 ${RULES_VERSION}`, `政策包 ${[...new Set(packs)].join("、")}`];
}

async function readBeside(task: Extract<Task, { type: "original" }>): Promise<OriginalRead | Refusal> {
  const result = await readGridFile(task);
  const read =
    result.kind === "refused" && result.code === "json-reading"
      ? await readDocumentFile(task)
      : documentOfGrid(task, result);
  if (read.kind === "refused") return read;
  const form = read.document.forms[task.form] ?? null;
  // A reading in JSON has no cells: its places are told to stand nowhere.
  const grid = result.kind === "grid" ? result.grid : { blocks: [], notes: [] };
  return { kind: "original", form, original: form ? originalOf(grid, form) : null };
}

async function run(
  task: Task,
): Promise<DocumentResult | GridResult | OriginalRead | Refusal | Written | NotWritten> {
  switch (task.type) {
    case "read":
      return readDocumentFile(task);
    case "original":
      return readBeside(task);
    case "table":
      return readGrid(task);
    case "forms":
      return formsAs(task.forms, task.format, task.template);
    case "opinion": {
      const source = {
        review: reviewOf(task.forms, task.rules),
        files: task.forms.map(({ name }) => name),
        engineVersion: ENGINE_VERSION,
        unread: [],
      };
      if (task.format === "xlsx") return written(writeXlsx(opinionWorkbook(source)));
      const document = opinionDocument(source);
      return written(task.format === "docx" ? writeDocx(document) : writeHtml(document));
    }
    case "report": {
      const { chartDrawingMl, chartSvg } = await import("@jiheng/exporters/charts");
      const drawings = { svg: chartSvg, drawingMl: chartDrawingMl };
      const { document } = departmentReport({
        review: reviewOf(task.forms, task.rules),
        rules: rulesUnder(task.rules),
        versions: versionsOf(task.forms),
        unread: [],
        unapproved: task.unapproved,
        name: task.name,
        departmentBudget: null,
      });
      if (task.format === "pdf") return pdf(document, drawings);
      return written(task.format === "docx" ? writeDocx(document, drawings) : writeHtml(document, drawings));
    }
    case "annotate": {
      if (createHash("sha256").update(task.bytes).digest("hex") !== task.sha256)
        return { kind: "refused", says: "原文件与记录的摘要不符，不能加批注。" };
      const read = await readDocumentFile(task);
      if (read.kind === "refused")
        return { kind: "refused", says: `原文件不能读取：${read.what}。${read.remedy}。` };
      const found = review(read.document.forms, RULES);
      const copy = annotate(task.bytes, reviewComments(found));
      if (copy.kind === "refused") return { kind: "refused", says: `${copy.what}。${copy.remedy}。` };
      const unplaced = copy.unplaced.map(({ index, why }) => `第 ${index + 1} 条没有放进副本：${why}`);
      return written(copy.bytes, [...copy.warnings, ...unplaced]);
    }
  }
}

parentPort?.on("message", async ({ id, task }: { readonly id: number; readonly task: Task }) => {
  try {
    parentPort?.postMessage({ id, result: await run(task) });
  } catch (error) {
    parentPort?.postMessage({
      id,
      fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});
