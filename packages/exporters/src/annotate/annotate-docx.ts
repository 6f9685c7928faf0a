import { XML_HEAD, xml } from "../writers/xml.ts";
import { type Annotation, AUTHOR, type CellComment, refusing } from "./cell-comment.ts";
import { type Anchor, type DocxPlaces, locateInDocx, type Paragraph } from "./locate-in-docx.ts";
import { openPackage } from "./office-package.ts";
import { heedPrecious, mainPart, Workpiece } from "./package-parts.ts";
import { appendTo, named, rootOf, type Splice, spliced } from "./splice.ts";

const STRICT = "http://purl.oclc.org/ooxml/";
const COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
/** A text in comments beyond this is no longer read in the margin. */
const SIZE = 18;

/** Names in the main namespace, by the prefix a part has bound or by one the element declares itself. */
interface Names {
  readonly prefix: string;
  /** What the outermost element written has to declare. */
  readonly declares: string;
}

function namesOf(prefix: string | null, namespace: string): Names {
  return prefix === null ? { prefix: "w", declares: ` xmlns:w="${namespace}"` } : { prefix, declares: "" };
}

function anchorMarks(id: number, { prefix: p, declares }: Names): { start: string; end: string } {
  return {
    start: `<${p}:commentRangeStart${declares} ${p}:id="${id}"/>`,
    end: `<${p}:commentRangeEnd${declares} ${p}:id="${id}"/><${p}:r${declares}><${p}:commentReference ${p}:id="${id}"/></${p}:r>`,
  };
}

function commentOf(id: number, comment: CellComment, { prefix: p, declares }: Names): string {
  const line = (text: string, index: number): string => {
    const bold = index === 0 ? `<${p}:b/>` : "";
    const mark = index === 0 ? `<${p}:r><${p}:annotationRef/></${p}:r>` : "";
    return `<${p}:p>${mark}<${p}:r><${p}:rPr><${p}:rFonts ${p}:hint="eastAsia"/>${bold}<${p}:sz ${p}:val="${SIZE}"/></${p}:rPr><${p}:t xml:space="preserve">${xml(text)}</${p}:t></${p}:r></${p}:p>`;
  };
  return `<${p}:comment${declares} ${p}:id="${id}" ${p}:author="${AUTHOR}" ${p}:initials="绩衡">${[comment.lead, ...comment.lines].map(line).join("")}</${p}:comment>`;
}

/** Where a comment goes, and whether that is its own cell. */
function placeOf(places: DocxPlaces, comment: CellComment): { anchor: Anchor; own: boolean } | null {
  for (const [index, at] of [comment.at, ...comment.otherwise].entries()) {
    if (at === null) continue;
    const anchor =
      "table" in at ? places.cell(at.table, at.row, at.column) : "line" in at ? places.line(at.line) : null;
    if (anchor) return { anchor, own: index === 0 };
  }
  return places.beginning ? { anchor: places.beginning, own: false } : null;
}

/** The marks that come to stand in one paragraph. */
interface Marks {
  start: string;
  end: string;
}

function splicesOf(marks: ReadonlyMap<Paragraph, Marks>): Splice[] {
  const splices: Splice[] = [];
  for (const [paragraph, { start, end }] of marks) {
    if (paragraph.closed)
      splices.push({
        at: paragraph.to,
        remove: 2,
        insert: `>${start}${end}</${named(paragraph.prefix, "p")}>`,
      });
    else {
      if (start !== "") splices.push({ at: paragraph.from, remove: 0, insert: start });
      if (end !== "") splices.push({ at: paragraph.to, remove: 0, insert: end });
    }
  }
  return splices;
}

/** Largest id of a comment in the part of comments. */
function largestIn(bytes: Uint8Array, part: string): number {
  let largest = -1;
  rootOf(bytes, part, (tag) => {
    if (tag.local === "comment") largest = Math.max(largest, Number(tag.attribute("id") ?? "-1") || 0);
  });
  return largest;
}

/**
 * A copy of a Word document with comments at its cells. All other parts keep their packed bytes; of the main part every
 * byte but the anchors stays (an empty paragraph `<w:p/>` is opened to hold one). Carries no date.
 */
export function annotateDocx(bytes: Uint8Array, comments: readonly CellComment[]): Annotation {
  return refusing(() => {
    const file = new Workpiece(openPackage(bytes));
    const warnings = heedPrecious(file);
    const main = mainPart(file, "word/document.xml");
    const source = file.read(main);
    const places = locateInDocx(source, main);
    const existing = file.relations(main).find((each) => each.type === "comments" && file.has(each.part));
    let id = Math.max(places.largestId, existing ? largestIn(file.read(existing.part), existing.part) : -1);

    const names = namesOf(places.prefix, places.namespace);
    const marks = new Map<Paragraph, Marks>();
    const marksOf = (paragraph: Paragraph): Marks => {
      const known = marks.get(paragraph) ?? { start: "", end: "" };
      marks.set(paragraph, known);
      return known;
    };
    const written: { id: number; comment: CellComment }[] = [];
    const moved: number[] = [];
    const unplaced: { index: number; why: string }[] = [];
    for (const [index, comment] of comments.entries()) {
      const place = placeOf(places, comment);
      if (!place) {
        unplaced.push({ index, why: "正文中没有可以加批注的段落" });
        continue;
      }
      id += 1;
      const { start, end } = anchorMarks(id, names);
      marksOf(place.anchor.first).start += start;
      marksOf(place.anchor.last).end += end;
      if (!place.own) moved.push(index);
      written.push({ id, comment });
    }
    if (written.length > 0) {
      file.write(main, spliced(source, splicesOf(marks)));
      writeComments(file, main, existing?.part ?? null, written, places.namespace);
    }
    return { kind: "annotated", bytes: file.finish(), moved, unplaced, warnings };
  });
}

function writeComments(
  file: Workpiece,
  main: string,
  existing: string | null,
  written: readonly { readonly id: number; readonly comment: CellComment }[],
  namespace: string,
): void {
  const all = (names: Names): string =>
    written.map(({ id, comment }) => commentOf(id, comment, names)).join("");
  if (existing !== null) {
    const bytes = file.read(existing);
    const root = rootOf(bytes, existing);
    const bound = root.tag.prefix !== "" && root.tag.attributes().get(`xmlns:${root.tag.prefix}`);
    const names = namesOf(bound === namespace ? root.tag.prefix : null, namespace);
    file.write(existing, spliced(bytes, [appendTo(root.tag, root.close, all(names))]));
    return;
  }
  const folder = main.slice(0, main.lastIndexOf("/") + 1);
  const part = file.free((suffix) => `${folder}comments${suffix}.xml`);
  file.write(
    part,
    `${XML_HEAD}<w:comments xmlns:w="${namespace}">${all({ prefix: "w", declares: "" })}</w:comments>`,
  );
  file.declare(part, COMMENTS_TYPE, null);
  const types = namespace.startsWith(STRICT)
    ? `${STRICT}officeDocument/relationships/comments`
    : "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
  file.relate(main, types, part);
}
