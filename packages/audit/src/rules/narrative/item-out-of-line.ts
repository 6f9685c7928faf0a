import type { Ratio } from "@jiheng/domain";
import {
  compare,
  type Decimal,
  equals,
  multiply,
  ratio,
  roundRatio,
  scaleRatio,
  showDecimal,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import {
  amountLike,
  type NumberedText,
  narrativesOf,
  numberedLists,
  type Quantity,
  quantitiesBetween,
  quoteOf,
} from "../../text/index.ts";

/** An item of a numbered list with the amount it states and the one count its bracket gives. */
interface PricedItem {
  readonly marker: string;
  readonly amount: Quantity;
  readonly count: Quantity;
  readonly each: Ratio;
}

function pricedItem(narrative: NumberedText, marker: string, own: readonly Quantity[]): PricedItem | null {
  const amount = own.find((quantity) => quantity.kind === "money" && quantity.per.length === 0);
  if (!amount) return null;
  const inside = own.filter((quantity) => {
    const group = narrative.groups[quantity.group];
    return (
      quantity.kind === "count" &&
      quantity.per.length === 0 &&
      group !== undefined &&
      group.open >= amount.end &&
      group.open - amount.end < 10
    );
  });
  // "第一期培训114人，培训费520元": the count may stand before the amount, if it is the only one.
  const plain = own.filter(({ kind, per, worded }) => kind === "count" && per.length === 0 && !worded);
  if (inside.length === 0 && plain.length === 1 && own.filter(({ kind }) => kind === "money").length === 1)
    inside.push(...plain);
  const people = inside.filter((quantity) => quantity.family === "人");
  const totals = people.filter((quantity) => quantity.isTotal);
  const count =
    totals.length === 1
      ? totals[0]
      : people.length === 1
        ? people[0]
        : inside.length === 1
          ? inside[0]
          : undefined;
  const each = count ? ratio(amount.value, count.value) : null;
  return count && each ? { marker, amount, count, each } : null;
}

function same(a: Ratio, b: Ratio): boolean {
  return equals(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator));
}

type Said = {
  where: string;
  marker: string;
  stated: string;
  each: string;
  usual: string;
  others: string;
  likely: string;
};

/** AR-102: one item of a list costs per head or unit something else than all its siblings. */
export const itemOutOfLine = formRule<Said>({
  id: "item-out-of-line",
  code: "AR-102",
  title: "分项的人均（单价）与其他各项不一致",
  explains:
    "编号各项都写明金额和人数（数量）时，逐项算出人均；其余各项（至少两项）完全相同、只有一项不同的，提示可能笔误，并给出按相同人均推算的金额。",
  kind: "auto",
  basis: [cite("reading", "离群分项")],
  force: "hint",
  needs: [],
  check({ form }) {
    const found: Found<Said>[] = [];
    let seen = 0;
    for (const narrative of narrativesOf(form)) {
      for (const list of numberedLists(narrative)) {
        const items: PricedItem[] = [];
        for (const { marker, start, end } of list) {
          const own = quantitiesBetween(narrative.quantities, start, end);
          const item = pricedItem(narrative, marker, own);
          if (item) items.push(item);
        }
        if (items.length < 3 || new Set(items.map((item) => item.count.family)).size > 1) continue;
        seen += 1;
        const odd = oddOne(items);
        if (!odd) continue;
        const usual = items.find((item) => item !== odd)?.each;
        if (!usual) continue;
        const likely = roundRatio(scaleRatio(usual, odd.count.value), 2, "half-up");
        const show = (value: Ratio): string => `${showDecimal(roundRatio(value, 2, "half-up"))}元`;
        found.push({
          at: [narrative.at],
          figures: {
            where: narrative.name,
            marker: odd.marker,
            stated: quoteOf(odd.amount),
            each: `${odd.amount.raw}÷${odd.count.raw}=${show(odd.each)}`,
            usual: show(usual),
            others: items
              .filter((item) => item !== odd)
              .map((item) => `${item.marker}${item.amount.raw}÷${item.count.raw}`)
              .join("、"),
            likely: amountLike(likely as Decimal, odd.amount),
          },
        });
      }
    }
    return seen === 0 ? notApplicable("文字中没有三项以上写明金额和人数的清单") : outcomeOf(found);
  },
  message: ({ where, marker, stated, each, usual, others, likely }) =>
    `${where}中${marker}${stated}，${each}，而${others}都是${usual}；按${usual}推算应为${likely}，可能笔误。`,
  remedy: ({ marker, likely }) => `核对${marker}的金额是否应为${likely}。`,
  examples: {
    fails: [
      {
        says: "第二项的人均与另两项不同",
        given: exampleForm({
          expected:
            "安全培训经费分三批：（一）泵站值守人员培训费4000元（40人，食宿自理）；（二）管道巡线人员培训费600元（共计60人）；（三）水质化验人员培训费2000元（20人）。",
        }),
      },
    ],
    passes: [
      {
        says: "各项人均相同",
        given: exampleForm({
          expected:
            "安全培训经费分三批：（一）泵站值守培训费4000元（40人）；（二）管道巡线培训费6000元（60人）；（三）水质化验培训费2000元（20人）。",
        }),
      },
      {
        says: "各项人均本来就各不相同",
        given: exampleForm({
          expected:
            "安全培训经费分三批：（一）泵站值守培训费4000元（40人）；（二）管道巡线培训费9000元（60人）；（三）水质化验培训费5000元（20人）。",
        }),
      },
    ],
  },
});

/** The only item whose price differs where all others (two or more) share one exactly. */
function oddOne(items: readonly PricedItem[]): PricedItem | null {
  const ordered = [...items].sort((a, b) =>
    compare(multiply(a.each.numerator, b.each.denominator), multiply(b.each.numerator, a.each.denominator)),
  );
  const low = ordered[0];
  const high = ordered.at(-1);
  const middle = ordered[1];
  if (!low || !high || !middle) return null;
  if (!same(low.each, middle.each))
    return ordered.slice(1).every((item) => same(item.each, middle.each)) ? low : null;
  const rest = ordered.slice(0, -1);
  return !same(high.each, middle.each) && rest.every((item) => same(item.each, middle.each)) ? high : null;
}
