import { type MarkupTag, scanMarkup } from "./scan-markup.ts";

/** A change of the bytes of a part: at `at`, `remove` bytes go and `insert` comes. All other bytes stay. */
export interface Splice {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** The bytes with all splices made. Those at one place follow each other in the order given. */
export function spliced(bytes: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const ordered = splices.map((each) => ({ ...each, bytes: new TextEncoder().encode(each.insert) }));
  ordered.sort((a, b) => a.at - b.at);
  const length = ordered.reduce((sum, each) => sum + each.bytes.length - each.remove, bytes.length);
  const out = new Uint8Array(length);
  let read = 0;
  let written = 0;
  for (const each of ordered) {
    out.set(bytes.subarray(read, each.at), written);
    written += each.at - read;
    out.set(each.bytes, written);
    written += each.bytes.length;
    read = each.at + each.remove;
  }
  out.set(bytes.subarray(read), written);
  return out;
}

/** The outermost element of a part: its tag, and where its end tag begins. */
export interface Root {
  readonly tag: MarkupTag;
  readonly close: number;
}

/** Finds the outermost element, and tells every start tag on the way. */
export function rootOf(bytes: Uint8Array, part: string, each?: (tag: MarkupTag) => void): Root {
  let root: MarkupTag | null = null;
  let close = 0;
  scanMarkup(bytes, part, {
    open: (tag) => {
      root ??= tag;
      each?.(tag);
    },
    close: (_, start) => {
      close = start;
    },
  });
  // scanMarkup refuses a part without an element.
  return { tag: root as unknown as MarkupTag, close };
}

/** A qualified name in the namespace of an element that may have a prefix. */
export function named(prefix: string, local: string): string {
  return prefix === "" ? local : `${prefix}:${local}`;
}

/** A splice that puts children last into an element; one that was closed in itself is opened for it. */
export function appendTo(tag: MarkupTag, close: number, children: string): Splice {
  if (!tag.selfClosing) return { at: close, remove: 0, insert: children };
  return {
    at: tag.end - 2,
    remove: 2,
    insert: `>${children}</${named(tag.prefix, tag.local)}>`,
  };
}
