import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";
import type { Form } from "@jiheng/domain";
import { Zip, type ZipInputFile } from "fflate";
import { fileOfForm } from "../../platform/documents/form-file.ts";
import type { FileFormat, NotWritten, Written } from "../../platform/documents/tasks.ts";
import type { Platform } from "../../platform/work.ts";
import { createPaths, safePart } from "./file-names.ts";
import { pagesOf } from "./pages.ts";
import { type ExportForm, formsAfter, type Selection } from "./store.ts";

const deflate = promisify(deflateRaw);

/** Forms read at a time, and files that are made at once, so that the threads have work while one is sent. */
const FORMS_A_PAGE = 100;
const AT_ONCE = 4;
/** Where the threads have more than they take, the archive waits this long and asks again. Milliseconds. */
const WAIT = 250;
/** Compressed by themselves: doing it again only takes time. */
const PACKED: readonly FileFormat[] = ["docx", "xlsx", "pdf"];
/** Offsets of the format are of 32 bits; room is left for the directory at the end. */
const MOST_BYTES = 0xf000_0000;

/**
 * An archive with a file a form. What was made with losses, or could not be made, stands in 说明.txt at its end, so that nothing is missing
 * unsaid. Given up, stopped or broken in between it throws: a part never ends like the whole.
 */
export async function* archiveOf(
  platform: Platform,
  selection: Selection,
  { format, template }: { readonly format: FileFormat; readonly template: string | null },
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { db, now } = platform;
  const archive = createArchive(now());
  const pathOf = createPaths();
  const says: string[] = [];
  let count = 0;
  let failed = 0;
  const pages = pagesOf((after, limit) => formsAfter(db, selection, after, limit), FORMS_A_PAGE, signal);
  for await (const page of pages)
    for (let from = 0; from < page.length; from += AT_ONCE) {
      const made = await Promise.all(
        page.slice(from, from + AT_ONCE).map(async (form) => ({
          path: pathOf(placeOf(form, selection), format),
          file: await patiently(platform, form, { format, template }, signal),
        })),
      );
      for (const { path, file } of made) {
        count += 1;
        if (file.kind === "refused") {
          failed += 1;
          says.push(`${path}：没有生成。${file.says}`);
          continue;
        }
        says.push(...file.says.map((each) => `${path}：${each}`));
        yield* await archive.put(path, file.bytes, PACKED.includes(format) ? 0 : 6);
      }
    }
  const summary = [`共${count}张表，生成${count - failed}个文件。`, ...says].join("\r\n");
  yield* await archive.put("说明.txt", Buffer.from(`\uFEFF${summary}\r\n`), 6);
  yield* archive.end();
}

/** Made, or refused for good: while the threads are busy it waits; a server that stops, or a client that is gone, ends it all. */
async function patiently(
  { documents }: Platform,
  { form }: ExportForm,
  { format, template }: { readonly format: FileFormat; readonly template: string | null },
  signal: AbortSignal,
): Promise<Written | NotWritten> {
  const whole = JSON.parse(form) as Form;
  for (;;) {
    const made = await fileOfForm(documents, whole, format, { template, signal });
    if (made.kind === "written" || made.passing === undefined) return made;
    if (made.passing !== "busy") throw new Error(`the archive was not finished: ${made.passing}`);
    await new Promise((resolve) => setTimeout(resolve, WAIT));
  }
}

/** The folder of its unit, within that of its department where there are several; the project with the year and the month. */
function placeOf(
  { department_name, unit_name, project_name, year, month }: ExportForm,
  { body }: Selection,
): string {
  const folders = body.kind === "region" ? [department_name, unit_name] : [unit_name];
  const when = month === null ? `${year}` : `${year}年${month}月`;
  return [...folders.map(safePart), `${safePart(project_name)}-${when}`].join("/");
}

/** A ZIP archive that is sent while it grows: of a file that was put nothing is held but what the directory at the end says of it. */
function createArchive(at: Date) {
  let parts: Uint8Array[] = [];
  let sent = 0;
  const zip = new Zip((error, part) => {
    if (error) throw error;
    sent += part.length;
    parts.push(part);
  });
  const take = (): Uint8Array[] => {
    const taken = parts;
    parts = [];
    return taken;
  };
  return {
    put: async (filename: string, bytes: Uint8Array, level: number): Promise<Uint8Array[]> => {
      if (sent + bytes.length > MOST_BYTES)
        throw new Error("the archive grew beyond what its format can hold");
      // Compressed beforehand: the streams of the library stay in its directory with their buffers.
      const packed = await deflate(bytes, { level });
      const entry: ZipInputFile = {
        ...{ filename, mtime: at, crc: crc32(bytes), size: bytes.length, compression: 8 },
      };
      zip.add(entry);
      entry.ondata?.(null, packed, true);
      return take();
    },
    end: (): Uint8Array[] => {
      zip.end();
      return take();
    },
  };
}
