import type { Measure } from "@jiheng/domain";
import type { FormFacts, RowFacts } from "../facts/form-facts.ts";
import { type Category, type Group, standingOf } from "./categories.ts";
import { type NameMeaning, nameMeaning } from "./names.ts";
import { onOneScale } from "./one-scale.ts";
import { type UnitClass, unitClassOf } from "./units.ts";
import { bigramsOf } from "./wording.ts";

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

/** A row with target and actual on one scale; `completion` and `met` of the facts are on it already. */
function comparable(row: RowFacts): RowFacts {
  if (!row.target || !row.actual) return row;
  const scaled = onOneScale(row.row, row.target, row.actual);
  return scaled && scaled.target !== row.target ? { ...row, ...scaled } : row;
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

const STORY_CACHE = new WeakMap<FormFacts, ReadonlySet<string>>();

/** The pairs of neighbouring characters in goal and result. Computed once. */
export function storyPairs(facts: FormFacts): ReadonlySet<string> {
  const known = STORY_CACHE.get(facts);
  if (known) return known;
  const pairs = new Set(bigramsOf(`${facts.expected}。${facts.achieved}`));
  STORY_CACHE.set(facts, pairs);
  return pairs;
}

/** A target or actual as it is shown in messages. */
export function said(measure: Measure): string {
  return measure.text ?? "空白";
}
