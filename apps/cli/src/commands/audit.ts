import { type Review, RULES, RULES_VERSION, review } from "@jiheng/audit";
import {
  countsInWords,
  type OpinionSource,
  opinionDocument,
  opinionWorkbook,
  presentReview,
  writeDocx,
  writeHtml,
  writeXlsx,
} from "@jiheng/exporters";
import { type Arguments, formatIn } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { onePolicy } from "../policies.ts";
import { jsonPieces, printJson } from "../print/json.ts";
import { reviewHtml } from "../print/review-html.ts";
import { reviewSarif } from "../print/review-sarif.ts";
import { type PrintedReview, reviewText } from "../print/review-text.ts";
import { painter } from "../print/text.ts";
import { wordsOf } from "../print/words.ts";
import { replacement, saveNew } from "../save.ts";
import { filesOf, formsOf, readSources, reportUnread } from "../sources.ts";

/** "必须更正 7 项、应当说明 3 项": what was found in the forms and across them. */
function countsFound({ forms, batch }: Review): string {
  const counts = { must: 0, should: 0, hint: 0 };
  for (const { force } of [...forms.flatMap(({ findings }) => findings), ...batch.findings])
    counts[force] += 1;
  return countsInWords(counts) || "已检查的事项未发现问题";
}

/** `jiheng audit`: reviews each form and all of them together. Exit 1 where something of force must was found. */
export async function audit({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const format = formatIn(options, ["text", "json", "sarif", "html", "docx", "xlsx"], "text");
  if ((format === "docx" || format === "xlsx") && options.out === null)
    throw new CommandError(
      `${format} 是文件，不能印在屏幕上`,
      `请用 -o 指定写到哪里，例如 -o 审核意见.${format}`,
    );
  const policy = onePolicy(options, "audit");
  const { documents, unread } = await readSources(rest, io);
  const sourced = formsOf(documents, options.form);
  if (sourced.length === 0 && format !== "json" && format !== "sarif") {
    reportUnread(unread, io);
    throw new CommandError("没有读到自评表，不能出具审核意见", "请核对文件");
  }
  const files = sourced.map(({ file }) => file);
  const result = review(
    sourced.map(({ form }) => form),
    RULES,
    policy ? { policy } : {},
  );
  const policies = [
    ...new Set(result.forms.map(({ dossier }) => `${dossier.policy.id} ${dossier.policy.version}`)),
  ];
  const words = wordsOf(options.lang);
  const printed: PrintedReview = {
    review: result,
    files,
    words,
    made: words.made(ENGINE.version, RULES_VERSION, RULES.length, policies.join("、")),
    unread,
  };
  const write = async (content: string | Uint8Array): Promise<void> => {
    if (options.out === null) return io.out(String(content));
    const saved = await saveNew(options.out, content, filesOf({ documents, unread }), io);
    io.err(`已写入 ${options.out}${replacement(saved)}：${sourced.length} 张表，${countsFound(result)}\n`);
  };
  const opinion: OpinionSource = { review: result, files, engineVersion: ENGINE.version, unread };
  const answer = format === "json" ? presentReview(result, files, ENGINE.version) : null;
  if (answer && options.out === null) for (const piece of jsonPieces(answer)) io.out(piece);
  else if (answer) await write(printJson(answer));
  else if (format === "sarif") await write(printJson(reviewSarif(result, files, RULES_VERSION)));
  else if (format === "docx") await write(writeDocx(opinionDocument(opinion)));
  else if (format === "xlsx") await write(writeXlsx(opinionWorkbook(opinion)));
  // The opinion is an official document and Chinese; who reads English gets the report in English.
  else if (format === "html")
    await write(options.lang === "en" ? reviewHtml(printed) : writeHtml(opinionDocument(opinion)));
  else await write(reviewText(printed, io.columns, painter(io.terminal && options.out === null)));

  const broken = result.forms.some((each) => each.errors.length > 0) || result.batch.errors.length > 0;
  for (const [index, each] of result.forms.entries()) {
    for (const error of each.errors)
      io.err(
        `规则 ${error.rule} 在 ${files[index]} 的表上运行出错：${error.what}。请把这张表和这行信息报给项目维护者。\n`,
      );
  }
  for (const error of result.batch.errors)
    io.err(`规则 ${error.rule} 在各表之间运行出错：${error.what}。请报给项目维护者。\n`);
  if (reportUnread(unread, io) || broken) return 2;
  const must = [...result.forms.flatMap((each) => each.findings), ...result.batch.findings].some(
    (finding) => finding.force === "must",
  );
  return must ? 1 : 0;
}
