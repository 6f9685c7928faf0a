import {
  compare,
  type Decimal,
  decimal,
  equals,
  multiply,
  type Place,
  place,
  showDecimal,
  subtract,
  sum,
  within,
  yuanPer,
  ZERO,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { executionOf } from "../../facts/execution.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";

const TEN_THOUSAND = decimal(10_000);
/** Fewer digits coincide by chance. */
const TELLING_DIGITS = 3;
const COLUMNS = [
  ["initialBudget", "年初预算数"],
  ["adjustedBudget", "全年预算数"],
  ["expenditure", "全年执行数"],
] as const;

type Figures = { what: string; a: string; b: string; kind: string };

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
    "同一行的执行数与预算数、资金总额与各来源，以及文字金额与表内金额，换算一万倍才相符的，是元与万元混用。执行率按一万倍换算后与印出的相符的也算。有效数字不足三位的文字金额不比较，以免巧合。",
  kind: "auto",
  basis: [cite("form", "金额单位")],
  force: "must",
  refines: ["AR-20", "AR-22", "AR-23", "AR-27", "AR-156", "AR-157"],
  needs: ["funds"],
  check: (dossier) => {
    const { form, facts } = dossier;
    const found: Found<Figures>[] = [];
    const seen = new Set<string>();
    const report = (at: readonly Place[], what: string, a: string, b: string, kind: string): void => {
      // The columns of a row slip together: one finding per row.
      const key = (at[0] ?? "").replace(/\..*$/, "");
      if (seen.has(key)) return;
      seen.add(key);
      found.push({ at, figures: { what, a, b, kind } });
    };
    for (const { fund, budget, spent, verdict } of executionOf(dossier)) {
      if (verdict !== "unit") continue;
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
    return outcomeOf(found);
  },
  message: ({ what, a, b, kind }) =>
    kind === "rate"
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
        says: "文字用元，换算后相等",
        given: exampleForm({ achieved: "2024年维护供水管道126公里，全年支出931000元，8630名农村居民受益。" }),
      },
    ],
  },
});
