import type { Form } from "@jiheng/domain";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { templateInWords } from "./places.ts";

type Preview = Answered<"previewRollUp">;
/** What a roll-up would be, with where every figure comes from. */
export type Rolled = Extract<Preview, { kind: "rolled" }>;
/** One reason why forms cannot be rolled up as they are. */
export type Conflict = Extract<Preview, { kind: "refused" }>["conflicts"][number];
/** Something a person may wish about a roll-up. */
export type Offer = Rolled["offers"][number];
/** What a person chose. */
export type Choices = Rolled["choices"];
/** How one figure came about. */
export type Derivation = Rolled["traces"][string];

/** A form that takes part. */
export interface Member {
  readonly id: string;
  readonly project: string;
}

/** All that a roll-up is made from. */
export interface Recipe {
  readonly members: readonly Member[];
  readonly choices: Choices;
  readonly template: string | null;
}

/** Nothing chosen. */
export const NO_CHOICES: Choices = {
  points: "equal",
  weights: {},
  merges: [],
  apart: [],
  denominators: [],
  once: [],
  strictest: [],
};

/** One way out of a conflict, or an offer taken up: what the recipe is afterwards. */
export interface Way {
  readonly says: string;
  readonly after: Recipe;
}

const choosing = (recipe: Recipe, change: Partial<Choices>): Recipe => ({
  ...recipe,
  choices: { ...recipe.choices, ...change },
});

/** The choices that settle a conflict, first those that keep every form. None means that the forms themselves have to be changed. */
export function waysOut({ code, row, terms }: Conflict, recipe: Recipe): readonly Way[] {
  const { choices, members } = recipe;
  const ways: Way[] = [];
  if (row !== null && code === "time-limit" && !choices.strictest.includes(row))
    ways.push({
      says: t("取最严的"),
      after: choosing(recipe, { strictest: [...choices.strictest, row] }),
    });
  if (row !== null && code === "measure")
    ways.push({
      says: t("不再只计一次"),
      after: choosing(recipe, { once: choices.once.filter((name) => name !== row) }),
    });
  if (row !== null && ["unit", "comparison", "time-limit"].includes(code))
    ways.push({
      says: t("不是同一指标，分列"),
      after: choosing(recipe, { apart: [...choices.apart, row] }),
    });
  if (code === "points" && choices.points !== "equal")
    ways.push({ says: t("分值平均分配"), after: choosing(recipe, { points: "equal", weights: {} }) });
  if (code === "template")
    for (const template of new Set(terms.flatMap(({ text }) => text ?? [])))
      ways.push({
        says: t("汇总表用表样“{{template}}”", { template: templateInWords(template) }),
        after: { ...recipe, template },
      });
  if (["kind", "template", "year", "money-unit", "same-form-twice"].includes(code))
    for (const member of members)
      if (terms.some(({ form }) => form === member.id))
        ways.push({
          says: t("不汇总“{{project}}”", { project: member.project }),
          after: { ...recipe, members: members.filter(({ id }) => id !== member.id) },
        });
  return ways;
}

/** The recipe with an offer taken up. */
export function taken({ kind, accept }: Offer, recipe: Recipe): Way {
  const [first, second] = accept;
  const { choices } = recipe;
  switch (kind) {
    case "merge":
      return {
        says: t("是同一指标，合并"),
        after: choosing(recipe, { merges: [...choices.merges, [first, second]] }),
      };
    case "weight":
      return {
        says: t("按“{{second}}”加权", { second }),
        after: choosing(recipe, { denominators: [...choices.denominators, [first, second]] }),
      };
    case "once":
      return {
        says: t("同一批对象，只计一次"),
        after: choosing(recipe, { once: [...choices.once, first] }),
      };
  }
}

function without<Item>(list: readonly Item[], item: Item): Item[] {
  return list.filter((each) => each !== item);
}

/** Every choice that was made, with the recipe without it. */
export function madeChoices(recipe: Recipe): readonly Way[] {
  const { choices, template } = recipe;
  return [
    ...choices.merges.map((pair) => ({
      says: t("“{{a}}”与“{{b}}”合并", { a: pair[0], b: pair[1] }),
      after: choosing(recipe, { merges: without(choices.merges, pair) }),
    })),
    ...choices.apart.map((name) => ({
      says: t("“{{name}}”分列", { name }),
      after: choosing(recipe, { apart: without(choices.apart, name) }),
    })),
    ...choices.denominators.map((pair) => ({
      says: t("“{{a}}”按“{{b}}”加权", { a: pair[0], b: pair[1] }),
      after: choosing(recipe, { denominators: without(choices.denominators, pair) }),
    })),
    ...choices.once.map((name) => ({
      says: t("“{{name}}”只计一次", { name }),
      after: choosing(recipe, { once: without(choices.once, name) }),
    })),
    ...choices.strictest.map((name) => ({
      says: t("“{{name}}”取最严的", { name }),
      after: choosing(recipe, { strictest: without(choices.strictest, name) }),
    })),
    ...(choices.points === "money"
      ? [{ says: t("分值按资金分配"), after: choosing(recipe, { points: "equal", weights: {} }) }]
      : []),
    ...(choices.points === "weights"
      ? [{ says: t("分值按给出的权重分配"), after: choosing(recipe, { points: "equal", weights: {} }) }]
      : []),
    ...(template === null
      ? []
      : [
          {
            says: t("汇总表用表样“{{template}}”", { template: templateInWords(template) }),
            after: { ...recipe, template: null },
          },
        ]),
  ];
}

/** A sentence of the engine without what it says to those who type commands: here there are buttons. Empty where it says nothing else. */
export function withoutOptions(says: string): string {
  const plain = says.replace(/（--[^）]*）/g, "");
  const option = plain.indexOf("--");
  if (option < 0) return plain;
  const cut = Math.max(plain.lastIndexOf("；", option), plain.lastIndexOf("，", option));
  return cut < 0 ? "" : plain.slice(0, cut);
}

/** One line of how the form grew: a row of money or an indicator. */
export interface Line {
  readonly key: string;
  readonly name: string;
  readonly group: string;
  /** How many forms it was made from. */
  readonly forms: number;
  readonly cells: readonly { readonly at: string; readonly how: Derivation }[];
}

/** The rows of a roll-up with how each of their figures came about, in the order of the form. */
export function linesOf(form: Form, traces: Readonly<Record<string, Derivation>>): readonly Line[] {
  const cellsOf = (start: string, fields: readonly string[]) =>
    fields.flatMap((field) => {
      const how = traces[`${start}.${field}`];
      return how ? [{ at: `${start}.${field}`, how }] : [];
    });
  const countOf = (cells: Line["cells"]) =>
    new Set(cells.flatMap(({ how }) => ("terms" in how ? how.terms.map((term) => term.form) : []))).size;
  const funds = form.funds.map((fund, index) => {
    const cells = cellsOf(`funds[${index}]`, ["initialBudget", "adjustedBudget", "expenditure", "score"]);
    return {
      key: `funds[${index}]`,
      name: fund.label,
      group: t("资金"),
      forms: countOf(cells),
      cells,
    };
  });
  const rows = form.indicators.map((row, index) => {
    const cells = cellsOf(`indicators[${index}]`, ["target", "actual", "points", "score"]);
    return {
      key: `indicators[${index}]`,
      name: row.name ?? "",
      group: [row.level1, row.level2].filter(Boolean).join("／"),
      forms: countOf(cells),
      cells,
    };
  });
  return [...funds, ...rows];
}

/** One figure or text that a new roll-up has otherwise than the one that stands. */
export interface Difference {
  readonly name: string;
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What the form now standing and a new one differ in: rows by their level and name, as they may have moved. */
export function differencesOf(before: Form, after: Form): readonly Difference[] {
  const [old, made] = [cellsByName(before), cellsByName(after)];
  const found: Difference[] = [];
  for (const key of new Set([...old.keys(), ...made.keys()])) {
    const a = old.get(key);
    const b = made.get(key);
    if (a?.text === b?.text) continue;
    const { name = "", what = "" } = b ?? a ?? {};
    found.push({ name, what, before: a?.text ?? null, after: b?.text ?? null });
  }
  return found;
}

interface NamedCell {
  readonly name: string;
  readonly what: string;
  readonly text: string;
}

function cellsByName(form: Form): ReadonlyMap<string, NamedCell> {
  const cells = new Map<string, NamedCell>();
  const seen = new Map<string, number>();
  const keep = (start: string, name: string, parts: readonly (readonly [string, string | null])[]) => {
    // Two rows of one name are held against each other in their order.
    const nth = (seen.get(start) ?? 0) + 1;
    seen.set(start, nth);
    for (const [what, text] of parts)
      if (text !== null) cells.set(`${start} ${nth} ${what}`, { name, what, text });
  };
  for (const fund of form.funds)
    keep(`fund ${fund.source} ${fund.label}`, fund.label, [
      [t("年初预算数"), fund.initialBudget],
      [t("全年预算数"), fund.adjustedBudget],
      [t("全年执行数"), fund.expenditure],
      [t("得分"), fund.score],
    ]);
  for (const row of form.indicators)
    keep(`row ${row.level1} ${row.level2} ${row.name}`, row.name ?? "", [
      [t("指标值"), row.target.text],
      [t("实际完成值"), row.actual.text],
      [t("分值"), row.points],
      [t("得分"), row.score],
    ]);
  keep("total", t("总分"), [[t("得分"), form.totalScore]]);
  return cells;
}

/** A row and its weight; an empty weight is one that is asked for. */
export interface WeightedRow {
  readonly name: string;
  readonly weight: string;
  /** A weight was given, and no row has this name any more. */
  readonly isGone: boolean;
}

/** Weights of the rows there are, then those whose row is gone; all as they were given while the rows are not known (null). */
export function weightedRows(
  weights: Choices["weights"],
  rows: readonly { readonly name: string | null }[] | null,
): readonly WeightedRow[] {
  const given = Object.keys(weights);
  const names = rows === null ? given : [...new Set(rows.map(({ name }) => name ?? ""))];
  const gone = given.filter((name) => !names.includes(name));
  return [
    ...names.map((name) => ({ name, weight: weights[name] ?? "", isGone: false })),
    ...gone.map((name) => ({ name, weight: weights[name] ?? "", isGone: true })),
  ];
}

/** The weights with one typed anew; one that was emptied is no longer given. */
export function reweighted(weights: Choices["weights"], name: string, typed: string): Choices["weights"] {
  const { [name]: _, ...others } = weights;
  return typed === "" ? others : { ...others, [name]: typed };
}
