import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { formRule, outcomeOf } from "../../rule.ts";
import { percentClaimsOf, type Quantity, quoteOf, sumClaimsOf } from "../../text/index.ts";
import { keyOf, rateProofsOf, reportedAmounts, resultsOf, rowValues } from "./count-joins.ts";

/** How many numbers a message names; the rest are counted. */
const MOST_NAMED = 6;

type Said = { numbers: string; count: string };

/** AR-106: amounts in the result text that no indicator carries. */
export const resultNumberWithoutIndicator = formRule<Said>({
  id: "result-number-without-indicator",
  code: "AR-106",
  title: "完成情况中的数量没有指标承载",
  explains:
    "完成情况里写有数量和单位、而指标值和完成值中都没有的数。已有指标承载的合计的分项和比率的分子分母、计划数、标准、约数、金额、百分比、年份和文号不算。",
  kind: "auto",
  basis: [cite("reading", "结果无指标")],
  force: "hint",
  needs: ["indicators", "achieved"],
  check({ form, facts }) {
    const values = rowValues(facts);
    const loose: Quantity[] = [];
    const at: string[] = [];
    // 抽查160份、符合156份 stand behind a share that an indicator carries.
    const shares = new Set(
      rateProofsOf(facts, resultsOf(form), true).flatMap(({ numerator, denominator }) => [
        numerator,
        denominator,
      ]),
    );
    for (const narrative of resultsOf(form)) {
      const parts = new Set<Quantity>();
      for (const claim of sumClaimsOf(narrative)) {
        if (claim.verdict === "right" && values.has(keyOf(claim.total.value)))
          for (const item of claim.items) parts.add(item);
      }
      for (const { numerator, denominator } of percentClaimsOf(narrative))
        shares.add(numerator).add(denominator);
      const own = reportedAmounts(narrative).filter(
        (quantity) =>
          quantity.kind === "count" &&
          !quantity.approximate &&
          !parts.has(quantity) &&
          !shares.has(quantity) &&
          !values.has(keyOf(quantity.value)),
      );
      if (own.length > 0) at.push(narrative.at);
      loose.push(...own);
    }
    if (loose.length === 0) return outcomeOf<Said>([]);
    const rest = loose.length > MOST_NAMED ? `等${loose.length}个数` : "";
    return outcomeOf<Said>([
      {
        at,
        figures: {
          numbers: loose.slice(0, MOST_NAMED).map(quoteOf).join("、") + rest,
          count: String(loose.length),
        },
      },
    ]);
  },
  message: ({ numbers }) => `实际完成情况写有${numbers}，绩效指标中没有对应的数。`,
  remedy: () => "把体现主要产出和效果的数量设为指标，或说明它与现有指标的关系。",
  examples: {
    fails: [
      {
        says: "培训场次没有指标",
        given: exampleForm({ achieved: "维护管道126公里，举办护水宣传37场，8630名居民受益。" }),
      },
    ],
    passes: [
      { says: "文字中的数指标里都有", given: exampleForm({ achieved: "维护管道126公里，8630名居民受益。" }) },
      {
        says: "两个数是比率指标的分子分母",
        given: exampleForm({ achieved: "维护管道126公里，8630名居民受益，抽查供水管道100处，合格97处。" }),
      },
      {
        says: "分项之和有指标承载",
        given: exampleForm({ achieved: "东片维护管道80公里，西片46公里，共计126公里，8630名居民受益。" }),
      },
    ],
  },
});
