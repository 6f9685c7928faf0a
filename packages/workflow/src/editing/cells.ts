import {
  type Form,
  type Indicator,
  type Measure,
  type Place,
  parseRowFieldLabel,
  type RowField,
  rowFieldLabel,
} from "@jiheng/domain";
import { FORM_CELLS, FUND_CELLS, GOAL_CELLS, ROW_CELLS } from "./address.ts";

/** What a cell holds; null is a blank. */
export type CellValue = string | number | boolean | Measure | null;

/** A field of the form, or the cell of a row in a column without a key: then it follows its row, not the row's name. */
export type LooseField =
  | { readonly of: null; readonly label: string; readonly text: string | null }
  | { readonly of: string; readonly heading: string; readonly text: string | null };

/** The name by which cells without a key know a row. */
function rowName(rows: readonly Indicator[], index: number): string {
  return rows[index]?.name ?? `第${index + 1}行`;
}

/** The fields of a form, those of rows bound to the identity of their row. */
export function bindFields(form: Form): LooseField[] {
  const rows = new Map<string, string>();
  const seen = new Map<string, number>();
  form.indicators.forEach(({ id }, index) => {
    const name = rowName(form.indicators, index);
    const occurrence = (seen.get(name) ?? 0) + 1;
    seen.set(name, occurrence);
    rows.set(`${occurrence} ${name}`, id);
  });
  return form.fields.map(({ label, text }) => {
    const parsed: RowField | null = parseRowFieldLabel(label);
    const of = parsed ? rows.get(`${parsed.occurrence} ${parsed.row}`) : undefined;
    return parsed && of !== undefined ? { of, heading: parsed.heading, text } : { of: null, label, text };
  });
}

/** The fields as the form prints them: a row's under its present name, those of a removed row gone. */
export function printFields(fields: readonly LooseField[], rows: readonly Indicator[]): Form["fields"] {
  const names = new Map<string, { readonly row: string; readonly occurrence: number }>();
  const seen = new Map<string, number>();
  rows.forEach(({ id }, index) => {
    const row = rowName(rows, index);
    const occurrence = (seen.get(row) ?? 0) + 1;
    seen.set(row, occurrence);
    names.set(id, { row, occurrence });
  });
  return fields.flatMap((field) => {
    if (field.of === null) return [{ label: field.label, text: field.text }];
    const row = names.get(field.of);
    return row ? [{ label: rowFieldLabel({ heading: field.heading, ...row }), text: field.text }] : [];
  });
}

/** The labels by which addresses name the fields: the second of a label is `label#2`; null for cells of rows. */
export function fieldKeys(fields: readonly LooseField[]): (string | null)[] {
  const seen = new Map<string, number>();
  return fields.map((field) => {
    if (field.of !== null) return null;
    const count = (seen.get(field.label) ?? 0) + 1;
    seen.set(field.label, count);
    return count === 1 ? field.label : `${field.label}#${count}`;
  });
}

/**
 * The address (by identity) of a place of the interchange format (by position): where a finding stands, as edits name it. A field goes by
 * its label, and one of a row by the row.
 */
export function addressOf(form: Form, place: Place): string {
  const field = /^fields\[(\d+)\]$/.exec(place);
  if (field) {
    const label = form.fields[Number(field[1])]?.label;
    return label === undefined ? place : addressOfField(form, label, Number(field[1]));
  }
  const match = /^indicators\[(\d+)\](.*)$/s.exec(place);
  const row = match ? form.indicators[Number(match[1])] : undefined;
  return row ? `indicators[${row.id}]${match?.[2] ?? ""}` : place;
}

/** The address of the field of this label, there or not yet; `index` tells fields of one label apart. */
export function addressOfField(form: Form, label: string, index: number = form.fields.length): string {
  const fields = bindFields(
    index < form.fields.length ? form : { ...form, fields: [...form.fields, { label, text: null }] },
  );
  const field = fields[index];
  return field ? addressOfBound(field, fieldKeys(fields)[index]) : `fields[${label}]`;
}

function addressOfBound(field: LooseField, key: string | null | undefined): string {
  return field.of === null ? `fields[${key}]` : `indicators[${field.of}].fields[${field.heading}]`;
}

/** Every cell of a form by its address, blanks included; the rows' cells by the identity of their row. */
export function cellsOf(form: Form): Map<string, CellValue> {
  const cells = new Map<string, CellValue>();
  for (const key of keysOf(FORM_CELLS)) cells.set(key, form[key] as CellValue);
  cells.set("goal.expected", form.goal.expected);
  cells.set("goal.achieved", form.goal.achieved);
  form.goals.forEach((goal, index) => {
    for (const key of keysOf(GOAL_CELLS))
      if (index > 0 || (key !== "expected" && key !== "achieved"))
        cells.set(`goals[${index}].${key}`, goal[key]);
  });
  form.funds.forEach((fund, index) => {
    for (const key of keysOf(FUND_CELLS)) cells.set(`funds[${index}].${key}`, fund[key]);
  });
  for (const row of form.indicators) for (const [at, value] of rowCells(row)) cells.set(at, value);
  const fields = bindFields(form);
  const keys = fieldKeys(fields);
  fields.forEach((field, index) => {
    cells.set(addressOfBound(field, keys[index]), field.text);
  });
  return cells;
}

/** The cells of one row by address. */
function rowCells(row: Indicator): [string, CellValue][] {
  return keysOf(ROW_CELLS)
    .filter((key) => key !== "id")
    .map((key) => [`indicators[${row.id}].${key}`, row[key] as CellValue]);
}

/** The row an address belongs to, or null. */
export function rowOfAddress(at: string): string | null {
  return /^indicators\[([^\]]+)\]/.exec(at)?.[1] ?? null;
}

/** Whether two cells hold the same, to the letter. A measure of nothing but blanks is a blank. */
export function sameCell(a: CellValue | undefined, b: CellValue | undefined): boolean {
  const [x, y] = [blankless(a), blankless(b)];
  if (x === null || y === null || typeof x !== "object" || typeof y !== "object") return x === y;
  return x.text === y.text && x.comparison === y.comparison && x.value === y.value && x.unit === y.unit;
}

function blankless(value: CellValue | undefined): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value !== "object") return value;
  const { text, comparison, value: figure, unit } = value;
  return text === null && comparison === null && figure === null && unit === null ? null : value;
}

/** A cell as the history prints it; null for a blank. */
export function showCell(value: CellValue | undefined): string | null {
  const cell = blankless(value);
  if (cell === null) return null;
  if (typeof cell === "boolean") return cell ? "是" : "否";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "string") return cell;
  return cell.text ?? `${cell.comparison ?? ""}${cell.value ?? ""}${cell.unit ?? ""}`;
}

function keysOf<T extends object>(table: T): (keyof T)[] {
  return Object.keys(table) as (keyof T)[];
}
