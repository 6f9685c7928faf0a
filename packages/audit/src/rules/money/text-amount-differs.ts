import {
  absolute,
  compare,
  type Decimal,
  decimal,
  formatDecimal,
  multiply,
  place,
  showDecimal,
  subtract,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { wholeExecution } from "../../facts/execution.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { amountLike, type Narrative, type Quantity, quoteOf, storiesOf } from "../../text/index.ts";

const WAN = decimal(10_000);
const ONE = decimal(1);
/** A rate quoted in the text to fewer places is right up to half its last place; this is for those of two places (AR-22). */
const RATE_TOLERANCE = decimal("0.01");

const BUDGET_LEAD =
  /(?:^|[,，;；。:：、\s]|[0-9]{4}年度?|全年|本年度?|当年|本?项目)(?:安排|批复|下达)?(?:财政)?(?:年初预算|全年预算|年度预算|调整后预算|预算总额|预算资金总额|项目预算|预算安排|预算批复|总预算)(?:数|资金|金额|总额|安排|批复|下达|共计|合计|共|为|是|:|：)*$/;
const SPENT_LEAD =
  /(?:^|[,，;；。:：、\s]|[0-9]{4}年度?|全年|本年度?|当年|本?项目)(?:共|共计|合计|累计)?(?:全年执行数?|全年支出|实际支出|实际执行|执行数|支出总额|资金支出|预算执行数|项目支出)(?:数|资金|金额|总额|共计|合计|共|为|是|:|：)*$/;
const RATE_LEAD = /(?:预算|资金)?执行率(?:达到?|为|是|完成|:|：)*$/;
const PARTIAL =
  /其中|子项目|分项|部分|二级项目|第[一二三四五六七八九十]|[（(][一二三四五六七八九十0-9]+[）)]/;

type Figures = {
  where: string;
  quote: string;
  column: string;
  printed: string;
  text: string;
  difference: string;
};

type Kind = "budget" | "spent" | "rate";

function kindOf(quantity: Quantity, before: string): Kind | null {
  if (quantity.kind === "percent") return RATE_LEAD.test(before) ? "rate" : null;
  if (quantity.kind !== "money" || quantity.per.length > 0) return null;
  if (BUDGET_LEAD.test(before)) return "budget";
  return SPENT_LEAD.test(before) ? "spent" : null;
}

/** A year other than the form's named in the sentence before: then the amount is of that year. */
function otherYear(story: Narrative, at: number, year: number | null): boolean {
  const from = Math.max(story.normal.lastIndexOf("。", at), story.normal.lastIndexOf("\n", at), at - 80);
  const before = story.normal.slice(Math.max(0, from), at);
  const years: readonly string[] = before.match(/(?:19|20)[0-9]{2}(?=年)/g) ?? [];
  return /上年|去年|上年度/.test(before) || (year !== null && years.some((each) => each !== String(year)));
}

/** The budget, expenditure or rate of the whole project in the text is not the one of the funds table. */
export const textAmountDiffers: Rule = formRule<Figures>({
  id: "text-amount-differs",
  code: "AR-30",
  title: "文字中的预算、支出或执行率与资金表不符",
  explains:
    "文字明说是全项目的预算、支出总额或执行率的，换算单位后与资金表比较；与任何一行的年初预算、全年预算或执行数相等都算相符，按文字自己的小数位取舍。分项金额、约数、往年数、括号内的数不比较；同一种说法出现几次的，列为待人工判断。",
  kind: "auto",
  basis: [cite("checkers", "金额一致"), cite("reading", "文字一致性")],
  force: "should",
  needs: ["funds"],
  check: (dossier) => {
    const { form, facts } = dossier;
    const unit = form.moneyUnit === "万元" ? WAN : form.moneyUnit === "元" ? ONE : null;
    if (!unit) return notApplicable("资金表没有标明元或万元");
    const whole = wholeExecution(dossier);
    const total = facts.totalFund ?? facts.scoredFund;
    const budgets: Decimal[] = [];
    const spents: Decimal[] = [];
    for (const fund of facts.funds) {
      for (const value of [fund.initialBudget, fund.adjustedBudget])
        if (value) budgets.push(multiply(value, unit));
      if (fund.expenditure) spents.push(multiply(fund.expenditure, unit));
    }
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    for (const story of storiesOf(form)) {
      const claims: { readonly kind: Kind; readonly quantity: Quantity }[] = [];
      for (const quantity of story.quantities) {
        if (quantity.approximate || quantity.limit || quantity.group !== -1) continue;
        const before = story.normal.slice(Math.max(0, quantity.start - 24), quantity.start);
        const kind = kindOf(quantity, before);
        if (kind && !otherYear(story, quantity.start, form.year)) claims.push({ kind, quantity });
      }
      for (const { kind, quantity } of claims) {
        const half: Decimal = { units: quantity.step.units * 5n, scale: quantity.step.scale + 1 };
        const right = kind === "budget" ? budgets : kind === "spent" ? spents : [];
        if (kind === "rate") {
          const rates = [whole?.percent, whole?.truncated, total?.executionRate].filter(
            (value) => value !== undefined && value !== null,
          );
          if (
            rates.length === 0 ||
            rates.some(
              (rate) => near(rate, quantity.value, half) || near(rate, quantity.value, RATE_TOLERANCE),
            )
          )
            continue;
        } else if (right.length === 0 || right.some((value) => near(value, quantity.value, half))) continue;
        const repeated = claims.filter((claim) => claim.kind === kind).length > 1;
        const before = story.normal.slice(Math.max(0, quantity.start - 60), quantity.start);
        const column = kind === "budget" ? "预算数" : kind === "spent" ? "全年执行数" : "执行率";
        const printed =
          kind === "rate"
            ? `${formatDecimal(total?.executionRate ?? whole?.percent ?? quantity.value)}%`
            : kind === "spent"
              ? `${showDecimal(total?.expenditure ?? quantity.value)}${form.moneyUnit ?? ""}`
              : [
                  total?.initialBudget ? `年初${showDecimal(total.initialBudget)}` : "",
                  total?.adjustedBudget ? `全年${showDecimal(total.adjustedBudget)}` : "",
                ]
                  .filter((part) => part !== "")
                  .join("、") + (form.moneyUnit ?? "");
        if (repeated || PARTIAL.test(before)) {
          unclear.push({
            at: [story.at],
            why: `${story.name}中${quoteOf(quantity)}与资金表的${column}（${printed}）不同，不能判断是否只是其中一部分`,
          });
          continue;
        }
        const nearest = kind === "spent" ? spents[0] : kind === "budget" ? budgets[0] : undefined;
        found.push({
          at: [
            story.at,
            place.fund(
              total?.index ?? 0,
              kind === "rate" ? "executionRate" : kind === "spent" ? "expenditure" : "adjustedBudget",
            ),
          ],
          figures: {
            where: story.name,
            quote: quoteOf(quantity),
            column,
            printed,
            text: quantity.raw,
            difference: nearest ? amountLike(absolute(subtract(nearest, quantity.value)), quantity) : "",
          },
        });
      }
    }
    return outcomeOf(found, unclear);
  },
  message: ({ where, quote, column, printed }) =>
    `${where}中${quote}，资金表的${column}为${printed}，两处不符。`,
  remedy: ({ text, column }) => `核对文字中的${text}和资金表的${column}，使两处一致；口径不同的写明口径。`,
  examples: {
    fails: [
      {
        says: "文字写全年支出98.10万元，表上93.10万元",
        given: exampleForm({
          achieved: "2024年维护供水管道126公里，全年支出98.10万元，8630名农村居民受益。",
        }),
      },
      {
        says: "文字写执行率98%，表上95%",
        given: exampleForm({ achieved: "2024年维护供水管道126公里，预算执行率98%，8630名农村居民受益。" }),
      },
    ],
    passes: [
      { says: "文字没有金额", given: exampleForm() },
      {
        says: "换算后相等",
        given: exampleForm({ achieved: "2024年年初预算98万元，全年支出93.1万元，预算执行率95%。" }),
      },
      {
        says: "往年的支出",
        given: exampleForm({ achieved: "2023年项目支出88万元。2024年维护供水管道126公里。" }),
      },
      {
        says: "分项的支出",
        given: exampleForm({ achieved: "其中水质化验支出12万元，管道抢修支出41万元。" }),
      },
    ],
  },
});

function near(a: Decimal, b: Decimal, tolerance: Decimal): boolean {
  return compare(absolute(subtract(a, b)), tolerance) <= 0;
}
