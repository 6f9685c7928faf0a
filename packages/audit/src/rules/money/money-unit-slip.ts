import {
  compare,
  compareRatio,
  type Decimal,
  decimal,
  equals,
  multiply,
  type Place,
  parseDecimal,
  place,
  type Ratio,
  roundRatio,
  showDecimal,
  subtract,
  sum,
  within,
  yuanPer,
  ZERO,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { BEYOND_BUDGET } from "@jiheng/scoring";
import { exampleForm, withRows } from "../../example-form.ts";
import { executionOf } from "../../facts/execution.ts";
import { moneyOf, wholeCostRows, yuanOf } from "../../facts/whole-cost.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";

const TEN_THOUSAND = decimal(10_000);
/** Ours: spent as if in the larger unit, between a fifth of the budget and all of it, with what is overspent by a hair. */
const UNDER: readonly [Decimal, Decimal] = [decimal("0.00002"), decimal("0.000101")];
/** Fewer digits coincide by chance. */
const TELLING_DIGITS = 3;
const COLUMNS = [
  ["initialBudget", "年初预算数"],
  ["adjustedBudget", "全年预算数"],
  ["expenditure", "全年执行数"],
] as const;

type Figures = { what: string; a: string; b: string; kind: string; instead: string };

/** What a figure in yuan is in ten thousands, for the remedy; nothing where the form does not count in ten thousands. */
function inTenThousands(figure: Decimal, unit: string | null): string {
  return unit === "万元" ? `${showDecimal({ units: figure.units, scale: figure.scale + 4 })}万元` : "";
}

function between(value: Ratio, [low, high]: readonly [Decimal, Decimal]): boolean {
  return compareRatio(value, low) >= 0 && compareRatio(value, high) <= 0;
}

function significant(value: Decimal): number {
  return value.units.toString().replace(/^-/, "").replace(/0+$/, "").length;
}

/** Rounding of a sum in ten thousands (AR-20). */
const TOLERANCE = decimal("0.1");

function near(a: Decimal, b: Decimal): boolean {
  return within(a, b, TOLERANCE);
}

function times(value: Decimal): Decimal {
  return multiply(value, TEN_THOUSAND);
}

function tenThousandfold(a: Decimal, b: Decimal): boolean {
  return a.units > 0n && b.units > 0n && equals(a, multiply(b, TEN_THOUSAND));
}

/** Money in two units: one figure is ten thousand times another that should equal it. */
export const moneyUnitSlip: Rule = formRule<Figures>({
  id: "money-unit-slip",
  code: "AR-28",
  title: "金额单位混用，相差一万倍",
  explains:
    "同一行的执行数与预算数、年初预算数与全年预算数、资金总额与各来源，文字或总成本指标的金额与表内金额，换算一万倍才相符的，是元与万元混用。执行率按一万倍换算后与印出的相符的也算；执行数是预算数两千倍以上、金额指标的完成值是指标值两千倍以上的，不论印没印执行率都算；执行数只有预算数的万分之一上下的，应当核对。有效数字不足三位的金额不与另一处比较，以免巧合。",
  kind: "auto",
  basis: [cite("form", "金额单位")],
  force: "must",
  refines: ["AR-20", "AR-22", "AR-23", "AR-25", "AR-27", "AR-36", "AR-37", "AR-81", "AR-156", "AR-157"],
  needs: ["funds"],
  check: (dossier) => {
    const { form, facts } = dossier;
    const found: Found<Figures>[] = [];
    const seen = new Set<string>();
    const keyOf = (at: Place): string => at.replace(/\..*$/, "");
    const report = (
      at: readonly Place[],
      what: string,
      a: string,
      b: string,
      kind: string,
      instead = "",
      force?: "should",
    ): void => {
      // The columns of a row slip together: one finding per row.
      const key = keyOf(at[0] ?? "");
      if (seen.has(key)) return;
      seen.add(key);
      found.push({ at, figures: { what, a, b, kind, instead }, ...(force ? { force } : {}) });
    };
    const executions = executionOf(dossier);
    // The total and its sources slip together: one finding with all its places.
    const far = executions.filter(({ rate }) => compareRatio(rate, BEYOND_BUDGET) >= 0);
    const [first] = far;
    if (first) {
      report(
        far.map(({ fund }) => place.fund(fund.index, "expenditure")),
        first.fund.row.label || "预算执行",
        `全年执行数${showDecimal(first.spent)}`,
        `预算数${showDecimal(first.budget)}的${showDecimal(roundRatio(first.rate, 0, "half-up"))}倍`,
        "far",
        inTenThousands(first.spent, form.moneyUnit),
      );
      for (const { fund } of far) seen.add(place.fund(fund.index));
    }
    for (const { fund, budget, spent, rate, verdict } of executions) {
      if (verdict !== "unit") {
        if (between(rate, UNDER) && significant(spent) >= TELLING_DIGITS)
          report(
            [place.fund(fund.index, "expenditure"), place.fund(fund.index, "adjustedBudget")],
            fund.row.label || "预算执行",
            `全年执行数${showDecimal(spent)}`,
            `预算数${showDecimal(budget)}的万分之一上下`,
            "under",
            "",
            "should",
          );
        continue;
      }
      report(
        [place.fund(fund.index, "expenditure"), place.fund(fund.index, "executionRate")],
        fund.row.label || "预算执行",
        `全年执行数${showDecimal(spent)}`,
        `预算数${showDecimal(budget)}`,
        "rate",
      );
    }
    const total = facts.totalFund;
    if (total) {
      const { initialBudget, adjustedBudget } = total;
      if (
        initialBudget &&
        adjustedBudget &&
        significant(adjustedBudget) >= TELLING_DIGITS &&
        (tenThousandfold(initialBudget, adjustedBudget) || tenThousandfold(adjustedBudget, initialBudget))
      )
        report(
          [place.fund(total.index, "initialBudget"), place.fund(total.index, "adjustedBudget")],
          total.row.label || "资金总额",
          `年初预算数${showDecimal(initialBudget)}`,
          `全年预算数${showDecimal(adjustedBudget)}`,
          "rows",
        );
      const sources = facts.funds.filter((fund) => fund !== total);
      for (const [column, title] of COLUMNS) {
        const whole = total[column];
        // A total that is in the other unit itself disagrees with every source.
        if (!whole || seen.has(place.fund(total.index))) continue;
        const parts = sources.filter((fund) => (fund[column]?.units ?? 0n) !== 0n);
        const all = sum(parts.map((fund) => fund[column] ?? ZERO));
        if (parts.length === 0 || near(all, whole)) continue;
        if (parts.length > 1 && (near(times(all), whole) || near(all, times(whole)))) {
          report(
            [place.fund(total.index, column)],
            title,
            `资金总额${showDecimal(whole)}`,
            `各来源之和${showDecimal(all)}`,
            "rows",
          );
          continue;
        }
        // One source in the other unit: put right, it completes the sum.
        const slip = parts.find((fund) => {
          const own = fund[column];
          if (!own) return false;
          const rest = subtract(whole, subtract(all, own));
          return near(times(rest), own) || near(rest, times(own));
        });
        const own = slip?.[column];
        if (slip && own)
          report(
            [place.fund(slip.index, column), place.fund(total.index, column)],
            title,
            `资金总额${showDecimal(whole)}`,
            `${slip.row.label.replace(/^其中[:：]?/, "")}${showDecimal(own)}`,
            "rows",
          );
      }
      const unit = yuanPer(form.moneyUnit);
      if (unit) {
        const inYuan = COLUMNS.flatMap(([column, title]) => {
          const value = total[column];
          return value && significant(value) >= TELLING_DIGITS
            ? [{ column, title, value: multiply(value, unit) }]
            : [];
        });
        for (const story of storiesOf(form))
          for (const amount of story.quantities) {
            if (amount.kind !== "money" || amount.per.length > 0 || amount.approximate) continue;
            if (inYuan.some(({ value }) => compare(value, amount.value) === 0)) continue;
            const slip = inYuan.find(
              ({ value }) => tenThousandfold(value, amount.value) || tenThousandfold(amount.value, value),
            );
            if (slip)
              report(
                [place.fund(total.index, slip.column), story.at],
                slip.title,
                `表内${showDecimal(total[slip.column] ?? slip.value)}${form.moneyUnit}`,
                `${story.name}写作“${amount.raw}”`,
                "text",
              );
          }
      }
    }
    for (const [index, { row }] of facts.rows.entries()) {
      const { target, actual } = row;
      if (!yuanPer(target.unit)) continue;
      const [limit, reached] = [yuanOf(target.text), yuanOf(actual.text, target.unit)];
      if (!limit || !reached || limit.units <= 0n || compare(reached, multiply(limit, BEYOND_BUDGET)) < 0)
        continue;
      report(
        [place.indicator(index, "actual"), place.indicator(index, "target")],
        row.name ?? `第${index + 1}行`,
        `完成值${said(actual)}`,
        `指标值${said(target)}的${showDecimal(roundRatio({ numerator: reached, denominator: limit }, 0, "half-up"))}倍`,
        "far",
        actual.unit === null ? inTenThousands(parseDecimal(actual.value) ?? ZERO, target.unit) : "",
      );
    }
    if (total)
      for (const { row, target } of wholeCostRows(facts)) {
        if (!target || seen.has(place.indicator(row.facts.index))) continue;
        const slip = COLUMNS.find(([column]) => {
          const amount = moneyOf(form, total[column]);
          return (
            amount !== null &&
            significant(amount) >= TELLING_DIGITS &&
            (tenThousandfold(amount, target) || tenThousandfold(target, amount))
          );
        });
        if (slip)
          report(
            [place.fund(total.index, slip[0]), place.indicator(row.facts.index, "target")],
            slip[1],
            `表内${showDecimal(total[slip[0]] ?? ZERO)}${form.moneyUnit ?? ""}`,
            `「${row.title}」的指标值${said(row.facts.row.target)}`,
            "rows",
          );
      }
    return outcomeOf(found);
  },
  message: ({ what, a, b, kind, instead }) =>
    kind === "far"
      ? `${what}的${a}是${b}，${instead ? `疑似把元填进了万元的栏，应为${instead}` : "疑似一处按元、一处按万元填列"}。`
      : kind === "under"
        ? `${what}的${a}只有${b}，疑似一处按元、一处按万元填列。`
        : kind === "rate"
          ? `${what}的${a}与${b}相差一万倍才与印出的执行率相符，元与万元混用。`
          : `${what}：${a}，${b}，换算一万倍才相符，元与万元混用。`,
  remedy: ({ what }) => `${what}的金额，全表按同一单位填列。`,
  examples: {
    fails: [
      {
        says: "预算按万元、执行数按元填",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "931000", "10", "95.00", "9.50"]],
        }),
      },
      {
        says: "一个来源按元填",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", "900000", "900000", "851000"],
            ["other", "其他资金", "8.00", "8.00", "8.00"],
          ],
        }),
      },
      {
        says: "执行数按元填，执行率照错的数算",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "56.77", "56.77", "500700", "10", "881979.92", "10"],
            [
              "current-appropriation",
              "其中：当年财政拨款",
              "56.77",
              "56.77",
              "500700",
              null,
              "881979.92",
              null,
            ],
          ],
          totalScore: "100",
        }),
      },
      {
        says: "没有印执行率，执行数按万元、预算按元填",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "567700", "567700", "50.07", "10", null, null]],
        }),
      },
      {
        says: "成本指标的完成值按元填",
        given: exampleForm({
          rows: withRows({ 0: ["经济成本指标", "项目总成本", "≤93.1万元", "931000", "10", "10"] }),
        }),
      },
      {
        says: "年初预算按元、全年预算按万元填",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "986000", "98.60", "93.67", "10", "95.00", "9.50"]],
        }),
      },
      {
        says: "申报的资金按元填，成本指标按万元",
        given: exampleForm({
          kind: "target-declaration",
          rows: withRows({ 0: ["经济成本指标", "项目总成本控制额", "≤98.6万元", null, null, null] }),
          fundRows: [["total", "年度资金总额", "986000", null, null]],
        }),
      },
      {
        says: "表头是万元，数却是元",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "387600.50", "387600.50", "387600.50", "10", "100", "10"]],
          totalScore: "100",
          achieved: "2024年维护供水管道126公里，全年支出387600.50元，8630名农村居民受益。",
        }),
      },
    ],
    passes: [
      {
        says: "来源齐全，只是合计有差",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", "90.00", "90.00", "88.10", null, "97.89", null],
            ["other", "其他资金", "8.00", "8.00", "10.00", null, "125.00", null],
          ],
        }),
      },
      { says: "单位一致", given: exampleForm() },
      {
        says: "预算很大，几乎没有执行",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "5000.00", "5000.00", "5.00", "10", "0.10", "0.01"]],
        }),
      },
      {
        says: "成本指标写明是元",
        given: exampleForm({
          rows: withRows({ 0: ["经济成本指标", "项目总成本", "≤98万元", "931000元", "10", "10"] }),
        }),
      },
      {
        says: "文字用元，换算后相等",
        given: exampleForm({ achieved: "2024年维护供水管道126公里，全年支出931000元，8630名农村居民受益。" }),
      },
    ],
  },
});
