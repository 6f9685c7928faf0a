import { halfWidth, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** The signs and words of a requirement. “超过” and “以上” are left out: people also tell a result with them. */
const REQUIREMENT =
  /^(?:[≥≧⩾≮≤≦⩽≯><﹥﹤〉〈]|[=][><]|大于|小于|高于或?等于|低于或?等于|不低于|不少于|不小于|不高于|不大于|不多于|不得|至少|至多)/;
/** Rows quoted in one finding. */
const QUOTED = 3;

type Figures = { quoted: string; rows: string };

/** Actuals that repeat the comparison of a target, ≥95% or 不低于95%: what was reached is not said. */
export const actualWrittenAsBound: Rule = formRule<Figures>({
  id: "actual-written-as-bound",
  code: "AR-04",
  title: "实际完成值写成了要求，不是实际数",
  explains:
    "定量指标的完成值应是实际达到的数；带着“≥”“≤”“不低于”一类比较号的只说明没有低于某数，实际是多少无从核对。“1000人以上”“24小时内”一类叙述结果的写法不提示。一张表合并为一条。",
  kind: "auto",
  basis: [cite("form", "必填栏")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const counted = facts.rows.filter(({ target, actual }) => target !== null && actual !== null);
    if (counted.length === 0) return notApplicable("没有填了完成值的定量指标");
    const bounds = counted.filter(({ row }) =>
      REQUIREMENT.test(halfWidth(row.actual.text ?? "").replace(/\s+/g, "")),
    );
    if (bounds.length === 0) return outcomeOf<Figures>([]);
    const quoted = bounds
      .slice(0, QUOTED)
      .map(({ name, index, row }) => `「${name || `第${index + 1}行`}」“${said(row.actual)}”`)
      .join("、");
    return outcomeOf([
      {
        at: bounds.map(({ index }) => place.indicator(index, "actual")),
        figures: { quoted, rows: String(bounds.length) },
      },
    ]);
  },
  message: ({ quoted, rows }) =>
    `${quoted}${Number(rows) > QUOTED ? `等${rows}行` : ""}的实际完成值带着比较号，没有写明实际达到多少。`,
  remedy: () => "填写统计或测得的数，去掉比较号；还没有统计的，先统计再填。",
  examples: {
    fails: [
      {
        says: "完成值照抄“≥95%”",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", "≥95%", "≥95%", "15", "15"] }),
        }),
      },
      {
        says: "比较号写成文字",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", "≥95%", "大于等于97%", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "写明实际数", given: exampleForm() },
      {
        says: "叙述结果的“以上”“内”",
        given: exampleForm({
          rows: withRows({
            3: ["时效指标", "报修故障平均处理时间", "≤24小时", "24小时内", "10", "10"],
            4: ["社会效益指标", "受益农村人口数", "≥8000人", "8000人以上", "15", "15"],
          }),
        }),
      },
      {
        says: "等号不是范围",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", "=100%", "=100%", "15", "15"] }),
        }),
      },
    ],
  },
});
