import { extname } from "node:path";
import type { Form } from "@jiheng/domain";
import {
  formsDocument,
  formsWorkbook,
  LAYOUTS,
  layOut,
  layoutFor,
  layoutOf,
  lostBy,
  presentConflicts,
  presentRollUp,
  writeDocx,
  writeHtml,
  writeText,
  writeXlsx,
} from "@jiheng/exporters";
import { type PointsBy, type RolledUp, type RollUpOptions, type RollUpSource, rollUp } from "@jiheng/rollup";
import { type Arguments, formatIn, type Options } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { pdfOf, tellMissing } from "../pdf.ts";
import { onePolicy } from "../policies.ts";
import { printJson } from "../print/json.ts";
import { clip, painter, table, wrap } from "../print/text.ts";
import { asSource, readRollUp } from "../rolled-up.ts";
import { replacement, saveNew } from "../save.ts";
import { filesOf, formsOf, readSources, reportUnread } from "../sources.ts";

const POINTS: readonly PointsBy[] = ["equal", "money", "weights"];
const FORMATS = [".json", ".docx", ".xlsx", ".pdf", ".html", ".txt"];

function pairsOf(option: string, typed: readonly string[]): readonly (readonly [string, string])[] {
  return typed.map((each) => {
    const at = each.search(/[=＝]/);
    const [first, second] = [each.slice(0, Math.max(0, at)).trim(), each.slice(at + 1).trim()];
    if (at < 1 || first === "" || second === "")
      throw new CommandError(
        `--${option} 后面应写成 甲=乙，不能是“${each}”`,
        `例如 --${option} 培训人数=参训人数`,
      );
    return [first, second];
  });
}

function choicesIn(options: Options): RollUpOptions {
  const points = options.points === null ? undefined : POINTS.find((each) => each === options.points);
  if (options.points !== null && points === undefined)
    throw new CommandError(`--points 不能是“${options.points}”`, `可用的写法：${POINTS.join("、")}`);
  if (options.weight.length > 0 && points !== "weights")
    throw new CommandError(
      "给了 --weight，但没有 --points weights",
      "请加上 --points weights，或去掉 --weight",
    );
  const policy = onePolicy(options, "rollup");
  return {
    ...(points ? { points } : {}),
    ...(options.template === null ? {} : { template: templateNamed(options.template) }),
    ...(options.name === null ? {} : { name: options.name }),
    ...(policy === undefined ? {} : { policy }),
    weights: Object.fromEntries(pairsOf("weight", options.weight)),
    merges: pairsOf("merge", options.merge),
    denominators: pairsOf("denominator", options.denominator),
    apart: options.apart,
    once: options.once,
    strictest: options.strictest,
  };
}

function templateNamed(id: string): string {
  if (layoutOf(id)) return id;
  throw new CommandError(`没有表式“${id}”`, `可用的表式：${LAYOUTS.map((plan) => plan.id).join("、")}`);
}

/** The official category form as a file, by the extension of its name. */
async function formFile(form: Form, extension: string, io: Io): Promise<string | Uint8Array> {
  const plan = layoutFor(form.template);
  if (plan.id !== form.template) io.err(`表式“${form.template}”没有对应的版式，按全国通用表样写出。\n`);
  for (const lost of lostBy(form, plan)) io.err(`${lost}。\n`);
  const model = layOut(form, plan);
  switch (extension) {
    case ".docx":
      return writeDocx(formsDocument([model], false));
    case ".xlsx":
      return writeXlsx(formsWorkbook([model], false));
    case ".pdf": {
      const { bytes, missing } = await pdfOf(formsDocument([model], false));
      tellMissing(missing, io);
      return bytes;
    }
    case ".html":
      return writeHtml(formsDocument([model], false));
    default:
      return writeText([model]);
  }
}

function summary({ form, sources, offers, notes, policy }: RolledUp, io: Io): string {
  const paint = painter(io.terminal);
  const show = (value: string | null): string => value ?? "（不能计算）";
  const out = [
    paint("bold", `${form.project ?? ""}　${form.department ?? ""}　${form.year ?? ""}年度`),
    `由 ${sources.length} 张表汇总：${sources.map(({ form: each }) => each.project ?? each.unit ?? each.id).join("、")}；政策包 ${policy.id}`,
    "",
    table(
      [
        `资金（${form.moneyUnit ?? "单位未印"}）`,
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
      ],
      form.funds.map((fund) => [
        fund.label,
        fund.initialBudget ?? "",
        fund.adjustedBudget ?? "",
        fund.expenditure ?? "",
        fund.points ?? "",
        fund.executionRate ?? "",
        fund.score ?? "",
      ]),
      { right: [1, 2, 3, 4, 5, 6], paint },
    ),
    "",
    table(
      ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
      form.indicators.map((row) => [
        row.level1 ?? "",
        row.level2 ?? "",
        clip(row.name ?? "", 36),
        clip(row.target.text ?? "", 20),
        clip(row.actual.text ?? "", 20),
        row.points ?? "",
        row.score ?? (row.points === null ? "" : "待定"),
      ]),
      { right: [5, 6], paint },
    ),
    "",
    `总分：${show(form.totalScore)}　等级：${show(form.grade)}`,
  ];
  if (notes.length > 0) {
    out.push("", paint("bold", `汇总说明（${notes.length}）`));
    for (const note of notes) out.push(wrap(`· ${note.says}`, io.columns, "  "));
  }
  if (offers.length > 0) {
    out.push("", paint("bold", `请确认（${offers.length}）`));
    for (const offer of offers) out.push(wrap(`· ${offer.says}`, io.columns, "  "));
  }
  return `${out.join("\n")}\n`;
}

/** `jiheng rollup`: several second-level projects, or roll-ups of them, into one form that knows its sources. */
export async function rollup({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const format = formatIn(options, ["text", "json"], "text");
  const extension = options.out === null ? null : extname(options.out).toLowerCase();
  if (extension !== null && !FORMATS.includes(extension))
    throw new CommandError(
      `不能写成“${extension || options.out}”`,
      `-o 后面的文件名应以 ${FORMATS.join("、")} 结尾`,
    );
  const choices = choicesIn(options);
  const { documents, unread } = await readSources(rest, io);
  // A sum without one of its parts would be wrong without showing it.
  if (reportUnread(unread, io)) return 2;
  const sources: RollUpSource[] = [];
  for (const { file, form } of formsOf(documents, options.form))
    sources.push(asSource(form, file, await readRollUp(file, io)));
  const result = rollUp(sources, choices);
  if (result.kind === "refused") {
    if (format === "json") io.out(printJson(presentConflicts(result.conflicts, ENGINE.version)));
    io.err(`不能汇总，有 ${result.conflicts.length} 处冲突：\n`);
    for (const { says, remedy } of result.conflicts)
      io.err(`${wrap(`· ${says}。${remedy}。`, io.columns, "  ")}\n`);
    return 2;
  }
  const answer = presentRollUp(result, ENGINE.version);
  if (format === "json") io.out(printJson(answer));
  else if (options.out === null) io.out(summary(result, io));
  if (options.out !== null && extension !== null) {
    const content = extension === ".json" ? printJson(answer) : await formFile(result.form, extension, io);
    const saved = await saveNew(options.out, content, filesOf({ documents, unread }), io);
    io.err(
      `已写入 ${options.out}${replacement(saved)}：${result.sources.length} 张表汇总为“${result.form.project ?? ""}”，${result.form.indicators.length} 行指标。\n`,
    );
    for (const each of [...result.notes, ...result.offers])
      io.err(`${wrap(`· ${each.says}`, io.columns, "  ")}\n`);
  }
  return 0;
}
