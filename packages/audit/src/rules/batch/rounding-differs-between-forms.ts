import { equals, percentOf } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { indexOf } from "./batch-index.ts";

type Figures = { truncated: string; rounded: string };

/** Which way a printed rate was cut, where the two ways differ. */
function cutOf(fund: {
  readonly computedRate: Parameters<typeof percentOf>[0] | null;
  readonly executionRate: { readonly units: bigint; readonly scale: number } | null;
}): "truncated" | "rounded" | null {
  if (!fund.computedRate || !fund.executionRate) return null;
  const places = fund.executionRate.scale;
  const cut = percentOf(fund.computedRate, places, "truncate");
  const rounded = percentOf(fund.computedRate, places, "half-up");
  if (equals(cut, rounded)) return null;
  if (equals(fund.executionRate, cut)) return "truncated";
  return equals(fund.executionRate, rounded) ? "rounded" : null;
}

/** Some forms of a department truncate the printed rate, others round it. */
export const roundingDiffersBetweenForms: Rule = batchRule<Figures>({
  id: "rounding-differs-between-forms",
  code: "AR-158",
  title: "各表执行率的舍入方法不一",
  explains:
    "同一部门的表里，有的执行率截去尾数，有的四舍五入。只看两种方法结果不同的执行率，两种都不符的由执行率检查指出。",
  kind: "auto",
  basis: [cite("form", "舍入一致"), cite("form-bureau-2024", "执行率·版式甲截断")],
  force: "hint",
  needs: ["funds"],
  check: (batch) => {
    const { departments } = indexOf(batch);
    const groups = new Map<
      string,
      { truncated: Map<number, BatchPlace>; rounded: Map<number, BatchPlace> }
    >();
    batch.forms.forEach(({ facts }, form) => {
      for (const fund of facts.funds) {
        const cut = cutOf(fund);
        if (cut === null) continue;
        const key = departments[form] ?? "";
        let group = groups.get(key);
        if (!group) {
          group = { truncated: new Map(), rounded: new Map() };
          groups.set(key, group);
        }
        if (!group[cut].has(form)) group[cut].set(form, { form, at: `funds[${fund.index}].executionRate` });
      }
    });
    if (groups.size === 0) return notApplicable("没有能分辨舍入方法的执行率");
    return outcomeOf<Figures, BatchPlace>(
      [...groups.values()]
        .filter(
          ({ truncated, rounded }) =>
            [...rounded.keys()].some((form) => !truncated.has(form)) && truncated.size > 0,
        )
        .map(({ truncated, rounded }) => ({
          at: [...truncated.values(), ...rounded.values()],
          figures: { truncated: listed(truncated), rounded: listed(rounded) },
        })),
    );
  },
  message: ({ truncated, rounded }) => `执行率的舍入方法不一：${truncated}截去尾数，${rounded}四舍五入。`,
  remedy: () => "统一执行率的舍入方法。",
  examples: {
    fails: [
      {
        says: "一张截尾一张进位",
        given: [
          exampleForm({
            fundRows: [["total", "年度资金总额", "36.60", "36.60", "35.60", "10", "97.26", "9.73"]],
          }),
          exampleForm({
            project: "水源地巡护",
            fundRows: [["total", "年度资金总额", "156", "156", "63.75", "10", "40.87", "4.09"]],
          }),
        ],
      },
    ],
    passes: [{ says: "除得尽，看不出方法", given: [exampleForm(), exampleForm({ project: "水源地巡护" })] }],
  },
});

function listed(forms: ReadonlyMap<number, BatchPlace>): string {
  const titles = [...forms.keys()].map((form) => `第${form + 1}张`);
  return titles.length > 6 ? `${titles.slice(0, 6).join("、")}等${titles.length}张` : titles.join("、");
}
