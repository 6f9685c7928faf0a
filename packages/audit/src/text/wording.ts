import { type Decimal, showDecimal } from "@jiheng/domain";
import type { Quantity } from "./numbers.ts";

const SCALE_WORDS: Readonly<Record<number, string>> = {
  3: "千",
  4: "万",
  5: "十万",
  6: "百万",
  7: "千万",
  8: "亿",
  12: "万亿",
};

/** A value as the text would print it beside `like`: in its 万 or 亿, without the unit. */
function digitsLike(value: Decimal, like: Quantity): string {
  return showDecimal({ units: value.units, scale: value.scale + like.scale });
}

/** The unit of a quantity as printed, 万 or 亿 included. */
function unitOf(quantity: Quantity): string {
  return (SCALE_WORDS[quantity.scale] ?? "") + (quantity.unit ?? "");
}

/** A value with the unit of `like`: 15600 beside 5600元 is "15600元". */
export function amountLike(value: Decimal, like: Quantity): string {
  return digitsLike(value, like) + unitOf(like);
}

/** "6000+6000+3600": the items in one unit where they share it, with their own units where they do not. */
export function additionOf(items: readonly Quantity[], total: Quantity): string {
  const alike = items.every((item) => unitOf(item) === unitOf(total));
  return items.map((item) => (alike ? digitsLike(item.value, item) : amountLike(item.value, item))).join("+");
}

/** "200元×50本": the factors with their units. */
export function productOf(factors: readonly Quantity[]): string {
  return factors.map((factor) => amountLike(factor.value, factor)).join("×");
}

/** The number with the last words before it, so that a reader finds it in a long cell. */
export function quoteOf(quantity: Quantity): string {
  const lead = quantity.lead.replace(/^.*=|^\s+/, "");
  const after = lead.length < 3 ? quantity.tail.slice(0, 8) : "";
  return `“${lead.length > 18 ? `…${lead.slice(-16).replace(/^[A-Za-z0-9-]+\s*/, "")}` : lead}${quantity.raw}${after}”`;
}
