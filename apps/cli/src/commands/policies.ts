import { showCitation } from "@jiheng/law";
import { POLICIES, policyParameters } from "@jiheng/scoring";
import { type Arguments, formatIn } from "../arguments.ts";
import type { ExitCode, Io } from "../io.ts";
import { policyNamed } from "../policies.ts";
import { printJson } from "../print/json.ts";
import { painter, table, wrap } from "../print/text.ts";

function periodText({ from, to }: { from: number | null; to: number | null }): string {
  if (from === null && to === null) return "不限";
  return `${from ?? ""}—${to ?? ""}`;
}

/** `jiheng policies [ID]`: all policy packs, or the parameters of one with the clause each rests on. */
export async function policies({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const format = formatIn(options, ["text", "json"], "text");
  const chosen = rest[0] === undefined ? POLICIES : [policyNamed(rest[0])];
  const plain = chosen.map((policy) => ({
    id: policy.id,
    version: policy.version,
    title: policy.title,
    places: policy.places,
    period: policy.period,
    draft: policy.draft,
    parameters: policyParameters(policy).map(({ name, value, basis }) => ({
      name,
      value,
      basis: showCitation(basis),
    })),
  }));
  if (format === "json") {
    io.out(printJson({ policies: plain }));
    return 0;
  }
  const paint = painter(io.terminal);
  if (rest[0] === undefined) {
    io.out(
      `${table(
        ["政策包", "名称", "地区", "年度", "版本", "状态"],
        plain.map((policy) => [
          policy.id,
          policy.title,
          policy.places.join("、") || "通用",
          periodText(policy.period),
          policy.version,
          policy.draft ? "草案" : "",
        ]),
        { paint },
      )}\n`,
    );
    return 0;
  }
  for (const policy of plain) {
    io.out(
      `${paint("bold", `${policy.id} ${policy.title}`)}　版本 ${policy.version}${policy.draft ? "　草案：依据未核原文，不会自动选用" : ""}\n`,
    );
    for (const { name, value, basis } of policy.parameters) {
      io.out(
        `${wrap(`${name}：${value}`, io.columns)}\n${paint("dim", wrap(`依据：${basis}`, io.columns, "    "))}\n`,
      );
    }
  }
  return 0;
}
