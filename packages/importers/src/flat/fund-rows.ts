import {
  compare,
  type Decimal,
  decimal,
  equals,
  fundSourceOf,
  type Heading,
  isZero,
  multiply,
  parseDecimal,
  percentOf,
  ratio,
  roundRatio,
  scaleRatio,
  within,
} from "@jiheng/domain";
import { readFigure } from "../forms/figure.ts";
import { isDash } from "./field-kinds.ts";
import type { FlatText } from "./flat-text.ts";
import type { Span } from "./row-search.ts";
import type { Style } from "./style.ts";

/** One row of the funds table as found: its label and what stands in each column. */
export interface FoundFund {
  readonly label: Span;
  readonly cells: ReadonlyMap<Heading, Span>;
  /** What stands in the row and fits no column. */
  readonly left: Span | null;
  /** True where digits were cut by choice rather than by cells, and arithmetic does not confirm the cut. */
  readonly doubtful: boolean;
}

const LABEL =
  /(?:其中:?)?(?:\d[.、])?[\u4e00-\u9fff、()/]{0,18}?(?:收入拨款|资金总额|总金额|总额|财政拨款|拨款|资金收入|资金|补助(?=[\d—-]|$)|合计|总计|小计|基本支出|项目支出|收入|结转结余|结余|结转(?!资金|结余))(?:\([^()\d]{0,12}\))?:?/y;
const FIGURES = /[\d.,%—\-–/+万亿元]/;

/** Rows of the funds table; `told`: the make-up of the total in words that stands behind them. */
export interface FundsFound {
  readonly rows: readonly FoundFund[];
  readonly told: Span | null;
}

/** No form has more sources of money than this. */
export const MOST_FUNDS = 60;

/** Reads the rows between the head of the funds table and the next section. */
export function fundRows(
  flat: FlatText,
  style: Style,
  headings: readonly (Heading | null)[],
  from: number,
  to: number,
): FundsFound {
  return style.exact ? byCells(flat, style, headings, from, to) : byLabels(flat, style, headings, from, to);
}

function byCells(
  flat: FlatText,
  style: Style,
  headings: readonly (Heading | null)[],
  from: number,
  to: number,
): FundsFound {
  const cells: Span[] = [];
  let start = from;
  for (let k = from + 1; k <= to; k += 1) {
    if (k < to && !style.parts(flat.gapBefore(k))) continue;
    cells.push({ start, end: k, text: flat.chars.slice(start, k) });
    for (let n = Math.min(flat.emptiesBefore(k), 60); n > 0; n -= 1)
      cells.push({ start: k, end: k, text: "" });
    start = k;
  }
  const rows: FoundFund[] = [];
  let k = 0;
  while (k < cells.length && rows.length < MOST_FUNDS) {
    const cell = cells[k] as Span;
    if (!isLabel(cell.text)) {
      k += 1;
      continue;
    }
    const found = new Map<Heading, Span>();
    let taken = 0;
    for (const heading of headings) {
      const next = cells[k + 1 + taken];
      if (!next || isLabel(next.text)) break;
      if (heading) found.set(heading, next);
      taken += 1;
    }
    rows.push({ label: cell, cells: found, left: null, doubtful: false });
    k += 1 + taken;
  }
  return { rows, told: null };
}

function isLabel(text: string): boolean {
  if (text.length < 2 || text.length > 34 || /^[\d.,%]+$/.test(text)) return false;
  LABEL.lastIndex = 0;
  const match = LABEL.exec(text);
  return (
    (match !== null && match[0].length >= text.length - 8) ||
    (fundSourceOf(text) !== "unnamed" && text.length <= 20)
  );
}

function byLabels(
  flat: FlatText,
  style: Style,
  headings: readonly (Heading | null)[],
  from: number,
  to: number,
): FundsFound {
  const rows: FoundFund[] = [];
  const reasoned = headings.includes("deviation");
  const columns = headings.filter((heading) => heading !== null && heading !== "deviation") as Heading[];
  let total: ReadonlyMap<Heading, Span> | null = null;
  let k = from;
  while (k < to && rows.length < MOST_FUNDS) {
    LABEL.lastIndex = k;
    const match = LABEL.exec(flat.chars);
    const reasonEnd = reasoned && rows.length > 0 ? labelInside(flat, k, to, match?.[0] ?? null) : k;
    if (reasonEnd > k) {
      const row = rows.at(-1) as FoundFund;
      const span = { start: k, end: reasonEnd, text: flat.chars.slice(k, reasonEnd) };
      rows[rows.length - 1] = { ...row, cells: new Map(row.cells).set("deviation", span) };
      k = reasonEnd;
      continue;
    }
    if (!match || k + match[0].length > to) {
      // Something before a first label (a side label, a torn one) is passed over; behind the rows nothing is sought.
      if (rows.length > 0 && !style.cells) break;
      k += 1;
      continue;
    }
    const label: Span = { start: k, end: k + match[0].length, text: match[0] };
    k = label.end;
    let stop = k;
    while (stop < to && FIGURES.test(flat.chars[stop] ?? "")) stop += 1;
    // "一般公共预算:1873.66万元" tells the make-up of the total in words; no row of the table comes behind it.
    const makeUp =
      rows.length > 0 &&
      (/^按[\u4e00-\u9fff]{2,6}(?:性质|来源|类型)/.test(flat.chars.slice(label.start, label.start + 10)) ||
        (label.text.endsWith(":") && /^[\d.,]+[万亿]?元$/.test(flat.chars.slice(k, stop))));
    if (makeUp)
      return { rows, told: { start: label.start, end: to, text: flat.chars.slice(label.start, to) } };
    const cut = cutFigures(flat, style, columns, k, stop, total, fundSourceOf(label.text) === "total");
    rows.push({ label, ...cut });
    if (!total && cut.cells.size > 0) total = cut.cells;
    k = stop;
  }
  return { rows, told: null };
}

const LABEL_START =
  /其中:?|上年|当年|本年|财政(?:专户|拨款|资金)|中央|省级|市级|县级|区级|地方|单位资金|其[他它]资金|政府性基金/;

/** Where, behind a reason, the label of the next row begins; `at` where there is no reason. */
function labelInside(flat: FlatText, at: number, to: number, label: string | null): number {
  const text = flat.chars.slice(at, Math.min(to, at + 160));
  const start = LABEL_START.exec(label ?? text);
  if (label !== null) return start && start.index > 0 ? at + start.index : at;
  return start && start.index > 1 ? at + start.index : at;
}

interface Piece {
  readonly text: string;
  readonly figure: Decimal | null;
  readonly raw: Span;
  readonly percent: boolean;
}

const LEAVES = 12000;
const TOLERANCE = decimal("0.1");
const SMALL = decimal("0.02");
const HUNDRED = decimal("100");
const TEN = decimal("10");

function cutFigures(
  flat: FlatText,
  style: Style,
  columns: readonly Heading[],
  from: number,
  to: number,
  total: ReadonlyMap<Heading, Span> | null,
  isTotal: boolean,
): { cells: Map<Heading, Span>; left: Span | null; doubtful: boolean } {
  const text = flat.chars;
  const cells = new Map<Heading, Span>();
  if (to <= from) return { cells, left: null, doubtful: false };
  if (to - from > 160)
    return { cells, left: { start: from, end: to, text: text.slice(from, to) }, doubtful: false };
  const totals = new Map<Heading, Decimal>();
  if (total)
    for (const [heading, span] of total) {
      const figure = parse(span.text);
      if (figure) totals.set(heading, figure);
    }

  let leaves = 0;
  let best = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  let chosen: readonly (Piece | null)[] = [];
  let chosenEnd = from;

  const endsAt = (at: number): number[] => {
    const ends: number[] = [];
    const dash = /^[—–\-/]+/.exec(text.slice(at, to));
    if (dash) {
      // A row of dashes without blanks: one for each column.
      for (let n = 1; n <= dash[0].length; n += 1) ends.push(at + n);
    }
    const match = /^-?(?:\d{1,3}(?:,\d{3})+|\d{1,14})(?:\.\d{1,6})?/.exec(text.slice(at, to));
    if (match) {
      const full = at + match[0].length;
      const after = /^(?:%|[万亿]?元)/.exec(text.slice(full, to));
      if (after) ends.push(full + after[0].length);
      else ends.push(full);
      for (let end = full - (after ? 0 : 1); end > at; end -= 1) {
        const char = text[end - 1] ?? "";
        if (char === "." || char === "," || char === "-") continue;
        if (text[end] === "." || text[end] === ",") continue;
        ends.push(end);
      }
    }
    const bordered = ends.filter((end) => {
      for (let k = at + 1; k < end; k += 1) if (style.parts(flat.gapBefore(k))) return false;
      return !style.cells || end >= to || style.parts(flat.gapBefore(end));
    });
    return bordered;
  };

  const pieces: (Piece | null)[] = [];
  const rateAt = columns.indexOf("executionRate");
  let whole = true;
  /** What a piece may be in its column, before any arithmetic. */
  const may = (heading: Heading, piece: string, end: number): boolean => {
    if (isDash(piece)) return true;
    const percent = piece.endsWith("%");
    if (heading === "executionRate") return percent || !text.slice(end, to).includes("%");
    if (percent) return false;
    if (heading === "points" || heading === "score") return /^\d{1,3}(?:\.\d{1,4})?$/.test(piece);
    // Digits that run on past two decimals belong to the next figure.
    const decimals = /\.(\d+)$/.exec(piece)?.[1]?.length ?? 0;
    return decimals <= 2 || !/\d/.test(text[end] ?? "") || style.parts(flat.gapBefore(end));
  };
  const visit = (column: number, at: number): void => {
    if (leaves > LEAVES) return;
    if (column === columns.length || at >= to) {
      if (whole && at < to) return;
      leaves += 1;
      const fit = fitOf(columns, pieces, totals, isTotal) - (to - at) * 3;
      if (fit > best) {
        second = best;
        best = fit;
        chosen = [...pieces];
        chosenEnd = at;
      } else if (fit > second) second = fit;
      return;
    }
    if (column > rateAt && rateAt >= 0 && text.slice(at, to).includes("%")) return;
    const heading = columns[column] as Heading;
    for (const end of endsAt(at)) {
      const piece = text.slice(at, end);
      const figure = parse(piece);
      if (!figure && !isDash(piece)) continue;
      if (/^-?0\d/.test(piece) || !may(heading, piece, end)) continue;
      pieces.push({
        text: piece,
        figure,
        raw: { start: at, end, text: piece },
        percent: piece.endsWith("%"),
      });
      visit(column + 1, end);
      pieces.pop();
    }
    pieces.push(null);
    visit(column + 1, at);
    pieces.pop();
  };
  visit(0, from);
  if (best === Number.NEGATIVE_INFINITY) {
    whole = false;
    leaves = 0;
    visit(0, from);
  }
  chosen.forEach((piece, index) => {
    const heading = columns[index];
    if (piece && heading) cells.set(heading, piece.raw);
  });
  const left = chosenEnd < to ? { start: chosenEnd, end: to, text: text.slice(chosenEnd, to) } : null;
  const sure = best - second >= 2 || style.cells;
  return { cells, left, doubtful: !sure };
}

function parse(text: string): Decimal | null {
  const read = readFigure(text);
  return read.kind === "figure" ? parseDecimal(read.figure) : null;
}

function fitOf(
  columns: readonly Heading[],
  pieces: readonly (Piece | null)[],
  totals: ReadonlyMap<Heading, Decimal>,
  isTotal: boolean,
): number {
  const at = (heading: Heading): Piece | null => pieces[columns.indexOf(heading)] ?? null;
  const initial = columns.includes("initialBudget") ? at("initialBudget") : null;
  const adjusted = columns.includes("adjustedBudget") ? at("adjustedBudget") : null;
  const spent = columns.includes("expenditure") ? at("expenditure") : null;
  const rate = columns.includes("executionRate") ? at("executionRate") : null;
  const points = columns.includes("points") ? at("points") : null;
  const score = columns.includes("score") ? at("score") : null;
  let fit = 0;

  for (const [heading, piece] of [
    ["initialBudget", initial],
    ["adjustedBudget", adjusted],
    ["expenditure", spent],
  ] as const) {
    if (!columns.includes(heading)) continue;
    if (!piece) {
      fit -= heading === "initialBudget" ? 2 : 3;
      continue;
    }
    if (piece.percent) fit -= 12;
    if (piece.figure) {
      fit += 2;
      if (piece.figure.scale > 2) fit -= piece.figure.scale - 2;
      const whole = totals.get(heading);
      if (whole && !isZero(whole))
        fit += equals(piece.figure, whole)
          ? 2
          : compare(piece.figure, whole) < 0
            ? 1
            : compare(piece.figure, multiply(whole, TEN)) > 0
              ? -10
              : -3;
    } else fit += 0.5;
  }
  if (initial?.figure && adjusted?.figure && equals(initial.figure, adjusted.figure)) fit += 2;
  if (adjusted?.figure && spent?.figure) {
    if (equals(adjusted.figure, spent.figure)) fit += 2;
    else if (compare(spent.figure, adjusted.figure) < 0) fit += 1;
    else fit -= 1;
    if (adjusted.figure.scale === spent.figure.scale) fit += 0.5;
  }
  if (rate?.figure) {
    const share = rate.percent ? rate.figure : rate.figure;
    if (compare(share, decimal("1000")) > 0) fit -= 10;
    const base = adjusted?.figure ?? initial?.figure ?? null;
    const exact = base && spent?.figure ? ratio(spent.figure, base) : null;
    if (exact) {
      const percent = percentOf(exact, 4, "half-up");
      if (isZero(spent?.figure ?? HUNDRED)) fit += isZero(share) ? 1 : -6;
      else if (within(percent, share, TOLERANCE)) fit += 8;
      else if (!rate.percent && within(roundRatio(exact, 6, "half-up"), share, decimal("0.006"))) fit += 7;
      else fit += rate.percent ? 2 : -2;
    } else fit += rate.percent ? 3 : isZero(share) ? 1 : 0;
  } else if (columns.includes("executionRate")) fit -= isTotal && !rate ? 2 : 0;
  if (points) {
    if (points.figure) {
      if (points.percent) fit -= 10;
      const usual = ["10", "20", "5", "15"].some((known) => equals(points.figure as Decimal, decimal(known)));
      fit += usual ? 3 : compare(points.figure, decimal("30")) > 0 ? -6 : -1;
      if (!isTotal) fit -= 3;
    }
  } else if (columns.includes("points")) fit -= isTotal ? 3 : 0;
  if (score) {
    if (score.figure) {
      if (score.percent) fit -= 10;
      if (points?.figure && compare(score.figure, points.figure) > 0) fit -= 6;
      const exact = adjusted?.figure && spent?.figure ? ratio(spent.figure, adjusted.figure) : null;
      const most = points?.figure ?? null;
      if (exact && most && within(roundRatio(scaleRatio(exact, most), 3, "half-up"), score.figure, SMALL))
        fit += 6;
      else if (
        exact &&
        !most &&
        ["10", "20"].some((known) =>
          within(roundRatio(scaleRatio(exact, decimal(known)), 3, "half-up"), score.figure as Decimal, SMALL),
        )
      )
        fit += 6;
      else if (
        most &&
        rate?.figure &&
        within(multiply(most, rate.figure), multiply(score.figure, HUNDRED), decimal("3"))
      )
        fit += 5;
      else if (most && equals(most, score.figure)) fit += 2;
      else fit -= compare(score.figure, decimal("20")) > 0 ? 6 : 0;
      if (!isTotal) fit -= 3;
    }
  } else if (columns.includes("score")) fit -= isTotal ? 3 : 0;
  return fit;
}
