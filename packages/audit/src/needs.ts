import type { BatchDossier, FormDossier, Need } from "./rule.ts";

/** Why a form lacks a part that a rule needs, or null where it has it. */
export function lacking(need: Need, { form, facts, context }: FormDossier): string | null {
  switch (need) {
    case "funds":
      return facts.funds.length > 0 ? null : "表中没有读到资金行";
    case "indicators":
      return facts.rows.length > 0 ? null : "表中没有读到绩效指标";
    case "points":
      return facts.hasPoints ? null : "本表没有填列指标分值";
    case "scores":
      return facts.hasScores ? null : "本表没有填列指标得分";
    case "totalScore":
      return facts.totalScore ? null : "本表没有填列总分";
    case "grade":
      return form.grade ? null : "本表没有填列评分等级";
    case "goal":
      return facts.expected ? null : "本表没有填列预期目标";
    case "achieved":
      return facts.achieved ? null : "本表没有填列实际完成情况";
    case "year":
      return form.year !== null ? null : "本表没有注明年度";
    case "approvedTargets":
      return context.approvedTargets ? null : "没有提供随预算批复的绩效目标";
    case "calendar":
      return context.handedIn && context.due ? null : "没有提供报送日期和截止日期";
    case "evidence":
      return context.evidence ? null : "没有提供佐证材料清单";
    case "notes":
      return null;
    case "departmentReport":
    case "projectList":
    case "previousYear":
      return "本项检查需要多张表一起审核";
    case "person":
      return "需要人工核对";
  }
}

/** The same for a rule across forms. */
export function lackingInBatch(need: Need, batch: BatchDossier): string | null {
  switch (need) {
    case "departmentReport":
      return batch.departmentReport ? null : "没有提供部门决算或自评报告的汇总数";
    case "projectList":
      return batch.projectList ? null : "没有提供批复项目清单";
    case "previousYear": {
      const years = new Set(batch.forms.map(({ form }) => form.year).filter((year) => year !== null));
      return years.size > 1 ? null : "没有提供上一年度的自评表";
    }
    case "person":
      return "需要人工核对";
    default:
      return batch.forms.length > 0 ? null : "没有可以审核的表";
  }
}
