import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runIn } from "./run.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
// The library of archives is a dependency of the exporters, not of the command line.
const exporters = createRequire(new URL("../../../packages/exporters/package.json", import.meta.url));
const { strFromU8, strToU8, unzipSync, zipSync } = exporters("fflate") as {
  strFromU8(bytes: Uint8Array): string;
  strToU8(text: string): Uint8Array;
  unzipSync(bytes: Uint8Array): Record<string, Uint8Array>;
  zipSync(files: Record<string, Uint8Array>): Uint8Array;
};
const DOCX = "fixtures/forms/bureau-sample/form.docx";
const XLSX = "fixtures/forms/bureau-sample/form.xlsx";

const run = (...argv: string[]) => runIn(root, argv);

/** Findings of a file as `audit --json` tells them: those of forms, and those across forms once for every form concerned. */
async function findingsOf(file: string): Promise<{ message: string; code: string; forms: number }[]> {
  const answer = JSON.parse((await run("audit", file, "--json")).out);
  return [
    ...answer.forms.flatMap((form: { findings: object[] }) =>
      form.findings.map((finding) => ({ ...finding, forms: 1 })),
    ),
    ...answer.batch.findings.map((finding: { at: { form: number }[] }) => ({
      ...finding,
      forms: new Set(finding.at.map((at) => at.form)).size,
    })),
  ];
}

const plain = (markup: string): string =>
  markup.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-annotate-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("jiheng annotate", () => {
  test("writes every finding into a copy, says how many, exits 0 whatever was found", async () => {
    for (const [file, list] of [
      [DOCX, "word/comments.xml"],
      [XLSX, "xl/comments1.xml"],
    ] as const) {
      const findings = await findingsOf(file);
      const before = readFileSync(join(root, file));
      const out = join(folder, `copy${file.slice(file.lastIndexOf("."))}`);
      const { code, err, out: printed } = await run("annotate", file, "-o", out);
      expect(code).toBe(0);
      expect(printed).toBe("");
      const count = findings.reduce((sum, finding) => sum + finding.forms, 0);
      expect(err).toContain(`4 张表，${count} 条批注`);
      const parts = unzipSync(new Uint8Array(readFileSync(out)));
      const lists = Object.keys(parts).filter((name) => /comments\d*\.xml$/.test(name));
      expect(lists).toContain(list);
      const comments = plain(lists.map((name) => strFromU8(parts[name] as Uint8Array)).join(""));
      for (const { message, code: rule } of findings) {
        expect(comments).toContain(message);
        expect(comments).toContain(`（${rule}）`);
      }
      expect(readFileSync(join(root, file)).equals(before)).toBe(true);
    }
  });

  test("never writes over the original, by whatever name", async () => {
    const own = join(folder, "own.docx");
    copyFileSync(join(root, DOCX), own);
    symlinkSync(own, join(folder, "soft.docx"));
    linkSync(own, join(folder, "hard.docx"));
    const before = readFileSync(own);
    for (const out of [
      own,
      join(folder, ".", "x", "..", "own.docx"),
      join(folder, "soft.docx"),
      join(folder, "hard.docx"),
    ]) {
      const { code, err } = await run("annotate", own, "-o", out);
      expect(code, out).toBe(2);
      expect(err).toContain("不能覆盖原文件");
    }
    expect(readFileSync(own).equals(before)).toBe(true);
  });

  test("what it cannot do is refused with what to do instead, and nothing is written", async () => {
    const signed = join(folder, "signed.docx");
    const parts = unzipSync(new Uint8Array(readFileSync(join(root, DOCX))));
    writeFileSync(signed, zipSync({ ...parts, "_xmlsignatures/sig1.xml": strToU8("<x/>") }));
    const disguised = join(folder, "page.docx");
    copyFileSync(join(root, "fixtures/forms/bureau-sample/form.html"), disguised);
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[DOCX], /没有指定写到哪里/],
      [["-o", "x.docx"], /没有指定文件/],
      [[DOCX, XLSX, "-o", "x.docx"], /一次只能/],
      [[DOCX, "-o", "x.pdf"], /同一种格式/],
      [[DOCX, "-o", "x.docx", "--json"], /没有 --format/],
      [["fixtures/forms/bureau-sample/form.html", "-o", "x.html"], /不是 docx 或 xlsx.*--format docx/s],
      [["fixtures/forms/bureau-sample/form.txt", "-o", "x.txt"], /不是 docx 或 xlsx/],
      [["fixtures/forms/bureau-sample", "-o", "x"], /文件夹|一次只能/],
      [[disguised, "-o", "x.docx"], /不是 docx 或 xlsx/],
      [[signed, "-o", "x.docx"], /数字签名/],
      [["no-such.docx", "-o", "x.docx"], /没有这个文件/],
      [[DOCX, "-o", join(signed, "such.docx")], /不能写入/],
    ];
    for (const [argv, said] of cases) {
      const placed = argv.map((each) => (/^x(\.|$)/.test(each) ? join(folder, each) : each));
      const { code, err } = await run("annotate", ...placed);
      expect(code, argv.join(" ")).toBe(2);
      expect(err, argv.join(" ")).toMatch(said);
      expect(err).not.toContain("    at ");
    }
    for (const name of ["x.docx", "x.html", "x.txt", "x.pdf", "x"])
      expect(existsSync(join(folder, name))).toBe(false);
  });

  test("--form picks one form; the others get no comment", async () => {
    const out = join(folder, "second.docx");
    const { err } = await run("annotate", DOCX, "--form", "2", "-o", out);
    expect(err).toContain("1 张表");
    const comments = plain(
      strFromU8(unzipSync(new Uint8Array(readFileSync(out)))["word/comments.xml"] as Uint8Array),
    );
    expect(comments.match(/<w:comment /g)?.length).toBeLessThan(20);
  });
});
