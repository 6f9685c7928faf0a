import { decimal, formatDecimal, multiply, parseDecimal, round } from "@jiheng/domain";

const WAN = decimal(10_000);
/** Up to six decimals of 万元 are whole fen. */
const TYPED = /^-?\d{1,9}(?:\.\d{1,6})?$/;

/** An amount typed in 万元 as yuan, exactly; null where nothing is typed, undefined where it is no amount. */
export function yuanOfWan(typed: string): string | null | undefined {
  const text = typed.trim();
  if (text === "") return null;
  const value = TYPED.test(text) ? parseDecimal(text) : null;
  return value === null ? undefined : formatDecimal(round(multiply(value, WAN), 2, "half-up"), 2);
}
