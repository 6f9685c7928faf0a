import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { CATEGORY_WORDS, type Category } from "../../lexicon/categories.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const WANTED: readonly Category[] = ["quantity", "quality", "timeliness"];

type Figures = { missing: string; has: string };

/** No row of quantity, quality or timeliness under output. */
export const outputCategoryMissing: Rule = formRule<Figures>({
  id: "output-category-missing",
  code: "AR-03",
  title: "产出指标缺少数量、质量或时效",
  explains:
    "产出指标下数量、质量、时效各应至少有一项。有的地方列为必设，其他地方请说明。整张表没有产出指标的由一级指标检查报告；二级名称认不出的、部门整体表不作判断。",
  kind: "auto",
  basis: [cite("pidu-2024-99", "必设二级指标"), cite("form-tianchang-2022", "指标体系")],
  force: "pack",
  needs: ["indicators"],
  check: ({ form, facts }) => {
    if (form.kind === "department-self-evaluation" || form.kind === "regional-self-evaluation")
      return notApplicable("部门整体、区域表的指标类别另有规定");
    const present = new Set<Category>();
    for (const { category } of rowMeanings(facts))
      if (category && WANTED.includes(category)) present.add(category);
    if (present.size === 0) return notApplicable("认不出产出的二级指标");
    const words = (list: readonly Category[]): string =>
      list.map((category) => CATEGORY_WORDS[category]).join("、");
    const missing = WANTED.filter((category) => !present.has(category));
    if (missing.length === 0) return outcomeOf<Figures>([]);
    const figures = {
      missing: words(missing),
      has: words(WANTED.filter((category) => present.has(category))),
    };
    return outcomeOf<Figures>([{ at: ["indicators"], figures }]);
  },
  message: ({ missing, has }) => `产出指标只有${has}，没有${missing}。`,
  remedy: ({ missing }) => `补设${missing}；确实不适用的说明理由。`,
  examples: {
    fails: [
      {
        says: "没有时效指标",
        given: exampleForm({
          rows: withRows({ 3: ["数量指标", "抢修漏点处数", "≥30处", "34处", "10", "10"] }),
        }),
      },
    ],
    passes: [{ says: "三类都有", given: exampleForm() }],
  },
});
