import {
  type Decimal,
  decimal,
  type Form,
  formatDecimal,
  multiply,
  parseDecimal,
  round,
  subtract,
  ZERO,
} from "@jiheng/domain";
import { isFull, refund, retotal, tellGoal, tellResult, withFund, withGoal } from "../edit.ts";
import type { Random } from "../random.ts";
import { shapeOf } from "../shapes.ts";
import type { FormDefect } from "./defect.ts";

function part(value: string | null, percent: number): string | null {
  const exact = parseDecimal(value);
  if (!exact) return null;
  return formatDecimal(
    round({ units: exact.units * BigInt(percent), scale: exact.scale + 2 }, 2, "half-up"),
    2,
  );
}

function times(value: string | null, factor: number): string | null {
  const exact = parseDecimal(value);
  return exact ? formatDecimal(multiply(exact, decimal(factor)), 2) : null;
}

/** Sums stay right when every column is a sum of its parts again. */
function summed(form: Form): Form {
  const own = form.funds.slice(1);
  const total = (key: "initialBudget" | "adjustedBudget" | "expenditure"): string | null =>
    own.some((fund) => fund[key] === null)
      ? null
      : formatDecimal(
          own.reduce<Decimal>((sum, fund) => {
            const value = parseDecimal(fund[key]) ?? ZERO;
            return subtract(sum, { units: -value.units, scale: value.scale });
          }, ZERO),
          2,
        );
  return withFund(form, 0, {
    initialBudget: total("initialBudget"),
    adjustedBudget: total("adjustedBudget"),
    expenditure: total("expenditure"),
  });
}

/** What is spent is a share of the budget, in every source. The cost row follows. */
function spend(form: Form, percent: number): Form {
  const funds = form.funds.map((fund) => ({ ...fund, expenditure: part(fund.adjustedBudget, percent) }));
  return costFollows(refund(summed({ ...form, funds })));
}

/** The initial budget as a share of the adjusted one, in every source. */
function initially(form: Form, percent: number): Form | null {
  if (!shapeOf(form.template).initialBudget) return null;
  const funds = form.funds.map((fund) => ({ ...fund, initialBudget: part(fund.adjustedBudget, percent) }));
  return unexplained(summed({ ...form, funds }));
}

/** The result without a sentence on a change of the budget. */
function unexplained(form: Form): Form {
  return withGoal(form, { achieved: form.goal.achieved?.replace(/因[^。]*年中按程序[^。]*。/, "") ?? null });
}

/** Cost rows state budget and spending: they go with the funds table. */
function costFollows(form: Form): Form {
  const spent = form.funds[0]?.expenditure ?? null;
  const budget = form.funds[0]?.adjustedBudget ?? null;
  const indicators = form.indicators.map((row) =>
    row.level1 === "成本指标" && spent !== null && budget !== null
      ? {
          ...row,
          target: {
            ...row.target,
            value: budget,
            text: row.target.text?.replace(/\d[\d.]*/, budget) ?? null,
          },
          actual: { ...row.actual, value: spent, text: row.actual.text?.replace(/\d[\d.]*/, spent) ?? null },
        }
      : row,
  );
  return { ...form, indicators };
}

const FULL_ONLY = (form: Form): boolean => form.indicators.every((row) => row.points === null || isFull(row));

function tellsMoney(form: Form): boolean {
  return /实际支出/.test(form.goal.achieved ?? "");
}

function wan(value: string | null, factor: Decimal): string {
  const exact = parseDecimal(value) ?? ZERO;
  return formatDecimal(round(multiply(exact, factor), 2, "half-up"), 2);
}

/** Money that does not add up, rates that are low, budgets that moved, without a word. */
export const MONEY: readonly FormDefect[] = [
  {
    code: "AR-20",
    title: "分项资金之和不等于总额",
    plant: (form, random) => {
      const key = random.pick(
        shapeOf(form.template).initialBudget
          ? (["initialBudget", "adjustedBudget", "expenditure"] as const)
          : (["adjustedBudget", "expenditure"] as const),
      );
      const value = form.funds[1]?.[key];
      const less = part(value ?? null, random.pick([70, 85, 90]));
      if (!less) return null;
      return { form: refund(withFund(form, 1, { [key]: less })), at: ["funds[0]", "funds[1]"] };
    },
  },
  {
    code: "AR-21",
    title: "年初预算数与批复不符",
    plant: (form, random) => {
      if (!shapeOf(form.template).initialBudget) return null;
      const approved = {
        ...form,
        funds: form.funds.map((fund) => ({
          ...fund,
          initialBudget: part(fund.initialBudget, random.pick([80, 90, 120])),
        })),
      };
      return { form, at: ["funds[0]"], context: { approvedTargets: approved } };
    },
  },
  {
    code: "AR-24",
    title: "预算为零或空白，却有执行率和得分",
    plant: (form, random) => {
      const blank = random.chance(50) ? null : "0.00";
      const funds = form.funds.map((fund) => ({
        ...fund,
        initialBudget: fund.initialBudget === null ? null : blank,
        adjustedBudget: blank,
      }));
      return { form: { ...form, funds }, at: ["funds[0]"] };
    },
  },
  {
    code: "AR-25",
    title: "执行率低于90%没有说明",
    plant: (form, random) => ({
      form: spend(form, random.between(61, 88)),
      at: ["funds[0]"],
    }),
  },
  {
    code: "AR-26",
    title: "预算调整没有说明",
    plant: (form, random) => {
      const changed = initially(form, random.pick([82, 88, 112, 120, 126]));
      return changed ? { form: changed, at: ["funds[0]"] } : null;
    },
  },
  {
    code: "AR-27",
    title: "支出超出全年预算",
    plant: (form, random) => ({ form: spend(form, random.between(103, 128)), at: ["funds[0]"] }),
  },
  {
    code: "AR-28",
    title: "一行资金按元填列",
    plant: (form) => {
      const own = form.funds[1];
      if (!own) return null;
      return {
        form: withFund(form, 1, {
          initialBudget: times(own.initialBudget, 10000),
          adjustedBudget: times(own.adjustedBudget, 10000),
          expenditure: times(own.expenditure, 10000),
        }),
        at: ["funds[1]", "funds[0]"],
      };
    },
  },
  {
    code: "AR-28",
    title: "执行数按元填列",
    plant: (form, random) => {
      const funds = form.funds.map((fund, index) =>
        index === 0 || random.chance(100) ? { ...fund, expenditure: times(fund.expenditure, 10000) } : fund,
      );
      return { form: { ...form, funds }, at: ["funds[0]", "funds[1]"] };
    },
  },
  {
    code: "AR-29",
    title: "项目累计总额当作年度预算",
    plant: (form, random) => {
      const total = form.funds[0];
      const year = form.year ?? 2024;
      if (!total || tellsMoney(form)) return null;
      const years = random.between(3, 5);
      const cumulative = times(total.adjustedBudget, years);
      const changed = unexplained(
        refund({
          ...form,
          funds: form.funds.map((fund) => ({
            ...fund,
            initialBudget: times(fund.initialBudget, years),
            adjustedBudget: times(fund.adjustedBudget, years),
          })),
        }),
      );
      return {
        form: tellGoal(
          changed,
          random.pick([
            `项目总投资${cumulative}万元，建设期${year}年至${year + years - 1}年，${year}年计划投资${total.adjustedBudget}万元。`,
            `本项目${years}年总预算${cumulative}万元，其中${year}年度安排${total.adjustedBudget}万元。`,
          ]),
        ),
        at: ["funds[0]", "goal.expected"],
      };
    },
  },
  {
    code: "AR-30",
    title: "文字中的金额与资金表不符",
    plant: (form, random) => {
      const total = form.funds[0];
      if (!total || tellsMoney(form)) return null;
      const factor = decimal(random.pick(["0.8", "0.92", "1.1", "1.5"]));
      const wrong = wan(total.expenditure, factor);
      const budget = wan(total.adjustedBudget, factor);
      const yuan = formatDecimal(multiply(decimal(wrong), decimal(10000)), 0);
      return {
        form: tellResult(
          form,
          random.pick([
            `全年实际支出项目资金${wrong}万元。`,
            `项目资金实际支出${yuan}元。`,
            `本年度预算安排${budget}万元，已全部用于项目实施。`,
            `项目全年预算${budget}万元，实际支出${wrong}万元。`,
          ]),
        ),
        at: ["goal.achieved", "funds[0]"],
      };
    },
  },
  {
    code: "AR-31",
    title: "完成情况只报累计数",
    assist: true,
    plant: (form, random) => {
      const total = form.funds[0];
      const year = form.year ?? 2024;
      if (!total) return null;
      const sum = times(total.expenditure, random.between(3, 6));
      return {
        form: withGoal(form, {
          achieved: random.pick([
            `截至${year}年底，项目自${year - 3}年启动以来累计投入资金${sum}万元，各项任务有序推进。`,
            `${year - 4}年以来，累计支出${sum}万元用于项目建设，群众反映良好。`,
          ]),
        }),
        at: ["goal.achieved"],
      };
    },
  },
  {
    code: "AR-33",
    title: "支出很少，产出全部完成",
    also: ["AR-25"],
    plant: (form, random) => {
      if (!FULL_ONLY(form)) return null;
      return { form: spend(form, random.between(12, 42)), at: ["funds[0]"] };
    },
  },
  {
    code: "AR-34",
    title: "指标进度明显快于资金",
    also: ["AR-25"],
    plant: (form, random) => {
      if (!FULL_ONLY(form) || !shapeOf(form.template).points) return null;
      return { form: spend(form, random.between(68, 78)), at: ["funds[0]"] };
    },
  },
  {
    code: "AR-160",
    title: "预算削减三成以上没有说明",
    also: ["AR-26", "AR-165"],
    plant: (form, random) => {
      const changed = initially(form, random.between(150, 190));
      return changed ? { form: changed, at: ["funds[0]"] } : null;
    },
  },
  {
    code: "AR-161",
    title: "按年初预算算，执行率低得多",
    also: ["AR-26", "AR-160"],
    plant: (form, random) => {
      const changed = initially(form, random.between(145, 180));
      if (!changed) return null;
      const total = changed.funds[0];
      // Explained, so that only the rate against the initial budget is left to ask about.
      return {
        form: tellResult(
          changed,
          `因${random.pick(["任务量核减", "上级资金收回", "采购节约"])}，年中按程序核减预算，全年预算数由年初的${total?.initialBudget}万元调整为${total?.adjustedBudget}万元。`,
        ),
        at: ["funds[0]"],
      };
    },
  },
  {
    code: "AR-162",
    title: "预算调到与支出完全相等",
    also: ["AR-26", "AR-160"],
    plant: (form, random) => {
      if (!shapeOf(form.template).initialBudget) return null;
      const cut = initially(form, random.between(128, 260));
      if (!cut) return null;
      const funds = cut.funds.map((fund) => ({ ...fund, expenditure: fund.adjustedBudget }));
      return { form: costFollows(refund({ ...cut, funds })), at: ["funds[0]"] };
    },
  },
  {
    code: "AR-163",
    title: "财政项目没有财政拨款",
    plant: (form) => {
      const [total, own, over, other] = form.funds;
      if (!total || !own || !over || !other) return null;
      const none = {
        initialBudget: own.initialBudget === null ? null : "0.00",
        adjustedBudget: "0.00",
        expenditure: "0.00",
        executionRate: "0.00",
      };
      const all = {
        initialBudget: total.initialBudget,
        adjustedBudget: total.adjustedBudget,
        expenditure: total.expenditure,
        executionRate: total.executionRate,
      };
      return {
        form: { ...form, funds: [total, { ...own, ...none }, { ...over, ...none }, { ...other, ...all }] },
        at: ["funds[1]", "funds[0]", "funds[3]"],
      };
    },
  },
  {
    code: "AR-164",
    title: "年初预算数或资金行空白",
    plant: (form, random) => {
      if (!shapeOf(form.template).initialBudget) return null;
      const blank = random.chance(50)
        ? form.funds.map((fund) => ({ ...fund, initialBudget: null }))
        : form.funds.map((fund, index) =>
            index === 1
              ? { ...fund, initialBudget: null, adjustedBudget: null, expenditure: null, executionRate: null }
              : fund,
          );
      return { form: unexplained({ ...form, funds: blank }), at: ["funds[0]", "funds[1]", "funds"] };
    },
  },
  {
    code: "AR-165",
    title: "预算砍掉一半以上，指标照样全部完成",
    also: ["AR-160"],
    plant: (form, random) => {
      if (!FULL_ONLY(form)) return null;
      const changed = initially(form, random.between(220, 400));
      return changed ? { form: retotal(changed), at: ["funds[0]"] } : null;
    },
  },
  {
    code: "AR-158",
    title: "同一张表的执行率有的四舍五入、有的截尾",
    plant: (form, random) => roundedTwoWays(form, random),
  },
];

function roundedTwoWays(form: Form, random: Random): { form: Form; at: string[] } | null {
  const total = form.funds[0];
  const own = form.funds[1];
  if (!total || !own || total.adjustedBudget === own.adjustedBudget) return null;
  // Sums chosen so that the two ways differ: the thousandth of the percentage is at least five in both rows.
  const budget = [random.between(3, 9) * 10_000, random.between(11, 19) * 1000] as const;
  const spent = [Math.floor(budget[0] * 0.93456) + 1, Math.floor(budget[1] * 0.95178) + 1] as const;
  const exact = (at: 0 | 1): number => Math.floor((spent[at] * 1_000_000) / budget[at]);
  if (exact(0) % 100 < 50 || exact(1) % 100 < 50) return null;
  const money = (fen: number): string => formatDecimal({ units: BigInt(fen), scale: 2 }, 2);
  const rate = (at: 0 | 1, up: boolean): string =>
    formatDecimal({ units: BigInt(Math.floor(exact(at) / 100) + (up ? 1 : 0)), scale: 2 }, 2);
  const of = shapeOf(form.template);
  const rest = [budget[0] - budget[1], spent[0] - spent[1]] as const;
  const initial = (fen: number): string | null => (of.initialBudget ? money(fen) : null);
  const rounded = unexplained({
    ...form,
    funds: [
      {
        ...total,
        initialBudget: initial(budget[0]),
        adjustedBudget: money(budget[0]),
        expenditure: money(spent[0]),
      },
      {
        ...own,
        initialBudget: initial(rest[0]),
        adjustedBudget: money(rest[0]),
        expenditure: money(rest[1]),
      },
      ...form.funds.slice(2).map((fund, at) =>
        at === 1
          ? {
              ...fund,
              initialBudget: initial(budget[1]),
              adjustedBudget: money(budget[1]),
              expenditure: money(spent[1]),
            }
          : { ...fund, initialBudget: initial(0), adjustedBudget: "0.00", expenditure: "0.00" },
      ),
    ],
  });
  const scored = costFollows(refund(rounded));
  return {
    form: withFund(withFund(scored, 0, { executionRate: rate(0, true) }), 3, {
      executionRate: rate(1, false),
    }),
    at: ["funds[0]", "funds[1]", "funds[2]", "funds[3]"],
  };
}
