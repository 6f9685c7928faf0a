import { t } from "../../i18n/words.ts";

/** What is known of a file before its content: enough to say whether it can be read at all. */
export interface FileHead {
  readonly name: string;
  readonly size: number;
}

/** A file that is not sent, and why, in words that say what to do. */
export interface LeftOut {
  readonly name: string;
  readonly says: string;
}

const READABLE = new Set([
  ...["docx", "doc", "xlsx", "xlsm", "xls", "et", "ods", "pdf"],
  ...["html", "htm", "mht", "mhtml", "txt", "tsv", "csv", "json"],
]);
const MIB = 1024 * 1024;
const ONE_AT_MOST = 20 * MIB;
/** Beneath the limits of a server that was set up as it comes, with room for what surrounds the files. */
const TOGETHER_AT_MOST = 80 * MIB;
const FILES_AT_MOST = 150;

/** Endings the picker offers. */
export const ACCEPTED = [...READABLE, "zip"].map((ending) => `.${ending}`).join(",");

/** Whether a file is an archive that can be opened here. */
export function isArchive({ name }: Pick<FileHead, "name">): boolean {
  return /\.zip$/i.test(name);
}

function whyNot({ name, size }: FileHead): string | null {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (size === 0) return t("文件是空的。请核对是否选错了文件。");
  // One that is left here was packed within another.
  if (isArchive({ name })) return t("这是压缩包里的压缩包。请先解压，再选其中的文件。");
  if (["rar", "7z"].includes(ending)) return t("这种压缩包打不开。请先解压，再选其中的文件，或压缩为 zip。");
  if (["jpg", "jpeg", "png", "bmp", "tif", "tiff", "gif"].includes(ending))
    return t("这是图片，没有可读取的文字。请用填报时的 Word 或 Excel 文件，或先做文字识别。");
  if (["wps", "rtf", "dot", "dotx"].includes(ending)) return t("请用 Word 或 WPS 打开，另存为 docx 后再选。");
  if (ending === "ofd") return t("不能读取 OFD。请用填报时的 Word 或 Excel 文件。");
  if (!READABLE.has(ending))
    return t(
      "不是能读取的文件。可以是 docx、doc、xlsx、xls、et、ods、pdf、html、txt、csv，或装着它们的 zip。",
    );
  if (size > ONE_AT_MOST) return t("文件超过 20 MB。请去掉其中的图片，或拆开后再选。");
  return null;
}

/** Which files are sent, in requests that stay beneath the limits, and which are left out and why. One bad file spoils none of the others. */
export function gather<F extends FileHead>(
  files: readonly F[],
): { readonly batches: readonly (readonly F[])[]; readonly leftOut: readonly LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const batches: F[][] = [];
  let size = 0;
  for (const file of files) {
    // What the system or an office program left lying about was chosen by nobody.
    if (/^(?:\.|~\$)|^(?:Thumbs\.db|desktop\.ini)$/i.test(file.name)) continue;
    const says = whyNot(file);
    if (says !== null) {
      leftOut.push({ name: file.name, says });
      continue;
    }
    const last = batches.at(-1);
    if (!last || last.length >= FILES_AT_MOST || size + file.size > TOGETHER_AT_MOST) {
      batches.push([file]);
      size = file.size;
    } else {
      last.push(file);
      size += file.size;
    }
  }
  return { batches, leftOut };
}

const DEEPEST = 12;
const MOST_FILES = 5_000;

/** The files of what was dropped, and what of it could not be taken. */
export interface Dropped {
  readonly files: readonly File[];
  readonly leftOut: readonly LeftOut[];
}

/** The files of what was dropped, folders with all that is in them. Must be called within the event: afterwards its items are gone. */
export async function filesOfDrop(data: Pick<DataTransfer, "items" | "files">): Promise<Dropped> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry());
  if (entries.every((entry) => entry === null)) return { files: [...data.files], leftOut: [] };
  const dropped = { files: [] as File[], leftOut: [] as LeftOut[] };
  for (const entry of entries) if (entry) await collect(entry, dropped, 0);
  return dropped;
}

async function collect(
  entry: FileSystemEntry,
  dropped: { readonly files: File[]; readonly leftOut: LeftOut[] },
  depth: number,
): Promise<void> {
  const { files, leftOut } = dropped;
  if (files.length >= MOST_FILES || depth > DEEPEST) {
    const says =
      depth > DEEPEST
        ? t("文件夹套得太深，里面的没有交。请直接拖里层的文件夹。")
        : t("一次最多交{{most}}个文件，这一个和后面的没有交。请分几次。", { most: MOST_FILES });
    // Of too many the first is named: its words are about all that come after.
    if (depth > DEEPEST || !leftOut.some((each) => each.says === says))
      leftOut.push({ name: entry.name, says });
    return;
  }
  try {
    if (entry.isFile) {
      files.push(await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail)));
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      // A reader hands out a folder by parts, until one is empty.
      const part = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
      if (part.length === 0) return;
      for (const each of part) await collect(each, dropped, depth + 1);
    }
  } catch {
    leftOut.push({ name: entry.name, says: t("打不开，可能没有权限或已被移走。请核对后再拖一次。") });
  }
}
