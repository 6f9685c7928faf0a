import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { rows: string };

/** Rows stand under satisfaction, yet none of them measures any. */
export const noSatisfactionMeasured: Rule = formRule<Figures>({
  id: "no-satisfaction-measured",
  code: "AR-54",
  title: "满意度栏下没有满意度指标",
  explains:
    "满意度指标下列有行，而没有一行衡量满意度；满意度也没有列在别处。只有投诉、好评等接近满意度的行时列为待人工判断。整个一级指标缺失由完整性检查指出。",
  kind: "auto",
  basis: [cite("reviewers", "满意度")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts);
    const under = rows.filter(({ category, name }) => category === "satisfaction" && name.bare !== "");
    if (under.length === 0) return notApplicable("没有满意度一栏，由完整性检查处理");
    if (rows.some(({ name }) => name.kind === "satisfaction")) return outcomeOf<Figures>([]);
    const at = under.map(({ facts: { index } }) => place.indicator(index, "name"));
    const names = under.map(({ title }) => `「${title}」`).join("、");
    if (
      under.some(({ name }) =>
        /投诉|信访|好评|差评|认可|评价|口碑|幸福感|获得感|安全感|反映|意见|事件/.test(name.bare),
      )
    )
      return outcomeOf<Figures>([], [{ at, why: `满意度栏下只有${names}，是否算得上满意度需人工判断。` }]);
    return outcomeOf<Figures>([{ at, figures: { rows: names } }]);
  },
  message: ({ rows }) => `满意度指标下只有${rows}，不是满意度，全表没有满意度指标。`,
  remedy: () => "补充服务对象或受益群众的满意度指标，错放的行移到相符的类别。",
  examples: {
    fails: [
      {
        says: "满意度栏下是制度建设",
        given: exampleForm({
          rows: withRows({ 6: ["服务对象满意度指标", "管护制度完善程度", "完善", "完善", "10", "10"] }),
        }),
      },
    ],
    passes: [
      { says: "有满意度", given: exampleForm() },
      {
        says: "满意度列在了社会效益下，由归类检查处理",
        given: exampleForm({
          rows: withRows({
            4: ["社会效益指标", "村民满意度", "≥90%", "93%", "15", "15"],
            6: ["服务对象满意度指标", "管护制度完善程度", "完善", "完善", "10", "10"],
          }),
        }),
      },
    ],
  },
});
