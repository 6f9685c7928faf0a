import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { isTimeUnit, sumClaimsOf } from "../../text/index.ts";
import { countRowsOf, keyOf, resultsOf } from "./count-joins.ts";

const MOST_NAMED = 5;

type Said = { rows: string; count: string };

/** AR-107: counted actuals that the result text never mentions. */
export const countedActualNotInResult = formRule<Said>({
  id: "counted-actual-not-in-result",
  code: "AR-107",
  title: "定量指标的完成值在完成情况中没有提及",
  explains:
    "完成情况写有数字、而数量类指标的完成值一处也没有出现在其中的，逐行列出。完成情况一个数字也没有的由另一项检查指出；完成值为0的、以天和小时计的不看。",
  kind: "auto",
  basis: [cite("reading", "指标未提及")],
  force: "hint",
  needs: ["indicators", "achieved"],
  check({ form, facts }) {
    const results = resultsOf(form);
    const said = new Set<string>();
    for (const narrative of results) {
      for (const quantity of narrative.quantities)
        if (quantity.kind !== "label") said.add(keyOf(quantity.value));
      for (const claim of sumClaimsOf(narrative)) said.add(keyOf(claim.sum));
    }
    if (said.size === 0) return notApplicable("完成情况没有写数量");
    const silent = countRowsOf(facts).filter(
      ({ row, value, family }) =>
        value.units !== 0n &&
        !isTimeUnit(family) &&
        /数量|^产出/.test(row.row.level2 ?? row.row.level1 ?? "") &&
        !said.has(keyOf(value)),
    );
    if (silent.length === 0) return outcomeOf<Said>([]);
    const named = silent.slice(0, MOST_NAMED).map(({ row }) => `「${row.row.name}」${row.row.actual.text}`);
    return outcomeOf<Said>([
      {
        at: silent.map(({ row }) => place.indicator(row.index, "actual")),
        figures: {
          rows: named.join("、") + (silent.length > MOST_NAMED ? `等${silent.length}行` : ""),
          count: String(silent.length),
        },
      },
    ]);
  },
  message: ({ rows }) => `${rows}，实际完成情况没有提到这些数。`,
  remedy: () => "在实际完成情况中交代主要数量指标的完成结果。",
  examples: {
    fails: [
      {
        says: "维护长度只在指标里有",
        given: exampleForm({ achieved: "2024年完成6个乡镇的供水管道维护，8630名居民受益。" }),
      },
    ],
    passes: [
      { says: "数量都有交代", given: exampleForm() },
      {
        says: "指标以万为单位，文字同数",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥0.8万米", "0.86万米", "15", "15"] }),
          achieved: "完成供水管道维护0.86万米，故障处理平均19小时，8630名居民受益。",
        }),
      },
      {
        says: "写成万人也算",
        given: exampleForm({ achieved: "完成供水管道维护126公里，故障处理平均19小时，受益居民0.863万人。" }),
      },
    ],
  },
});
