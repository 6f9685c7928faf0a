import { z } from "zod";
import { formSchema, noteSchema, originSchema } from "../read.ts";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery } from "./paging.ts";
import { storedReviewSchema } from "./submissions.ts";

const kind = z.enum(["target-declaration", "monitoring", "self-evaluation"]);
const candidateSchema = z.object({
  project: identity,
  code: z.string().nullable(),
  name: z.string(),
  unit: z.string(),
});

/** What a person said about a note of reading, or about a place without one: it stands until the form is settled. */
const noteAnswerSchema = z.object({
  note: z.int().nullable().describe("第几条说明，从 0 起；没有说明而更正的为 null"),
  place: z.string().nullable(),
  kind: z.enum(["accepted", "corrected"]),
  to: z.string().nullable().describe("更正为什么；清空为 null"),
  byName: z.string(),
  at: instant,
});

/** What became of one form of a file. `unsettled`: it is for a person to say where it belongs, and `says` why. */
const importedFormSchema = z.object({
  index: z.int().describe("文件中的第几张表，从 0 起"),
  kind: kind.nullable().describe("填报种类；认不出为 null"),
  project: z.string().nullable(),
  projectCode: z.string().nullable(),
  unit: z.string().nullable(),
  year: z.int().nullable().describe("表上写的年度，已更正的为更正后的"),
  underYear: z.int().describe("归入哪个年度：导入时选的，或后来改按的"),
  underYearBy: z.string().nullable().describe("改按这个年度导入的人；没有改过为 null"),
  rows: z.int(),
  notes: z.array(noteSchema),
  answers: z.array(noteAnswerSchema).describe("对说明的确认和更正，归入项目时一并带入"),
  open: z.int().describe("还没有人确认的说明数（猜测的和没有读到的）"),
  checked: z
    .object({
      ...{ must: z.int(), should: z.int(), hint: z.int(), unclear: z.int() },
      totalScore: z.string().nullable().describe("表上的总分"),
      recomputed: z.tuple([z.string().nullable(), z.string().nullable()]),
    })
    .nullable()
    .describe("读取时按表自身审核的结果；更正以后的见逐张阅读"),
  outcome: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("imported"), submission: identity, revision: z.int() }),
    z.object({
      kind: z.literal("unsettled"),
      code: z.string(),
      says: z.string(),
      candidates: z.array(candidateSchema),
    }),
    z.object({ kind: z.literal("skipped"), reason: z.string() }),
  ]),
});

/** What became of one file. */
export const importedFileSchema = z.object({
  position: z.int(),
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  state: z.enum(["waiting", "done", "failed", "cancelled"]),
  says: z.string().nullable().describe("没有读成的原因和办法"),
  notes: z.array(noteSchema).describe("读取整个文件时的说明"),
  forms: z.array(importedFormSchema),
});

/** An import: some files at once. */
export const importSchema = z.object({
  id: identity,
  year: z.int(),
  organisation: identity,
  confirms: z.boolean().describe("每张表都待确认后归入"),
  state: z.enum(["waiting", "running", "finished", "cancelled"]),
  files: z.int(),
  done: z.int().describe("已处理的文件数，含没有读成的"),
  failed: z.int(),
  unsettled: z.int().describe("待确认的表数"),
  at: instant,
  byName: z.string(),
  finishedAt: instant.nullable(),
});

const params = z.strictObject({ import: identity });
const fileParams = z.strictObject({
  import: identity,
  position: z.coerce.number<string>().int().min(0).max(100_000),
});
const detailSchema = importSchema.extend({ items: z.array(importedFileSchema) });

/** Hands in files; they are read one after the other behind the answer. */
export const startImport = endpoint({
  id: "startImport",
  method: "POST",
  path: "/imports",
  title: "批量导入文件",
  feature: "imports",
  access: "write",
  uploads: "many",
  body: z.strictObject({
    year: z.int().min(2000).max(2100),
    organisation: identity.describe("只在这个机构及其所属单位的项目中对应"),
    kind: kind.default("self-evaluation").describe("表上看不出种类时按这一种"),
    confirms: z.boolean().default(false).describe("每张表都等人看过、确认后才归入项目"),
  }),
  answer: { kind: "json", status: 202, schema: importSchema },
  refusals: ["not-found", "not-allowed"],
});

/** The imports of a body, the newest first. */
export const listImports = endpoint({
  id: "listImports",
  method: "GET",
  path: "/imports",
  title: "导入记录",
  feature: "imports",
  access: "read",
  query: z.strictObject({ organisation: identity, ...pageQuery }),
  answer: { kind: "json", status: 200, schema: pageOf(importSchema) },
  refusals: ["not-found", "not-allowed"],
});

/** One import with a report for every file. */
export const getImport = endpoint({
  id: "getImport",
  method: "GET",
  path: "/imports/{import}",
  title: "一次导入的逐个文件报告",
  feature: "imports",
  access: "read",
  params,
  answer: { kind: "json", status: 200, schema: detailSchema },
  refusals: ["not-found", "not-allowed"],
});

/** How far an import is, until it ends. Each event is the whole state, so whoever comes back needs none of the earlier ones. */
export const watchImport = endpoint({
  id: "watchImport",
  method: "GET",
  path: "/imports/{import}/progress",
  title: "导入进度（服务器推送）",
  feature: "imports",
  access: "read",
  params,
  answer: { kind: "events", schema: importSchema },
  refusals: ["not-found", "not-allowed"],
});

/** A file as it was handed in, to the byte. */
export const downloadOriginal = endpoint({
  id: "downloadOriginal",
  method: "GET",
  path: "/imports/{import}/files/{position}",
  title: "下载导入的原文件",
  feature: "imports",
  access: "read",
  params: fileParams,
  answer: { kind: "file", media: ["application/octet-stream"] },
  refusals: ["not-found", "not-allowed"],
});

/** A copy of the file with the findings as comments at their cells. */
export const downloadAnnotated = endpoint({
  id: "downloadAnnotated",
  method: "GET",
  path: "/imports/{import}/files/{position}/annotated",
  title: "下载带批注的副本（docx、xlsx）",
  feature: "imports",
  access: "read",
  params: fileParams,
  answer: { kind: "file", media: ["application/octet-stream"] },
  refusals: ["not-found", "not-allowed", "not-made"],
});

const formParams = fileParams.extend({ form: z.coerce.number<string>().int().min(0).max(100_000) });

const cellSchema = z.object({
  ...{ row: z.int(), column: z.int(), rowSpan: z.int(), columnSpan: z.int() },
  text: z.string(),
  at: originSchema,
});
const left = z.tuple([z.int(), z.int()]);

/** A file as its reader saw it: texts and tables, nothing of its markup. */
const originalSchema = z.object({
  blocks: z.array(
    z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("table"),
        number: z.int(),
        sheet: z.string().nullable(),
        shape: z.enum(["exact", "tabs"]).describe("tabs：合并单元格已丢失，可能错位"),
        ...{ rowCount: z.int(), columnCount: z.int() },
        rows: z.array(z.array(cellSchema)),
        left: left.describe("前后没有列出的行数"),
      }),
      z.object({ kind: z.literal("text"), text: z.string(), at: originSchema }),
    ]),
  ),
  left: left.describe("前后没有列出的部分：属于别的表，或不属于任何表"),
  spots: z
    .array(
      z.object({ place: z.string(), block: z.int(), row: z.int().nullable(), column: z.int().nullable() }),
    )
    .describe("表中的每一处读自原件的哪一格"),
  unplaced: z.array(z.string()).describe("在原件中没有对上的"),
});

/** One form of a file beside the original it was read from. */
export const readImportedForm = endpoint({
  id: "readImportedForm",
  method: "GET",
  path: "/imports/{import}/files/{position}/forms/{form}",
  title: "一张表的读取结果与原件对照",
  feature: "imports",
  access: "read",
  params: formParams,
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      file: z.string(),
      year: z.int().describe("这次导入的年度"),
      line: importedFormSchema,
      form: formSchema.describe("含已作的更正"),
      questions: z.array(
        z.object({ note: z.int(), at: z.string().nullable(), title: z.string().nullable() }),
      ),
      titles: z.record(z.string(), z.string()).describe("各处的中文名称"),
      correctable: z.array(z.string()).describe("可以在此更正的各处"),
      original: originalSchema,
      review: storedReviewSchema.describe(
        "按表自身审核；与以前年度、已批复目标、财政数据的比较在归入项目后进行",
      ),
    }),
  },
  refusals: ["not-found", "not-allowed", "unreadable-file", "wrong-state"],
});

/** Answers notes of reading: takes what was read as right, corrects a place, or takes an answer back. */
export const answerImportNotes = endpoint({
  id: "answerImportNotes",
  method: "POST",
  path: "/imports/{import}/files/{position}/forms/{form}/answers",
  title: "确认读取的说明，或更正读错的地方",
  feature: "imports",
  access: "write",
  params: formParams,
  body: z.discriminatedUnion("action", [
    z.strictObject({ action: z.literal("accept"), notes: z.array(z.int().min(0)).min(1).max(2_000) }),
    z.strictObject({
      action: z.literal("correct"),
      note: z.int().min(0).nullable().default(null),
      place: z.string().min(1).max(700),
      to: z.string().max(8_000).nullable(),
    }),
    z.strictObject({
      action: z.literal("take-back"),
      note: z.int().min(0).nullable().default(null),
      place: z.string().max(700).nullable().default(null),
    }),
  ]),
  answer: { kind: "json", status: 200, schema: importedFileSchema },
  refusals: ["not-found", "not-allowed", "wrong-state", "unreadable-file"],
});

/** Takes forms under the year they print instead of the year that was chosen for the import; what was said about them stays. */
export const takeImportUnderYear = endpoint({
  id: "takeImportUnderYear",
  method: "POST",
  path: "/imports/{import}/under-year",
  title: "改按表上的年度导入",
  feature: "imports",
  access: "write",
  params,
  body: z.strictObject({
    year: z.int().min(2000).max(2100).describe("这次导入中写着这个年度、还没有办结的表都改按它"),
  }),
  answer: { kind: "json", status: 200, schema: z.object({ forms: z.int().describe("改了几张表") }) },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** Says what becomes of a form that could not be placed, or skips it. */
export const settleImport = endpoint({
  id: "settleImport",
  method: "POST",
  path: "/imports/{import}/files/{position}/forms/{form}/settle",
  title: "确认一张表归入哪个项目，或略过",
  feature: "imports",
  access: "write",
  params: formParams,
  body: z.discriminatedUnion("action", [
    z.strictObject({
      action: z.literal("into"),
      project: identity,
      kind: kind.optional().describe("认不出种类的，在此指定"),
      replace: z.boolean().default(false).describe("已有内容时，是否用文件中的内容替换"),
      year: z.int().min(2000).max(2100).optional().describe("归入哪个年度的表；不写则为这次导入的年度"),
      confirmsUnit: z.boolean().default(false).describe("表上写的是另一个单位的，是否已核对"),
    }),
    z.strictObject({ action: z.literal("skip"), reason: z.string().trim().min(2).max(500) }),
  ]),
  answer: { kind: "json", status: 200, schema: importedFileSchema },
  refusals: [
    ...(["not-found", "not-allowed", "out-of-scope", "wrong-state", "already-exists"] as const),
    ...(["classified", "policy-unknown", "recused", "unreadable-file"] as const),
  ],
});

/** Reads a file again that could not be read, when the machine was too busy say. */
export const retryImport = endpoint({
  id: "retryImport",
  method: "POST",
  path: "/imports/{import}/files/{position}/retry",
  title: "重新读取没有读成的文件",
  feature: "imports",
  access: "write",
  params: fileParams,
  body: z.strictObject({}),
  answer: { kind: "json", status: 202, schema: importSchema },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** Stops an import: what is done stays, what waits is left. */
export const cancelImport = endpoint({
  id: "cancelImport",
  method: "POST",
  path: "/imports/{import}/cancel",
  title: "停止导入，已导入的保留",
  feature: "imports",
  access: "write",
  params,
  body: z.strictObject({}),
  answer: { kind: "json", status: 200, schema: importSchema },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});
