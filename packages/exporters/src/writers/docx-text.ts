import { xml } from "./xml.ts";

/** Marks that both scripts have, “”…—×≥: the hint makes Word take the Chinese font for them. */
const AMBIGUOUS = /[\u0080-\u2e7f]/;
const HINTED = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>';
/** White space that XML readers drop unless told to keep it. */
const LOOSE = /^\s|\s$|\s\s/;

function textOf(piece: string): string {
  if (piece === "") return "";
  return LOOSE.test(piece) ? `<w:t xml:space="preserve">${piece}</w:t>` : `<w:t>${piece}</w:t>`;
}

/** A run of text; tabs become tab stops. */
export function run(text: string): string {
  if (text === "") return "";
  const escaped = xml(text);
  const start = AMBIGUOUS.test(escaped) ? HINTED : "<w:r>";
  return `${start}${escaped.includes("\t") ? escaped.split("\t").map(textOf).join("<w:tab/>") : textOf(escaped)}</w:r>`;
}

/** The lines of a text: Word has a paragraph for each. */
export function linesOfText(text: string): string[] {
  return text.includes("\r") ? text.split(/\r\n?|\n/) : text.split("\n");
}

/** What a paragraph has besides its style; the writer puts it into the order the schema wants. */
export interface ParagraphOptions {
  readonly keepNext?: boolean;
  readonly pageBreakBefore?: boolean;
  readonly list?: number;
  /** Without the rules that keep a bracket with the character after it: one character a line. */
  readonly anyBreak?: boolean;
  /** Left and right indent in twips. */
  readonly indent?: number;
  /** Right indent alone. */
  readonly indentRight?: number;
  readonly align?: "left" | "center" | "right";
  readonly section?: string;
}

/** A paragraph of a style around finished runs. */
export function paragraph(style: string, runs: string, options: ParagraphOptions = {}): string {
  const { keepNext, pageBreakBefore, list, anyBreak, indent, indentRight, align, section } = options;
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${keepNext ? "<w:keepNext/>" : ""}${
    pageBreakBefore ? "<w:pageBreakBefore/>" : ""
  }${list === undefined ? "" : `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${list}"/></w:numPr>`}${
    anyBreak ? '<w:kinsoku w:val="0"/>' : ""
  }${indent === undefined ? "" : `<w:ind w:left="${indent}" w:right="${indent}"/>`}${
    indentRight === undefined ? "" : `<w:ind w:right="${indentRight}"/>`
  }${align ? `<w:jc w:val="${align}"/>` : ""}${section ?? ""}</w:pPr>${runs}</w:p>`;
}

/** A field with a result that can be read without computing it; `dirty` asks the program to compute it on opening. */
export function field(instruction: string, result: string): string {
  return `<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>${result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
}
