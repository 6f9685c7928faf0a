import type { Force } from "@jiheng/domain";

/**
 * The words of the reports themselves, in both languages. What a finding says stays Chinese: it quotes forms and articles
 * that are Chinese, and a translation would not be what the article says.
 */
export interface Words {
  readonly language: "zh-CN" | "en";
  readonly opinion: string;
  readonly force: Readonly<Record<Force, string>>;
  readonly overview: string;
  readonly number: string;
  readonly project: string;
  readonly printedTotal: string;
  readonly recomputedTotal: string;
  readonly printedGrade: string;
  readonly recomputedGrade: string;
  readonly toJudge: string;
  readonly nothing: string;
  readonly where: string;
  readonly basis: string;
  readonly guesses: string;
  readonly across: string;
  readonly notChecked: string;
  readonly noProject: string;
  readonly columns: {
    readonly nature: string;
    readonly code: string;
    readonly problem: string;
    readonly remedy: string;
  };
  readonly form: (number: number) => string;
  readonly more: (count: number) => string;
  readonly summary: (forms: number, counts: readonly string[], doubts: number) => string;
  readonly count: (title: string, count: number) => string;
  readonly unread: (file: string, what: string) => string;
  readonly broken: (rule: string, what: string) => string;
  readonly printed: (total: string | null, grade: string | null) => string;
  readonly recomputed: (total: string | null, grade: string | null) => string;
  readonly problemsOf: (title: string) => string;
  readonly made: (engine: string, rules: string, count: number, policies: string) => string;
}

const ZH: Words = {
  language: "zh-CN",
  opinion: "绩效自评表审核意见",
  force: { must: "必须更正", should: "应当说明", hint: "可以改进" },
  overview: "各表一览",
  number: "序号",
  project: "项目",
  printedTotal: "表列总分",
  recomputedTotal: "重算总分",
  printedGrade: "表列等级",
  recomputedGrade: "重算等级",
  toJudge: "待人工判断",
  nothing: "未发现问题。",
  where: "位置：",
  basis: "依据：",
  guesses: "读表时的推断和缺失",
  across: "各表之间",
  notChecked: "没有检查的事项（不等于通过）",
  noProject: "（未填项目名称）",
  columns: { nature: "性质", code: "编号", problem: "问题", remedy: "处理" },
  form: (number) => `第${number}张`,
  more: (count) => ` 等${count}处`,
  summary: (forms, counts, doubts) => `共审核 ${forms} 张表：${counts.join("，")}，待人工判断 ${doubts} 处。`,
  count: (title, count) => `${title} ${count} 项`,
  unread: (file, what) => `未能读取：${file}（${what}）`,
  broken: (rule, what) => `规则 ${rule} 运行出错：${what}`,
  printed: (total, grade) => (total ? `表列 ${total} 分` : "表列总分：未填") + (grade ? `（${grade}）` : ""),
  recomputed: (total, grade) =>
    total ? `，按表内各行重算 ${total} 分${grade ? `（${grade}）` : ""}` : "，按表内各行重算：不能计算",
  problemsOf: (title) => `${title}的问题`,
  made: (engine, rules, count, policies) =>
    `绩衡 ${engine} · 规则 ${rules}（${count} 条） · 政策包 ${policies || "无"}`,
};

const EN: Words = {
  language: "en",
  opinion: "Review of performance self-evaluation forms",
  force: { must: "Must be corrected", should: "Needs an explanation", hint: "Could be better" },
  overview: "Overview",
  number: "No.",
  project: "Project",
  printedTotal: "Printed total",
  recomputedTotal: "Recomputed",
  printedGrade: "Printed grade",
  recomputedGrade: "Recomputed grade",
  toJudge: "For a person to judge",
  nothing: "Nothing found.",
  where: "Where: ",
  basis: "Basis: ",
  guesses: "Guessed or lost in reading",
  across: "Across the forms",
  notChecked: "Not checked (which is no pass)",
  noProject: "(no project name)",
  columns: { nature: "Force", code: "Code", problem: "Finding", remedy: "Remedy" },
  form: (number) => `Form ${number}`,
  more: (count) => ` and others, ${count} places`,
  summary: (forms, counts, doubts) =>
    `${forms} forms reviewed: ${counts.join(", ")}; for a person to judge: ${doubts}.`,
  count: (title, count) => `${title.toLowerCase()}: ${count}`,
  unread: (file, what) => `Could not be read: ${file} (${what})`,
  broken: (rule, what) => `Rule ${rule} failed: ${what}`,
  printed: (total, grade) => (total ? `Printed ${total}` : "No total printed") + (grade ? ` (${grade})` : ""),
  recomputed: (total, grade) =>
    total
      ? `; from its own rows ${total}${grade ? ` (${grade})` : ""}`
      : "; cannot be recomputed from its rows",
  problemsOf: (title) => `Findings on ${title}`,
  made: (engine, rules, count, policies) =>
    `Jiheng ${engine} · rules ${rules} (${count}) · policy packs ${policies || "none"}`,
};

/** The words of a language. */
export function wordsOf(lang: "zh" | "en"): Words {
  return lang === "en" ? EN : ZH;
}
