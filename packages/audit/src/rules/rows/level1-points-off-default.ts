import { add, compare, type Decimal, decimal, level1Of, place, showDecimal, ZERO } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Points with cost as a level 1, cost counted with output: mof-2021-101. */
const WITH_COST = { 产出指标: decimal(60), 效益指标: decimal(20), 满意度指标: decimal(10) } as const;

type Figures = { printed: string; usual: string };

/** Level-1 points that differ from the default of the pack, which is only a principle. */
export const level1PointsOffDefault: Rule = formRule<Figures>({
  id: "level1-points-off-default",
  code: "AR-146",
  title: "一级指标分值与通行分配不同",
  explains:
    "口径列有一级指标分值时，核对产出（含单列的成本）、效益、满意度各占多少分。原则上的分配可以调整，只作建议；没有满意度指标的，其分值并入效益，不提示。",
  kind: "auto",
  basis: [cite("mof-2020-10", "权重")],
  force: "hint",
  needs: ["indicators", "points"],
  check: ({ facts, policy }) => {
    const usual = policy.level1Points?.value;
    if (!usual) return notApplicable("所用口径没有规定一级指标分值");
    const sums = new Map<string, Decimal>();
    let cost = ZERO;
    let first = 0;
    for (const { row, points, index } of facts.rows) {
      if (!points) return notApplicable("有的行没有分值");
      const level1 = row.level1 === null ? null : level1Of(row.level1);
      if (level1 === null) return notApplicable("有的行没有通行的一级指标");
      if (level1 === "成本指标") cost = add(cost, points);
      // Without cost points of its own in the pack, cost counts as output, where the 2020 method keeps it.
      const key = level1 === "成本指标" && !usual[level1] ? "产出指标" : level1;
      sums.set(key, add(sums.get(key) ?? ZERO, points));
      if (sums.size === 1) first = index;
    }
    if (!sums.has("满意度指标") || !sums.has("效益指标") || !sums.has("产出指标"))
      return notApplicable("缺一级指标，由缺项检查处理");
    // The guide of 2021 puts cost beside output, 20 and 40, and benefit at 20: usual too.
    if (
      usual.成本指标 === undefined &&
      compare(cost, decimal(20)) === 0 &&
      Object.entries(WITH_COST).every(([name, points]) => compare(sums.get(name) ?? ZERO, points) === 0)
    )
      return outcomeOf<Figures>([]);
    const off = Object.entries(usual).filter(
      ([name, points]) => compare(sums.get(name) ?? ZERO, points) !== 0,
    );
    if (off.length === 0) return outcomeOf<Figures>([]);
    return outcomeOf<Figures>([
      {
        at: [place.indicator(first, "points")],
        figures: {
          printed: Object.keys(usual)
            .map((name) => `${name}${showDecimal(sums.get(name) ?? ZERO)}分`)
            .join("、"),
          usual: Object.entries(usual)
            .map(([name, points]) => `${name}${showDecimal(points)}分`)
            .join("、"),
        },
      },
    ]);
  },
  message: ({ printed, usual }) => `本表${printed}（成本未单列的口径将成本计入产出），通行分配为${usual}。`,
  remedy: () => "没有特别理由的，按通行分配调整分值；有理由的写明。",
  examples: {
    fails: [
      {
        says: "产出60分，效益20分",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "维护供水管道长度", "≥120公里", "126公里", "25", "25"],
            4: ["社会效益指标", "受益农村人口数", "≥8000人", "8630人", "5", "5"],
          }),
        }),
      },
    ],
    passes: [
      { says: "成本与产出共50分，效益30分，满意度10分", given: exampleForm() },
      {
        says: "成本单列20分，产出40分，效益20分，满意度10分",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "管护成本控制额", "≤95万元", "93.10万元", "20", "20"],
            4: ["社会效益指标", "受益农村人口数", "≥8000人", "8630人", "10", "10"],
            5: ["可持续影响指标", "管护责任落实村占比", "≥90%", "94%", "10", "10"],
          }),
        }),
      },
    ],
  },
});
