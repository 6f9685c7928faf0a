import { layoutFor } from "@jiheng/exporters/layouts";
import { t } from "../../i18n/words.ts";

const FIELDS: Readonly<Record<string, string>> = {
  label: t("名称"),
  name: t("名称"),
  initialBudget: t("年初预算数"),
  adjustedBudget: t("全年预算数"),
  expenditure: t("全年执行数"),
  executionRate: t("执行率"),
  points: t("分值"),
  score: t("得分"),
  target: t("指标值"),
  actual: t("实际完成值"),
  deviation: t("偏差原因"),
  evidence: t("佐证"),
  criteria: t("评分标准"),
  level1: t("一级指标"),
  level2: t("二级指标"),
};
const HEADS: Readonly<Record<string, string>> = {
  totalScore: t("总分"),
  totalPoints: t("分值合计"),
  grade: t("评分等级"),
  "goal.expected": t("预期目标"),
  "goal.achieved": t("实际完成情况"),
  project: t("项目名称"),
};

/** A place of a form that is not at hand, by the number of its row: funds[0].expenditure is row 1 of the funds, 全年执行数. */
export function placeInWords(at: string): string {
  const match = /^(funds|indicators)\[(\d+)\](?:\.(\w+))?/.exec(at);
  if (!match) return HEADS[at] ?? at;
  const row = Number(match[2]) + 1;
  const field = FIELDS[match[3] ?? ""] ?? "";
  return match[1] === "funds"
    ? t("资金表第{{row}}行 {{field}}", { row, field })
    : t("指标表第{{row}}行 {{field}}", { row, field });
}

const HEADING = /\.(label|level1|level2|groupPoints)$/;

/** Whether the history of a place tells more than where a heading was copied from. */
export function isFigure(at: string): boolean {
  return /^(funds|indicators)\[|^total|^grade$|^goals?\b|^deviation$/.test(at) && !HEADING.test(at);
}

/** What a template is called, with its identity, as two may print the same title. */
export function templateInWords(template: string): string {
  const { id, title } = layoutFor(template);
  return id === template ? t("{{title}}（{{template}}）", { title, template }) : template;
}
