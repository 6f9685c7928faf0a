import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { type Narrative, storiesOf } from "../../text/index.ts";

const WORDED_FIGURE =
  /百分之|[一二三四五六七八九十百千万两]+(?:个|名|人|户|家|次|场|期|批|项|座|所|处|套|台|辆|条|公里|亩|吨)/;
const YEAR_ONLY = /^[0-9]{4}$/;

/** Whether the text holds an amount, a share, a period or a date beyond the bare year. */
function hasSpecifics({ quantities, normal }: Narrative): boolean {
  return (
    WORDED_FIGURE.test(normal) ||
    quantities.some(
      ({ kind, raw, unit }) =>
        kind !== "label" || unit === "月" || (unit !== "年" && !YEAR_ONLY.test(raw) && unit !== null),
    )
  );
}

type Said = { where: string };

/** AR-113: a goal or a result without any quantity, share, period or date. */
export const goalWithoutSpecifics = formRule<Said>({
  id: "goal-without-specifics",
  code: "AR-113",
  title: "目标或完成情况没有数量和期限",
  explains:
    "预期目标、实际完成情况通篇没有一个数量、比率、金额、期限或日期的，指出。年度、文号、文件名中的数字不算。",
  kind: "auto",
  basis: [cite("reading", "缺具体内容")],
  force: "hint",
  needs: [],
  check({ form }) {
    const stories = storiesOf(form);
    if (stories.length === 0) return notApplicable("没有填写目标和完成情况");
    const found: Found<Said>[] = stories
      .filter((narrative) => !hasSpecifics(narrative))
      .map((narrative) => ({ at: [narrative.at], figures: { where: narrative.name } }));
    return outcomeOf(found);
  },
  message: ({ where }) => `${where}没有一个数量、比率或期限，无法衡量。`,
  remedy: ({ where }) => `在${where}中写明主要工作的数量、对象、范围和时间。`,
  examples: {
    fails: [
      {
        says: "目标只有原则性表述",
        given: exampleForm({ expected: "扎实做好农村供水管护，积极回应用水户诉求，不断提升服务水平。" }),
      },
      {
        says: "只有文号和年份",
        given: exampleForm({ achieved: "2024年按照云水〔2023〕5号文件完成各项任务。" }),
      },
    ],
    passes: [
      { says: "都有数量", given: exampleForm() },
      {
        says: "用汉字写的数量",
        given: exampleForm({ achieved: "完成六个乡镇的管道维护，开展三次水质检测。" }),
      },
    ],
  },
});
