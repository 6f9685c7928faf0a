import { type Decimal, decimal, type Measure, multiply, ratio } from "@jiheng/domain";
import { type FormFacts, isMet, type RowFacts } from "../facts/form-facts.ts";
import { type Category, type Group, standingOf } from "./categories.ts";
import { type NameMeaning, nameMeaning } from "./names.ts";
import { looselyAlike, sameUnit, scaleOf, type UnitClass, unitClassOf } from "./units.ts";

/** A row with what its name, category and units mean, worked out once per form. */
export interface RowMeaning {
  /** As in the facts of the form, with target and actual brought to one scale (万人, 人). */
  readonly facts: RowFacts;
  readonly name: NameMeaning;
  readonly category: Category | null;
  readonly group: Group | null;
  readonly unit: UnitClass | null;
  readonly actualUnit: UnitClass | null;
  /** Name as shown in messages. */
  readonly title: string;
}

const SCALES: Readonly<Record<string, Decimal>> = {
  "": decimal(1),
  百: decimal(100),
  千: decimal(1000),
  万: decimal(10_000),
  十万: decimal(100_000),
  百万: decimal(1_000_000),
  千万: decimal(10_000_000),
  亿: decimal(100_000_000),
};

/** 万人 and 人 are brought to one scale; where the units cannot be compared, completion and `met` are unknown. */
function comparable(row: RowFacts): RowFacts {
  const { target, actual } = row;
  const [unit, actualUnit] = [row.row.target.unit, row.row.actual.unit];
  if (!target || !actual || unit === null || actualUnit === null || sameUnit(unit, actualUnit)) return row;
  const [from, to] = [scaleOf(unit), scaleOf(actualUnit)];
  const [first, second] = [SCALES[from], SCALES[to]];
  if (from !== to && first && second && sameUnit(unit.slice(from.length), actualUnit.slice(to.length))) {
    const wanted = multiply(target, first);
    const reached = multiply(actual, second);
    return {
      ...row,
      target: wanted,
      actual: reached,
      completion: ratio(reached, wanted),
      met: isMet(reached, row.comparison, wanted),
    };
  }
  return looselyAlike(unit, actualUnit) ? row : { ...row, completion: null, met: null };
}

const CACHE = new WeakMap<FormFacts, readonly RowMeaning[]>();

/** The rows of a form with their meaning, in order. Computed once. */
export function rowMeanings(facts: FormFacts): readonly RowMeaning[] {
  const known = CACHE.get(facts);
  if (known) return known;
  const rows = facts.rows.map((printed): RowMeaning => {
    const row = comparable(printed);
    const { category, group } = standingOf(row.row);
    return {
      facts: row,
      name: nameMeaning(row.row.name),
      category,
      group,
      unit: unitClassOf(row.row.target.unit),
      actualUnit: unitClassOf(row.row.actual.unit),
      title: row.name || `第${row.index + 1}行`,
    };
  });
  CACHE.set(facts, rows);
  return rows;
}

/** A target or actual as it is shown in messages. */
export function said(measure: Measure): string {
  return measure.text ?? "空白";
}
