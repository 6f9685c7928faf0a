import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { CATEGORY_WORDS } from "../../lexicon/categories.ts";
import { type RowMeaning, rowMeanings } from "../../lexicon/row-meaning.ts";
import { holdsFigure, namesDate } from "../../lexicon/wording.ts";
import { type Doubt, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const ECOLOGICAL =
  /生态|环境|环保|苗|树|木|花|鱼|污染|水质|空气|大气|土壤|排放|减排|碳|节能|能耗|能源|节水|节约|资源|绿|林|草|湿地|生物|物种|动植物|野生|垃圾|废|污水|河|湖|海|水体|水源|尘|噪|秸秆|农药|化肥|退化|沙|荒|耕地|植被|低温|储粮|清洁|卫生|景观|人居|美丽|可持续|回收|循环|药物残留|禁捕|渔业|PM|浓度|气|臭氧|氨氮|COD/i;
const ECONOMIC =
  /经济|收入|产值|利润|税|增收|增长|成本|费用|节约|投资|贷款|融资|消费|销售|营业|营收|产量|产业|市场|价格|资产|效益|财政|资金|利息|补贴|就业|负担|GDP|贸易|出口|招商|旅游|游客|减损|损失|效率|用工|企业|商|农产|粮|增产|盈/i;
const TIMELY = /时|期|进度|快|日|月|年|周|季|提前|延/;

function foreign({ name, category, facts: row }: RowMeaning): string | null {
  if (name.bare === "" || name.kind === "execution" || name.kind === "arrival") return null;
  if (category === "ecological" && !ECOLOGICAL.test(name.bare)) return "没有提到生态环境";
  if (category === "economic" && !ECONOMIC.test(name.bare)) return "没有提到经济收益";
  if (
    category === "timeliness" &&
    !TIMELY.test(name.bare) &&
    !namesDate(row.row.target.text) &&
    !/[时期日天]/.test(row.row.target.text ?? "") &&
    (name.kind === "rate" || holdsFigure(row.row.target.text))
  )
    return "没有提到时间或进度";
  return null;
}

/** A row whose words do not speak of its level 2; a person decides. */
export const foreignToCategory: Rule = formRule({
  id: "foreign-to-category",
  code: "AR-46",
  title: "指标是否属于所列的二级类别",
  explains:
    "生态、经济效益和时效指标的名称里没有这一类的词，列为待人工判断。名称本身已说明归错类别的（比率在数量下、人数在质量下等）由归类检查直接指出。",
  kind: "assist",
  basis: [cite("reviewers", "类别归属")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts);
    if (rows.every(({ category }) => category === null)) return notApplicable("没有读到通行的二级指标类别");
    const unclear: Doubt[] = [];
    for (const meaning of rows) {
      const why = foreign(meaning);
      if (why === null || meaning.category === null) continue;
      unclear.push({
        at: [place.indicator(meaning.facts.index, "level2")],
        why: `「${meaning.title}」列在${CATEGORY_WORDS[meaning.category]}下，名称${why}，是否归错类别需人工判断。`,
      });
    }
    return outcomeOf([], unclear);
  },
  message: () => "指标不属于所列的二级类别。",
  remedy: () => "移到相符的类别，或改用与类别相符的指标。",
  examples: {
    fails: [
      {
        says: "生态效益下讲办事效率",
        given: exampleForm({
          rows: withRows({ 5: ["生态效益指标", "窗口办件质效", "提升", "提升", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "各归其类", given: exampleForm() },
      {
        says: "生态效益讲水质",
        given: exampleForm({
          rows: withRows({ 5: ["生态效益指标", "断面水质达标率", "≥90%", "95%", "15", "15"] }),
        }),
      },
    ],
  },
});
