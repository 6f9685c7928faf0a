import {
  compactLabel,
  type Decimal,
  type Fund,
  formatDecimal,
  isZero,
  type Note,
  type Place,
  parseDecimal,
  percentOf,
  place,
  showDecimal,
  sum,
  yuanPer,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { executionRatio, type PolicyPack, rateRounding } from "@jiheng/scoring";
import type { Derivation, Term } from "./derivation.ts";
import { type Leaf, termOf } from "./leaf.ts";
import { commonMoneyUnit, convertMoney } from "./money.ts";

const MONEY = ["initialBudget", "adjustedBudget", "expenditure"] as const;
const MONEY_WORDS: Readonly<Record<(typeof MONEY)[number], string>> = {
  initialBudget: "年初预算数",
  adjustedBudget: "全年预算数",
  expenditure: "全年执行数",
};
const ONE: Decimal = { units: 1n, scale: 0 };
const ADDED = cite("form-hubei-2020", "汇总·绝对数");

/** The funds table of a roll-up without points and scores, and where its figures come from. */
export interface CombinedFunds {
  readonly funds: readonly Fund[];
  readonly moneyUnit: string | null;
  readonly traces: Readonly<Record<Place, Derivation>>;
  readonly notes: readonly Note[];
}

interface Part {
  readonly leaf: Leaf;
  readonly index: number;
  readonly fund: Fund;
}

function partsOf(leaves: readonly Leaf[]): ReadonlyMap<string, readonly Part[]> {
  const rows = new Map<string, Part[]>();
  const order: { key: string; at: number }[] = [];
  for (const leaf of leaves) {
    const seen = new Map<string, number>();
    for (const [index, fund] of leaf.form.funds.entries()) {
      const label = compactLabel(fund.label).replace(/^其中:?/, "");
      const many = leaf.form.funds.filter((each) => each.source === fund.source).length > 1;
      const named = fund.source === "unnamed" || many ? `${fund.source} ${label}` : fund.source;
      const nth = (seen.get(named) ?? 0) + 1;
      seen.set(named, nth);
      const key = nth === 1 ? named : `${named} ${nth}`;
      const known = rows.get(key);
      if (known) known.push({ leaf, index, fund });
      else {
        rows.set(key, [{ leaf, index, fund }]);
        order.push({ key, at: fund.source === "total" ? -1 : order.length });
      }
    }
  }
  order.sort((a, b) => a.at - b.at);
  return new Map(order.map(({ key }) => [key, rows.get(key) ?? []]));
}

/** Adds the funds of all projects by source. A blank is never 0: a sum that lacks a figure is not given, and says whose. */
export function combineFunds(leaves: readonly Leaf[], template: string, policy: PolicyPack): CombinedFunds {
  const moneyUnit = commonMoneyUnit(leaves.map((leaf) => leaf.form.moneyUnit));
  const notes: Note[] = [];
  const traces: Record<Place, Derivation> = {};
  const note = (level: Note["level"], code: string, says: string, at: Place | null): void => {
    notes.push({ level, code, says, place: at, at: null });
  };
  for (const leaf of leaves) {
    const own = leaf.form.moneyUnit;
    if (
      own !== null &&
      own !== moneyUnit &&
      showDecimal(yuanPer(own) ?? ONE) !== showDecimal(yuanPer(moneyUnit) ?? ONE)
    )
      note("normalised", "rollup-money-unit", `“${leaf.title}”的金额由${own}换算为${moneyUnit}`, "moneyUnit");
  }
  if (moneyUnit === null && leaves.length > 1)
    note("guessed", "rollup-money-unit", "各表都没有印金额单位，按同一单位相加", "moneyUnit");
  // Many layouts have no such column: where nobody prints one, nothing is lost.
  const hasInitial = leaves.some((leaf) => leaf.form.funds.some((fund) => fund.initialBudget !== null));
  const funds: Fund[] = [];
  for (const parts of partsOf(leaves).values()) {
    const [first] = parts;
    if (!first) continue;
    const at = funds.length;
    const total = first.fund.source === "total";
    const isBlank = (part: Part): boolean => MONEY.every((field) => parseDecimal(part.fund[field]) === null);
    const without = leaves.filter((leaf) => !parts.some((part) => part.leaf === leaf));
    const unused = total ? [] : parts.filter(isBlank);
    const used = parts.filter((part) => !unused.includes(part));
    const money: Record<(typeof MONEY)[number], string | null> = {
      initialBudget: null,
      adjustedBudget: null,
      expenditure: null,
    };
    for (const field of MONEY) {
      const cell = place.fund(at, field);
      const figure = ({ leaf, fund }: Part): Decimal | null => {
        const value = parseDecimal(fund[field]);
        return value && convertMoney(value, leaf.form.moneyUnit, moneyUnit);
      };
      const term = (part: Part): Term => {
        const value = figure(part);
        return termOf(
          part.leaf,
          place.fund(part.index, field),
          part.fund[field],
          value === null ? null : formatDecimal(value),
        );
      };
      const blank = used.filter((part) => figure(part) === null);
      const values = used.map(figure).filter((value) => value !== null);
      if (values.length === 0) {
        if (total) {
          const why = `各项目的${MONEY_WORDS[field]}都没有填，不能计算`;
          traces[cell] = { kind: "unavailable", says: why, basis: [], terms: parts.map(term) };
          if (field !== "initialBudget" || hasInitial)
            note("lost", "rollup-unavailable", `${first.fund.label}：${why}`, cell);
        }
        continue;
      }
      if (blank.length > 0 || (total && without.length > 0)) {
        const names = [...blank.map((part) => part.leaf), ...(total ? without : [])].map(
          (leaf) => `“${leaf.title}”`,
        );
        const why = `${names.join("、")}的${MONEY_WORDS[field]}没有填，合计不能计算`;
        traces[cell] = { kind: "unavailable", says: why, basis: [], terms: parts.map(term) };
        note("lost", "rollup-unavailable", `${first.fund.label}：${why}`, cell);
        continue;
      }
      const value = sum(values);
      money[field] = formatDecimal(value);
      traces[cell] = {
        kind: "sum",
        value: formatDecimal(value),
        says: `${values.map(showDecimal).join("+")}=${showDecimal(value)}${moneyUnit ?? ""}`,
        basis: [ADDED],
        terms: used.map(term),
        left: unused.map(term),
      };
    }
    const named = (list: readonly Leaf[], says: string): readonly string[] =>
      list.length === 0 ? [] : [`${list.map((leaf) => `“${leaf.title}”`).join("、")}${says}`];
    const partial = [
      ...named(
        unused.map((part) => part.leaf),
        "这一行没有填",
      ),
      ...named(total ? [] : without, "没有这一行"),
    ];
    if (partial.length > 0 && used.length > 0)
      note(
        "guessed",
        "rollup-partial",
        `${first.fund.label}：${partial.join("，")}，合计是其余项目的`,
        place.fund(at),
      );
    const fund: Fund = {
      source: first.fund.source,
      label: first.fund.label,
      ...money,
      points: null,
      executionRate: null,
      score: null,
      deviation: null,
    };
    funds.push({ ...fund, ...rateOf(fund, parts, at, template, policy, traces, leaves.length) });
  }
  return { funds, moneyUnit, traces, notes };
}

function rateOf(
  fund: Fund,
  parts: readonly Part[],
  at: number,
  template: string,
  policy: PolicyPack,
  traces: Record<Place, Derivation>,
  leaves: number,
): { readonly executionRate: string | null } {
  const cell = place.fund(at, "executionRate");
  const [only] = parts;
  const terms = parts.map((part) =>
    termOf(
      part.leaf,
      place.fund(part.index, "executionRate"),
      part.fund.executionRate,
      part.fund.executionRate,
    ),
  );
  if (leaves === 1 && only) {
    const printed = only.fund.executionRate;
    if (printed !== null)
      traces[cell] = { kind: "same", value: printed, says: "只有一个项目，照原样列入", basis: [], terms };
    return { executionRate: printed };
  }
  // A form that prints no rate in this row gets none.
  if (parts.every((part) => part.fund.executionRate === null)) return { executionRate: null };
  const found = executionRatio(fund, policy);
  if (found.kind === "cannot") {
    const printed = parts.map((part) => part.fund.executionRate).filter((rate) => rate !== null);
    const values = new Set(printed.map((rate) => showDecimal(parseDecimal(rate) ?? ONE)));
    const [same] = printed.toSorted((one, two) => two.length - one.length);
    // Forms print 0 where nothing was budgeted; what all of them print alike is kept, not computed.
    const empty = parseDecimal(fund.adjustedBudget) ?? parseDecimal(fund.initialBudget);
    const unspent = empty !== null && isZero(empty);
    if (unspent && values.size === 1 && same !== undefined && fund.source !== "total") {
      traces[cell] = {
        kind: "same",
        value: same,
        says: `${found.why}；各项目都填${same}，照填`,
        basis: [],
        terms,
      };
      return { executionRate: same };
    }
    traces[cell] = { kind: "unavailable", says: found.why, basis: [], terms };
    return { executionRate: null };
  }
  const rate = percentOf(found.rate, policy.execution.ratePlaces.value, rateRounding(template, policy));
  const value = formatDecimal(rate);
  const { denominator } = policy.execution;
  traces[cell] = {
    kind: "recomputed",
    value,
    says: `按合计数重新计算：${showDecimal(found.rate.numerator)}÷${showDecimal(found.rate.denominator)}=${value}%`,
    basis: [denominator.basis],
    steps: [
      {
        says: `${showDecimal(found.rate.numerator)}÷${showDecimal(found.rate.denominator)}=${value}%`,
        mechanism: "execution-rate",
        figures: {
          expenditure: showDecimal(found.rate.numerator),
          budget: showDecimal(found.rate.denominator),
          executionRate: value,
        },
        basis: [denominator.basis],
        at: [
          place.fund(at, denominator.value === "initial" ? "initialBudget" : "adjustedBudget"),
          place.fund(at, "expenditure"),
        ],
      },
    ],
  };
  return { executionRate: value };
}
