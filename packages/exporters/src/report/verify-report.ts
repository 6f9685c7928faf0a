import { unboundDigits } from "./bound-text.ts";
import type { ReportRecord } from "./report-record.ts";

/** One way in which a report does not say what its forms say. */
export interface ReportDifference {
  /** Place in the report, or the name of a figure. */
  readonly at: string;
  /** Chinese: what stands there and what should. */
  readonly says: string;
}

/**
 * Holds a report against one made again from the same forms: every figure, every number in prose and tables, every sentence. Empty
 * where the report stands; a number that is bound to nothing is a difference even if it happens to be right.
 */
export function verifyReport(record: ReportRecord, again: ReportRecord): readonly ReportDifference[] {
  const differences: ReportDifference[] = [];
  const fresh = new Map(again.figures.map((figure) => [figure.id, figure]));
  const known = new Map(record.figures.map((figure) => [figure.id, figure]));
  for (const figure of record.figures) {
    const right = fresh.get(figure.id);
    if (!right) differences.push({ at: figure.id, says: `报告中的“${figure.text}”在原表中没有来源` });
    else if (right.text !== figure.text)
      differences.push({
        at: figure.id,
        says: `${right.how}：报告为“${figure.text}”，按原表为“${right.text}”`,
      });
    else if (JSON.stringify(right.sources) !== JSON.stringify(figure.sources))
      differences.push({ at: figure.id, says: `${right.how}：所依据的单元格与原表不符` });
  }
  for (const figure of again.figures)
    if (!known.has(figure.id))
      differences.push({ at: figure.id, says: `${figure.how}“${figure.text}”不在报告中` });
  const printed = (at: string, shown: string, id: string): void => {
    const figure = fresh.get(id);
    if (figure && figure.text !== shown)
      differences.push({ at, says: `此处为“${shown}”，${figure.how}应为“${figure.text}”` });
    else if (!figure) differences.push({ at, says: `“${shown}”没有来源（${id}）` });
  };
  for (const { at, text, bindings } of record.texts) {
    for (const { start, end, figure } of bindings) printed(at, text.slice(start, end), figure);
    for (const piece of unboundDigits(text, bindings))
      differences.push({ at, says: `“${piece.trim()}”中的数字没有对应的来源` });
  }
  if (record.title !== again.title)
    differences.push({ at: "title", says: `题名为“${record.title}”，应为“${again.title}”` });
  const cells = new Map(again.cells.map((cell) => [cell.at, cell.figure]));
  for (const { at, text, figure } of record.cells) {
    const right = cells.get(at);
    if (right === undefined) differences.push({ at, says: `“${text}”所在的单元格不在按原表生成的报告中` });
    // The right figure in the wrong place is a wrong figure.
    else if (right !== figure)
      differences.push({ at, says: `此处为“${text}”，应为“${fresh.get(right)?.text ?? ""}”` });
    else printed(at, text, figure);
  }
  const wording = new Map(again.texts.map(({ at, text }) => [at, text]));
  for (const { at, text } of record.texts) {
    const right = wording.get(at);
    if (right === undefined) differences.push({ at, says: "原报告没有这一处文字" });
    else if (right !== text) differences.push({ at, says: "文字与按原表生成的不一致" });
    wording.delete(at);
  }
  for (const at of wording.keys()) differences.push({ at, says: "缺少一处文字" });
  if (record.cells.length !== again.cells.length)
    differences.push({ at: "cells", says: "表格中的数字个数与按原表生成的不一致" });
  return differences;
}
