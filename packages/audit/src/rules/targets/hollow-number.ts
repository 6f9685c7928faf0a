import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

const ABSTRACT =
  /(?:效益|可持续影响|影响力|影响|发展|形象|意识|素质|氛围|环境|稳定|和谐|水平|能力|作用|效果|成效|意义)$|^(?:促进|推动|推进|改善|增强|加强|保障|维护|优化|营造|减轻|助力|巩固)/;
const DEFINITE =
  /率|比例|占比|比重|覆盖|满意|指数|得分|分数|数$|数量|人次|面积|收入|产值|额|量$|浓度|等级|天$|时间|次数|较上年|同比|增长|下降|提高|提升|减少|降低|达标|完成/;

type Figures = { row: string; target: string };

/** A percentage of something that has no denominator: 社会效益 ≥95%. */
export const hollowNumber: Rule = formRule<Figures>({
  id: "hollow-number",
  code: "AR-52",
  title: "看似量化的空数字",
  explains:
    "名称是效益、影响、发展、能力等抽象事物，指标值却是百分比，没有分子、分母和来源。名称写明率、占比、覆盖、满意度等的不提示；写有计算标准的不提示。",
  kind: "assist",
  basis: [cite("reviewers", "空泛数字")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, unit, title } of rowMeanings(facts)) {
      if (unit !== "percent" || !row.target || row.row.criteria !== null || row.row.evidence !== null)
        continue;
      if (!ABSTRACT.test(name.bare) || DEFINITE.test(name.bare)) continue;
      found.push({
        at: [place.indicator(row.index, "target")],
        figures: { row: title, target: said(row.row.target) },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target }) =>
    `「${row}」的年度指标值为“${target}”，没有说明是什么占什么的百分之几，也没有数据来源。`,
  remedy: ({ row }) => `写明「${row}」的计算方法和数据来源，或改用可以统计的指标。`,
  examples: {
    fails: [
      {
        says: "推动产业发展≥95%",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "推动特色产业健康发展", "≥95%", "95%", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "占比有分母", given: exampleForm() },
      {
        says: "知晓率",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "促进就业政策知晓率", "≥85%", "90%", "15", "15"] }),
        }),
      },
    ],
  },
});
