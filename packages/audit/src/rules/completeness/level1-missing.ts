import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import type { Group } from "../../lexicon/categories.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const WANTED: readonly (readonly [Group, string])[] = [
  ["output", "产出指标"],
  ["benefit", "效益指标"],
  ["satisfaction", "满意度指标"],
  ["cost", "成本指标"],
];

type Figures = { missing: string; has: string };

/** A level-1 group of the official table has no row. */
export const level1Missing: Rule = formRule<Figures>({
  id: "level1-missing",
  code: "AR-02",
  title: "缺少一类一级指标",
  explains:
    "产出、效益、满意度指标各应至少有一项；成本指标作为一级指标，或作为产出下的二级指标都可以，没有的只作建议，所用口径把成本列为一级指标的按缺项提示；口径把满意度并在效益里的，两者有其一即可。名称说明是满意度的，列在别处也算有。一级、二级名称都认不出的表、部门整体表不作判断。",
  kind: "auto",
  basis: [cite("mof-2020-10", "权重"), cite("form-tianchang-2022", "指标体系")],
  force: "should",
  needs: ["indicators"],
  check: ({ form, facts, policy }) => {
    if (form.kind === "department-self-evaluation" || form.kind === "regional-self-evaluation")
      return notApplicable("部门整体、区域表的指标类别另有规定");
    const present = new Set<Group>();
    for (const { group, category, name } of rowMeanings(facts)) {
      if (group) present.add(group);
      if (category === "cost") present.add("cost");
      if (name.kind === "satisfaction") present.add("satisfaction");
    }
    if (!present.has("output") && !present.has("benefit")) return notApplicable("认不出一级指标");
    const titles = new Map(WANTED);
    const has = [...present].map((group) => titles.get(group) ?? "").join("、");
    const groups = policy.level1Points?.value;
    const costWanted = groups?.成本指标 !== undefined;
    // Some places count satisfaction among the benefits: then either of the two will do.
    const together = groups !== undefined && groups.效益指标 !== undefined && groups.满意度指标 === undefined;
    if (together && (present.has("satisfaction") || present.has("benefit")))
      present.add("benefit").add("satisfaction");
    const lacking = WANTED.filter(([group]) => !present.has(group));
    const required = lacking.filter(([group]) => group !== "cost" || costWanted).map(([, title]) => title);
    const found: Found<Figures>[] = [];
    if (required.length > 0)
      found.push({ at: ["indicators"], figures: { missing: required.join("、"), has } });
    if (lacking.some(([group]) => group === "cost") && !costWanted)
      found.push({ at: ["indicators"], figures: { missing: "成本指标", has }, force: "hint" });
    return outcomeOf(found);
  },
  message: ({ missing, has }) => `表内有${has}，没有${missing}。`,
  remedy: ({ missing }) => `补设${missing}；确实不适用的说明理由，分值并入其他指标。`,
  examples: {
    fails: [
      {
        says: "没有满意度指标",
        given: exampleForm({
          rows: withRows({ 6: ["社会效益指标", "管网漏损投诉下降率", "≥10%", "12%", "10", "10"] }),
        }),
      },
      {
        says: "没有成本指标",
        given: exampleForm({
          rows: withRows({ 0: ["数量指标", "更换水表只数", "≥300只", "312只", "10", "10"] }),
        }),
      },
    ],
    passes: [
      { says: "各类都有", given: exampleForm() },
      {
        says: "成本列在产出之下",
        given: exampleForm({ patch: { 0: { level1: "产出指标", level2: "成本指标" } } }),
      },
    ],
  },
});
