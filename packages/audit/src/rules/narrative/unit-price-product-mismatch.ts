import { absolute, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { amountLike, narrativesOf, productClaimsOf, productOf, quoteOf } from "../../text/index.ts";

type Said = { where: string; stated: string; calculation: string; product: string; difference: string };

/** AR-101: quantity × unit price, or a written formula, does not give the stated amount. */
export const unitPriceProductMismatch = formRule<Said>({
  id: "unit-price-product-mismatch",
  code: "AR-101",
  title: "数量乘单价与所述金额不符",
  explains:
    "核算文字中写明的连乘：单价（每人、每本、每人每天、元/人）乘以相应的数量，以及写出的算式（×、÷、+、=）。" +
    "只有单价的每个计价单位都恰有一个数量、合计也写明时才作结论；句中还有别的数量或条件时只提示人工核对。",
  kind: "auto",
  basis: [cite("form", "单价乘数量")],
  force: "must",
  needs: [],
  check({ form }) {
    const found: Found<Said>[] = [];
    const unclear: Doubt[] = [];
    let seen = 0;
    for (const narrative of narrativesOf(form)) {
      for (const claim of productClaimsOf(narrative)) {
        seen += 1;
        if (claim.verdict === "right") continue;
        const product = amountLike(claim.product, claim.total);
        const calculation = `${claim.formula || productOf(claim.factors)}=${product}`;
        if (claim.verdict === "wrong") {
          found.push({
            at: [narrative.at],
            figures: {
              where: narrative.name,
              stated: quoteOf(claim.total),
              calculation,
              product,
              difference: amountLike(absolute(subtract(claim.total.value, claim.product)), claim.total),
            },
          });
        } else {
          unclear.push({
            at: [narrative.at],
            why: `${narrative.name}中${quoteOf(claim.total)}，按写明的单价和数量为${calculation}，${claim.why}，请核对`,
          });
        }
      }
    }
    return seen === 0 ? notApplicable("文字中没有写明单价和数量的金额") : outcomeOf(found, unclear);
  },
  message: ({ where, stated, calculation, difference }) =>
    `${where}中${stated}，按文字计算为${calculation}，相差${difference}。`,
  remedy: ({ stated, product }) => `核对单价、数量和${stated}（按单价和数量计算为${product}）。`,
  examples: {
    fails: [
      {
        says: "每册价格乘册数不是共计数",
        given: exampleForm({ expected: "印制节水宣传册，每册12元，印制500册，共计6500元。" }),
      },
      {
        says: "每人每天的标准乘人数和天数",
        given: exampleForm({ expected: "聘请20人看护水源地，看护30天，每人每天80元，合计50000元。" }),
      },
      { says: "写出的算式不对", given: exampleForm({ expected: "检测费按150元/份×80份=1.3万元安排。" }) },
    ],
    passes: [
      {
        says: "单价乘数量正确",
        given: exampleForm({ expected: "印制节水宣传册（每册12元，印制500册，共计6000元）。" }),
      },
      {
        says: "单价的数量没有写全",
        given: exampleForm({ expected: "看护水源地每人每天80元，共计50000元。" }),
      },
      { says: "换成万元也相符", given: exampleForm({ expected: "检测费按150元/份×80份=1.2万元安排。" }) },
    ],
  },
});
