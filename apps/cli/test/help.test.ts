import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { wordsOf } from "../src/print/words.ts";
import { runIn } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "jiheng-help-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the help names every format that is read, in both languages", async () => {
  const { err } = await runIn(folder, ["audit", "."], 400);
  const formats =
    /可读取的格式：([^。]*?)。/.exec(`${err.replace(/\s\.(?=\w)/g, ",.")}`)?.[1]?.split(",") ?? [];
  expect(formats.length).toBeGreaterThan(10);
  for (const lang of ["zh", "en"]) {
    const { out } = await runIn(folder, ["--help", "--lang", lang]);
    for (const format of formats.filter((each) => each !== ".htm")) expect(out, lang).toContain(format);
  }
});

test("a grade that stands without a total is not lost", () => {
  expect(wordsOf("zh").printed(null, "优")).toBe("表列总分：未填（优）");
  expect(wordsOf("zh").printed("96.5", "优")).toBe("表列 96.5 分（优）");
  expect(wordsOf("en").printed(null, "优")).toBe("No total printed (优)");
});
