/** A start tag. Its attributes are looked up only when one is asked for: most tags of a document are passed over. */
export class Tag {
  private readonly raw: string;

  constructor(raw: string) {
    this.raw = raw;
  }

  /** An attribute by its local name, whatever prefix the producer chose; one without a prefix wins. */
  get(name: string): string | undefined {
    const { raw } = this;
    // The usual spelling is found at once. Inside double quotes it cannot stand, so only single ones could hide another.
    const usual = raw.indexOf(needle(name));
    if (usual >= 0 && !raw.includes("'")) {
      const from = usual + name.length + 3;
      const to = raw.indexOf('"', from);
      return to < 0 ? undefined : decodeEntities(raw.slice(from, to)).text;
    }
    let prefixed: string | undefined;
    for (let at = 0; ; ) {
      const equals = raw.indexOf("=", at);
      if (equals < 0) return prefixed;
      let end = equals;
      while (end > at && raw.charCodeAt(end - 1) <= 0x20) end -= 1;
      let open = equals + 1;
      while (open < raw.length && raw.charCodeAt(open) <= 0x20) open += 1;
      const quote = raw[open];
      if (quote !== '"' && quote !== "'") {
        at = equals + 1;
        continue;
      }
      const close = raw.indexOf(quote, open + 1);
      if (close < 0) return prefixed;
      const start = end - name.length;
      if (start >= at && raw.startsWith(name, start)) {
        const before = start === at ? 0x20 : raw.charCodeAt(start - 1);
        if (before <= 0x20) return decodeEntities(raw.slice(open + 1, close)).text;
        if (before === 0x3a) prefixed ??= decodeEntities(raw.slice(open + 1, close)).text;
      }
      at = close + 1;
    }
  }
}

const NEEDLES = new Map<string, string>();

/** How an attribute is usually written: ` name="`. Asked for by a fixed set of names only. */
function needle(name: string): string {
  let text = NEEDLES.get(name);
  if (text === undefined) {
    text = ` ${name}="`;
    NEEDLES.set(name, text);
  }
  return text;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeEntities(text: string): { text: string; known: boolean } {
  if (!text.includes("&")) return { text, known: true };
  let known = true;
  const decoded = text.replace(
    /&(?:#x([0-9a-fA-F]{1,8})|#(\d{1,9})|(\w{1,32}));/g,
    (whole, hex, decimal, name) => {
      if (name !== undefined) {
        const character = ENTITIES[name as string];
        if (character === undefined) known = false;
        return character ?? whole;
      }
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      // NUL, halves of surrogate pairs and what lies beyond Unicode are no characters.
      return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)
        ? "\ufffd"
        : String.fromCodePoint(code);
    },
  );
  return { text: decoded, known };
}

/** What a reader wants to hear. Names come without prefix. */
export interface ScanHandlers {
  open(name: string, tag: Tag): void;
  close(name: string): void;
  text?(text: string): void;
  /** A document type declaration; the handler is expected to throw. */
  doctype(): void;
}

/** A tag, comment or piece of text longer than this is not held back for its end. */
const HELD = 1024 * 1024;
/** After so many tags that do not match, what follows is no longer markup. */
const MISMATCHES = 100;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/**
 * Scans XML piece by piece, without a tree and without entities of its own. Faulty markup is followed as far as it goes;
 * `end` then answers false.
 */
export class XmlScanner {
  private readonly handlers: ScanHandlers;
  private readonly locals = new Map<string, string>();
  private readonly stack: string[] = [];
  private rest = "";
  private sound = true;
  private mismatches = 0;
  private elements = 0;

  constructor(handlers: ScanHandlers) {
    this.handlers = handlers;
  }

  write(piece: string): void {
    const source = this.rest === "" ? piece : this.rest + piece;
    this.rest = "";
    let at = 0;
    for (;;) {
      const tag = source.indexOf("<", at);
      if (tag < 0) {
        this.hold(source, at);
        return;
      }
      if (tag > at) this.emit(source.slice(at, tag));
      const next = this.tagAt(source, tag);
      if (next < 0) {
        this.rest = source.slice(tag);
        if (this.rest.length > HELD) {
          // No end in sight: it was no tag.
          this.sound = false;
          this.rest = "";
        }
        return;
      }
      at = next;
    }
  }

  /** Ends the input; true where the markup was sound and complete. */
  end(): boolean {
    if (this.rest !== "") {
      if (this.rest.startsWith("<")) this.sound = false;
      else this.emit(this.rest);
      this.rest = "";
    }
    if (this.stack.length > 0 || this.elements === 0) this.sound = false;
    for (let name = this.stack.pop(); name !== undefined; name = this.stack.pop()) this.handlers.close(name);
    return this.sound;
  }

  /** Text without a tag behind it: kept back, because an entity may be cut in two. */
  private hold(source: string, at: number): void {
    if (source.length - at <= HELD) {
      this.rest = source.slice(at);
      return;
    }
    const entity = source.lastIndexOf("&");
    const cut = entity > source.length - 40 ? entity : source.length;
    this.emit(source.slice(at, cut));
    this.rest = source.slice(cut);
  }

  private emit(raw: string): void {
    const { text } = this.handlers;
    if (!text) return;
    const decoded = decodeEntities(raw);
    if (!decoded.known) this.sound = false;
    const clean = decoded.text.replace(FORBIDDEN, "");
    if (clean.length !== decoded.text.length) this.sound = false;
    text.call(this.handlers, clean);
  }

  private local(name: string): string {
    const known = this.locals.get(name);
    if (known !== undefined) return known;
    const local = name.slice(name.indexOf(":") + 1);
    if (this.locals.size < 1_000) this.locals.set(name, local);
    return local;
  }

  /** Handles the tag that begins at `at`; where it ends, or -1 where its end has not come yet. */
  private tagAt(source: string, at: number): number {
    const first = source.charCodeAt(at + 1);
    if (first === 0x2f) return this.endTag(source, at);
    if (first === 0x21) return this.declaration(source, at);
    if (first === 0x3f) {
      const end = source.indexOf("?>", at);
      return end < 0 ? -1 : end + 2;
    }
    let end = at + 1;
    let quote = 0;
    for (; end < source.length; end += 1) {
      const code = source.charCodeAt(end);
      if (quote !== 0) {
        if (code === quote) quote = 0;
      } else if (code === 0x3e) break;
      else if (code === 0x22 || code === 0x27) quote = code;
    }
    if (end >= source.length) return -1;
    const selfClosing = source.charCodeAt(end - 1) === 0x2f;
    const stop = selfClosing ? end - 1 : end;
    let nameEnd = at + 1;
    while (nameEnd < stop && source.charCodeAt(nameEnd) > 0x20) nameEnd += 1;
    if (nameEnd === at + 1) {
      this.sound = false;
      return end + 1;
    }
    const name = this.local(source.slice(at + 1, nameEnd));
    this.elements += 1;
    this.handlers.open(name, nameEnd === stop ? NO_ATTRIBUTES : new Tag(source.slice(nameEnd, stop)));
    if (selfClosing) this.handlers.close(name);
    else this.stack.push(name);
    return end + 1;
  }

  private endTag(source: string, at: number): number {
    const end = source.indexOf(">", at);
    if (end < 0) return -1;
    let stop = end;
    while (stop > at && source.charCodeAt(stop - 1) <= 0x20) stop -= 1;
    const name = this.local(source.slice(at + 2, stop));
    if (this.stack.at(-1) === name) {
      this.stack.pop();
      this.handlers.close(name);
      return end + 1;
    }
    this.sound = false;
    this.mismatches += 1;
    const from = this.mismatches > MISMATCHES ? -1 : this.stack.lastIndexOf(name);
    while (from >= 0 && this.stack.length > from) this.handlers.close(this.stack.pop() as string);
    return end + 1;
  }

  private declaration(source: string, at: number): number {
    if (source.startsWith("<!--", at)) {
      const end = source.indexOf("-->", at + 4);
      return end < 0 ? -1 : end + 3;
    }
    if (source.startsWith("<![CDATA[", at)) {
      const end = source.indexOf("]]>", at + 9);
      if (end < 0) return -1;
      this.handlers.text?.(source.slice(at + 9, end));
      return end + 3;
    }
    if (source.length - at < 9) return -1;
    this.handlers.doctype();
    this.sound = false;
    const end = source.indexOf(">", at);
    return end < 0 ? -1 : end + 1;
  }
}

const NO_ATTRIBUTES = new Tag("");
