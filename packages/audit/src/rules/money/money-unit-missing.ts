import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { doubtAt } from "../../facts/reading-doubts.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { rows: string };

/** Money without a unit. */
export const moneyUnitMissing: Rule = formRule<Figures>({
  id: "money-unit-missing",
  code: "AR-28",
  title: "没有标明金额单位",
  explains:
    "资金表填了金额，而表头、表题和单元格都没有标明元或万元，同一个数可以相差一万倍。没有金额的表不提示。",
  kind: "auto",
  basis: [cite("form", "金额单位")],
  force: "must",
  needs: ["funds"],
  check: ({ form, facts }) => {
    const filled = facts.funds.filter(({ adjustedBudget, expenditure }) => adjustedBudget ?? expenditure);
    const first = filled[0];
    if (!first) return notApplicable("资金表没有填金额");
    if (form.moneyUnit) return outcomeOf<Figures>([]);
    if (doubtAt(form, "moneyUnit"))
      return outcomeOf<Figures>([], [{ at: ["moneyUnit"], why: "没有读到金额单位，不能判断表上是否标明" }]);
    const found: Found<Figures> = {
      at: [place.fund(first.index, first.adjustedBudget ? "adjustedBudget" : "expenditure")],
      figures: { rows: String(filled.length) },
    };
    return outcomeOf([found]);
  },
  message: ({ rows }) => `资金表${rows}行填了金额，没有标明单位是元还是万元。`,
  remedy: () => "在资金表表头标明金额单位（元或万元）。",
  examples: {
    fails: [{ says: "表上没有单位", given: exampleForm({ moneyUnit: null }) }],
    passes: [
      { says: "标明万元", given: exampleForm() },
      {
        says: "读取时没有读到金额单位",
        given: exampleForm({
          moneyUnit: null,
          notes: [{ level: "lost", code: "missing-key", says: "没有读到", place: "moneyUnit", at: null }],
        }),
      },
    ],
  },
});
