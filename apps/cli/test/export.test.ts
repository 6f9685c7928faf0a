import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSchema } from "@jiheng/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileNames } from "../src/file-names.ts";
import { runIn } from "./run.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const SAMPLE = "fixtures/forms/bureau-sample/form.docx";
const CLEAN = "fixtures/forms/national-clean/form.xlsx";
const FORMATS = ["docx", "xlsx", "pdf", "html", "json", "csv"];

const run = (...argv: string[]) => runIn(root, argv);

/** Projects and totals of the forms in a file, by reading it. */
async function readForms(file: string): Promise<unknown[]> {
  const { code, out } = await run("read", file, "--json");
  expect(code, file).toBe(0);
  return readSchema
    .parse(JSON.parse(out))
    .documents.flatMap(({ forms }) => forms)
    .map(({ project, totalScore, grade, indicators }) => [project, totalScore, grade, indicators.length]);
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-export-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("jiheng export", () => {
  test("writes several forms as one file in every format, and each reads back as the same forms", async () => {
    const forms = [...(await readForms(SAMPLE)), ...(await readForms(CLEAN))];
    expect(forms).toHaveLength(5);
    for (const format of FORMATS) {
      const file = join(folder, `all.${format}`);
      const { code, out, err } = await run("export", SAMPLE, CLEAN, "--to", format, "-o", file);
      expect(code, err).toBe(0);
      expect(out).toBe("");
      expect(err).toContain("5 张表");
      if (format !== "json") expect(err).toMatch(/按表样 shanghai-bureau-a.*4 张表/);
      expect(await readForms(file), format).toEqual(forms);
    }
  });

  test("json is the reading, as read prints it", async () => {
    const file = join(folder, "reading.json");
    await run("export", SAMPLE, "--form", "2", "-o", file);
    expect(readFileSync(file, "utf8")).toBe((await run("read", SAMPLE, "--form", "2", "--json")).out);
  });

  test("writes a file each into a folder or an archive, numbered and named by the project", async () => {
    const into = join(folder, "each");
    expect((await run("export", SAMPLE, "--to", "docx", "-o", `${into}/`)).code).toBe(0);
    const names = readdirSync(into).sort();
    expect(names).toHaveLength(4);
    expect(names[0]).toMatch(/^01-.+\.docx$/);
    const second = names[1];
    expect(second && (await readForms(join(into, second)))).toEqual((await readForms(SAMPLE)).slice(1, 2));
    const archive = join(folder, "each.zip");
    expect((await run("export", SAMPLE, "--to", "pdf", "-o", archive)).code).toBe(0);
    const text = readFileSync(archive).toString("utf8");
    for (const name of names) expect(text).toContain(name.replace(/docx$/, "pdf"));
    mkdirSync(join(folder, "there"));
    expect((await run("export", CLEAN, "--to", "csv", "-o", join(folder, "there"))).code).toBe(0);
    expect(readdirSync(join(folder, "there"))).toHaveLength(1);
  });

  test("takes the layout that is asked for and says what it has no place for", async () => {
    const file = join(folder, "other.docx");
    const { code, err } = await run("export", SAMPLE, "--template", "sichuan-0013zp", "-o", file);
    expect(code).toBe(0);
    expect(err).toContain("按表样 sichuan-0013zp");
    expect(err).toMatch(/第 1—4 张表：.*评分等级/);
    expect((await run("export", SAMPLE, "--template", "atlantis", "-o", file)).err).toContain("national");
  });

  test("never writes over what it reads, by whatever name, and leaves no half file", async () => {
    const input = join(folder, "input.docx");
    copyFileSync(join(root, SAMPLE), input);
    const before = readFileSync(input);
    const { code, err } = await run(
      "export",
      input,
      "--to",
      "docx",
      "-o",
      join(folder, ".", "each", "..", "input.docx"),
    );
    expect(code).toBe(2);
    expect(err).toContain("不能覆盖原文件");
    expect(readFileSync(input)).toEqual(before);
    const blocked = join(folder, "blocked");
    writeFileSync(blocked, "a file");
    const refused = await run("export", SAMPLE, "--to", "docx", "-o", join(blocked, "a.docx"));
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("不能写入");
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("writes what could be read and exits 2 where a file could not", async () => {
    const file = join(folder, "partly.html");
    const { code, err } = await run("export", SAMPLE, "没有这个文件.docx", "-o", file);
    expect(code).toBe(2);
    expect(err).toContain("没有这个文件");
    expect(existsSync(file)).toBe(true);
    const none = await run("export", "没有这个文件.docx", "-o", join(folder, "none.html"));
    expect(none.code).toBe(2);
    expect(existsSync(join(folder, "none.html"))).toBe(false);
  });

  test("tells the characters that no font of the PDF has", async () => {
    const reading = JSON.parse((await run("read", CLEAN, "--json")).out);
    reading.documents[0].forms[0].project = "🎉迎新";
    const file = join(folder, "rare.json");
    writeFileSync(file, JSON.stringify(reading));
    const { code, err } = await run("export", file, "-o", join(folder, "rare.pdf"));
    expect(code).toBe(0);
    expect(err).toContain("🎉");
    expect(err).toContain("〓");
  });

  test("refuses what it cannot do with what to do", async () => {
    for (const argv of [
      ["export"],
      ["export", SAMPLE],
      ["export", SAMPLE, "--to", "pdf"],
      ["export", SAMPLE, "-o", join(folder, "x")],
      ["export", SAMPLE, "--to", "rtf", "-o", join(folder, "x.rtf")],
      ["export", SAMPLE, "--to", "pdf", "-o", join(folder, "x.docx")],
      ["export", SAMPLE, "--to", "json", "--template", "national", "-o", join(folder, "x.json")],
      ["export", SAMPLE, "--format", "json", "-o", join(folder, "x.json")],
    ]) {
      const { code, err, out } = await run(...argv);
      expect(code, argv.join(" ")).toBe(2);
      expect(err.length, argv.join(" ")).toBeGreaterThan(10);
      expect(err).not.toContain("    at ");
      expect(out).toBe("");
    }
  });
});

describe("names of exported files", () => {
  test("are numbered, unique, and lead nowhere else", () => {
    const names = fileNames(
      ["甲", "甲", "../../etc/passwd", 'a/b\\c:*?"<>|', "", "..", "乙\u0000\u202E丙", "长".repeat(300)],
      "pdf",
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.slice(0, 2)).toEqual(["01-甲.pdf", "02-甲.pdf"]);
    expect(names[4]).toBe("05.pdf");
    expect(names[5]).toBe("06.pdf");
    for (const name of names) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
      expect(name).not.toMatch(/[\\/:*?"<>|\u0000-\u001F\u202E]/);
      expect(Buffer.byteLength(name)).toBeLessThan(255);
      expect(name).toMatch(/^\d\d(-.+)?\.pdf$/);
    }
  });
});
