import { csvField } from "@jiheng/exporters";
import { KIND_TITLES, type Kind, STATE_TITLES, type State } from "@jiheng/workflow";
import type { Platform } from "../../platform/work.ts";
import { pagesOf } from "./pages.ts";
import { type ExportHead, formsAfter, headsAfter, rowsOfForms, type Selection } from "./store.ts";

/** Forms, or heads with their rows, read at a time. */
const FORMS_A_PAGE = 200;
const HEADS_A_PAGE = 500;

function presentHead(head: ExportHead) {
  return {
    id: head.id,
    year: head.year,
    kind: head.kind,
    sequence: head.sequence,
    month: head.month,
    state: head.state,
    revision: head.revision,
    project: head.project,
    projectCode: head.project_code,
    projectName: head.project_name,
    department: head.department_name,
    unit: head.unit_name,
    sha256: head.form_sha256,
    policy: head.policy,
  };
}

/** A line a form: what it is, and the form of record. */
export async function* linesOf(
  { db }: Platform,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const pages = pagesOf((after, limit) => formsAfter(db, selection, after, limit), FORMS_A_PAGE, signal);
  for await (const page of pages)
    yield page
      .map(({ form, ...head }) => `{"submission":${JSON.stringify(presentHead(head))},"form":${form}}\n`)
      .join("");
}

const COLUMNS = [
  ...["年度", "表的种类", "状态", "主管部门", "实施单位", "项目编码", "项目名称", "序号", "指标标识"],
  ...["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
];

/** A record a row of indicators, ended by CR LF, after a byte order mark for spreadsheets; a blank is an empty field. */
export async function* recordsOf(
  { db }: Platform,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield `\uFEFF${COLUMNS.join(",")}\r\n`;
  const pages = pagesOf((after, limit) => headsAfter(db, selection, after, limit), HEADS_A_PAGE, signal);
  for await (const heads of pages) {
    const rows = await rowsOfForms(
      db,
      selection,
      heads.map(({ id }) => id),
    );
    const rowsOf = Map.groupBy(rows, ({ submission }) => submission);
    let text = "";
    for (const head of heads) {
      const before = [
        ...[String(head.year), KIND_TITLES[head.kind as Kind], STATE_TITLES[head.state as State]],
        ...[head.department_name, head.unit_name, head.project_code ?? "", head.project_name],
      ];
      const beginning = before.map(csvField).join(",");
      for (const row of rowsOf.get(head.id) ?? []) {
        const { position, indicator, level1, level2, name, target_text, actual_text, points, score } = row;
        const cells = [level1, level2, name, target_text, actual_text, points, score];
        text += `${beginning},${position + 1},${indicator},${cells.map((cell) => csvField(cell ?? "")).join(",")}\r\n`;
      }
    }
    yield text;
  }
}
