import type {
  Field,
  Figure,
  Fund,
  Goal,
  HeadLabel,
  Indicator,
  Note,
  NoteLevel,
  Origin,
  Place,
  Trace,
} from "@jiheng/domain";
import { rowFieldLabel } from "@jiheng/domain";
import type { Slot } from "../recognise/lines.ts";
import { readFigure } from "./figure.ts";

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** A form while it is read: what has been found so far, with its notes and where everything stood. */
export interface Draft {
  title: string | null;
  formNumber: string | null;
  year: number | null;
  project: string | null;
  projectCode: string | null;
  department: string | null;
  departmentCode: string | null;
  unit: string | null;
  unitCode: string | null;
  moneyUnit: string | null;
  readonly funds: Open<Fund>[];
  readonly goals: Open<Goal>[];
  readonly indicators: Open<Indicator>[];
  totalPoints: Figure;
  totalScore: Figure;
  grade: string | null;
  deviation: string | null;
  readonly fields: Open<Field>[];
  readonly notes: Note[];
  readonly origins: Record<Place, Trace>;
  /** Head values whose label yields to a plainer one, with that label as printed. */
  readonly weakHeads: Map<HeadLabel, string>;
  /** How many rows of one name were read, by table and name. */
  readonly rowCounts: Map<string, number>;
}

/** A form of which nothing has been read yet. */
export function openDraft(): Draft {
  return {
    title: null,
    formNumber: null,
    year: null,
    project: null,
    projectCode: null,
    department: null,
    departmentCode: null,
    unit: null,
    unitCode: null,
    moneyUnit: null,
    funds: [],
    goals: [],
    indicators: [],
    totalPoints: null,
    totalScore: null,
    grade: null,
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
    weakHeads: new Map(),
    rowCounts: new Map(),
  };
}

/** Adds a note of reading at a place of the form. */
export function addNote(
  draft: Draft,
  level: NoteLevel,
  code: string,
  says: string,
  place: Place | null,
  at: Origin | null,
): void {
  draft.notes.push({ level, code, says, place, at });
}

/** Keeps where a value stood, and notes markup that had leaked into its cell. */
export function trace(draft: Draft, place: Place, slot: Slot | null | undefined): void {
  if (!slot) return;
  draft.origins[place] = { raw: slot.raw, at: slot.at };
  if (slot.leaked)
    addNote(
      draft,
      "normalised",
      "leaked-markup",
      "单元格内混入的网页标记已去除，段落以换行分隔",
      place,
      slot.at,
    );
}

/** The figure of a cell with its origin; a figure that cannot be read is null and noted as lost. */
export function takeFigure(draft: Draft, place: Place, slot: Slot | null | undefined, what: string): Figure {
  if (!slot) return null;
  trace(draft, place, slot);
  const read = readFigure(slot.text);
  if (read.kind === "figure") {
    if (read.unit !== null && read.unit !== "分" && draft.moneyUnit === null) draft.moneyUnit = read.unit;
    if (read.unit !== null && read.unit !== "分" && read.unit !== draft.moneyUnit)
      addNote(
        draft,
        "guessed",
        "unit-in-cell",
        `${what}写作“${slot.text}”，与表内金额单位${draft.moneyUnit}不一致，数值照录未换算`,
        place,
        slot.at,
      );
    return read.figure;
  }
  if (read.kind === "unreadable")
    addNote(
      draft,
      "lost",
      "unreadable-figure",
      `${what}“${clip(slot.text)}”不是可识别的数值，未取数`,
      place,
      slot.at,
    );
  return null;
}

/** The beginning of a long text, for notes. */
export function clip(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  return flat.length > 30 ? `${flat.slice(0, 30)}…` : flat;
}

const ABSENT = /^[-—–―－─/／\\]+$/;

/** Words of a cell; a blank or a mere dash is null. */
export function takeText(draft: Draft, place: Place, slot: Slot | null | undefined): string | null {
  if (!slot) return null;
  trace(draft, place, slot);
  return slot.text === "" || ABSENT.test(slot.text) ? null : slot.text;
}

/** Counts a row of a table by its name; the answer names its cells in columns without keys of their own. */
export function countRow(
  draft: Draft,
  table: "funds" | "indicators",
  name: string | null,
): (heading: string) => string {
  const row = name ?? `第${draft[table].length + 1}行`;
  const key = `${table} ${row}`;
  const occurrence = (draft.rowCounts.get(key) ?? 0) + 1;
  draft.rowCounts.set(key, occurrence);
  return (heading) => rowFieldLabel({ heading, row, occurrence });
}

/** Something else the form prints, kept under its label. */
export function addField(draft: Draft, label: string, text: string | null, slot: Slot | null): void {
  trace(draft, `fields[${draft.fields.length}]`, slot);
  draft.fields.push({ label, text: text === "" ? null : text });
}
