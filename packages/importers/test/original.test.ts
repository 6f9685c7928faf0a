import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { originalOf, readDocument, readGrid } from "../src/index.ts";

const FIXTURES = new URL("../../../fixtures/forms/", import.meta.url);

describe("the original of a form", () => {
  it.each(["docx", "xlsx", "html", "txt", "csv"])(
    "has the cell of every place that was read from a %s",
    (format) => {
      const bytes = readFileSync(new URL(`national-clean/form.${format}`, FIXTURES));
      const file = { name: `form.${format}`, bytes, sha256: "0" };
      const [grid, read] = [readGrid(file), readDocument(file)];
      if (grid.kind !== "grid" || read.kind !== "document") throw new Error("not read");
      const [form] = read.document.forms;
      if (!form) throw new Error("no form");
      const { blocks, spots, unplaced } = originalOf(grid.grid, form);
      expect(unplaced).toEqual([]);
      expect(spots.map(({ place }) => place).toSorted()).toEqual(Object.keys(form.origins).toSorted());
      const textAt = (place: string): string => {
        const spot = spots.find((each) => each.place === place);
        const block = blocks[spot?.block ?? -1];
        if (block?.kind !== "table") return block?.text ?? "";
        return (
          block.rows.flat().find(({ row, column }) => row === spot?.row && column === spot.column)?.text ?? ""
        );
      };
      const bare = (text: string | null | undefined) => text?.replace(/\s/g, "");
      for (const [index, row] of form.indicators.entries())
        expect(bare(textAt(`indicators[${index}].name`))).toContain(bare(row.name));
      expect(textAt("funds[0].expenditure")).toContain(form.funds[0]?.expenditure?.slice(0, 2));
    },
  );

  it("leaves out what belongs to other forms, and says how much", () => {
    const bytes = readFileSync(new URL("national-clean/form.html", FIXTURES)).toString();
    const file = { name: "two.html", bytes: Buffer.from(bytes + bytes), sha256: "0" };
    const [grid, read] = [readGrid(file), readDocument(file)];
    if (grid.kind !== "grid" || read.kind !== "document") throw new Error("not read");
    const [first, second] = read.document.forms.map((form) => originalOf(grid.grid, form));
    if (!first || !second) throw new Error("not two forms");
    const all = grid.grid.blocks.length;
    for (const { blocks, left } of [first, second]) expect(blocks.length + left[0] + left[1]).toBe(all);
    expect(first.left[1]).toBeGreaterThan(0);
    expect(second.left[0]).toBeGreaterThan(0);
    expect(first.blocks.length + second.blocks.length).toBeLessThanOrEqual(all);
  });
});
