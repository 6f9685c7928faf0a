import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { RULES, review } from "@jiheng/audit";
import { annotate as annotated, reviewComments } from "@jiheng/exporters";
import type { Arguments } from "../arguments.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { onePolicy } from "../policies.ts";
import { replacement, saveNew } from "../save.ts";
import { formsOf, readSources, reportUnread } from "../sources.ts";

const USAGE = "写法：jiheng annotate 自评表.docx -o 批注.docx";

function numbered(indexes: readonly number[]): string {
  return `第 ${indexes.map((index) => index + 1).join("、")} 条`;
}

/**
 * `jiheng annotate`: a copy of the user's own docx or xlsx with the findings as comments at their cells. Exit 0 when the copy
 * is written, whatever was found: whether a form passes is the answer of `audit`.
 */
export async function annotate({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  if (options.format !== null)
    throw new CommandError("annotate 没有 --format：副本与原文件是同一种格式", USAGE);
  const [name, ...more] = rest;
  if (name === undefined) throw new CommandError("没有指定文件", USAGE);
  if (more.length > 0) throw new CommandError("annotate 一次只能给一个文件加批注", USAGE);
  if (options.out === null) throw new CommandError("没有指定写到哪里", USAGE);
  const policy = onePolicy(options, "annotate");
  const source = resolve(io.cwd, name);
  const extension = extname(name).toLowerCase();
  if (extname(options.out).toLowerCase() !== extension)
    throw new CommandError(
      `副本与原文件是同一种格式，文件名也应以 ${extension || "同样的扩展名"} 结尾`,
      "请更改 -o 后面的文件名",
    );
  const { documents, unread } = await readSources([name], io);
  if (reportUnread(unread, io)) return 2;
  const [document, second] = documents;
  if (!document || second)
    throw new CommandError(`${name} 是文件夹，annotate 一次只能给一个文件加批注`, USAGE);
  const bytes = new Uint8Array(await readFile(source));
  if (createHash("sha256").update(bytes).digest("hex") !== document.sha256)
    throw new CommandError(`${name} 在读取过程中被改动了`, "请关闭正在编辑它的程序后再试");

  const forms = formsOf(documents, options.form).map(({ form }) => form);
  const result = review(forms, RULES, policy ? { policy } : {});
  const comments = reviewComments(result);
  const copy = annotated(bytes, comments);
  if (copy.kind === "refused") throw new CommandError(`${name}：${copy.what}`, copy.remedy);
  const saved = await saveNew(options.out, copy.bytes, [name], io);

  for (const warning of copy.warnings) io.err(`${name}：${warning}。\n`);
  // What concerns a whole form belongs at its title; what has a cell that cannot take it is told one by one.
  const whole = copy.moved.filter((index) => comments[index]?.at === null);
  if (whole.length > 0)
    io.err(`${whole.length} 条针对整张表，批注放在表的标题或首格：${numbered(whole)}。\n`);
  for (const index of copy.moved)
    if (comments[index]?.at !== null)
      io.err(`第 ${index + 1} 条所在的单元格不能加批注，放在表的标题或首格：${comments[index]?.lead}\n`);
  for (const { index, why } of copy.unplaced) {
    const comment = comments[index];
    io.err(`第 ${index + 1} 条没有放进副本（${why}）：${comment?.lead} ${comment?.lines[0]}\n`);
  }
  const doubts = result.forms.reduce((sum, each) => sum + each.unclear.length, result.batch.unclear.length);
  const placed = comments.length - copy.unplaced.length;
  io.err(
    placed === 0
      ? `没有${comments.length === 0 ? "发现问题" : "可以放进副本的批注"}，${options.out}${replacement(saved)} 与原文件相同。\n`
      : `已写入 ${options.out}${replacement(saved)}：${forms.length} 张表，${placed} 条批注。\n`,
  );
  if (doubts > 0) io.err(`另有 ${doubts} 处需要人工判断，见 jiheng audit ${name}。\n`);
  const errors = [...result.forms.flatMap((each) => each.errors), ...result.batch.errors];
  for (const { rule, what } of errors) io.err(`规则 ${rule} 运行出错：${what}。请报给项目维护者。\n`);
  return errors.length > 0 ? 2 : 0;
}
