import { cite } from "@jiheng/law";
import { CLEAN_ROWS, exampleForm } from "../../example-form.ts";
import { CATEGORY_WORDS, type Category } from "../../lexicon/categories.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { indexOf } from "./batch-index.ts";

/** Ours: so many siblings, of whom so many (4 of 5) have the category. */
const FEWEST_FORMS = 5;
const USUAL = [4, 5] as const;

/** Which benefit fits depends on the project. */
const OPTIONAL: ReadonlySet<Category> = new Set(["economic", "social", "ecological"]);

type Figures = { form: string; missing: string; have: string; forms: string };

/** A level-2 category that nearly all sibling forms have is missing here. */
export const categorySiblingsHave: Rule = batchRule<Figures>({
  id: "category-siblings-have",
  code: "AR-145",
  title: "缺少同批其他表都有的二级类别",
  explains: "同一部门五张以上的表中，五分之四以上设有某个二级类别，而本表没有。确与项目无关的可以不设。",
  kind: "auto",
  basis: [cite("reading", "缺类别")],
  force: "hint",
  needs: ["indicators"],
  check: (batch) => {
    const { departments } = indexOf(batch);
    const groups = new Map<string, { form: number; categories: Set<Category> }[]>();
    batch.forms.forEach(({ facts }, form) => {
      const categories = new Set<Category>();
      for (const { category } of rowMeanings(facts)) if (category !== null) categories.add(category);
      if (categories.size === 0) return;
      const key = departments[form] ?? "";
      const group = groups.get(key);
      if (group) group.push({ form, categories });
      else groups.set(key, [{ form, categories }]);
    });
    const found: Found<Figures, BatchPlace>[] = [];
    let looked = false;
    for (const group of groups.values()) {
      if (group.length < FEWEST_FORMS) continue;
      looked = true;
      const have = new Map<Category, number>();
      for (const { categories } of group)
        for (const one of categories) have.set(one, (have.get(one) ?? 0) + 1);
      const usual = [...have].filter(
        ([one, count]) => !OPTIONAL.has(one) && count * USUAL[1] >= group.length * USUAL[0],
      );
      for (const { form, categories } of group) {
        const missing = usual.filter(([one]) => !categories.has(one));
        if (missing.length === 0) continue;
        found.push({
          at: [{ form, at: "indicators" }],
          figures: {
            form: batch.forms[form]?.form.project?.trim() ?? `第${form + 1}张表`,
            missing: missing.map(([one]) => CATEGORY_WORDS[one]).join("、"),
            have: missing.map(([, count]) => String(count)).join("、"),
            forms: String(group.length),
          },
        });
      }
    }
    return looked ? outcomeOf(found) : notApplicable("没有一个部门有五张以上的表");
  },
  message: ({ form, missing, have, forms }) =>
    `“${form}”没有${missing}，同部门${forms}张表中有${have}张设有。`,
  remedy: ({ missing }) => `补充${missing}，或说明本项目为什么不设。`,
  examples: {
    fails: [
      {
        says: "六张表中一张没有可持续影响",
        given: ["一", "二", "三", "四", "五"]
          .map((n) => exampleForm({ project: `项目${n}` }))
          .concat(
            exampleForm({
              project: "项目六",
              rows: CLEAN_ROWS.filter(([level2]) => level2 !== "可持续影响指标"),
            }),
          ),
      },
    ],
    passes: [
      {
        says: "都有",
        given: ["一", "二", "三", "四", "五"].map((n) => exampleForm({ project: `项目${n}` })),
      },
    ],
  },
});
