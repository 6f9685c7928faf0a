import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type RowMeaning, rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { bareWords, holdsFigure, namesDate } from "../../lexicon/wording.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; target: string; actual: string; why: string };

const COMPARES = /同比|环比|较上年|比上年|较去年|比去年|较上一年/;
const QUALITY_WORDS = /^(?:合规|合格|达标|规范|准确|符合要求|符合标准|健全|完备|真实)$/;
const DATE_NAME =
  /(?:完成|办结|竣工|完工|开工|交付|发放|拨付|验收|投用|上线|报送|提交|招录|启动)(?:的)?(?:时间|日期|时点|时限|期限)$|时限$/;
const COUNT_NAME = /(?:人数|人次|次数|户数|件数|家数|台数|套数|份数|面积|里程|长度|场次)$/;

function contradiction({ facts: row, name, category }: RowMeaning, isUnderWay: boolean): string | null {
  const { target, actual } = row.row;
  if (target.text === null || name.bare === "") return null;
  const words = bareWords(target.text);
  const figure = holdsFigure(target.text);
  // While there is no actual yet (targets declared, a year under way) the comparison can still be given its figure.
  const isOpen = isUnderWay || actual.text === null;
  if (COMPARES.test(name.bare + words) && !figure && !isOpen && !holdsFigure(actual.text))
    return "要与上年比较，指标值和完成值都没有数字";
  if (
    !figure &&
    name.isRate &&
    !name.isChange &&
    !/^(?:全覆盖|全部|百分之.+|[零无].*|应.{1,4}尽.{1,4})$/.test(words)
  )
    return `名称是比率，指标值却是文字“${target.text}”`;
  if (
    !figure &&
    DATE_NAME.test(name.bare) &&
    !namesDate(target.text) &&
    !/当天|当日|当月|当年|规定|计划|合同|约定|要求|开学|汛期|节前|[前内底末]/.test(words)
  )
    return `名称是时间，指标值“${target.text}”却不是时间`;
  if (name.kind === "timeliness" && /及时性?$/.test(name.bare) && QUALITY_WORDS.test(words))
    return `名称是及时性，指标值却是“${target.text}”`;
  if (!row.target && COUNT_NAME.test(name.bare) && namesDate(target.text) && !row.actual)
    return "名称是数量，指标值却是日期";
  // Under 数量指标 the check of quantities in words says it (AR-44).
  if (category === "quantity") return null;
  if (!figure && COUNT_NAME.test(name.bare) && !/[零无一二三四五六七八九十两百千万]/.test(words))
    return `名称是数量，指标值却是文字“${target.text}”`;
  return null;
}

/** The name promises a rate, a comparison, a date or a number, and the value is something else. */
export const nameAgainstValue: Rule = formRule<Figures>({
  id: "name-against-value",
  code: "AR-131",
  title: "名称与指标值的类型不符",
  explains:
    "名称是率、比例、人数、面积、完成时间，或说的是同比、较上年，而指标值只有文字；名称是及时性而指标值说的是合规、达标。“按规定时间”“合同约定”可以作为完成时间的指标值，全部、零、无等也是数量。",
  kind: "auto",
  basis: [cite("form", "名实相符")],
  force: "should",
  refines: ["AR-44", "AR-51"],
  needs: ["indicators"],
  check: ({ form, facts }) => {
    const found: Found<Figures>[] = [];
    for (const meaning of rowMeanings(facts)) {
      const why = contradiction(meaning, form.kind === "monitoring");
      if (why === null) continue;
      const { facts: row, title } = meaning;
      found.push({
        at: [place.indicator(row.index, "target"), place.indicator(row.index, "name")],
        figures: { row: title, target: said(row.row.target), actual: said(row.row.actual), why },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, why }) => `「${row}」：${why}。`,
  remedy: ({ row }) => `按「${row}」的名称填写相应类型的指标值和完成值，或改写名称。`,
  examples: {
    fails: [
      {
        says: "及时率没有比率",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "低保金发放及时率", "及时", "及时", "10", "10"] }),
        }),
      },
      {
        says: "同比提升而没有数字",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "游客接待量提升情况", "同比提升", "达成指标", "15", "15"] }),
        }),
      },
      {
        says: "完工时间写成达标",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "校舍维修完工时间", "达标", "达标", "10", "10"] }),
        }),
      },
    ],
    passes: [
      { says: "名实相符", given: exampleForm() },
      {
        says: "申报目标时说较上年提高，完成值还没有",
        given: exampleForm({
          kind: "target-declaration",
          rows: withRows({ 4: ["社会效益指标", "游客接待量提升情况", "同比提升", null, null, null] }),
        }),
      },
      {
        says: "按规定时间、全覆盖、有数字的同比",
        given: exampleForm({
          rows: withRows({
            2: ["质量指标", "应检尽检覆盖率", "全覆盖", "全覆盖", "15", "15"],
            3: ["时效指标", "救灾物资发放时间", "按规定时间", "按规定时间", "10", "10"],
            4: ["社会效益指标", "游客接待量同比增长情况", "增长5%以上", "增长7%", "15", "15"],
          }),
        }),
      },
    ],
  },
});
