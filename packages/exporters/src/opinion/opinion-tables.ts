import { REMEDY_LEADS } from "@jiheng/audit";
import { FORCE_WORDS } from "../annotate/index.ts";
import { cell, type ModelCell, type TableModel } from "../model.ts";
import {
  FORCES,
  type OpinionBasis,
  type OpinionDoubt,
  type OpinionForm,
  type OpinionItem,
  type OpinionUnchecked,
} from "./opinion-parts.ts";

/** A column of a plain table: heading, relative width, and what it prints of a row. */
export interface Column<T> {
  readonly heading: string;
  readonly width: number;
  readonly cell: (row: T) => ModelCell;
}

/** A column of text. */
export function words<T>(heading: string, width: number, of: (row: T) => string | null): Column<T> {
  return { heading, width, cell: (row) => cell(of(row)) };
}

/** A column of short text in the middle: numbers of rows, marks, grades. */
export function mark<T>(heading: string, width: number, of: (row: T) => string | null): Column<T> {
  return { heading, width, cell: (row) => ({ ...cell(of(row)), align: "center" }) };
}

/** A column of figures; "—" where there is none. */
function figure<T>(heading: string, width: number, of: (row: T) => string | null): Column<T> {
  return {
    heading,
    width,
    cell: (row) => {
      const value = of(row);
      return value === null || !/^-?\d+(?:\.\d+)?$/.test(value)
        ? { ...cell(value ?? "—"), align: "center" }
        : { ...cell(value, "number"), figure: value };
    },
  };
}

/** A column of small whole numbers, in the middle; empty where there is none. */
export function count<T>(heading: string, width: number, of: (row: T) => number | null): Column<T> {
  return {
    heading,
    width,
    cell: (row) => {
      const value = of(row);
      return value === null
        ? cell("")
        : { ...cell(String(value), "number"), figure: String(value), align: "center" };
    },
  };
}

/** A column the unit fills in. */
export function blank<T>(heading: string, width: number): Column<T> {
  return { heading, width, cell: () => cell("") };
}

/** Rows as a table whose heading is repeated on every page. */
export function tableOf<T>(columns: readonly Column<T>[], rows: readonly T[]): TableModel {
  return {
    widths: columns.map(({ width }) => width),
    rows: [
      columns.map(({ heading }) => cell(heading, "label")),
      ...rows.map((row) => columns.map((column) => column.cell(row))),
    ],
    repeat: { row: 0, count: 1 },
    dense: true,
  };
}

const where = ({ place, cell: at }: OpinionItem): string => (at === "" ? place : `${place}（${at}）`);

/** A list of short rows as one half as long: each row holds two of its rows, side by side. */
export function inPairs(table: TableModel): TableModel {
  const [heading = [], ...rows] = table.rows;
  const empty = heading.map(() => cell(""));
  return {
    ...table,
    widths: [...table.widths, ...table.widths],
    rows: [
      [...heading, ...heading],
      ...rows.flatMap((row, index) => (index % 2 === 0 ? [[...row, ...(rows[index + 1] ?? empty)]] : [])),
    ],
  };
}

/** Programs break a line of numbers anywhere, between two digits too. */
const NUMBERS_A_LINE = 2;

/** Numbers of bases: their text stands once, in a list of its own, or it would set the height of every row. */
export function basisNumbers({ basisNumbers: numbers }: OpinionItem): string {
  return numbers.reduce(
    (all, each, index) =>
      index === 0 ? String(each) : `${all}、${index % NUMBERS_A_LINE === 0 ? "\n" : ""}${each}`,
    "",
  );
}

/** A remedy without the words that say the force: they stand beside it, and the opinion explains them. */
function remedyAlone({ force, remedy }: OpinionItem): string {
  const lead = REMEDY_LEADS[force];
  return remedy.startsWith(lead) ? remedy.slice(lead.length) : remedy;
}

/** The findings of a form or of all forms together, with a column for the unit's reply. */
export const ITEM_COLUMNS: readonly Column<OpinionItem>[] = [
  count("序号", 4, ({ number }) => number),
  mark("性质", 6.7, ({ force, code }) => `${FORCE_WORDS[force]}\n${code}`),
  words("位置", 21, where),
  words("问题", 31, ({ problem }) => problem),
  words("处理意见", 23.3, remedyAlone),
  mark("依据", 5.5, basisNumbers),
  blank("单位反馈", 8.5),
];

/** The bases that findings name by number. */
export const BASIS_COLUMNS: readonly Column<OpinionBasis>[] = [
  count("序号", 8, ({ number }) => number),
  words("依据", 92, ({ text }) => text),
];

/** What a person has to judge. */
export const DOUBT_COLUMNS: readonly Column<OpinionDoubt>[] = [
  count("序号", 4.5, ({ number }) => number),
  mark("编号", 6.5, ({ code }) => code),
  words("位置", 18, ({ place }) => place),
  words("需要判断的事项", 49, ({ why }) => why),
  blank("判断意见", 22),
];

/** What was not checked, by reason. */
export const UNCHECKED_COLUMNS: readonly Column<OpinionUnchecked>[] = [
  words("事项", 40, ({ checks }) => checks.join("\n")),
  words("未检查的原因", 40, ({ why }) => why),
  words("涉及的表", 20, ({ forms }) => forms),
];

/** One line a form: totals, grades and numbers of findings. Whose form it is stands there where forms are of several. */
export const OVERVIEW_COLUMNS: readonly Column<OpinionForm>[] = [
  count("序号", 5.5, ({ index }) => index + 1),
  words("项目", 20, ({ project }) => project),
  figure("表列总分", 8, ({ printedTotal }) => printedTotal),
  figure("重算总分", 8, ({ recomputedTotal }) => recomputedTotal),
  mark("表列等级", 8, ({ printedGrade }) => printedGrade ?? "—"),
  mark("重算等级", 8, ({ recomputedGrade }) => recomputedGrade ?? "—"),
  ...FORCES.map(
    (force): Column<OpinionForm> =>
      count(FORCE_WORDS[force], 8, ({ items }) => items.filter((item) => item.force === force).length),
  ),
  count("待人工判断", 9.5, ({ doubts }) => doubts.length),
];

/** The overview of forms of several units. */
export const UNITS_OVERVIEW_COLUMNS: readonly Column<OpinionForm>[] = [
  ...OVERVIEW_COLUMNS.slice(0, 2),
  words("单位", 16, ({ unit }) => unit),
  ...OVERVIEW_COLUMNS.slice(2),
];
