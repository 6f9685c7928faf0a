import { type Form, MONEY_UNITS } from "@jiheng/domain";
import { openDraft } from "../forms/draft.ts";
import { finishForm } from "../forms/read-form.ts";
import type { Layout } from "../recognise/template.ts";
import type { Context, FormSpan } from "./context.ts";
import type { FlatText } from "./flat-text.ts";
import { readFunds } from "./read-funds.ts";
import { readGoals } from "./read-goals.ts";
import { readHead, readTitle } from "./read-head.ts";
import { readRows } from "./read-rows.ts";
import type { Effort } from "./row-search.ts";
import { findHeads, type Heads, rowHeadings } from "./sections.ts";
import { styleOf } from "./style.ts";
import { findWords, type Word } from "./words.ts";

const UNITS = MONEY_UNITS.join("|");
const MONEY_WORD = new RegExp(`[([](?:单位:?)?(${UNITS})[)\\]]|单位:(${UNITS})`);

/** Reads one form; null where the stretch holds neither funds nor indicators. */
export function readFlatForm(
  flat: FlatText,
  all: readonly Word[],
  span: FormSpan,
  id: string,
  effort: Effort,
): Form | null {
  const style = styleOf(flat, wordsWithin(all, span), span.from, span.to);
  const words = findWords(flat, span.from, span.to, style.parts);
  const draft = openDraft();
  const context: Context = { flat, style, words, draft, effort };
  const body = span.title ? span.title[1] : span.from;
  const heads = findHeads(flat, style, words, body, span.to);
  const rows = heads.find((head) => head.kind === "indicators") ?? null;
  const funds = heads.find((head) => head.kind === "funds" && (!rows || head.start < rows.start)) ?? null;
  const goals = heads.find((head) => head.kind === "goals" && (!rows || head.start < rows.start)) ?? null;
  if (!rows && !funds) return null;

  readTitle(context, span);
  const firstHead = Math.min(funds?.start ?? span.to, goals?.start ?? span.to, rows?.start ?? span.to);
  readHead(context, span.title ? span.title[1] : span.from, firstHead);
  const unit =
    MONEY_WORD.exec(flat.chars.slice(span.from, funds?.end ?? firstHead)) ??
    MONEY_WORD.exec(flat.chars.slice(span.from, rows?.start ?? span.to));
  draft.moneyUnit = unit?.[1] ?? unit?.[2] ?? null;

  if (funds) readFunds(context, funds, nextStart(context, heads, funds, span.to));
  if (goals) readGoals(context, goals, nextStart(context, heads, goals, span.to));
  if (rows) readRows(context, rows, heads, span.to, id);

  const layout: Layout = {
    headings: new Set(heads.flatMap((head) => head.columns.flatMap((column) => column.heading ?? []))),
    labels: new Set(words.flatMap((word) => [word.word, `=${word.word}`])),
    margin: false,
    pointsFirst: false,
    flat: draft.indicators.every((row) => row.level1 === null && row.level2 === null),
  };
  if (rows) {
    const order = rowHeadings(rows);
    const points = order.indexOf("points");
    const target = order.indexOf("target");
    layout.pointsFirst = points >= 0 && target >= 0 && points < target;
    layout.margin = /绩效指标$/.test(flat.chars.slice(Math.max(0, rows.start - 4), rows.start));
  }
  return finishForm(draft, layout, id).form;
}

/** The words of a stretch; found by halving, for a text may hold as many stretches as words. */
function wordsWithin(all: readonly Word[], span: FormSpan): Word[] {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as Word).start < span.from) low = middle + 1;
    else high = middle;
  }
  const words: Word[] = [];
  for (let k = low; k < all.length; k += 1) {
    const word = all[k] as Word;
    if (word.start >= span.to) break;
    if (word.end <= span.to) words.push(word);
  }
  return words;
}

/** Where the section behind a head ends: at the next head, or at the side label of the next section. */
function nextStart(context: Context, heads: readonly Heads[], head: Heads, to: number): number {
  const next = heads.find((other) => other.start >= head.end);
  let end = next?.start ?? to;
  for (const word of context.words) {
    if (word.start < head.end || word.start >= end) continue;
    if (
      /总体目标$|^绩效指标$/.test(word.word) &&
      (!context.style.cells || context.style.parts(context.flat.gapBefore(word.start)))
    ) {
      end = word.start;
      break;
    }
  }
  return end;
}
