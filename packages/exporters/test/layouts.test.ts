import { readDocument } from "@jiheng/importers";
import { cleanForm } from "@jiheng/specimens";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { exampleForm } from "../../audit/src/example-form.ts";
import {
  formsDocument,
  formsWorkbook,
  LAYOUTS,
  layOut,
  writeDocx,
  writeHtml,
  writeText,
  writeXlsx,
} from "../src/index.ts";
import { cell, gridOf } from "../src/model.ts";

const encoder = new TextEncoder();

describe("the grid model", () => {
  test("every layout fills its grid without holes or overlaps, whatever the number of rows", () => {
    for (const plan of LAYOUTS)
      for (const form of [
        exampleForm(),
        cleanForm({ seed: 4, rows: 60 }),
        exampleForm({ rows: [], fundRows: [] }),
      ])
        expect(() => gridOf(layOut(form, plan)), plan.id).not.toThrow();
  });

  test("a hole and an overlap are faults of a layout", () => {
    const model = { widths: [1, 1], repeat: null };
    expect(() => gridOf({ ...model, rows: [[cell("a")]] })).toThrow(/hole/);
    expect(() => gridOf({ ...model, rows: [[cell("a", "text", 3)]] })).toThrow(/fit/);
  });
});

describe("written files", () => {
  const [national] = LAYOUTS;
  if (!national) throw new Error("no layout");

  test("the same form gives the same bytes", () => {
    for (const plan of LAYOUTS) {
      const model = layOut(exampleForm(), plan);
      expect(writeDocx(formsDocument([model], false))).toEqual(
        writeDocx(formsDocument([layOut(exampleForm(), plan)], false)),
      );
      expect(writeXlsx(formsWorkbook([model], false))).toEqual(
        writeXlsx(formsWorkbook([layOut(exampleForm(), plan)], false)),
      );
    }
  });

  test("text that begins like a formula stays text, figures are numbers", () => {
    const form = exampleForm({ project: "=1+2", department: "@sum", unit: "-x" });
    const sheet = new TextDecoder().decode(
      unzipSync(writeXlsx(formsWorkbook([layOut(form, national)], false)))["xl/worksheets/sheet1.xml"],
    );
    for (const [, formula] of sheet.matchAll(/<f>(.*?)<\/f>/g))
      expect(formula).toMatch(/^(?:ROUND|IFERROR)\(/);
    expect(sheet).toMatch(/t="inlineStr"><is><t xml:space="preserve">=1\+2</);
    expect(sheet).toContain("<v>93.10</v>");
  });

  test("what forms say is never markup", () => {
    const form = exampleForm({ project: '<b>&"\u0001x' });
    expect(writeHtml(formsDocument([layOut(form, national)], false))).not.toContain("<b>&");
    const xml = new TextDecoder().decode(
      unzipSync(writeDocx(formsDocument([layOut(form, national)], false)))["word/document.xml"],
    );
    expect(xml).toContain("&lt;b&gt;&amp;&quot;�x");
  });

  test("any text survives being written and read back, in every format", () => {
    // Without markup characters: text that looks like leaked HTML is cleaned by reading, on purpose.
    const line = fc.stringMatching(/^计划[\u4e00-\u5000a-zA-Z0-9（）《》，]{1,30}。$/);
    const text = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (expected, achieved) => {
        const model = layOut(exampleForm({ expected, achieved }), national);
        const files = [
          { name: "a.docx", bytes: writeDocx(formsDocument([model], false)) },
          { name: "a.xlsx", bytes: writeXlsx(formsWorkbook([model], false)) },
          { name: "a.html", bytes: encoder.encode(writeHtml(formsDocument([model], false))) },
          { name: "a.txt", bytes: encoder.encode(writeText([model])) },
        ];
        for (const file of files) {
          const result = readDocument({ ...file, sha256: "0".repeat(64) });
          const [form] = result.kind === "document" ? result.document.forms : [];
          expect(form?.goal, file.name).toEqual({ expected, achieved });
        }
      }),
      { numRuns: 60 },
    );
  });
});
