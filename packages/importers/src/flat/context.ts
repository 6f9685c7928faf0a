import type { Place } from "@jiheng/domain";
import { addNote, clip, type Draft, trace } from "../forms/draft.ts";
import { readFigure } from "../forms/figure.ts";
import type { Slot } from "../recognise/lines.ts";
import type { FlatText } from "./flat-text.ts";
import type { Effort, Span } from "./row-search.ts";
import type { Style } from "./style.ts";
import type { Word } from "./words.ts";

/** The stretch of flat text that holds one form. `title`: where its title stands, if it has one. */
export interface FormSpan {
  readonly from: number;
  readonly to: number;
  readonly title: readonly [number, number] | null;
}

/** What the readers of the sections of one form share. */
export interface Context {
  readonly flat: FlatText;
  readonly style: Style;
  readonly words: readonly Word[];
  readonly draft: Draft;
  readonly effort: Effort;
}

/** A span of the text as the cell it stands for. */
export function slotOf(flat: FlatText, span: Pick<Span, "start" | "end">): Slot {
  const text = flat.text(span.start, span.end);
  return {
    text,
    raw: text,
    column: 1,
    end: 1,
    own: true,
    number: null,
    leaked: false,
    at: flat.at(span.start),
  };
}

/** Figure of a span; noted as lost where it is no figure. */
export function figure(
  draft: Draft,
  flat: FlatText,
  at: Place,
  span: Span | undefined,
  what: string,
): string | null {
  if (!span) return null;
  const slot = slotOf(flat, span);
  trace(draft, at, slot);
  const read = readFigure(span.text);
  if (read.kind === "figure") return read.figure;
  if (read.kind === "unreadable")
    addNote(
      draft,
      "lost",
      "unreadable-figure",
      `${what}“${clip(slot.text)}”不是可识别的数值，未取数`,
      at,
      slot.at,
    );
  return null;
}
