import { openDossier, RULES, reviewForm } from "@jiheng/audit";
import type { DerivationAnswer, ExplainAnswer, ExplainRollUpAnswer, RollUpAnswer } from "@jiheng/contract";
import { describeOrigin, describePlace, type Form, originOf } from "@jiheng/domain";
import { presentStep } from "@jiheng/exporters";
import { explainScore } from "@jiheng/scoring";
import { type Arguments, formatIn } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { placeTyped } from "../place-typed.ts";
import { onePolicy } from "../policies.ts";
import { printJson } from "../print/json.ts";
import { type Paint, painter, wrap } from "../print/text.ts";
import { readRollUp } from "../rolled-up.ts";
import { formsOf, readSources, reportUnread } from "../sources.ts";

type RollUpTerm = Extract<DerivationAnswer, { readonly kind: "joined" }>["terms"][number];

/** Whether a place lies at, in or around another: `indicators[3]` and `indicators[3].score` speak of the same row. */
function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** What a form holds at a place, where the place is a cell: a roll-up has no file with cells to point to. */
function printedAt(form: Form, at: string): string | null {
  let found: unknown = form;
  for (const step of at.split(/[.[\]]+/).filter((each) => each !== "")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return null;
    found = (found as Record<string, unknown>)[step];
  }
  if (typeof found === "string") return found;
  const text = (found as { readonly text?: unknown } | null)?.text;
  return typeof text === "string" ? text : null;
}

const TERM_WORDS: Readonly<Record<DerivationAnswer["kind"], string>> = {
  sum: "相加",
  weighted: "加权",
  fromParts: "按分子、分母计算",
  byMoney: "按资金归档",
  strictest: "取最严的",
  same: "照列",
  joined: "汇集文字",
  recomputed: "重新计算",
  allotted: "分配",
  given: "指定",
  unavailable: "不能计算",
};

type Kept = RollUpAnswer["rollUp"];

/** The forms of a roll-up, down to its bottom. */
function formsOfKept(
  sources: Kept["sources"],
): readonly { readonly file: string | null; readonly form: Form }[] {
  return sources.flatMap((source) => [source, ...formsOfKept(source.parts)]);
}

/** "投入表.docx 第1表第5行第3列 「培训人数」实际完成值": where a figure of a source stands, in words. */
function whereStands({ form: id, file, at }: RollUpTerm, kept: Kept): string {
  const source = formsOfKept(kept.sources).find((each) => each.form.id === id && each.file === file);
  if (!source) return [file, at].filter((each) => each !== null).join(" ");
  const origin = originOf(source.form, at);
  return [file, origin && describeOrigin(origin), describePlace(source.form, at)]
    .filter((each) => each !== null)
    .join(" ");
}

/** How one figure of a roll-up came about, with every figure it was made of and where that stands. */
function derivationText(
  title: string,
  trace: DerivationAnswer,
  kept: Kept,
  columns: number,
  paint: Paint,
): string {
  const out = [paint("bold", `${title}　${TERM_WORDS[trace.kind]}`), wrap(trace.says, columns, "  ")];
  const list = (terms: readonly RollUpTerm[], lead: string): void => {
    for (const term of terms) {
      const { project, text, figure, weight } = term;
      const shown = text?.replace(/\s+/g, " ") ?? "（空）";
      const used = figure !== null && figure !== text ? `，按${figure}计` : "";
      const weighed = weight === null ? "" : `，权重${weight}`;
      out.push(
        wrap(`${lead}${project}：${shown}${used}${weighed}（${whereStands(term, kept)}）`, columns, "  "),
      );
    }
  };
  if (trace.kind === "recomputed") {
    for (const [index, step] of trace.steps.entries())
      out.push(wrap(`${index + 1}. ${step.says}`, columns, "  "));
  } else if (trace.kind !== "given") list(trace.terms, "· ");
  if (trace.kind === "sum") list(trace.left, "· 未计入 ");
  if (trace.basis.length > 0) out.push(paint("dim", wrap(`依据：${trace.basis.join("；")}`, columns, "  ")));
  return `${out.join("\n")}\n`;
}

/** `jiheng explain FILE --at PLACE`: how one mark came about, and what was found there. */
export async function explain({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const format = formatIn(options, ["text", "json"], "text");
  const typed = options.at;
  const policy = onePolicy(options, "explain");
  if (typed === null)
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
  const { at, understood } = placeTyped(form, typed);
  if (understood !== null) io.err(`${understood}。\n`);
  const dossier = openDossier(form, policy ? { policy } : {});
  const explanation = explainScore(form, dossier.policy, at, {
    score: dossier.score,
    entered: dossier.entered,
  });
  const findings = reviewForm(dossier, RULES).findings.filter((finding) =>
    finding.at.some((each) => touches(each, at)),
  );
  const trace = form.origins[at];
  const kept = await readRollUp(file, io);
  const derivations = Object.entries(kept?.traces ?? {}).filter(
    ([each]) => each === at || each.startsWith(`${at}.`),
  );
  if (!explanation && findings.length === 0 && !trace && derivations.length === 0)
    throw new CommandError(
      `表上没有“${at}”这个位置`,
      `位置写法如 funds[0].score、indicators[3].score、totalScore、grade（方括号里从 0 起），也可以写 总分、等级、指标名称、指标3、第3行（从 1 起）；本表有 ${form.funds.length} 行资金、${form.indicators.length} 行指标`,
    );
  const derived = derivations.some(([each]) => each === at) ? printedAt(form, at) : null;
  const printed = trace?.raw ?? derived ?? explanation?.printed ?? printedAt(form, at);
  const title = derived === null ? (explanation?.title ?? describePlace(form, at)) : describePlace(form, at);
  if (format === "json") {
    const answer: ExplainAnswer | ExplainRollUpAnswer = {
      ...(kept ? { derivations: Object.fromEntries(derivations) } : {}),
      engine: ENGINE,
      file,
      form: form.id,
      project: form.project,
      at,
      policy: { id: dossier.policy.id, version: dossier.policy.version },
      title: derived === null ? (explanation?.title ?? null) : title,
      mark: explanation?.mark ?? null,
      printed: {
        raw: printed,
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
  io.out(`${paint("bold", title)}　${form.project ?? ""}　${file}\n`);
  io.out(`表上填的：${printed ?? "（空）"}${trace ? `（${describeOrigin(trace.at)}）` : ""}\n`);
  if (explanation) {
    io.out(`按政策包 ${dossier.policy.id}（${dossier.policy.title}）：${explanation.mark}\n`);
    for (const [index, step] of explanation.steps.entries()) {
      const { says, basis } = presentStep(step);
      io.out(`${wrap(`${index + 1}. ${says}`, io.columns, "  ")}\n`);
      if (basis.length > 0)
        io.out(`${paint("dim", wrap(`依据：${basis.join("；")}`, io.columns, "     "))}\n`);
    }
  }
  if (kept && derivations.length > 0) {
    io.out(`${paint("bold", "汇总的来历")}\n`);
    for (const [each, derivation] of derivations)
      io.out(derivationText(describePlace(form, each), derivation, kept, io.columns, paint));
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
