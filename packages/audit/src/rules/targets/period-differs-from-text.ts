import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { bareName } from "../../lexicon/names.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";

type Figures = { printed: string; words: string; where: string };

const DIGITS = "零一二三四五六七八九十";
const YEARS = "(\\d{1,2}|[一二两三四五六七八九十])\\s*(?:个)?年";
const PERIOD =
  /^(?:项目)?(?:实施|建设|执行|项目|服务)?(?:期限?|周期|年限|工期|期)$|^(?:项目|实施|建设|执行)(?:起止)?(?:时间|期间|日期)$|^起止(?:时间|日期)$/;
const PERIOD_YEARS = new RegExp(`^(?:共|为|约)?${YEARS}(?:期|\\(|$|,|;)`);
const SPAN =
  /(20\d{2})\s*[年./-]\s*(\d{1,2})?[^至到—~-]{0,8}(?:至|到|—+|-+|~)\s*(20\d{2})\s*[年./-]\s*(\d{1,2})?/;
const START = /(?:开始|起始|开工)(?:日期|时间)$/;
const END = /(?:完成|结束|终止|竣工)(?:日期|时间)$/;
const MONTH = /(20\d{2})\s*[年./-]\s*(\d{1,2})/;
/** The text says in how many years the work is done: 用3年时间, 分三年实施, 为期2年, 3年内完成. */
const SAID = new RegExp(
  `(?:(?:计划|拟|力争|利用|用|通过|历时|为期|分|周期为?|工期为?|期限为?)\\s*${YEARS}(?:时间|左右|期)?|${YEARS}(?:时间|之?内)\\s*(?:分批|分期|逐步|全面|全部)?(?:完成|建成|实施|改造|实现))`,
  "g",
);

function yearsOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (text === "两") return 2;
  const worded = DIGITS.indexOf(text);
  const years = worded > 0 ? worded : Number(text);
  return Number.isInteger(years) && years >= 1 && years <= 30 ? years : null;
}

interface Period {
  readonly at: string;
  readonly text: string;
  /** Months, at least and at most. */
  readonly from: number;
  readonly to: number;
}

/** The project told in one number of years at its head and in another in its goal. */
export const periodDiffersFromText: Rule = formRule<Figures>({
  id: "period-differs-from-text",
  code: "AR-53",
  title: "项目期与文字所说的年数不符",
  explains:
    "表上的项目期（多少年，或起止日期）与目标文字所说的“用几年时间、分几年实施、几年内完成”不同。起止日期按月计算，相差不到半年的不提示；质保、使用、近几年、连续几年等不是实施年限，不比。",
  kind: "auto",
  basis: [cite("reading", "实施年限")],
  force: "should",
  needs: [],
  check: ({ form }) => {
    let period: Period | null = null;
    let start: { at: string; text: string; month: number } | null = null;
    for (const [index, { label, text }] of form.fields.entries()) {
      if (text === null) continue;
      const name = bareName(label);
      const words = text.normalize("NFKC").trim();
      const at = `fields[${index}]`;
      const month = MONTH.exec(words);
      const months = month ? Number(month[1]) * 12 + Number(month[2]) : null;
      if (PERIOD.test(name)) {
        const years = yearsOf(PERIOD_YEARS.exec(words)?.[1]);
        const span = SPAN.exec(words);
        if (years !== null) period ??= { at, text: words, from: years * 12, to: years * 12 };
        else if (span) {
          const length =
            (Number(span[3]) - Number(span[1])) * 12 + Number(span[4] ?? 12) - Number(span[2] ?? 1) + 1;
          period ??= { at, text: words, from: length - 6, to: length + 6 };
        }
      } else if (START.test(name) && months !== null) start ??= { at, text: words, month: months };
      else if (END.test(name) && months !== null && start && !period) {
        const length = months - start.month + 1;
        period = { at, text: `${start.text}至${words}`, from: length - 6, to: length + 6 };
      }
    }
    if (!period) return notApplicable("没有写明项目期");
    const found: Found<Figures>[] = [];
    for (const story of storiesOf(form)) {
      if (story.side !== "expected") continue;
      for (const match of story.normal.matchAll(SAID)) {
        const years = yearsOf(match[1] ?? match[2]);
        if (years === null || (years * 12 >= period.from && years * 12 <= period.to)) continue;
        if (/(?:近|过去|连续|以往|质保|使用|满|每)\s*$/.test(story.normal.slice(0, match.index).slice(-4)))
          continue;
        found.push({
          at: [period.at, story.at],
          figures: { printed: period.text, words: match[0].trim(), where: story.name },
        });
        break;
      }
    }
    return outcomeOf(found);
  },
  message: ({ printed, words, where }) => `表上的项目期为“${printed}”，${where}写的是“${words}”，两处不符。`,
  remedy: () => "核对项目的实施年限，使项目期、资金和文字一致。",
  examples: {
    fails: [
      {
        says: "项目期4年，文字说用3年",
        given: exampleForm({
          kind: "target-declaration",
          expected: "用3年时间分批更换6个乡镇的老旧管道，全年维护管道120公里以上。",
          fields: [{ label: "项目期", text: "4年" }],
        }),
      },
      {
        says: "起止只有一年，文字说分三年",
        given: exampleForm({
          kind: "target-declaration",
          expected: "老旧管道分三年实施更换，全年维护管道120公里以上。",
          fields: [
            { label: "计划开始日期", text: "2024-01-01" },
            { label: "计划完成日期", text: "2024-12-31" },
          ],
        }),
      },
    ],
    passes: [
      {
        says: "一致，或说的不是实施年限",
        given: exampleForm({
          kind: "target-declaration",
          expected: "用三年时间分批更换老旧管道；管道质保5年内免费维修，近2年漏损逐步下降。",
          fields: [{ label: "项目期", text: "3年" }],
        }),
      },
    ],
  },
});
