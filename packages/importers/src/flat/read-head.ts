import { isSideLabel } from "@jiheng/domain";
import { addField, addNote, trace } from "../forms/draft.ts";
import { setHead } from "../forms/head.ts";
import { titleOf } from "../recognise/roles.ts";
import { type Context, type FormSpan, slotOf } from "./context.ts";
import type { FlatText } from "./flat-text.ts";
import type { Style } from "./style.ts";
import type { Word } from "./words.ts";

/** The title with its year, and the number of the form. */
export function readTitle(context: Context, span: FormSpan): void {
  const { flat, draft } = context;
  const head = flat.chars.slice(span.from, Math.min(span.to, (span.title?.[1] ?? span.from) + 40));
  if (span.title) {
    const slot = slotOf(flat, { start: span.title[0], end: span.title[1] });
    draft.title = titleOf(slot.text) ?? slot.text.replace(/[（(]?20\d\d年?度?[）)]?$/, "");
    trace(draft, "title", slot);
    const printed = flat.chars.slice(
      Math.max(span.from, span.title[0] - 12),
      Math.min(span.to, span.title[1] + 14),
    );
    const year = /(20\d\d)年?度/.exec(printed) ?? /(20\d\d)年/.exec(printed);
    if (year?.[1]) {
      draft.year = Number(year[1]);
      const at = Math.max(span.from, span.title[0] - 12) + year.index;
      trace(draft, "year", slotOf(flat, { start: at, end: at + year[0].length }));
    }
  }
  if (draft.year === null) {
    const year = /(20\d\d)年度/.exec(head);
    if (year?.[1]) draft.year = Number(year[1]);
  }
  const number = /(?:报表编号|表号|报表编码):?([0-9A-Za-z_]{3,24})|(公开\d+表)/.exec(head);
  if (number) draft.formNumber = number[1] ?? number[2] ?? null;
}

/** True where only the first letter or two of a label are missing before a word that fills the rest of its cell. */
function tornStart(flat: FlatText, style: Style, word: Word): boolean {
  if (word.end < flat.length && !style.parts(flat.gapBefore(word.end))) return false;
  return style.parts(flat.gapBefore(word.start - 1)) || style.parts(flat.gapBefore(word.start - 2));
}

/** End of the value of a head label: its cell, or where cells may be torn, the cells up to the label of a section. */
function valueEnd(flat: FlatText, style: Style, start: number, end: number): number {
  if (!style.cells) return end;
  let from = start;
  for (let k = start + 1; k <= end; k += 1) {
    if (k < end && !style.parts(flat.gapBefore(k))) continue;
    if (from > start) {
      const cell = flat.chars.slice(from, k);
      if (style.exact || isSideLabel(cell) || /(?:\((?:万元|元)\)|:)$/.test(cell)) return from;
    }
    from = k;
  }
  return end;
}

/** Labels of the head with what stands behind each, up to the next label. */
export function readHead(context: Context, from: number, to: number): void {
  const { flat, style, draft, words } = context;
  const labels = words.filter(
    (word) =>
      word.start >= from &&
      word.end <= to &&
      (word.head !== null || word.stop || (word.headings.length > 0 && style.cells)) &&
      (!style.cells ||
        word.start === from ||
        style.parts(flat.gapBefore(word.start)) ||
        flat.gapBefore(word.start) !== "none" ||
        tornStart(flat, style, word) ||
        /[)）]/.test(flat.chars[word.start - 1] ?? "")),
  );
  labels.forEach((label, index) => {
    const end = Math.min(to, labels[index + 1]?.start ?? to);
    let start = label.end;
    if (start >= end && label.head === null) return;
    const raw = flat.chars.slice(start, end);
    start += /^[:：]/.test(raw) ? 1 : 0;
    const slot = slotOf(flat, { start, end: label.head === null ? end : valueEnd(flat, style, start, end) });
    if (label.head !== null) {
      if (slot.text.length > 120) return;
      setHead(draft, label.head, label.word, slot.text, slot);
      const before = label.start - 1;
      if (
        style.cells &&
        flat.gapBefore(label.start) === "none" &&
        before >= from &&
        tornStart(flat, style, label)
      )
        addNote(
          draft,
          "guessed",
          "torn-label",
          `表头“${flat.text(Math.max(from, before), label.wordEnd)}”缺字，按“${label.word}”理解，其后的内容也可能缺字`,
          label.head,
          slot.at,
        );
    } else if (
      label.stop &&
      start < end &&
      !/(?:目标|资金|情况|指标|概述|申请|支出)$/.test(label.word) &&
      slot.text.length <= 120
    )
      addField(draft, label.word, slot.text, slot);
  });
}
