import {
  equals,
  formatDecimal,
  multiply,
  type Place,
  place,
  ratio,
  roundRatio,
  showDecimal,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { executionOf } from "../../facts/execution.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Way = "half-up" | "truncate";
type Figures = { truncated: string; rounded: string };

interface Witness {
  readonly at: Place;
  readonly says: string;
  readonly way: Way;
}

const WORDS: Readonly<Record<Way, string>> = { "half-up": "四舍五入", truncate: "截断" };

/** Rounded and truncated figures side by side in one form. */
export const roundingDiffersInForm: Rule = formRule<Figures>({
  id: "rounding-differs-in-form",
  code: "AR-158",
  title: "同一张表舍入方法不一",
  explains:
    "只看能分出方法的数：两位以后的小数四舍五入与截断结果不同的执行率和预算执行得分。一处截断、一处四舍五入的，提示统一。几张表之间的差别由批次检查报告。",
  kind: "auto",
  basis: [cite("form", "舍入一致"), cite("form-bureau-2024", "执行得分")],
  force: "hint",
  needs: ["funds"],
  check: (dossier) => {
    const witnesses: Witness[] = [];
    for (const { fund, percent, truncated, spent, budget, verdict } of executionOf(dossier)) {
      const name = (fund.row.label || "预算执行").replace(/^其中[:：]?/, "");
      const { executionRate, points, score } = fund;
      if (verdict === "fits" && executionRate && executionRate.scale === 2 && !equals(percent, truncated)) {
        const way: Way | null = equals(executionRate, percent)
          ? "half-up"
          : equals(executionRate, truncated)
            ? "truncate"
            : null;
        if (way)
          witnesses.push({
            at: place.fund(fund.index, "executionRate"),
            says: `${name}的执行率${formatDecimal(executionRate)}%（${WORDS[way]}）`,
            way,
          });
      }
      if (!points || !score || score.scale > 2) continue;
      const exact = ratio(multiply(points, spent), budget);
      if (!exact) continue;
      const up = roundRatio(exact, 2, "half-up");
      const down = roundRatio(exact, 2, "truncate");
      if (equals(up, down)) continue;
      const way: Way | null = equals(score, up) ? "half-up" : equals(score, down) ? "truncate" : null;
      if (way)
        witnesses.push({
          at: place.fund(fund.index, "score"),
          says: `${name}的预算执行得分${showDecimal(score)}分（${WORDS[way]}）`,
          way,
        });
    }
    if (witnesses.length < 2) return notApplicable("能分出舍入方法的数不足两处");
    const rounded = witnesses.filter(({ way }) => way === "half-up");
    const truncated = witnesses.filter(({ way }) => way === "truncate");
    if (rounded.length === 0 || truncated.length === 0) return outcomeOf<Figures>([]);
    const found: Found<Figures> = {
      at: [...truncated, ...rounded].map(({ at }) => at),
      figures: {
        truncated: truncated.map(({ says }) => says).join("、"),
        rounded: rounded.map(({ says }) => says).join("、"),
      },
    };
    return outcomeOf([found]);
  },
  message: ({ truncated, rounded }) => `${truncated}，而${rounded}，同一张表舍入方法不一。`,
  remedy: () => "全表统一四舍五入到两位小数。",
  examples: {
    fails: [
      {
        says: "执行率截断，得分四舍五入",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "36.60", "36.60", "35.60", "10", "97.26", "9.73"]],
          totalScore: "99.73",
        }),
      },
    ],
    passes: [
      { says: "分不出方法", given: exampleForm() },
      {
        says: "都是四舍五入",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "36.60", "36.60", "35.60", "10", "97.27", "9.73"]],
          totalScore: "99.73",
        }),
      },
    ],
  },
});
