import { describe, expect, test } from "vitest";
import { pointLabels } from "../src/charts/chart-shape.ts";
import { chartDrawingMl, chartSize, chartSvg } from "../src/charts/index.ts";
import type { ChartModel } from "../src/index.ts";

const table = { widths: [1], rows: [], repeat: null };

function bars(categories: readonly string[], ...series: readonly (readonly (string | null)[])[]): ChartModel {
  return {
    kind: "bars",
    title: "各类得分 <&>",
    description: "甲高于乙",
    xAxis: "类别",
    yAxis: "分",
    categories,
    series: series.map((values, index) => ({
      name: `系列${"甲乙丙"[index]}`,
      points: values.map((y) => ({ x: null, y })),
    })),
    table,
  };
}

const scatter: ChartModel = {
  ...bars([]),
  kind: "scatter",
  categories: ["子", "丑", "寅", "卯"],
  series: [
    {
      name: "自评表",
      points: [
        { x: "85.93", y: "96.59" },
        { x: null, y: "90" },
        { x: "100.00", y: "99.1" },
        { x: "70", y: null },
      ],
    },
  ],
};

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? "");

describe("chart as SVG", () => {
  test("is accessible, named by title and description", () => {
    const svg = chartSvg(bars(["甲", "乙"], ["1.50", "2"]));
    const [, ids] = /^<svg role="img" aria-labelledby="([^"]+)"/.exec(svg) ?? [];
    const [title, description] = ids?.split(" ") ?? [];
    expect(svg).toContain(`<title id="${title}">各类得分 &lt;&amp;&gt;</title>`);
    expect(svg).toContain(`<desc id="${description}">甲高于乙</desc>`);
  });

  test("prints figures as given and leaves out what is not stated", () => {
    const labels = texts(chartSvg(bars(["甲", "乙", "丙"], ["1.50", null, "0.00"])));
    expect(labels).toContain("1.50");
    expect(labels).toContain("0.00");
    expect(labels.filter((label) => label === "0.00")).toHaveLength(1);
  });

  test("numbers points by their row in the data table", () => {
    const labels = texts(chartSvg(scatter));
    expect(labels).toContain("3");
    expect(labels).not.toContain("2");
    expect(labels).not.toContain("4");
  });

  test("points that stand close have their numbers on different sides, points in one spot share a label", () => {
    const close: ChartModel = {
      ...scatter,
      categories: ["子", "丑", "寅", "卯", "辰"],
      series: [
        {
          name: "自评表",
          points: [
            { x: "40.22", y: "94.02" },
            { x: "42.10", y: "94.09" },
            { x: "100.00", y: "100.00" },
            { x: "100.00", y: "100.00" },
            { x: "70", y: null },
          ],
        },
      ],
    };
    const labels = pointLabels(close.series[0]?.points ?? []);
    expect(labels.map((label) => label?.text ?? null)).toEqual(["1", "2", "3、4", null, null]);
    expect(labels[0]?.side).not.toBe("right");
    expect(texts(chartSvg(close))).toContain("3、4");
    expect(texts(chartSvg(close)).filter((text) => Number(text) > 100)).toEqual([]);
    const part = chartDrawingMl(close);
    expect(part).toContain("<a:t>3、4</a:t>");
    expect(part).toContain('<c:idx val="3"/><c:delete val="1"/>');
    expect(part.match(/<c:dLblPos val="r"\/>/g) ?? []).not.toHaveLength(3);
  });

  test("series are told apart without colour", () => {
    const svg = chartSvg(bars(["甲"], ["1"], ["2"], ["3"]));
    // Three bars and three marks of the legend: all but the first series hatched.
    expect(svg.match(/stroke="#2b2b2b"/g)).toHaveLength(4);
    expect(
      new Set([...svg.matchAll(/<path d="([^"]+)"[^>]* stroke="#2b2b2b"/g)].map(([, d]) => d)).size,
    ).toBe(4);
  });

  test("holds nothing that becomes a resource of a PDF in no fixed order", () => {
    for (const chart of [bars(["甲"], ["1"], ["2"], ["3"]), scatter])
      expect(chartSvg(chart)).not.toMatch(/<pattern|<clipPath|<defs|opacity=/);
  });

  test("same bytes every time, no script, no outer resource, ids of its own", () => {
    const one = chartSvg(bars(["甲"], ["1"], ["2"]));
    chartSvg(scatter);
    expect(chartSvg(bars(["甲"], ["1"], ["2"]))).toBe(one);
    expect(one).not.toMatch(/<script|<style|@font-face|(?:href|src)="http/);
    const idsOf = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const other = chartSvg({ ...bars(["甲"], ["1"], ["2"]), title: "另一张图" });
    expect(idsOf(one).filter((id) => idsOf(other).includes(id))).toEqual([]);
    for (const [, id] of one.matchAll(/url\(#([^)]+)\)/g)) expect(idsOf(one)).toContain(id);
  });

  test("long names and wide labels lay the bars down", () => {
    expect(chartSize(bars(["甲", "乙"], ["1", "2"])).height).toBe(290);
    const long = Array.from({ length: 10 }, (_, index) => `${"一二三四五六七八九十"[index]}局财政专项资金`);
    expect(
      chartDrawingMl(
        bars(
          long,
          long.map(() => "1"),
        ),
      ),
    ).toContain('<c:barDir val="bar"/>');
    expect(
      chartSize(
        bars(
          long,
          long.map(() => "1"),
        ),
      ).height,
    ).toBeGreaterThan(290);
  });
});

describe("chart as DrawingML", () => {
  test("holds the exact figures as literals and leaves gaps", () => {
    const part = chartDrawingMl(bars(["甲", "乙"], ["1.50", null]));
    expect(part).toContain('<c:ptCount val="2"/><c:pt idx="0"><c:v>1.50</c:v></c:pt></c:numLit>');
    expect(part).toContain('<c:barDir val="col"/>');
    expect(part).not.toContain("externalData");
  });

  test("a scatter leaves out a point without both figures", () => {
    const part = chartDrawingMl(scatter);
    const counts = [...part.matchAll(/<c:numLit>.*?<\/c:numLit>/g)].map(
      ([each]) => each.match(/<c:pt /g)?.length,
    );
    expect(counts).toEqual([2, 2]);
  });

  test("names are escaped", () => {
    expect(chartDrawingMl(bars(["<甲&乙>"], ["1"]))).toContain("&lt;甲&amp;乙&gt;");
  });
});
