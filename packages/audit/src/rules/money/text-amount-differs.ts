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
  yuanPer,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { wholeExecution } from "../../facts/execution.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { amountLike, type Narrative, type Quantity, quoteOf, storiesOf } from "../../text/index.ts";

const WAN = decimal(10_000);
/** An amount of the table in yuan, and half its last place where that is coarser than what a text states. */
interface Printed {
  readonly value: Decimal;
  readonly half: Decimal;
}

/** A rate quoted in the text to fewer places is right up to half its last place; this is for those of two places (AR-22). */
const RATE_TOLERANCE = decimal("0.01");

/** Words of a clause that name the whole project and nothing of it. */
const GENERAL =
  "(?:截至|截止|年底|年末|年内|(?:19|20)[0-9]{2}年度?|全年度?|本年度?|当年度?|年度|本|该|项目|资金|经费|财政|专项|总|共计?|合计|累计|实际|已|全部|安排|批复|下达|落实|到位|投入|完成|的|为|是|:|数|金额|额|总额)*";
const BUDGET_CLAUSE = new RegExp(`^${GENERAL}(?:年初|全年|年度|调整后|总)?预算${GENERAL}$`);
const SPENT_CLAUSE = new RegExp(`^${GENERAL}(?:预算)?(?:支出|执行|支付|使用)${GENERAL}$`);
/** What tells a clause of the whole project from the last words on one item. */
const WHOLE = /(?:19|20)[0-9]{2}年|全年|年度|当年|年初|年底|年末|项目|总预算|预算总额|调整后/;
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

interface Claim {
  readonly kind: Kind;
  readonly quantity: Quantity;
}

/** The words between the last stop and the amount; a stop inside a number is none. */
function clauseBefore(story: Narrative, at: number): string {
  let from = at;
  while (from > 0 && at - from < 40 && !/[,;。、!?\n()]/.test(story.normal.charAt(from - 1))) from -= 1;
  return story.normal.slice(from, at).replace(/\s+/g, "");
}

function kindOf(story: Narrative, quantity: Quantity, before: readonly Claim[]): Kind | null {
  const clause = clauseBefore(story, quantity.start);
  if (quantity.kind === "percent") return RATE_LEAD.test(clause) ? "rate" : null;
  if (quantity.kind !== "money" || quantity.per.length > 0) return null;
  const kind = BUDGET_CLAUSE.test(clause) ? "budget" : SPENT_CLAUSE.test(clause) ? "spent" : null;
  if (kind === null || WHOLE.test(clause)) return kind;
  // 项目全年预算98万元，实际支出93万元: the second amount is of the same whole as the first right before it.
  const last = before.at(-1)?.quantity;
  return last &&
    quantity.start - last.end < 14 &&
    !/[。;\n]/.test(story.normal.slice(last.end, quantity.start))
    ? kind
    : null;
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
    const unit = yuanPer(form.moneyUnit);
    if (!unit) return notApplicable("资金表没有标明金额单位");
    const whole = wholeExecution(dossier);
    const total = facts.totalFund ?? facts.scoredFund;
    const budgets: Printed[] = [];
    const spents: Printed[] = [];
    const inYuan = (value: Decimal): Printed => ({
      value: multiply(value, unit),
      // A table in millions is coarser than the text beside it: an amount within its rounding is the same.
      half:
        compare(unit, WAN) > 0
          ? multiply({ units: 5n, scale: value.scale + 1 }, unit)
          : { units: 0n, scale: 0 },
    });
    for (const fund of facts.funds) {
      for (const value of [fund.initialBudget, fund.adjustedBudget]) if (value) budgets.push(inYuan(value));
      if (fund.expenditure) spents.push(inYuan(fund.expenditure));
    }
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    for (const story of storiesOf(form)) {
      const claims: Claim[] = [];
      for (const quantity of story.quantities) {
        if (quantity.approximate || quantity.limit || quantity.group !== -1) continue;
        const kind = kindOf(story, quantity, claims);
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
        } else if (
          right.length === 0 ||
          right.some(
            (each) => near(each.value, quantity.value, half) || near(each.value, quantity.value, each.half),
          )
        )
          continue;
        const repeated = claims.filter((claim) => claim.kind === kind).length > 1;
        const sentence = Math.max(
          story.normal.lastIndexOf("。", quantity.start),
          story.normal.lastIndexOf("\n", quantity.start),
          quantity.start - 60,
        );
        const before = story.normal.slice(Math.max(0, sentence), quantity.start);
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
            difference: nearest
              ? amountLike(absolute(subtract(nearest.value, quantity.value)), quantity)
              : "",
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
        says: "预算与支出连写，支出不符",
        given: exampleForm({ achieved: "项目全年预算98万元，实际支出83.1万元，维护供水管道126公里。" }),
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
