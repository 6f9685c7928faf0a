import type { Form } from "@jiheng/domain";
import { csvField } from "@jiheng/exporters";
import { KIND_TITLES, type Kind, STATE_TITLES, type State } from "@jiheng/workflow";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { fileOfForm } from "../../platform/documents/form-file.ts";
import type { FileFormat } from "../../platform/documents/tasks.ts";
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

/** Already compressed by themselves: packing them again only takes time. */
const PACKED: readonly FileFormat[] = ["docx", "xlsx", "pdf"];
/** Files that are made at once, so that the threads have work while one is sent. */
const AT_ONCE = 4;

/**
 * An archive with a file a form. What could not be made, or was made with losses, stands in 说明.txt at its end, so that nothing is
 * missing unsaid.
 */
export async function* archiveOf(
  platform: Platform,
  selection: Selection,
  { format, template }: { readonly format: FileFormat; readonly template: string | null },
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  const put = (name: string, bytes: Uint8Array, isPacked: boolean): void => {
    const entry = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    entry.push(bytes, true);
  };
  const names = new Set<string>();
  const says: string[] = [];
  const { db, documents } = platform;
  const pages = pagesOf((after, limit) => formsAfter(db, selection, after, limit), FORMS_A_PAGE, signal);
  let failed = 0;
  for await (const page of pages)
    for (let from = 0; from < page.length; from += AT_ONCE) {
      const some = page.slice(from, from + AT_ONCE);
      const made = await Promise.all(
        some.map(async (head) => ({
          name: uniqueName(head, format, names),
          file: await fileOfForm(documents, JSON.parse(head.form) as Form, format, { template, signal }),
        })),
      );
      for (const { name, file } of made) {
        if (file.kind === "written") {
          put(name, file.bytes, PACKED.includes(format));
          says.push(...file.says.map((each) => `${name}：${each}`));
        } else {
          failed += 1;
          says.push(`${name}：没有生成。${file.says}`);
        }
      }
      yield* parts.splice(0);
    }
  const summary = [`共${names.size}张表，生成${names.size - failed}个文件。`, ...says].join("\r\n");
  put("说明.txt", new TextEncoder().encode(`\uFEFF${summary}\r\n`), false);
  zip.end();
  yield* parts.splice(0);
}

/** A name that every file system takes, with the unit as a folder; the same name again gets a number. */
function uniqueName(head: ExportHead, format: FileFormat, taken: Set<string>): string {
  const safe = (text: string) =>
    text
      .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, "_")
      .replace(/^[. ]+|[. ]+$/g, "_")
      .slice(0, 80) || "_";
  const month = head.month === null ? "" : `${head.month}月`;
  const base = `${safe(head.unit_name)}/${safe(head.project_name)}-${head.year}${month}`;
  for (let number = 1; ; number++) {
    const name = `${base}${number === 1 ? "" : `（${number}）`}.${format}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
