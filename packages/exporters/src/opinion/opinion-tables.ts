import { FORCE_WORDS } from "../annotate/index.ts";
import { cell, type ModelCell, type TableModel } from "../model.ts";
import {
  FORCES,
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
  };
}

const where = ({ place, cell: at }: OpinionItem): string => (at === "" ? place : `${place}\n（${at}）`);

/** The findings of a form or of all forms together, with a column for the unit's reply. */
export const ITEM_COLUMNS: readonly Column<OpinionItem>[] = [
  count("序号", 5.5, ({ number }) => number),
  mark("性质", 8.5, ({ force }) => FORCE_WORDS[force]),
  words("位置", 13, where),
  words("问题", 26, ({ problem }) => problem),
  words("依据", 20, ({ basis, code }) => `${basis.join("\n")}\n（${code}）`),
  words("处理意见", 18, ({ remedy }) => remedy),
  blank("单位反馈", 10),
];

/** What a person has to judge. */
export const DOUBT_COLUMNS: readonly Column<OpinionDoubt>[] = [
  count("序号", 5.5, ({ number }) => number),
  words("位置", 18, ({ place }) => place),
  words("需要判断的事项", 48, ({ why }) => why),
  mark("编号", 8, ({ code }) => code),
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
