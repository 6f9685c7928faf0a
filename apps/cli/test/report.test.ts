import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runIn } from "./run.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const FORMS = ["fixtures/forms/bureau-sample/form.docx", "fixtures/forms/national-clean/form.xlsx"];

const run = (...argv: string[]) => runIn(root, argv);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-report-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("jiheng report", () => {
  test.each([
    ["docx", "PK"],
    ["pdf", "%PDF"],
    ["html", "<!doctype html>"],
    ["json", "{"],
  ])("writes %s", async (extension, opening) => {
    const out = join(folder, `报告.${extension}`);
    const { code, err } = await run("report", ...FORMS, "-o", out);
    expect(err).toContain("已写入");
    expect(code).toBe(0);
    expect(readFileSync(out).subarray(0, opening.length).toString("latin1")).toBe(opening);
  });

  test("the same forms give the same PDF, charts among it", async () => {
    const [one, two] = [join(folder, "甲.pdf"), join(folder, "乙.pdf")];
    await run("report", ...FORMS, "-o", one);
    await run("report", ...FORMS, "-o", two);
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  });

  test("--check holds a record against the forms, and finds one altered figure", async () => {
    const out = join(folder, "核对.json");
    await run("report", ...FORMS, "-o", out);
    const right = await run("report", ...FORMS, "--check", out);
    expect(right.code).toBe(0);
    expect(right.out).toContain("报告与原表一致");
    const record = JSON.parse(readFileSync(out, "utf8"));
    record.report.figures.find((figure: { id: string }) => figure.id === "funds.expenditure").text = "1.00";
    writeFileSync(out, JSON.stringify(record));
    const wrong = await run("report", ...FORMS, "--check", out);
    expect(wrong.code).toBe(2);
    expect(wrong.out).toContain("funds.expenditure：");
  });

  test("takes the department's name and budget", async () => {
    const { code, out } = await run(
      "report",
      ...FORMS,
      "--json",
      "--name",
      "松岭市财政局",
      "--budget",
      "1,000万元",
    );
    expect(code).toBe(0);
    const { report } = JSON.parse(out);
    expect(report.title).toContain("松岭市财政局");
    expect(report.figures.find((figure: { id: string }) => figure.id === "department.budget").text).toBe(
      "1000.00",
    );
  });

  test("says what is missing or wrong", async () => {
    expect((await run("report", ...FORMS)).err).toContain("没有指定写到哪里");
    expect((await run("report", ...FORMS, "-o", join(folder, "报告.xlsx"))).err).toContain("扩展名");
    expect((await run("report", ...FORMS, "--json", "--budget", "很多")).err).toContain("--budget");
    expect((await run("report", ...FORMS, "--check", FORMS[0] ?? "")).err).toContain(
      "不是 jiheng report 写出的",
    );
  });
});
