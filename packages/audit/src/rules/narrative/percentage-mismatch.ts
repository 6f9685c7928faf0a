import { showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { narrativesOf, percentClaimsOf, quoteOf } from "../../text/index.ts";

type Said = { where: string; stated: string; calculation: string; computed: string };

/** AR-109: a percentage in the text is not its own numerator divided by its denominator. */
export const percentageMismatch = formRule<Said>({
  id: "percentage-mismatch",
  code: "AR-109",
  title: "文字中的百分比与其分子分母不符",
  explains:
    "同一句话里写明分子、分母和百分比的（合格数与抽检数、完成数与计划数、占比、由多少增长到多少），重新相除；四舍五入或截尾都算相符。" +
    "满意度、知晓率来自调查，不按句中的数核算；分子分母不能确定的不作结论。",
  kind: "auto",
  basis: [cite("form", "百分比")],
  force: "must",
  needs: [],
  check({ form }) {
    const found: Found<Said>[] = [];
    let seen = 0;
    for (const narrative of narrativesOf(form)) {
      for (const claim of percentClaimsOf(narrative)) {
        seen += 1;
        if (claim.verdict === "right") continue;
        const { numerator: a, denominator: b } = claim;
        const division =
          claim.kind === "share"
            ? `${a.raw}÷${b.raw}`
            : claim.kind === "growth"
              ? `（${a.raw}-${b.raw}）÷${b.raw}`
              : `（${b.raw}-${a.raw}）÷${b.raw}`;
        found.push({
          at: [narrative.at],
          figures: {
            where: narrative.name,
            stated: quoteOf(claim.percent),
            calculation: `${division}=${showDecimal(claim.computed)}%`,
            computed: `${showDecimal(claim.computed)}%`,
          },
        });
      }
    }
    return seen === 0 ? notApplicable("文字中没有同时写明分子、分母的百分比") : outcomeOf(found);
  },
  message: ({ where, stated, calculation }) => `${where}中${stated}，而${calculation}。`,
  remedy: ({ stated, computed }) => `核对${stated}及其分子、分母（重新计算为${computed}）。`,
  examples: {
    fails: [
      {
        says: "合格率不是合格数除以抽检数",
        given: exampleForm({ achieved: "全年抽检水样250份，合格240份，合格率98%。" }),
      },
      { says: "增长率算错", given: exampleForm({ achieved: "供水户数由4000户增加到4600户，增长12%。" }) },
    ],
    passes: [
      { says: "合格率正确", given: exampleForm({ achieved: "全年抽检水样250份，合格240份，合格率96%。" }) },
      {
        says: "截尾的百分比也算相符",
        given: exampleForm({ achieved: "计划检修泵站30座，实际检修29座，完成率96.66%。" }),
      },
      {
        says: "满意度不是问卷份数之比",
        given: exampleForm({ achieved: "发放问卷200份，收回190份，用水户满意度97%。" }),
      },
      {
        says: "两个并列的数不是分子分母",
        given: exampleForm({ achieved: "新建管道12公里，改造管道8公里，完成率100%。" }),
      },
    ],
  },
});
