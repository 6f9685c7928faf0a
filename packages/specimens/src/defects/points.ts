import { add, decimal, type Form, formatDecimal, parseDecimal, round, subtract, ZERO } from "@jiheng/domain";
import {
  amount,
  isCount,
  isFull,
  points,
  proportional,
  refund,
  restate,
  retotal,
  rowsWhere,
  splitRow,
  withFund,
  withRow,
  words,
} from "../edit.ts";
import { shapeOf } from "../shapes.ts";
import type { FormDefect, Planted } from "./defect.ts";

const REASONS = [
  "偏差原因：六月连续暴雨，施工便道中断。改进措施：由工程科在翌年3月底前补做剩余任务。",
  "原因：中标单位中途退出，重新采购延误两个月；措施：采购科于翌年2月底前完成补充采购。",
  "设备供货延迟到12月中旬，部分任务未能实施。下一步由业务科于翌年4月30日前完成。",
];

function scored(form: Form): boolean {
  return form.indicators.some((row) => row.points !== null && row.score !== null);
}

/** A counted row below its target, marked by a share of its points, with or without a reason. */
export function missRow(
  form: Form,
  random: { between(low: number, high: number): number; pick<T>(items: readonly T[]): T },
  options: { low: number; high: number; score: "proportional" | "full" | number; reason: boolean },
): { form: Form; index: number } | null {
  const open = rowsWhere(form, (row) => isCount(row) && isFull(row) && amount(row.target) >= 10);
  if (open.length === 0) return null;
  const index = random.pick(open);
  const row = form.indicators[index];
  if (!row) return null;
  const value = Math.floor((amount(row.target) * random.between(options.low, options.high)) / 100);
  const of = parseDecimal(row.points) ?? ZERO;
  const earned =
    options.score === "full"
      ? of
      : options.score === "proportional"
        ? proportional(row, value)
        : subtract(proportional(row, value), decimal(options.score));
  if (earned.units < 0n) return null;
  const changed = restate(form, index, value, {
    score: points(form, earned),
    deviation: options.reason && !shapeOf(form.template).formReason ? random.pick(REASONS) : null,
  });
  return { form: retotal(changed), index };
}

function at(index: number, ...more: string[]): string[] {
  return [`indicators[${index}]`, ...more];
}

/** Points that do not make 100, marks that break their bounds or the policy, totals and grades that do not follow. */
export const POINTS: readonly FormDefect[] = [
  {
    code: "AR-60",
    title: "分值合计不是100",
    plant: (form, random) => {
      const full = rowsWhere(form, isFull);
      if (!scored(form) || full.length === 0) return null;
      const index = random.pick(full);
      const row = form.indicators[index];
      const of = parseDecimal(row?.points);
      if (!of) return null;
      const more = random.pick([-3, -2, 2, 5]);
      const value = points(form, add(of, decimal(more)));
      if (add(of, decimal(more)).units <= 0n) return null;
      const changed = withRow(form, index, { points: value, score: value });
      return { form: random.chance(50) ? retotal(changed) : changed, at: [] };
    },
  },
  {
    code: "AR-60",
    title: "组内分值与组分值不符",
    plant: (form, random) => {
      if (
        !scored(form) ||
        form.template === "anhui" ||
        form.template === "rural-revitalisation" ||
        form.template === "department-hunan"
      )
        return null;
      const sums = new Map<string, number>();
      for (const row of form.indicators) {
        const level = row.level1 ?? "";
        sums.set(level, (sums.get(level) ?? 0) + Number(row.points));
      }
      const levels = [...sums.keys()];
      const wrong = random.pick(levels.filter((level) => level === "产出指标" || level === "效益指标"));
      const more = random.pick([-5, 5, 10]);
      const label = (level: string): string =>
        `${level}（${(sums.get(level) ?? 0) + (level === wrong ? more : 0)}分）`;
      return {
        form: {
          ...form,
          indicators: form.indicators.map((row) => ({ ...row, level1: label(row.level1 ?? "") })),
        },
        at: [],
      };
    },
  },
  {
    code: "AR-61",
    title: "一行没有分值",
    also: ["AR-04"],
    plant: (form, random) => {
      const full = rowsWhere(form, isFull);
      if (!scored(form) || full.length < 2) return null;
      const [from, to] = random.shuffle(full);
      const giver = form.indicators[from ?? 0];
      const taker = form.indicators[to ?? 0];
      const a = parseDecimal(giver?.points);
      const b = parseDecimal(taker?.points);
      if (from === undefined || to === undefined || !a || !b) return null;
      const zero = random.chance(70) ? points(form, 0) : null;
      const all = points(form, add(a, b));
      const changed = withRow(form, from, { points: zero, score: zero });
      return { form: withRow(changed, to, { points: all, score: all }), at: at(from) };
    },
  },
  {
    code: "AR-62",
    title: "一行占了绝大部分分值",
    plant: (form, random) => {
      const full = rowsWhere(form, isFull);
      if (!scored(form) || full.length < form.indicators.length) return null;
      const heavy = random.pick(rowsWhere(form, isCount));
      let rest = 90;
      const indicators = form.indicators.map((row, index) => {
        if (index === heavy) return row;
        const value = random.between(1, 3);
        rest -= value;
        return { ...row, points: points(form, value), score: points(form, value) };
      });
      const changed = { ...form, indicators };
      return {
        form: withRow(changed, heavy, { points: points(form, rest), score: points(form, rest) }),
        at: at(heavy, "indicators"),
      };
    },
  },
  {
    code: "AR-63",
    title: "得分高于分值",
    plant: (form, random) => {
      const full = rowsWhere(form, isFull);
      if (!scored(form) || full.length === 0) return null;
      const index = random.pick(full);
      const of = parseDecimal(form.indicators[index]?.points) ?? ZERO;
      const more = add(of, decimal(random.pick(["0.5", "1", "2", "3"])));
      return { form: retotal(withRow(form, index, { score: points(form, more) })), at: at(index) };
    },
  },
  {
    code: "AR-63",
    title: "得分为负数",
    plant: (form, random) => {
      const full = rowsWhere(form, isFull);
      if (!scored(form) || full.length === 0) return null;
      const index = random.pick(full);
      return {
        form: retotal(
          withRow(form, index, {
            score: `-${points(form, random.between(1, 3))}`,
            deviation: random.pick(REASONS),
          }),
        ),
        at: at(index),
      };
    },
  },
  {
    code: "AR-64",
    title: "未完成指标的得分不合比例",
    also: ["AR-150"],
    plant: (form, random) => {
      const missed = missRow(form, random, { low: 72, high: 92, score: random.pick([1, 2]), reason: true });
      return missed ? { form: missed.form, at: at(missed.index) } : null;
    },
  },
  {
    code: "AR-65",
    title: "部分达成的定性指标超出档次",
    plant: (form, random) => {
      const index = rowsWhere(form, (row) => row.level1 === "效益指标" && isFull(row))[0];
      if (index === undefined || !scored(form)) return null;
      const changed = splitRow(form, index, {
        name: random.pick(["部门协同工作机制", "运行管护机制健全性", "信息共享机制建设"]),
        target: words(random.pick(["健全", "建立健全"])),
        actual: words(random.pick(["部分达成年度指标并具有一定效果", "部分达成指标"])),
        deviation:
          "偏差原因：协同单位机构调整，分工文件未能印发。改进措施：由办公室于翌年3月底前印发分工文件。",
      });
      const row = changed?.indicators[index + 1];
      const of = parseDecimal(row?.points);
      if (!changed || !of) return null;
      const part = random.pick(["0.95", "0.98", "0.4"]);
      const score = round(
        { units: of.units * decimal(part).units, scale: of.scale + decimal(part).scale },
        2,
        "half-up",
      );
      return {
        form: retotal(withRow(changed, index + 1, { score: points(form, score) })),
        at: at(index + 1),
      };
    },
  },
  {
    code: "AR-66",
    title: "总分与各项得分之和不符",
    plant: (form, random) => {
      const total = parseDecimal(form.totalScore);
      if (!total || !scored(form)) return null;
      const off = random.pick(["-1", "-0.9", "0.3", "-2.5"]);
      const changed = add(total, decimal(off));
      return { form: { ...form, totalScore: formatDecimal(changed, 2) }, at: ["totalScore", "indicators"] };
    },
  },
  {
    code: "AR-66",
    title: "等级与总分不符",
    plant: (form, random) => {
      if (form.grade === null) return null;
      return { form: { ...form, grade: random.pick(["良", "中"]) }, at: ["grade"] };
    },
  },
  {
    code: "AR-67",
    title: "各项全部满分",
    plant: (form) => {
      if (!scored(form) || !form.indicators.every(isFull)) return null;
      const funds = form.funds.map((fund) => ({ ...fund, expenditure: fund.adjustedBudget }));
      return { form: refund({ ...form, funds }), at: [] };
    },
  },
  {
    code: "AR-69",
    title: "未达指标值仍得满分",
    plant: (form, random) => {
      const missed = missRow(form, random, { low: 72, high: 96, score: "full", reason: false });
      return missed ? { form: missed.form, at: at(missed.index) } : null;
    },
  },
  {
    code: "AR-71",
    title: "成本超出控制数仍得满分",
    also: ["AR-69", "AR-121"],
    plant: (form, random) => {
      const index = rowsWhere(form, (row) => row.level1 === "成本指标")[0];
      const row = index === undefined ? undefined : form.indicators[index];
      const target = parseDecimal(row?.target.value);
      if (index === undefined || !row || !target || !scored(form)) return null;
      const over = round(
        { units: target.units * BigInt(random.between(108, 135)), scale: target.scale + 2 },
        2,
        "half-up",
      );
      const text = formatDecimal(over, 2);
      const before = row.actual.text ?? "";
      return {
        form: withRow(form, index, {
          actual: { ...row.actual, value: text, text: before.replace(/\d[\d.]*/, text) },
        }),
        at: at(index),
      };
    },
  },
  {
    code: "AR-152",
    title: "漏了一行：合计差一行的分",
    also: ["AR-60", "AR-66"],
    plant: (form, random) => {
      if (!scored(form)) return null;
      const index = random.pick(rowsWhere(form, isFull));
      return { form: { ...form, indicators: form.indicators.filter((_, each) => each !== index) }, at: [] };
    },
  },
  {
    code: "AR-153",
    title: "按重算总分，等级应当更低",
    also: ["AR-66"],
    plant: (form, random) => {
      if (form.grade === null || !scored(form)) return null;
      const lost = rowsWhere(form, (row) => isFull(row) && row.level1 !== "满意度指标").slice(0, 3);
      let changed = form;
      for (const index of lost)
        changed = withRow(changed, index, {
          score: points(form, random.between(0, 2)),
          deviation: random.pick(REASONS),
        });
      const low = retotal(changed);
      if (low.grade === "优") return null;
      // The printed total and grade are still those of before the rows were marked down.
      return { form: { ...low, totalScore: form.totalScore, grade: form.grade }, at: [] };
    },
  },
  {
    code: "AR-154",
    title: "执行率不足六成仍评优",
    also: ["AR-25", "AR-33", "AR-34"],
    plant: (form, random) => {
      if (form.grade === null || !form.indicators.every(isFull)) return null;
      const part = random.between(22, 55);
      const spent = (budget: string | null): string | null => {
        const value = parseDecimal(budget);
        return value
          ? formatDecimal(
              round({ units: value.units * BigInt(part), scale: value.scale + 2 }, 2, "half-up"),
              2,
            )
          : null;
      };
      const total = form.funds[0];
      if (!total) return null;
      const own = {
        ...form,
        funds: form.funds.map((fund) => ({ ...fund, expenditure: spent(fund.adjustedBudget) })),
      };
      const changed = refund(own);
      // Execution of a fifth loses eight points: the rest is still 优.
      return changed.grade === "优" ? { form: changed, at: ["grade", "funds[0]"] } : null;
    },
  },
  {
    code: "AR-156",
    title: "执行率四舍五入和截尾都不对",
    also: ["AR-22"],
    plant: (form, random): Planted | null => {
      const rate = parseDecimal(form.funds[0]?.executionRate);
      if (!rate) return null;
      const wrong = formatDecimal(
        subtract(rate, decimal(random.pick(["0.1", "0.9", "0.27", "1", "-0.3"]))),
        2,
      );
      return { form: withFund(form, 0, { executionRate: wrong }), at: ["funds[0]"] };
    },
  },
  {
    code: "AR-157",
    title: "执行得分和总分跟着印错的执行率走",
    also: ["AR-23", "AR-156"],
    plant: (form, random) => {
      const rate = parseDecimal(form.funds[0]?.executionRate);
      const of = shapeOf(form.template).execution;
      if (!rate || !form.funds[0]?.score) return null;
      const wrong = subtract(rate, decimal(random.pick(["0.9", "1.8", "2.7"])));
      const score = round({ units: wrong.units * BigInt(of), scale: wrong.scale + 2 }, 2, "half-up");
      return {
        form: retotal(
          withFund(form, 0, { executionRate: formatDecimal(wrong, 2), score: formatDecimal(score, 2) }),
        ),
        at: ["funds[0]", "totalScore"],
      };
    },
  },
  {
    code: "AR-23",
    title: "执行得分不等于分值乘执行率",
    plant: (form, random) => {
      const score = parseDecimal(form.funds[0]?.score);
      if (!score) return null;
      const wrong = subtract(score, decimal(random.pick(["0.5", "1", "0.3", "-0.2"])));
      if (wrong.units > decimal(shapeOf(form.template).execution).units * 100n) return null;
      return { form: retotal(withFund(form, 0, { score: formatDecimal(wrong, 2) })), at: ["funds[0]"] };
    },
  },
  {
    code: "AR-150",
    title: "扣分没有依据也没有说明",
    also: ["AR-64", "AR-80"],
    plant: (form, random) => {
      const full = rowsWhere(form, (row) => isCount(row) && isFull(row));
      if (full.length === 0 || shapeOf(form.template).formReason) return null;
      const index = random.pick(full);
      const of = parseDecimal(form.indicators[index]?.points) ?? ZERO;
      const score = subtract(of, decimal(random.pick([1, 2])));
      if (score.units < 0n) return null;
      return { form: retotal(withRow(form, index, { score: points(form, score) })), at: at(index) };
    },
  },
];
