import type { CellRole, ModelCell } from "../model.ts";

/** A cell of a form before the columns of its grid are known: it reaches from `from` to `to`, in tenths of a character. */
export interface Piece extends Omit<ModelCell, "columnSpan" | "rowSpan"> {
  readonly from: number;
  readonly to: number;
  readonly rowSpan: number;
}

/** A piece of text of a role. */
export function piece(
  text: string | null,
  role: CellRole,
  [from, to]: readonly [number, number],
  extra: Partial<Omit<Piece, "text" | "role" | "from" | "to">> = {},
): Piece {
  return { text: text ?? "", role, from, to, rowSpan: 1, ...extra };
}

/** What a column may give up to meet another bound: a narrow one next to nothing, lest its heading breaks. */
function leastOf(width: number): number {
  return width < 90 ? width - 2 : width * 0.8;
}

/** The bounds of columns of these widths between two ends; bounds near one of `guides` are moved onto it where there is room. */
export function boundsOf(
  widths: readonly number[],
  [from, to]: readonly [number, number],
  guides: readonly number[],
): number[] {
  const sum = widths.reduce((all, width) => all + width, 0);
  const scale = (to - from) / sum;
  let at = 0;
  const plain = widths.map((width) => {
    at += width;
    return Math.round(from + at * scale);
  });
  plain[plain.length - 1] = to;
  const bounds = [from];
  for (const [index, bound] of plain.entries()) {
    const before = bounds.at(-1) ?? from;
    const next = plain[index + 1];
    const fits = (guide: number): boolean =>
      Math.abs(guide - bound) <= 12 &&
      guide - before >= leastOf((widths[index] ?? 0) * scale) &&
      next !== undefined &&
      next - guide >= leastOf((widths[index + 1] ?? 0) * scale);
    const [guide] = guides.filter(fits).sort((a, b) => Math.abs(a - bound) - Math.abs(b - bound));
    bounds.push(guide ?? bound);
  }
  return bounds;
}

/** Strips of pieces as one grid: every bound of every strip is a bound of a column. */
export function gridFromStrips(strips: readonly (readonly Piece[])[]): {
  readonly widths: readonly number[];
  readonly rows: readonly (readonly ModelCell[])[];
} {
  const bounds = [...new Set(strips.flatMap((strip) => strip.flatMap(({ from, to }) => [from, to])))].sort(
    (a, b) => a - b,
  );
  const columnAt = new Map(bounds.map((bound, index) => [bound, index]));
  return {
    widths: bounds.slice(1).map((bound, index) => (bound - (bounds[index] ?? 0)) / 10),
    rows: strips.map((strip) =>
      [...strip]
        .sort((a, b) => a.from - b.from)
        .map(({ from, to, ...rest }) => ({
          ...rest,
          columnSpan: (columnAt.get(to) ?? 0) - (columnAt.get(from) ?? 0),
        })),
    ),
  };
}
