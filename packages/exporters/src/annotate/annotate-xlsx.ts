import { type Annotation, type CellComment, NotAnnotated, refusing } from "./cell-comment.ts";
import { locateInSheet, parseRef, refOf, type SheetPlaces, shownCell } from "./locate-in-xlsx.ts";
import { type CellNote, newNotes, noteText, openNotes } from "./note-list.ts";
import { clustersOf, extendedDrawing, type NoteBox, newDrawing } from "./note-shapes.ts";
import { openPackage } from "./office-package.ts";
import { heedPrecious, mainPart, Workpiece } from "./package-parts.ts";
import { scanMarkup } from "./scan-markup.ts";
import { named, spliced } from "./splice.ts";

const STRICT = "http://purl.oclc.org/ooxml/";
const TRANSITIONAL_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT_RELATIONS = `${STRICT}officeDocument/relationships`;
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/** Excel holds 32,767 characters in a note. */
const NOTE_CHARACTERS = 32_000;

/** The worksheets of a workbook by name: the part of each. */
function sheetsOf(file: Workpiece, workbook: string): ReadonlyMap<string, string> {
  const relations = new Map(file.relations(workbook).map((each) => [each.id, each]));
  const sheets = new Map<string, string>();
  let number = 0;
  scanMarkup(file.read(workbook), workbook, {
    open: (tag) => {
      if (tag.local !== "sheet") return;
      number += 1;
      const relation = relations.get(tag.attribute("id") ?? "");
      const name = tag.attribute("name") ?? `Sheet${number}`;
      if (relation?.type === "worksheet" && file.has(relation.part) && !sheets.has(name))
        sheets.set(name, relation.part);
    },
  });
  return sheets;
}

/** One sheet on which notes are being put. */
interface OpenSheet {
  readonly part: string;
  readonly places: SheetPlaces;
  readonly notes: ReturnType<typeof openNotes> | null;
  readonly notesPart: string | null;
  readonly byRef: Map<string, { readonly comments: CellComment[]; characters: number }>;
}

/** The first free cluster of shape ids in the workbook. */
function freeCluster(file: Workpiece): number {
  let largest = 0;
  for (const name of file.names)
    if (/\.vml$/i.test(name))
      for (const each of clustersOf(file.read(name))) largest = Math.max(largest, each);
  return largest + 1;
}

/**
 * A copy of an Excel workbook with comments as notes at its cells; several at one cell share its note. All other parts keep
 * their packed bytes; of a sheet every byte stays but the one element that names its drawing. Carries no date.
 */
export function annotateXlsx(bytes: Uint8Array, comments: readonly CellComment[]): Annotation {
  return refusing(() => {
    const file = new Workpiece(openPackage(bytes));
    const warnings = heedPrecious(file);
    const workbook = mainPart(file, "xl/workbook.xml");
    const sheets = sheetsOf(file, workbook);
    const open = new Map<string, OpenSheet>();
    const sheetNamed = (name: string): OpenSheet | null => {
      const part = sheets.get(name);
      if (part === undefined) return null;
      const known = open.get(part) ?? openSheet(file, part);
      open.set(part, known);
      return known;
    };

    const moved: number[] = [];
    const unplaced: { index: number; why: string }[] = [];
    for (const [index, comment] of comments.entries()) {
      const problem = putNote(comment, sheetNamed);
      if (problem === "moved") moved.push(index);
      else if (problem !== null) unplaced.push({ index, why: problem });
    }
    let cluster: number | null = null;
    for (const sheet of open.values()) {
      if (sheet.byRef.size === 0) continue;
      cluster ??= freeCluster(file);
      cluster += writeSheet(file, sheet, cluster);
    }
    return { kind: "annotated", bytes: file.finish(), moved, unplaced, warnings };
  });
}

function openSheet(file: Workpiece, part: string): OpenSheet {
  const notesPart =
    file.relations(part).find((each) => each.type === "comments" && file.has(each.part))?.part ?? null;
  return {
    part,
    places: locateInSheet(file.read(part), part),
    notes: notesPart === null ? null : openNotes(file.read(notesPart), notesPart),
    notesPart,
    byRef: new Map(),
  };
}

/** Puts a comment at the first of its cells that can take it: null at its own, "moved" at another, else why at none. */
function putNote(
  comment: CellComment,
  sheetNamed: (name: string) => OpenSheet | null,
): null | "moved" | string {
  let why = "工作簿中没有可以加批注的单元格";
  for (const [index, at] of [comment.at, ...comment.otherwise].entries()) {
    if (at === null || !("sheet" in at)) continue;
    const sheet = sheetNamed(at.sheet);
    const cell = parseRef(at.ref);
    if (!sheet || !cell) continue;
    const ref = refOf(shownCell(sheet.places, cell));
    if (sheet.notes?.threaded.has(ref)) {
      why = `${at.sheet}!${ref} 已有对话式批注，不能再加`;
      continue;
    }
    const note = sheet.byRef.get(ref) ?? { comments: [], characters: 0 };
    const characters = comment.lead.length + comment.lines.join("\n").length + 10;
    if (note.characters + characters > NOTE_CHARACTERS) {
      why = `${at.sheet}!${ref} 的批注已达到 Excel 的字数上限`;
      continue;
    }
    note.comments.push(comment);
    note.characters += characters;
    sheet.byRef.set(ref, note);
    return index === 0 ? null : "moved";
  }
  return why;
}

/** Writes the notes of one sheet; answers how many clusters of shape ids were used up. */
function writeSheet(file: Workpiece, sheet: OpenSheet, cluster: number): number {
  const { part, places } = sheet;
  const attributes = places.root.attributes();
  const namespace =
    attributes.get(places.root.prefix === "" ? "xmlns" : `xmlns:${places.root.prefix}`) ?? MAIN;
  const relations = namespace.startsWith(STRICT) ? STRICT_RELATIONS : TRANSITIONAL_RELATIONS;
  const folder = part.slice(0, part.lastIndexOf("/") + 1).replace(/worksheets\/$/, "");
  const notes: CellNote[] = [...sheet.byRef].map(([ref, note]) => ({ ref, comments: note.comments }));
  const boxes: NoteBox[] = notes
    .filter(({ ref }) => !sheet.notes?.noted.has(ref))
    .map(({ ref, comments }) => ({ at: parseRef(ref) ?? { row: 1, column: 1 }, text: noteText(comments) }));

  if (sheet.notes && sheet.notesPart !== null) file.write(sheet.notesPart, sheet.notes.with(notes));
  else {
    const target = file.free((suffix) => `${folder}comments${suffix || "1"}.xml`);
    file.write(target, newNotes(notes, namespace));
    file.declare(target, COMMENTS_TYPE, null);
    file.relate(part, `${relations}/comments`, target);
  }
  if (boxes.length === 0) return 0;
  if (places.drawing !== null) {
    const drawing = file.relations(part).find(({ id }) => id === places.drawing)?.part;
    if (drawing === undefined || !file.has(drawing))
      throw new NotAnnotated(
        `文件不能加批注：${part} 引用的图形不存在`,
        "请用 Excel 或 WPS 打开后另存一份再试",
      );
    file.write(drawing, extendedDrawing(file.read(drawing), drawing, boxes, places));
    return 0;
  }
  const target = file.free((suffix) => `${folder}drawings/vmlDrawing${suffix || "1"}.vml`);
  const { content, clusters } = newDrawing(boxes, places, cluster);
  file.write(target, content);
  file.declare(target, DRAWING_TYPE, "vml");
  const id = file.relate(part, `${relations}/vmlDrawing`, target);
  const bound = [...attributes].find(
    ([name, value]) => name.startsWith("xmlns:") && value === relations,
  )?.[0];
  const attribute = bound ? `${bound.slice(6)}:id="${id}"` : `xmlns:r="${relations}" r:id="${id}"`;
  file.write(
    part,
    spliced(file.read(part), [
      {
        at: places.drawingAt,
        remove: 0,
        insert: `<${named(places.root.prefix, "legacyDrawing")} ${attribute}/>`,
      },
    ]),
  );
  return clusters;
}
