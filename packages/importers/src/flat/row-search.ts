import {
  actualFit,
  bareValueFit,
  deviationFit,
  figureEnds,
  isDash,
  nameFit,
  pointsFit,
  pointsInHundredths,
  qualityAt,
  scoreFit,
  signFit,
  targetFit,
  unitFit,
  valueEnds,
} from "./field-kinds.ts";
import type { FlatText } from "./flat-text.ts";
import type { Style } from "./style.ts";

/** A column of the table of indicators as the search knows it. `value`: the target where sign and unit stand apart. */
export type RowColumn =
  | "group"
  | "name"
  | "sign"
  | "value"
  | "unit"
  | "target"
  | "initialTarget"
  | "actual"
  | "points"
  | "score"
  | "coefficient"
  | "reviewScore"
  | "deviation"
  | "criteria"
  | "evidence"
  | "core"
  | "other";

/** Part of the flat text; empty where `start` is `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One row as found: what stands in each column, and how well it fits. */
export interface FoundRow {
  readonly start: number;
  readonly end: number;
  readonly fields: readonly (readonly [RowColumn, Span])[];
  readonly fit: number;
  readonly points: number | null;
  readonly score: number | null;
}

/** A stretch of rows under one pair of labels. Points in hundredths. */
export interface Run {
  readonly from: number;
  readonly to: number;
  /** Runs of one level-1 group share a number. */
  readonly group: number;
  readonly groupPoints: number | null;
  readonly ownPoints: number | null;
}

/** What the rows may add up to, in hundredths; none where nothing is printed. `sure`: printed, not inferred. */
export interface ExpectedSums {
  readonly points: readonly number[];
  readonly scores: readonly number[];
  readonly sure: boolean;
}

/** Rows of one run, what of it fits no row, and rows that could as well be read another way. */
export interface RunResult {
  readonly rows: readonly FoundRow[];
  readonly left: readonly Span[];
  readonly doubts: readonly { readonly row: number; readonly other: FoundRow }[];
}

/** The rows found in all runs of a form, and whether their points prove the split right. */
export interface SearchResult {
  readonly runs: readonly RunResult[];
  /** True where the points found add up to what is printed. */
  readonly proved: boolean;
}

interface Step {
  readonly end: number;
  readonly start: number;
  readonly text: string;
  readonly fit: number;
}

/** The ways to go on from a position: by cells where they show, by characters where they do not. */
interface Lattice {
  readonly size: number;
  steps(column: RowColumn, at: number, so: Begun): Step[];
  /** Cost of a column for which nothing is printed. */
  missing(column: RowColumn): number;
  /** Leaves out what stands at a position. */
  skip(at: number): { readonly end: number; readonly fit: number };
  span(start: number, end: number): Span;
}

interface Begun {
  readonly at: number;
  readonly fit: number;
  readonly fields: readonly (readonly [RowColumn, Span])[];
  readonly target: string;
  readonly points: string;
  readonly filled: boolean;
}

/** What a row must earn before it is worth more than being part of its neighbours; columns of figures earn more. */
const rowCost = (columns: readonly RowColumn[]): number =>
  9 + 4 * columns.filter((column) => column === "points" || column === "score").length;
const PARTIALS = 18;
const ROWS_AT = 24;
const BEAM = 14;
const SLACK = 13;
const BEHIND = 20;
/** Readings of one row closer than this are told to the reader. */
const DOUBT = 4;
/** Readings that may still be weighed; shared by the forms of a text, so that hostile text ends too. */
export interface Effort {
  left: number;
}

/** Enough for any printed form, and in proportion to the text. */
export const effortFor = (length: number): Effort => ({ left: 1_500_000 + 30 * length });

function fitOf(column: RowColumn, text: string, so: Begun): number {
  switch (column) {
    case "name":
      return nameFit(text);
    case "target":
    case "initialTarget":
      return targetFit(text);
    case "value":
      return bareValueFit(text);
    case "actual":
      return actualFit(text, so.target);
    case "points":
      return pointsFit(text);
    case "score":
    case "reviewScore":
      return scoreFit(text, so.points);
    case "deviation":
      return deviationFit(text);
    case "sign":
      return signFit(text);
    case "unit":
      return unitFit(text);
    case "coefficient":
      return text === "" ? -1 : /^\d{1,3}(?:\.\d+)?%?$/.test(text) ? 3 : -8;
    case "core":
      return text === "" ? 0 : text.length <= 2 ? 1 : -6;
    default:
      return text === "" ? 0 : -0.5;
  }
}

const WORDS = new Set<RowColumn>(["name", "deviation", "criteria", "evidence", "other"]);

interface CellSpan {
  readonly start: number;
  readonly end: number;
}

function cellsOf(flat: FlatText, style: Style, from: number, to: number): CellSpan[] {
  const cells: CellSpan[] = [];
  let start = from;
  for (let k = from; k <= to; k += 1) {
    const border = k === to || k === from || style.parts(flat.gapBefore(k));
    if (!border) continue;
    if (k > start) cells.push({ start, end: k });
    start = k;
    if (style.exact) {
      const many = Math.min(flat.emptiesBefore(k), 200);
      for (let n = 0; n < many; n += 1) cells.push({ start: k, end: k });
    }
  }
  return cells;
}

function cellLattice(flat: FlatText, style: Style, from: number, to: number): Lattice {
  const cells = cellsOf(flat, style, from, to);
  const textOf = (a: number, b: number): string =>
    a < b ? flat.chars.slice((cells[a] as CellSpan).start, (cells[b - 1] as CellSpan).end) : "";
  const charAt = (k: number): number => (k < cells.length ? (cells[k] as CellSpan).start : to);
  return {
    size: cells.length,
    missing: (column) => (style.exact ? (column === "deviation" ? -0.5 : column === "group" ? 0 : -4) : 0),
    steps: (column, at, so) => {
      const steps: Step[] = [];
      if (at >= cells.length) return steps;
      const cell = cells[at] as CellSpan;
      if (cell.start === cell.end) {
        // An empty cell is a fact of the form: no worse than a filled one.
        steps.push({ end: at + 1, start: at, text: "", fit: column === "name" ? -1 : 0 });
        return steps;
      }
      const most = style.exact ? 1 : column === "deviation" ? 6 : WORDS.has(column) ? 3 : 2;
      for (let n = 1; n <= most && at + n <= cells.length; n += 1) {
        // A figure is a cell of its own; words never run over it.
        if (n > 1 && WORDS.has(column) && /^[\d.,%]+$/.test(textOf(at + n - 1, at + n))) break;
        if (n === 2 && column === "name" && /^[\d.,%]+$/.test(textOf(at, at + 1))) break;
        const text = textOf(at, at + n);
        const fit = column === "group" ? -3 : fitOf(column, text, so);
        steps.push({
          end: at + n,
          start: at,
          text,
          fit: fit - (n - 1) * (column === "deviation" ? 1 : style.broken ? 1.5 : 3.5),
        });
      }
      return steps;
    },
    skip: (at) => {
      const cell = cells[at] as CellSpan;
      const text = textOf(at, at + 1);
      return { end: at + 1, fit: cell.start === cell.end ? -1 : /^[.…·]+$/.test(text) ? -0.5 : -6 };
    },
    span: (a, b) => {
      const start = charAt(a);
      return { start, end: a < b ? (cells[b - 1] as CellSpan).end : start, text: textOf(a, b) };
    },
  };
}

/** No row of figures, however glued, is longer. */
const LONGEST_FIGURES = 80;

function digitsEnd(text: string, at: number, to: number): number {
  let k = at;
  while (k < to && text.charCodeAt(k) >= 48 && text.charCodeAt(k) <= 57) k += 1;
  return k;
}

/** Places whose readings are remembered; a text of 20,000 rows would otherwise keep some hundred MB of them. */
const REMEMBERED = 4_096;

const NAME_BREAK = /[率数量度性额况期值例本间果力平]/;

function charLattice(flat: FlatText, from: number, to: number): Lattice {
  const text = flat.chars;
  const digitAt = (k: number): boolean => {
    const code = text.charCodeAt(k);
    return code >= 48 && code <= 57;
  };
  const signAt = (k: number): boolean => "≥≤≧≦═=><".includes(text[k] ?? " ");
  /** Where the next figure or sign begins, from a position on. */
  const nextFigure: number[] = new Array(to - from + 1).fill(to);
  for (let k = to - 1; k >= from; k -= 1)
    nextFigure[k - from] = digitAt(k) || signAt(k) ? k : (nextFigure[k - from + 1] as number);

  const known = new Map<number, number[]>();
  const wordEnds = (at: number, column: RowColumn): number[] => {
    const key = at * 2 + (column === "name" ? 0 : 1);
    const before = known.get(key);
    if (before) return before;
    const ends = freshWordEnds(at, column);
    // The search goes forward: what was remembered long ago is not asked for again.
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, ends);
    return ends;
  };
  const freshWordEnds = (at: number, column: RowColumn): number[] => {
    const ends = new Set<number>();
    const longest = column === "name" ? 46 : 300;
    const limit = Math.min(to, at + longest);
    const until = nextFigure[at - from] ?? to;
    let figures = 0;
    for (let k = at + 1; k <= limit; k += 1) {
      if (k === to) ends.add(k);
      else if ((digitAt(k) || signAt(k)) && !digitAt(k - 1)) {
        ends.add(k);
        figures += 1;
        if (figures > 4) break;
      } else if (flat.gapBefore(k) !== "none") ends.add(k);
      else if (column === "name" && k - at <= 40) {
        if (NAME_BREAK.test(text[k - 1] ?? "") || qualityAt(text, k)) ends.add(k);
        else if (text[k] !== undefined && text[k] === text[k + 1] && !digitAt(k)) ends.add(k);
      } else if (column !== "name") {
        if (/[。;；)）]/.test(text[k - 1] ?? "")) ends.add(k);
        const rest = until - k;
        if (rest >= 2 && rest <= 16) ends.add(k);
        if (k - at <= 2) ends.add(k);
      }
    }
    return [...ends];
  };

  const endsOf = (column: RowColumn, at: number, so: Begun): number[] => {
    switch (column) {
      case "name":
      case "deviation":
      case "criteria":
      case "evidence":
      case "other":
        return wordEnds(at, column);
      case "points":
      case "score":
      case "reviewScore":
      case "coefficient":
        return figureEnds(text, at, to);
      case "group":
        return [];
      default: {
        const ends = valueEnds(text, at, to, column === "actual" ? so.target : "");
        // Words that end where a figure begins, at a blank, or with the run.
        const limit = Math.min(to, at + 30);
        for (let k = at + 1; k <= limit; k += 1) {
          if (
            k === to ||
            flat.gapBefore(k) !== "none" ||
            ((digitAt(k) || signAt(k)) && !digitAt(k - 1) && text[k - 1] !== ".")
          )
            ends.push(k);
        }
        if (column === "sign" || column === "unit")
          for (let n = 1; n <= 3 && at + n <= to; n += 1) ends.push(at + n);
        return [...new Set(ends)];
      }
    }
  };

  return {
    size: to - from,
    missing: () => 0,
    steps: (column, relative, so) => {
      const at = from + relative;
      if (at >= to) return [];
      const steps: Step[] = [];
      for (const end of endsOf(column, at, so)) {
        const piece = text.slice(at, end);
        steps.push({ end: end - from, start: relative, text: piece, fit: fitOf(column, piece, so) });
      }
      return steps;
    },
    skip: (relative) => {
      let k = from + relative;
      // Dots that keep the place of further rows are no text.
      while (k < to && /[.…·]/.test(text[k] ?? "")) k += 1;
      if (k > from + relative) return { end: k - from, fit: -0.5 };
      const digits = digitsEnd(text, k, to);
      if (digits - k > LONGEST_FIGURES) return { end: digits - from, fit: -12 };
      k += 1;
      while (k < to && !digitAt(k) && !signAt(k) && flat.gapBefore(k) === "none" && k - from - relative < 12)
        k += 1;
      return { end: k - from, fit: -12 - (k - from - relative) * 0.5 };
    },
    span: (a, b) => ({ start: from + a, end: from + b, text: text.slice(from + a, from + b) }),
  };
}

/** Every likely row that begins at a position, the best first. */
function rowsAt(
  lattice: Lattice,
  columns: readonly RowColumn[],
  at: number,
  effort: Effort,
): (FoundRow & { readonly stop: number })[] {
  let partials: Begun[] = [{ at, fit: -rowCost(columns), fields: [], target: "", points: "", filled: false }];
  for (const column of columns) {
    const next: Begun[] = [];
    for (const so of partials) {
      const absent = lattice.missing(column) + (column === "group" ? 0 : fitOf(column, "", so));
      next.push({ ...so, fit: so.fit + absent });
      for (const step of lattice.steps(column, so.at, so)) {
        const span = lattice.span(step.start, step.end);
        next.push({
          at: step.end,
          fit: so.fit + step.fit,
          fields: [...so.fields, [column, span]],
          target: column === "target" || column === "value" ? step.text : so.target,
          points: column === "points" ? step.text : so.points,
          filled: so.filled || step.text !== "",
        });
      }
    }
    effort.left -= next.length;
    next.sort((a, b) => b.fit - a.fit);
    const floor = (next[0]?.fit ?? 0) - SLACK;
    partials = spread(next, floor);
  }
  const rows = partials
    .filter((so) => so.at > at)
    .map((so) => {
      const textIn = (wanted: RowColumn): string =>
        so.fields.find(([column]) => column === wanted)?.[1].text ?? "";
      const whole = lattice.span(at, so.at);
      const points = pointsInHundredths(textIn("points"));
      const score = pointsInHundredths(textIn("score"));
      // Where points were lost a reason is due; where none were lost it is rare.
      const reason =
        textIn("deviation") !== "" && points !== null && score !== null ? (score < points ? 3 : -2) : 0;
      return {
        start: whole.start,
        end: whole.end,
        stop: so.at,
        fields: so.fields,
        fit: so.filled ? so.fit + reason : Math.max(so.fit, -rowCost(columns) / 2),
        points,
        score,
      };
    });
  rows.sort((a, b) => b.fit - a.fit);
  const least = (rows[0]?.fit ?? 0) - 22;
  return rows.slice(0, ROWS_AT).filter((row) => row.fit >= least);
}

/** Keeps the best few, and of those few for every position reached: one long reading must not crowd out the others. */
function spread(partials: readonly Begun[], floor: number): Begun[] {
  const kept: Begun[] = [];
  const seen = new Map<number, number>();
  for (const so of partials) {
    if (so.fit < floor || kept.length >= PARTIALS) break;
    const count = seen.get(so.at) ?? 0;
    if (count >= 4) continue;
    seen.set(so.at, count + 1);
    kept.push(so);
  }
  return kept;
}

interface Hypothesis {
  readonly fit: number;
  readonly points: number;
  readonly scores: number;
  readonly groupPoints: number;
  readonly run: number;
  readonly row: (FoundRow & { readonly stop: number }) | null;
  readonly left: Span | null;
  readonly from: number;
  readonly previous: Hypothesis | null;
}

function keep(list: Hypothesis[], fresh: Hypothesis): void {
  const twin = list.findIndex((known) => known.points === fresh.points && known.scores === fresh.scores);
  if (twin >= 0) {
    if ((list[twin] as Hypothesis).fit < fresh.fit) list[twin] = fresh;
    return;
  }
  if (list.length < BEAM) {
    list.push(fresh);
    return;
  }
  let worst = 0;
  for (let k = 1; k < list.length; k += 1)
    if ((list[k] as Hypothesis).fit < (list[worst] as Hypothesis).fit) worst = k;
  if ((list[worst] as Hypothesis).fit < fresh.fit) list[worst] = fresh;
}

/** What is left of a run when the search may go on no longer: it is passed over, and told. */
function cutShort(list: readonly Hypothesis[], lattice: Lattice, at: number, run: number): Hypothesis[] {
  return list.map((known) => ({
    ...known,
    run,
    row: null,
    left: lattice.span(at, lattice.size),
    from: at,
    previous: known,
  }));
}

const AGREES = 14;
const DIFFERS = -4;

/**
 * Cuts every run into rows: the reading that fits best, where printed group points, totals and the figures of each row
 * decide together. Bounded: a few readings are kept at each place, so the time grows with the length of the text.
 */
export function searchRows(
  flat: FlatText,
  style: Style,
  columns: readonly RowColumn[],
  runs: readonly Run[],
  expected: ExpectedSums,
  effort: Effort = effortFor(flat.length),
): SearchResult {
  let beam: Hypothesis[] = [
    { fit: 0, points: 0, scores: 0, groupPoints: 0, run: -1, row: null, left: null, from: 0, previous: null },
  ];
  const caches: Map<number, readonly FoundRow[]>[] = [];
  const lattices: Lattice[] = [];
  let remembered = 0;
  runs.forEach((run, number) => {
    const to = run.to;
    const lattice = style.cells ? cellLattice(flat, style, run.from, to) : charLattice(flat, run.from, to);
    const cache = new Map<number, readonly FoundRow[]>();
    caches.push(cache);
    lattices.push(lattice);
    const fresh = number === 0 || runs[number - 1]?.group !== run.group;
    const lists: (Hypothesis[] | undefined)[] = new Array(lattice.size + 1);
    lists[0] = beam.map((known) => (fresh ? { ...known, groupPoints: 0 } : known));
    // The best reading that lies further on, and where: what is far behind it is not worth following.
    let peak = Number.NEGATIVE_INFINITY;
    let peakAt = -1;
    let furthest = 0;
    for (let at = 0; at < lattice.size; at += 1) {
      const list = lists[at];
      if (!list) continue;
      lists[at] = undefined;
      const best = Math.max(...list.map((known) => known.fit));
      if (peakAt <= at) {
        peak = Number.NEGATIVE_INFINITY;
        for (let k = at + 1; k <= furthest; k += 1)
          for (const known of lists[k] ?? [])
            if (known.fit > peak) {
              peak = known.fit;
              peakAt = k;
            }
      }
      if (best < peak - BEHIND) continue;
      if (!style.cells) {
        if (effort.left <= 0) {
          lists[lattice.size] = cutShort(list, lattice, at, number);
          break;
        }
      }
      const skipped = lattice.skip(at);
      // Digits without end are no figures; a row is not sought in them.
      const rows =
        !style.cells && skipped.end - at > LONGEST_FIGURES ? [] : rowsAt(lattice, columns, at, effort);
      if (remembered < REMEMBERED) cache.set(at, rows);
      remembered += 1;
      for (const known of list) {
        if (known.fit < best - 30) continue;
        for (const row of rows) {
          if (known.fit + row.fit > peak) {
            peak = known.fit + row.fit;
            peakAt = row.stop;
          }
          if (row.stop > furthest) furthest = row.stop;
          const into = lists[row.stop] ?? [];
          lists[row.stop] = into;
          keep(into, {
            fit: known.fit + row.fit,
            points: known.points + (row.points ?? 0),
            scores: known.scores + (row.score ?? 0),
            groupPoints: known.groupPoints + (row.points ?? 0),
            run: number,
            row,
            left: null,
            from: at,
            previous: known,
          });
        }
        if (skipped.end > furthest) furthest = skipped.end;
        const into = lists[skipped.end] ?? [];
        lists[skipped.end] = into;
        keep(into, {
          ...known,
          fit: known.fit + skipped.fit,
          run: number,
          row: null,
          left: lattice.span(at, skipped.end),
          from: at,
          previous: known,
        });
      }
    }
    let ends = lists[lattice.size] ?? [];
    const last = number === runs.length - 1 || runs[number + 1]?.group !== run.group;
    const groupPoints = run.groupPoints;
    if (last && groupPoints !== null && columns.includes("points"))
      ends = ends.map((known) => ({
        ...known,
        fit: known.fit + (known.groupPoints === groupPoints ? AGREES : DIFFERS),
      }));
    beam = ends.sort((a, b) => b.fit - a.fit).slice(0, BEAM);
  });

  const withPoints = columns.includes("points") && expected.points.length > 0;
  const withScores = columns.includes("score") && expected.scores.length > 0;
  const bonus = (known: Hypothesis): number => {
    const weight = expected.sure ? 1 : 0.5;
    let fit = 0;
    if (withPoints) fit += (expected.points.includes(known.points) ? AGREES : DIFFERS) * weight;
    if (withScores) fit += (expected.scores.includes(known.scores) ? AGREES : DIFFERS) * weight;
    return fit;
  };
  let chosen: Hypothesis | null = null;
  let best = Number.NEGATIVE_INFINITY;
  for (const known of beam) {
    const fit = known.fit + bonus(known);
    if (fit > best) {
      best = fit;
      chosen = known;
    }
  }
  const proved =
    chosen !== null &&
    (withPoints
      ? expected.points.includes(chosen.points)
      : withScores && expected.scores.includes(chosen.scores));

  const results: {
    rows: FoundRow[];
    froms: number[];
    left: Span[];
    doubts: { row: number; other: FoundRow }[];
  }[] = runs.map(() => ({
    rows: [],
    froms: [],
    left: [],
    doubts: [],
  }));
  for (let known: Hypothesis | null = chosen; known; known = known.previous) {
    const result = results[known.run];
    if (!result) continue;
    if (known.row) {
      result.rows.push(known.row);
      result.froms.push(known.from);
    } else if (known.left && known.left.text !== "") result.left.push(known.left);
  }
  for (const result of results) {
    result.rows.reverse();
    result.froms.reverse();
    result.left.reverse();
  }
  const readingsAt = (number: number, at: number): readonly FoundRow[] => {
    const lattice = lattices[number];
    if (!lattice) return [];
    return caches[number]?.get(at) ?? rowsAt(lattice, columns, at, { left: 0 });
  };
  if (!style.exact)
    results.forEach((result, number) => {
      result.rows.forEach((row, index) => {
        const other = readingsAt(number, result.froms[index] ?? 0).find(
          (candidate) =>
            candidate.end === row.end && differs(candidate, row) && candidate.fit > row.fit - DOUBT,
        );
        if (other && (!proved || (other.points === row.points && other.score === row.score)))
          result.doubts.push({ row: index, other });
      });
    });
  return { runs: results.map(({ rows, left, doubts }) => ({ rows, left, doubts })), proved };
}

function differs(a: FoundRow, b: FoundRow): boolean {
  const text = (row: FoundRow): string =>
    row.fields
      .filter(([, span]) => span.text !== "" && !isDash(span.text))
      .map(([column, span]) => `${column}=${span.text}`)
      .join("|");
  return text(a) !== text(b);
}
