import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { reported: string; forms: string };

/** The department's report counts another number of projects than there are forms. */
export const reportCountDiffers: Rule = batchRule<Figures>({
  id: "report-count-differs",
  code: "AR-88",
  title: "报告的项目数与自评表不符",
  explains: "部门自评报告所说的项目个数与本批自评表张数不一致。需要提供报告的项目数；一个项目只交一张表。",
  kind: "auto",
  basis: [cite("form", "报告与表")],
  force: "must",
  needs: ["departmentReport"],
  check: ({ forms, departmentReport }) => {
    const reported = departmentReport?.projects;
    if (reported === undefined) return notApplicable("没有提供报告的项目数");
    if (reported === forms.length) return outcomeOf<Figures, BatchPlace>([]);
    return outcomeOf<Figures, BatchPlace>([
      {
        at: forms.map((_, form) => ({ form, at: "project" })),
        figures: { reported: String(reported), forms: String(forms.length) },
      },
    ]);
  },
  message: ({ reported, forms }) => `部门报告称自评项目${reported}个，本批自评表${forms}张。`,
  remedy: () => "核对漏报或重报的自评表，更正报告的数字。",
  examples: {
    fails: [
      { says: "报告三个，只有一张", given: [exampleForm()], outside: { departmentReport: { projects: 3 } } },
    ],
    passes: [{ says: "相符", given: [exampleForm()], outside: { departmentReport: { projects: 1 } } }],
  },
});
