import { compare, compareRatio, decimal, percentOf, place, showDecimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Up to here an actual above "=" is a matter of the sign, not of the work. Threshold of the over-fulfilment hint (provincial). */
const SLIGHT = decimal("1.2");

const AS_OVERFULFILMENT =
  /超额|超出|超过|多于|大于|高于|增加|增长|增多|扩大|提高|偏低|设置(?:欠|不够?|过于|较为)?(?:合理|科学|准确|保守)|(?:指标|目标)值?(?:设置|设定|制定)|需求|实际情况/;

/** Only praise: said of a cost or a delay it takes the miss for an achievement. */
const PRAISE = /超额|超预期|超出(?:年度|年初)?(?:指标|目标|计划)|高于(?:年度|年初)?(?:指标|目标|计划)/;

/** A limit on a stretch of time is a limit indeed. */
const TIME_UNIT = /^(?:个?工作日|日|天|小时|分钟|秒|个?月|周)(?:以?内)?$/;

type Figures = {
  row: string;
  target: string;
  actual: string;
  percent: string;
  excess: string;
  score: string;
  points: string;
  reason: string;
};

/** An actual above ≤ or off = that was scored or explained as if more were better. */
export const boundMissedUpwards: Rule = formRule<Figures>({
  id: "bound-missed-upwards",
  code: "AR-121",
  title: "超过“≤”或偏离“=”却当作超额完成",
  explains:
    "按表上的比较号，完成值高于“≤”“<”或高于“=”就是没有达到。仍给满分、或在原因里当作超额完成解释的，要么目标方向错了，要么得分错了。成本、投诉等越少越好的指标超过上限并已扣分说明的，是正常的未完成，不提示。",
  kind: "auto",
  basis: [cite("form", "比较号"), cite("form-bureau-2024", "偏离读法")],
  force: "should",
  refines: ["AR-41", "AR-69", "AR-81"],
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts).filter(
      ({ facts: { comparison } }) => comparison === "≤" || comparison === "<" || comparison === "=",
    );
    if (rows.length === 0) return notApplicable("没有用“≤”“<”“=”的定量指标");
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, category, title } of rows) {
      const { target, actual, comparison, points, score, reason } = row;
      if (!target || !actual || row.met !== false || compare(actual, target) < 0) continue;
      const equal = comparison === "=";
      // "= 0 complaints" missed by 3 is a plain miss; only where points were given all the same does it contradict.
      const isTime = TIME_UNIT.test(row.row.target.unit ?? row.row.actual.unit ?? "");
      const smallIsGood =
        name.smallIsGood || name.saysCost || category === "cost" || isTime || target.units <= 0n;
      const full = points !== null && score !== null && compare(score, points) >= 0;
      const asMore = reason !== null && AS_OVERFULFILMENT.test(reason);
      const unscored = score === null;
      if (smallIsGood && !full && !(reason !== null && PRAISE.test(reason))) continue;
      if (!full && !asMore && !unscored && !name.isHelpOrOutput && category !== "quantity") continue;
      if (unscored && (smallIsGood || reason !== null) && !asMore) continue;
      if (score !== null && score.units === 0n) continue;
      const slight = equal && row.completion !== null && compareRatio(row.completion, SLIGHT) <= 0;
      found.push({
        at: [place.indicator(row.index, "actual"), place.indicator(row.index, "target")],
        figures: {
          row: title,
          target: said(row.row.target),
          actual: said(row.row.actual),
          percent: row.completion ? showDecimal(percentOf(row.completion, 1, "half-up")) : "",
          excess: showDecimal(subtract(actual, target)) + (row.row.target.unit ?? ""),
          score: score ? showDecimal(score) : "",
          points: points ? showDecimal(points) : "",
          reason: reason && reason.length <= 40 ? reason : "",
        },
        ...(slight ? { force: "hint" as const } : {}),
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target, actual, percent, excess, score, points, reason }) =>
    `「${row}」的年度指标值为“${target}”，实际完成值为“${actual}”，高出${excess}${percent ? `（为指标值的${percent}%）` : ""}，按比较号是没有达到${
      score && points ? `，却得${score}分（满分${points}分）` : ""
    }${reason ? `，原因写的是“${reason}”` : ""}。`,
  remedy: ({ row }) =>
    `核实「${row}」：确为上限或定数的，按未达到计分，并说明偏差原因和改进措施；比较号当初写错、应为“≥”的，按程序调整目标后再评。`,
  examples: {
    fails: [
      {
        says: "上限的三倍还得满分",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "巡回义诊场次", "≤20场", "63场", "15", "15"] }),
        }),
      },
      {
        says: "定数的数倍，扣了分，按超额完成解释",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "高标准农田复测地块",
              "=80块",
              "412块",
              "15",
              "12",
              "年初指标值设定偏低，今后合理设置。",
            ],
          }),
        }),
      },
    ],
    passes: [
      {
        says: "办理时限超过上限，已扣分说明",
        given: exampleForm({
          rows: withRows({
            3: [
              "时效指标",
              "受助人员申请办结时限",
              "≤15个工作日",
              "17个工作日",
              "10",
              "9",
              "系统升级期间积压；已增配2名受理人员。",
            ],
          }),
        }),
      },
      { says: "都在上限之内", given: exampleForm() },
      {
        says: "成本超过上限，已扣分并说明",
        given: exampleForm({
          rows: withRows({
            0: [
              "经济成本指标",
              "管护成本控制额",
              "≤90万元",
              "93.1万元",
              "10",
              "9.66",
              "管材涨价，已改为集中采购。",
            ],
          }),
        }),
      },
      {
        says: "定数没有完成是普通的未完成",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "新建泵房座数", "=10座", "8座", "15", "12", "两座选址未定，明年3月前建成。"],
          }),
        }),
      },
    ],
  },
});
