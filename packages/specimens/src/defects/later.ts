import { decimal, type Form, formatDecimal, type Indicator, parseDecimal, round } from "@jiheng/domain";
import { isFull, rowsWhere, withGoal, withRow, words } from "../edit.ts";
import { lastYear } from "./batch.ts";
import type { BatchDefect, FormDefect } from "./defect.ts";

function part(value: string | null, percent: number): string | null {
  const exact = parseDecimal(value);
  if (!exact) return null;
  return formatDecimal(
    round({ units: exact.units * BigInt(percent), scale: exact.scale + 2 }, 2, "half-up"),
    2,
  );
}

/** The month before whose end a row is to be done, where its target says one. */
function monthOf({ target }: Indicator): number | null {
  const month = /^(\d{1,2})月底前$/.exec(target.text ?? "")?.[1];
  return month === undefined ? null : Number(month);
}

/** The funds a year before as a part of this year's, rates as they were. */
function smallerFunds(form: Form, parts: number): Form["funds"] {
  const less = (figure: string | null): string | null =>
    figure === null
      ? null
      : formatDecimal(decimal(String(Math.round((Number(figure) * 100) / parts) / 100)), 2);
  return form.funds.map((fund) => ({
    ...fund,
    initialBudget: less(fund.initialBudget),
    adjustedBudget: less(fund.adjustedBudget),
    expenditure: less(fund.expenditure),
  }));
}

/** Kinds that were added later: behind the others, so that what is planted of those stays what it was. */
export const LATER: readonly (FormDefect | BatchDefect)[] = [
  {
    code: "AR-69",
    title: "晚于时限仍得满分",
    plant: (form, random) => {
      const open = rowsWhere(form, (row) => isFull(row) && monthOf(row) !== null);
      const index = open[0];
      const row = index === undefined ? undefined : form.indicators[index];
      const month = row ? monthOf(row) : null;
      if (index === undefined || !row || month === null || month > 11) return null;
      const late = random.between(month + 1, 12);
      const text = random.pick([`${late}月${random.between(3, 27)}日`, `${late}月中旬`]);
      return { form: withRow(form, index, { actual: words(text) }), at: [`indicators[${index}]`] };
    },
  },
  {
    code: "AR-69",
    title: "完成情况说得比指标值弱，仍得满分",
    also: ["AR-139"],
    plant: (form, random) => {
      const open = rowsWhere(
        form,
        (row) =>
          row.target.value === null &&
          isFull(row) &&
          /^(?:健全|建立|完善|落实|改善)$/.test(row.target.text ?? ""),
      );
      const index = open[0];
      const text = index === undefined ? undefined : form.indicators[index]?.target.text;
      if (index === undefined || !text) return null;
      const weak = random.pick(["基本", "初步", "部分"]);
      return {
        form: withRow(form, index, { actual: words(`${weak}${text}`) }),
        at: [`indicators[${index}]`],
      };
    },
  },
  {
    code: "AR-36",
    title: "总成本与执行数不符",
    also: ["AR-71", "AR-121"],
    plant: (form, random) => {
      const index = form.indicators.findIndex(
        ({ level1, target }) => level1 === "成本指标" && target.value !== null && target.unit === "万元",
      );
      const row = form.indicators[index];
      const over = part(form.funds[0]?.adjustedBudget ?? null, random.between(115, 160));
      if (!row || !over || row.points === null) return null;
      const text = row.actual.text?.replace(/\d[\d.]*/, over) ?? null;
      const indicators = form.indicators.map((each) =>
        each === row ? { ...row, actual: { ...row.actual, value: over, text } } : each,
      );
      return { form: { ...form, indicators }, at: [`indicators[${index}]`] };
    },
  },
  {
    code: "AR-192",
    title: "预算是上一年的好几倍",
    also: ["AR-26"],
    plantBatch: (forms, random) => {
      if (!forms[0]?.project) return null;
      const form = withGoal(forms[0] as Form, {
        achieved: forms[0]?.goal.achieved?.replace(/因[^。]*年中按程序[^。]*。/, "") ?? null,
      });
      const before = lastYear(form);
      return { forms: [form, { ...before, funds: smallerFunds(before, random.between(4, 17)) }], at: [0, 1] };
    },
  },
];
