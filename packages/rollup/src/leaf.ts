import {
  add,
  type Decimal,
  type Figure,
  type Form,
  type Indicator,
  type Place,
  parseDecimal,
} from "@jiheng/domain";
import type { RollUpSource, Term } from "./derivation.ts";
import type { RowKind } from "./lexicon/row-kind.ts";
import { commonMoneyUnit, convertMoney, wholeFund } from "./money.ts";

/** A second-level project at the bottom of a roll-up, with its money: what everything else is weighted with. */
export interface Leaf {
  readonly form: Form;
  readonly file: string | null;
  /** What the project is called in words and joined texts. */
  readonly title: string;
  /** Spent in the year in the money unit of the roll-up; null where the form does not say. */
  readonly spent: Decimal | null;
  /** Adjusted budget, likewise. */
  readonly budget: Decimal | null;
}

/** One row of one project inside a group of rows that mean the same. */
export interface Member {
  readonly leaf: Leaf;
  readonly index: number;
  readonly row: Indicator;
  readonly kind: RowKind;
}

/** The forms at the bottom of nested roll-ups, in order: figures are always taken from them, so nothing is rounded twice. */
function bottomOf(sources: readonly RollUpSource[]): readonly RollUpSource[] {
  return sources.flatMap((source) => (source.parts.length > 0 ? bottomOf(source.parts) : [source]));
}

/** The sources as leaves; titles are made distinct, since joined texts speak of projects by them. */
export function leavesOf(sources: readonly RollUpSource[]): readonly Leaf[] {
  const used = new Map<string, number>();
  const bottom = bottomOf(sources);
  const unit = commonMoneyUnit(bottom.map(({ form }) => form.moneyUnit));
  return bottom.map(({ form, file }, index) => {
    const plain = form.project?.trim() || form.unit?.trim() || file || `第${index + 1}张表`;
    const seen = (used.get(plain) ?? 0) + 1;
    used.set(plain, seen);
    const body = form.unit?.trim();
    const title = seen === 1 ? plain : body && body !== plain ? `${plain}（${body}）` : `${plain}（${seen}）`;
    const whole = wholeFund(form);
    const total = whole === null ? undefined : form.funds[whole];
    const inUnit = (figure: Figure | undefined): Decimal | null => {
      const value = parseDecimal(figure);
      return value && convertMoney(value, form.moneyUnit, unit);
    };
    return { form, file, title, spent: inUnit(total?.expenditure), budget: inUnit(total?.adjustedBudget) };
  });
}

/** What a source says at a place, as a term of a derivation. */
export function termOf(
  leaf: Leaf,
  at: Place,
  text: string | null,
  figure: Figure = null,
  weight: Figure = null,
): Term {
  return { form: leaf.form.id, file: leaf.file, project: leaf.title, at, text, figure, weight };
}

/** The money of some projects together, or null where one of them does not state it. */
export function moneyOf(leaves: readonly Leaf[], which: "spent" | "budget"): Decimal | null {
  let total: Decimal = { units: 0n, scale: 0 };
  for (const leaf of leaves) {
    const value = leaf[which];
    if (value === null) return null;
    total = add(total, value);
  }
  return total;
}

const MOST_NAMED = 3;

/** “甲”、“乙”的年度指标值为“≥100人”，“丙”…: who says what, those who say the same together and long lists shortened. */
export function sidesOf(said: readonly (readonly [title: string, text: string])[], what: string): string {
  const sides = new Map<string, string[]>();
  for (const [title, text] of said) sides.set(text, [...(sides.get(text) ?? []), `“${title}”`]);
  const shown = (titles: readonly string[]): string =>
    titles.length > MOST_NAMED
      ? `${titles.slice(0, MOST_NAMED).join("、")}等${titles.length}个项目`
      : titles.join("、");
  return [...sides].map(([text, titles]) => `${shown(titles)}的${what}为“${text}”`).join("，");
}
