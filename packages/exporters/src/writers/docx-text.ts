import { xml } from "./xml.ts";

/** The hint makes Word take the Chinese font for the marks that both scripts have: “”…—×≥. */
const RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>';

/** A run of text; tabs become tab stops. */
export function run(text: string): string {
  if (text === "") return "";
  const escaped = xml(text);
  if (!escaped.includes("\t")) return `${RUN}<w:t xml:space="preserve">${escaped}</w:t></w:r>`;
  const pieces = escaped
    .split("\t")
    .map((piece) => (piece === "" ? "" : `<w:t xml:space="preserve">${piece}</w:t>`));
  return `${RUN}${pieces.join("<w:tab/>")}</w:r>`;
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
  readonly align?: "left" | "center" | "right";
  readonly section?: string;
}

/** A paragraph of a style around finished runs. */
export function paragraph(style: string, runs: string, options: ParagraphOptions = {}): string {
  const { keepNext, pageBreakBefore, list, anyBreak, indent, align, section } = options;
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${keepNext ? "<w:keepNext/>" : ""}${
    pageBreakBefore ? "<w:pageBreakBefore/>" : ""
  }${list === undefined ? "" : `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${list}"/></w:numPr>`}${
    anyBreak ? '<w:kinsoku w:val="0"/>' : ""
  }${indent === undefined ? "" : `<w:ind w:left="${indent}" w:right="${indent}"/>`}${
    align ? `<w:jc w:val="${align}"/>` : ""
  }${section ?? ""}</w:pPr>${runs}</w:p>`;
}

/** A field with a result that can be read without computing it; `dirty` asks the program to compute it on opening. */
export function field(instruction: string, result: string): string {
  return `<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>${result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
}
