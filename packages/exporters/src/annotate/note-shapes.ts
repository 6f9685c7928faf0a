import { NotAnnotated } from "./cell-comment.ts";
import type { CellAt, SheetPlaces } from "./locate-in-xlsx.ts";
import { spliced } from "./splice.ts";

/** A note that needs a box in the drawing of its sheet. */
export interface NoteBox {
  readonly at: CellAt;
  readonly text: string;
}

/** Ids of shapes come in clusters of so many; a drawing states which clusters are its own. */
const CLUSTER = 1_024;
const BOX_WIDTH = 300;
const BOX_PADDING = 16;
const LINE_HEIGHT = 17;
const BOX_HEIGHTS = { least: 60, most: 520 } as const;
/** Width of a character of the full width at 9 points, in pixels. */
const CHARACTER = 12;
const LAST = { row: 1_048_576, column: 16_384 } as const;

const NAMESPACES =
  'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"';
const SHAPE_TYPE =
  '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>';

/** Bytes as text and back one to one: old drawings are often no XML, and their encoding does not matter here. */
function asText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return text;
}

/** The clusters of shape ids that a drawing claims; none where it does not say. */
export function clustersOf(bytes: Uint8Array): readonly number[] {
  const claimed = /<\w+:idmap\b[^>]*\bdata="([^"]*)"/.exec(asText(bytes))?.[1];
  return (claimed?.split(",") ?? []).map(Number).filter((each) => Number.isInteger(each) && each > 0);
}

function boxHeight(text: string): number {
  const perLine = (BOX_WIDTH - BOX_PADDING) / CHARACTER;
  let lines = 0;
  for (const line of text.split("\n")) {
    let width = 0;
    for (const character of line) width += (character.codePointAt(0) ?? 0) > 0xff ? 1 : 0.55;
    lines += Math.max(1, Math.ceil(width / perLine));
  }
  return Math.min(BOX_HEIGHTS.most, Math.max(BOX_HEIGHTS.least, lines * LINE_HEIGHT + BOX_PADDING));
}

/** Goes `distance` pixels on from the edge of a row or column: which one is then reached, and how far into it. */
function reach(
  from: number,
  last: number,
  distance: number,
  size: (index: number) => number,
): [number, number] {
  let index = from;
  let left = distance;
  while (index < last && left >= size(index)) {
    left -= size(index);
    index += 1;
  }
  return [index, Math.max(0, Math.round(left))];
}

function shapeOf(id: number, { at, text }: NoteBox, places: SheetPlaces, declares: string): string {
  const height = boxHeight(text);
  const left = Math.min(at.column + 1, LAST.column);
  const top = Math.max(1, at.row - 1);
  const [right, rightBy] = reach(left, LAST.column, 15 + BOX_WIDTH, places.columnWidth);
  const [bottom, bottomBy] = reach(top, LAST.row, 4 + height, places.rowHeight);
  const anchor = [left - 1, 15, top - 1, 4, right - 1, rightBy, bottom - 1, bottomBy].join(", ");
  return `<v:shape${declares} id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:${Math.round(BOX_WIDTH * 0.75)}pt;height:${Math.round(height * 0.75)}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${at.row - 1}</x:Row><x:Column>${at.column - 1}</x:Column></x:ClientData></v:shape>`;
}

/** A new drawing with the boxes of notes; `cluster` is the first free cluster of shape ids. Answers how many it took. */
export function newDrawing(
  boxes: readonly NoteBox[],
  places: SheetPlaces,
  cluster: number,
): { readonly content: string; readonly clusters: number } {
  const clusters = Math.max(1, Math.ceil((boxes.length + 1) / CLUSTER));
  const data = Array.from({ length: clusters }, (_, index) => cluster + index).join(",");
  const shapes = boxes.map((box, index) => shapeOf(cluster * CLUSTER + 1 + index, box, places, "")).join("");
  return {
    content: `<xml ${NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${data}"/></o:shapelayout>${SHAPE_TYPE}${shapes}</xml>`,
    clusters,
  };
}

/** A drawing the sheet already has, with the boxes of new notes behind its shapes. */
export function extendedDrawing(
  bytes: Uint8Array,
  part: string,
  boxes: readonly NoteBox[],
  places: SheetPlaces,
): Uint8Array {
  const text = asText(bytes);
  const end = text.lastIndexOf("</xml>");
  if (end < 0)
    throw new NotAnnotated(
      `文件不能加批注：${part} 的图形标记不合规范`,
      "请用 Excel 或 WPS 打开后另存一份再试",
    );
  let largest = (clustersOf(bytes)[0] ?? 1) * CLUSTER;
  for (const [, id] of text.matchAll(/_x0000_s(\d{1,9})\b/g)) largest = Math.max(largest, Number(id));
  const bound = ["v", "o", "x"].every((prefix) => text.includes(`xmlns:${prefix}=`));
  const declares = bound ? "" : ` ${NAMESPACES}`;
  const type = text.includes('id="_x0000_t202"')
    ? ""
    : SHAPE_TYPE.replace("<v:shapetype", `<v:shapetype${declares}`);
  const shapes = boxes.map((box, index) => shapeOf(largest + 1 + index, box, places, declares)).join("");
  return spliced(bytes, [{ at: end, remove: 0, insert: type + shapes }]);
}
