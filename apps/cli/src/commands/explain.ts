import { openDossier, RULES, reviewForm } from "@jiheng/audit";
import type { ExplainAnswer } from "@jiheng/contract";
import { describeOrigin } from "@jiheng/domain";
import { presentStep } from "@jiheng/exporters";
import { explainScore } from "@jiheng/scoring";
import { type Arguments, formatIn } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { policyNamed } from "../policies.ts";
import { printJson } from "../print/json.ts";
import { painter, wrap } from "../print/text.ts";
import { formsOf, readSources, reportUnread } from "../sources.ts";

/** Whether a place lies at, in or around another: `indicators[3]` and `indicators[3].score` speak of the same row. */
function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** `jiheng explain FILE --at PLACE`: how one mark came about, and what was found there. */
export async function explain({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const format = formatIn(options, ["text", "json"], "text");
  const { at } = options;
  if (at === null)
    throw new CommandError(
      "没有用 --at 指出位置",
      "例如：jiheng explain 自评表.docx --at indicators[3].score",
    );
  const { documents, unread } = await readSources(rest, io);
  if (reportUnread(unread, io)) return 2;
  const sourced = formsOf(documents, options.form);
  const [first] = sourced;
  if (!first) throw new CommandError("没有读到表", "请核对文件");
  if (sourced.length > 1)
    throw new CommandError(
      `文件里有 ${sourced.length} 张表，没有说明是哪一张`,
      "请加上 --form 和序号，例如 --form 2",
    );
  const { file, form } = first;
  const policy = options.policy[0] === undefined ? undefined : policyNamed(options.policy[0]);
  const dossier = openDossier(form, policy ? { policy } : {});
  const explanation = explainScore(form, dossier.policy, at, {
    score: dossier.score,
    entered: dossier.entered,
  });
  const findings = reviewForm(dossier, RULES).findings.filter((finding) =>
    finding.at.some((each) => touches(each, at)),
  );
  const trace = form.origins[at];
  if (!explanation && findings.length === 0 && !trace)
    throw new CommandError(
      `表上没有“${at}”这个位置`,
      `位置写法如 funds[0].score、indicators[3].score、totalScore、grade；本表有 ${form.funds.length} 行资金、${form.indicators.length} 行指标（从 0 起）`,
    );
  if (format === "json") {
    const answer: ExplainAnswer = {
      engine: ENGINE,
      file,
      form: form.id,
      project: form.project,
      at,
      policy: { id: dossier.policy.id, version: dossier.policy.version },
      title: explanation?.title ?? null,
      mark: explanation?.mark ?? null,
      printed: {
        raw: trace?.raw ?? explanation?.printed ?? null,
        where: trace ? describeOrigin(trace.at) : null,
      },
      steps: (explanation?.steps ?? []).map(presentStep),
      findings: findings.map(({ rule, code, force, message, remedy, basis }) => ({
        rule,
        code,
        force,
        message,
        remedy,
        basis: [...basis],
      })),
    };
    io.out(printJson(answer));
    return 0;
  }
  const paint = painter(io.terminal);
  io.out(`${paint("bold", explanation?.title ?? at)}　${form.project ?? ""}　${file}\n`);
  io.out(
    `表上填的：${trace?.raw ?? explanation?.printed ?? "（空）"}${trace ? `（${describeOrigin(trace.at)}）` : ""}\n`,
  );
  if (explanation) {
    io.out(`按政策包 ${dossier.policy.id}（${dossier.policy.title}）：${explanation.mark}\n`);
    for (const [index, step] of explanation.steps.entries()) {
      const { says, basis } = presentStep(step);
      io.out(`${wrap(`${index + 1}. ${says}`, io.columns, "  ")}\n`);
      if (basis.length > 0)
        io.out(`${paint("dim", wrap(`依据：${basis.join("；")}`, io.columns, "     "))}\n`);
    }
  }
  if (findings.length > 0) {
    io.out(`${paint("bold", "这一处的问题")}\n`);
    for (const finding of findings) {
      io.out(`${wrap(`· ${finding.message}`, io.columns, "  ")}\n`);
      io.out(
        `${paint("dim", wrap(`${finding.remedy}（${finding.code}；${finding.basis.join("；")}）`, io.columns, "    "))}\n`,
      );
    }
  }
  return 0;
}
