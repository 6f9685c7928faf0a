import { equals, formatDecimal, type Place, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type ExecutionFacts, executionOf, rateWords } from "../../facts/execution.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { rows: string; printed: string; arithmetic: string; rounded: string; truncated: string };

interface Group {
  readonly first: ExecutionFacts;
  readonly printed: string;
  readonly at: Place[];
  readonly names: string[];
}

/** A rate that is neither the rounded nor the truncated one, but close: digits were misprinted. */
export const misprintedRate: Rule = formRule<Figures>({
  id: "misprinted-rate",
  code: "AR-156",
  title: "执行率印错：四舍五入和截断都不相符",
  explains:
    "印出的执行率与重算的相差不到1个百分点、或只差一位数字，而四舍五入、截断都不相符，差在0.01个百分点以上。只看计分行和有金额的行。同一金额的几行印错成同一个数的，合并为一条。",
  kind: "auto",
  basis: [cite("form", "执行率"), cite("form-bureau-2024", "执行率·版式甲截断")],
  force: "must",
  refines: ["AR-22"],
  needs: ["funds"],
  check: (dossier) => {
    const rows = executionOf(dossier);
    if (!rows.some(({ verdict }) => verdict !== null)) return notApplicable("没有可以重算的执行率");
    const groups = new Map<string, Group>();
    for (const row of rows) {
      if (row.verdict !== "slip" || !row.fund.executionRate) continue;
      const printed = formatDecimal(row.fund.executionRate, 2);
      const at = place.fund(row.fund.index, "executionRate");
      const name = row.fund.row.label || "预算执行";
      const key = `${printed}|${showDecimal(row.budget)}|${showDecimal(row.spent)}`;
      const same = groups.get(key);
      if (same) {
        same.at.push(at);
        same.names.push(name);
      } else groups.set(key, { first: row, printed, at: [at], names: [name] });
    }
    const found = [...groups.values()].map(
      ({ first, printed, at, names }): Found<Figures> => ({
        at,
        figures: {
          rows: names.map((name) => `“${name.replace(/^其中[:：]?/, "")}”`).join("、"),
          printed,
          arithmetic: rateWords(first, dossier.policy),
          rounded: formatDecimal(first.percent),
          truncated: equals(first.percent, first.truncated) ? "" : formatDecimal(first.truncated),
        },
      }),
    );
    return outcomeOf(found);
  },
  message: ({ rows, printed, arithmetic, truncated }) =>
    `${rows}的执行率印为${printed}%，重算${arithmetic}${truncated ? `（截断为${truncated}%）` : ""}，${
      truncated ? "四舍五入和截断都不相符" : "不相符"
    }。`,
  remedy: ({ rows, rounded }) => `${rows}的执行率为${rounded}%，并重算预算执行得分和总分。`,
  examples: {
    fails: [
      {
        says: "95.00印成95.40",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.40", "9.50"]],
        }),
      },
      {
        says: "两行印成同一个错数",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "246.50", "246.50", "233.33", "10", "94.56", "9.46"],
            [
              "current-appropriation",
              "其中：当年财政拨款",
              "246.50",
              "246.50",
              "233.33",
              null,
              "94.56",
              null,
            ],
          ],
          totalScore: "99.46",
        }),
      },
    ],
    passes: [
      { says: "相符", given: exampleForm() },
      {
        says: "截断的也算相符",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "528.84", "528.84", "521.59", "10", "98.62", "9.86"]],
          totalScore: "99.86",
        }),
      },
      {
        says: "写作98.6%，按一位小数相符",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "528.84", "528.84", "521.59", "10", "98.6", "9.86"]],
          totalScore: "99.86",
        }),
      },
    ],
  },
});
