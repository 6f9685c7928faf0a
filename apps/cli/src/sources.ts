import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Document, Form } from "@jiheng/domain";
import { closeReaders, readDocumentFile } from "@jiheng/importers/node";
import { CommandError, type Io } from "./io.ts";

/** Extensions looked at when a folder is walked; a file named by itself is read whatever it is called. */
const READABLE = new Set([
  ".docx",
  ".xlsx",
  ".xls",
  ".et",
  ".ods",
  ".doc",
  ".pdf",
  ".html",
  ".htm",
  ".txt",
  ".tsv",
  ".csv",
  ".json",
]);
const NOT_WALKED = new Set(["node_modules", "__MACOSX"]);
/** A form is some tens of kilobytes; a file beyond this is not one and would only fill the memory. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** A file beyond this may hold some hundred thousand cells. */
const LARGE_FILE = 64 * 1024;

/** A form together with the file it came from, as commands pass it on. */
export interface SourcedForm {
  readonly file: string;
  readonly form: Form;
}

/** A file that could not be read, with what is wrong and what to do. */
export interface UnreadFile {
  readonly file: string;
  readonly what: string;
  readonly remedy: string;
}

/** The documents that were read, and the files that were not, in the order they were named. */
export interface Sources {
  readonly documents: readonly Document[];
  readonly unread: readonly UnreadFile[];
}

async function walk(folder: string, found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    // Office writes lock files (~$…) beside open documents; dot files are never forms.
    if (entry.name.startsWith(".") || entry.name.startsWith("~$") || NOT_WALKED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    // Symbolic links are not followed: a folder of forms must not lead out of itself.
    if (entry.isDirectory()) await walk(path, found);
    else if (entry.isFile() && READABLE.has(extname(entry.name).toLowerCase())) found.push(path);
  }
}

const MISSING: Record<string, string> = {
  ENOENT: "没有这个文件",
  EACCES: "没有权限读取",
  EPERM: "没有权限读取",
};

/** Why the system would not give a file, in words. */
function systemReason(error: unknown): string {
  const code = (error as { code?: string }).code ?? "";
  return MISSING[code] ?? `系统错误 ${code || String(error)}`;
}

/**
 * Reads every file named, and every readable file of every folder named, in a fixed order.
 * One unreadable file does not stop the others: it is listed in `unread`.
 */
export async function readSources(names: readonly string[], io: Io): Promise<Sources> {
  if (names.length === 0)
    throw new CommandError("没有指定文件", "请在命令后写上文件或文件夹，例如：jiheng audit 自评表.docx");
  const files: { shown: string; path: string }[] = [];
  const unread: UnreadFile[] = [];
  for (const name of names) {
    const path = resolve(io.cwd, name);
    try {
      const info = await stat(path);
      if (info.isDirectory()) {
        const found: string[] = [];
        await walk(path, found);
        if (found.length === 0) {
          unread.push({
            file: name,
            what: "文件夹里没有可以读取的文件",
            remedy: `可读取的格式：${[...READABLE].join(" ")}`,
          });
        }
        for (const each of found) files.push({ shown: join(name, each.slice(path.length + 1)), path: each });
      } else files.push({ shown: name, path });
    } catch (error) {
      unread.push({ file: name, what: systemReason(error), remedy: "请核对文件名、路径和权限" });
    }
  }

  const documents: Document[] = [];
  const started = files.length > 20 && io.progress;
  for (const [index, { shown, path }] of files.entries()) {
    if (started && index % 10 === 0) io.err(`\r正在读取 ${index + 1}/${files.length} …`);
    try {
      const { size } = await stat(path);
      if (size > LARGEST_FILE) {
        unread.push({
          file: shown,
          what: `文件有 ${Math.ceil(size / 1048576)} MB，超过 64 MB 的上限`,
          remedy: "请确认这是自评表；如是汇编，请分拆后再读",
        });
        continue;
      }
      // The collector lets the heap double before it looks at it; a large file shall not take more than 300 MB for that.
      if (size > LARGE_FILE) setFlagsFromString("--heap-growing-percent=40");
      const bytes = new Uint8Array(await readFile(path));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const result = await readDocumentFile({ name: shown, bytes, sha256 });
      if (result.kind === "refused") unread.push({ file: shown, what: result.what, remedy: result.remedy });
      else {
        documents.push(result.document);
        if (result.document.forms.length === 0) {
          unread.push({
            file: shown,
            what: "没有读到绩效自评表",
            remedy: "请确认文件里有带“一级指标、二级指标、三级指标”表头的表；扫描件请先做文字识别",
          });
        }
      }
    } catch (error) {
      unread.push({ file: shown, what: systemReason(error), remedy: "请核对文件是否完整" });
    }
  }
  await closeReaders();
  if (started) io.err("\r\u001b[K");
  return { documents, unread };
}

/** All forms of all documents in order, or only the N-th form of each file where `only` is given (from 1). */
export function formsOf(documents: readonly Document[], only: number | null): SourcedForm[] {
  const picked: SourcedForm[] = [];
  for (const { file, forms } of documents) {
    if (only === null) for (const form of forms) picked.push({ file, form });
    else {
      const form = forms[only - 1];
      if (!form)
        throw new CommandError(
          `${file} 里没有第 ${only} 张表（共 ${forms.length} 张）`,
          "请更改 --form 后面的序号",
        );
      picked.push({ file, form });
    }
  }
  return picked;
}

/** Every file that was asked for, read or not, as typed: none of them may be written over. */
export function filesOf({ documents, unread }: Sources): string[] {
  return [...documents, ...unread].map(({ file }) => file);
}

/** Tells the files that could not be read on standard error; true where there was one. */
export function reportUnread(unread: readonly UnreadFile[], io: Io): boolean {
  for (const { file, what, remedy } of unread) io.err(`${file}：${what}。${remedy}。\n`);
  return unread.length > 0;
}
