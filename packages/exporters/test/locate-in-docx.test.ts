import { readGrid } from "@jiheng/importers";
import fc from "fast-check";
import { strToU8 } from "fflate";
import { expect, test } from "vitest";
import { docx, p, tbl, tc, tr } from "../../importers/test/office-builder.ts";
import { locateInDocx } from "../src/annotate/locate-in-docx.ts";
import { partsOf } from "./office-markup.ts";

/** A cell as it is drawn: width, how it merges with those above, and what stands in it. */
interface DrawnCell {
  readonly span: number;
  readonly merge: "none" | "restart" | "continue";
  readonly content: "text" | "empty" | "lines" | "deleted" | "nested" | "nested-and-text";
  readonly inner: readonly (readonly number[])[];
}

interface DrawnRow {
  readonly before: number;
  readonly deleted: boolean;
  readonly cells: readonly DrawnCell[];
}

const cells: fc.Arbitrary<DrawnCell> = fc.record({
  span: fc.constantFrom(1, 1, 1, 2, 3),
  merge: fc.constantFrom("none", "none", "none", "restart", "continue"),
  content: fc.constantFrom("text", "text", "text", "empty", "lines", "deleted", "nested", "nested-and-text"),
  inner: fc.array(fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  }),
});
const rows: fc.Arbitrary<DrawnRow> = fc.record({
  before: fc.constantFrom(0, 0, 0, 1, 2),
  deleted: fc.constantFrom(false, false, false, false, true),
  cells: fc.array(cells, { minLength: 1, maxLength: 5 }),
});
const bodies = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ rows: fc.array(rows, { minLength: 1, maxLength: 5 }) }) },
    { weight: 1, arbitrary: fc.constantFrom("line", "blank") },
  ),
  { minLength: 1, maxLength: 4 },
);

/** The body in markup; every text in it stands nowhere else. */
function drawn(body: readonly ("line" | "blank" | { readonly rows: readonly DrawnRow[] })[]): string {
  let count = 0;
  const text = (): string => {
    count += 1;
    return `字${count}号`;
  };
  const cell = ({ span, merge, content, inner }: DrawnCell): string => {
    const properties = `<w:gridSpan w:val="${span}"/>${
      merge === "none" ? "" : merge === "restart" ? '<w:vMerge w:val="restart"/>' : "<w:vMerge/>"
    }`;
    const nested = (): string =>
      tbl(...inner.map((each) => tr(...each.map((width) => tc(text(), `<w:gridSpan w:val="${width}"/>`)))));
    if (content === "empty") return tc("<w:p/>", properties);
    if (content === "lines") return tc(p(text()) + p("") + p(text()), properties);
    if (content === "deleted")
      return tc(`<w:p><w:del><w:r><w:t>${text()}</w:t></w:r></w:del></w:p>`, properties);
    if (content === "nested") return tc(`${nested()}<w:p/>`, properties);
    if (content === "nested-and-text") return tc(p(text()) + nested() + p(text()), properties);
    return tc(text(), properties);
  };
  return body
    .map((block) => {
      if (block === "line") return p(text());
      if (block === "blank") return "<w:p/>";
      return tbl(
        ...block.rows.map(({ before, deleted, cells: own }) => {
          const properties = `${before > 0 ? `<w:gridBefore w:val="${before}"/>` : ""}${deleted ? "<w:del/>" : ""}`;
          return tr(properties === "" ? "" : `<w:trPr>${properties}</w:trPr>`, ...own.map(cell));
        }),
      );
    })
    .join("");
}

/** The markup of the innermost cell around a character. */
function innermostCell(markup: string, at: number): string {
  const open: number[] = [];
  for (const tag of markup.matchAll(/<(\/?)w:tc>/g)) {
    if (tag[1] === "") {
      if (tag.index > at) break;
      open.push(tag.index);
      continue;
    }
    const start = open.pop() ?? 0;
    if (start <= at && at < tag.index) return markup.slice(start, tag.index);
  }
  const start = open.pop();
  if (start === undefined) return "";
  let depth = 0;
  for (const tag of markup.slice(start).matchAll(/<(\/?)w:tc>/g)) {
    depth += tag[1] === "" ? 1 : -1;
    if (depth === 0) return markup.slice(start, start + tag.index);
  }
  return "";
}

test("a comment goes to the cell that the reader means, however the tables are merged and nested", () => {
  let compared = 0;
  fc.assert(
    fc.property(bodies, (body) => {
      const bytes = docx(drawn(body));
      const read = readGrid({ name: "a.docx", bytes });
      if (read.kind !== "grid") return;
      const markup = partsOf(bytes).get("word/document.xml") ?? "";
      const source = strToU8(markup);
      const places = locateInDocx(source, "word/document.xml");
      const decoder = new TextDecoder();
      for (const block of read.grid.blocks) {
        if (block.kind !== "table") continue;
        for (const each of block.rows.flat()) {
          const [first = ""] = /字\d+号/.exec(each.text) ?? [];
          if (first === "" || !("table" in each.at)) continue;
          const { table, row, column } = each.at;
          const anchor = places.cell(table, row, column);
          expect(anchor, `${table}/${row}/${column} ${each.text}`).not.toBeNull();
          if (!anchor) continue;
          // A comment on a cell that holds a table may stand beside that table: in the same cell, never in another.
          const box = innermostCell(markup, decoder.decode(source.slice(0, anchor.first.from)).length);
          expect(box, `${table}/${row}/${column}`).toContain(`>${first}<`);
          compared += 1;
        }
      }
    }),
    { numRuns: 300, seed: 20260101 },
  );
  expect(compared).toBeGreaterThan(1000);
});
