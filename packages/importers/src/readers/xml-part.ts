import type { Archive } from "./archive.ts";
import { RefusedError } from "./refusals.ts";
import { type ScanHandlers, XmlScanner } from "./xml-scan.ts";

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}

/**
 * Scans one part of a package while it is inflated, so that a long one is never held whole; true where its markup is
 * sound. Refuses document type declarations.
 */
export function parsePart(archive: Archive, part: string, handlers: Omit<ScanHandlers, "doctype">): boolean {
  const scanner = new XmlScanner({
    open: handlers.open,
    close: handlers.close,
    ...(handlers.text ? { text: handlers.text } : {}),
    doctype: () => {
      throw new RefusedError(
        "doctype",
        `${part} 含有文档类型声明（DTD），正常的 Word 或 Excel 文件没有`,
        "请用 WPS 或 Office 打开后另存一份再读",
      );
    },
  });
  let decoder: TextDecoder | null = null;
  archive.stream(part, (bytes) => {
    decoder ??= new TextDecoder(encodingOf(bytes));
    scanner.write(decoder.decode(bytes, { stream: true }));
  });
  return scanner.end();
}
