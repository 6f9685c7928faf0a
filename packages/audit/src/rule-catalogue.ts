import { showCitation } from "@jiheng/law";
import type { BatchRule, FormRule, Need, Rule, RuleKind } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import { codeNumber, openDossier, reviewBatch, reviewForm } from "./run.ts";
import { RULES_VERSION } from "./version.ts";

const FORCE: Record<Rule["force"], string> = {
  must: "必须更正",
  should: "应当说明",
  hint: "可以改进",
  pack: "随政策包",
};
const KIND: Record<RuleKind, string> = {
  auto: "自动判定",
  assist: "能确定的判定，其余待人工判断",
  human: "人工核对",
};
const LEVEL: Record<Rule["level"], string> = { form: "单表", batch: "各表之间", "cross-year": "跨年度" };
const NEED: Record<Need, string> = {
  funds: "资金行",
  indicators: "绩效指标",
  points: "指标分值",
  scores: "指标得分",
  totalScore: "总分",
  grade: "评分等级",
  goal: "预期目标",
  achieved: "实际完成情况",
  year: "年度",
  notes: "读表说明",
  approvedTargets: "批复的绩效目标",
  calendar: "报送日期和截止日期",
  evidence: "佐证材料清单",
  departmentReport: "部门报告的汇总数",
  projectList: "批复项目清单",
  previousYear: "上一年度的自评表",
  person: "人工核对",
};

/** The page of rules: what each looks for, on which source, and what it says about its own examples (markdown, Chinese). */
export function ruleCatalogue(): string {
  const rules = [...RULES].sort(
    (a, b) => codeNumber(a.code) - codeNumber(b.code) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const count = (kind: RuleKind): number => rules.filter((rule) => rule.kind === kind).length;
  const lines = [
    "# 审核规则目录",
    "",
    `本页由程序生成。规则版本 ${RULES_VERSION}，共 ${rules.length} 条：自动判定 ${count("auto")} 条，辅助判定 ${count("assist")} 条，人工核对 ${count("human")} 条。`,
    "“必须更正”指表内自相矛盾或违反强制性规定，“应当说明”指审核人会追问，“可以改进”供参考；“随政策包”的，政策包列为义务时必须更正，否则应当说明。",
    "缺少所需资料的规则列为未检查，不作通过。示例由规则实际运行得出。",
    "",
    "| 编号 | 规则 | 查什么 | 性质 | 方式 | 范围 |",
    "|---|---|---|---|---|---|",
    ...rules.map(
      (rule) =>
        `| ${rule.code} | [${rule.id}](#${rule.id}) | ${cell(rule.title)} | ${FORCE[rule.force]} | ${KIND[rule.kind]} | ${LEVEL[rule.level]} |`,
    ),
  ];
  for (const rule of rules) lines.push(...entry(rule));
  return `${lines.join("\n")}\n`;
}

function entry(rule: Rule): string[] {
  const basis = rule.basis.map(showCitation).join("；");
  const lines = ["", `## ${rule.id}`, "", `**${rule.code} ${rule.title}**`, "", rule.explains, ""];
  lines.push(`- 性质：${FORCE[rule.force]}；${KIND[rule.kind]}；${LEVEL[rule.level]}`, `- 依据：${basis}`);
  if (isHuman(rule)) return [...lines, `- 需要人工：${rule.why}`];
  if (rule.needs.length > 0) lines.push(`- 所需：${rule.needs.map((need) => NEED[need]).join("、")}`);
  if (rule.refines?.length) lines.push(`- 同一处有本规则的问题时，不再重复：${rule.refines.join("、")}`);
  for (const said of rule.level === "form" ? formExamples(rule) : batchExamples(rule)) lines.push(said);
  return lines;
}

function isHuman(rule: Rule): rule is Extract<Rule, { why: string }> {
  return rule.kind === "human";
}

function formExamples(rule: FormRule): string[] {
  const { fails, passes } = rule.examples;
  return [
    ...fails.map(({ says, given, context }) => {
      const dossier = openDossier(given, context ? { context } : {});
      return failing(says, reviewForm(dossier, [rule]));
    }),
    ...passes.map(({ says }) => `- 不报：${says}`),
  ];
}

function batchExamples(rule: BatchRule): string[] {
  const { fails, passes } = rule.examples;
  return [
    ...fails.map(({ says, given, outside }) =>
      failing(says, reviewBatch({ forms: given.map((form) => openDossier(form)), ...outside }, [rule])),
    ),
    ...passes.map(({ says }) => `- 不报：${says}`),
  ];
}

interface Said {
  readonly findings: readonly { readonly message: string; readonly remedy: string }[];
  readonly unclear: readonly { readonly why: string }[];
}

function failing(says: string, { findings, unclear }: Said): string {
  const finding = findings[0];
  if (finding) return `- 发现：${says} → ${finding.message}${finding.remedy}`;
  const doubt = unclear[0];
  if (doubt) return `- 待人工判断：${says} → ${doubt.why}`;
  return `- 应当发现而没有发现：${says}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
