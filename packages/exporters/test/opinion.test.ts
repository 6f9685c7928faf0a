import { RULES, RULES_VERSION, review } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import { variedBatch } from "@jiheng/specimens";
import { describe, expect, test } from "vitest";
import { exampleForm } from "../../audit/src/example-form.ts";
import { FORCE_WORDS } from "../src/annotate/index.ts";
import {
  type DocumentBlock,
  type DocumentModel,
  type OpinionSource,
  opinionDocument,
  opinionWorkbook,
  type TableModel,
  type WorkbookModel,
} from "../src/index.ts";
import { gridOf } from "../src/model.ts";

function sourceOf(forms: readonly Form[], more: Partial<OpinionSource> = {}): OpinionSource {
  return {
    review: review(forms, RULES),
    files: forms.map((_, index) => `表${index + 1}.docx`),
    engineVersion: "9.9.9",
    unread: [],
    ...more,
  };
}

type Table = Extract<DocumentBlock, { kind: "table" }>;

function tablesOf(model: DocumentModel, caption?: string): Table[] {
  return model.blocks.filter(
    (block): block is Table => block.kind === "table" && (caption === undefined || block.caption === caption),
  );
}

function rowsOf(table: TableModel): string[][] {
  return table.rows.slice(1).map((cells) => cells.map((cell) => cell.text));
}

/** Everything the document says, in order. */
function wordsOf(model: DocumentModel): string {
  return model.blocks
    .flatMap((block) => {
      if (block.kind === "heading" || block.kind === "paragraph") return [block.text];
      if (block.kind === "list") return block.items;
      if (block.kind === "table")
        return [block.caption ?? "", ...block.table.rows.flat().map((cell) => cell.text)];
      return [];
    })
    .join("\n");
}

/** The tables of findings, by their heading. */
function findingTables(model: DocumentModel): Table[] {
  return tablesOf(model).filter(({ table }) => table.rows[0]?.some(({ text }) => text === "单位反馈"));
}

function uncheckedOf(model: DocumentModel): TableModel {
  const found = tablesOf(model).find(({ table }) => table.rows[0]?.[1]?.text === "未检查的原因");
  if (!found) throw new Error("no table of what was not checked");
  return found.table;
}

/** The bases by their numbers, as the list at the end of the document has them. */
function basesOf(model: DocumentModel): Map<string, string> {
  const list = tablesOf(model).find(({ table }) => table.rows[0]?.[1]?.text === "依据");
  const pairs = rowsOf(list?.table as TableModel).flatMap(
    ([number = "", text = "", other = "", second = ""]): [string, string][] => [
      [number, text],
      [other, second],
    ],
  );
  return new Map(pairs.filter(([number]) => number !== ""));
}

function sheetOf(model: WorkbookModel, name: string): { lines: readonly string[]; table: TableModel } {
  const sheet = model.sheets.find((each) => each.name === name);
  if (sheet?.kind !== "table") throw new Error(`no sheet ${name}`);
  return sheet;
}

const wrong = exampleForm({ totalScore: "99.00", grade: "优", project: "管网维护" });
const forms = [wrong, exampleForm({ project: "水质检测" })];

test("what was found across forms is printed though one form alone is opined on", () => {
  const both = review(forms, RULES);
  const [first] = both.forms;
  if (!first || both.batch.findings.length === 0) throw new Error("nothing across the forms");
  const findings = both.batch.findings.map((each) => ({
    ...each,
    at: each.at.filter(({ form }) => form === 0),
    cells: [],
  }));
  const one = { ...both, forms: [first], batch: { ...both.batch, findings } };
  const words = wordsOf(opinionDocument(sourceOf([wrong], { review: one })));
  for (const { message } of findings) expect(words).toContain(message);
});

test("a grade in the long word of its band is the same grade", () => {
  const clean = exampleForm({ project: "水质检测" });
  const { grade } = review([clean], RULES).forms[0]?.dossier.entered ?? {};
  const LONG: Readonly<Record<string, string>> = { 优: "优秀", 良: "良好", 中: "中等", 差: "较差" };
  const long = LONG[grade ?? ""];
  if (!long) throw new Error("no grade");
  const says = (each: string): string => wordsOf(opinionDocument(sourceOf([{ ...clean, grade: each }])));
  expect(says(long)).not.toContain("与重算结果不一致");
  expect(says(long === "较差" ? "优秀" : "较差")).toContain("第1张表的总分或等级与重算结果不一致");
});

describe("the review opinion", () => {
  test("prints every finding once, strongest first, with place, figures, article, remedy and room for a reply", () => {
    const { review: made, ...rest } = sourceOf(forms);
    // Of several forces, handed over weakest first: the order is the opinion's own.
    const weakestFirst = made.forms.map((each) => ({
      ...each,
      findings: (["hint", "should", "must"] as const).flatMap((force) =>
        each.findings.map((finding) => ({ ...finding, force, message: `${force}：${finding.message}` })),
      ),
    }));
    const source: OpinionSource = { ...rest, review: { ...made, forms: weakestFirst } };
    const model = opinionDocument(source);
    const tables = findingTables(model);
    const bases = basesOf(model);
    const first = source.review.forms[0];
    expect(first?.findings.length).toBeGreaterThan(0);
    const rows = rowsOf(tables[0]?.table as TableModel);
    expect(rows).toHaveLength(first?.findings.length ?? -1);
    for (const finding of first?.findings ?? []) {
      const row = rows.find((each) => each.includes(finding.message));
      expect(row?.[1]).toBe(`${FORCE_WORDS[finding.force]}\n${finding.code}`);
      expect((row?.[5] ?? "").split(/、\n?/).map((number) => bases.get(number))).toEqual(finding.basis);
      // The lead says the force once more.
      expect(finding.remedy).toContain(row?.[4]);
      expect(row?.[4]?.length).toBeGreaterThan(finding.remedy.length - 8);
      expect(row?.at(-1)).toBe("");
    }
    const forces = rows.map((row) =>
      ["必须更正", "应当说明", "可以改进"].indexOf((row[1] ?? "").slice(0, 4)),
    );
    expect(new Set(forces).size).toBe(3);
    expect(forces).toEqual([...forces].sort());
    expect(rows.map((row) => row[0])).toEqual(rows.map((_, index) => String(index + 1)));
  });

  test("prints each basis once, however many findings and forms name it", () => {
    const many = opinionDocument(sourceOf([...forms, ...forms, ...forms]));
    const bases = [...basesOf(many).values()];
    expect(new Set(bases).size).toBe(bases.length);
    const words = wordsOf(many);
    for (const basis of bases) expect(words.split(basis), basis).toHaveLength(2);
    const named = findingTables(many).flatMap(({ table }) =>
      rowsOf(table).flatMap((row) => (row[5] ?? "").split(/、\n?/)),
    );
    expect([...new Set(named)].sort((a, b) => Number(a) - Number(b))).toEqual([...basesOf(many).keys()]);
    // Long lists are set small, whatever their length.
    for (const { table } of findingTables(many)) expect(table.dense).toBe(true);
  });

  test("names an indicator once for several places of it", () => {
    const source = sourceOf(forms);
    const row = exampleForm().indicators[0]?.name ?? "";
    const at = ["indicators[0].actual", "indicators[0].score"] as const;
    const placed = source.review.forms.map((each) => ({
      ...each,
      findings: each.findings.slice(0, 1).map((finding) => ({ ...finding, at, cells: [] })),
    }));
    const model = opinionDocument({ ...source, review: { ...source.review, forms: placed } });
    expect(rowsOf(findingTables(model)[0]?.table as TableModel)[0]?.[2]).toBe(`「${row}」实际完成值、得分`);
  });

  test("sets printed totals against recomputed ones and names the forms that differ", () => {
    const model = opinionDocument(sourceOf(forms));
    const overview = rowsOf(tablesOf(model, "各表一览")[0]?.table as TableModel);
    const entered = sourceOf(forms).review.forms[0]?.dossier.entered;
    expect(overview[0]?.[2]).toBe("99.00");
    expect(overview[0]?.[3]).not.toBe("99.00");
    expect(overview[0]?.[5]).toBe(entered?.grade);
    expect(wordsOf(model)).toContain("第1张表的总分或等级与重算结果不一致");
    expect(wordsOf(opinionDocument(sourceOf([forms[1] as Form])))).toContain("与重算结果一致");
  });

  test("addresses the one unit or department the forms name; else leaves a blank, and a blank for every date", () => {
    const said = (unit: string | null, department: string | null): string =>
      (
        opinionDocument(
          sourceOf(
            forms.map((form, index) => ({
              ...form,
              unit: unit === "各" ? `单位${index}` : unit,
              department,
            })),
          ),
        ).blocks[0] as { text: string }
      ).text;
    expect(said("安河县水利站", "安河县水利局（汇总）")).toBe("安河县水利站：");
    expect(said("各", "安河县水利局（汇总）")).toBe("安河县水利局：");
    expect(said("各", null)).toMatch(/^＿+：$/);
    const words = wordsOf(opinionDocument(sourceOf(forms)));
    expect(words).toContain("日期：＿＿＿＿年＿＿月＿＿日");
    expect(words).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test("names units only where there are several, files without their folders unless two have one name", () => {
    const mixed = forms.map((form, index) => ({ ...form, unit: `第${index}站` }));
    const one = wordsOf(
      opinionDocument(sourceOf(forms, { files: ["/某处/年度/甲.docx", "C:\\某处\\乙.docx"] })),
    );
    expect(one).toContain("文件 甲.docx");
    expect(one).toContain("文件 乙.docx");
    expect(one).not.toContain("某处");
    const two = wordsOf(opinionDocument(sourceOf(mixed, { files: ["东/表.docx", "西/表.docx"] })));
    for (const said of ["第0站", "第1站", "文件 东/表.docx", "文件 西/表.docx"]) expect(two).toContain(said);
  });

  test("states versions, what was not read, and every check that was not made, once a reason", () => {
    const source = sourceOf(forms, { unread: [{ file: "坏.docx", what: "压缩结构不完整" }] });
    const words = wordsOf(opinionDocument(source));
    for (const said of ["绩衡 9.9.9", RULES_VERSION, "坏.docx（压缩结构不完整）"])
      expect(words).toContain(said);
    const unchecked = rowsOf(uncheckedOf(opinionDocument(source)));
    const codes = new Set(
      [...source.review.forms.flatMap((each) => each.notChecked), ...source.review.batch.notChecked].map(
        ({ code }) => code,
      ),
    );
    expect(codes.size).toBeGreaterThan(3);
    for (const code of codes) expect(unchecked.map((row) => row[0]).join("\n")).toContain(`${code} `);
    const reasons = unchecked.map((row) => `${row[1]} ${row[2]}`);
    expect(new Set(reasons).size).toBe(reasons.length);
    // As many forms again give no more lines.
    const many = opinionDocument(sourceOf([...forms, ...forms, ...forms]));
    expect(rowsOf(uncheckedOf(many)).length).toBeLessThanOrEqual(unchecked.length);
  });

  test("prints doubts, findings across forms, guessed and lost readings, rules that broke", () => {
    const source = sourceOf(variedBatch({ seed: 3, template: "national", count: 4 }));
    const noted: OpinionSource = {
      ...source,
      review: {
        ...source.review,
        forms: source.review.forms.map((each, index) =>
          index > 0
            ? each
            : {
                ...each,
                unclear: [{ rule: "x", code: "AR-999", at: ["indicators[0].actual"], why: "要人看" }],
                notes: [
                  ...Array.from({ length: 3 }, (_, row) => ({
                    level: "guessed" as const,
                    code: "c",
                    says: "推断的列",
                    place: null,
                    at: { table: 1, row: row + 1, column: 1 },
                  })),
                  { level: "normalised" as const, code: "n", says: "只是写法", place: null, at: null },
                ],
                errors: [{ rule: "坏规则", what: "出错" }],
              },
        ),
      },
    };
    const words = wordsOf(opinionDocument(noted));
    expect(words).toContain("要人看");
    expect(words).toContain("推断的列（第1表第1行第1列）等3处");
    expect(words).not.toContain("只是写法");
    expect(words).toContain("规则 坏规则 运行出错");
    for (const finding of source.review.batch.findings) expect(words).toContain(finding.message);
    expect(sheetOf(opinionWorkbook(noted), "读表提示").table.rows).toHaveLength(3);
  });

  test("a clean form is told so, without asking for a reply", () => {
    const source = sourceOf([exampleForm()]);
    const words = wordsOf(
      opinionDocument({
        ...source,
        review: {
          forms: source.review.forms.map((each) => ({ ...each, findings: [] })),
          batch: { findings: [], unclear: [], notChecked: [], errors: [] },
        },
      }),
    );
    expect(words).toContain("未发现问题");
    expect(words).not.toContain("单位反馈");
    expect(words).not.toContain("各表之间");
  });

  test("the workbook holds the same findings, one a row, in sheets to filter", () => {
    const source = sourceOf(forms);
    const model = opinionWorkbook(source);
    expect(model.sheets.map(({ name }) => name).slice(0, 5)).toEqual([
      "汇总",
      "问题清单",
      "需人工判断",
      "未检查",
      "各表之间",
    ]);
    const heads = (name: string): string[] =>
      sheetOf(model, name).table.rows[0]?.map(({ text }) => text) ?? [];
    // Files differ and stand in a column; the one unit of all stands above the table.
    expect(heads("问题清单")).toContain("文件");
    expect(heads("问题清单")).not.toContain("单位");
    expect(sheetOf(model, "问题清单").lines).toContain(`单位：${forms[0]?.unit ?? forms[0]?.department}`);
    const oneFile = opinionWorkbook(sourceOf(forms, { files: ["表.docx", "表.docx"] }));
    expect(sheetOf(oneFile, "问题清单").lines).toContain("文件：表.docx");
    for (const each of oneFile.sheets)
      expect(each.kind === "table" && each.table.rows[0]?.map(({ text }) => text)).not.toContain("文件");
    expect(sheetOf(model, "依据").table.rows.length).toBeGreaterThan(1);
    const list = sheetOf(model, "问题清单");
    const findings = source.review.forms.flatMap((each) => each.findings);
    expect(rowsOf(list.table)).toHaveLength(findings.length);
    for (const finding of findings)
      expect(rowsOf(list.table).some((row) => row.includes(finding.message))).toBe(true);
    const totals = sheetOf(model, "汇总").table.rows[1]?.filter((cell) => cell.role === "number");
    expect(totals?.map((cell) => cell.figure)).toContain("99.00");
    for (const sheet of model.sheets)
      if (sheet.kind === "table") expect(() => gridOf(sheet.table), sheet.name).not.toThrow();
  });
});
