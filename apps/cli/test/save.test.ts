import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runIn } from "./run.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const CLEAN = join(ROOT, "fixtures", "forms", "national-clean");
/** A form on which something is found: where nothing is, no comment is written. */
const SAMPLE = join(ROOT, "fixtures", "forms", "bureau-sample", "form.docx");

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

  test.each([
    ["audit", "own.docx", "--format", "docx", "-o", "out.docx"],
    ["report", "own.docx", "-o", "out.docx"],
    ["export", "own.docx", "--to", "docx", "-o", "out.docx"],
    ["export", "own.docx", "--to", "docx", "-o", "out/"],
    ["annotate", SAMPLE, "-o", "out.docx"],
    ["publish", "own.docx", "-o", "site"],
  ])("takes the place of what was written before, and says so: %s %s", async (...argv) => {
    const first = await run(...argv);
    expect(first.err).toContain("已写入");
    expect(first.err).not.toContain("替换");
    expect((await run(...argv)).err).toMatch(/替换了原有的(?:文件|网站)/);
  });

  test("an opinion that is written tells what was found", async () => {
    const { err } = await run("audit", "own.docx", "--format", "docx", "-o", "out.docx");
    const { forms, batch } = JSON.parse((await run("audit", "own.docx", "--json")).out);
    const forces: string[] = [...forms[0].findings, ...batch.findings].map(
      ({ force }: { force: string }) => force,
    );
    for (const [force, word] of [
      ["must", "必须更正"],
      ["should", "应当说明"],
      ["hint", "可以改进"],
    ]) {
      const count = forces.filter((each) => each === force).length;
      if (count > 0) expect(err).toContain(`${word} ${count} 项`);
      else expect(err).not.toContain(word);
    }
    expect(err).toMatch(/1 张表，(?:必须更正|应当说明|可以改进|已检查的事项未发现问题)/);
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
