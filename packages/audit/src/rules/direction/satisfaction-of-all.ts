import { compare, decimal, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

const ALL = decimal(100);

type Figures = { row: string; target: string };

/** Satisfaction with the target 100 %: one unhappy answer misses it. */
export const satisfactionOfAll: Rule = formRule<Figures>({
  id: "satisfaction-of-all",
  code: "AR-123",
  title: "满意度目标定为100%",
  explains: "满意度以“=100%”或“≥100%”为目标时，有一人不满意就没有达到，不切实际，也说明不了服务水平。",
  kind: "auto",
  basis: [cite("reading", "满意度目标")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, unit, title } of rowMeanings(facts)) {
      if (name.kind !== "satisfaction" || !row.target || compare(row.target, ALL) !== 0) continue;
      if (row.comparison === "≤" || row.comparison === "<") continue;
      if (unit !== null && unit !== "percent") continue;
      found.push({
        at: [place.indicator(row.index, "target")],
        figures: { row: title, target: said(row.row.target) },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target }) => `「${row}」的年度指标值为“${target}”，有一人不满意就没有达到，目标不切实际。`,
  remedy: ({ row }) => `为「${row}」设定有调查依据的目标，如“≥90%”。`,
  examples: {
    fails: [
      {
        says: "学员满意率等于百分之百",
        given: exampleForm({
          rows: withRows({ 6: ["服务对象满意度指标", "学员满意率", "=100%", "100%", "10", "10"] }),
        }),
      },
    ],
    passes: [{ says: "满意度不低于90%", given: exampleForm() }],
  },
});
