import { RULES, type Rule } from "@jiheng/audit";
import { showCitation } from "@jiheng/law";
import { type Arguments, formatIn } from "../arguments.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { printJson } from "../print/json.ts";
import { clip, painter, table, wrap } from "../print/text.ts";

const FORCE = { must: "必须更正", should: "应当说明", hint: "可以改进", pack: "随政策包" };
const KIND = { auto: "自动", assist: "辅助", human: "人工" };
const LEVEL = { form: "单表", batch: "各表之间", "cross-year": "跨年度" };

function plain(rule: Rule) {
  return {
    id: rule.id,
    code: rule.code,
    title: rule.title,
    explains: rule.explains,
    kind: rule.kind,
    level: rule.level,
    force: rule.force,
    basis: rule.basis.map(showCitation),
  };
}

/** `jiheng rules [ID]`: the catalogue of checks, or one of them by id or AR code. */
export async function rules({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const format = formatIn(options, ["text", "json"], "text");
  const wanted = rest[0];
  const chosen =
    wanted === undefined
      ? RULES
      : RULES.filter((rule) => rule.id === wanted || rule.code === wanted.toUpperCase());
  if (chosen.length === 0) throw new CommandError(`没有规则“${wanted}”`, "请用 jiheng rules 查看全部规则");
  if (format === "json") {
    io.out(printJson({ rules: chosen.map(plain) }));
    return 0;
  }
  const paint = painter(io.terminal);
  if (wanted === undefined) {
    io.out(
      `${table(
        ["编号", "规则", "查什么", "性质", "方式", "范围"],
        chosen.map((rule) => [
          rule.code,
          rule.id,
          clip(rule.title, 50),
          FORCE[rule.force],
          KIND[rule.kind],
          LEVEL[rule.level],
        ]),
        { paint },
      )}\n\n共 ${chosen.length} 条。看一条的说明：jiheng rules ${chosen[0]?.code ?? "AR-60"}\n`,
    );
    return 0;
  }
  for (const rule of chosen) {
    io.out(`${paint("bold", `${rule.code} ${rule.title}`)}（${rule.id}）\n`);
    io.out(`性质：${FORCE[rule.force]}　方式：${KIND[rule.kind]}　范围：${LEVEL[rule.level]}\n`);
    io.out(`${wrap(rule.explains, io.columns)}\n`);
    io.out(`依据：${rule.basis.map(showCitation).join("；")}\n`);
    if (rule.kind === "human") io.out(`${wrap((rule as { why: string }).why, io.columns)}\n`);
    else {
      const { fails, passes } = (rule as Extract<Rule, { examples: unknown }>).examples;
      for (const { says } of fails) io.out(`  会指出：${says}\n`);
      for (const { says } of passes) io.out(`  不指出：${says}\n`);
    }
    io.out("\n");
  }
  return 0;
}
