import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Form } from "@jiheng/domain";
import { settledName, type Withheld } from "@jiheng/exporters/publish";
import { readGrid } from "@jiheng/importers";
import { CommandError, type Io } from "./io.ts";

const COLUMNS = {
  project: /^(项目名称|项目)$/,
  reason: /^(不公开的?)?(理由|原因|依据)$/,
  year: /^(年度|年份)$/,
  department: /^(主管部门|部门|部门名称)$/,
} as const;
type Column = keyof typeof COLUMNS;

const bare = (text: string): string => text.replace(/\s+/g, "");

/** The list of projects that are not published: a table (csv, xlsx, docx …) whose first row names its columns. */
export async function readWithheld(path: string, io: Io): Promise<Withheld[]> {
  const bytes = await readFile(resolve(io.cwd, path)).catch((error: { code?: string }) => {
    throw new CommandError(
      `不能读取不公开名单 ${path}（${error.code ?? String(error)}）`,
      "请核对文件名、路径和权限",
    );
  });
  const result = readGrid({ name: path, bytes: new Uint8Array(bytes) });
  if (result.kind === "refused") throw new CommandError(`不公开名单 ${path}：${result.what}`, result.remedy);
  const table = result.grid.blocks.find((block) => block.kind === "table");
  const [head = [], ...rows] = table?.kind === "table" ? table.rows : [];
  const at = new Map<Column, number>();
  for (const cell of head)
    for (const column of Object.keys(COLUMNS) as Column[])
      if (COLUMNS[column].test(bare(cell.text))) at.set(column, cell.column);
  if (!at.has("project") || !at.has("reason"))
    throw new CommandError(
      `不公开名单 ${path} 的第一行没有“项目名称”和“理由”两列`,
      "请在第一行写上列名：项目名称、理由，另可有年度、主管部门",
    );
  return rows.flatMap((cells, index) => {
    const text = (column: Column): string | null =>
      bare(cells.find((cell) => cell.column === at.get(column))?.text ?? "") || null;
    const [project, reason, year] = [text("project"), text("reason"), text("year")];
    if (project === null && reason === null) return [];
    if (project === null || reason === null)
      throw new CommandError(
        `不公开名单 ${path} 第${index + 2}行没有写${project === null ? "项目名称" : "理由"}`,
        "每个不公开的项目都要写明名称和理由",
      );
    const digits = /^(\d{4})年?度?$/.exec(year ?? "");
    if (year !== null && !digits)
      throw new CommandError(
        `不公开名单 ${path} 第${index + 2}行的年度是“${year}”`,
        "年度请写成四位数字，例如 2024",
      );
    return [{ project, reason, year: digits ? Number(digits[1]) : null, department: text("department") }];
  });
}

/**
 * The line of the list that withholds a form: same project and, where the line names them, same year and body. What the form
 * does not state cannot let it through.
 */
export function withheldBy(form: Form, list: readonly Withheld[]): Withheld | undefined {
  const bodies = [form.department, form.unit].filter((each) => each !== null).map(settledName);
  return list.find(
    ({ project, year, department }) =>
      settledName(project) === settledName(form.project) &&
      (year === null || form.year === null || year === form.year) &&
      (department === null || bodies.length === 0 || bodies.includes(settledName(department))),
  );
}
