import { describePlace, type Form, type Fund, type Goal, type Indicator, type Place } from "@jiheng/domain";

/** What an address of an edit names. */
export type Address =
  | { readonly part: "row"; readonly row: string; readonly key: string }
  | { readonly part: "row-field"; readonly row: string; readonly heading: string }
  | { readonly part: "fund"; readonly index: number; readonly key: string }
  | { readonly part: "goal"; readonly index: number; readonly key: string }
  | { readonly part: "form"; readonly key: string }
  | { readonly part: "field"; readonly label: string };

/** What a cell holds: it decides what may be set and how long it may be. */
export type CellType = "text" | "long-text" | "figure" | "measure" | "boolean" | "goal-index" | "read-only";

/** Cells of a row, and what each holds. */
export const ROW_CELLS: Readonly<Record<keyof Indicator, CellType>> = {
  id: "read-only",
  parent: "read-only",
  goal: "goal-index",
  core: "boolean",
  level1: "text",
  level2: "text",
  groupPoints: "figure",
  name: "text",
  target: "measure",
  initialTarget: "measure",
  actual: "measure",
  points: "figure",
  score: "figure",
  coefficient: "figure",
  reviewScore: "figure",
  criteria: "long-text",
  evidence: "long-text",
  deviation: "long-text",
};

/** Cells of a row of money. */
export const FUND_CELLS: Readonly<Record<keyof Fund, CellType>> = {
  source: "read-only",
  label: "read-only",
  initialBudget: "figure",
  adjustedBudget: "figure",
  expenditure: "figure",
  points: "figure",
  executionRate: "figure",
  score: "figure",
  deviation: "long-text",
};

/** Cells of a goal. */
export const GOAL_CELLS: Readonly<Record<keyof Goal, CellType>> = {
  name: "text",
  expected: "long-text",
  adjusted: "long-text",
  achieved: "long-text",
  points: "figure",
  score: "figure",
};

/** Cells of the form itself; its identity comes from the project and is not typed. */
export const FORM_CELLS: Readonly<Partial<Record<keyof Form, CellType>>> = {
  id: "read-only",
  kind: "read-only",
  template: "read-only",
  title: "read-only",
  formNumber: "read-only",
  year: "read-only",
  project: "read-only",
  projectCode: "read-only",
  department: "read-only",
  departmentCode: "read-only",
  unit: "read-only",
  unitCode: "read-only",
  jurisdiction: "read-only",
  moneyUnit: "read-only",
  totalPoints: "figure",
  totalScore: "figure",
  grade: "text",
  deviation: "long-text",
};

/** Longest text of a cell, in characters. */
export const LONGEST: Readonly<Record<"text" | "long-text" | "figure" | "measure", number>> = {
  text: 500,
  "long-text": 8000,
  figure: 40,
  measure: 500,
};

const ROW_FIELD = /^indicators\[([^\]]+)\]\.fields\[(.+)\]$/s;
const ROW = /^indicators\[([^\]]+)\]\.(\w+)$/;
const INDEXED = /^(funds|goals)\[(\d{1,4})\]\.(\w+)$/;
const FIELD = /^fields\[(.+)\]$/s;

/** Reads an address; null where it is none. The first goal's words go by `goal.expected` and `goal.achieved` alone. */
export function parseAddress(at: string): Address | null {
  const rowField = ROW_FIELD.exec(at);
  if (rowField?.[1] !== undefined && rowField[2] !== undefined)
    return { part: "row-field", row: rowField[1], heading: rowField[2] };
  const row = ROW.exec(at);
  if (row?.[1] !== undefined && row[2] !== undefined) return { part: "row", row: row[1], key: row[2] };
  const indexed = INDEXED.exec(at);
  if (indexed?.[3] !== undefined)
    return { part: indexed[1] === "funds" ? "fund" : "goal", index: Number(indexed[2]), key: indexed[3] };
  if (at === "goal.expected" || at === "goal.achieved") return { part: "goal", index: 0, key: at.slice(5) };
  const field = FIELD.exec(at);
  if (field?.[1] !== undefined) return { part: "field", label: field[1] };
  return /^\w+$/.test(at) ? { part: "form", key: at } : null;
}

/** The address in its one spelling. */
export function formatAddress(address: Address): string {
  switch (address.part) {
    case "row":
      return `indicators[${address.row}].${address.key}`;
    case "row-field":
      return `indicators[${address.row}].fields[${address.heading}]`;
    case "fund":
      return `funds[${address.index}].${address.key}`;
    case "goal":
      return address.index === 0 && (address.key === "expected" || address.key === "achieved")
        ? `goal.${address.key}`
        : `goals[${address.index}].${address.key}`;
    case "field":
      return `fields[${address.label}]`;
    case "form":
      return address.key;
  }
}

/** What the cell of an address holds, or null where there is no such cell in any form. */
export function cellTypeOf(address: Address): CellType | null {
  const known = (cells: Readonly<Record<string, CellType>>, key: string): CellType | null =>
    Object.hasOwn(cells, key) ? (cells[key] ?? null) : null;
  switch (address.part) {
    case "row":
      return known(ROW_CELLS, address.key);
    case "fund":
      return known(FUND_CELLS, address.key);
    case "goal":
      return known(GOAL_CELLS, address.key);
    case "form":
      return known(FORM_CELLS as Readonly<Record<string, CellType>>, address.key);
    case "row-field":
    case "field":
      return "long-text";
  }
}

/** The place of the interchange format (by position) of an address (by identity); null where the row is gone. */
export function placeOf(form: Form, at: string): Place | null {
  const match = /^indicators\[([^\]]+)\](.*)$/s.exec(at);
  if (!match) return at;
  const index = form.indicators.findIndex(({ id }) => id === match[1]);
  return index < 0 ? null : `indicators[${index}]${match[2]}`;
}

/** An address in the words printed on the form: 「培训课时」得分. */
export function describeAddress(form: Form, at: string): string {
  const address = parseAddress(at);
  if (address?.part === "field") return address.label;
  if (address?.part === "row-field") {
    const name = form.indicators.find(({ id }) => id === address.row)?.name ?? "指标";
    return `「${name}」${address.heading}`;
  }
  const place = placeOf(form, at);
  return place === null ? "已删除的指标" : describePlace(form, place);
}
