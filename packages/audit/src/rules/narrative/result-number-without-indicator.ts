import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { formRule, outcomeOf } from "../../rule.ts";
import { percentClaimsOf, type Quantity, quoteOf, sumClaimsOf } from "../../text/index.ts";
import { keyOf, rateProofsOf, reportedAmounts, resultsOf, rowValues } from "./count-joins.ts";

/** How many numbers a message names; the rest are counted. */
const MOST_NAMED = 6;

/** How far a figure rose or fell is no amount of its own: 增加4公里, 较上年减少9吨, 多完成2处; 增加到 names the level. */
const STEP_BEFORE =
  /(?:增加|增长|增多|净增|减少|下降|降低|压减|缩短|延长|扩大|提升|提高|上升|超出|超额|富余|相差|仅差|还差|[多少超]额?(?:完成|建成?|改造|维修|养护|培训|举办|开展|发放|服务|覆盖|处理)?)了?$/;
const COMPARED =
  /(?:比|较)(?:上年|去年|上一年|往年|年初|同期|计划|目标|预期|原来|以往|[0-9]{4}年)|同比|环比|相比/;
/** People who are paid for their work are a cost, no output: 劳务费10人, 10人劳务费. */
const PAID_BEFORE =
  /(?:费用?|工资|报酬|酬金|薪酬|薪金|社保|劳务|用工|临工)(?:共计?|合计|为|发放|支付|[:：])?$/;
const PAID_AFTER = /^的?(?:劳务|人工|讲课|授课|专家|评审|加班|误餐|差旅|工资|报酬|酬金|薪酬|社保|聘用|用工)/;
/** How the work was gone about is no output: 一式3份, 公示5个工作日, 由1名分管领导和3名骨干组成. */
const PROCEDURE_BEFORE = /(?:一式|公示|成立由|组建由|组成由)(?:期|为|不少于)?$/;
const PROCEDURE_AFTER = /^(?:工作日|日历天|自然日)|^[^,，。;；]{0,10}组成的?/;
/** What is said not to belong to the project: 社会捐资购置20台，不计入本项目. */
const NOT_ITS_OWN =
  /(?:不|未|没有|并未|均未|均不)(?:计入|列入|纳入|属于|算入|算作|包含在|包括在|含在|占用|使用|动用)[^。;]{0,8}?(?:项目|预算|资金|专项|绩效|范围|考核|统计)|(?:属于?|列入|纳入|来自|使用)(?:其他|另一个?|别的|上级)[^。;]{0,8}?(?:项目|专项|渠道)|(?:非|不是)本项目/;
/** Such words speak of the number in their clause or in the one before; further back only where others' money is named beside it. */
const CLAUSES_ON = 1;
const OTHERS_MONEY = /捐|自筹|赞助|垫付|其他资金|社会资金/;
const REACH = 60;

function isNoOutput({ normal }: { readonly normal: string }, quantity: Quantity): boolean {
  const { lead, tail, family, end } = quantity;
  if (STEP_BEFORE.test(lead) || COMPARED.test(lead)) return true;
  if (PROCEDURE_BEFORE.test(lead) || PROCEDURE_AFTER.test(tail)) return true;
  if (family === "人" && (PAID_BEFORE.test(lead) || PAID_AFTER.test(tail))) return true;
  const sentence = /^[^。;；\n]*/.exec(normal.slice(end, end + REACH))?.[0] ?? "";
  const own = NOT_ITS_OWN.exec(sentence);
  return (
    own !== null &&
    sentence.slice(0, own.index).split(/[,，]/).length - 1 <=
      (OTHERS_MONEY.test(lead) ? CLAUSES_ON + 1 : CLAUSES_ON)
  );
}

type Said = { numbers: string; count: string };

/** AR-106: amounts in the result text that no indicator carries. */
export const resultNumberWithoutIndicator = formRule<Said>({
  id: "result-number-without-indicator",
  code: "AR-106",
  title: "完成情况中的数量没有指标承载",
  explains:
    "完成情况里写有数量和单位、而指标值和完成值中都没有的数。已有指标承载的合计的分项和比率的分子分母、计划数、标准、约数、金额、百分比、年份和文号不算；比上年或计划增减的数、领取劳务费等报酬的人数、写明不计入本项目的数，一式几份、公示几个工作日、几人组成工作组等工作程序的数也不算。",
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
          !isNoOutput(narrative, quantity) &&
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
        says: "增减的数、付酬的人数、不属于本项目的数",
        given: exampleForm({
          achieved:
            "维护管道126公里，比上年增加4公里，漏水量减少9吨；支付巡线劳务费10人；社会捐资购置水表20只，不计入本项目。8630名居民受益。",
        }),
      },
      {
        says: "分项之和有指标承载",
        given: exampleForm({ achieved: "东片维护管道80公里，西片46公里，共计126公里，8630名居民受益。" }),
      },
    ],
  },
});
