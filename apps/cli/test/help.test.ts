import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { exampleForm } from "../../../packages/audit/src/example-form.ts";
import { placeTyped } from "../src/place-typed.ts";
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

test("a command tells its own usage and options, in both languages", async () => {
  for (const lang of ["zh", "en"] as const) {
    const whole = (await runIn(folder, ["--help", "--lang", lang])).out;
    const commands = [...whole.matchAll(/^ {2}jiheng ([a-z-]+)/gm)].map(([, name = ""]) => name);
    expect(commands.length).toBeGreaterThan(12);
    for (const command of commands) {
      const { code, out } = await runIn(folder, [command, "--help", "--lang", lang]);
      expect(code).toBe(0);
      expect(out).toContain(`  jiheng ${command}`);
      expect(out.match(/^ {2}jiheng /gm), command).toHaveLength(1);
      // Every option that the usage writes is explained.
      const usage = out.slice(0, out.indexOf(lang === "en" ? "\nOptions" : "\n选项"));
      const explained = out.slice(usage.length);
      for (const [option] of usage.matchAll(/(?<![\w-])(?:--[a-z]+|-o)\b/g))
        expect(explained, `${command} ${option}`).toContain(`\n  ${option}`);
    }
  }
});

test("a place may be told in the words of the form", async () => {
  const file = join(import.meta.dirname, "..", "..", "..", "fixtures", "forms", "bureau-sample", "form.docx");
  const form = JSON.parse((await runIn(folder, ["read", file, "--json"])).out).documents[0].forms[0];
  const at = async (typed: string): Promise<{ code: number; at: string | null; err: string }> => {
    const { code, out, err } = await runIn(folder, ["explain", file, "--form", "1", "--at", typed, "--json"]);
    return { code, at: code === 0 ? JSON.parse(out).at : null, err };
  };
  expect(await at("总分")).toMatchObject({ code: 0, at: "totalScore" });
  expect(await at("等级")).toMatchObject({ code: 0, at: "grade" });
  for (const typed of ["指标3", "第3行"]) {
    const answer = await at(typed);
    expect(answer).toMatchObject({ code: 0, at: "indicators[2]" });
    expect(answer.err).toContain(`“${typed}”按「${form.indicators[2].name}」（indicators[2]）理解`);
  }
  const names: string[] = form.indicators.map(({ name }: { name: string }) => name);
  const once = names.findIndex((name) => names.filter((each) => each.includes(name)).length === 1);
  expect(await at(names[once] ?? "")).toMatchObject({ code: 0, at: `indicators[${once}]` });
  expect(await at(`${names[once]}得分`)).toMatchObject({ at: `indicators[${once}].score` });
  expect((await at("indicators[2].score")).err).not.toContain("理解");
  expect((await at("第900行")).err).toContain("没有第900行指标");
  expect((await at("无此名")).err).toContain("表上没有");
  const ambiguous = await at("指标");
  expect(ambiguous.code).toBe(2);
});

test("a name of several rows is refused with their places", () => {
  const form = exampleForm();
  const [row] = form.indicators;
  if (!row) throw new Error("no row");
  const twice = { ...form, indicators: [row, row] };
  expect(() => placeTyped(twice, row.name ?? "")).toThrow(/可以指 2 行指标/);
});

test("a grade that stands without a total is not lost", () => {
  expect(wordsOf("zh").printed(null, "优")).toBe("表列总分：未填（优）");
  expect(wordsOf("zh").printed("96.5", "优")).toBe("表列 96.5 分（优）");
  expect(wordsOf("en").printed(null, "优")).toBe("No total printed (优)");
});
