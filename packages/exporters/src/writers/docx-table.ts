import { gridOf } from "../model.ts";
import { linesOfText, paragraph, run } from "./docx-text.ts";
import type { PagePlan, PartCell, TablePart } from "./page-plan.ts";
import { evenRoom } from "./text-extent.ts";

/** Left and right padding of a cell, in twips. */
const PADDING = 80;
/** Rows estimated taller than this many points may break at the end of a page: one that may not is moved whole. */
const LONG_ROW = 240;
/** Between the two parts of one table: Word joins tables that touch. One twip high, so that their borders meet. */
const SEAM = '<w:p><w:pPr><w:pStyle w:val="Seam"/></w:pPr></w:p>';

const STYLE = { label: "Label", text: "Text", number: "Number" } as const;
const OWN_ALIGN = { label: "center", text: "left", number: "right" } as const;

/** Widths of the columns in twips; they add up to `total` exactly. */
function columnWidths(relative: readonly number[], total: number): number[] {
  const sum = relative.reduce((all, each) => all + each, 0);
  let seen = 0;
  let before = 0;
  return relative.map((each) => {
    seen += each;
    const until = Math.round((seen / sum) * total);
    const width = until - before;
    before = until;
    return width;
  });
}

interface CellSetting {
  readonly dense: boolean;
  readonly points: number;
  readonly keepNext: boolean;
}

function cellContent(cell: PartCell, width: number, { dense, points, keepNext }: CellSetting): string {
  const style = STYLE[cell.role] + (dense ? "Dense" : "");
  const align = cell.align !== undefined && cell.align !== OWN_ALIGN[cell.role] ? { align: cell.align } : {};
  const options = { ...(keepNext ? { keepNext: true } : {}), ...align };
  if (!cell.vertical) {
    const room = width - 2 * PADDING;
    const even = cell.role === "number" ? null : evenRoom(cell.text, room / (points * 20));
    if (even !== null) {
      const over = Math.floor(room - even * points * 20);
      const centred = (cell.align ?? OWN_ALIGN[cell.role]) === "center";
      const side = centred ? { indent: Math.floor(over / 2) } : { indentRight: over };
      return paragraph(style, run(cell.text), { ...options, ...side });
    }
    if (!cell.text.includes("\n") && !cell.text.includes("\r"))
      return paragraph(style, run(cell.text), options);
    return linesOfText(cell.text)
      .map((line) => paragraph(style, run(line), options))
      .join("");
  }
  // Turned text has no height of its own in Word, and a row would cut it: instead room for one character in upright text.
  const indent = Math.max(0, Math.floor((width - 2 * PADDING - points * 26) / 2));
  return linesOfText(cell.text)
    .map((line) => paragraph(style, run(line), { ...options, anyBreak: true, indent }))
    .join("");
}

const BORDER = 'w:val="single" w:sz="4" w:space="0" w:color="000000"';
const NO_BORDER = 'w:val="nil"';

function borders(part: "only" | "upper" | "lower"): string {
  // Where two parts meet their borders lie on one another: two thin ones look like one.
  const thin = 'w:val="single" w:sz="2" w:space="0" w:color="000000"';
  return `<w:tblBorders><w:top ${part === "lower" ? thin : BORDER}/><w:left ${BORDER}/><w:bottom ${part === "upper" ? thin : BORDER}/><w:right ${BORDER}/><w:insideH ${BORDER}/><w:insideV ${BORDER}/></w:tblBorders>`;
}

function tablePart(
  part: TablePart,
  plan: PagePlan,
  heights: readonly number[],
  totalWidth: number,
  side: "only" | "upper" | "lower",
  whole = false,
): string {
  const widths = columnWidths(part.widths, totalWidth);
  const dense = plan.points < 10;
  const columns = widths.length;
  let rows = "";
  for (const [row, positions] of (side === "only" && part.head === 0 ? plan.grid : gridOf(part)).entries()) {
    const heading = row < part.head;
    const setting = {
      dense,
      points: plan.points,
      keepNext: heading || (whole && row < part.rows.length - 1),
    };
    let cells = "";
    for (let column = 0; column < columns; ) {
      const position = positions[column];
      if (!position) break;
      const cell: PartCell = position.cell;
      const { columnSpan, rowSpan } = cell;
      let width = 0;
      for (let each = column; each < column + columnSpan; each++) width += widths[each] ?? 0;
      cells += `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>`;
      if (columnSpan > 1) cells += `<w:gridSpan w:val="${columnSpan}"/>`;
      if (rowSpan > 1) cells += position.anchorRow === row ? '<w:vMerge w:val="restart"/>' : "<w:vMerge/>";
      if (cell.openAbove) cells += `<w:tcBorders><w:top ${NO_BORDER}/></w:tcBorders>`;
      else if (cell.openBelow) cells += `<w:tcBorders><w:bottom ${NO_BORDER}/></w:tcBorders>`;
      cells += '<w:vAlign w:val="center"/></w:tcPr>';
      cells +=
        position.anchorRow === row
          ? cellContent(cell, width, setting)
          : paragraph(STYLE[cell.role] + (dense ? "Dense" : ""), "");
      cells += "</w:tc>";
      column += columnSpan;
    }
    const unsplit = (heights[row] ?? 0) <= LONG_ROW ? "<w:cantSplit/>" : "";
    rows += `<w:tr><w:trPr>${unsplit}<w:trHeight w:val="${dense ? 320 : 400}" w:hRule="atLeast"/>${heading ? "<w:tblHeader/>" : ""}</w:trPr>${cells}</w:tr>`;
  }
  return `<w:tbl><w:tblPr><w:tblW w:w="${totalWidth}" w:type="dxa"/><w:jc w:val="center"/>${borders(side)}<w:tblLayout w:type="fixed"/><w:tblCellMar>${dense ? '<w:top w:w="20" w:type="dxa"/>' : ""}<w:left w:w="${PADDING}" w:type="dxa"/>${dense ? '<w:bottom w:w="20" w:type="dxa"/>' : ""}<w:right w:w="${PADDING}" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0000"/></w:tblPr><w:tblGrid>${widths
    .map((width) => `<w:gridCol w:w="${width}"/>`)
    .join("")}</w:tblGrid>${rows}</w:tbl>`;
}

/** A table as WordprocessingML, `totalWidth` twips wide: fixed columns, in one part or in two that look like one; `whole` keeps one part on one page. */
export function docxTable(plan: PagePlan, totalWidth: number, whole = false): string {
  const [first, second] = plan.parts;
  if (!first) return "";
  const [heights = [], more = []] = plan.heights;
  if (!second) return tablePart(first, plan, heights, totalWidth, "only", whole);
  return (
    tablePart(first, plan, heights, totalWidth, "upper") +
    SEAM +
    tablePart(second, plan, more, totalWidth, "lower")
  );
}
