import { stat } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import type { Document } from "@jiheng/domain";
import {
  type FormModel,
  formsDocument,
  formsWorkbook,
  LAYOUTS,
  type LayoutPlan,
  layOut,
  layoutFor,
  layoutOf,
  lostBy,
  presentReading,
  writeCsv,
  writeDocx,
  writeHtml,
  writeXlsx,
  zipFiles,
} from "@jiheng/exporters";
import type { Arguments, Options } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import { fileNames } from "../file-names.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { pdfOf, tellMissing } from "../pdf.ts";
import { printJson } from "../print/json.ts";
import { wrap } from "../print/text.ts";
import { saveNew } from "../save.ts";
import { filesOf, formsOf, readSources, reportUnread, type SourcedForm } from "../sources.ts";

const USAGE = "写法：jiheng export 自评表.docx --to pdf -o 自评表.pdf";
const FORMATS = ["docx", "xlsx", "pdf", "html", "json", "csv"] as const;
type Format = (typeof FORMATS)[number];
/** Memory that the PDF engine takes for each form bound in one file, in MB, and the number of forms from which that is told. */
const BOUND_MEMORY = 2.5;
const MANY_BOUND = 300;
/** Beyond this many forms the folder or archive shows its progress. */
const QUIET = 20;

/** Where the result goes: one file, a folder with a file a form, or an archive of such files. */
type Target = "file" | "folder" | "archive";

/** A form with the layout it is written in. */
interface LaidOut extends SourcedForm {
  readonly plan: LayoutPlan;
  readonly model: FormModel;
}

function formatOf({ to, out }: Options): Format {
  const extension = extname(out ?? "")
    .slice(1)
    .toLowerCase();
  const named = to?.toLowerCase() ?? extension;
  const format = FORMATS.find((each) => each === named);
  if (!format)
    throw new CommandError(
      to === null ? "没有指定写成哪种格式" : `没有“${to}”这种格式`,
      `请用 --to 指定：${FORMATS.join("、")}`,
    );
  if (extension !== format && FORMATS.some((each) => each === extension))
    throw new CommandError(`--to ${format} 与文件名的扩展名 .${extension} 不一致`, "请更改其中一个");
  return format;
}

async function targetOf(out: string, io: Io): Promise<Target> {
  const path = resolve(io.cwd, out);
  if (/[\\/]$/.test(out) && (out.endsWith("/") || process.platform === "win32")) return "folder";
  const isFolder = await stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (isFolder) return "folder";
  return extname(out).toLowerCase() === ".zip" ? "archive" : "file";
}

function planNamed(id: string): LayoutPlan {
  const plan = layoutOf(id);
  if (!plan)
    throw new CommandError(
      `没有“${id}”这种表样可以写出`,
      `可用的表样：${LAYOUTS.map((each) => each.id).join("、")}`,
    );
  return plan;
}

/** Lays every form out and says which layout was taken and what it has no place for. */
function layOutAll(forms: readonly SourcedForm[], wanted: LayoutPlan | null, io: Io): LaidOut[] {
  const used = new Map<LayoutPlan, number>();
  const laid = forms.map(({ file, form }): LaidOut => {
    const plan = wanted ?? layoutFor(form.template);
    used.set(plan, (used.get(plan) ?? 0) + 1);
    return { file, form, plan, model: layOut(form, plan) };
  });
  for (const [plan, count] of used) io.err(`按表样 ${plan.id}（${plan.title}）写出 ${count} 张表。\n`);
  const said = new Map<string, number[]>();
  const say = (ordinal: number, what: string): void => {
    const forms = said.get(what);
    if (forms) forms.push(ordinal);
    else said.set(what, [ordinal]);
  };
  for (const [index, { form, plan }] of laid.entries()) {
    if (wanted === null && plan.id !== form.template)
      say(
        index + 1,
        form.template === "unknown"
          ? `没有认出表样，按 ${plan.id}（${plan.title}）写出；可用 --template 另行指定`
          : `表样 ${form.template} 不能写出，按 ${plan.id}（${plan.title}）写出；可用 --template 另行指定`,
      );
    for (const lost of lostBy(form, plan)) say(index + 1, lost);
  }
  for (const [what, ordinals] of said)
    io.err(`${wrap(`· 第 ${ranges(ordinals)} 张表：${what}。`, io.columns, "  ")}\n`);
  return laid;
}

/** Ordinals in increasing order, runs shortened: 1—3、7. */
function ranges(ordinals: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const each of ordinals) {
    const last = runs.at(-1);
    if (last && last[1] === each - 1) last[1] = each;
    else runs.push([each, each]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}—${to}`)).join("、");
}

/** The documents as read, with only the forms that were picked. */
function readingOf(documents: readonly Document[], picked: readonly SourcedForm[]): string {
  const kept = new Set(picked.map(({ form }) => form));
  const narrowed = documents.flatMap((each) => {
    const forms = each.forms.filter((form) => kept.has(form));
    return forms.length > 0 ? [{ ...each, forms }] : [];
  });
  return printJson(presentReading(narrowed, ENGINE));
}

/** One file of forms. Characters that cannot be printed are added to `missing`. */
async function bytesOf(
  laid: readonly LaidOut[],
  format: Exclude<Format, "json">,
  missing: Set<string>,
): Promise<Uint8Array> {
  const models = laid.map(({ model }) => model);
  switch (format) {
    case "docx":
      return writeDocx(formsDocument(models, true));
    case "xlsx":
      return writeXlsx(formsWorkbook(models, true));
    case "html":
      return new TextEncoder().encode(writeHtml(formsDocument(models, true)));
    case "csv":
      return new TextEncoder().encode(writeCsv(models));
    case "pdf": {
      const written = await pdfOf(formsDocument(models, true));
      for (const each of written.missing) missing.add(each);
      return written.bytes;
    }
  }
}

/** `jiheng export`: forms as official documents, in one file with a list of contents, or a file each in a folder or archive. */
export async function exportForms({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  if (options.format !== null) throw new CommandError("export 没有 --format", `请用 --to 指定格式。${USAGE}`);
  if (options.out === null) throw new CommandError("没有指定写到哪里", USAGE);
  const format = formatOf(options);
  const wanted = options.template === null ? null : planNamed(options.template);
  if (wanted !== null && format === "json")
    throw new CommandError("json 是读表结果，不按表样排版", "请去掉 --template，或改用别的格式");
  const target = await targetOf(options.out, io);
  const { documents, unread } = await readSources(rest, io);
  const picked = formsOf(documents, options.form);
  const failed = reportUnread(unread, io);
  if (picked.length === 0) {
    if (!failed) throw new CommandError("没有读到自评表", "请用 jiheng read 查看文件里读到了什么");
    return 2;
  }
  const laid = format === "json" ? [] : layOutAll(picked, wanted, io);
  const missing = new Set<string>();
  const inputs = filesOf({ documents, unread });
  const fileOf = async (indices: readonly number[]): Promise<Uint8Array> => {
    if (format === "json") {
      const forms = indices.flatMap((index) => picked[index] ?? []);
      return new TextEncoder().encode(readingOf(documents, forms));
    }
    return bytesOf(
      indices.flatMap((index) => laid[index] ?? []),
      format,
      missing,
    );
  };

  if (target === "file" && format === "pdf" && picked.length > MANY_BOUND)
    io.err(
      `${picked.length} 张表合成一份 PDF 约需 ${Math.ceil((picked.length * BOUND_MEMORY) / 1000)} GB 内存；内存不足时请写到文件夹或 .zip，一张表一个文件。\n`,
    );
  let replaced = 0;
  const save = async (name: string, bytes: Uint8Array): Promise<void> => {
    if ((await saveNew(name, bytes, inputs, io)).replaced) replaced += 1;
  };
  if (target === "file") await save(options.out, await fileOf([...picked.keys()]));
  else {
    const names = fileNames(
      picked.map(({ form }) => form.project ?? form.unit ?? form.title ?? ""),
      format,
    );
    const files: { name: string; bytes: Uint8Array }[] = [];
    for (const [index, name] of names.entries()) {
      if (io.progress && names.length > QUIET && index % 10 === 0)
        io.err(`\r正在写出 ${index + 1}/${names.length} …`);
      const bytes = await fileOf([index]);
      if (target === "archive") files.push({ name, bytes });
      else await save(join(options.out, name), bytes);
    }
    if (io.progress && names.length > QUIET) io.err("\r\u001b[K");
    if (target === "archive") await save(options.out, zipFiles(files));
  }

  tellMissing([...missing], io);
  const instead =
    replaced === 0
      ? ""
      : target === "folder"
        ? `，其中 ${replaced} 个替换了原有的文件`
        : "，替换了原有的文件";
  io.err(`已写入 ${options.out}：${picked.length} 张表${instead}。\n`);
  return failed ? 2 : 0;
}
