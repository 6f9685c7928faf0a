import type { Note } from "@jiheng/domain";
import type { Grid, GridResult, Refusal } from "../grid.ts";
import { type Archive, openArchive } from "./archive.ts";
import { readBiff } from "./biff.ts";
import { compoundStream, isCompound } from "./compound.ts";
import { readDelimited } from "./delimited.ts";
import { readDoc } from "./doc.ts";
import { isDocx, readDocx } from "./docx.ts";
import { extensionOf, type Format, formatByMagic, formatOfText } from "./format.ts";
import { readHtml } from "./html.ts";
import { LIMITS } from "./limits.ts";
import { pageOfMhtml } from "./mhtml.ts";
import { isOds, readOds } from "./ods.ts";
import { RefusedError, refuse, tooLarge } from "./refusals.ts";
import { readSheetXml } from "./sheet-xml.ts";
import { readText } from "./text.ts";
import { type DecodedText, decodeText, encodingByLabel } from "./text-encoding.ts";
import { isXlsx, readXlsx } from "./xlsx.ts";

/** A file as it comes: its name counts only where its content does not decide. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MEGABYTE = 1024 * 1024;
const RESAVE = "请用 Word 或 WPS 打开，另存为 .docx（表格另存为 .xlsx）后再读";

const REFUSALS: Partial<Readonly<Record<Format, Refusal>>> = {
  empty: refuse("empty-file", "文件是空的，没有任何内容", "请核对是否选错了文件，或重新导出后再读"),
  pdf: refuse("pdf-unsupported", "此处不能读取 PDF 文件", "请先另存为 .docx 或 .xlsx；扫描件请先做文字识别"),
  rtf: refuse("rtf-unsupported", "这是 RTF 文件，尚不支持", "请用 Word 或 WPS 打开，另存为 .docx 后再读"),
  "word-xml": refuse(
    "word-xml-unsupported",
    "这是 Word XML 文档，尚不支持",
    "请用 Word 或 WPS 打开，另存为 .docx 后再读",
  ),
  encrypted: refuse(
    "encrypted",
    "文件设有打开密码，无法读取",
    "请在 Word、Excel 或 WPS 中取消密码，保存后再读",
  ),
  picture: refuse(
    "picture",
    "这是图片，没有可读取的文字",
    "请提供填报时的 Word 或 Excel 文件，或先做文字识别",
  ),
  archive: refuse("archive", "这是压缩包，不是表格文件", "请先解压，再读取其中的文件"),
  ofd: refuse("ofd-unsupported", "尚不支持 OFD 版式文件", "请提供填报时的 Word 或 Excel 文件"),
  json: refuse("json-reading", "这是读表结果（JSON），不是表格文件", "请直接作为读表结果读取"),
  unknown: refuse(
    "unknown-format",
    "认不出文件的格式",
    `可读取 docx、doc、xlsx、pdf、xls、et、ods、html、txt、tsv、csv、json；${RESAVE}`,
  ),
};

/** What each extension promises; another content is read as what it is, with a note. */
const PROMISED = new Map<string, readonly Format[]>(
  Object.entries({
    docx: ["docx"],
    doc: ["doc"],
    xlsx: ["xlsx"],
    xlsm: ["xlsx"],
    xls: ["xls"],
    et: ["xls", "xlsx"],
    ods: ["ods"],
    html: ["html"],
    htm: ["html"],
    mht: ["mhtml"],
    mhtml: ["mhtml"],
    txt: ["text"],
    tsv: ["text"],
    csv: ["csv"],
    json: ["json"],
    pdf: ["pdf"],
  }),
);

const FORMAT_NAMES: Partial<Readonly<Record<Format, string>>> = {
  docx: "Word 文档（docx）",
  doc: "旧版 Word 文档（doc）",
  xlsx: "Excel 工作簿（xlsx）",
  ods: "ODS 表格",
  xls: "旧版 Excel 工作簿（xls）",
  "sheet-xml": "XML 表格",
  html: "网页（HTML）",
  mhtml: "单文件网页（MHTML）",
  text: "文本",
  csv: "CSV 文本",
  json: "JSON",
  pdf: "PDF",
};

/** The note that a file is not what its name says; none where it is. */
export function formatNotes(name: string, format: Format): readonly Note[] {
  return mismatch(extensionOf(name), format);
}

function mismatch(extension: string, format: Format): readonly Note[] {
  const promised = PROMISED.get(extension);
  if (!promised || promised.includes(format) || (format === "text" && extension === "csv")) return [];
  return [
    {
      level: "normalised",
      code: "format-mismatch",
      says: `文件扩展名是 .${extension}，内容是${FORMAT_NAMES[format] ?? format}，已按内容读取`,
      place: null,
      at: null,
    },
  ];
}

function readAs(format: Format, bytes: Uint8Array, decoded: DecodedText | null): Grid {
  const refusal = REFUSALS[format];
  if (refusal) throw new RefusedError(refusal.code, refusal.what, refusal.remedy);
  const text = decoded?.text ?? "";
  switch (format) {
    case "text":
      return readText(text);
    case "csv":
      return readDelimited(text);
    case "html":
      return readHtml(text);
    case "mhtml": {
      const page = pageOfMhtml(bytes);
      const inner = decodeText(
        page.bytes,
        declaredEncoding(page.bytes) ?? encodingByLabel(page.charset ?? ""),
      );
      const grid = readHtml(inner.text);
      return { blocks: grid.blocks, notes: [...inner.notes, ...grid.notes] };
    }
    case "doc":
      return readDoc(bytes);
    case "sheet-xml":
      return readSheetXml(text);
    case "xls": {
      const stream = isCompound(bytes) ? compoundStream(bytes, ["Workbook", "Book"]) : bytes;
      if (stream) return readBiff(stream);
      throw new RefusedError("damaged-xls", "旧版工作簿里没有工作表的内容", RESAVE);
    }
    default:
      throw new RefusedError("unknown-format", "认不出文件的格式", RESAVE);
  }
}

/** Formats in an archive, told apart by what is inside. */
function readArchive(archive: Archive): { format: Format; grid: Grid } {
  if (isDocx(archive)) return { format: "docx", grid: readDocx(archive) };
  if (isXlsx(archive)) return { format: "xlsx", grid: readXlsx(archive) };
  if (isOds(archive)) return { format: "ods", grid: readOds(archive) };
  const refusal = archive.has("OFD.xml")
    ? REFUSALS.ofd
    : archive.has("xl/workbook.bin")
      ? refuse(
          "xlsb-unsupported",
          "这是二进制的 Excel 工作簿（xlsb），尚不支持",
          "请用 Excel 或 WPS 打开，另存为 .xlsx 后再读",
        )
      : archive.has("content.xml")
        ? refuse("odf-unsupported", "尚不支持这种 OpenDocument 文件", RESAVE)
        : REFUSALS.archive;
  throw new RefusedError(refusal?.code ?? "archive", refusal?.what ?? "", refusal?.remedy ?? "");
}

/** The encoding a page or XML file declares in its first bytes, or null. */
function declaredEncoding(bytes: Uint8Array): ReturnType<typeof encodingByLabel> {
  const head = String.fromCharCode(...bytes.subarray(0, 4_096));
  const label =
    /<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]{1,100}encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1];
  return label === undefined ? null : encodingByLabel(label);
}

/** True where decoded text is no text: too many control or undecodable characters. */
function isBinary(decoded: DecodedText): boolean {
  return decoded.strange > 0.1;
}

function read(file: SourceFile): Grid {
  const { bytes } = file;
  const extension = extensionOf(file.name);
  if (bytes.length > LIMITS.fileBytes)
    throw new RefusedError(
      "too-large",
      `文件有 ${Math.ceil(bytes.length / MEGABYTE)} MB，超过 ${LIMITS.fileBytes / MEGABYTE} MB 的上限`,
      "请确认这是自评表；如是汇编，请分拆后再读",
    );
  const magic = formatByMagic(bytes);
  if (magic === "zip") {
    const { format, grid } = readArchive(openArchive(bytes));
    return { blocks: grid.blocks, notes: [...mismatch(extension, format), ...grid.notes] };
  }
  if (magic !== null) {
    const grid = readAs(magic, bytes, null);
    return { blocks: grid.blocks, notes: [...mismatch(extension, magic), ...grid.notes] };
  }
  if (bytes.length > LIMITS.textBytes)
    throw new RefusedError(
      "too-large",
      `文本有 ${Math.ceil(bytes.length / MEGABYTE)} MB，超过 ${LIMITS.textBytes / MEGABYTE} MB 的上限`,
      "请确认这是自评表；如是汇编，请分拆后再读",
    );
  const decoded = decodeText(bytes, declaredEncoding(bytes));
  const format = formatOfText(decoded.text, extension);
  if (format !== "empty" && isBinary(decoded)) return readAs("unknown", bytes, null);
  const grid = readAs(format, bytes, decoded);
  return { blocks: grid.blocks, notes: [...mismatch(extension, format), ...decoded.notes, ...grid.notes] };
}

/**
 * Bytes of a file to a neutral grid: blocks in reading order with merges resolved, nothing interpreted. The format is
 * decided by content first, by extension second. Hostile or unreadable bytes give a refusal; never throws.
 */
export function readGrid(file: SourceFile): GridResult {
  try {
    const grid = read(file);
    checkLoose(grid);
    return { kind: "grid", grid };
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    return refuse("unreadable", `文件损坏或不合格式，无法读取（${reasonOf(error)}）`, RESAVE);
  }
}

/** Stops text that is no form before it is searched for one. */
function checkLoose({ blocks }: Grid): void {
  let count = 0;
  let characters = 0;
  let tables = 0;
  for (const block of blocks)
    if (block.kind === "text") {
      count += 1;
      characters += block.text.length;
    } else tables += 1;
  if (tables === 0 && characters > LIMITS.flatCharacters)
    throw new RefusedError(
      "too-large",
      `文件里没有表格，只有 ${characters} 字的文字，超过 ${LIMITS.flatCharacters} 字的上限`,
      "请用保留单元格的 docx、xlsx 或制表符分隔的文本；如是汇编，请分拆成几个文件后再读",
    );
  if (count > LIMITS.textBlocks || characters > LIMITS.looseCharacters) throw tooLarge("表格以外的文字");
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, " ").slice(0, 80);
}
