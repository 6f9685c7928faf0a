import { readDocument, TEMPLATES } from "@jiheng/importers";
import { describe, expect, test } from "vitest";
import { exampleForm } from "../../audit/src/example-form.ts";
import { type FormModel, LAYOUTS, layOut, layoutOf, lostBy, type ModelCell, writeCsv } from "../src/index.ts";
import { formFor } from "./written-forms.ts";

function planOf(id: string): NonNullable<ReturnType<typeof layoutOf>> {
  const plan = layoutOf(id);
  if (!plan) throw new Error(id);
  return plan;
}

function cellAt(model: FormModel, place: string): ModelCell | undefined {
  return model.rows.flat().find((each) => each.place === place);
}

const national = planOf("national");

describe("every layout", () => {
  test("is a template that reading knows, and every known template can be written", () => {
    expect(LAYOUTS.map((plan) => plan.id).sort()).toEqual(
      TEMPLATES.map(({ id }) => id)
        .filter((id) => id !== "unknown")
        .sort(),
    );
  });

  test.each(LAYOUTS.map((plan) => [plan.id, plan] as const))(
    "%s names every cell once and by its place",
    (_id, plan) => {
      for (let seed = 1; seed <= 10; seed++) {
        const model = layOut(formFor(plan, seed), plan);
        const places = model.rows.flat().flatMap((each) => (each.place ? [each.place] : []));
        expect(new Set(places).size).toBe(places.length);
        for (const each of model.rows.flat())
          for (const of of each.formula?.kind === "sum" ? each.formula.of : []) expect(places).toContain(of);
      }
    },
  );

  test.each(LAYOUTS.map((plan) => [plan.id, plan] as const))(
    "%s has room for its words on the page",
    (_id, plan) => {
      const width = plan.columns.reduce((sum, column) => sum + column.width, 0);
      expect(width).toBeLessThan(plan.orientation === "landscape" ? 84 : 56);
      // Two characters and the space around them: nothing is narrower.
      for (const column of plan.columns)
        expect(column.width, column.heading).toBeGreaterThanOrEqual(column.vertical ? 2 : 3);
    },
  );
});

describe("figures", () => {
  test("carry what is typed; a rate with its sign is the figure in percent", () => {
    const rate = cellAt(layOut(exampleForm(), national), "funds[0].executionRate");
    expect(rate).toMatchObject({ text: "95.00%", figure: "95.00", percent: true, role: "number" });
  });

  test("are derived only where the derivation gives exactly what is typed", () => {
    const right = layOut(exampleForm(), national);
    expect(cellAt(right, "funds[0].executionRate")?.formula).toMatchObject({
      kind: "rate",
      decimals: 2,
      rounding: "half-up",
    });
    expect(cellAt(right, "funds[0].score")?.formula?.kind).toBe("execution-score");
    expect(cellAt(right, "funds[0].expenditure")?.formula?.kind).toBe("sum");
    expect(cellAt(right, "totalScore")?.formula?.kind).toBe("sum");
    const form = exampleForm({ totalScore: "99.51" });
    const [total, ...others] = form.funds;
    if (!total) throw new Error("no total");
    const wrong = layOut(
      {
        ...form,
        funds: [{ ...total, executionRate: "94.99", score: "9.49", expenditure: "93.11" }, ...others],
      },
      national,
    );
    for (const place of ["funds[0].executionRate", "funds[0].score", "funds[0].expenditure", "totalScore"])
      expect(cellAt(wrong, place)?.formula, place).toBeUndefined();
    expect(cellAt(wrong, "funds[0].executionRate")?.figure).toBe("94.99");
  });

  test("a truncated rate is derived by truncation", () => {
    const form = exampleForm();
    const [total] = form.funds;
    if (!total) throw new Error("no total");
    const funds = [{ ...total, adjustedBudget: "536.25", expenditure: "521.59", executionRate: "97.26" }];
    const rate = cellAt(layOut({ ...form, funds }, national), "funds[0].executionRate");
    expect(rate?.formula).toMatchObject({ rounding: "truncate" });
  });

  test("a total that counts its parts (其中) twice is no sum of all rows", () => {
    const form = exampleForm();
    const [first] = form.indicators;
    if (!first) throw new Error("no row");
    const part = { ...first, id: "part", parent: first.id, name: "其中：山区" };
    const model = layOut({ ...form, indicators: [first, part, ...form.indicators.slice(1)] }, national);
    const formula = cellAt(model, "totalScore")?.formula;
    expect(formula?.kind === "sum" && formula.of).not.toContain("indicators[1].score");
  });
});

describe("what a layout has no place for", () => {
  test("is named, with its rows", () => {
    const lost = lostBy(exampleForm(), planOf("transfer-payment")).join("\n");
    expect(lost).toContain("“得分”");
    expect(lost).toContain("总分");
    expect(lost).toContain("评分等级");
    expect(lostBy(exampleForm(), national)).toEqual([]);
  });

  test("reasons of rows go into the one reason of a form that has no others, and that is said", () => {
    const form = exampleForm({ patch: { 0: { deviation: "工期顺延，已补做。" } } });
    const hubei = planOf("hubei");
    expect(cellAt(layOut(form, hubei), "deviation")?.text).toContain("工期顺延");
    expect(lostBy(form, hubei).join()).toContain("合并写入");
  });

  test("a cell of a column of another form is named by its label", () => {
    const form = exampleForm({ fields: [{ label: "完成率：管护里程", text: "105%" }] });
    expect(lostBy(form, national).join()).toContain("完成率：管护里程");
  });
});

describe("titles", () => {
  test("one's own stays; that of another official form gives way", () => {
    const own = exampleForm({ title: "2024年水务项目绩效自评表" });
    expect(layOut(own, national).caption).toContain("2024年水务项目绩效自评表");
    expect(layOut(exampleForm(), planOf("monitoring")).caption).toContain("项目支出绩效运行监控表");
  });
});

describe("csv", () => {
  const written = (project: string): string => writeCsv([layOut(exampleForm({ project }), national)]);

  test("has a byte order mark, records of one length and CR LF", () => {
    const text = written("农村供水");
    expect(text.startsWith("\uFEFF")).toBe(true);
    // What stands in quotes may hold line breaks and commas of its own.
    const lines = text
      .slice(1)
      .replace(/"(?:[^"]|"")*"/g, "quoted")
      .split("\r\n")
      .slice(0, -1);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([]);
    expect(new Set(lines.map((line) => line.split(",").length)).size).toBe(1);
  });

  test.each(["=1+2", "+1甲", "-甲", "@SUM(A1)", "'=甲"])(
    "%s is guarded, and read back as it was with a note",
    (project) => {
      const text = written(project);
      expect(text).toContain(`'${project}`);
      const result = readDocument({
        name: "a.csv",
        bytes: new TextEncoder().encode(text),
        sha256: "0".repeat(64),
      });
      if (result.kind === "refused") throw new Error(result.what);
      expect(result.document.forms[0]?.project).toBe(project);
      expect(result.document.notes).toContainEqual(
        expect.objectContaining({ code: "formula-guard", level: "normalised" }),
      );
    },
  );

  test("numbers below zero and lone dashes are no formulas", () => {
    const form = exampleForm({ totalScore: "-5.00" });
    const text = writeCsv([layOut(form, planOf("shanghai-bureau-a"))]);
    expect(text).toContain(",-5.00,");
    expect(text).not.toContain("'-");
  });
});
