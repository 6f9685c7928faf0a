import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { RULES, RULES_VERSION, review } from "@jiheng/audit";
import { type Decimal, parseDecimal } from "@jiheng/domain";
import {
  departmentReport,
  type Report,
  type ReportRecord,
  reportRecord,
  verifyReport,
  writeDocx,
  writeHtml,
} from "@jiheng/exporters";
import type { Arguments } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { pdfOf, tellMissing } from "../pdf.ts";
import { onePolicy } from "../policies.ts";
import { printJson } from "../print/json.ts";
import { replacement, saveNew } from "../save.ts";
import { filesOf, formsOf, readSources, reportUnread, type SourcedForm } from "../sources.ts";

const USAGE = "写法：jiheng report 自评表文件夹 -o 报告.docx";
const FORMATS = [".docx", ".pdf", ".html", ".json"] as const;

/** The report as a file, by the extension of its name. */
async function fileOf(
  report: Report,
  answer: object,
  extension: string,
  io: Io,
): Promise<string | Uint8Array> {
  if (extension === ".json") return printJson(answer);
  // Slow to load: only where charts are drawn.
  const { chartDrawingMl, chartSvg } = await import("@jiheng/exporters/charts");
  const drawings = { svg: chartSvg, drawingMl: chartDrawingMl };
  switch (extension) {
    case ".docx":
      return writeDocx(report.document, drawings);
    case ".pdf": {
      const { bytes, missing } = await pdfOf(report.document, drawings);
      tellMissing(missing, io);
      return bytes;
    }
    default:
      return writeHtml(report.document, drawings);
  }
}

/** The answer of `report --json`: the record of the report and which form each source means. */
function answerOf(record: ReportRecord, sourced: readonly SourcedForm[], order: readonly number[]): object {
  return {
    engine: ENGINE,
    rules: RULES_VERSION,
    forms: order.map((index) => {
      const each = sourced[index];
      return { file: each?.file ?? "", id: each?.form.id ?? "", project: each?.form.project ?? null };
    }),
    report: record,
  };
}

function budgetIn(typed: string | null): Decimal | null {
  if (typed === null) return null;
  const value = parseDecimal(typed.replace(/[,，]|万元$/g, ""));
  if (!value || value.units <= 0n)
    throw new CommandError(
      `--budget 后面应是部门项目支出预算的金额，不能是“${typed}”`,
      "以万元为单位，例如 --budget 12345.67",
    );
  return value;
}

/** A record written before, to be held against the forms. */
async function recordIn(path: string, io: Io): Promise<ReportRecord> {
  const text = await readFile(resolve(io.cwd, path), "utf8").catch((error: { code?: string }) => {
    throw new CommandError(`不能读取 ${path}（${error.code ?? String(error)}）`, "请核对文件名、路径和权限");
  });
  try {
    const { report } = JSON.parse(text) as { report?: ReportRecord };
    if (report && [report.figures, report.texts, report.cells].every(Array.isArray)) return report;
  } catch {
    // Told below, together with JSON of another kind.
  }
  throw new CommandError(
    `${path} 不是 jiheng report 写出的 .json`,
    "请给出 jiheng report … -o 报告.json 写出的文件",
  );
}

/**
 * `jiheng report`: the department's report on its self-evaluations, by the extension of -o. With --check it is held against a
 * record written before instead; exit 2 where they differ.
 */
export async function report({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const extension = options.json ? ".json" : extname(options.out ?? "").toLowerCase();
  if (options.check === null && options.out === null && !options.json)
    throw new CommandError("没有指定写到哪里", USAGE);
  if (options.check === null && !FORMATS.some((each) => each === extension))
    throw new CommandError(
      `不能写成“${extension === "" ? options.out : extension}”`,
      `-o 的扩展名应是 ${FORMATS.join("、")}`,
    );
  const policy = onePolicy(options, "report");
  const { documents, unread } = await readSources(rest, io);
  const sourced = formsOf(documents, options.form);
  if (sourced.length === 0) {
    reportUnread(unread, io);
    throw new CommandError("没有读到自评表，不能编制报告", "请核对文件");
  }
  const reviewed = review(
    sourced.map(({ form }) => form),
    RULES,
    policy ? { policy } : {},
  );
  const policies = [
    ...new Set(reviewed.forms.map(({ dossier }) => `${dossier.policy.id} ${dossier.policy.version}`)),
  ];
  const made = departmentReport({
    review: reviewed,
    rules: RULES,
    versions: [`${ENGINE.name} ${ENGINE.version}`, `规则 ${RULES_VERSION}`, `政策包 ${policies.join("、")}`],
    unread,
    name: options.name,
    departmentBudget: budgetIn(options.budget),
  });
  const record = reportRecord(made);
  if (options.check !== null) {
    const differences = verifyReport(await recordIn(options.check, io), record);
    for (const { at, says } of differences) io.out(`${at}：${says}\n`);
    io.out(
      differences.length === 0
        ? `报告与原表一致：核对数字 ${record.figures.length} 个、文字 ${record.texts.length} 处、表格单元格 ${record.cells.length} 个。\n`
        : `报告与原表不一致，共 ${differences.length} 处。\n`,
    );
    return reportUnread(unread, io) || differences.length > 0 ? 2 : 0;
  }
  const answer = answerOf(record, sourced, made.order);
  if (options.out === null) io.out(printJson(answer));
  else {
    const content = await fileOf(made, answer, extension, io);
    const saved = await saveNew(options.out, content, filesOf({ documents, unread }), io);
    io.err(`已写入 ${options.out}${replacement(saved)}\n`);
  }
  return reportUnread(unread, io) ? 2 : 0;
}
