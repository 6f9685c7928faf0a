import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { explainRollUpSchema, rollUpRefusedSchema, rollUpSchema } from "@jiheng/contract";
import { add, type Fund, formatDecimal, type Indicator, parseDecimal, ZERO } from "@jiheng/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROJECTS as WRITTEN, CONFLICTING as WRITTEN_AGAINST } from "../../../fixtures/rollup/projects.ts";
import { runIn } from "./run.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const PROJECTS = ["apprentices", "insurance", "archives", "inspections", "medical", "counters"].map(
  (name) => `fixtures/rollup/${name}.txt`,
);
const CONFLICTING = "fixtures/rollup/conflicting.txt";

const run = (...argv: string[]) => runIn(root, argv, 400);

let folder = "";
let category = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-rollup-"));
  category = join(folder, "category.json");
  const { code, err } = await run("rollup", ...PROJECTS, "--name", "社会保障服务类", "-o", category);
  if (code !== 0) throw new Error(err);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answer = () => rollUpSchema.parse(JSON.parse(readFileSync(category, "utf8")));

describe("jiheng rollup", () => {
  test("the fixtures are the projects that are written down", async () => {
    for (const [index, file] of [...PROJECTS, CONFLICTING].entries()) {
      const read = JSON.parse((await run("read", file, "--json")).out).documents[0].forms[0];
      const written = [...WRITTEN, WRITTEN_AGAINST][index];
      expect(read.project).toBe(written?.project);
      expect(read.goal).toEqual(written?.goal);
      expect(
        read.indicators.map((row: Indicator) => [row.name, row.target, row.actual, row.points, row.score]),
      ).toEqual(written?.indicators.map((row) => [row.name, row.target, row.actual, row.points, row.score]));
      expect(
        read.funds.map((fund: Fund) => [fund.initialBudget, fund.expenditure, fund.executionRate]),
      ).toEqual(written?.funds.map((fund) => [fund.initialBudget, fund.expenditure, fund.executionRate]));
    }
  });

  test("six projects become one category form: sums exact, points 100, rows joined", () => {
    const form = answer().documents[0]?.forms[0];
    // The category form was read from no file.
    expect(answer().documents[0]?.sha256).toBeNull();
    expect(form?.project).toBe("社会保障服务类");
    expect(form?.funds[0]).toMatchObject({
      initialBudget: "504.00",
      adjustedBudget: "479.60",
      expenditure: "445.94",
      executionRate: "92.98",
      score: "9.30",
    });
    expect(form?.indicators).toHaveLength(23);
    const points = [form?.funds[0]?.points, ...(form?.indicators ?? []).map((row) => row.points)];
    const total = points.reduce((sum, each) => add(sum, parseDecimal(each) ?? ZERO), ZERO);
    expect(formatDecimal(total)).toBe("100.00");
    expect(form?.indicators.find((row) => row.name === "培训人数")?.actual.text).toBe("760.00(人)");
    expect(form?.indicators.find((row) => row.name === "培训合格率")?.actual.text).toBe("95.30(%)");
    expect([form?.totalScore, form?.grade]).toEqual(["99.30", "优"]);
  });

  test("reads back as a form, and its review finds nothing that must be corrected", async () => {
    const { code, out } = await run("audit", category, "--json");
    expect(code).toBe(0);
    const found = JSON.parse(out).forms[0].findings as { force: string; message: string }[];
    expect(found.filter((each) => each.force !== "hint").map((each) => each.message)).toEqual([]);
    expect((await run("score", category)).out).toContain("99.30 分");
  });

  test("every figure is explained by the figures it was made of", async () => {
    const figure = await run("explain", category, "--at", "funds[0].expenditure");
    expect(figure.code).toBe(0);
    expect(figure.out).toContain("152+84+58.2+9.54+45+97.2=445.94万元");
    for (const file of PROJECTS)
      expect(figure.out).toContain(`（${file} 第1表第4行第5列 年度资金总额全年执行数）`);
    expect(figure.out).not.toMatch(/funds\[|indicators\[/);
    const index = answer().documents[0]?.forms[0]?.indicators.findIndex((row) => row.name === "培训合格率");
    const rate = await run("explain", category, "--at", `indicators[${index}].actual`, "--json");
    const { derivations, printed } = explainRollUpSchema.parse(JSON.parse(rate.out));
    expect(printed.raw).toBe("95.30(%)");
    expect(derivations[`indicators[${index}].actual`]).toMatchObject({
      kind: "weighted",
      by: "全年执行数",
      terms: [
        { project: "青年学徒技能培训补贴", figure: "95.00", weight: "152.00" },
        { project: "工资支付专项检查", figure: "100.00", weight: "9.54" },
      ],
    });
  });

  test("a category form is rolled up again with the sources of its sources", async () => {
    const department = join(folder, "department.json");
    const inner = join(folder, "inner.json");
    expect((await run("rollup", ...PROJECTS.slice(0, 3), "--name", "甲类", "-o", inner)).code).toBe(0);
    expect(
      (await run("rollup", inner, ...PROJECTS.slice(3), "--name", "社会保障服务类", "-o", department)).code,
    ).toBe(0);
    const parsed = rollUpSchema.parse(JSON.parse(readFileSync(department, "utf8")));
    expect(parsed.rollUp.sources[0]?.parts.map((part) => part.form.project)).toEqual([
      "青年学徒技能培训补贴",
      "灵活就业人员参保补贴",
      "离岗职工档案托管",
    ]);
    expect(parsed.documents[0]?.forms[0]).toEqual(answer().documents[0]?.forms[0]);
  });

  test("a conflict refuses with every reason, in words and as JSON, and writes nothing", async () => {
    const { code, err } = await run("rollup", ...PROJECTS, CONFLICTING, "-o", join(folder, "never.json"));
    expect(code).toBe(2);
    expect(err).toContain("有 3 处冲突");
    expect(err).toContain("年度不同");
    expect(err).toContain("「培训人数」的单位不同");
    expect(err).toContain("“职业技能竞赛组织”的年度指标值为“≤300.00(人次)”");
    expect(err).toContain("「享受补贴人数」的方向相反");
    expect(() => readFileSync(join(folder, "never.json"))).toThrow();
    const json = await run("rollup", ...PROJECTS, CONFLICTING, "--json");
    expect(json.code).toBe(2);
    expect(rollUpRefusedSchema.parse(JSON.parse(json.out)).conflicts.map((each) => each.code)).toEqual([
      "year",
      "unit",
      "comparison",
    ]);
  });

  test("one unreadable source stops the whole: a sum without a part would not show it", async () => {
    const { code, err } = await run(
      "rollup",
      ...PROJECTS,
      "fixtures/rollup/nowhere.txt",
      "-o",
      join(folder, "never.json"),
    );
    expect(code).toBe(2);
    expect(err).toContain("nowhere.txt");
  });

  test.each(["docx", "xlsx", "html", "txt"])("the %s reads back as the same form", async (format) => {
    const path = join(folder, `category.${format}`);
    expect((await run("rollup", ...PROJECTS, "--name", "社会保障服务类", "-o", path)).code).toBe(0);
    const read = JSON.parse((await run("read", path, "--json")).out).documents[0].forms[0];
    const form = answer().documents[0]?.forms[0];
    expect(
      read.indicators.map((row: { name: string; actual: unknown; points: string }) => [
        row.name,
        row.actual,
        row.points,
      ]),
    ).toEqual(form?.indicators.map((row) => [row.name, row.actual, row.points]));
    expect(read.funds.map((fund: { expenditure: string }) => fund.expenditure)).toEqual(
      form?.funds.map((fund) => fund.expenditure),
    );
  });

  test("without -o the form is printed, with what was weighted and what is offered", async () => {
    const { code, out } = await run("rollup", ...PROJECTS);
    expect(code).toBe(0);
    expect(out).toContain("由 6 张表汇总");
    expect(out).toContain("「培训合格率」不能相加，按全年执行数加权平均得95.30%");
    expect(out).toContain("--denominator 培训合格率=培训人数");
    const weighed = await run("rollup", ...PROJECTS, "--denominator", "培训合格率=培训人数");
    expect(weighed.out).toContain("95.79(%)");
  });

  test("bad choices are refused with what to do", async () => {
    for (const argv of [
      ["--points", "luck"],
      ["--weight", "培训人数=2"],
      ["--merge", "培训人数"],
      ["--policy", "atlantis"],
      ["-o", join(folder, "x.bmp")],
      ["-o", "fixtures/rollup/medical.txt"],
      ["--template", "atlantis"],
    ]) {
      const { code, err } = await run("rollup", ...PROJECTS, ...argv);
      expect(code, argv.join(" ")).toBe(2);
      expect(err).toMatch(/。.+。/);
    }
  });

  test("a file that only looks like a roll-up is a form like any other", async () => {
    const path = join(folder, "plain.json");
    const { rollUp: _, ...plain } = answer();
    writeFileSync(path, JSON.stringify(plain));
    expect((await run("explain", path, "--at", "funds[0].expenditure")).code).toBe(2);
    expect((await run("explain", path, "--at", "totalScore")).code).toBe(0);
  });
});
