import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";

const CUMULATIVE = /累计|截至|截止|历年|开工以来|成立以来|以来/;
const EARLIER = /上年|去年|往年|前年/;
const OF_THE_YEAR = /(?:本年度?|当年|全年|今年)[^,，;；。]{0,6}累计/;

type Figures = { where: string; amounts: string; count: string };

/** The result of the year names only cumulative amounts or those of earlier years. */
export const onlyCumulativeAmounts: Rule = formRule<Figures>({
  id: "only-cumulative-amounts",
  code: "AR-31",
  title: "实际完成情况只写了累计数或往年数",
  explains:
    "实际完成情况里的金额全部是累计、截至某时或往年的数，看不出本年度用了多少、做了多少。写有本年度金额的不提示；只有一个金额而说法不明的，列为待人工判断。",
  kind: "assist",
  basis: [cite("checkers", "只写累计")],
  force: "hint",
  needs: ["achieved"],
  check: ({ form }) => {
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    let seen = 0;
    for (const story of storiesOf(form)) {
      if (story.side !== "achieved") continue;
      const amounts = story.quantities.filter(({ kind, per }) => kind === "money" && per.length === 0);
      if (amounts.length === 0) continue;
      seen += amounts.length;
      let sure = 0;
      let doubtful = 0;
      for (const { start } of amounts) {
        const from = Math.max(
          story.normal.lastIndexOf("。", start),
          story.normal.lastIndexOf(";", start),
          start - 60,
          0,
        );
        const before = story.normal.slice(from, start);
        const years: readonly string[] = before.match(/(?:19|20)[0-9]{2}(?=年)/g) ?? [];
        const own = form.year !== null && years.includes(String(form.year));
        const earlier =
          years.length > 0 && form.year !== null && years.every((year) => Number(year) < (form.year ?? 0));
        if (OF_THE_YEAR.test(before) || (own && !CUMULATIVE.test(before))) continue;
        if (CUMULATIVE.test(before) || EARLIER.test(before) || earlier) {
          if (own) doubtful += 1;
          else sure += 1;
        }
      }
      if (sure + doubtful < amounts.length) continue;
      const list = amounts.slice(0, 5).map(({ raw }) => raw);
      if (doubtful > 0)
        unclear.push({
          at: [story.at],
          why: `${story.name}的金额（${list.join("、")}）带有累计字样，不能判断是否为本年度的数`,
        });
      else
        found.push({
          at: [story.at],
          figures: { where: story.name, amounts: list.join("、"), count: String(amounts.length) },
        });
    }
    return seen === 0 ? notApplicable("实际完成情况没有写金额") : outcomeOf(found, unclear);
  },
  message: ({ where, amounts, count }) =>
    `${where}写的${count}个金额（${amounts}）都是累计数或往年数，没有本年度的数。`,
  remedy: () => "写明本年度的支出和完成数，累计数另行说明。",
  examples: {
    fails: [
      {
        says: "只写了累计投入",
        given: exampleForm({ achieved: "项目自实施以来累计投入412万元，供水保障能力明显改善。" }),
      },
    ],
    passes: [
      { says: "没有写金额", given: exampleForm() },
      {
        says: "累计数之外写了本年度的数",
        given: exampleForm({ achieved: "项目累计投入412万元，其中2024年支出93.10万元，维护管道126公里。" }),
      },
    ],
  },
});
