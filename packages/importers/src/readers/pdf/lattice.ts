import { LIMITS } from "../limits.ts";
import { tooLarge } from "../refusals.ts";
import type { RuleGroup, RuleLine } from "./rules.ts";

/** A cell of a lattice: its place in it, its box in points, and which of its sides at the end of the page have no rule. */
export interface LatticeCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly openTop: boolean;
  readonly openBottom: boolean;
}

/** A ruled table on one page. Rows and columns count from 0. */
export interface Lattice {
  /** Positions of the lines down, from left to right, and across, from top to bottom. Points. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** In order of rows, then columns. */
  readonly cells: readonly LatticeCell[];
  /** The cell that covers a field of the lattice; null outside. */
  cellAt(x: number, y: number): LatticeCell | null;
}

/** Lines nearer than this are one: double lines, and boxes drawn cell by cell. */
const NEAR = 3.6;
const WIDEST = 7;
/** A side counts as ruled where rules cover this part of it. */
const COVERED = 0.55;
/** Corners are left out when a side is measured. */
const CORNER = 2;
/** A rule of a table comes this near to both ends of a side; an underline stops with its words. */
const REACH = 6;

interface Cluster {
  readonly at: number;
  readonly lines: readonly RuleLine[];
}

function clusters(lines: readonly RuleLine[], ends: readonly number[]): Cluster[] {
  const sorted = [...lines].sort((a, b) => a.at - b.at);
  const out: Cluster[] = [];
  let open: RuleLine[] = [];
  const close = (): void => {
    if (open.length === 0) return;
    const weight = open.reduce((sum, line) => sum + line.to - line.from, 0);
    out.push({
      at: open.reduce((sum, line) => sum + line.at * (line.to - line.from), 0) / weight,
      lines: open,
    });
    open = [];
  };
  for (const line of sorted) {
    const last = open.at(-1);
    const first = open[0];
    if (last && first && (line.at - last.at > NEAR || line.at - first.at > WIDEST)) close();
    open.push(line);
  }
  close();
  // A table may be open at its sides, and is open where a page cuts it: there the lines of the other direction end.
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const [first, last] = [out[0], out.at(-1)];
  if (first && low < first.at - WIDEST) out.unshift({ at: low, lines: [] });
  if (last && high > last.at + WIDEST) out.push({ at: high, lines: [] });
  return out;
}

function isRuled(cluster: Cluster, from: number, to: number): boolean {
  const [a, b] = to - from > 4 * CORNER ? [from + CORNER, to - CORNER] : [from, to];
  let covered = 0;
  let reached = a;
  let [first, last] = [Infinity, -Infinity];
  for (const line of [...cluster.lines].sort((one, two) => one.from - two.from)) {
    const start = Math.max(reached, line.from);
    const end = Math.min(b, line.to);
    if (end > start) {
      [first, last] = [Math.min(first, start), Math.max(last, end)];
      covered += end - start;
      reached = end;
    }
  }
  return covered >= COVERED * (b - a) && first - a <= REACH && b - last <= REACH;
}

/** The sides of the fields: `down[i][j]` left of field (i, j), `across[j][i]` above it. */
interface Walls {
  readonly down: boolean[][];
  readonly across: boolean[][];
}

function wallsOf(xs: readonly Cluster[], ys: readonly Cluster[]): Walls {
  const at = (list: readonly Cluster[], k: number): number => list[k]?.at ?? 0;
  const down = xs.map((cluster) => ys.slice(1).map((_, j) => isRuled(cluster, at(ys, j), at(ys, j + 1))));
  const across = ys.map((cluster) => xs.slice(1).map((_, i) => isRuled(cluster, at(xs, i), at(xs, i + 1))));
  return { down, across };
}

/** Takes away inner sides that end in nothing: underlines, marks, strokes that stick out. */
function prune({ down, across }: Walls): void {
  const [nx, ny] = [down.length, across.length];
  const isOuter = (i: number, j: number): boolean => i === 0 || j === 0 || i === nx - 1 || j === ny - 1;
  const degree = (i: number, j: number): number =>
    Number(down[i]?.[j - 1] ?? false) +
    Number(down[i]?.[j] ?? false) +
    Number(across[j]?.[i - 1] ?? false) +
    Number(across[j]?.[i] ?? false) +
    (isOuter(i, j) ? 2 : 0);
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i < nx - 1; i += 1)
      for (let j = 0; j < ny - 1; j += 1)
        if (down[i]?.[j] && (degree(i, j) < 2 || degree(i, j + 1) < 2)) {
          (down[i] as boolean[])[j] = false;
          changed = true;
        }
    for (let j = 1; j < ny - 1; j += 1)
      for (let i = 0; i < nx - 1; i += 1)
        if (across[j]?.[i] && (degree(i, j) < 2 || degree(i + 1, j) < 2)) {
          (across[j] as boolean[])[i] = false;
          changed = true;
        }
  }
}

/** The lattice a group of lines makes, or null where it encloses nothing. */
export function latticeOf(group: RuleGroup): Lattice | null {
  const ends = (lines: readonly RuleLine[]): number[] => {
    let [low, high] = [Infinity, -Infinity];
    for (const line of lines) [low, high] = [Math.min(low, line.from), Math.max(high, line.to)];
    return [low, high];
  };
  let xs = clusters(group.down, ends(group.across));
  let ys = clusters(group.across, ends(group.down));
  if (xs.length < 2 || ys.length < 2) return null;
  if (xs.length > LIMITS.pdfLines || ys.length > LIMITS.pdfLines || xs.length * ys.length > LIMITS.cells)
    throw tooLarge("PDF 一页的表格");
  let walls = wallsOf(xs, ys);
  prune(walls);
  const keptX = xs.filter((_, i) => i === 0 || i === xs.length - 1 || walls.down[i]?.some(Boolean));
  const keptY = ys.filter((_, j) => j === 0 || j === ys.length - 1 || walls.across[j]?.some(Boolean));
  if (keptX.length < xs.length || keptY.length < ys.length) {
    [xs, ys] = [keptX, keptY];
    walls = wallsOf(xs, ys);
    prune(walls);
  }
  const [columns, rows] = [xs.length - 1, ys.length - 1];
  const of: Int32Array = new Int32Array(columns * rows).fill(-1);
  const region = new Int32Array(columns * rows).fill(-1);
  const { down, across } = walls;

  let regions = 0;
  for (let start = 0; start < region.length; start += 1) {
    if (region[start] !== -1) continue;
    const queue = [start];
    region[start] = regions;
    for (let field = queue.pop(); field !== undefined; field = queue.pop()) {
      const [i, j] = [field % columns, Math.floor(field / columns)];
      const enter = (next: number): void => {
        if (region[next] !== -1) return;
        region[next] = regions;
        queue.push(next);
      };
      if (i > 0 && !down[i]?.[j]) enter(field - 1);
      if (i < columns - 1 && !down[i + 1]?.[j]) enter(field + 1);
      if (j > 0 && !across[j]?.[i]) enter(field - columns);
      if (j < rows - 1 && !across[j + 1]?.[i]) enter(field + columns);
    }
    regions += 1;
  }

  const cells: LatticeCell[] = [];
  const at = (list: readonly Cluster[], k: number): number => list[k]?.at ?? 0;
  for (let field = 0; field < region.length; field += 1) {
    if (of[field] !== -1) continue;
    const [i, j] = [field % columns, Math.floor(field / columns)];
    const own = region[field];
    let width = 1;
    while (i + width < columns && region[field + width] === own && of[field + width] === -1) width += 1;
    let height = 1;
    const fits = (row: number): boolean => {
      for (let k = 0; k < width; k += 1) {
        const next = row * columns + i + k;
        if (region[next] !== own || of[next] !== -1) return false;
      }
      return true;
    };
    while (j + height < rows && fits(j + height)) height += 1;
    for (let row = j; row < j + height; row += 1)
      for (let k = 0; k < width; k += 1) of[row * columns + i + k] = cells.length;
    cells.push({
      row: j,
      column: i,
      rowSpan: height,
      columnSpan: width,
      x0: at(xs, i),
      y0: at(ys, j),
      x1: at(xs, i + width),
      y1: at(ys, j + height),
      openTop: j === 0 && !across[0]?.slice(i, i + width).some(Boolean),
      openBottom: j + height === rows && !across[rows]?.slice(i, i + width).some(Boolean),
    });
  }
  const positions = (list: readonly Cluster[]): number[] => list.map((cluster) => cluster.at);
  const [px, py] = [positions(xs), positions(ys)];
  return {
    xs: px,
    ys: py,
    cells,
    cellAt(x, y) {
      const [i, j] = [bandOf(px, x), bandOf(py, y)];
      if (i < 0 || j < 0) return null;
      return cells[of[j * columns + i] ?? -1] ?? null;
    },
  };
}

/** Index of the band of `edges` in which `value` lies; -1 outside. */
function bandOf(edges: readonly number[], value: number): number {
  if (value < (edges[0] ?? 0) || value > (edges.at(-1) ?? 0)) return -1;
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
