import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { bareWords, holdsFigure } from "../../lexicon/wording.ts";
import { type Doubt, type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

const DISCIPLINE = /投诉|违纪|违规|违法|事故|纠纷|信访|差错|合规|规范|达标|完成/;
const ABOUT_SATISFACTION = /满意|好评|认可|称赞|良好|优/;

type Figures = { row: string; target: string };

/** A satisfaction row whose target speaks of something else. */
export const notSatisfaction: Rule = formRule<Figures>({
  id: "not-satisfaction",
  code: "AR-124",
  title: "满意度指标没有衡量满意度",
  explains:
    "名称为满意度而指标值说的是有无投诉、违纪、是否合规等另一件事的，没有衡量满意度。满意度栏下只有投诉等事项时列为待人工判断，长效机制等错放的由归类检查处理。",
  kind: "assist",
  basis: [cite("reading", "满意度对象"), cite("checkers", "满意度调查")],
  force: "should",
  // Both say that no complaint is not satisfaction.
  refines: ["AR-86"],
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    for (const { facts: row, name, category, title } of rowMeanings(facts)) {
      const target = row.row.target.text;
      if (name.kind === "satisfaction") {
        const words = bareWords(target);
        if (row.target || words === "" || holdsFigure(target) || ABOUT_SATISFACTION.test(words)) continue;
        if (DISCIPLINE.test(words))
          found.push({
            at: [place.indicator(row.index, "target")],
            figures: { row: title, target: said(row.row.target) },
          });
      } else if (
        category === "satisfaction" &&
        name.kind === "other" &&
        name.bare !== "" &&
        !/好评|认可|口碑|幸福感|获得感|评价/.test(name.bare)
      ) {
        unclear.push({
          at: [place.indicator(row.index, "name")],
          why: `「${title}」列在满意度指标下，名称没有说明问的是谁、是否满意。`,
        });
      }
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, target }) =>
    `「${row}」的年度指标值为“${target}”，说的不是满意程度，没有投诉或没有违规不等于满意。`,
  remedy: ({ row }) => `为「${row}」设定可调查的满意比例；投诉、合规等另列相应类别的指标。`,
  examples: {
    fails: [
      {
        says: "用没有投诉代替满意度",
        given: exampleForm({
          rows: withRows({
            6: ["服务对象满意度指标", "就诊群众满意度", "无有效投诉", "达成指标", "10", "10"],
          }),
        }),
      },
    ],
    passes: [
      { says: "满意度有比例", given: exampleForm() },
      {
        says: "文字档次也是满意程度",
        given: exampleForm({
          rows: withRows({ 6: ["服务对象满意度指标", "就诊群众满意度", "基本满意以上", "满意", "10", "10"] }),
        }),
      },
    ],
  },
});
