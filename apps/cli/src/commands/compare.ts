import type { CompareAnswer } from "@jiheng/contract";
import { showCitation } from "@jiheng/law";
import { comparePolicies } from "@jiheng/scoring";
import { type Arguments, formatIn } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { policyNamed } from "../policies.ts";
import { printJson } from "../print/json.ts";
import { painter, wrap } from "../print/text.ts";
import { formsOf, readSources, reportUnread } from "../sources.ts";

/** `jiheng compare`: the marks of the same forms that change between two policy packs, and by which article. */
export async function compare({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const format = formatIn(options, ["text", "json"], "text");
  const [firstId, secondId, ...more] = options.policy;
  if (firstId === undefined || secondId === undefined || more.length > 0)
    throw new CommandError(
      "compare 需要正好两个 --policy",
      "例如：jiheng compare 自评表.docx --policy national-2020 --policy hubei-2020",
    );
  const [a, b] = [policyNamed(firstId), policyNamed(secondId)];
  const { documents, unread } = await readSources(rest, io);
  const sourced = formsOf(documents, options.form);
  const comparisons = comparePolicies(
    sourced.map(({ form }) => form),
    a,
    b,
  );
  if (format === "json") {
    const answer: CompareAnswer = {
      engine: ENGINE,
      policies: [
        { id: a.id, version: a.version },
        { id: b.id, version: b.version },
      ],
      forms: comparisons.map(({ form, id, project, changes }) => ({
        file: sourced[form]?.file ?? "",
        id,
        project,
        changes: changes.map((change) => ({
          at: change.at,
          name: change.name,
          before: change.before,
          after: change.after,
          why: change.why,
          basis: {
            before: change.basis.before.map(showCitation),
            after: change.basis.after.map(showCitation),
          },
        })),
      })),
    };
    io.out(printJson(answer));
    return reportUnread(unread, io) ? 2 : 0;
  }
  const paint = painter(io.terminal);
  io.out(
    `${paint("bold", `甲 ${a.id}（${a.title}）　乙 ${b.id}（${b.title}）`)}\n表上填的分值不变，只比较计分方法、档次和等级。\n`,
  );
  for (const { form, project, changes } of comparisons) {
    const source = sourced[form];
    io.out(
      `\n${paint("bold", `${form + 1}. ${project ?? source?.form.unit ?? "（未填项目名称）"}`)}　${source?.file ?? ""}\n`,
    );
    if (changes.length === 0) io.out("  两个政策包算出的结果相同。\n");
    for (const { at, name, before, after, why, basis } of changes) {
      io.out(`${wrap(`· ${name}：甲 ${before}，乙 ${after}（${at}）`, io.columns, "  ")}\n`);
      const side = (
        label: string,
        says: string,
        from: readonly Parameters<typeof showCitation>[0][],
      ): void => {
        if (says !== "")
          io.out(
            `${paint("dim", wrap(`${label}：${says}${from.length > 0 ? `（${from.map(showCitation).join("；")}）` : ""}`, io.columns, "    "))}\n`,
          );
      };
      side("甲", why.before, basis.before);
      side("乙", why.after, basis.after);
    }
  }
  const changed = comparisons.filter(({ changes }) => changes.length > 0).length;
  io.out(
    `\n共 ${comparisons.length} 张表，${changed} 张有变化，变化 ${comparisons.reduce((sum, { changes }) => sum + changes.length, 0)} 处。\n`,
  );
  return reportUnread(unread, io) ? 2 : 0;
}
