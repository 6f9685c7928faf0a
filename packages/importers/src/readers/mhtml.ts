import { RefusedError } from "./refusals.ts";

const BOUNDARY = /^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*?boundary="?([^"\r\n;]+)"?/im;

function header(head: string, name: string): string {
  const folded = head.replace(/\r?\n[ \t]+/g, " ");
  return new RegExp(`^${name}:\\s*(.*)$`, "im").exec(folded)?.[1]?.trim() ?? "";
}

function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8_192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)));
  return parts.join("");
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at) & 0xff;
  return bytes;
}

function decodeBody(body: string, encoding: string): Uint8Array {
  if (/^base64$/i.test(encoding)) {
    try {
      return bytesOf(atob(body.replace(/[^A-Za-z0-9+/=]/g, "")));
    } catch {
      throw new RefusedError(
        "damaged-mhtml",
        "单文件网页中的正文已损坏",
        "请用 Word、Excel 或 WPS 打开后另存为 .docx 或 .xlsx 再读",
      );
    }
  }
  if (/^quoted-printable$/i.test(encoding))
    return bytesOf(
      body
        .replace(/[ \t]*=[ \t]*\r?\n/g, "")
        .replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    );
  return bytesOf(body);
}

/** The page inside a single-file web page (.mht, or a .doc or .xls some systems export so), with its declared charset. */
export function pageOfMhtml(bytes: Uint8Array): {
  readonly bytes: Uint8Array;
  readonly charset: string | null;
} {
  const source = latin1(bytes);
  const boundary = BOUNDARY.exec(source.slice(0, 8_192))?.[1];
  const parts = boundary === undefined ? [source] : source.split(`--${boundary}`).slice(1);
  for (const part of parts) {
    const text = part.replace(/^\r?\n/, "");
    const gap = /\r?\n\r?\n/.exec(text);
    if (!gap) continue;
    const head = text.slice(0, gap.index);
    const type = header(head, "content-type");
    if (!/^text\/html/i.test(type)) continue;
    return {
      bytes: decodeBody(text.slice(gap.index + gap[0].length), header(head, "content-transfer-encoding")),
      charset: /charset="?([\w-]+)"?/i.exec(type)?.[1] ?? null,
    };
  }
  throw new RefusedError(
    "damaged-mhtml",
    "单文件网页中没有正文",
    "请用 Word、Excel 或 WPS 打开后另存为 .docx 或 .xlsx 再读",
  );
}
