import type { Clause, Instrument, SourceKind } from "./instrument.ts";
import { INSTRUMENTS, STANDING_WORDS } from "./instruments.ts";

const KINDS: readonly (readonly [SourceKind, string])[] = [
  ["instrument", "制度文件"],
  ["published-form", "公开的自评表"],
  ["practice", "实务做法"],
];

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

/** The page of sources: every instrument, form and practice with its clauses and how far each was read (markdown, Chinese). */
export function lawCatalogue(): string {
  const lines: string[] = [
    "# 依据目录",
    "",
    "本页由程序生成。“已核原文”指读过官方页面或公开表格及其表下说明；“据转述或实务”指转载、摘要或观察到的做法；“未核原文”指凭记忆，不作硬性要求的依据。",
    "标“*”的条目内容通行而原文未复核，不得单独作硬性要求的依据。各条文字为本项目的概括，不是原文；条款号未核，故以主题引用。",
  ];
  const entries: readonly (readonly [string, Instrument])[] = Object.entries(INSTRUMENTS);
  for (const [kind, title] of KINDS) {
    lines.push("", `## ${title}`);
    for (const [id, instrument] of entries) {
      if (instrument.kind !== kind) continue;
      const head = kind === "instrument" ? `${instrument.number}《${instrument.title}》` : instrument.title;
      lines.push("", `### ${head}`, "");
      lines.push(
        `编号 \`${id}\`；日期 ${instrument.date ?? "未载明"}${instrument.dateStanding ? `（${STANDING_WORDS[instrument.dateStanding]}）` : ""}；${instrument.governs}；名称与文号：${STANDING_WORDS[instrument.standing]}。`,
      );
      lines.push("", "| 主题 | 内容 | 程度 |", "|---|---|---|");
      const clauses: readonly (readonly [string, Clause])[] = Object.entries(instrument.clauses);
      for (const [topic, clause] of clauses) {
        const mark = clause.notReread ? " *" : "";
        lines.push(`| ${cell(topic)} | ${cell(clause.says)} | ${STANDING_WORDS[clause.standing]}${mark} |`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}
