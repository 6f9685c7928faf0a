import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { CATEGORY_WORDS, type Category } from "../../lexicon/categories.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { formTitle, indexOf, rowPlace } from "./batch-index.ts";

/** Ours: a vote needs so many forms, and so large a majority (3 of 4). */
const FEWEST_FORMS = 3;
const MAJORITY = [3, 4] as const;

type Figures = { row: string; category: string; usual: string; votes: string; forms: string; form: string };

/** A name stands under another category than in most forms of the batch. */
export const categoryOutvoted: Rule = batchRule<Figures>({
  id: "category-outvoted",
  code: "AR-126",
  title: "同名指标在多数表中归入另一类",
  explains: "同名指标在三张以上的表里出现，四分之三以上列在同一个二级类别下，少数列在别的类别。",
  kind: "auto",
  basis: [cite("reading", "指标归类·同批")],
  force: "should",
  needs: ["indicators"],
  check: (batch) => {
    if (batch.forms.length < FEWEST_FORMS) return notApplicable("不足三张表");
    const found: Found<Figures, BatchPlace>[] = [];
    for (const rows of indexOf(batch).byName.values()) {
      if (rows.length < FEWEST_FORMS) continue;
      const votes = new Map<Category, Set<number>>();
      const voters = new Set<number>();
      for (const { form, meaning } of rows) {
        if (meaning.category === null) continue;
        voters.add(form);
        const forms = votes.get(meaning.category);
        if (forms) forms.add(form);
        else votes.set(meaning.category, new Set([form]));
      }
      if (voters.size < FEWEST_FORMS || votes.size < 2) continue;
      const [usual, winners] = [...votes].reduce((best, one) => (one[1].size > best[1].size ? one : best));
      if (winners.size * MAJORITY[1] < voters.size * MAJORITY[0]) continue;
      for (const row of rows) {
        const { category } = row.meaning;
        if (category === null || category === usual) continue;
        found.push({
          at: [rowPlace(row, "level2")],
          figures: {
            row: row.meaning.title,
            category: row.meaning.facts.row.level2 ?? CATEGORY_WORDS[category],
            usual: CATEGORY_WORDS[usual],
            votes: String(winners.size),
            forms: String(voters.size),
            form: formTitle(batch, row.form),
          },
        });
      }
    }
    return outcomeOf(found);
  },
  message: ({ row, category, usual, votes, forms, form }) =>
    `${form}的「${row}」列在“${category}”下，而有这一指标的${forms}张表中有${votes}张列在${usual}下。`,
  remedy: ({ row, usual }) => `核对「${row}」的类别，一般应归入${usual}。`,
  examples: {
    fails: [
      {
        says: "四张表中一张归到满意度",
        given: ["供水", "巡护", "清淤"]
          .map((project) =>
            exampleForm({
              project,
              rows: withRows({ 5: ["可持续影响指标", "管护队伍稳定性", "稳定", "稳定", "15", "15"] }),
            }),
          )
          .concat(
            exampleForm({
              project: "水表",
              rows: withRows({ 6: ["服务对象满意度指标", "管护队伍稳定性", "稳定", "稳定", "10", "10"] }),
            }),
          ),
      },
    ],
    passes: [
      {
        says: "各表一致",
        given: ["供水", "巡护", "清淤"].map((project) => exampleForm({ project })),
      },
    ],
  },
});
