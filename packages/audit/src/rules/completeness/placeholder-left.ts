import { type Form, type Place, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

/** Each pattern is sure by itself; a single star may mark a core indicator, a single × multiplies. */
const PLACEHOLDERS: readonly RegExp[] = [
  /\*{2,}/,
  /^\s*\*\s*$/,
  /(?<![A-Za-z0-9])[XxＸｘ]{2,}(?![A-Za-z0-9])/,
  /[×✕╳]{2,}/,
  /某某|[某Ｘ](?:县|市|区|局|乡|镇|村|单位|部门)某/,
  /_{3,}|＿{2,}/,
  /^(?:指标|目标|三级指标)[0-9一二三四五六七八九十]{1,2}[:：]?$/,
  /^(?:待填|待补充?|待定|TBD|tbd)$/,
  /^\s*(?:…+|\.{3,})\s*$/,
  /(?:目标|指标|任务)[0-9一二三四五六七八九十]{1,2}\s*[:：]\s*(?:…+|\.{3,}|$)/,
];
const PROMPTS: readonly RegExp[] = [
  /^\s*[(（【[](?:请|须|需|应)?(?:填写|填列|填报|填入|输入)[^()（）【】[\]]{1,30}[)）】\]]\s*$/,
  /[(（【[][^()（）【】[\]]{0,50}(?:[0-9]{2,4}字(?:以内|以下|左右)|不超过[0-9]{2,4}字)[^()（）【】[\]]{0,20}[)）】\]]/,
  /[(（【[](?:请|应|须|需)?(?:对照|按照|根据|参照|结合|简要|逐项|如实|详细)[^()（）【】[\]]{0,30}(?:填写|填列|填报|说明|描述|列示)[^()（）【】[\]]{0,20}[)）】\]]/,
  /[(（【[]请?(?:在此处?|此处|此栏)[^()（）【】[\]]{0,10}(?:填写|填列|填报|输入)[^()（）【】[\]]{0,20}[)）】\]]/,
  /(?:请|点击)(?:在此处?|此处|在此栏)(?:填写|输入|填报)|请填写|请输入|请选择|此处填写|单击此处/,
];
/** What every pattern above holds somewhere: most cells are passed by at once. */
const SUSPECT = /[*XxＸｘ×✕╳某_＿…待字填写输列描说选单]|\.{3}|[Tt][Bb][Dd]|^(?:三级)?(?:指标|目标)/;

type Figures = { where: string; left: string; kind: string };

/** Calls `look` with every cell that may hold a placeholder. */
function cellsOf(form: Form, look: (at: Place, where: string, text: string) => void): void {
  const suspect = (text: string | null): text is string => text !== null && SUSPECT.test(text);
  if (suspect(form.title)) look("title", "表名", form.title);
  if (suspect(form.project)) look("project", "项目名称", form.project);
  if (suspect(form.department)) look("department", "主管部门", form.department);
  if (suspect(form.unit)) look("unit", "实施单位", form.unit);
  const goals = form.goals.length > 0 ? form.goals : [form.goal];
  for (const [index, goal] of goals.entries()) {
    if (suspect(goal.expected)) look(place.goal(index, "expected"), "预期目标", goal.expected);
    if (suspect(goal.achieved)) look(place.goal(index, "achieved"), "实际完成情况", goal.achieved);
  }
  for (const [index, { name, target, actual, deviation }] of form.indicators.entries()) {
    const row = (): string => name?.trim() || `第${index + 1}行`;
    if (suspect(name)) look(place.indicator(index, "name"), "三级指标名称", name);
    if (suspect(target.text)) look(place.indicator(index, "target"), `「${row()}」的年度指标值`, target.text);
    if (suspect(actual.text)) look(place.indicator(index, "actual"), `「${row()}」的实际完成值`, actual.text);
    if (suspect(deviation)) look(place.indicator(index, "deviation"), `「${row()}」的偏差原因`, deviation);
  }
  if (suspect(form.deviation)) look("deviation", "偏差原因", form.deviation);
  for (const [index, { label, text }] of form.fields.entries())
    if (suspect(text)) look(`fields[${index}]`, label || "其他栏目", text);
}

function clip(text: string): string {
  const one = text.replace(/\s+/g, " ").trim();
  return one.length > 30 ? `${one.slice(0, 28)}…` : one;
}

/** A placeholder or the form's own prompt is left in a cell. */
export const placeholderLeft: Rule = formRule<Figures>({
  id: "placeholder-left",
  code: "AR-05",
  title: "残留占位文字或填表提示语",
  explains:
    "各格中残留的占位符（**、XX、××、某某、下划线、“指标1”“目标2：……”）和表式自带的提示语（括号里的“……100字以内”“请填写……”）。单独一个*可能标核心指标，单独一个×是乘号，型号、车牌里的字母不算，均不提示；资金行旁印着的填写说明是表式的一部分，不提示。",
  kind: "auto",
  basis: [cite("form", "占位文字")],
  force: "must",
  needs: [],
  check: ({ form }) => {
    const found: Found<Figures>[] = [];
    cellsOf(form, (at, where, text) => {
      let left: string | null = null;
      let kind = "占位文字";
      for (const pattern of PLACEHOLDERS) {
        const match = pattern.exec(text);
        if (match) {
          left = match[0];
          break;
        }
      }
      if (left === null)
        for (const pattern of PROMPTS) {
          const match = pattern.exec(text);
          if (match) {
            left = match[0];
            kind = "填表提示语";
            break;
          }
        }
      if (left !== null) found.push({ at: [at], figures: { where, left: clip(left), kind } });
    });
    return outcomeOf(found);
  },
  message: ({ where, left, kind }) => `${where}中残留${kind}“${left}”。`,
  remedy: ({ where, kind }) => `${where}：删去${kind}，填写实际内容。`,
  examples: {
    fails: [
      { says: "项目名称一格只有填写提示", given: exampleForm({ project: "（填写批复的项目全称）" }) },
      { says: "项目名称留着XX", given: exampleForm({ project: "XX县农村供水管网管护" }) },
      {
        says: "完成情况是提示语",
        given: exampleForm({ achieved: "（对照目标填写完成情况，100字以内）" }),
      },
      {
        says: "完成值留着星号",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "受益农村人口数", "≥8000人", "***人", "15", "15"] }),
        }),
      },
      {
        says: "结论栏是提示语",
        given: exampleForm({ fields: [{ label: "存在问题", text: "（分析问题及原因，200字以内）" }] }),
      },
    ],
    passes: [
      { says: "没有残留", given: exampleForm() },
      {
        says: "乘号、型号和核心标记",
        given: exampleForm({
          achieved: "2024年更换DN100型水表300只，印制手册200元×50本=10000元，尺码XXL工作服12套。",
          rows: withRows({ 2: ["质量指标", "*管道维护验收合格率", "≥95%", "97%", "15", "15"] }),
        }),
      },
      {
        says: "“填写”是指标内容",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "巡检记录填写规范率", "≥95%", "97%", "15", "15"] }),
        }),
      },
    ],
  },
});
