import { XML_HEAD, xml } from "../writers/xml.ts";
import { AUTHOR, type CellComment, NotAnnotated } from "./cell-comment.ts";
import { type MarkupTag, scanMarkup } from "./scan-markup.ts";
import { appendTo, named, type Splice, spliced } from "./splice.ts";

/** A cell with all comments it takes: a spreadsheet has one note a cell. */
export interface CellNote {
  readonly ref: string;
  readonly comments: readonly CellComment[];
}

/** A part of notes as it stands: whether a cell has one already, and whether that one belongs to a conversation. */
export interface NoteList {
  readonly noted: ReadonlySet<string>;
  /** Cells whose note only mirrors a threaded conversation: what is added to it would not be shown. */
  readonly threaded: ReadonlySet<string>;
  with(notes: readonly CellNote[]): Uint8Array;
}

function text(comments: readonly CellComment[], ahead: boolean): { lead: string; body: string }[] {
  return comments.map(({ lead, lines }, index) => ({
    lead: (index > 0 || ahead ? "\n\n" : "") + (comments.length > 1 ? `${index + 1}. ${lead}` : lead),
    body: lines.map((line) => `\n${line}`).join(""),
  }));
}

/** What a note says, as plain text. */
export function noteText(comments: readonly CellComment[]): string {
  return text(comments, false)
    .map(({ lead, body }) => lead + body)
    .join("");
}

function runs(comments: readonly CellComment[], prefix: string, ahead: boolean): string {
  const p = (local: string): string => named(prefix, local);
  const font = `<${p("sz")} val="9"/><${p("color")} indexed="81"/><${p("rFont")} val="宋体"/><${p("charset")} val="134"/>`;
  const run = (bold: boolean, content: string): string =>
    content === ""
      ? ""
      : `<${p("r")}><${p("rPr")}>${bold ? `<${p("b")}/>` : ""}${font}</${p("rPr")}><${p("t")} xml:space="preserve">${xml(content)}</${p("t")}></${p("r")}>`;
  return text(comments, ahead)
    .map(({ lead, body }) => run(true, lead) + run(false, body))
    .join("");
}

function noteOf({ ref, comments }: CellNote, author: number, prefix: string): string {
  const p = (local: string): string => named(prefix, local);
  return `<${p("comment")} ref="${ref}" authorId="${author}"><${p("text")}>${runs(comments, prefix, false)}</${p("text")}></${p("comment")}>`;
}

/** A new part of notes. */
export function newNotes(notes: readonly CellNote[], namespace: string): string {
  return `${XML_HEAD}<comments xmlns="${namespace}"><authors><author>${AUTHOR}</author></authors><commentList>${notes.map((note) => noteOf(note, 0, "")).join("")}</commentList></comments>`;
}

interface Found {
  readonly tag: MarkupTag;
  close: number;
}

/** Reads a part of notes that a sheet already has, so that more can be added without touching the others. */
export function openNotes(bytes: Uint8Array, part: string): NoteList {
  let authors: Found | null = null;
  let list: Found | null = null;
  const names: string[] = [];
  const owners = new Map<string, number>();
  /** Where more text goes into the note of a cell: behind its runs, before phonetic hints. */
  const texts = new Map<string, Found & { hints: number | null }>();
  let ref = "";
  let author: { from: number } | null = null;
  scanMarkup(bytes, part, {
    open: (tag) => {
      if (tag.local === "authors" && tag.depth === 1) authors = { tag, close: tag.end };
      else if (tag.local === "commentList" && tag.depth === 1) list = { tag, close: tag.end };
      else if (tag.local === "author") author = { from: tag.end };
      else if (tag.local === "comment" && tag.depth === 2) {
        ref = (tag.attribute("ref") ?? "").toUpperCase();
        owners.set(ref, Number(tag.attribute("authorId") ?? 0));
      } else if (tag.local === "text" && tag.depth === 3)
        texts.set(ref, { tag, close: tag.end, hints: null });
      else if ((tag.local === "rPh" || tag.local === "phoneticPr") && tag.depth === 4) {
        const open = texts.get(ref);
        if (open) open.hints ??= tag.start;
      }
    },
    close: (local, start) => {
      if (local === "authors" && authors) authors.close = start;
      else if (local === "commentList" && list) list.close = start;
      else if (local === "author" && author) {
        names.push(new TextDecoder().decode(bytes.subarray(author.from, Math.max(author.from, start))));
        author = null;
      } else if (local === "text") {
        const open = texts.get(ref);
        if (open) open.close = start;
      }
    },
  });
  const authorsAt = authors as Found | null;
  const listAt = list as Found | null;
  if (!authorsAt || !listAt)
    throw new NotAnnotated(`文件不能加批注：${part} 的标记不合规范`, "请用 Excel 或 WPS 打开后另存一份再试");
  const threaded = new Set(
    [...owners].filter(([, owner]) => names[owner]?.startsWith("tc=")).map(([each]) => each),
  );
  return {
    noted: new Set(owners.keys()),
    threaded,
    with: (notes) => {
      const { prefix } = listAt.tag;
      const known = names.indexOf(AUTHOR);
      const owner = known < 0 ? names.length : known;
      const splices: Splice[] = [];
      if (known < 0)
        splices.push(
          appendTo(
            authorsAt.tag,
            authorsAt.close,
            `<${named(prefix, "author")}>${AUTHOR}</${named(prefix, "author")}>`,
          ),
        );
      const fresh: CellNote[] = [];
      for (const note of notes) {
        const open = texts.get(note.ref);
        if (!open) fresh.push(note);
        else splices.push(appendTo(open.tag, open.hints ?? open.close, runs(note.comments, prefix, true)));
      }
      if (fresh.length > 0)
        splices.push(
          appendTo(listAt.tag, listAt.close, fresh.map((note) => noteOf(note, owner, prefix)).join("")),
        );
      return spliced(bytes, splices);
    },
  };
}
