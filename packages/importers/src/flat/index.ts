import type { Form, Note } from "@jiheng/domain";
import type { TextBlock } from "../grid.ts";
import type { FormSpan } from "./context.ts";
import { type FlatText, flatten } from "./flat-text.ts";
import { readFlatForm } from "./read-flat-form.ts";
import { effortFor } from "./row-search.ts";
import { type Style, styleOf } from "./style.ts";
import { findWords, type Word } from "./words.ts";

/**
 * Reads forms from text whose cells are lost: one cell a line, piped, set apart by blanks, or run together.
 * Never throws; what it chose or could not read stands in the notes of each form. `before` is how many forms of the file
 * were read already, so that ids stay unique in it.
 */
export function readFlat(
  blocks: readonly TextBlock[],
  source: { readonly sha256: string; readonly before?: number },
): { readonly forms: readonly Form[]; readonly notes: readonly Note[] } {
  const flat = flatten(blocks);
  const words = findWords(flat);
  const effort = effortFor(flat.length);
  const forms: Form[] = [];
  const notes: Note[] = [];
  const before = source.before ?? 0;
  for (const span of formSpans(flat, words)) {
    const form = readFlatForm(
      flat,
      words,
      span,
      `${source.sha256.slice(0, 12)}-${before + forms.length + 1}`,
      effort,
    );
    if (form) forms.push(form);
  }
  if (flat.pageMarkers > 0 && forms.length > 0)
    notes.push({
      level: "normalised",
      code: "page-marks",
      says: `正文中夹有${flat.pageMarkers}处分页序号，已略去`,
      place: null,
      at: flat.at(0),
    });
  if (forms.length === 0 && flat.length > 0)
    notes.push({
      level: "lost",
      code: "no-form",
      says: "文本中没有找到绩效自评表：既没有资金表头，也没有指标表头",
      place: null,
      at: flat.at(0),
    });
  return { forms, notes };
}

const TITLE =
  /(?:自评价?|绩效评价|绩效目标|运行监控|绩效监控)[\u4e00-\u9fff]{0,10}?表(?!明|示|格|述|达|彰|现|面|决|号|态)/g;

interface Title {
  readonly start: number;
  readonly end: number;
}

function inYear(flat: FlatText, at: number): boolean {
  for (let from = Math.max(0, at - 3); from <= at; from += 1)
    if (/^20\d\d年/.test(flat.chars.slice(from, from + 5))) return true;
  return false;
}

/** Titles that head a form: labels of its head follow soon. */
function titlesOf(flat: FlatText, style: Style, words: readonly Word[]): Title[] {
  const titles: Title[] = [];
  let next = 0;
  for (const match of flat.chars.matchAll(TITLE)) {
    let start = match.index;
    const end = match.index + match[0].length;
    while (start > 0 && match.index - start < 40) {
      const char = flat.chars[start - 1] ?? "";
      if (!/[\u4e00-\u9fff\d()〔〕《》]/.test(char)) break;
      const gap = flat.gapBefore(start);
      if ((gap !== "none" && gap !== "blank") || style.parts(gap)) break;
      if (gap === "blank" && /[\dA-Za-z)]/.test(char)) break;
      // What another form ends with, or a figure that is no year, stands before a title, not in it.
      if (
        /\d/.test(char) &&
        !/^20\d\d年/.test(flat.chars.slice(start - 4, start + 1)) &&
        !inYear(flat, start - 1)
      )
        break;
      if (
        /(?:等级|等次):?(?:优秀|优|良好|良|中|差|合格|不合格)$/.test(
          flat.chars.slice(Math.max(0, start - 8), start),
        )
      )
        break;
      if (/附件\d*:?$/.test(flat.chars.slice(Math.max(0, start - 4), start))) break;
      start -= 1;
    }
    while (next < words.length && (words[next] as Word).start < end) next += 1;
    const soon = words
      .slice(next, next + 6)
      .some((word) => word.start < end + 120 && (word.head !== null || word.headings.length > 0));
    if (soon) titles.push({ start, end });
  }
  return titles;
}

/** Cuts the text into forms: at titles, and at a project name that comes again behind a table of indicators. */
function formSpans(flat: FlatText, words: readonly Word[]): FormSpan[] {
  const titles = titlesOf(flat, styleOf(flat, words), words);
  const starts: { at: number; title: Title | null }[] = [];
  let sawRows = false;
  let sawProject = false;
  let next = 0;
  const open = (at: number, title: Title | null): void => {
    starts.push({ at, title });
    sawRows = false;
    sawProject = false;
  };
  for (const word of words) {
    while (next < titles.length && (titles[next] as Title).end <= word.start) {
      const title = titles[next] as Title;
      next += 1;
      if (starts.length === 0 || sawRows) open(title.start, title);
      else if (starts.at(-1)?.title === null && !sawProject)
        starts[starts.length - 1] = { at: starts.at(-1)?.at ?? 0, title };
    }
    if (word.head === "project") {
      if (starts.length === 0 || (sawRows && sawProject)) open(starts.length === 0 ? 0 : word.start, null);
      sawProject = true;
    }
    if (
      word.headings.includes("level2") ||
      word.headings.includes("level1") ||
      word.headings.includes("actual")
    )
      sawRows = true;
  }
  if (starts.length === 0) return flat.length > 0 ? [{ from: 0, to: flat.length, title: null }] : [];
  return starts.map((start, index) => ({
    from: index === 0 ? 0 : start.at,
    to: starts[index + 1]?.at ?? flat.length,
    title: start.title ? [start.title.start, start.title.end] : null,
  }));
}
