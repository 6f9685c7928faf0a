import { compare, decimal, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { agrees, expenditureOf } from "./department-total.ts";

type Figures = { sum: string; total: string; unit: string };

/** More money stands under performance forms than the department spent on projects. */
export const performanceAboveSpending: Rule = batchRule<Figures>({
  id: "performance-above-spending",
  code: "AR-35",
  title: "纳入绩效管理的金额大于项目支出总额",
  explains: "各张自评表全年执行数之和超过部门项目支出总额，必有重复或误填。需要提供部门总额。",
  kind: "auto",
  basis: [cite("checkers", "绩效覆盖")],
  force: "should",
  refines: ["AR-32"],
  needs: ["departmentReport"],
  check: (batch) => {
    const total = batch.departmentReport?.expenditure;
    if (!total) return notApplicable("没有提供部门项目支出总额");
    const sum = expenditureOf(batch);
    if (!sum) return { kind: "notChecked", why: "有的表没有全年执行数，或各表金额单位不同，无法合计" };
    if (compare(sum, total) <= 0 || agrees(sum, total)) return outcomeOf<Figures, BatchPlace>([]);
    return outcomeOf<Figures, BatchPlace>([
      {
        at: batch.forms.map((_, form) => ({ form, at: "funds" })),
        figures: {
          sum: showDecimal(sum),
          total: showDecimal(total),
          unit: batch.forms[0]?.form.moneyUnit ?? "",
        },
      },
    ]);
  },
  message: ({ sum, total, unit }) =>
    `各张自评表全年执行数合计${sum}${unit}，大于部门项目支出总额${total}${unit}。`,
  remedy: () => "核对重复报送的项目和各表的执行数。",
  examples: {
    fails: [
      {
        says: "大于总额",
        given: [exampleForm()],
        outside: { departmentReport: { expenditure: decimal(80) } },
      },
    ],
    passes: [
      {
        says: "不大于总额",
        given: [exampleForm()],
        outside: { departmentReport: { expenditure: decimal(200) } },
      },
    ],
  },
});
