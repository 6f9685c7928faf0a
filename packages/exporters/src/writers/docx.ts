import { strToU8, zipSync } from "fflate";
import type { DocumentBlock, DocumentModel } from "../document.ts";
import { gridOf, type ModelCell, type TableModel } from "../model.ts";
import { XML_HEAD, xml } from "./xml.ts";

/** Width of the text area of an A4 page with 2 cm margins, in twentieths of a point. */
const TEXT_WIDTH = 9638;
/** The one moment every written file carries, so that the same form gives the same bytes. */
const FIXED_TIME = new Date("2020-01-01T00:00:00Z");

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const FONT =
  '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/>';

function run(text: string, size: number, bold = false): string {
  return `<w:r><w:rPr>${FONT}${bold ? "<w:b/>" : ""}<w:sz w:val="${size}"/></w:rPr><w:t xml:space="preserve">${xml(text)}</w:t></w:r>`;
}

function paragraph(text: string, align: "left" | "center" | "right", size = 21, bold = false): string {
  return `<w:p><w:pPr><w:jc w:val="${align}"/></w:pPr>${text === "" ? "" : run(text, size, bold)}</w:p>`;
}

const ALIGN = { label: "center", text: "left", number: "right" } as const;

function content(each: ModelCell): string {
  return each.text
    .split("\n")
    .map((line) => paragraph(line, ALIGN[each.role]))
    .join("");
}

function tableOf(model: TableModel): string {
  const unit = TEXT_WIDTH / model.widths.reduce((sum, width) => sum + width, 0);
  const widths = model.widths.map((width) => Math.round(width * unit));
  const rows = gridOf(model).map((positions, row) => {
    let cells = "";
    for (let column = 0; column < positions.length; ) {
      const position = positions[column];
      if (!position) break;
      const { columnSpan, rowSpan } = position.cell;
      const merge =
        rowSpan > 1 ? (position.anchorRow === row ? '<w:vMerge w:val="restart"/>' : "<w:vMerge/>") : "";
      const width = widths.slice(column, column + columnSpan).reduce((sum, each) => sum + each, 0);
      cells += `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${columnSpan > 1 ? `<w:gridSpan w:val="${columnSpan}"/>` : ""}${merge}<w:vAlign w:val="center"/></w:tcPr>${
        position.anchorRow === row ? content(position.cell) : "<w:p/>"
      }</w:tc>`;
      column += columnSpan;
    }
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells}</w:tr>`;
  });
  const border = (side: string): string =>
    `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`;
  return `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>${[
    "top",
    "left",
    "bottom",
    "right",
    "insideH",
    "insideV",
  ]
    .map(border)
    .join("")}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${widths
    .map((width) => `<w:gridCol w:w="${width}"/>`)
    .join("")}</w:tblGrid>${rows.join("")}</w:tbl>`;
}

function blockOf(block: DocumentBlock): string {
  switch (block.kind) {
    case "heading":
      return paragraph(block.text, "left", 28, true);
    case "paragraph":
      return paragraph(block.text, block.align ?? "left", block.small ? 18 : 28);
    case "list":
      return block.items.map((item) => paragraph(item, "left", 28)).join("");
    case "table":
      return (block.caption === null ? "" : paragraph(block.caption, "center")) + tableOf(block.table);
    case "chart":
      return paragraph(block.chart.description, "left") + tableOf(block.chart.table);
    case "page-break":
      return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
    case "form":
      return (
        block.form.caption
          .map((line, position) =>
            paragraph(
              line,
              "center",
              position === block.form.titleLine ? 32 : 21,
              position === block.form.titleLine,
            ),
          )
          .join("") +
        tableOf(block.form) +
        block.form.foot.map((line) => paragraph(line, "left", 18)).join("") +
        "<w:p/>"
      );
  }
}

/** A document as a Word file, A4; the same document gives the same bytes. */
export function writeDocx(document: DocumentModel): Uint8Array {
  const body = document.blocks.map(blockOf).join("");
  const parts: Record<string, string> = {
    "[Content_Types].xml": `${XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    "_rels/.rels": `${XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/document.xml": `${XML_HEAD}<w:document ${W}><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), {
    mtime: FIXED_TIME,
  });
}
