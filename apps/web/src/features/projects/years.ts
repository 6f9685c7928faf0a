import type { Answered } from "../../api/operations-of.ts";

type Row = Answered<"getProjectRows">["rows"][number];

/** The rows of one year of a project. */
export interface YearRows {
  readonly year: number;
  readonly rows: readonly Row[];
}

/** One indicator over the years: what it is called now, and its row of each year it stood in. */
export interface IndicatorLine {
  readonly indicator: string;
  readonly level1: string | null;
  readonly level2: string | null;
  readonly name: string | null;
  readonly unit: string | null;
  readonly ofYear: ReadonlyMap<number, Row>;
  /** Set where some years are here because of their name alone: their rows were entered as other indicators. */
  readonly isByName: boolean;
}

interface Line {
  readonly newest: Row;
  readonly ofYear: Map<number, Row>;
  isByName: boolean;
}

/**
 * Indicators over the years: in the order of the latest form, then those that ended, the latest first. Rows are one indicator by their
 * identity; where that ends, the only other of the same name and level takes its place, and the line says so.
 */
export function linesOf(years: readonly YearRows[]): IndicatorLine[] {
  const lines = new Map<string, Line>();
  for (const { year, rows } of years.toSorted((a, b) => b.year - a.year))
    for (const row of rows) {
      const line = lines.get(row.indicator) ?? { newest: row, ofYear: new Map(), isByName: false };
      line.ofYear.set(year, row);
      lines.set(row.indicator, line);
    }
  for (const [indicator, line] of lines) {
    const alike = [...lines].filter(([, other]) => nameOf(other.newest) === nameOf(line.newest));
    const [first, second, ...more] = alike;
    // With more than one to choose from, or a year that both have, nothing is guessed.
    if (!first || !second || more.length > 0 || first[0] !== indicator || nameOf(line.newest) === "")
      continue;
    if ([...second[1].ofYear.keys()].some((year) => line.ofYear.has(year))) continue;
    for (const [year, row] of second[1].ofYear) line.ofYear.set(year, row);
    line.isByName = true;
    lines.delete(second[0]);
  }
  return [...lines].map(([indicator, { newest, ofYear, isByName }]) => ({
    ...{ indicator, level1: newest.level1, level2: newest.level2, name: newest.name, unit: newest.unit },
    ...{ ofYear, isByName },
  }));
}

const nameOf = ({ level1, name }: Row): string =>
  name === null || name.trim() === "" ? "" : `${level1 ?? ""} ${name}`.replace(/\s+/g, "");

type Submission = Answered<"getProject">["submissions"][number];

/** The money of one year, from the form that says most of it: the self-evaluation before the monitoring, that before the targets. */
export interface MoneyOfYear {
  readonly year: number;
  readonly initialBudget: string | null;
  readonly adjustedBudget: string | null;
  readonly expenditure: string | null;
  /** The form the figures stand in; null where no form of the year has any. */
  readonly from: Submission | null;
}

const ORDER = ["self-evaluation", "monitoring", "adjustment", "target-declaration"];

/** The money of each year, the latest first. A year without figures is there, with blanks. */
export function moneyByYear(submissions: readonly Submission[]): MoneyOfYear[] {
  const years = Map.groupBy(submissions, ({ year }) => year);
  return [...years]
    .toSorted(([a], [b]) => b - a)
    .map(([year, forms]) => {
      const from =
        forms
          .filter((form) => form.initialBudget ?? form.adjustedBudget ?? form.expenditure)
          .toSorted((a, b) => rank(a.kind) - rank(b.kind) || b.sequence - a.sequence)[0] ?? null;
      return {
        year,
        initialBudget: from?.initialBudget ?? null,
        adjustedBudget: from?.adjustedBudget ?? null,
        expenditure: from?.expenditure ?? null,
        from,
      };
    });
}

const rank = (kind: string): number => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
