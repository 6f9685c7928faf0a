import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { rates: string; names: string };

/** Outputs measured by rates only: how much was done is nowhere said. */
export const onlyRates: Rule = formRule<Figures>({
  id: "only-rates",
  code: "AR-144",
  title: "产出只有比率，没有数量",
  explains: "产出指标中至少两行是百分比，而没有一行写明做了多少。文字写有数字的、带金额或时间的也算有量。",
  kind: "auto",
  basis: [cite("reading", "只有比率")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const outputs = rowMeanings(facts).filter(
      ({ group, category }) => group === "output" && category !== "cost" && category !== "timeliness",
    );
    if (outputs.length === 0) return notApplicable("没有读到产出指标");
    const rates = outputs.filter(
      ({ facts: row, name, unit, actualUnit }) =>
        row.target !== null && (unit === "percent" || actualUnit === "percent" || name.isRate),
    );
    const counted = outputs.some(
      ({ facts: row, name, unit, actualUnit }) =>
        (row.target !== null && unit !== "percent" && actualUnit !== "percent" && !name.isRate) ||
        (row.target === null && /\d/.test(`${row.row.target.text ?? ""}${row.row.actual.text ?? ""}`)),
    );
    if (counted || rates.length < 2) return outcomeOf<Figures>([]);
    return outcomeOf<Figures>([
      {
        at: rates.map(({ facts: { index } }) => place.indicator(index, "target")),
        figures: {
          rates: String(rates.length),
          names: rates
            .slice(0, 3)
            .map(({ title }) => `「${title}」`)
            .join("、"),
        },
      },
    ]);
  },
  message: ({ rates, names }) =>
    `产出的数量、质量指标只有${rates}个比率（${names}${Number(rates) > 3 ? "等" : ""}），没有一行写明做了多少。`,
  remedy: () => "补充数量指标，写明件数、人数、面积等实际完成的量。",
  examples: {
    fails: [
      {
        says: "数量和质量都是比率",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "案件受理率", "=100%", "100%", "15", "15"],
            2: ["质量指标", "案件办结合格率", "≥95%", "97%", "15", "15"],
          }),
        }),
      },
    ],
    passes: [{ says: "有长度", given: exampleForm() }],
  },
});
