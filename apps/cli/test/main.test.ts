import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { auditSchema, compareSchema, explainSchema, readSchema, scoreSchema } from "@jiheng/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runIn } from "./run.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const SAMPLE = "fixtures/forms/bureau-sample/form.docx";
const CLEAN = "fixtures/forms/national-clean/form.xlsx";

const run = (...argv: string[]) => runIn(root, argv);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("jiheng", () => {
  test("help names every command and exits 0; nothing at all exits 2", async () => {
    const help = await run("--help");
    expect(help.code).toBe(0);
    for (const command of ["read", "score", "audit", "explain", "compare", "rules", "policies", "templates"])
      expect(help.out).toContain(`jiheng ${command}`);
    expect((await run("--help", "--lang", "en")).out).toContain("Usage");
    expect((await run()).code).toBe(2);
  });

  test("a mistyped command or option is refused in Chinese with the word that was meant", async () => {
    expect((await run("audti", SAMPLE)).err).toContain("没有命令“audti”。是否要写 audit？");
    expect((await run("audit", SAMPLE, "--formt", "docx")).err).toContain(
      "没有选项“--formt”。是否要写 --format？",
    );
    expect((await run("audit", SAMPLE, "-x")).err).toContain("没有选项“-x”。可用的选项：");
    expect((await run("audit", SAMPLE, "-o")).err).toContain("选项“--output”后面没有写内容");
    expect((await run("audit", SAMPLE, "--policy", "--json")).err).toContain("选项“--policy”后面没有写内容");
    expect((await run("audit", SAMPLE, "--json=yes")).err).toContain("选项“--json”后面不带内容");
    for (const argv of [["--nonsense"], ["-o"], ["--policy", "--json"], ["--json=yes"]])
      expect((await run("audit", SAMPLE, ...argv)).err).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/i);
  });

  test("bad arguments are refused with what to do", async () => {
    for (const argv of [
      ["frobnicate"],
      ["read"],
      ["audit", SAMPLE, "--policy", "atlantis"],
      ["audit", SAMPLE, "--format", "yaml"],
      ["audit", SAMPLE, "--nonsense"],
      ["read", SAMPLE, "--form", "0"],
      ["read", SAMPLE, "--form", "99"],
      ["compare", SAMPLE, "--policy", "national-2020"],
      ["explain", SAMPLE, "--form", "1"],
      ["explain", SAMPLE, "--at", "totalScore"],
      ["explain", SAMPLE, "--form", "1", "--at", "indicators[99].score"],
    ]) {
      const { code, err, out } = await run(...argv);
      expect(code, argv.join(" ")).toBe(2);
      expect(err.length, argv.join(" ")).toBeGreaterThan(10);
      expect(err, argv.join(" ")).not.toContain("    at ");
      expect(out).toBe("");
    }
  });
});

describe("jiheng read", () => {
  test("prints the interchange format and nothing else", async () => {
    const { code, out, err } = await run("read", SAMPLE, "--json");
    expect(code).toBe(0);
    expect(err).toBe("");
    const answer = readSchema.parse(JSON.parse(out));
    expect(answer.documents[0]?.forms).toHaveLength(4);
    expect(answer.documents[0]?.forms[0]?.totalScore).toBe("94.09");
  });

  test("one unreadable file does not stop the others", async () => {
    const bad = join(folder, "broken.docx");
    writeFileSync(bad, "this is no document");
    const { code, out, err } = await run("read", bad, "nowhere.docx", CLEAN, "--json");
    expect(code).toBe(2);
    expect(err).toContain("broken.docx");
    expect(err).toContain("nowhere.docx");
    expect(JSON.parse(out).documents.flatMap((each: { forms: unknown[] }) => each.forms)).toHaveLength(1);
  });

  test("walks a folder in a fixed order", async () => {
    const first = await run("read", "fixtures/forms/national-clean", "--json");
    const second = await run("read", "fixtures/forms/national-clean", "--json");
    expect(first.out).toBe(second.out);
    expect(JSON.parse(first.out).documents.length).toBeGreaterThanOrEqual(4);
  });
});

describe("jiheng audit", () => {
  test("finds what must be put right and exits 1", async () => {
    const { code, out } = await run("audit", SAMPLE, "--json");
    expect(code).toBe(1);
    const answer = auditSchema.parse(JSON.parse(out));
    expect(answer.forms[0]?.recomputed.fromEntered).toEqual({ totalScore: "84.09", grade: "良" });
    expect(answer.forms.flatMap((form) => form.errors)).toEqual([]);
  });

  test("a clean form exits 0", async () => {
    expect((await run("audit", CLEAN)).code).toBe(0);
  });

  test("the same input gives the same bytes", async () => {
    for (const format of ["text", "json", "sarif", "html"])
      expect((await run("audit", SAMPLE, "--format", format)).out).toBe(
        (await run("audit", SAMPLE, "--format", format)).out,
      );
  });

  test("text names figures, article and remedy, and what was not checked", async () => {
    const { out } = await run("audit", SAMPLE);
    expect(out).toContain("84.09");
    expect(out).toContain("依据：");
    expect(out).toContain("没有检查的事项");
    expect(out).not.toContain("\u001b[");
    expect(out).not.toMatch(/undefined|NaN|\[object/);
  });

  test("html holds no script and escapes what forms say; sarif names rules and places", async () => {
    const html = (await run("audit", SAMPLE, "--format", "html")).out;
    expect(html).not.toMatch(/<script/i);
    expect(html).toContain('lang="zh-CN"');
    const sarif = JSON.parse((await run("audit", SAMPLE, "--format", "sarif")).out);
    expect(sarif.version).toBe("2.1.0");
    const ids = new Set(sarif.runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id));
    for (const result of sarif.runs[0].results) expect(ids.has(result.ruleId)).toBe(true);
  });

  test("speaks English around the Chinese findings with --lang en", async () => {
    const { out } = await run("audit", SAMPLE, "--lang", "en");
    expect(out).toContain("Must be corrected");
    expect(out).toContain("Not checked");
    expect(out).not.toContain("必须更正（");
    expect((await run("audit", SAMPLE, "--lang", "en", "--format", "html")).out).toContain(
      '<html lang="en">',
    );
  });

  test("writes to a file with -o, and says so when it cannot", async () => {
    const path = join(folder, "opinion.html");
    const { code, out } = await run("audit", SAMPLE, "--format", "html", "-o", path);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect((await run("audit", SAMPLE, "-o", join(path, "such.txt"))).code).toBe(2);
  });
});

describe("jiheng score, explain, compare", () => {
  test("score answers in the contract's shape", async () => {
    const { code, out } = await run("score", SAMPLE, "--json");
    expect(code).toBe(0);
    const answer = scoreSchema.parse(JSON.parse(out));
    expect(answer.forms).toHaveLength(4);
    expect((await run("score", SAMPLE)).out).toContain("政策包");
  });

  test("explain tells the steps of a mark and the findings at its place", async () => {
    const { code, out } = await run("explain", SAMPLE, "--form", "2", "--at", "funds[0].score", "--json");
    expect(code).toBe(0);
    const answer = explainSchema.parse(JSON.parse(out));
    expect(answer.steps.length).toBeGreaterThan(0);
    expect(answer.printed.raw).toBe("9.85");
    expect((await run("explain", SAMPLE, "--form", "2", "--at", "totalScore")).out).toContain("99.85");
  });

  test("compare lists changed marks with their articles", async () => {
    const argv = ["compare", SAMPLE, "--policy", "national-2020", "--policy", "hubei-2020"];
    const { code, out } = await run(...argv, "--json");
    expect(code).toBe(0);
    const answer = compareSchema.parse(JSON.parse(out));
    expect(answer.forms.flatMap((form) => form.changes).length).toBeGreaterThan(0);
    expect((await run(...argv)).out).toContain("甲");
  });
});

describe("the catalogue", () => {
  test("rules, policies and templates can be listed and asked for one by one", async () => {
    expect((await run("rules")).out).toContain("AR-60");
    expect((await run("rules", "AR-60")).out).toContain("依据：");
    expect((await run("rules", "ar-999")).code).toBe(2);
    expect((await run("policies")).out).toContain("hubei-2020");
    expect((await run("policies", "hubei-2020")).out).toContain("依据：");
    expect((await run("templates", "--json")).out).toContain("national");
  });
});
