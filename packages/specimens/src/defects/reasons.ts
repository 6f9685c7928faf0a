import type { Form } from "@jiheng/domain";
import { amount, isCount, isFull, restate, rowsWhere, withRow, words } from "../edit.ts";
import type { Random } from "../random.ts";
import { shapeOf } from "../shapes.ts";
import type { FormDefect, Planted } from "./defect.ts";
import { missRow } from "./points.ts";

function inRows(form: Form): boolean {
  return !shapeOf(form.template).formReason;
}

/** A missed row, marked in proportion, with the reason given. */
function missedBecause(
  form: Form,
  random: Random,
  reason: string | null,
  low = 72,
  high = 92,
): Planted | null {
  if (!inRows(form)) return null;
  if (!shapeOf(form.template).scores) {
    const index = rowsWhere(form, (row) => isCount(row) && amount(row.target) >= 20)[0];
    const row = index === undefined ? undefined : form.indicators[index];
    if (index === undefined || !row) return null;
    const value = Math.floor((amount(row.target) * random.between(low, high)) / 100);
    return { form: restate(form, index, value, { deviation: reason }), at: [`indicators[${index}]`] };
  }
  const missed = missRow(form, random, { low, high, score: "proportional", reason: false });
  if (!missed) return null;
  return {
    form: withRow(missed.form, missed.index, { deviation: reason }),
    at: [`indicators[${missed.index}]`],
  };
}

/** Reasons that are missing, empty of cause or measure, or against the figures; evidence that is missing. */
export const REASONS: readonly FormDefect[] = [
  {
    code: "AR-80",
    title: "失分没有原因",
    // A form that names its problems at the foot has a reason, though not beside the row.
    plant: (form, random) =>
      shapeOf(form.template).points && form.fields.length === 0 ? missedBecause(form, random, null) : null,
  },
  {
    code: "AR-81",
    title: "完成率低于70%没有原因",
    also: ["AR-80"],
    plant: (form, random) => missedBecause(form, random, null, 32, 66),
  },
  {
    code: "AR-81",
    title: "完成率高于130%没有原因",
    also: ["AR-41"],
    plant: (form, random) => {
      const open = rowsWhere(
        form,
        (row) => isCount(row) && (row.points === null || isFull(row)) && amount(row.target) >= 10,
      );
      if (open.length === 0) return null;
      const index = random.pick(open);
      const value = Math.ceil(
        (amount(form.indicators[index]?.target ?? { text: null, comparison: null, value: null, unit: null }) *
          random.between(134, 185)) /
          100,
      );
      return { form: restate(form, index, value), at: [`indicators[${index}]`] };
    },
  },
  {
    code: "AR-82",
    title: "原因与数字相反，或已完成却写未完成原因",
    assist: true,
    plant: (form, random) => {
      if (!inRows(form)) return null;
      if (random.chance(50)) {
        const open = rowsWhere(form, (row) => isCount(row) && isFull(row) && row.deviation === null);
        if (open.length === 0) return null;
        const index = random.pick(open);
        const reason = random.pick([
          "因供应商延期，本项任务未完成，下一年度3月底前补做。",
          "受疫情影响未达到指标值，今后由业务科按月督促。",
          "任务未全部完成，原因是人员不足，翌年2月底前补充人员。",
        ]);
        return { form: withRow(form, index, { deviation: reason }), at: [`indicators[${index}]`] };
      }
      return missedBecause(
        form,
        random,
        random.pick([
          "超额完成年度任务，主要是工作力度加大。",
          "实际需求增加，完成数量超过指标值，下年度由业务科在2月底前调高指标值。",
          "已按计划全部完成，无偏差。",
        ]),
      );
    },
  },
  {
    code: "AR-83",
    title: "只有原因没有改进措施，或措施空泛",
    assist: true,
    plant: (form, random) =>
      missedBecause(
        form,
        random,
        random.pick([
          "七月暴雨冲毁便道，施工停工两个月。",
          "中标单位供货延迟到12月中旬。",
          "两个村的土地流转手续未办结，场地无法交付。今后加强管理。",
          "设备返厂维修四十天，数量减少。下一步加大工作力度。",
        ]),
      ),
  },
  {
    code: "AR-80",
    title: "失分只写“根据实际情况”之类",
    also: ["AR-82", "AR-83", "AR-159"],
    plant: (form, random) =>
      shapeOf(form.template).points
        ? missedBecause(
            form,
            random,
            random.pick(["根据实际情况。", "按实际发生。", "据实填列", "实际工作需要"]),
          )
        : null,
  },
  {
    code: "AR-159",
    title: "原因只说指标定得不合理",
    also: ["AR-82", "AR-83", "AR-80"],
    plant: (form, random) =>
      missedBecause(
        form,
        random,
        random.pick([
          "年初指标值设置偏高。",
          "指标值设定不够合理。",
          "绩效目标设置欠科学",
          "年初目标值测算不准确。",
        ]),
      ),
  },
  {
    code: "AR-84",
    title: "扣了分，存在问题却写“无”",
    assist: true,
    plant: (form, random) => {
      const missed = missRow(form, random, { low: 72, high: 92, score: "proportional", reason: true });
      if (!missed) return null;
      return {
        form: {
          ...missed.form,
          fields: [
            {
              label: random.pick(["存在问题", "存在的问题", "主要问题"]),
              text: random.pick(["无", "无。", "未发现问题"]),
            },
          ],
        },
        at: [],
      };
    },
  },
  {
    code: "AR-85",
    title: "完成值没有佐证材料",
    plant: (form, random) => {
      const index = random.pick(rowsWhere(form, (row) => isCount(row)));
      return {
        form,
        at: [`indicators[${index}]`],
        context: {
          evidence: form.indicators.flatMap((_, each) =>
            each === index ? [] : [`indicators[${each}].actual`],
          ),
        },
      };
    },
  },
  {
    code: "AR-86",
    title: "满意度没有调查材料",
    also: ["AR-85"],
    plant: (form) => {
      const index = rowsWhere(form, (row) => row.level1 === "满意度指标")[0];
      if (index === undefined) return null;
      return {
        form,
        at: [`indicators[${index}]`],
        context: {
          evidence: form.indicators.flatMap((_, each) =>
            each === index ? [] : [`indicators[${each}].actual`],
          ),
        },
      };
    },
  },
  {
    code: "AR-70",
    title: "完成值写明尚未完工，却得满分",
    assist: true,
    plant: (form, random) => {
      if (!shapeOf(form.template).points) return null;
      const open = rowsWhere(
        form,
        (row) => row.level2 === "数量指标" && isFull(row) && row.target.comparison === "≥",
      );
      if (open.length === 0) return null;
      const index = random.pick(open);
      const actual = random.pick([
        "正在施工",
        "主体完工，尚未验收",
        "已完成招标，尚未开工",
        "部分完成，剩余部分在建",
      ]);
      return { form: withRow(form, index, { actual: words(actual) }), at: [`indicators[${index}]`] };
    },
  },
  {
    code: "AR-70",
    title: "文字说尚未完工，数量却满分",
    assist: true,
    plant: (form, random) => {
      if (shapeOf(form.template).resultLimit !== null) return null;
      const told = random.pick([
        "其中一部分任务尚未完工，计划下一年度继续实施。",
        "目前仍有部分工程未竣工验收。",
        "年底时部分任务未完成，尚在扫尾。",
      ]);
      return {
        form: {
          ...form,
          goal: { ...form.goal, achieved: `${form.goal.achieved}${told}` },
          goals: form.goals.map((goal, at) =>
            at === 0 ? { ...goal, achieved: `${goal.achieved}${told}` } : goal,
          ),
        },
        at: [
          "goal.achieved",
          ...rowsWhere(form, (row) => row.level2 === "数量指标").map((index) => `indicators[${index}]`),
        ],
      };
    },
  },
];
