import type { Place } from "@jiheng/domain";
import { addNote, trace } from "../forms/draft.ts";
import { type Context, slotOf } from "./context.ts";
import { isDash } from "./field-kinds.ts";
import { splitGoals } from "./goal-texts.ts";
import type { Heads } from "./sections.ts";

/** The goal and its result under their head. */
export function readGoals(context: Context, head: Heads, to: number): void {
  const { flat, style, draft, words } = context;
  let end = to;
  for (const word of words)
    if (
      word.start >= head.end &&
      word.start < end &&
      word.stop &&
      /^(?:绩效指标|预算执行情况|项目资金|项目实施内容及过程概述)$/.test(word.word)
    ) {
      end = word.start;
      break;
    }
  while (end > head.end && /[\d.、(]/.test(flat.chars[end - 1] ?? "") && style.parts(flat.gapBefore(end - 1)))
    end -= 1;
  const item = /\d{1,2}[.、]$/.exec(flat.chars.slice(Math.max(head.end, end - 3), end));
  if (item) end -= item[0].length;
  const split = splitGoals(flat, style, head.end, end);
  const text = (span: readonly [number, number] | null, at: Place): string | null => {
    if (!span) return null;
    const slot = slotOf(flat, { start: span[0], end: span[1] });
    trace(draft, at, slot);
    return slot.text === "" || isDash(slot.text) ? null : slot.text;
  };
  const expected = text(split.expected, "goal.expected");
  const achieved = text(split.achieved, "goal.achieved");
  draft.goals.push({ name: null, expected, adjusted: null, achieved, points: null, score: null });
  if (!split.sure && expected !== null)
    addNote(
      draft,
      "guessed",
      "goal-split",
      "预期目标与实际完成情况之间没有分隔，已按文意切分",
      "goal.achieved",
      flat.at(split.achieved?.[0] ?? head.end),
    );
}
