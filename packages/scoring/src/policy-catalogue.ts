import { showCitation } from "@jiheng/law";
import type { MechanismExample } from "./mechanism.ts";
import { COUNTED_MECHANISMS } from "./mechanisms/index.ts";
import { targetZero } from "./mechanisms/target-zero.ts";
import type { PackExample } from "./pack-example.ts";
import { POLICIES } from "./policies.ts";
import type { PolicyPack } from "./policy-pack.ts";
import { policyParameters } from "./policy-parameters.ts";
import { runExample } from "./run-example.ts";

function exampleWords(example: PackExample): string {
  switch (example.kind) {
    case "row": {
      const { row } = example;
      const unit = row.unit ?? "";
      const actual = row.actual === null ? "空白" : `${row.actual}${/^\d/.test(row.actual) ? unit : ""}`;
      const target = `${row.comparison ?? ""}${row.target}${/^\d/.test(row.target) ? unit : ""}`;
      const entered = row.entered ? `，填报${row.entered}分` : "";
      const coefficient = row.coefficient ? `，得分系数${row.coefficient}%` : "";
      return `指标值${target}，完成值${actual}，分值${row.points}${coefficient}${entered}`;
    }
    case "execution": {
      const initial = example.initialBudget ? `年初预算${example.initialBudget}，` : "";
      return `${initial}全年预算${example.adjustedBudget ?? "空白"}，执行${example.expenditure ?? "空白"}，分值${example.points}`;
    }
    case "total":
      return `总分${example.total}`;
  }
}

function policyLines(policy: PolicyPack): readonly string[] {
  const { from, to } = policy.period;
  const years = from === null && to === null ? "不限" : `${from ?? "不限"}至${to ?? "今"}`;
  const seats = policy.scope === "national" ? "全国" : policy.places.join("、") || "不限地区（手工选用）";
  const head = policy.draft ? `${policy.title}【草案】` : policy.title;
  return [
    `## ${head}`,
    "",
    `编号 \`${policy.id}\`，版本 ${policy.version}；适用地区：${seats}；年度：${years}；表式：${policy.templates.join("、") || "不限"}。`,
    ...(policy.draft ? ["", "草案：数值未核原文，不会自动选用。"] : []),
    "",
    "| 参数 | 取值 | 依据 |",
    "|---|---|---|",
    ...policyParameters(policy).map(
      ({ name, value, basis }) => `| ${name} | ${value.replaceAll("|", "\\|")} | ${showCitation(basis)} |`,
    ),
    "",
    "| 算例 | 输入 | 结果 |",
    "|---|---|---|",
    ...policy.examples.map(
      (example) =>
        `| ${example.says} | ${exampleWords(example).replaceAll("|", "\\|")} | ${runExample(policy, example)} |`,
    ),
    "",
  ];
}

/** The page of policy packs and mechanisms, with every figure, its basis and the examples as they come out (markdown, Chinese). */
export function policyCatalogue(): string {
  const lines: string[] = [
    "# 计分口径目录",
    "",
    "本页由程序生成。每个数值旁列依据及其核对程度；算例的结果由程序实算。表上印有分值的，一律以表上为准。",
    "",
    "| 编号 | 名称 | 状态 |",
    "|---|---|---|",
    ...POLICIES.map((policy) => `| \`${policy.id}\` | ${policy.title} | ${policy.draft ? "草案" : "可用"} |`),
    "",
    ...POLICIES.flatMap(policyLines),
    "## 计分方法",
    "",
  ];
  for (const mechanism of [...Object.values(COUNTED_MECHANISMS), targetZero]) {
    const examples: readonly MechanismExample<unknown>[] = mechanism.examples;
    lines.push(`### ${mechanism.title}`, "", `编号 \`${mechanism.kind}\`。${mechanism.explanation}`, "");
    lines.push("| 指标值 | 完成值 | 分值 | 得分 |", "|---|---|---|---|");
    for (const { row, gives } of examples)
      lines.push(
        `| ${row.comparison === "none" ? "" : row.comparison}${row.target} | ${row.actual} | ${row.points} | ${gives} |`,
      );
    lines.push("");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
