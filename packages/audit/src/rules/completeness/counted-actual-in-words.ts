import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { meansZero, namesDate } from "../../lexicon/wording.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const FIGURE = /[0-9０-９一二三四五六七八九十百千万]/;
const PLACEHOLDER = /^[*＊XxＸ×_＿…?？\s]+[^\s]{0,4}$/;
const NOT_DONE = /不适用|不涉及|未涉及|未发生|未开展|未实施|取消|^无$|^\/$/;

type Figures = { row: string; target: string; actual: string };

/** A counted target answered in words. */
export const countedActualInWords: Rule = formRule<Figures>({
  id: "counted-actual-in-words",
  code: "AR-04",
  title: "定量指标的完成值不是数字",
  explains:
    "年度指标值是数字的，实际完成值也应是数字，只写“达成”“完成”无从核对。目标为0而写“无”“零”的不提示；写着数字但读不成一个数的（区间、几项并列、日期），以及写“不适用”“未开展”“无”的，列为待人工判断。",
  kind: "auto",
  basis: [cite("form", "必填栏")],
  force: "must",
  refines: ["AR-130"],
  needs: ["indicators"],
  check: ({ facts }) => {
    const counted = facts.rows.filter(({ target }) => target !== null);
    if (counted.length === 0) return notApplicable("没有定量指标");
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    for (const { index, name, row, target, actual } of counted) {
      const text = row.actual.text?.trim() ?? "";
      if (actual || text === "" || !target) continue;
      if (target.units === 0n && meansZero(text)) continue;
      // A placeholder is reported as such.
      if (PLACEHOLDER.test(text)) continue;
      const at = [place.indicator(index, "actual"), place.indicator(index, "target")];
      const title = name || `第${index + 1}行`;
      if (FIGURE.test(text.replace(/进一步|一定|统一|第一|一致|一体|一般|万无一失/g, "")) || namesDate(text))
        unclear.push({ at, why: `「${title}」的指标值为“${said(row.target)}”，完成值“${text}”读不成一个数` });
      else if (NOT_DONE.test(text))
        unclear.push({
          at,
          why: `「${title}」的指标值为“${said(row.target)}”，完成值写“${text}”，不能判断是没有完成还是不适用`,
        });
      else found.push({ at, figures: { row: title, target: said(row.target), actual: text } });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, target, actual }) =>
    `「${row}」的年度指标值为“${target}”，实际完成值只写“${actual}”，没有数字。`,
  remedy: ({ row }) => `「${row}」的实际完成值，按指标值的单位填写数字。`,
  examples: {
    fails: [
      {
        says: "目标120公里，完成值写达成指标",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "达成指标", "15", "15"] }),
        }),
      },
      {
        says: "完成值是两项并列，列为待人工判断",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "巡检设施", "≥60处", "泵站22座、水池41座", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "都是数字", given: exampleForm() },
      {
        says: "目标是0，完成值写无",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "水质超标事件", "=0起", "无", "15", "15"] }),
        }),
      },
    ],
  },
});
