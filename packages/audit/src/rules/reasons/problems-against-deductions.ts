import { compare, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { readReason } from "../../text/index.ts";

const PROBLEMS = /存在.{0,4}问题|^问题|主要问题|问题及/;
const NONE = /^(?:无|没有|暂无|不存在|未发现)(?:明显|突出)?(?:的)?(?:问题|不足)?$/;

type Said = { label: string; said: string; rows: string };

/** AR-84: points were taken off and the form's own list of problems says there are none; or the reverse. */
export const problemsAgainstDeductions = formRule<Said>({
  id: "problems-against-deductions",
  code: "AR-84",
  title: "扣分与存在问题对不上",
  explains:
    "表上设有“存在问题”栏的：有指标失分而该栏写无或空白的，指出；列了问题而全部满分的，提示核对是否应有扣分。没有该栏的不看。",
  kind: "assist",
  basis: [cite("reviewers", "问题对应")],
  force: "should",
  needs: ["indicators", "points", "scores"],
  check({ form, facts }) {
    const at = form.fields.findIndex(({ label }) => PROBLEMS.test(label));
    const field = form.fields[at];
    if (!field) return notApplicable("表上没有存在问题栏");
    const lost = facts.rows.filter(({ lostPoints }) => lostPoints === true);
    const execution = facts.scoredFund;
    const executionLost =
      execution?.points && execution.score ? compare(execution.score, execution.points) < 0 : false;
    const text = (field.text ?? "").replace(/[\s。.;；]/g, "");
    const none = text === "" || NONE.test(text) || readReason(field.text).isHollow;
    const found: Found<Said>[] = [];
    const unclear: Doubt[] = [];
    if (none && lost.length > 0) {
      const named = lost
        .slice(0, 4)
        .map(
          ({ row, points, score }) =>
            `「${row.name}」${points ? showDecimal(points) : ""}分得${score ? showDecimal(score) : ""}分`,
        );
      found.push({
        at: [`fields[${at}]`, ...lost.map(({ index }) => place.indicator(index, "score"))],
        figures: {
          label: field.label,
          said: text === "" ? "空白" : `写“${text}”`,
          rows: named.join("、") + (lost.length > 4 ? `等${lost.length}行` : ""),
        },
      });
    } else if (!none && lost.length === 0 && !executionLost) {
      unclear.push({
        at: [`fields[${at}]`],
        why: `“${field.label}”栏列有问题，而各行和预算执行均为满分，请核对问题是否应有扣分`,
      });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ label, said, rows }) => `${rows}失分，而“${label}”栏${said}。`,
  remedy: ({ label }) => `在“${label}”栏逐项写明与扣分对应的问题。`,
  examples: {
    fails: [
      {
        says: "有失分而存在问题写无",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "维护供水管道长度", "≥120公里", "96公里", "15", "12", "汛期道路中断，下年补齐。"],
          }),
          fields: [{ label: "存在问题", text: "无。" }],
        }),
      },
      {
        says: "列了问题而全部满分",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "98.00", "10", "100", "10"]],
          fields: [{ label: "存在问题", text: "部分老旧管道渗漏未能及时修复。" }],
        }),
      },
    ],
    passes: [
      {
        says: "问题与失分相应",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "维护供水管道长度", "≥120公里", "96公里", "15", "12", "汛期道路中断，下年补齐。"],
          }),
          fields: [{ label: "存在问题", text: "西片24公里管道未完成维护。" }],
        }),
      },
      { says: "没有存在问题栏", given: exampleForm() },
    ],
  },
});
