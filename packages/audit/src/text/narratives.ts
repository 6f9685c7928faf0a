import type { Form, Place } from "@jiheng/domain";
import { place } from "@jiheng/domain";
import { type NumberedText, numbersIn } from "./numbers.ts";

/** Which prose of a form: the goal, the result, the reason of a row or of the form, or another field. */
export type NarrativeSide = "expected" | "achieved" | "reason" | "field";

/** One prose cell of a form, analysed once. */
export interface Narrative extends NumberedText {
  readonly at: Place;
  readonly side: NarrativeSide;
  /** Index of the goal it belongs to; -1 for reasons and fields. */
  readonly goal: number;
  /** 预期目标, 实际完成情况, the row's name …: for messages. */
  readonly name: string;
}

const PROSE = /[，。；,;]/;

const CACHE = new WeakMap<Form, readonly Narrative[]>();

/** All prose of a form with its numbers, in the order of the form; blank cells are left out. Computed once per form. */
export function narrativesOf(form: Form): readonly Narrative[] {
  const known = CACHE.get(form);
  if (known) return known;
  const list: Narrative[] = [];
  const push = (text: string | null, at: Place, side: NarrativeSide, goal: number, name: string): void => {
    if (text !== null && text.trim() !== "") list.push({ ...numbersIn(text), at, side, goal, name });
  };
  const goals = form.goals.length > 0 ? form.goals : [form.goal];
  goals.forEach((goal, index) => {
    const which = goals.length > 1 ? `目标${index + 1}` : "";
    push(goal.expected, place.goal(index, "expected"), "expected", index, `${which}预期目标`);
    push(goal.achieved, place.goal(index, "achieved"), "achieved", index, `${which}实际完成情况`);
  });
  form.indicators.forEach((row, index) => {
    push(
      row.deviation,
      place.indicator(index, "deviation"),
      "reason",
      -1,
      `「${(row.name ?? "").trim()}」的原因说明`,
    );
  });
  push(form.deviation, "deviation", "reason", -1, "偏差原因说明");
  form.fields.forEach((field, index) => {
    // A tick box, a contact or a cell of figures is no prose: numbers beside each other there state no sum.
    if (PROSE.test(field.text ?? "")) push(field.text, `fields[${index}]`, "field", -1, field.label);
  });
  CACHE.set(form, list);
  return list;
}

/** The narratives that tell the goal or the result. */
export function storiesOf(form: Form): readonly Narrative[] {
  return narrativesOf(form).filter(({ side }) => side === "expected" || side === "achieved");
}
