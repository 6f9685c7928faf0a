import { type Form, headingsOf, headLabelOf } from "@jiheng/domain";
import { describe, expect, it } from "vitest";
import type { Block, Grid, Table } from "../src/grid.ts";
import { readForms } from "../src/recognise/index.ts";
import { SOURCE, tabTable } from "./grid-builder.ts";
import * as invented from "./invented-forms.ts";

const FORMS = Object.entries(invented);

function linesOf(table: Table): string[][] {
  return table.rows.map((row) => {
    const cells = new Array<string>(table.columnCount).fill("");
    for (const cell of row) cells[cell.column - 1] = cell.text;
    return cells;
  });
}

/** The same file as tab-separated text: every cell in its first column, spans lost. */
function asTabs(source: Grid, change: (lines: string[][]) => string[][] = (lines) => lines): Grid {
  const blocks = source.blocks.map((block): Block => {
    if (block.kind === "text") return block;
    const lines = change(linesOf(block));
    return tabTable(
      block.number,
      lines.map((cells) => cells.join("\t")),
    );
  });
  return { blocks, notes: [] };
}

function first(source: Grid): Form {
  const form = readForms(source, SOURCE).forms[0];
  if (!form) throw new Error("no form");
  return form;
}

const content = ({ notes, origins, ...rest }: Form): unknown => rest;
const body = (form: Form): string =>
  JSON.stringify([form.funds, form.goal, form.indicators, form.totalPoints, form.totalScore, form.grade]);

describe("the same form with and without spans", () => {
  it.each(FORMS)("%s reads alike from cells with spans and from tab-separated text", (_, source) => {
    expect(content(first(asTabs(source)))).toEqual(content(first(source)));
  });
});

const DAMAGE: readonly (readonly [string, (cells: string[]) => string[]])[] = [
  ["a blank cell before the row", (cells) => ["", ...cells]],
  ["the first blank cell of the row lost", (cells) => (cells[0] === "" ? cells.slice(1) : cells)],
  ["all blank cells of the row lost", (cells) => cells.filter((cell) => cell !== "")],
  ["blank cells at the end lost", (cells) => cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1)],
];

describe("one damaged row", () => {
  it.each(DAMAGE)("%s: read right, or noted; right in 97 of 100", (_, damage) => {
    let right = 0;
    let tried = 0;
    for (const [name, source] of FORMS) {
      const whole = first(asTabs(source));
      const table = source.blocks.find((block) => block.kind === "table");
      if (table?.kind !== "table") continue;
      linesOf(table).forEach((cells, index) => {
        const text = cells.map((cell) => cell.replaceAll("\n", ""));
        const changed = damage(text);
        const heads = text.some((cell) => headingsOf(cell).length > 0 || headLabelOf(cell) !== null);
        if (heads || changed.join("\t") === text.join("\t")) return;
        tried += 1;
        const read = first(
          asTabs(source, (lines) => lines.map((line, at) => (at === index ? damage(line) : line))),
        );
        if (body(read) === body(whole)) right += 1;
        else
          expect(
            read.notes.map((note) => note.code),
            `${name} row ${index + 1}`,
          ).toContain("shifted-row");
      });
    }
    expect(tried).toBeGreaterThan(60);
    expect(right / tried).toBeGreaterThan(0.97);
  });
});
