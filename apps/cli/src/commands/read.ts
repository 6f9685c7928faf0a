import type { Form } from "@jiheng/domain";
import { describeOrigin } from "@jiheng/domain";
import { presentReading } from "@jiheng/exporters";
import { type Arguments, formatIn } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import type { ExitCode, Io } from "../io.ts";
import { jsonPieces } from "../print/json.ts";
import { clip, type Paint, painter, table, wrap } from "../print/text.ts";
import { formsOf, readSources, reportUnread } from "../sources.ts";

function show(value: string | null): string {
  return value ?? "—";
}

function formText(form: Form, heading: string, paint: Paint, columns: number): string {
  const out: string[] = [paint("bold", heading)];
  out.push(
    `${form.year ?? "年度未注明"}　主管部门：${show(form.department)}　实施单位：${show(form.unit)}　模板：${form.template}　金额单位：${show(form.moneyUnit)}`,
  );
  out.push(
    "",
    table(
      ["资金", "年初预算", "全年预算", "全年执行", "分值", "执行率%", "得分"],
      form.funds.map((fund) => [
        fund.label,
        show(fund.initialBudget),
        show(fund.adjustedBudget),
        show(fund.expenditure),
        show(fund.points),
        show(fund.executionRate),
        show(fund.score),
      ]),
      { right: [1, 2, 3, 4, 5, 6], paint },
    ),
  );
  out.push(
    "",
    table(
      ["一级", "二级", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施"],
      form.indicators.map((row) => [
        show(row.level1),
        show(row.level2),
        clip(show(row.name), 36),
        clip(show(row.target.text), 20),
        clip(show(row.actual.text), 20),
        show(row.points),
        show(row.score),
        clip((row.deviation ?? "").replace(/\s+/g, " "), 30),
      ]),
      { right: [5, 6], paint },
    ),
  );
  out.push("", `总分：${show(form.totalPoints)} / ${show(form.totalScore)}　等级：${show(form.grade)}`);
  for (const [title, text] of [
    ["预期目标", form.goal.expected],
    ["实际完成情况", form.goal.achieved],
  ] as const) {
    if (text) out.push(wrap(`${title}：${text}`, columns));
  }
  if (form.notes.length > 0) {
    out.push("", paint("bold", `读表说明（${form.notes.length}）`));
    const level = { lost: "缺失", guessed: "推断", normalised: "规范写法" };
    for (const note of form.notes) {
      const where = [note.place, note.at ? describeOrigin(note.at) : null].filter(Boolean).join("，");
      out.push(wrap(`· ${level[note.level]}：${note.says}${where ? `（${where}）` : ""}`, columns, "  "));
    }
  }
  return out.join("\n");
}

/** `jiheng read`: what was read from each file, and what was guessed or lost on the way. */
export async function read({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const format = formatIn(options, ["text", "json"], "text");
  const { documents, unread } = await readSources(rest, io);
  const picked = formsOf(documents, options.form);
  if (format === "json") {
    const kept = new Set(picked.map(({ form }) => form));
    const narrowed = documents.map((each) => ({
      ...each,
      forms: each.forms.filter((form) => kept.has(form)),
    }));
    for (const piece of jsonPieces(presentReading(narrowed, ENGINE))) io.out(piece);
  } else {
    const paint = painter(io.terminal);
    for (const [index, { file, form }] of picked.entries()) {
      io.out(
        `${formText(form, `${index + 1}. ${form.project ?? form.unit ?? "（未填项目名称）"}　${file}`, paint, io.columns)}\n\n`,
      );
    }
    for (const each of documents) {
      for (const note of each.notes)
        io.out(`${each.file}：${note.says}${note.at ? `（${describeOrigin(note.at)}）` : ""}\n`);
    }
  }
  return reportUnread(unread, io) ? 2 : 0;
}
