import { formatDecimal, type Score } from "@jiheng/domain";
import { presentFormScore } from "@jiheng/exporters";
import { scoreForm, selectPolicy } from "@jiheng/scoring";
import { type Arguments, formatIn } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import type { ExitCode, Io } from "../io.ts";
import { onePolicy } from "../policies.ts";
import { printJson } from "../print/json.ts";
import { clip, painter, table, wrap } from "../print/text.ts";
import { formsOf, readSources, reportUnread } from "../sources.ts";

/** A mark in few characters: "1.77", "0～5（须人工判断）", "缺：…". */
function showMark(score: Score): string {
  switch (score.kind) {
    case "scored":
      return formatDecimal(score.awarded, 2);
    case "judgement":
      return `${formatDecimal(score.between[0])}～${formatDecimal(score.between[1])}`;
    case "missing":
      return "缺";
    case "notApplicable":
      return "—";
  }
}

function showWhy(score: Score): string {
  if (score.kind === "missing") return score.what;
  if (score.kind === "judgement" || score.kind === "notApplicable") return score.why;
  return score.steps.map((step) => step.says).join("；");
}

/** `jiheng score`: every row marked under a policy pack, with how each mark came about. */
export async function score({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const format = formatIn(options, ["text", "json"], "text");
  const named = onePolicy(options, "score");
  const { documents, unread } = await readSources(rest, io);
  const scored = formsOf(documents, options.form).map(({ file, form }) => {
    const { policy, why } = named ? { policy: named, why: "命令行指定" } : selectPolicy(form);
    return { file, form, policy, why, result: scoreForm(form, policy) };
  });
  if (format === "json") {
    io.out(
      printJson({
        engine: ENGINE,
        forms: scored.map(({ file, form, why, result }) => presentFormScore(file, form, result, why)),
      }),
    );
  } else {
    const paint = painter(io.terminal);
    for (const [index, { file, form, policy, why, result }] of scored.entries()) {
      io.out(
        `${paint("bold", `${index + 1}. ${form.project ?? form.unit ?? "（未填项目名称）"}`)}　${file}\n`,
      );
      io.out(`政策包 ${policy.id}（${policy.title}，版本 ${policy.version}）：${why}\n`);
      const fund = form.funds[result.executionRows[0]?.fund ?? 0];
      const rows = [
        [
          "预算执行",
          fund?.points ?? "",
          fund?.score ?? "",
          showMark(result.execution),
          showWhy(result.execution),
        ],
        ...form.indicators.map((row, at) => {
          const mark = result.indicators[at];
          return [
            clip(row.name ?? "（未填）", 36),
            row.points ?? "",
            row.score ?? "",
            mark ? showMark(mark) : "",
            mark ? showWhy(mark) : "",
          ];
        }),
      ];
      io.out(
        `${table(
          ["指标", "分值", "表列", "重算", "怎么算的"],
          rows.map((row) =>
            row.map((cell, column) => (column === 4 ? clip(cell, Math.max(40, io.columns - 66)) : cell)),
          ),
          { right: [1, 2, 3], paint },
        )}\n`,
      );
      const { total } = result;
      const said =
        total.kind === "number"
          ? `${formatDecimal(total.value, 2)} 分`
          : total.kind === "bounds"
            ? total.between
              ? `在 ${formatDecimal(total.between[0], 2)} 与 ${formatDecimal(total.between[1], 2)} 分之间`
              : "不能计算"
            : total.why;
      io.out(
        `总分：表列 ${form.totalScore ?? "未填"}；按政策包 ${said}；等级：表列 ${form.grade ?? "未填"}，按政策包 ${result.possibleGrades.join("或") || "不评"}\n`,
      );
      if (total.kind === "bounds")
        for (const each of total.lacking)
          io.out(`${wrap(`· ${each.what}（${each.at}）`, io.columns, "  ")}\n`);
      io.out("\n");
    }
  }
  return reportUnread(unread, io) ? 2 : 0;
}
