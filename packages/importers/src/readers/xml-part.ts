import { SaxesParser, type SaxesTagPlain } from "saxes";
import type { Archive } from "./archive.ts";
import { RefusedError } from "./refusals.ts";

/** Markup is decoded and parsed in pieces, so that a long sheet is never held as one string. */
const PIECE = 64 * 1024;

/** What a reader wants to hear; names come without prefix. */
export interface PartHandlers {
  open(name: string, tag: SaxesTagPlain): void;
  close(name: string): void;
  text?(text: string): void;
}

/** A name without its prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Parses one part of a package piece by piece; true where its markup is sound. Refuses document type declarations. */
export function parsePart(archive: Archive, part: string, handlers: PartHandlers): boolean {
  const bytes = archive.read(part);
  let sound = true;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on("doctype", () => {
    throw new RefusedError(
      "doctype",
      `${part} 含有文档类型声明（DTD），正常的 Word 或 Excel 文件没有`,
      "请用 WPS 或 Office 打开后另存一份再读",
    );
  });
  parser.on("opentag", (tag) => handlers.open(localName(tag.name), tag));
  parser.on("closetag", (tag) => handlers.close(localName(tag.name)));
  if (handlers.text) {
    const text = handlers.text.bind(handlers);
    parser.on("text", text);
    parser.on("cdata", text);
  }
  parser.on("error", () => {
    sound = false;
  });
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  const decoder = new TextDecoder(wide);
  for (let at = 0; at < bytes.length; at += PIECE)
    parser.write(decoder.decode(bytes.subarray(at, at + PIECE), { stream: true }));
  parser.close();
  return sound;
}

/** An attribute by its local name, whatever prefix the producer chose. */
export function attribute(tag: SaxesTagPlain, name: string): string | undefined {
  const { attributes } = tag;
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  for (const key of Object.keys(attributes)) if (localName(key) === name) return attributes[key];
  return undefined;
}
