import {
  type Form,
  type Indicator,
  type Measure,
  NO_MEASURE,
  parseDecimal,
  parseMeasure,
} from "@jiheng/domain";
import type { CellChange } from "../events.ts";
import {
  type Address,
  type CellType,
  cellTypeOf,
  describeAddress,
  formatAddress,
  LONGEST,
  parseAddress,
  ROW_CELLS,
} from "./address.ts";
import { bindFields, type CellValue, fieldKeys, type LooseField, printFields } from "./cells.ts";
import { changesBetween, editsBetween } from "./changes-between.ts";
import type { Edit } from "./edit.ts";

/** Why an edit cannot be applied, closed. */
export type EditRefusalCode =
  | "unknown-address"
  | "read-only"
  | "row-gone"
  | "row-exists"
  | "row-has-children"
  | "wrong-type"
  | "not-a-figure"
  | "too-long";

/** An edit that cannot be applied: none of its list was. `at` is its address or row. */
export interface EditRefusal {
  readonly kind: "refused";
  readonly code: EditRefusalCode;
  readonly at: string;
  readonly says: string;
}

/** The form after the edits, and what they changed, cell by cell. */
export interface Applied {
  readonly kind: "applied";
  readonly form: Form;
  readonly changes: readonly CellChange[];
}

interface Draft {
  readonly form: { -readonly [K in keyof Form]: Form[K] };
  rows: Indicator[];
  fields: LooseField[];
}

const COMPARISONS: readonly unknown[] = ["=", "≥", ">", "≤", "<", null];
const MAX_ROWS = 2000;
const MAX_FIELDS = 20_000;

/**
 * Applies edits in order, all or none. A text that is typed into a target or an actual is read as reading does and kept to the letter;
 * a figure is kept as typed; a cell of nothing but blanks is empty. Notes and origins of a file follow their rows.
 */
export function applyEdits(form: Form, edits: readonly Edit[]): Applied | EditRefusal {
  const draft: Draft = { form: { ...form }, rows: [...form.indicators], fields: bindFields(form) };
  for (const edit of edits) {
    const refused = edit.op === "set" ? setCell(draft, edit.at, edit.to) : moveRows(draft, edit);
    if (refused) return refused;
  }
  const orphan = orphanOf(draft.rows);
  if (orphan) return orphan;
  const after: Form = {
    ...draft.form,
    indicators: draft.rows,
    fields: printFields(draft.fields, draft.rows),
    ...followRows(form, draft.rows),
  };
  return { kind: "applied", form: after, changes: changesBetween(form, after).cells };
}

/** Edits that undo these: applied to the form after them they restore `before`. Null where they cannot be applied to it. */
export function invertEdits(before: Form, edits: readonly Edit[]): Edit[] | null {
  const applied = applyEdits(before, edits);
  return applied.kind === "refused" ? null : editsBetween(applied.form, before);
}

function refuse(code: EditRefusalCode, at: string, says: string): EditRefusal {
  return { kind: "refused", code, at, says };
}

function setCell(draft: Draft, at: string, to: unknown): EditRefusal | null {
  const address = parseAddress(at);
  const type = address === null ? null : cellTypeOf(address);
  if (address === null || type === null)
    return refuse("unknown-address", at, `表中没有“${at}”这个位置，请刷新后重试。`);
  const current: Form = { ...draft.form, indicators: draft.rows };
  if (type === "read-only")
    return refuse("read-only", at, `${describeAddress(current, at)}由系统维护，不能直接修改。`);
  const cell = checkCell(describeAddress(current, at), at, type, to, draft.form.goals.length);
  if (cell.kind === "refused") return cell;
  return write(draft, address, cell.value);
}

function write(draft: Draft, address: Address, value: CellValue): EditRefusal | null {
  const at = formatAddress(address);
  switch (address.part) {
    case "form":
      Object.assign(draft.form, { [address.key]: value });
      return null;
    case "fund": {
      const fund = draft.form.funds[address.index];
      if (!fund) return refuse("unknown-address", at, `资金表没有第${address.index + 1}行，请刷新后重试。`);
      draft.form.funds = draft.form.funds.with(address.index, { ...fund, [address.key]: value });
      return null;
    }
    case "goal":
      return writeGoal(draft, address.index, address.key, value, at);
    case "row": {
      const index = draft.rows.findIndex(({ id }) => id === address.row);
      const row = draft.rows[index];
      if (!row) return rowGone(at);
      const emptyMeasure = address.key === "initialTarget" ? null : NO_MEASURE;
      const filled =
        ROW_CELLS[address.key as keyof Indicator] === "measure" ? (value ?? emptyMeasure) : value;
      draft.rows[index] = { ...row, [address.key]: filled };
      return null;
    }
    case "row-field": {
      if (!draft.rows.some(({ id }) => id === address.row)) return rowGone(at);
      const { row: of, heading } = address;
      const index = draft.fields.findIndex((field) => field.of === of && field.heading === heading);
      return replaceField(draft, index, { of, heading, text: value as string | null }, at);
    }
    case "field": {
      const index = fieldKeys(draft.fields).indexOf(address.label);
      const label = address.label.replace(/#\d+$/, "");
      return replaceField(draft, index, { of: null, label, text: value as string | null }, at);
    }
  }
}

/** A field that was not there yet stands at the end; an empty one is not worth standing there. */
function replaceField(draft: Draft, index: number, field: LooseField, at: string): EditRefusal | null {
  if (index >= 0) draft.fields[index] = field;
  else if (field.text !== null) {
    const label = field.of === null ? field.label : field.heading;
    if (label.length > LONGEST.text) return tooLong("栏目名称", at, LONGEST.text);
    if (draft.fields.length >= MAX_FIELDS) return refuse("too-long", at, `栏目不能超过${MAX_FIELDS}个。`);
    draft.fields.push(field);
  }
  return null;
}

/** The first goal stands twice in a form, alone and in the list: both are kept alike. */
function writeGoal(
  draft: Draft,
  index: number,
  key: string,
  value: CellValue,
  at: string,
): EditRefusal | null {
  const twice = index === 0 && (key === "expected" || key === "achieved");
  const goal = draft.form.goals[index];
  if (!goal && !twice) return refuse("unknown-address", at, `没有第${index + 1}个年度目标，请刷新后重试。`);
  if (goal) draft.form.goals = draft.form.goals.with(index, { ...goal, [key]: value });
  if (twice) draft.form.goal = { ...draft.form.goal, [key]: value };
  return null;
}

function rowGone(at: string): EditRefusal {
  return refuse("row-gone", at, "这一行已被删除或不存在，请刷新后重试。");
}

function moveRows(draft: Draft, edit: Exclude<Edit, { op: "set" }>): EditRefusal | null {
  const at = `indicators[${edit.row}]`;
  const from = draft.rows.findIndex(({ id }) => id === edit.row);
  if (edit.op === "insert-row") return insertRow(draft, edit, from, at);
  const row = draft.rows[from];
  if (!row) return rowGone(at);
  if (edit.op === "remove-row") {
    draft.rows.splice(from, 1);
    return null;
  }
  if (edit.after === edit.row) return refuse("wrong-type", at, "不能把一行移到它自己之后。");
  draft.rows.splice(from, 1);
  const anchor = draft.rows.findIndex(({ id }) => id === edit.after);
  if (edit.after !== null && anchor < 0) return rowGone(`indicators[${edit.after}]`);
  draft.rows.splice(anchor + 1, 0, row);
  return null;
}

function insertRow(
  draft: Draft,
  edit: Extract<Edit, { op: "insert-row" }>,
  existing: number,
  at: string,
): EditRefusal | null {
  if (existing >= 0) return refuse("row-exists", at, "这一行已在表中，不能再次插入。");
  if (!/^[\w.:-]{1,80}$/.test(edit.row)) return refuse("wrong-type", at, "行的编号只能用字母、数字和-_.:。");
  if (draft.rows.length >= MAX_ROWS) return refuse("too-long", at, `绩效指标不能超过${MAX_ROWS}行。`);
  const anchor = draft.rows.findIndex(({ id }) => id === edit.after);
  if (edit.after !== null && anchor < 0) return rowGone(`indicators[${edit.after}]`);
  const row: Record<string, unknown> = { id: edit.row };
  for (const [key, type] of Object.entries(ROW_CELLS)) {
    if (key === "id") continue;
    const given = (edit.values as Readonly<Record<string, unknown>>)[key];
    if (key === "parent") {
      if (given !== null && typeof given !== "string")
        return refuse("wrong-type", `${at}.parent`, "所属的行须是行的编号或空。");
      row[key] = given;
      continue;
    }
    const cell = checkCell("新增的行", `${at}.${key}`, type, given ?? null, draft.form.goals.length);
    if (cell.kind === "refused") return cell;
    row[key] = type === "measure" && key !== "initialTarget" ? (cell.value ?? NO_MEASURE) : cell.value;
  }
  draft.rows.splice(anchor + 1, 0, row as unknown as Indicator);
  return null;
}

type Checked = { readonly kind: "value"; readonly value: CellValue } | EditRefusal;

function checkCell(name: string, at: string, type: CellType, to: unknown, goals: number): Checked {
  const value = (checked: CellValue): Checked => ({ kind: "value", value: checked });
  const wrong = (wanted: string): Checked => refuse("wrong-type", at, `${name}应为${wanted}。`);
  if (type === "goal-index")
    return typeof to === "number" && Number.isInteger(to) && to >= 0 && to < Math.max(goals, 1)
      ? value(to)
      : wrong("已有年度目标的序号");
  if (to === null || (typeof to === "string" && to.trim() === "")) return value(null);
  switch (type) {
    case "boolean":
      return typeof to === "boolean" ? value(to) : wrong("是或否");
    case "text":
    case "long-text":
      if (typeof to !== "string") return wrong("文字");
      return to.length > LONGEST[type] ? tooLong(name, at, LONGEST[type]) : value(to);
    case "figure":
      if (typeof to !== "string") return wrong("数字");
      if (to.length > LONGEST.figure) return tooLong(name, at, LONGEST.figure);
      return parseDecimal(to) === null
        ? refuse("not-a-figure", at, `${name}“${to}”不是数字，请只填数字，不带单位、百分号和千分位逗号。`)
        : value(to.trim());
    case "measure":
      return checkMeasure(name, at, to);
    case "read-only":
      return refuse("read-only", at, `${name}由系统维护，不能直接修改。`);
  }
}

function checkMeasure(name: string, at: string, to: unknown): Checked {
  if (typeof to === "string") {
    if (to.length > LONGEST.measure) return tooLong(name, at, LONGEST.measure);
    return { kind: "value", value: { ...parseMeasure(to).measure, text: to } };
  }
  const shape = "文字，或文字、比较符号、数值、单位四项";
  if (!isMeasure(to)) return refuse("wrong-type", at, `${name}应为${shape}。`);
  if ([to.text, to.unit, to.value].some((part) => (part ?? "").length > LONGEST.measure))
    return tooLong(name, at, LONGEST.measure);
  if (to.value !== null && parseDecimal(to.value) === null)
    return refuse("not-a-figure", at, `${name}的数值“${to.value}”不是数字。`);
  const { text, comparison, value, unit } = to;
  return { kind: "value", value: { text, comparison, value, unit } };
}

function isMeasure(value: unknown): value is Measure {
  if (typeof value !== "object" || value === null) return false;
  const { text, comparison, value: figure, unit } = value as Partial<Measure>;
  const isText = (part: unknown): boolean => part === null || typeof part === "string";
  return isText(text) && isText(figure) && isText(unit) && COMPARISONS.includes(comparison);
}

function tooLong(name: string, at: string, longest: number): EditRefusal {
  return refuse("too-long", at, `${name}不能超过${longest}个字，请精简后再填。`);
}

/** A sub-row whose row is gone would hang in the air. */
function orphanOf(rows: readonly Indicator[]): EditRefusal | null {
  const ids = new Set(rows.map(({ id }) => id));
  const orphan = rows.find(({ parent }) => parent !== null && !ids.has(parent));
  if (!orphan) return null;
  return refuse(
    "row-has-children",
    `indicators[${orphan.id}].parent`,
    `「${orphan.name ?? "未命名的指标"}」是其中行，所属的行不在表中。请先删除其中行。`,
  );
}

/** Notes and origins of the file, by position, follow the rows they belong to; those of removed rows go. */
function followRows(before: Form, rows: readonly Indicator[]): Pick<Form, "notes" | "origins"> {
  const { notes, origins, indicators } = before;
  if (rows.length === indicators.length && rows.every(({ id }, index) => indicators[index]?.id === id))
    return { notes, origins };
  const now = new Map(rows.map(({ id }, index) => [id, index]));
  const follow = (place: string): string | null => {
    const match = /^indicators\[(\d+)\]/.exec(place);
    if (!match) return place;
    const index = now.get(indicators[Number(match[1])]?.id ?? "");
    return index === undefined ? null : `indicators[${index}]${place.slice(match[0].length)}`;
  };
  return {
    notes: notes.flatMap((note) => {
      const place = note.place === null ? null : follow(note.place);
      return note.place !== null && place === null ? [] : [{ ...note, place }];
    }),
    origins: Object.fromEntries(
      Object.entries(origins).flatMap(([place, trace]) => {
        const followed = follow(place);
        return followed === null ? [] : [[followed, trace]];
      }),
    ),
  };
}
