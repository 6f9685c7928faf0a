import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runIn } from "./run.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const CLEAN = join(ROOT, "fixtures", "forms", "national-clean");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-save-"));
  copyFileSync(join(CLEAN, "form.docx"), join(folder, "own.docx"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => runIn(folder, argv);

describe("what is written", () => {
  test.each([
    ["audit", "own.docx", "--format", "docx"],
    ["audit", ".", "--format", "docx"],
    ["annotate", "own.docx"],
    ["report", "own.docx"],
    ["report", "."],
    ["export", ".", "--to", "docx"],
    ["rollup", "."],
  ])("never takes the place of a file that is read: %s %s", async (...argv) => {
    const before = readFileSync(join(folder, "own.docx"));
    const { code, err } = await run(...argv, "-o", "own.docx");
    expect(err).toContain("不能覆盖原文件");
    expect(code).toBe(2);
    expect(readFileSync(join(folder, "own.docx")).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(["own.docx"]);
  });

  test("never takes the place of a file that could not be read either", async () => {
    writeFileSync(join(folder, "broken.docx"), "not a docx");
    const { code, err } = await run("audit", ".", "--format", "docx", "-o", "broken.docx");
    expect(err).toContain("不能覆盖原文件");
    expect(code).toBe(2);
    expect(readFileSync(join(folder, "broken.docx"), "utf8")).toBe("not a docx");
  });

  test("tells the characters that the PDF of a report could not print", async () => {
    const { code, err } = await run(
      "report",
      "own.docx",
      "-o",
      "report.pdf",
      "--name",
      "澄江区\u{E000}财政局",
    );
    expect(code).toBe(0);
    expect(err).toContain("字体里没有这些字");
  });

  test.each(["audit", "score", "explain", "report", "rollup", "publish", "annotate"])(
    "%s takes one policy, and says so where two are named",
    async (command) => {
      const { code, err } = await run(
        command,
        "own.docx",
        ...["--policy", "national-2020", "--policy", "hubei-2020", "--at", "grade", "-o", "out.docx"],
      );
      expect(code).toBe(2);
      expect(err).toContain("只能指定一个 --policy");
    },
  );
});
