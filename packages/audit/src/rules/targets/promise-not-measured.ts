import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { sameUnit } from "../../lexicon/units.ts";
import { type Doubt, formRule, outcomeOf, type Rule } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";

const PROMISE =
  /(?:完成|开展|举办|组织|建设|新建|改造|购置|采购|新增|培训|发放|安装|维修|扶持|培育|引进|建成|设立|打造|修建|铺设|种植|制作|编制|拍摄|召开|帮扶|资助|补助|救助)/;

/** A counted promise of the goal that no indicator measures, neither by number nor by unit. */
export const promiseNotMeasured: Rule = formRule({
  id: "promise-not-measured",
  code: "AR-50",
  title: "目标的承诺有没有指标衡量",
  explains:
    "预期目标中用动词承诺的数量（如举办几场、建设几座），指标里既没有同一数字，也没有以同一单位计的行，列为待人工判断。金额、比率、时间、引用文件的数字不查。",
  kind: "assist",
  basis: [cite("checkers", "目标未被衡量")],
  force: "should",
  needs: ["indicators", "goal"],
  check: ({ form, facts }) => {
    const units: string[] = [];
    const values = new Set<string>();
    for (const { facts: row } of rowMeanings(facts)) {
      for (const measure of [row.row.target, row.row.actual]) {
        if (measure.unit !== null && !units.includes(measure.unit)) units.push(measure.unit);
        if (measure.value !== null) values.add(measure.value.replace(/\.0+$/, ""));
      }
    }
    const unclear: Doubt[] = [];
    for (const story of storiesOf(form)) {
      if (story.side !== "expected") continue;
      const open: string[] = [];
      for (const quantity of story.quantities) {
        if (quantity.kind !== "count" || quantity.unit === null || quantity.per.length > 0 || quantity.worded)
          continue;
        if (quantity.group >= 0 || !PROMISE.test(quantity.lead)) continue;
        const plain = quantity.raw.replace(/[^\d.]/g, "").replace(/\.0+$/, "");
        if (
          values.has(plain) ||
          units.some((unit) => quantity.unit !== null && sameUnit(unit, quantity.unit))
        )
          continue;
        open.push(`${quantity.lead}${quantity.raw}${quantity.tail.slice(0, 8)}`);
      }
      if (open.length > 0)
        unclear.push({
          at: [story.at],
          why: `${story.name}中的“${open.slice(0, 3).join("”“")}”没有同数或同单位的指标，是否有指标衡量需人工判断。`,
        });
    }
    return outcomeOf([], unclear);
  },
  message: () => "目标的承诺没有指标衡量。",
  remedy: () => "为目标中的主要承诺设置指标，或从目标中删去。",
  examples: {
    fails: [
      {
        says: "目标要办讲座，没有指标",
        given: exampleForm({
          expected: "全年维护供水管道120公里以上，并在各村举办节水讲座45场，提高农户节水意识。",
        }),
      },
    ],
    passes: [
      { says: "目标的数量都有指标", given: exampleForm() },
      {
        says: "金额和条文里的数字不是承诺",
        given: exampleForm({
          expected: "按照每公里3000元的标准安排资金，维护供水管道120公里以上，共安排36万元。",
        }),
      },
    ],
  },
});
