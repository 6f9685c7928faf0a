import { absolute, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import {
  additionOf,
  amountLike,
  narrativesOf,
  quoteOf,
  type SumClaim,
  sumClaimsOf,
} from "../../text/index.ts";

/** How the items are named in a message. */
function itemsName(claim: SumClaim): string {
  if (claim.style === "bracket") return "括号内各项";
  if (claim.style === "restated") return "括号内的合计";
  if (claim.style === "numbered") return `${claim.markers[0]}至${claim.markers.at(-1)}各项`;
  return "所列各项";
}

function repairOf(claim: SumClaim): string {
  if (!claim.repaired) return "";
  const marker = claim.markers[claim.repaired.item] ?? "";
  const item = claim.items[claim.repaired.item] ?? claim.total;
  return `；其中${marker}按它自己的明细应为${amountLike(claim.repaired.value, item)}，改后各项合计正好${amountLike(claim.total.value, claim.total)}`;
}

function likelyOf(claim: SumClaim, sum: string): string {
  if (!claim.repaired) return `按分项计算为${sum}`;
  const item = claim.items[claim.repaired.item] ?? claim.total;
  return `${claim.markers[claim.repaired.item] ?? ""}改为${amountLike(claim.repaired.value, item)}后即相符`;
}

type Said = {
  where: string;
  stated: string;
  items: string;
  addition: string;
  sum: string;
  difference: string;
  repair: string;
  likely: string;
};

/** AR-100: items in the text do not add up to the sum the text states. */
export const narrativeItemsSumMismatch = formRule<Said>({
  id: "narrative-items-sum-mismatch",
  code: "AR-100",
  title: "文字中的分项之和与所述合计不符",
  explains:
    "把目标、完成情况和说明中写明的分项相加：合计数后面括号里的各项，“共”“共计”前面的各项，“其中”“分别为”或冒号后面的各项，（一）（二）等编号各项；嵌套的逐层相加。" +
    "只加同一单位的数；带“等”“包括”“主要”的清单、约数、单价、预算与结余等比较数不算分项；只列出部分的“其中”不作结论。",
  kind: "auto",
  basis: [cite("form", "分项合计")],
  force: "must",
  needs: [],
  check({ form }) {
    const found: Found<Said>[] = [];
    const unclear: Doubt[] = [];
    let seen = 0;
    for (const narrative of narrativesOf(form)) {
      for (const claim of sumClaimsOf(narrative)) {
        seen += 1;
        const sum = amountLike(claim.sum, claim.total);
        if (claim.verdict === "wrong") {
          found.push({
            at: [narrative.at],
            figures: {
              where: narrative.name,
              stated: quoteOf(claim.total),
              items: itemsName(claim),
              addition: claim.items.length > 1 ? `${additionOf(claim.items, claim.total)}=${sum}` : sum,
              sum,
              difference: amountLike(absolute(subtract(claim.total.value, claim.sum)), claim.total),
              repair: repairOf(claim),
              likely: likelyOf(claim, sum),
            },
          });
        } else if (claim.verdict === "doubtful") {
          unclear.push({
            at: [narrative.at],
            why: `${narrative.name}中${quoteOf(claim.total)}与所列${additionOf(claim.items, claim.total)}=${sum}不等，${claim.why}，请核对`,
          });
        }
      }
    }
    return seen === 0 ? notApplicable("文字中没有写明分项的合计") : outcomeOf(found, unclear);
  },
  message: ({ where, stated, items, addition, difference, repair }) =>
    `${where}中${stated}，${items}为${addition}，相差${difference}${repair}。`,
  remedy: ({ stated, likely }) => `核对${stated}和各分项，使分项之和与合计一致（${likely}）。`,
  examples: {
    fails: [
      {
        says: "括号内三项之和不是括号前的金额",
        given: exampleForm({
          expected: "组织村级水管员集训，预算培训费4200元（场租3000元，伙食费2600元，讲义印刷费600元）。",
        }),
      },
      {
        says: "编号各项之和不是总额，其中一项自己的明细也不符",
        given: exampleForm({
          expected:
            "水质抽检经费30000元。其中：（一）采样费2000元（车辆费8000元，人工费4000元）；（二）化验费10000元；（三）报告编制费8000元。",
        }),
      },
      {
        says: "“合计”与前面各项不符",
        given: exampleForm({ achieved: "更换水表1200只、闸阀85只、消火栓15只，合计1310只。" }),
      },
    ],
    passes: [
      {
        says: "括号内各项相加正确",
        given: exampleForm({
          expected: "组织村级水管员集训，预算培训费6200元(场租3000元,伙食费2600元,讲义印刷费600元)。",
        }),
      },
      {
        says: "清单以“等”结尾，没有列全",
        given: exampleForm({ expected: "安排检修经费20万元（材料费8万元、人工费6万元等）。" }),
      },
      {
        says: "括号内是预算数和结余数，不是分项",
        given: exampleForm({ achieved: "全年支出93.10万元（预算98.00万元，结余4.90万元）。" }),
      },
      {
        says: "分项分属两个合计，逐段相加正确",
        given: exampleForm({
          achieved: "东片检修泵站3座、西片4座，小计7座；改造蓄水池5座、清水池6座，小计11座；合计18座。",
        }),
      },
    ],
  },
});
