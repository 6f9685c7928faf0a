import {
  compare,
  type Decimal,
  divideIntegers,
  equals,
  isZero,
  multiply,
  powerOfTen,
  sum,
  within,
} from "@jiheng/domain";
import { firstAt, type NumberedText, type Quantity } from "./numbers.ts";
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
    const before = quantities[firstAt(quantities, group.open) - 1];
    const total = before && before.end >= group.open - 10 ? before : undefined;
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
    const opening = prices[0];
    const paired =
      opening && prices.length > 1 ? pairedClaim(segmentOf(opening, own, normal, groups), normal) : null;
    if (paired) claims.push(paired);
    for (const price of paired ? [] : prices) {
      const claim =
        chainOf(price, own, prices, normal, groups) ??
        conversionOf(price, segmentOf(price, own, normal, groups), normal);
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
  // "每支136元，配送费2万元，共计…": other amounts may be part of the same sum.
  const beside = amounts.filter((quantity) => quantity !== total && !quantity.isTotal);
  if (beside.length > 0) {
    const together = sum([product, ...beside.map(({ value }) => value)]);
    const right = within(together, total.value, tolerance);
    return {
      total,
      factors: right ? [] : factors,
      formula: right
        ? [...factors.map(({ raw }) => raw)].join("×") + beside.map(({ raw }) => `+${raw}`).join("")
        : "",
      product: right ? together : product,
      verdict: right ? "right" : "doubtful",
      why: right ? "" : "句中还有别的金额，合计的范围没有写明",
    };
  }
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

/** A semicolon farther away than this does not bound a stretch. */
const LONGEST_STRETCH = 1000;

/** The numbers around a price in its own bracket, or outside brackets in its stretch between semicolons. */
function segmentOf(
  price: Quantity,
  period: readonly Quantity[],
  normal: string,
  groups: NumberedText["groups"],
): Quantity[] {
  const group = groups[price.group];
  const near = normal.slice(Math.max(0, price.start - LONGEST_STRETCH), price.start).lastIndexOf(";");
  const from = Math.max(
    near === -1 ? -1 : Math.max(0, price.start - LONGEST_STRETCH) + near,
    group ? group.open : -1,
  );
  const semicolon = normal.slice(price.end, price.end + LONGEST_STRETCH).indexOf(";");
  const to = Math.min(
    semicolon === -1 ? normal.length : price.end + semicolon,
    group ? group.close : normal.length,
  );
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

/** Units in which one body or place is visited again: 45家，开展2批次 is 90 visits. */
const ROUNDS = new Set(["批", "次", "轮", "遍", "趟"]);
/** How many conversions ("2人一组", "每组每天2家") a chain may have. */
const MOST_RATES = 4;

/** The amount of work in one unit: 45家×2批次+150家×1批次, with the words of the sum. */
function workOf(
  family: string,
  list: readonly Quantity[],
  total: Quantity,
): { value: Decimal; formula: string; terms: number } | null {
  const terms: { base: Quantity; rounds: Quantity | null }[] = [];
  for (const [index, quantity] of list.entries()) {
    if (quantity === total || quantity.per.length > 0 || quantity.worded || quantity.approximate) continue;
    if (quantity.family === family && quantity.kind !== "money") {
      const following = list[index + 1];
      const again =
        following && ROUNDS.has(following.family) && following.per.length === 0 ? following : null;
      terms.push({ base: quantity, rounds: again });
    }
  }
  if (terms.length === 0) return null;
  const rest = terms.slice(1);
  const first = terms[0];
  // The whole said first (195家（其中45家…，150家…）) is not counted beside its parts.
  const parts =
    first && rest.length > 1 && equals(sum(rest.map(({ base }) => base.value)), first.base.value)
      ? rest
      : terms;
  const value = sum(
    parts.map(({ base, rounds }) => (rounds ? multiply(base.value, rounds.value) : base.value)),
  );
  const words = parts.map(({ base, rounds }) => (rounds ? `${base.raw}×${rounds.raw}` : base.raw));
  return {
    value,
    formula: words.length > 1 ? `(${words.join("+")})` : (words[0] ?? ""),
    terms: parts.length,
  };
}

/**
 * A chain through conversions: work ÷ "每组每天2家" × "2人一组" × "每人每天400元". It is taken only where exactly one way
 * of multiplying and dividing turns the unit of the work into the units the price is for, and every conversion is used.
 */
function conversionOf(price: Quantity, scope: readonly Quantity[], normal: string): ProductClaim | null {
  const totals = scope.filter(
    (quantity) => quantity.isTotal && quantity.kind === "money" && quantity.per.length === 0,
  );
  const total = totals.length === 1 ? totals[0] : undefined;
  const rates = scope.filter(
    (quantity) => (quantity.kind === "count" || quantity.kind === "time") && quantity.per.length > 0,
  );
  if (
    !total ||
    total.approximate ||
    total.limit ||
    rates.length === 0 ||
    rates.length > MOST_RATES ||
    rates.some((rate) => rate.limit || rate.approximate) ||
    price.kind !== "money"
  )
    return null;
  const solutions: { top: Decimal; bottom: Decimal; formula: string }[] = [];
  // Work is counted in what a rate gives ("每组每天2家" of 60家), else in what it is given for ("每人18天" for 6人).
  const families = new Set([...rates.map((rate) => rate.family), ...rates.flatMap((rate) => rate.per)]);
  for (const family of families) {
    if (solutions.length > 0 && !rates.some((rate) => rate.family === family)) continue;
    for (let mask = 0; mask < 1 << rates.length; mask++) {
      const left = new Map<string, number>([[family, 1]]);
      const shift = (unit: string, by: number): void => {
        left.set(unit, (left.get(unit) ?? 0) + by);
      };
      for (const unit of price.per) shift(unit, -1);
      rates.forEach((rate, index) => {
        const sign = mask & (1 << index) ? -1 : 1;
        shift(rate.family, sign);
        for (const unit of rate.per) shift(unit, -sign);
      });
      if ([...left.values()].some((exponent) => exponent !== 0)) continue;
      const work = workOf(
        family,
        scope.filter((quantity) => !rates.includes(quantity)),
        total,
      );
      if (!work) continue;
      let top = multiply(price.value, work.value);
      let bottom: Decimal = { units: 1n, scale: 0 };
      let formula = work.formula;
      rates.forEach((rate, index) => {
        if (mask & (1 << index)) bottom = multiply(bottom, rate.value);
        else top = multiply(top, rate.value);
        formula += `${mask & (1 << index) ? "÷" : "×"}${rate.raw}`;
      });
      solutions.push({ top, bottom, formula: `${formula}×${price.raw}` });
    }
  }
  const only = solutions.length === 1 ? solutions[0] : undefined;
  if (!only || isZero(only.bottom)) return null;
  const product = decimalOf({
    top: only.top.units * powerOfTen(only.bottom.scale),
    bottom: only.bottom.units * powerOfTen(only.top.scale),
  });
  const right = within(product, total.value, toleranceOf(total));
  const from = Math.min(...scope.map((quantity) => quantity.start));
  const doubtful = MORE_FACTORS.test(normal.slice(from, total.start).replace(/的标准/g, ""));
  return {
    total,
    factors: [],
    formula: only.formula,
    product,
    verdict: right ? "right" : doubtful ? "doubtful" : "wrong",
    why: right || !doubtful ? "" : "句中还有别的计算条件",
  };
}

/**
 * Several prices in one stretch, each with its own count right before or after it, and one sum: 80名每人4000元，70名每人3000元，合计53万元.
 */
function pairedClaim(segment: readonly Quantity[], normal: string): ProductClaim | null {
  const prices = segment.filter((quantity) => quantity.kind === "money" && quantity.per.length === 1);
  const totals = segment.filter(
    (quantity) => quantity.kind === "money" && quantity.per.length === 0 && quantity.isTotal,
  );
  const total = totals.length === 1 ? totals[0] : undefined;
  if (prices.length < 2 || prices.length > 12 || !total || total.approximate || total.limit) return null;
  const used: Quantity[] = [];
  let from = 0;
  for (const price of prices) {
    const at = segment.indexOf(price);
    const fits = (quantity: Quantity | undefined): boolean =>
      quantity !== undefined &&
      quantity.family === price.per[0] &&
      quantity.per.length === 0 &&
      !used.includes(quantity) &&
      !quantity.approximate;
    const before = segment.slice(from, at).filter(fits);
    const after = segment[at + 1];
    const count = before.at(-1) ?? (fits(after) ? after : undefined);
    if (!count || price.approximate || price.limit) return null;
    used.push(count);
    from = Math.max(at, segment.indexOf(count)) + 1;
  }
  const product = sum(prices.map((price, index) => multiply(price.value, used[index]?.value ?? price.value)));
  const formula = prices.map((price, index) => `${used[index]?.raw}×${price.raw}`).join("+");
  const right = within(product, total.value, toleranceOf(total));
  const loose = segment.filter(
    (quantity) =>
      quantity !== total &&
      !prices.includes(quantity) &&
      !used.includes(quantity) &&
      quantity.kind !== "label" &&
      // The whole of the counts, said first, is no further factor.
      !equals(quantity.value, sum(used.map(({ value }) => value))),
  );
  const doubtful =
    loose.length > 0 ||
    MORE_FACTORS.test(normal.slice(segment[0]?.start ?? 0, total.start).replace(/的标准|标准(?=为)/g, ""));
  return {
    total,
    factors: [],
    formula,
    product,
    verdict: right ? "right" : doubtful ? "doubtful" : "wrong",
    why: right || !doubtful ? "" : "句中还有别的数量，算式可能不全",
  };
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
