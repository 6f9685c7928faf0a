import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { docx, utf8 } from "./office-builder.ts";

const ROWS = 20_000;
const COLUMNS = 12;
/** Megabytes a reading may hold at once. Rows held once as cells and once more as slots need 110. */
const HEAP = 90;

const READ = `
import { readFileSync } from "node:fs";
import { readDocument } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
const name = process.argv[1];
const result = readDocument({ name, bytes: new Uint8Array(readFileSync(name)), sha256: "0".repeat(64) });
const forms = result.kind === "document" ? result.document.forms : [];
const notes = result.kind === "document" ? result.document.notes.map((note) => note.code) : [];
console.log(JSON.stringify({ code: result.code ?? null, rows: forms.map((form) => form.indicators.length), notes }));
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-memory-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a file in a process of its own whose heap is bounded. */
function readBounded(name: string, bytes: Uint8Array): unknown {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const child = spawnSync(
    process.execPath,
    [`--max-old-space-size=${HEAP}`, "--semi-space-growth-factor=1", "--input-type=module", "-e", READ, path],
    { encoding: "utf8" },
  );
  if (child.status !== 0) throw new Error(`${name} ended with ${child.status ?? child.signal}`);
  return JSON.parse(child.stdout);
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const NAME = (row: number): string => `清理河段第${row}处`;

/** A form of 20,000 rows, eight columns each. */
const formRows = (): string[][] => [
  ["项目支出绩效自评表"],
  ["项目名称", "河道清理"],
  ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
  ...numbers(ROWS).map((row) => ["产出指标", "数量指标", NAME(row), "≥100米", "120米", "1", "1", ""]),
];
/** A table of 20,000 rows that is no form. */
const plainRows = (): string[][] =>
  numbers(ROWS).map((row) => numbers(COLUMNS).map((column) => `第${row}户第${column}项`));

const asText = (rows: readonly string[][]): Uint8Array => utf8(rows.map((row) => row.join("\t")).join("\n"));
const asHtml = (rows: readonly string[][]): Uint8Array =>
  utf8(
    `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</table>`,
  );
const asDocx = (rows: readonly string[][]): Uint8Array =>
  docx(
    `<w:tbl>${rows
      .map(
        (row) =>
          `<w:tr>${row.map((cell) => `<w:tc><w:p><w:r><w:t>${cell}</w:t></w:r></w:p></w:tc>`).join("")}</w:tr>`,
      )
      .join("")}</w:tbl>`,
  );
test.each([
  ["docx", asDocx],
  ["txt", asText],
  ["html", asHtml],
] as const)(
  "a form of 20,000 rows is read from %s in a small heap",
  (extension, write) => {
    expect(readBounded(`form.${extension}`, write(formRows()))).toMatchObject({ code: null, rows: [ROWS] });
  },
  60_000,
);

test.each([
  ["docx", asDocx],
  ["txt", asText],
] as const)(
  "a table of 240,000 cells that is no form is told so from %s in a small heap",
  (extension, write) => {
    expect(readBounded(`table.${extension}`, write(plainRows()))).toEqual({
      code: null,
      rows: [],
      notes: ["no-form"],
    });
  },
  60_000,
);

test("text without cells beyond what can be searched is refused, by its characters", () => {
  const text = numbers(ROWS)
    .map((row) => `产出指标 数量指标 ${NAME(row)} ≥100米 120米 1 1`)
    .join(" ");
  expect(readBounded("flat.txt", utf8(`项目名称 河道清理 ${text}`))).toMatchObject({ code: "too-large" });
}, 60_000);

test("brackets without end are refused before the parser holds them", () => {
  expect(readBounded("deep.json", utf8("[".repeat(5_000_000)))).toMatchObject({ code: "json-too-deep" });
}, 60_000);
