import { describe, expect, test } from "vitest";
import { type Block, type PdfPage, readPdfPages, type Table } from "../src/index.ts";
import { PageBuilder } from "./pdf-page-builder.ts";

function blocksOf(...pages: readonly PdfPage[]): readonly Block[] {
  const result = readPdfPages(pages);
  if (result.kind === "refused") throw new Error(result.what);
  return result.grid.blocks;
}

function notesOf(...pages: readonly PdfPage[]): readonly string[] {
  const result = readPdfPages(pages);
  if (result.kind === "refused") throw new Error(result.what);
  return result.grid.notes.map(({ level, code }) => `${level} ${code}`);
}

const tables = (blocks: readonly Block[]): Table[] =>
  blocks.filter((block): block is Table => block.kind === "table");

/** A table as lines of text: "row x column [spans] text". */
function shown(table: Table | undefined): string[] {
  return (table?.rows ?? []).map((row) =>
    row
      .map(({ column, rowSpan, columnSpan, text }) => {
        const spans = rowSpan > 1 || columnSpan > 1 ? `[${rowSpan}x${columnSpan}]` : "";
        return `${column}${spans}:${text.replaceAll("\n", "/")}`;
      })
      .join(" "),
  );
}

const XS = [50, 110, 300, 400, 500];
const YS = [100, 130, 160, 190];

describe("ruled tables", () => {
  test("spans follow from the rules, origins are page and box", () => {
    const page = new PageBuilder()
      .grid(XS, YS, ["0,0v", "2,0>", "2,1>"])
      .text(60, 115, "指标")
      .text(120, 110, "数量")
      .text(310, 110, "10")
      .text(120, 140, "质量")
      .text(60, 170, "总分")
      .text(410, 170, "98.5")
      .build();
    const [table] = tables(blocksOf(page));
    expect(shown(table)).toEqual(["1[2x1]:指标 2:数量 3:10 4:", "2:质量 3: 4:", "1[1x3]:总分 4:98.5"]);
    expect(table?.shape).toBe("exact");
    expect(table?.rows[0]?.[0]?.at).toEqual({ page: 1, box: [50, 100, 110, 160] });
  });

  test("pieces with gaps and overlaps, double lines and dashes are the same table", () => {
    const want = ["1:甲 2:乙 3:1 4:", "1:丙 2:丁 3:2 4:", "1:戊 2:己 3:3 4:"];
    const words = (page: PageBuilder): PdfPage => {
      ["甲乙1", "丙丁2", "戊己3"].forEach((row, r) => {
        [...row].forEach((word, c) => {
          page.text((XS[c] ?? 0) + 8, (YS[r] ?? 0) + 10, word);
        });
      });
      return page.build();
    };
    expect(shown(tables(blocksOf(words(new PageBuilder().grid(XS, YS, [], 1))))[0])).toEqual(want);

    const twice = new PageBuilder().grid(XS, YS);
    twice.grid(
      XS.map((x) => x + 2),
      YS.map((y) => y + 2),
    );
    expect(shown(tables(blocksOf(words(twice)))[0])).toEqual(want);

    const dashed = new PageBuilder();
    for (const y of YS) for (let x = 50; x < 500; x += 5) dashed.rule(x, y, x + 3, y);
    for (const x of XS) for (let y = 100; y < 190; y += 5) dashed.rule(x, y, x, y + 3);
    expect(shown(tables(blocksOf(words(dashed)))[0])).toEqual(want);
  });

  test("open sides end where the rules across end", () => {
    const page = new PageBuilder();
    for (const y of YS) page.rule(50, y, 500, y);
    for (const x of [110, 300]) page.rule(x, 100, x, 190);
    page.text(60, 110, "甲").text(120, 110, "乙").text(310, 110, "丙");
    expect(shown(tables(blocksOf(page.build()))[0])).toEqual(["1:甲 2:乙 3:丙", "1: 2: 3:", "1: 2: 3:"]);
  });

  test("an underline, a tick box and a frame around the page make no cells", () => {
    const page = new PageBuilder()
      .grid(XS, YS)
      .rule(52, 123, 95, 123)
      .rule(200, 140, 208, 140)
      .rule(200, 148, 208, 148)
      .rule(200, 140, 200, 148)
      .rule(208, 140, 208, 148)
      .grid([20, 575], [20, 820])
      .text(55, 112, "下划线")
      .text(212, 139, "优");
    expect(shown(tables(blocksOf(page.build()))[0])).toEqual([
      "1:下划线 2: 3: 4:",
      "1: 2:优 3: 4:",
      "1: 2: 3: 4:",
    ]);
  });

  test("two forms on a page are two tables, words between them stand between", () => {
    const page = new PageBuilder()
      .text(200, 60, "甲项目自评表", 16)
      .grid([50, 300, 500], [100, 130])
      .text(60, 110, "项目名称")
      .text(200, 200, "乙项目自评表", 16)
      .grid([50, 300, 500], [230, 260])
      .text(60, 240, "项目名称");
    expect(
      blocksOf(page.build()).map((block) => (block.kind === "text" ? block.text : block.number)),
    ).toEqual(["甲项目自评表", 1, "乙项目自评表", 2]);
  });
});

describe("tables without rules", () => {
  const words = [
    "三级指标 年度指标值 实际完成值 分值 得分",
    "培训次数 ≥3次 3次 10 10",
    "培训人数 ≥30人 31人 10 9.5",
  ];
  const places = [60, 180, 300, 420, 480];
  const printed = (step: number): PdfPage => {
    const page = new PageBuilder().text(200, 60, "项目支出绩效自评表", 16);
    words.forEach((row, r) => {
      row.split(" ").forEach((word, c) => {
        page.text(places[c] ?? 0, 100 + step * r, word);
      });
    });
    return page.build();
  };

  test("columns follow from the places of words; spans are not known and that is said", () => {
    const [table] = tables(blocksOf(printed(20)));
    expect(table?.shape).toBe("tabs");
    expect(table?.rows.map((row) => row.map(({ text }) => text).join(" "))).toEqual(words);
    expect(table?.rows[1]?.[0]?.at).toEqual({ page: 1, box: [60, 120, 100, 130] });
    expect(notesOf(printed(20))).toEqual(["guessed pdf-without-rules"]);
  });

  test("many wrapped lines cannot be told apart: text, and a note that it is lost", () => {
    const page = new PageBuilder();
    for (let row = 0; row < 6; row += 1) {
      for (const x of places) page.text(x, 100 + 40 * row, "一行");
      for (const x of places.slice(0, 2)) page.text(x, 113 + 40 * row, "折行");
      page.text(60, 126 + 40 * row, "再折");
    }
    expect(tables(blocksOf(page.build()))).toEqual([]);
    expect(notesOf(page.build())).toEqual(["lost pdf-without-rules"]);
  });
});

describe("text of cells", () => {
  const cell = (draw: (page: PageBuilder) => void, width = 112): string | undefined => {
    const page = new PageBuilder().grid([50, 50 + width, 500], [100, 220]);
    page.text(200, 300, "表外的文字表外的文字表外的文字");
    draw(page);
    return tables(blocksOf(page.build()))[0]?.rows[0]?.[0]?.text;
  };

  test("a wrapped line is joined, a line that ends early ends a paragraph", () => {
    const text = cell((page) => {
      page.text(56, 105, "开展技能培训，全年不").text(56, 118, "少于三次。").text(56, 131, "另行组织考核。");
    });
    expect(text).toBe("开展技能培训，全年不少于三次。\n另行组织考核。");
  });

  test("a figure torn by a narrow column is one figure; words keep their blank", () => {
    expect(cell((page) => page.text(54, 105, "100.").text(54, 118, "00"), 28)).toBe("100.00");
    expect(cell((page) => page.text(56, 105, "Office Automation of").text(56, 118, "the bureau"))).toBe(
      "Office Automation of the bureau",
    );
  });

  test("labels one character below another, and turned ones, are one word", () => {
    expect(
      cell((page) => {
        [..."产出指标"].forEach((char, k) => {
          page.text(58, 110 + 20 * k, char);
        });
      }, 26),
    ).toBe("产出指标");
    expect(cell((page) => page.sideways(60, 180, "绩效指标", 270))).toBe("绩效指标");
    expect(cell((page) => page.sideways(80, 110, "年度绩效", 90).sideways(60, 110, "目标情况", 90))).toBe(
      "年度绩效目标情况",
    );
  });

  test("spread characters are one word, figures apart are two", () => {
    expect(
      cell((page) => {
        [..."项目名称"].forEach((char, k) => {
          page.text(56 + 22 * k, 110, char);
        });
      }),
    ).toBe("项目名称");
    expect(cell((page) => page.text(56, 110, "12").text(80, 110, "34"))).toMatch(/^12 +34$/);
  });

  test("bold printed twice counts once, a double figure twice", () => {
    expect(cell((page) => page.text(56, 110, "合计100").text(56.4, 110, "合计100"))).toBe("合计100");
  });

  test("a number a little wider than its cell stays in it", () => {
    const page = new PageBuilder().grid([50, 90, 200, 300], [100, 130]).text(52, 110, "1234567890.12");
    expect(shown(tables(blocksOf(page.build()))[0])).toEqual(["1:1234567890.12 2: 3:"]);
  });

  test("watermarks do not enter cells and are noted", () => {
    const page = new PageBuilder()
      .grid(XS, YS)
      .text(60, 110, "甲")
      .text(120, 115, "内部资料", 48, { pale: true })
      .text(200, 140, "样张", 30, { turn: null })
      .build();
    expect(shown(tables(blocksOf(page))[0])[0]).toBe("1:甲 2: 3: 4:");
    expect(notesOf(page)).toEqual(["normalised pdf-watermark"]);
  });
});

describe("page breaks", () => {
  const columns = [50, 110, 250, 350, 420, 550];
  const head = (page: PageBuilder, y: number): PageBuilder =>
    ["一级指标", "三级指标", "年度指标值", "分值", "偏差原因"].reduce(
      (drawn, word, k) => drawn.text((columns[k] ?? 0) + 6, y, word),
      page,
    );
  const row = (page: PageBuilder, y: number, words: readonly string[]): PageBuilder =>
    words.reduce(
      (drawn, word, k) => (word === "" ? drawn : drawn.text((columns[k] ?? 0) + 6, y, word)),
      page,
    );

  test("merged labels go on, repeated headings and page numbers are left out", () => {
    const first = new PageBuilder(1)
      .text(200, 40, "项目支出绩效自评表", 16)
      .grid(columns, [700, 730, 760, 790], ["1,0v"]);
    head(first, 710);
    row(first, 740, ["产出指标", "培训次数", "≥3次", "10", ""]);
    row(first, 770, ["", "培训人数", "≥30人", "10", ""]);
    first.text(290, 815, "- 1 -", 9);
    const second = new PageBuilder(2).grid(columns, [60, 90, 120, 150], ["1,0v"]);
    head(second, 70);
    row(second, 100, ["", "培训课时", "≥8课时", "10", ""]);
    row(second, 130, ["", "考核合格率", "≥95%", "10", ""]);
    second.text(290, 815, "- 2 -", 9);
    const blocks = blocksOf(first.build(), second.build());
    expect(blocks.map(({ kind }) => kind)).toEqual(["text", "table"]);
    const [table] = tables(blocks);
    expect(shown(table)).toEqual([
      "1:一级指标 2:三级指标 3:年度指标值 4:分值 5:偏差原因",
      "1[4x1]:产出指标 2:培训次数 3:≥3次 4:10 5:",
      "2:培训人数 3:≥30人 4:10 5:",
      "2:培训课时 3:≥8课时 4:10 5:",
      "2:考核合格率 3:≥95% 4:10 5:",
    ]);
    expect(table?.rows[1]?.[0]?.at).toEqual({ page: 1, box: [50, 730, 110, 790] });
    expect(table?.rows[3]?.[0]?.at).toEqual({ page: 2, box: [110, 90, 250, 120] });
  });

  test("a row that is ruled at both ends of the cut is one row; the next row is not", () => {
    const first = new PageBuilder(1).grid(columns, [700, 730, 800]);
    row(first, 710, ["产出指标", "培训次数", "≥3次", "10", "已完成"]);
    row(first, 740, ["效益指标", "参训单位满意", "≥95%", "10", "因报名人数超出年初预计"]);
    first.text(426, 753, "场地调整到了下半年并分两").text(426, 766, "批举办，第二批放在了十二");
    first.text(426, 779, "月，满意度问卷晚发了两周");
    const second = new PageBuilder(2).grid(columns, [60, 100, 130]);
    row(second, 66, ["", "", "", "", "才收回。"]);
    row(second, 110, ["满意指标", "服务对象", "≥90%", "10", "无"]);
    expect(shown(tables(blocksOf(first.build(), second.build()))[0])).toEqual([
      "1:产出指标 2:培训次数 3:≥3次 4:10 5:已完成",
      "1:效益指标 2:参训单位满意 3:≥95% 4:10 5:因报名人数超出年初预计场地调整到了下半年并分两批举办，第二批放在了十二月，满意度问卷晚发了两周才收回。",
      "1:满意指标 2:服务对象 3:≥90% 4:10 5:无",
    ]);
  });

  test("a row without a rule at the cut is one row", () => {
    const first = new PageBuilder(1);
    for (const x of columns) first.rule(x, 700, x, 800);
    for (const y of [700, 730]) first.rule(50, y, 550, y);
    row(first, 710, ["产出", "次数", "3", "10", "无"]);
    row(first, 780, ["效益", "人数", "30", "10", "上半"]);
    const second = new PageBuilder(2);
    for (const x of columns) second.rule(x, 60, x, 120);
    for (const y of [90, 120]) second.rule(50, y, 550, y);
    row(second, 70, ["", "", "", "", "句。"]);
    row(second, 100, ["满意", "率", "90", "10", "无"]);
    const [table] = tables(blocksOf(first.build(), second.build()));
    expect(shown(table).map((line) => line.replace(/\//g, ""))).toEqual([
      "1:产出 2:次数 3:3 4:10 5:无",
      "1:效益 2:人数 3:30 4:10 5:上半句。",
      "1:满意 2:率 3:90 4:10 5:无",
    ]);
  });

  test("a label whose characters were cut apart is one label; two labels stay two", () => {
    const part = (number: number, y: number, label: string): PageBuilder => {
      const page = new PageBuilder(number).grid([50, 90, 300, 550], [y, y + 30, y + 60], ["0,0v"]);
      return page
        .text(56, y + 40, label)
        .text(96, y + 10, `任务${number}`)
        .text(96, y + 40, "任务");
    };
    const labels = (upper: string, lower: string): (string | undefined)[] =>
      tables(blocksOf(part(1, 740, upper).build(), part(2, 60, lower).build()))[0]
        ?.rows.flat()
        .filter(({ column }) => column === 1)
        .map(({ text }) => text.replace(/\s/g, "")) ?? [];
    expect(labels("满意度", "指标")).toEqual(["满意度指标"]);
    expect(labels("产出指标", "效益指标")).toEqual(["产出指标", "效益指标"]);
    // Printed again on the next page by some programs.
    expect(labels("产出指标", "产出指标")).toEqual(["产出指标"]);
  });

  test("words that straddle the foot of the page are those of their merged cell", () => {
    const first = new PageBuilder(1).grid([50, 110, 300, 550], [700, 730, 760], ["0,0v"]);
    first.text(56, 757, "效益指标").text(120, 710, "就业人数").text(120, 740, "收入");
    const second = new PageBuilder(2).grid([50, 110, 300, 550], [60, 90, 120], ["0,0v"]);
    second.text(120, 70, "带动户数").text(120, 100, "税收");
    const blocks = blocksOf(first.build(), second.build());
    expect(blocks.map(({ kind }) => kind)).toEqual(["table"]);
    expect(shown(tables(blocks)[0])[0]).toBe("1[4x1]:效益指标 2:就业人数 3:");
  });

  test("a title on the next page begins another table", () => {
    const page = (number: number): PdfPage =>
      new PageBuilder(number)
        .text(200, 60, "项目支出绩效自评表", 16)
        .grid([50, 300, 550], [100, 130, 160])
        .text(60, 110, "项目名称")
        .text(310, 110, `项目${number}`)
        .build();
    expect(blocksOf(page(1), page(2)).map(({ kind }) => kind)).toEqual(["text", "table", "text", "table"]);
  });

  test("a form whose title is a row of its table is not taken for a repeated heading", () => {
    const page = (number: number): PdfPage =>
      new PageBuilder(number)
        .grid([50, 300, 550], [60, 90, 120, 150], ["0,0>", "1,0>"])
        .text(200, 70, "项目支出绩效自评表")
        .text(260, 100, "（2024年度）")
        .text(60, 130, "项目名称")
        .text(310, 130, `项目${number}`)
        .build();
    expect(tables(blocksOf(page(1), page(2))).map(({ rowCount }) => rowCount)).toEqual([3, 3]);
  });

  test("running headers and footers are left out, titles at the same place are not", () => {
    const page = (number: number): PdfPage =>
      new PageBuilder(number)
        .text(60, 30, "某某局预算公开材料")
        .text(200, 62, "项目支出绩效自评表", 16)
        .grid([50, 300, 550], [100, 130])
        .text(60, 110, `项目${number}`)
        .text(270, 810, `第 ${number} 页 共 3 页`)
        .build();
    const texts = blocksOf(page(1), page(2), page(3)).flatMap((block) =>
      block.kind === "text" ? [block.text] : [],
    );
    expect(texts).toEqual(["项目支出绩效自评表", "项目支出绩效自评表", "项目支出绩效自评表"]);
  });
});

describe("pages", () => {
  const written = (number: number): PdfPage =>
    new PageBuilder(number).grid(XS, YS).text(60, 110, "项目名称").text(120, 110, "某项目").build();

  test("a page that lies on its side is set upright; its origins stay on the page that is shown", () => {
    const upright = written(1);
    const turned: PdfPage = {
      ...upright,
      width: 842,
      height: 595,
      glyphs: upright.glyphs.map((glyph) => ({
        ...glyph,
        turn: 90,
        x0: 842 - glyph.y1,
        x1: 842 - glyph.y0,
        y0: glyph.x0,
        y1: glyph.x1,
      })),
      rules: upright.rules.map(({ x0, y0, x1, y1 }) => ({ x0: 842 - y1, x1: 842 - y0, y0: x0, y1: x1 })),
    };
    const [table] = tables(blocksOf(turned));
    expect(shown(table)).toEqual(shown(tables(blocksOf(upright))[0]));
    expect(table?.rows[0]?.[0]?.at).toEqual({ page: 1, box: [712, 50, 742, 110] });
  });

  test("a scan is refused and says so; a scanned page among others is noted as lost", () => {
    const scan = (number: number): PdfPage =>
      new PageBuilder(number, { pictures: true }).text(290, 815, "3").build();
    expect(readPdfPages([scan(1)])).toMatchObject({ kind: "refused", code: "pdf-scan" });
    expect(JSON.stringify(readPdfPages([scan(1)]))).toContain("扫描件");
    const mixed = readPdfPages([written(1), scan(2)]);
    expect(mixed.kind === "grid" ? mixed.grid.notes : []).toMatchObject([
      { level: "lost", code: "pdf-scan-pages", says: expect.stringContaining("第2页") },
    ]);
    expect(readPdfPages([new PageBuilder(1).build()])).toMatchObject({ code: "pdf-without-text" });
  });

  test("characters the font does not name are lost, not guessed; many of them refuse the file", () => {
    const some = new PageBuilder(1)
      .grid(XS, YS)
      .text(60, 110, "项目名称项目名称")
      .text(120, 110, "\ufffd", 10, { unmapped: true })
      .build();
    expect(notesOf(some)).toEqual(["lost pdf-unmapped-characters"]);
    const most = new PageBuilder(1)
      .grid(XS, YS)
      .text(60, 110, "\ufffd\ufffd项", 10, { unmapped: true })
      .build();
    expect(readPdfPages([most])).toMatchObject({ kind: "refused", code: "pdf-unmapped" });
    // Glyph numbers taken for characters come out as letters of other scripts.
    const strange = new PageBuilder(1).grid(XS, YS).text(60, 110, "ڀݐࠄ߿ޤ").build();
    expect(readPdfPages([strange])).toMatchObject({ kind: "refused", code: "pdf-unmapped" });
  });

  test("the recognised text of a scan is read as a guess", () => {
    const page = new PageBuilder(1, { pictures: true }).grid(XS, YS);
    page.text(60, 110, "项目名称项目名称项目名称项目名称", 3, { hidden: true });
    page.text(60, 140, "项目名称项目名称项目名称项目名称", 3, { hidden: true });
    expect(notesOf(page.build())).toEqual(["guessed pdf-recognised-text"]);
  });
});
