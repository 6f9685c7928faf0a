import { describe, expect, test } from "vitest";
import { exampleForm } from "../../audit/src/example-form.ts";
import { formsDocument, LAYOUTS, layOut, writeDocx } from "../src/index.ts";
import { gridOf } from "../src/model.ts";
import { planForm } from "../src/writers/page-plan.ts";
import { evenRoom } from "../src/writers/text-extent.ts";
import { all, type Element, parse, partsOf } from "./office-markup.ts";

/** Characters of the last line of a Chinese text that is broken after every `room` ems. */
function lastLine(text: string, room: number): number {
  const each = Math.floor(room + 0.02);
  return text.length <= each ? text.length : text.length % each || each;
}

describe("a single character on the last line", () => {
  test.each([
    ["经济成本指标", 5.4, 4.4],
    ["服务对象满意度指标", 4.7, 3.4],
    ["其中：当年财政拨款", 8.4, 5.4],
    ["年度指标值", 4.9, 3.4],
    // Well set as they are: in one line, in two even ones, in no room for better.
    ["数量指标", 5, null],
    ["年度指标值", 5, null],
    ["经济成本指标", 4.7, null],
    ["完全不", 2.2, null],
    ["≥120.00（人）", 4, null],
  ])("%s in %f ems is set in %f", (text, room, even) => {
    const got = evenRoom(text, room);
    expect(got).toBe(even);
    if (got !== null) expect(lastLine(text, got)).toBeGreaterThan(1);
  });

  test("is left by no fixed label of any layout in a Word file, in both sizes of text", () => {
    const LEVELS = ["数量指标", "经济成本指标", "社会效益指标", "可持续影响指标", "服务对象满意度指标"];
    for (const plan of LAYOUTS)
      for (const words of ["短。", "长".repeat(600)]) {
        const base = exampleForm({ template: plan.id });
        const form = {
          ...base,
          goal: { ...base.goal, achieved: words },
          indicators: base.indicators.map((row, index) => ({
            ...row,
            level2: LEVELS[index % LEVELS.length] ?? "",
          })),
        };
        const model = layOut(form, plan);
        const { points } = planForm(model);
        const fixed = new Set(
          gridOf(model)
            .flat()
            .filter(({ cell }) => cell.role === "label" && !cell.vertical && !/[\n\d]/.test(cell.text))
            .map(({ cell }) => cell.text),
        );
        const document = parse(
          partsOf(writeDocx(formsDocument([model], false))).get("word/document.xml") ?? "",
        );
        for (const box of all(document, "w:tc")) {
          const text = all(box, "w:t")
            .map((each) => each.text)
            .join("");
          if (!fixed.has(text) || text.length > 16 || !/^[\u4e00-\u9fff：、]+$/.test(text)) continue;
          const number = (element: Element | undefined, name: string): number =>
            Number(element?.attributes[name] ?? 0);
          const indent = all(box, "w:ind")[0];
          const twips =
            number(all(box, "w:tcW")[0], "w:w") - 160 - number(indent, "w:left") - number(indent, "w:right");
          const room = twips / 20 / points;
          // In room for two or three characters some labels cannot end otherwise.
          if (room >= 4 || indent)
            expect(lastLine(text, room), `${plan.id} ${text} ${room}`).toBeGreaterThan(1);
        }
      }
  });
});
