import { compare, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, outcomeOf } from "../../rule.ts";
import { quoteOf, unitFamily } from "../../text/index.ts";
import { countRowsOf, keyOf, reportedAmounts, resultsOf } from "./count-joins.ts";

type Said = { row: string; actual: string; stated: string; unit: string; other: string };

const HUNDRED_THINGS = { units: 100n, scale: 0 } as const;

/** AR-108: the same number under another unit in text and indicator. */
export const sameNumberOtherNoun = formRule<Said>({
  id: "same-number-other-noun",
  code: "AR-108",
  title: "文字与指标的数字相同而计量单位不同",
  explains:
    "完成情况里的数与某行完成值完全相同、单位却不是一类的（如文字写名、指标写份）。只看100以上且不是整百的数，小数目和整数相同多是巧合。",
  kind: "auto",
  basis: [cite("reading", "同数异名")],
  force: "hint",
  needs: ["indicators", "achieved"],
  check({ form, facts }) {
    const byValue = new Map<string, { quote: string; unit: string; family: string; at: string }[]>();
    for (const narrative of resultsOf(form)) {
      for (const quantity of reportedAmounts(narrative)) {
        if (quantity.kind !== "count") continue;
        const list = byValue.get(keyOf(quantity.value)) ?? [];
        list.push({
          quote: quoteOf(quantity),
          unit: quantity.unit ?? "",
          family: quantity.family,
          at: narrative.at,
        });
        byValue.set(keyOf(quantity.value), list);
      }
    }
    const found: Found<Said>[] = [];
    for (const { row, family, value } of countRowsOf(facts)) {
      if (compare(value, HUNDRED_THINGS) <= 0 || (value.scale === 0 && value.units % 100n === 0n)) continue;
      const said = byValue.get(keyOf(value));
      const first = said?.[0];
      if (!first || said.some((one) => unitFamily(one.family) === family)) continue;
      found.push({
        at: [place.indicator(row.index, "actual"), first.at],
        figures: {
          row: row.row.name ?? "",
          actual: row.row.actual.text ?? "",
          stated: first.quote,
          unit: row.row.actual.unit ?? "",
          other: first.unit,
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, actual, stated, unit, other }) =>
    `「${row}」完成值${actual}，实际完成情况写${stated}，数字相同而单位一为${unit}、一为${other}。`,
  remedy: ({ row }) => `统一「${row}」与文字所计的对象和单位，或分别说明。`,
  examples: {
    fails: [
      {
        says: "文字计户，指标计人",
        given: exampleForm({ achieved: "维护管道126公里，8630户居民受益，满意度93%。" }),
      },
    ],
    passes: [
      { says: "单位相同（名与人）", given: exampleForm() },
      {
        says: "整百的数相同不说明什么",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "受益农村人口数", "≥8000人", "9000人", "15", "15"] }),
          achieved: "维护管道126公里，发放宣传册9000册，9000户知晓。",
        }),
      },
    ],
  },
});
