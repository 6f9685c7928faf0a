import { cleanForm } from "@jiheng/specimens";
import { describe, expect, test } from "vitest";
import {
  FORM_STYLE,
  formFragment,
  formsDocument,
  LAYOUTS,
  layOut,
  placeId,
  writeHtml,
} from "../src/index.ts";
import { cell } from "../src/model.ts";
import { all, type Element, parse } from "./office-markup.ts";
import { documentOf, tableForm } from "./sample-tables.ts";

/** The body of a page as a tree; elements without an end are closed for the reader of markup. */
function bodyOf(page: string): Element {
  return parse(
    page
      .slice(page.indexOf("<main"), page.indexOf("</main>") + 7)
      .replace(/<(br|col|hr)((?:\s[^>]*)?)>/g, "<$1$2/>"),
  );
}

const cellsOf = (table: Element): Element[] => [...all(table, "td"), ...all(table, "th")];

describe("a page of forms", () => {
  test("names its language, has a title, no script and nothing from elsewhere", () => {
    const page = writeHtml(formsDocument([tableForm(3)], false));
    expect(page).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    expect(page).toContain("<title>项目支出绩效自评表</title>");
    expect(page).not.toMatch(/<script|https?:|@import|url\(/);
    expect(page).toContain("@page{size:A4");
  });

  test("every figure names its headings, in every layout, and every id is there once", () => {
    for (const plan of LAYOUTS) {
      const page = writeHtml(
        formsDocument(
          [1, 2].map((seed) => layOut(cleanForm({ seed, rows: seed === 2 ? 60 : 0 }), plan)),
          true,
        ),
      );
      const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, plan.id).toBe(ids.length);
      for (const table of all(bodyOf(page), "table")) {
        const heads = new Set(all(table, "th").map(({ attributes }) => attributes.id));
        for (const each of cellsOf(table)) {
          const named = (each.attributes.headers ?? "").split(" ").filter((id) => id !== "");
          for (const id of named) expect(heads.has(id), `${plan.id} ${id}`).toBe(true);
          if (each.name === "td" && /^\d/.test(each.text))
            expect(named.length, `${plan.id} ${each.text}`).toBeGreaterThan(0);
        }
      }
    }
  });

  test("a figure is headed by its column and by the labels left of it", () => {
    const [table] = all(bodyOf(writeHtml(formsDocument([tableForm(4)], false))), "table");
    const text = (id: string): string =>
      all(table as Element, "th").find(({ attributes }) => attributes.id === id)?.text ?? "";
    const score = all(table as Element, "td").find(
      ({ attributes }) => attributes.id === "f1-indicators-2-score",
    );
    const headings = (score?.attributes.headers ?? "").split(" ").map(text);
    expect(headings).toContain("产出指标");
    expect(headings).toContain("得分");
    expect(headings).not.toContain("分值");
    const spent = all(table as Element, "td").find(({ attributes }) => attributes.id === "f1-budget");
    expect((spent?.attributes.headers ?? "").split(" ").map(text)).toEqual(["全年预算数"]);
  });

  test("a value beside its label is headed by that label alone", () => {
    const label = (text: string) => cell(text, "label");
    const rows = [[label("主管部门"), cell("甲局"), label("实施单位"), cell("乙站")]];
    const page = writeHtml(
      documentOf([{ kind: "table", caption: null, table: { widths: [1, 1, 1, 1], rows, repeat: null } }]),
    );
    const heads = all(bodyOf(page), "th");
    const value = all(bodyOf(page), "td").find(({ text }) => text === "乙站");
    expect(heads.filter(({ attributes }) => attributes.id === value?.attributes.headers)[0]?.text).toBe(
      "实施单位",
    );
  });

  test("a long form repeats the heading of the indicators in print; a short one is one table", () => {
    const tables = (rows: number): Element[] =>
      all(bodyOf(writeHtml(formsDocument([tableForm(rows)], false))), "table");
    expect(tables(6)).toHaveLength(1);
    const [upper, lower] = tables(90);
    expect(upper && all(upper, "thead")).toHaveLength(0);
    expect(lower && all(lower, "thead")[0]?.children).toHaveLength(1);
    const head = lower && all(lower, "thead")[0];
    for (const each of head ? cellsOf(head) : []) expect(each.attributes.rowspan ?? "1").toBe("1");
  });

  test("the contents lead to every form and chapter", () => {
    const page = writeHtml(
      documentOf(
        [
          { kind: "heading", level: 1, text: "一、总体情况" },
          { kind: "form", form: tableForm(2) },
          { kind: "form", form: tableForm(2) },
        ],
        { contents: true, printTitle: true },
      ),
    );
    const targets = [...page.matchAll(/<a href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets).toHaveLength(3);
    for (const id of targets) expect(page).toContain(` id="${id}"`);
  });
});

test("a fragment stands in any page: its ids begin with the prefix, its cells are found by their places", () => {
  const html = formFragment(tableForm(3), { idPrefix: "p2024-7", headingLevel: 3 });
  for (const [, id] of html.matchAll(/ id="([^"]*)"/g)) expect(id).toMatch(/^p2024-7-/);
  expect(html).toContain(`id="${placeId("p2024-7", "indicators[2].score")}"`);
  expect(html).toMatch(/<h3 class="jh-title"/);
  expect(FORM_STYLE).toContain(".jh-table");
});

test("what a form says is never markup", () => {
  const hostile = '<img src=x onerror=alert(1)>"&\u0000\ud800';
  const form = tableForm(2, { caption: [hostile], titleLine: 0, foot: [hostile], name: hostile });
  const rows = form.rows.map((cells, index) =>
    index === 0 ? [cell(hostile, "label"), cell(hostile, "text", 4)] : cells,
  );
  const page = writeHtml(formsDocument([{ ...form, rows }], true));
  expect(page).not.toContain("<img");
  expect(
    page.match(/&lt;img src=x onerror=alert\(1\)&gt;&quot;&amp;\ufffd\ufffd/g)?.length,
  ).toBeGreaterThanOrEqual(4);
});
