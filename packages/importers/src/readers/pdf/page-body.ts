import { type Lattice, type LatticeCell, latticeOf } from "./lattice.ts";
import { type PrintedLine, printedLines } from "./lines.ts";
import type { PdfGlyph, PdfPage } from "./page.ts";
import { groupRules } from "./rules.ts";

/** A box on a page: left, top, right, bottom; points from the upper left corner. */
export type PageBox = readonly [number, number, number, number];

/** Lines of one direction of writing in a cell. */
export interface Flow {
  readonly turn: PdfGlyph["turn"];
  readonly lines: readonly PrintedLine[];
}

/** A ruled table on one page with the lines printed in each of its cells. */
export interface PageTable {
  readonly kind: "table";
  readonly top: number;
  readonly bottom: number;
  readonly lattice: Lattice;
  readonly flows: ReadonlyMap<LatticeCell, readonly Flow[]>;
}

/** A line outside tables. */
export interface LooseLine {
  readonly kind: "line";
  readonly top: number;
  readonly bottom: number;
  readonly line: PrintedLine;
  readonly box: PageBox;
  readonly turn: PdfGlyph["turn"];
  /** True where the file itself marks all of it as no part of the content. */
  readonly artifact: boolean;
}

/** What a page prints, from top to bottom. */
export interface PageBody {
  /** The page after it was set upright, without its characters: a volume has many. */
  readonly page: Pick<PdfPage, "number" | "width" | "height">;
  readonly items: readonly (PageTable | LooseLine)[];
  /** Slanted or large pale words that lie over the page; left out. */
  readonly watermark: string;
  /** A box of the upright page as it lies on the page that is shown. */
  placeOf(box: PageBox): PageBox;
}

/** Where a character belongs by its middle. */
const middle = (glyph: PdfGlyph): [number, number] => [(glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2];

function usualSize(glyphs: readonly PdfGlyph[]): number {
  const sizes = glyphs.filter((glyph) => glyph.turn !== null).map((glyph) => glyph.size);
  sizes.sort((a, b) => a - b);
  return sizes[sizes.length >> 1] ?? 10;
}

/** Lattices of the page that are tables: more than one cell, not inside another one. */
function tablesOf(page: PdfPage): Lattice[] {
  const lattices = groupRules(page.rules)
    .map(latticeOf)
    .filter((lattice): lattice is Lattice => lattice !== null && lattice.cells.length > 1);
  const box = ({ xs, ys }: Lattice): PageBox => [xs[0] ?? 0, ys[0] ?? 0, xs.at(-1) ?? 0, ys.at(-1) ?? 0];
  const area = (lattice: Lattice): number => {
    const [x0, y0, x1, y1] = box(lattice);
    return (x1 - x0) * (y1 - y0);
  };
  const kept: Lattice[] = [];
  for (const lattice of lattices.sort((a, b) => area(b) - area(a))) {
    const [x0, y0, x1, y1] = box(lattice);
    const inside = kept.some((other) => {
      const [a, b, c, d] = box(other);
      return (x0 + x1) / 2 > a && (x0 + x1) / 2 < c && (y0 + y1) / 2 > b && (y0 + y1) / 2 < d;
    });
    if (!inside && x1 - x0 > 20 && y1 - y0 > 8) kept.push(lattice);
  }
  return kept;
}

/** A character belongs to the table whose outer edge it crosses by this part of its size. */
const STRADDLE = 0.2;

/** Characters by cell. A run that flows over the wall of its cell stays with the cell it begins in. */
function fill(lattice: Lattice, glyphs: readonly PdfGlyph[], rest: PdfGlyph[]): Map<LatticeCell, PdfGlyph[]> {
  const cells = new Map<LatticeCell, PdfGlyph[]>();
  const [top, bottom] = [lattice.ys[0] ?? 0, lattice.ys.at(-1) ?? 0];
  let before: PdfGlyph | null = null;
  let owner: LatticeCell | null = null;
  for (const glyph of glyphs) {
    const [x, across] = middle(glyph);
    // Words in the middle of a merged cell may be cut by the end of the page.
    let y = across;
    if (across > bottom && glyph.y0 < bottom - STRADDLE * glyph.size) y = bottom;
    else if (across < top && glyph.y1 > top + STRADDLE * glyph.size) y = top;
    let cell = lattice.cellAt(x, y);
    if (
      before &&
      owner &&
      cell !== owner &&
      glyph.turn === 0 &&
      before.turn === 0 &&
      Math.abs(glyph.y1 - before.y1) < 0.1 &&
      Math.abs(glyph.x0 - before.x1) < 0.04 * glyph.size &&
      cell !== null &&
      cell.row < owner.row + owner.rowSpan &&
      owner.row < cell.row + cell.rowSpan
    )
      cell = owner;
    before = glyph;
    owner = cell;
    if (!cell) {
      rest.push(glyph);
      continue;
    }
    const list = cells.get(cell);
    if (list) list.push(glyph);
    else cells.set(cell, [glyph]);
  }
  return cells;
}

function flowsOf(glyphs: readonly PdfGlyph[], ruled = true): Flow[] {
  const turns = new Map<PdfGlyph["turn"], PdfGlyph[]>();
  for (const glyph of glyphs) {
    const list = turns.get(glyph.turn);
    if (list) list.push(glyph);
    else turns.set(glyph.turn, [glyph]);
  }
  return [...turns]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([turn, list]) => ({ turn, lines: printedLines(list, ruled) }))
    .filter(({ lines }) => lines.length > 0);
}

function looseLines(glyphs: readonly PdfGlyph[], ruled: boolean): LooseLine[] {
  return flowsOf(glyphs, ruled).flatMap(({ turn, lines }) =>
    lines.map((line): LooseLine => {
      const [v0, v1] = [line.v - line.size / 2, line.v + line.size / 2];
      const box: PageBox =
        turn === 90
          ? [-v1, line.u0, -v0, line.u1]
          : turn === 270
            ? [v0, -line.u1, v1, -line.u0]
            : turn === 180
              ? [-line.u1, -v1, -line.u0, -v0]
              : [line.u0, v0, line.u1, v1];
      const own = glyphs.filter((glyph) => {
        const [x, y] = middle(glyph);
        return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
      });
      const artifact = own.length > 0 && own.every((glyph) => glyph.artifact);
      return { kind: "line", top: box[1], bottom: box[3], line, box, turn, artifact };
    }),
  );
}

type Quarter = 0 | 90 | 180 | 270;

/** The direction in which nearly all of the page is written. */
function directionOf({ glyphs }: PdfPage): Quarter {
  const counts = new Map<Quarter, number>();
  for (const { turn } of glyphs) if (turn !== null) counts.set(turn, (counts.get(turn) ?? 0) + 1);
  for (const [turn, count] of counts) if (count > 0.7 * glyphs.length) return turn;
  return 0;
}

/** A box of a page after it was turned so that its writing runs from left to right. */
function turnedBox([x0, y0, x1, y1]: PageBox, turn: Quarter, { width, height }: PageBody["page"]): PageBox {
  switch (turn) {
    case 90:
      return [y0, width - x1, y1, width - x0];
    case 270:
      return [height - y1, x0, height - y0, x1];
    case 180:
      return [width - x1, height - y1, width - x0, height - y0];
    default:
      return [x0, y0, x1, y1];
  }
}

function turnedPage(page: PdfPage, turn: Quarter): PdfPage {
  if (turn === 0) return page;
  const turned = <T extends PdfGlyph | PdfPage["rules"][number]>(thing: T): T => {
    const [x0, y0, x1, y1] = turnedBox([thing.x0, thing.y0, thing.x1, thing.y1], turn, page);
    return { ...thing, x0, y0, x1, y1 };
  };
  const across = turn === 90 || turn === 270;
  return {
    ...page,
    width: across ? page.height : page.width,
    height: across ? page.width : page.height,
    glyphs: page.glyphs.map((glyph) => ({
      ...turned(glyph),
      turn: glyph.turn === null ? null : (((glyph.turn - turn + 360) % 360) as Quarter),
    })),
    rules: page.rules.map(turned),
  };
}

/** Finds tables, their cells and the lines outside them on one page; a page that lies on its side is set upright. */
export function bodyOf(shown: PdfPage): PageBody {
  const direction = directionOf(shown);
  const page = turnedPage(shown, direction);
  const back = ((360 - direction) % 360) as Quarter;
  const frame = { number: page.number, width: page.width, height: page.height };
  const placeOf = (box: PageBox): PageBox => turnedBox(box, back, frame);
  const usual = usualSize(page.glyphs);
  const isWatermark = (glyph: PdfGlyph): boolean =>
    glyph.turn === null || (glyph.pale && glyph.size > 2 * usual && glyph.size > 20);
  const watermark = page.glyphs
    .filter(isWatermark)
    .map((glyph) => glyph.text)
    .join("");
  let rest: PdfGlyph[] =
    watermark === "" ? [...page.glyphs] : page.glyphs.filter((glyph) => !isWatermark(glyph));
  const items: (PageTable | LooseLine)[] = [];
  for (const lattice of tablesOf(page)) {
    const outside: PdfGlyph[] = [];
    const cells = fill(lattice, rest, outside);
    const flows = new Map<LatticeCell, Flow[]>();
    for (const [cell, list] of cells) flows.set(cell, flowsOf(list));
    // A grid without words is a chart.
    if (![...flows.values()].some((list) => list.length > 0)) continue;
    rest = outside;
    items.push({ kind: "table", top: lattice.ys[0] ?? 0, bottom: lattice.ys.at(-1) ?? 0, lattice, flows });
  }
  items.push(...looseLines(rest, items.length > 0));
  items.sort((a, b) => a.top - b.top);
  return { page: frame, items, watermark: watermark.trim(), placeOf };
}
