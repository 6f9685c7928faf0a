import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ExcelJS from "exceljs";
import mammoth from "mammoth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runIn } from "./run.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const SAMPLE = "fixtures/forms/bureau-sample/form.docx";

const run = (...argv: string[]) => runIn(root, argv);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-opinion-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bare = (text: string): string => text.replace(/\s+/g, "");

async function findings(): Promise<{ message: string; remedy: string; code: string }[]> {
  const answer = JSON.parse((await run("audit", SAMPLE, "--json")).out);
  return [...answer.forms.flatMap((form: { findings: object[] }) => form.findings), ...answer.batch.findings];
}

describe("jiheng audit --format docx, xlsx, html", () => {
  test("docx holds every finding with its remedy, as another program reads it; exit 1 as ever", async () => {
    const out = join(folder, "opinion.docx");
    const { code, out: printed } = await run("audit", SAMPLE, "--format", "docx", "-o", out);
    expect(code).toBe(1);
    expect(printed).toBe("");
    const { value } = await mammoth.extractRawText({ path: out });
    const text = bare(value);
    expect(text).toContain("绩效自评表审核意见");
    for (const { message, remedy } of await findings()) {
      expect(text).toContain(bare(message));
      // The lead of a remedy says its force, which stands beside it.
      expect(text).toContain(bare(remedy.replace(/^[^：]*：/, "")));
    }
  });

  test("xlsx holds them one a row, in the five sheets", async () => {
    const out = join(folder, "opinion.xlsx");
    expect((await run("audit", SAMPLE, "--format", "xlsx", "-o", out)).code).toBe(1);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(out);
    const names = workbook.worksheets.map(({ name }) => name);
    for (const name of ["汇总", "问题清单", "需人工判断", "未检查", "各表之间"])
      expect(names).toContain(name);
    const list = workbook.getWorksheet("问题清单");
    // Title, unit and file stand above the heading: they are the same for all rows.
    expect(list?.autoFilter).toMatch(/^A4:K\d+$/);
    expect(list?.views[0]).toMatchObject({ state: "frozen", ySplit: 4 });
    expect(list?.pageSetup.printArea).toBe(`A1:K${list?.rowCount}`);
    const texts = new Set<string>();
    for (const name of ["问题清单", "各表之间"])
      workbook.getWorksheet(name)?.eachRow((row) => row.eachCell((cell) => texts.add(bare(cell.text))));
    for (const { message } of await findings()) expect(texts).toContain(bare(message));
  });

  test("where no form could be read there is no opinion, and the command says why", async () => {
    const file = join(folder, "letter.txt");
    writeFileSync(file, "关于召开座谈会的通知\n");
    for (const format of ["docx", "xlsx", "html"]) {
      const out = join(folder, `nothing.${format}`);
      const { code, err } = await run("audit", file, "--format", format, "-o", out);
      expect(code).toBe(2);
      expect(err).toContain("没有读到绩效自评表");
      expect(err).toContain("不能出具审核意见");
      expect(existsSync(out)).toBe(false);
    }
    expect(await run("audit", file)).toMatchObject({ code: 2, out: "" });
    expect(JSON.parse((await run("audit", file, "--json")).out).forms).toEqual([]);
  });

  test("html says the same", async () => {
    const { code, out } = await run("audit", SAMPLE, "--format", "html");
    expect(code).toBe(1);
    const text = bare(
      out
        .replace(/<[^>]*>/g, "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&"),
    );
    for (const { message } of await findings()) expect(text).toContain(bare(message));
  });

  test("files are not printed on the screen, and the same input gives the same bytes", async () => {
    for (const format of ["docx", "xlsx"]) {
      const refused = await run("audit", SAMPLE, "--format", format);
      expect(refused.code).toBe(2);
      expect(refused.err).toContain("-o");
      expect(refused.out).toBe("");
      const [a, b] = [join(folder, `a.${format}`), join(folder, `b.${format}`)];
      await run("audit", SAMPLE, "--format", format, "-o", a);
      await run("audit", SAMPLE, "--format", format, "-o", b);
      expect(readFileSync(a).equals(readFileSync(b))).toBe(true);
    }
  });
});
