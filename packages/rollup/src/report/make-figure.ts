import { type Decimal, decimal, type Place, percentOf, ratio, sum } from "@jiheng/domain";
import { type FormFigures, fundPlace, isLeftOut, moneyText, twoPlaces } from "./form-figures.ts";
import type { FigureBook, FigureSource, ReportFigure } from "./report-figure.ts";

/** Sum of what is stated, how many forms state it, and which do not: a blank is counted as 未填 and never as 0. */
export interface Stated {
  /** Null where no form states it. */
  readonly total: ReportFigure | null;
  readonly stated: ReportFigure;
  readonly blank: ReportFigure;
  readonly blankForms: readonly FormFigures[];
}

/** Makes the figures of a report, all in one book. */
export interface FigureMaker {
  readonly book: FigureBook;
  /** How many; the sources are what was counted. */
  count(id: string, many: number, how: string, sources: readonly FigureSource[]): ReportFigure;
  /** A decimal printed to at least two places. */
  number(id: string, value: Decimal, how: string, sources: readonly FigureSource[]): ReportFigure;
  /** A name or sentence of a form, as it stands there. */
  quote(id: string, text: string, how: string, sources: readonly FigureSource[]): ReportFigure;
  /** The sum of one column of money over forms. */
  money(id: string, name: string, forms: readonly FormFigures[], field: MoneyField): Stated;
  /** part ÷ whole in percent, or null where the whole is not above 0. */
  percent(
    id: string,
    part: Decimal,
    whole: Decimal,
    how: string,
    sources: readonly FigureSource[],
  ): ReportFigure | null;
  /** The plain mean to two places; null of nothing. */
  mean(
    id: string,
    values: readonly Decimal[],
    how: string,
    sources: readonly FigureSource[],
  ): ReportFigure | null;
}

/** The columns of money. */
export type MoneyField = "initialBudget" | "adjustedBudget" | "expenditure";

/** One cell as a source. */
export function cellOf(form: FormFigures, at: Place): FigureSource {
  return { form: form.index, at };
}

/** A maker with an empty or given book. */
export function figureMaker(book: FigureBook): FigureMaker {
  const quote: FigureMaker["quote"] = (id, text, how, sources) =>
    book.put({ id, text, value: null, how, sources });
  const count: FigureMaker["count"] = (id, many, how, sources) =>
    book.put({ id, text: String(many), value: decimal(many), how, sources });
  const number: FigureMaker["number"] = (id, value, how, sources) =>
    book.put({ id, text: twoPlaces(value), value, how, sources });
  return {
    book,
    count,
    number,
    quote,
    money(id, name, forms, field) {
      const known = forms.filter((form) => form[field] !== null);
      const blankForms = forms.filter((form) => form[field] === null && !isLeftOut(form.moneyDoubt));
      const sources = known.map((form) => cellOf(form, fundPlace(form, field)));
      const value = sum(known.flatMap((form) => (form[field] ? [form[field]] : [])));
      return {
        total:
          known.length === 0
            ? null
            : book.put({ id, text: moneyText(value), value, how: `${name}合计（万元）`, sources }),
        stated: count(`${id}.stated`, known.length, `填有${name}的表数`, sources),
        blank: count(
          `${id}.blank`,
          blankForms.length,
          `未填${name}的表数`,
          blankForms.map((form) => cellOf(form, fundPlace(form, field))),
        ),
        blankForms,
      };
    },
    percent(id, part, whole, how, sources) {
      const exact = whole.units > 0n ? ratio(part, whole) : null;
      return exact ? number(id, percentOf(exact, 2, "half-up"), how, sources) : null;
    },
    mean(id, values, how, sources) {
      const exact = values.length === 0 ? null : ratio(sum(values), decimal(values.length * 100));
      return exact ? number(id, percentOf(exact, 2, "half-up"), how, sources) : null;
    },
  };
}
