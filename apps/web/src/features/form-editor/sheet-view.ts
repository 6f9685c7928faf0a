import type { Form } from "@jiheng/domain";
import { type FormModel, gridOf, layOut, layoutFor, type ModelCell } from "@jiheng/exporters/layouts";
import { addressOf, addressOfField } from "@jiheng/workflow";

/** A cell of the sheet: as it is laid out, and its address where it can be written in. */
export interface SheetCell {
  readonly key: string;
  readonly cell: ModelCell;
  readonly address: string | null;
}

/** Where a cell that can be written in stands in the grid. */
export interface Spot {
  readonly address: string;
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** A form as it is drawn: the official layout, with the addresses of its cells. */
export interface SheetView {
  readonly model: FormModel;
  readonly rows: readonly (readonly SheetCell[])[];
  /** In reading order. */
  readonly spots: readonly Spot[];
  readonly spotOf: ReadonlyMap<string, Spot>;
}

/** The head of the form comes from the project and is not typed; labels of money rows belong to the layout. */
const FIXED =
  /^(?:project|projectCode|department|departmentCode|unit|unitCode|jurisdiction|year|moneyUnit|funds\[\d+\]\.label)$/;

/** Lays a form out and finds its cells. */
export function viewOf(form: Form): SheetView {
  const model = layOut(form, layoutFor(form.template));
  const addresses = new Map<ModelCell, string>();
  const spotOf = new Map<string, Spot>();
  const rows = model.rows.map((cells, row) =>
    cells.map((cell, column): SheetCell => {
      const address = cell.place
        ? FIXED.test(cell.place)
          ? null
          : addressOf(form, cell.place)
        : cell.field !== undefined
          ? addressOfField(form, cell.field)
          : null;
      if (address !== null) addresses.set(cell, address);
      return { key: address ?? `${row} ${column}`, cell, address };
    }),
  );
  gridOf(model).forEach((cells, row) => {
    cells.forEach(({ cell, anchorRow, anchorColumn }, column) => {
      const address = addresses.get(cell);
      if (address === undefined || anchorRow !== row || anchorColumn !== column || spotOf.has(address))
        return;
      spotOf.set(address, { address, row, column, text: cell.text });
    });
  });
  return { model, rows, spots: [...spotOf.values()], spotOf };
}

/** The nearest cell above, below, left or right of one; null at the edge. */
export function neighbour(view: SheetView, from: string, down: number, right: number): string | null {
  const at = view.spotOf.get(from);
  if (!at) return null;
  const ahead = view.spots.filter(({ row, column }) =>
    down !== 0 ? (row - at.row) * down > 0 : row === at.row && (column - at.column) * right > 0,
  );
  const distance = ({ row, column }: Spot): number =>
    down !== 0 ? Math.abs(row - at.row) * 1_000 + Math.abs(column - at.column) : Math.abs(column - at.column);
  return ahead.toSorted((a, b) => distance(a) - distance(b))[0]?.address ?? null;
}

/** The cell nearest to where one was that is no longer there; null in a sheet without cells. */
export function nearest(view: SheetView, { row, column }: Spot): string | null {
  const distance = (spot: Spot): number => Math.abs(spot.row - row) * 1_000 + Math.abs(spot.column - column);
  return view.spots.toSorted((a, b) => distance(a) - distance(b))[0]?.address ?? null;
}

/** The cells of the rectangle between two cells, row by row. */
export function blockBetween(view: SheetView, from: string, to: string): readonly (readonly Spot[])[] {
  const [a, b] = [view.spotOf.get(from), view.spotOf.get(to)];
  if (!a || !b) return [];
  const [top, bottom] = [Math.min(a.row, b.row), Math.max(a.row, b.row)];
  const [left, right] = [Math.min(a.column, b.column), Math.max(a.column, b.column)];
  const inside = view.spots.filter(
    ({ row, column }) => row >= top && row <= bottom && column >= left && column <= right,
  );
  return [...Map.groupBy(inside, ({ row }) => row).values()];
}

/** A change of one cell, as it is typed. */
export interface Typed {
  readonly at: string;
  readonly text: string;
}

const LEVEL = /^indicators\[([^\]]+)\]\.(level1|level2)$/;

/**
 * A level that is printed once for several rows belongs to all of them: typed over, it changes in each. `typed` in the same order, with
 * the rows that share the cell added.
 */
export function withSharedLevels(form: Form, typed: readonly Typed[]): readonly Typed[] {
  return typed.flatMap((each) => {
    const match = LEVEL.exec(each.at);
    const key = match?.[2] as "level1" | "level2" | undefined;
    const start = form.indicators.findIndex(({ id }) => id === match?.[1]);
    const first = form.indicators[start];
    if (!key || !first) return [each];
    const shared = form.indicators
      .slice(start)
      .findIndex((row) => row.level1 !== first.level1 || (key === "level2" && row.level2 !== first.level2));
    const end = shared === -1 ? form.indicators.length : start + shared;
    return form.indicators
      .slice(start, end)
      .map(({ id }) => ({ at: `indicators[${id}].${key}`, text: each.text }));
  });
}
