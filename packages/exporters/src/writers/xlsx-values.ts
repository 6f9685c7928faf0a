import type { Place } from "@jiheng/domain";
import type { CellFormula, ModelCell } from "../model.ts";

/** A figure as a spreadsheet stores it. */
export interface StoredNumber {
  /** Exact decimal: the figure, or a hundredth of it where it is shown as a percentage. */
  readonly value: string;
  /** Number format that prints the figure as the form does. */
  readonly format: string | number;
  readonly decimals: number;
  readonly percent: boolean;
}

const FIGURE = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;
/** Digits a spreadsheet keeps; a longer figure stays text, so that none of its digits is lost. */
const DIGITS = 15;

/** A hundredth of a plain decimal, exactly: 85.93 gives 0.8593. */
function hundredth(figure: string): string {
  const negative = figure.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? figure.slice(1) : figure).split(".");
  const digits = whole.padStart(3, "0");
  const moved = `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`.replace(/\.?0+$/, "");
  return (negative ? "-" : "") + moved;
}

function grouped(figure: string): string {
  const [whole = "", fraction] = figure.split(".");
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

/**
 * The number a cell stores, or null where it is text: a cell holds a number only if its format prints it exactly as the
 * form does.
 */
export function storedNumber(cell: ModelCell): StoredNumber | null {
  if (cell.role === "label") return null;
  const percent = cell.percent === true;
  const figure = cell.figure ?? (cell.role === "number" ? cell.text : null);
  if (figure === null) return null;
  const match = FIGURE.exec(figure);
  if (!match || figure.replace(/\D/g, "").replace(/^0+/, "").length > DIGITS || /^-0(?:\.0*)?$/.test(figure))
    return null;
  const decimals = match[1]?.length ?? 0;
  if (decimals > 10) return null;
  const shown = percent ? cell.text.replace(/[%％]$/, "") : cell.text;
  const withGroups = shown !== figure && shown === grouped(figure);
  if (shown !== figure && !withGroups) return null;
  if (percent && !/[%％]$/.test(cell.text)) return null;
  const places = decimals === 0 ? "0" : `0.${"0".repeat(decimals)}`;
  // A whole number in the general format: with the format "0" a person who types 9.5 over it would see 10.
  if (decimals === 0 && !percent && !withGroups && figure.length <= 11)
    return { value: figure, format: 0, decimals, percent };
  return {
    value: percent ? hundredth(figure) : figure,
    format: (withGroups ? `#,##${places}` : places) + (percent ? "%" : ""),
    decimals,
    percent,
  };
}

/** A cell another may refer to. */
export interface Referable {
  readonly ref: string;
  readonly number: StoredNumber | null;
  readonly empty: boolean;
}

/** A1:A3 for a run of cells one below the other, else the cells one by one. */
function list(refs: readonly string[]): string {
  const parsed = refs.map((ref) => /^([A-Z]+)(\d+)$/.exec(ref));
  const run = parsed.every(
    (each, index) => each && each[1] === parsed[0]?.[1] && Number(each[2]) === Number(parsed[0]?.[2]) + index,
  );
  return run && refs.length > 1 ? `${refs[0]}:${refs.at(-1)}` : refs.join(",");
}

/**
 * The formula of a cell in the words of the spreadsheet, or null where a cell it needs holds no number. Where a person
 * empties a cell it needs, it shows nothing instead of an error.
 */
export function spreadsheetFormula(
  formula: CellFormula,
  own: StoredNumber,
  at: (place: Place) => Referable | undefined,
): string | null {
  const numeric = (place: Place): string | null => {
    const cell = at(place);
    return cell?.number && !cell.number.percent ? cell.ref : null;
  };
  const shift = own.percent ? 2 : 0;
  if (formula.kind === "sum") {
    const refs: string[] = [];
    for (const place of formula.of) {
      const cell = at(place);
      // Text and blanks add nothing in a sum; a percentage would add a hundredth.
      if (!cell || cell.number?.percent) return null;
      refs.push(cell.ref);
    }
    return refs.length === 0 ? null : `ROUND(SUM(${list(refs)}),${Math.max(2, own.decimals) + shift})`;
  }
  const part = numeric(formula.part);
  const whole = numeric(formula.whole);
  if (part === null || whole === null) return null;
  if (formula.kind === "rate") {
    const ratio = own.percent ? `${part}/${whole}` : `${part}/${whole}*100`;
    const places = formula.decimals + shift;
    // Binary figures lie a hair beside decimal ones: without the inner rounding 29% could be cut to 28.99%.
    return formula.rounding === "truncate"
      ? `IFERROR(TRUNC(ROUND(${ratio},12),${places}),"")`
      : `IFERROR(ROUND(${ratio},${places}),"")`;
  }
  const points = numeric(formula.points);
  return points === null || own.percent
    ? null
    : `IFERROR(ROUND(${points}*MIN(1,${part}/${whole}),${formula.decimals}),"")`;
}
