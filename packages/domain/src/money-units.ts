import { type Decimal, decimal } from "./decimal.ts";

/** Yuan in one of each unit of money that forms print. */
const YUAN: Readonly<Record<string, Decimal>> = {
  元: decimal(1),
  百元: decimal(100),
  千元: decimal(1000),
  万元: decimal(10_000),
  十万元: decimal(100_000),
  百万元: decimal(1_000_000),
  千万元: decimal(10_000_000),
  亿元: decimal(100_000_000),
  万亿元: decimal("1000000000000"),
};

/** The units of money, longest first: an alternation of them finds 百万元 before the 万元 within it. */
export const MONEY_UNITS: readonly string[] = Object.keys(YUAN).sort((a, b) => b.length - a.length);

/** Yuan in one of a printed unit of money (万元, （万元）, 单位：人民币万元); null where none is printed or it is no unit of money. */
export function yuanPer(printed: string | null): Decimal | null {
  if (printed === null) return null;
  const bare = printed.normalize("NFKC").replace(/[\s()]|(?:金额)?单位:?|人民币/g, "");
  return Object.hasOwn(YUAN, bare) ? (YUAN[bare] ?? null) : null;
}
