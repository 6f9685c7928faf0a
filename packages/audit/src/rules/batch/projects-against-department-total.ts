import { compare, decimal, showDecimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { agrees, expenditureOf } from "./department-total.ts";

type Figures = { sum: string; total: string; difference: string; unit: string };

/** Expenditure of the projects falls short of the department's total. */
export const projectsAgainstDepartmentTotal: Rule = batchRule<Figures>({
  id: "projects-against-department-total",
  code: "AR-32",
  title: "各项目金额之和与部门总额不符",
  explains:
    "各张自评表全年执行数之和与部门决算或自评报告的项目支出总额相差0.1以上。需要提供部门总额；各表金额单位须一致。",
  kind: "auto",
  basis: [cite("reviewers", "部门汇总")],
  force: "should",
  needs: ["departmentReport"],
  check: (batch) => {
    const total = batch.departmentReport?.expenditure;
    if (!total) return notApplicable("没有提供部门项目支出总额");
    const sum = expenditureOf(batch);
    if (!sum) return { kind: "notChecked", why: "有的表没有全年执行数，或各表金额单位不同，无法合计" };
    if (agrees(sum, total)) return outcomeOf<Figures, BatchPlace>([]);
    const more = compare(sum, total) > 0;
    return outcomeOf<Figures, BatchPlace>([
      {
        at: batch.forms.map((_, form) => ({ form, at: "funds" })),
        figures: {
          sum: showDecimal(sum),
          total: showDecimal(total),
          difference: `${more ? "多" : "少"}${showDecimal(more ? subtract(sum, total) : subtract(total, sum))}`,
          unit: batch.forms[0]?.form.moneyUnit ?? "",
        },
      },
    ]);
  },
  message: ({ sum, total, difference, unit }) =>
    `各项目全年执行数合计${sum}${unit}，部门项目支出总额${total}${unit}，${difference}${unit}。`,
  remedy: () => "核对是否漏报、重报项目，或各表金额的口径。",
  examples: {
    fails: [
      {
        says: "少报了一个项目",
        given: [exampleForm()],
        outside: { departmentReport: { expenditure: decimal("120.5") } },
      },
    ],
    passes: [
      {
        says: "相符",
        given: [exampleForm()],
        outside: { departmentReport: { expenditure: decimal("93.10") } },
      },
    ],
  },
});
