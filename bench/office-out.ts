// Writing forms as Word and Excel files, beside the usual packages. Both sides write the same table: the same texts and
// spans, fonts, borders, column widths, row heights, numbers as numbers; ours also carries what makes the file official
// (contents, footers, formulas, print titles).
import type { Form } from "@jiheng/domain";
import {
  type FormModel,
  formsDocument,
  formsWorkbook,
  layOut,
  layoutOf,
  writeDocx,
  writeXlsx,
} from "@jiheng/exporters";
import { type Line, median, type Spent, spent } from "./measure.ts";

const FONT = "仿宋_GB2312";
/** Width of the text area of an upright A4 page with margins of 2 cm, in twips. */
const WIDTH = 9638;
const ALIGN = { label: "center", text: "left", number: "right" } as const;

async function docxPackage(): Promise<(model: FormModel) => Promise<unknown>> {
  const docx = await import("docx");
  const line = { style: docx.BorderStyle.SINGLE, size: 4, color: "000000" };
  const borders = { top: line, bottom: line, left: line, right: line };
  const paragraph = (text: string, align: "left" | "center" | "right", size: number) =>
    new docx.Paragraph({
      alignment: align,
      children: text === "" ? [] : [new docx.TextRun({ text, font: FONT, size })],
    });
  return (model) => {
    const total = model.widths.reduce((sum, width) => sum + width, 0);
    const rows = model.rows.map(
      (cells) =>
        new docx.TableRow({
          cantSplit: true,
          height: { value: 400, rule: docx.HeightRule.ATLEAST },
          children: cells.map(
            (cell) =>
              new docx.TableCell({
                columnSpan: cell.columnSpan,
                rowSpan: cell.rowSpan,
                borders,
                verticalAlign: docx.VerticalAlign.CENTER,
                children: cell.text
                  .split("\n")
                  .map((text) => paragraph(text, cell.align ?? ALIGN[cell.role], 21)),
              }),
          ),
        }),
    );
    const document = new docx.Document({
      sections: [
        {
          properties: {
            page: {
              size: { width: 11906, height: 16838 },
              margin: { top: 1134, right: 1134, bottom: 1134, left: 1134 },
            },
          },
          children: [
            ...model.caption.map((text, index) =>
              paragraph(text, "center", index === model.titleLine ? 36 : 24),
            ),
            new docx.Table({
              width: { size: WIDTH, type: docx.WidthType.DXA },
              layout: docx.TableLayoutType.FIXED,
              columnWidths: model.widths.map((width) => Math.round((width / total) * WIDTH)),
              rows,
            }),
            ...model.foot.map((text) => paragraph(text, "left", 21)),
          ],
        },
      ],
    });
    return docx.Packer.toBuffer(document);
  };
}

async function excelPackage(): Promise<(model: FormModel) => Promise<unknown>> {
  const { default: ExcelJS } = await import("exceljs");
  const thin = { style: "thin" } as const;
  const border = { top: thin, bottom: thin, left: thin, right: thin };
  return (model) => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet("表1", { pageSetup: { paperSize: 9, fitToPage: true, fitToHeight: 0 } });
    const total = model.widths.reduce((sum, width) => sum + width, 0);
    const columns = model.widths.length;
    sheet.columns = model.widths.map((width) => ({ width: (width / total) * 91 }));
    let row = 0;
    const line = (text: string, size: number, horizontal: "left" | "center"): void => {
      row += 1;
      const cell = sheet.getCell(row, 1);
      cell.value = text;
      cell.font = { name: FONT, size };
      cell.alignment = { horizontal, vertical: "middle", wrapText: true };
      sheet.mergeCells(row, 1, row, columns);
      sheet.getRow(row).height = 24;
    };
    for (const [index, text] of model.caption.entries())
      line(text, index === model.titleLine ? 18 : 12, "center");
    const top = row;
    const covered = new Set<number>();
    for (const [index, cells] of model.rows.entries()) {
      row += 1;
      sheet.getRow(row).height = 24;
      let column = 1;
      for (const each of cells) {
        while (covered.has(index * 1000 + column)) column += 1;
        for (let r = 0; r < each.rowSpan; r++)
          for (let c = 0; c < each.columnSpan; c++) {
            covered.add((index + r) * 1000 + column + c);
            const cell = sheet.getCell(top + 1 + index + r, column + c);
            cell.font = { name: FONT, size: 10.5 };
            cell.alignment = {
              horizontal: each.align ?? ALIGN[each.role],
              vertical: "middle",
              wrapText: true,
            };
            cell.border = border;
          }
        const cell = sheet.getCell(row, column);
        const number = each.role === "number" && /^-?\d+(?:\.\d+)?$/.test(each.text);
        if (number) {
          cell.value = Number(each.text);
          cell.numFmt = "0.00";
        } else if (each.text !== "") cell.value = each.text;
        if (each.columnSpan > 1 || each.rowSpan > 1)
          sheet.mergeCells(row, column, row + each.rowSpan - 1, column + each.columnSpan - 1);
        column += each.columnSpan;
      }
    }
    for (const text of model.foot) line(text, 10.5, "left");
    return book.xlsx.writeBuffer();
  };
}

/** Our writer against the usual package of the format: a file a form, in alternating rounds of one process. */
export async function ofWriting(kind: "docx" | "xlsx", forms: readonly Form[]): Promise<Line[]> {
  const plan = layoutOf("national");
  if (!plan) throw new Error("no national layout");
  const models = forms.map((form) => layOut(form, plan));
  const write = kind === "docx" ? await docxPackage() : await excelPackage();
  const ours = (): void => {
    for (const model of models)
      if (kind === "docx") writeDocx(formsDocument([model], false));
      else writeXlsx(formsWorkbook([model], false));
  };
  const theirs = async (): Promise<void> => {
    for (const model of models) await write(model);
  };
  for (let round = 0; round < 3; round++) {
    ours();
    await theirs();
  }
  const times: [Spent[], Spent[]] = [[], []];
  for (let round = 0; round < 7; round++) {
    times[0].push(await spent(ours));
    times[1].push(await spent(theirs));
  }
  const each = (list: readonly Spent[], by: keyof Spent): number =>
    median(list.map((one) => one[by])) / models.length;
  const [a, b] = [each(times[0], "clock"), each(times[1], "clock")];
  const [cpuA, cpuB] = [each(times[0], "cpu"), each(times[1], "cpu")];
  const goal = kind === "docx" ? 10 : 5;
  return [
    {
      what: `${kind} out: our writer against ${kind === "docx" ? "the docx package" : "exceljs"}, the same forms`,
      value: `${(b / a).toFixed(1)}×`,
      beside: `${a.toFixed(2)} ms a file against ${b.toFixed(2)} ms; by CPU ${cpuA.toFixed(2)} against ${cpuB.toFixed(2)} ms, ${(cpuB / cpuA).toFixed(1)}×`,
      goal: `≥ ${goal}×`,
      met: b / a >= goal,
    },
  ];
}
