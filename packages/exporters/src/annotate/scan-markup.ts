import { NotAnnotated } from "./cell-comment.ts";

/** A start tag with its place in the bytes of its part: `start` at "<", `end` behind ">". */
export interface MarkupTag {
  readonly prefix: string;
  readonly local: string;
  readonly start: number;
  readonly end: number;
  readonly selfClosing: boolean;
  /** Elements that are open around it. */
  readonly depth: number;
  /** The value of an attribute by its local name, whatever its prefix; one without a prefix wins. */
  attribute(local: string): string | undefined;
  /** All attributes by their full names. */
  attributes(): ReadonlyMap<string, string>;
}

/** What a caller wants to hear. A self-closing element is opened and closed, both at its own place. */
export interface MarkupHandlers {
  open?(tag: MarkupTag): void;
  close?(local: string, start: number, end: number): void;
  text?(from: number, to: number): void;
}

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text of markup with its references resolved. */
function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,8}));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name as string] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const utf8 = new TextDecoder();

/** Why a part is not touched: its markup is not what an office program writes, and a splice might break it. */
function unsound(part: string, what: string): NotAnnotated {
  return new NotAnnotated(`文件不能加批注：${part} ${what}`, "请用 Word、Excel 或 WPS 打开后另存一份再试");
}

function attributesOf(raw: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name, double, single] of raw.matchAll(/([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (name !== undefined) found.set(name, unescaped(double ?? single ?? ""));
  return found;
}

class Tag implements MarkupTag {
  readonly prefix: string;
  readonly local: string;
  readonly start: number;
  readonly end: number;
  readonly selfClosing: boolean;
  readonly depth: number;
  private readonly bytes: Uint8Array;
  private readonly nameEnd: number;

  constructor(bytes: Uint8Array, name: string, start: number, nameEnd: number, end: number, depth: number) {
    const colon = name.indexOf(":");
    this.prefix = colon < 0 ? "" : name.slice(0, colon);
    this.local = name.slice(colon + 1);
    this.bytes = bytes;
    this.start = start;
    this.nameEnd = nameEnd;
    this.end = end;
    this.selfClosing = bytes[end - 2] === SLASH;
    this.depth = depth;
  }

  attributes(): ReadonlyMap<string, string> {
    return attributesOf(utf8.decode(this.bytes.subarray(this.nameEnd, this.end - 1)));
  }

  attribute(local: string): string | undefined {
    if (this.end - this.nameEnd < 4) return undefined;
    let prefixed: string | undefined;
    for (const [name, value] of this.attributes()) {
      if (name === local) return value;
      if (name.endsWith(`:${local}`) && !name.startsWith("xmlns:")) prefixed ??= value;
    }
    return prefixed;
  }
}

function indexOf(bytes: Uint8Array, text: string, from: number): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let k = 1;
    while (k < text.length && bytes[at + k] === text.charCodeAt(k)) k += 1;
    if (k === text.length) return at;
  }
  return -1;
}

/**
 * Goes over the markup of a part with the place of everything in its bytes. Refuses what is not well formed, not UTF-8, or
 * has a document type: such a part is not spliced.
 */
export function scanMarkup(bytes: Uint8Array, part: string, handlers: MarkupHandlers): void {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw unsound(part, "不是 UTF-8 编码");
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/.exec(
    utf8.decode(bytes.subarray(0, 200)),
  )?.[1];
  if (declared !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(declared))
    throw unsound(part, "不是 UTF-8 编码");
  const names = new Map<string, string>();
  const stack: string[] = [];
  let roots = 0;
  let at = 0;
  const skipTo = (end: string, from: number): number => {
    const found = indexOf(bytes, end, from);
    if (found < 0) throw unsound(part, "的标记不完整");
    return found + end.length;
  };
  const nameAt = (from: number): { name: string; end: number } => {
    let end = from;
    while (end < bytes.length) {
      const code = bytes[end] as number;
      if (code <= 0x20 || code === GT || code === SLASH) break;
      end += 1;
    }
    if (end === from || end - from > 200) throw unsound(part, "的标记不合规范");
    const raw = utf8.decode(bytes.subarray(from, end));
    const known = names.get(raw);
    if (known === undefined) names.set(raw, raw);
    return { name: known ?? raw, end };
  };
  for (;;) {
    const next = bytes.indexOf(LT, at);
    if (next < 0) break;
    if (next > at && stack.length > 0) handlers.text?.(at, next);
    const code = bytes[next + 1];
    if (code === 0x3f) at = skipTo("?>", next);
    else if (code === 0x21) {
      if (bytes[next + 2] === 0x2d) at = skipTo("-->", next + 4);
      else if (bytes[next + 2] === 0x5b) {
        at = skipTo("]]>", next);
        handlers.text?.(next + 9, at - 3);
      } else throw unsound(part, "含有文档类型声明（DTD）");
    } else if (code === SLASH) {
      const { name } = nameAt(next + 2);
      at = skipTo(">", next);
      if (stack.pop() !== name) throw unsound(part, "的标记不合规范");
      handlers.close?.(name.slice(name.indexOf(":") + 1), next, at);
    } else {
      const { name, end: nameEnd } = nameAt(next + 1);
      let quote = 0;
      let end = nameEnd;
      for (; end < bytes.length; end += 1) {
        const each = bytes[end] as number;
        if (quote !== 0) {
          if (each === quote) quote = 0;
        } else if (each === GT) break;
        else if (each === 0x22 || each === 0x27) quote = each;
      }
      if (end >= bytes.length) throw unsound(part, "的标记不完整");
      if (stack.length === 0) roots += 1;
      const tag = new Tag(bytes, name, next, nameEnd, end + 1, stack.length);
      handlers.open?.(tag);
      if (tag.selfClosing) handlers.close?.(tag.local, next, end + 1);
      else stack.push(name);
      at = end + 1;
    }
  }
  if (stack.length > 0 || roots !== 1) throw unsound(part, "的标记不完整");
}

/** Text between two places, as a reader sees it. */
export function textBetween(bytes: Uint8Array, from: number, to: number): string {
  return unescaped(utf8.decode(bytes.subarray(from, to)));
}
