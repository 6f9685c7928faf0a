import {
  compare,
  type Decimal,
  divideIntegers,
  equals,
  isZero,
  multiply,
  powerOfTen,
  within,
} from "@jiheng/domain";
import type { NumberedText, Quantity } from "./numbers.ts";
import { periodsOf } from "./sentences.ts";
import { unitAt } from "./units.ts";

/** A stated amount with the price and counts that are said to make it up, or a written-out formula. */
export interface ProductClaim {
  /** What the text states as the result. */
  readonly total: Quantity;
  /** Price and counts in the order of the text; empty for a formula. */
  readonly factors: readonly Quantity[];
  /** The formula as printed; "" for a chain in words. */
  readonly formula: string;
  /** What exact multiplication gives. */
  readonly product: Decimal;
  readonly verdict: "right" | "wrong" | "doubtful";
  readonly why: string;
}

/** A quotient of integers: formulas may divide before they multiply. */
interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

type Token =
  | { readonly kind: "number"; readonly value: Fraction }
  | { readonly kind: "sign"; readonly sign: string };

const SIGN: Readonly<Record<string, string>> = {
  "×": "×",
  "*": "×",
  x: "×",
  X: "×",
  "÷": "/",
  "/": "/",
  "+": "+",
  "-": "-",
  "(": "(",
  ")": ")",
};
const NUMBER_AT = /^[0-9]+(?:\.[0-9]+)?/;

function _fractionOf(value: Decimal): Fraction {
  return { top: value.units, bottom: powerOfTen(value.scale) };
}

/** Tokens of a formula; units and short names are passed over. Null where something else stands between. */
function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  let words = 0;
  for (let i = 0; i < text.length; ) {
    const sign = text.charAt(i);
    const digits = NUMBER_AT.exec(text.slice(i, i + 24));
    if (digits) {
      const [whole = "", fraction = ""] = digits[0].split(".");
      let units = BigInt(whole + fraction);
      i += digits[0].length;
      if (text.startsWith("亿", i) || text.startsWith("万", i)) {
        units *= text.startsWith("亿", i) ? 100_000_000n : 10_000n;
        i += 1;
      }
      if (text.charAt(i) === "%") {
        tokens.push({ kind: "number", value: { top: units, bottom: powerOfTen(fraction.length + 2) } });
        i += 1;
      } else tokens.push({ kind: "number", value: { top: units, bottom: powerOfTen(fraction.length) } });
      words = 0;
      continue;
    }
    // "元/人" and "元/人·天" name a unit, they divide nothing.
    if (sign === "/" && unitAt(text, i + 1)) {
      i += 1 + (unitAt(text, i + 1)?.length ?? 0);
      continue;
    }
    const known = SIGN[sign];
    if (known) {
      tokens.push({ kind: "sign", sign: known });
      words = 0;
    } else if (sign !== " " && sign !== "·") {
      words += 1;
      if (words > 10 || /[,;。:、=]/.test(sign)) return null;
    }
    i += 1;
  }
  return tokens;
}

function evaluate(tokens: readonly Token[]): Fraction | null {
  let at = 0;
  const sign = (): string => {
    const token = tokens[at];
    return token?.kind === "sign" ? token.sign : "";
  };
  const factor = (): Fraction | null => {
    const token = tokens[at];
    if (token?.kind === "number") {
      at += 1;
      return token.value;
    }
    if (sign() !== "(") return null;
    at += 1;
    const inner = expression();
    if (sign() !== ")") return null;
    at += 1;
    return inner;
  };
  const term = (): Fraction | null => {
    let left = factor();
    while (left && (sign() === "×" || sign() === "/")) {
      const operator = sign();
      at += 1;
      const right = factor();
      if (!right || (operator === "/" && right.top === 0n)) return null;
      left =
        operator === "×"
          ? { top: left.top * right.top, bottom: left.bottom * right.bottom }
          : { top: left.top * right.bottom, bottom: left.bottom * right.top };
    }
    return left;
  };
  const expression = (): Fraction | null => {
    let left = term();
    while (left && (sign() === "+" || sign() === "-")) {
      const operator = sign();
      at += 1;
      const right = term();
      if (!right) return null;
      const cross = right.top * left.bottom;
      left = {
        top: left.top * right.bottom + (operator === "+" ? cross : -cross),
        bottom: left.bottom * right.bottom,
      };
    }
    return left;
  };
  const value = expression();
  return value && at === tokens.length ? value : null;
}

/** The value of a fraction with at most six decimals, cut half-up. */
function decimalOf(value: Fraction): Decimal {
  for (let scale = 0; scale <= 6; scale++) {
    const shifted = value.top * powerOfTen(scale);
    if (shifted % value.bottom === 0n) return { units: shifted / value.bottom, scale };
  }
  return { units: divideIntegers(value.top * powerOfTen(6), value.bottom, "half-up"), scale: 6 };
}

/** Half a step of the last printed digit of the result, where it prints decimals or is given in 万 or 亿. */
function toleranceOf(total: Quantity): Decimal {
  if (!total.hasDecimals && compare(total.step, { units: 1n, scale: 0 }) <= 0) return { units: 0n, scale: 0 };
  return { units: total.step.units * 5n, scale: total.step.scale + 1 };
}

const TEN_THOUSAND: Decimal = { units: 10_000n, scale: 0 };

function formulaClaims({ normal, quantities, groups }: NumberedText): ProductClaim[] {
  const claims: ProductClaim[] = [];
  const judge = (formula: string, total: Quantity): void => {
    if (!/[×*xX÷]/.test(formula)) return;
    const tokens = tokensOf(formula);
    const value =
      tokens && tokens.filter((token) => token.kind === "number").length > 1 ? evaluate(tokens) : null;
    if (!value || total.kind === "label" || total.approximate || total.limit) return;
    const product = decimalOf(value);
    const right =
      within(product, total.value, toleranceOf(total)) ||
      // "2.5×5=12.5万": the unit is left to the result.
      within(multiply(product, TEN_THOUSAND), total.value, toleranceOf(total)) ||
      (total.kind === "percent" && equals(multiply(product, { units: 100n, scale: 0 }), total.value));
    claims.push({ total, factors: [], formula, product, verdict: right ? "right" : "wrong", why: "" });
  };
  const starts = new Map(quantities.map((quantity) => [quantity.start, quantity]));
  for (let at = normal.indexOf("="); at !== -1; at = normal.indexOf("=", at + 1)) {
    const total = starts.get(
      at + 1 + (/^\s*(?:人民币|约)?/.exec(normal.slice(at + 1, at + 8))?.[0].length ?? 0),
    );
    if (!total) continue;
    let from = at;
    let depth = 0;
    while (from > 0 && at - from < 120) {
      const sign = normal.charAt(from - 1);
      if (sign === ")") depth += 1;
      if (sign === "(") {
        if (depth === 0) break;
        depth -= 1;
      }
      if (/[,;。:、\n=]/.test(sign)) break;
      from -= 1;
    }
    const left = normal.slice(from, at).replace(/^[^0-9(]+/, "");
    judge(left, total);
  }
  for (const group of groups) {
    const inside = normal.slice(group.open + 1, group.close);
    if (inside.length > 120 || !/[×*]/.test(inside) || /=/.test(inside)) continue;
    const total = quantities.findLast(
      (quantity) => quantity.end <= group.open && quantity.end >= group.open - 10,
    );
    if (total?.kind !== "money" || /[,;。:、\n]/.test(normal.slice(total.end, group.open))) continue;
    judge(inside.replace(/^[^0-9(]+/, ""), total);
  }
  return claims;
}

const RESULT_LEAD =
  /(?:共需?|合计|总计|共计|需|计|为|金额|费用|资金|经费|支出|补助|补贴|发放|总额|合|费|投入|安排|使用)$/;
const MORE_FACTORS =
  /(?:标准|不等|分别|上限|最高|不超过|最低|以内|阶梯|差额|另外|另加|另|扣除|其余|部分|减半|免|年限|按实)/;
/** How many extra counts are tried as further factors. */
const MOST_EXTRAS = 5;

function chainClaims({ text, normal, quantities, groups }: NumberedText): ProductClaim[] {
  const claims: ProductClaim[] = [];
  const periods = periodsOf(text);
  let first = 0;
  for (const period of periods) {
    while (first < quantities.length && (quantities[first]?.start ?? 0) < period.start) first += 1;
    let last = first;
    while (last < quantities.length && (quantities[last]?.start ?? 0) < period.end) last += 1;
    const own = quantities.slice(first, last);
    first = last;
    // A period of very many numbers is a table in prose; chains in it cannot be told apart.
    if (own.length > 60) continue;
    const prices = own.filter(
      (quantity) =>
        quantity.per.length > 0 &&
        (quantity.kind === "money" || quantity.kind === "count") &&
        !quantity.approximate &&
        !quantity.limit,
    );
    for (const price of prices) {
      const claim = chainOf(price, own, prices, normal, groups);
      if (claim) claims.push(claim);
    }
  }
  return claims;
}

function chainOf(
  price: Quantity,
  period: readonly Quantity[],
  prices: readonly Quantity[],
  normal: string,
  groups: NumberedText["groups"],
): ProductClaim | null {
  // One price per place: with two, it is not said which count belongs to which.
  const scope = segmentOf(price, period, normal, groups);
  if (scope.filter((quantity) => prices.includes(quantity)).length > 1) return null;
  const amounts = scope.filter(
    (quantity) =>
      quantity !== price &&
      quantity.kind === price.kind &&
      quantity.family === price.family &&
      quantity.per.length === 0 &&
      !quantity.worded,
  );
  const outer = outerAmount(price, period, normal, groups);
  const totals = amounts.filter((quantity) => quantity.isTotal);
  const total =
    totals.length === 1
      ? totals[0]
      : totals.length > 1
        ? undefined
        : (outer ??
          amounts.find((quantity) => quantity.start > price.end && RESULT_LEAD.test(quantity.lead)));
  if (!total || total.approximate || total.limit) return null;
  const counts = scope.filter(
    (quantity) =>
      quantity !== total &&
      quantity !== price &&
      (quantity.kind === "count" || quantity.kind === "time") &&
      quantity.per.length === 0,
  );
  const used: Quantity[] = [];
  for (const unit of price.per) {
    const fitting = counts.filter((quantity) => quantity.family === unit && !used.includes(quantity));
    const summed = fitting.filter((quantity) => quantity.isTotal);
    const chosen =
      fitting.length === 1
        ? fitting[0]
        : summed.length === 1
          ? summed[0]
          : fitting.every((one) => fitting[0] && equals(one.value, fitting[0].value))
            ? fitting[0]
            : undefined;
    if (!chosen || chosen.approximate || chosen.limit) return null;
    used.push(chosen);
  }
  const product = used.reduce((running, quantity) => multiply(running, quantity.value), price.value);
  if (isZero(product)) return null;
  const factors = [price, ...used].sort((a, b) => a.start - b.start);
  const tolerance = toleranceOf(total);
  if (within(product, total.value, tolerance))
    return { total, factors, formula: "", product, verdict: "right", why: "" };
  const extras = counts
    .filter((quantity) => !used.includes(quantity) && quantity.family !== "岁")
    .slice(0, MOST_EXTRAS);
  for (let mask = 1; mask < 1 << extras.length; mask++) {
    const more = extras.filter((_, index) => mask & (1 << index));
    const longer = more.reduce((running, quantity) => multiply(running, quantity.value), product);
    if (within(longer, total.value, tolerance)) {
      return {
        total,
        factors: [...factors, ...more].sort((a, b) => a.start - b.start),
        formula: "",
        product: longer,
        verdict: "right",
        why: "",
      };
    }
  }
  const from = Math.min(
    price.start - price.lead.length,
    total.start,
    ...used.map((quantity) => quantity.start),
  );
  const to = Math.max(price.end, total.end, ...used.map((quantity) => quantity.end));
  if (MORE_FACTORS.test(normal.slice(from, to).replace(/标准(?=为|[,。;:)]|$)|的标准|标准每/g, ""))) {
    return { total, factors, formula: "", product, verdict: "doubtful", why: "句中还有别的计算条件" };
  }
  if (extras.length > 0)
    return {
      total,
      factors,
      formula: "",
      product,
      verdict: "doubtful",
      why: "句中还有别的数量，算式可能不全",
    };
  return { total, factors, formula: "", product, verdict: "wrong", why: "" };
}

/** The numbers around a price in its own bracket, or outside brackets in its stretch between semicolons. */
function segmentOf(
  price: Quantity,
  period: readonly Quantity[],
  normal: string,
  groups: NumberedText["groups"],
): Quantity[] {
  const group = groups[price.group];
  const from = Math.max(normal.lastIndexOf(";", price.start), group ? group.open : -1);
  const semicolon = normal.indexOf(";", price.end);
  const to = Math.min(semicolon === -1 ? normal.length : semicolon, group ? group.close : normal.length);
  return period.filter(
    (quantity) =>
      quantity.group === price.group &&
      quantity.start > from &&
      quantity.start < to &&
      quantity.kind !== "label",
  );
}

/** The amount right before the bracket the price stands in. */
function outerAmount(
  price: Quantity,
  period: readonly Quantity[],
  normal: string,
  groups: NumberedText["groups"],
): Quantity | undefined {
  const group = groups[price.group];
  if (!group) return undefined;
  const before = period.findLast((quantity) => quantity.end <= group.open);
  if (!before || before.kind !== price.kind || before.family !== price.family || before.per.length > 0)
    return undefined;
  const gap = normal.slice(before.end, group.open);
  return gap.length <= 8 && !/[,;。:、)]/.test(gap) ? before : undefined;
}

const CACHE = new WeakMap<NumberedText, readonly ProductClaim[]>();

/** Every price × count (or written formula) that the text states together with its result. Computed once per text. */
export function productClaimsOf(numbered: NumberedText): readonly ProductClaim[] {
  const known = CACHE.get(numbered);
  if (known) return known;
  const claims = numbered.quantities.length > 1 ? [...formulaClaims(numbered), ...chainClaims(numbered)] : [];
  CACHE.set(numbered, claims);
  return claims;
}
