import { looksDelimited } from "./delimited.ts";

/** What a file is by its content. Refused kinds are told apart so that each refusal can say what to do. */
export type Format =
  | "docx"
  | "xlsx"
  | "ods"
  | "xls"
  | "sheet-xml"
  | "html"
  | "mhtml"
  | "text"
  | "csv"
  | "json"
  | "pdf"
  | "doc"
  | "rtf"
  | "word-xml"
  | "encrypted"
  | "ofd"
  | "picture"
  | "archive"
  | "empty"
  | "unknown";

/** Extension of a file name in lower case, without the dot; "" where there is none. */
export function extensionOf(name: string): string {
  const base = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  const dot = base.lastIndexOf(".");
  return dot < 0
    ? ""
    : base
        .slice(dot + 1)
        .trim()
        .toLowerCase();
}

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

const PICTURES: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x42, 0x4d],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
];

/** True where `name` stands in the bytes as UTF-16LE, as names of streams do in a compound file. */
function hasStream(bytes: Uint8Array, name: string): boolean {
  const first = name.charCodeAt(0);
  const limit = bytes.length - name.length * 2;
  for (let at = bytes.indexOf(first); at >= 0 && at <= limit; at = bytes.indexOf(first, at + 1)) {
    let same = true;
    for (let k = 0; k < name.length && same; k += 1)
      same = bytes[at + 2 * k] === name.charCodeAt(k) && bytes[at + 2 * k + 1] === 0;
    if (same) return true;
  }
  return false;
}

/** What a compound file (Office 97–2003, or an encrypted newer one) holds, by the names of its streams. */
function compoundFormat(bytes: Uint8Array): Format {
  if (hasStream(bytes, "EncryptedPackage")) return "encrypted";
  if (hasStream(bytes, "WordDocument")) return "doc";
  if (hasStream(bytes, "Workbook") || hasStream(bytes, "Book")) return "xls";
  return "unknown";
}

/** The format by the first bytes alone, or null where they are text or an archive that must be looked into. */
export function formatByMagic(bytes: Uint8Array): Format | "zip" | null {
  if (bytes.length === 0) return "empty";
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0x50, 0x4b, 0x05, 0x06)) return "zip";
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return compoundFormat(bytes);
  if (startsWith(bytes, 0x7b, 0x5c, 0x72, 0x74, 0x66)) return "rtf";
  if (
    startsWith(bytes, 0x52, 0x61, 0x72, 0x21) ||
    startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf) ||
    startsWith(bytes, 0x1f, 0x8b)
  )
    return "archive";
  // A PDF may carry some bytes before its mark.
  for (let at = 0; at < Math.min(bytes.length, 1024); at += 1)
    if (bytes[at] === 0x25 && startsWith(bytes.subarray(at), 0x25, 0x50, 0x44, 0x46, 0x2d)) return "pdf";
  for (const magic of PICTURES)
    if (startsWith(bytes, ...magic)) return bytes[0] === 0x42 && !isBitmap(bytes) ? null : "picture";
  // The old spreadsheet formats before compound files begin with a BOF record.
  if (
    bytes[0] === 0x09 &&
    (bytes[1] === 0x00 || bytes[1] === 0x02 || bytes[1] === 0x04) &&
    bytes[2] !== undefined &&
    bytes[2] <= 8 &&
    bytes[3] === 0x00
  )
    return "xls";
  return null;
}

/** A text may begin with "BM"; a bitmap has its size and zeros behind it. */
function isBitmap(bytes: Uint8Array): boolean {
  return bytes[6] === 0 && bytes[7] === 0 && bytes[8] === 0 && bytes[9] === 0;
}

const TAGS = /^<(?:!doctype\s+html|html|head|body|meta|table|div|style|title|p|span|center|font|!--\[if)\b/i;

const PAGE = /<(?:!doctype\s+html|html|body|table|tr)\b/i;

/** The format of decoded text by its beginning; the extension decides only between plain text and CSV. */
export function formatOfText(text: string, extension: string): Format {
  const head = text.slice(0, 64 * 1024).replace(/^[\s\ufeff]+/, "");
  if (head === "") return "empty";
  let start = head.replace(/^<\?xml[^>]*\?>\s*/i, "");
  for (let k = 0; k < 16 && start.startsWith("<!--") && !/^<!--\[if/i.test(start); k += 1) {
    const end = start.indexOf("-->");
    if (end < 0) break;
    start = start.slice(end + 3).trimStart();
  }
  if (
    /^MIME-Version:|^(?:From|Subject|Date|Content-Type|X-[\w-]+):[^\n]*\n[\s\S]{0,2000}^(?:MIME-Version|Content-Type):/im.test(
      head.slice(0, 4096),
    ) &&
    /^content-type:\s*(?:multipart|text\/html)/im.test(head.slice(0, 4096))
  )
    return "mhtml";
  if (start.startsWith("<")) {
    const early = start.slice(0, 4096);
    if (early.includes("urn:schemas-microsoft-com:office:spreadsheet") && /<(?:\w+:)?Workbook\b/.test(early))
      return "sheet-xml";
    if (/<w:wordDocument\b|<pkg:package\b/.test(early)) return "word-xml";
    // Text exported from a system may begin with markup that leaked into its first cell.
    const leaked = /^(?:txt|tsv|csv)$/.test(extension) && !PAGE.test(text);
    if (!leaked && (TAGS.test(start) || /<html\b/i.test(early))) return "html";
  }
  if (extension === "html" || extension === "htm") return /<[a-z][^>]*>/i.test(text) ? "html" : "text";
  if (extension === "json") return "json";
  if (/^[[{]/.test(head) && /^(?:\{\s*"|\[\s*\{\s*")/.test(head) && extension !== "csv") return "json";
  if (extension === "csv") return "csv";
  const early = head.slice(0, 16 * 1024);
  // A page without its beginning (a copied <tr>…) under a name of Office is still a page.
  if (!early.includes("\t") && extension !== "txt" && looksDelimited(early)) return "csv";
  return "text";
}
