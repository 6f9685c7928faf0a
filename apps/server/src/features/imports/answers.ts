import { type Form, type Note, type Place, parseRowFieldLabel } from "@jiheng/domain";
import { addressOf, applyEdits } from "@jiheng/workflow";
import type { FormReport, NoteAnswer } from "./report.ts";

/** Whether a person has to look at a note: where only the notation changed nobody has. */
const isQuestion = ({ level }: Note): boolean => level !== "normalised";

/** Indexes of the notes a person has to look at. */
export function questionsOf(notes: readonly Note[]): number[] {
  return notes.flatMap((note, index) => (isQuestion(note) ? [index] : []));
}

const answersNote = (note: Note | undefined, index: number, answer: NoteAnswer): boolean =>
  answer.note === index ||
  (answer.kind === "corrected" && answer.place !== null && answer.place === note?.place);

/** How many questions nobody has answered: by their note, or by a correction of its place. */
export function openQuestions({ notes, answers = [] }: Pick<FormReport, "notes" | "answers">): number {
  return questionsOf(notes).filter((index) => !answers.some((each) => answersNote(notes[index], index, each)))
    .length;
}

/** The answers with one more; a later answer about the same note or place takes the place of the earlier. */
export function withAnswer(answers: readonly NoteAnswer[], answer: NoteAnswer): NoteAnswer[] {
  return [...withoutAnswer(answers, answer), answer];
}

/** The answers without those about a note or, where there is none, about a place. */
export function withoutAnswer(
  answers: readonly NoteAnswer[],
  { note, place }: Pick<NoteAnswer, "note" | "place">,
): NoteAnswer[] {
  return answers.filter(
    (each) =>
      !(
        (note !== null && each.note === note) ||
        (place !== null && each.kind === "corrected" && each.place === place)
      ),
  );
}

/** The address edits go by of a place of a form as it was read; null where it is a part of a form, not a cell. */
function addressOfPlace(form: Form, place: Place): string | null {
  const field = /^fields\[(\d+)\]$/.exec(place);
  if (!field) return /^(?:goals|funds|indicators)\[\d+\]$/.test(place) ? null : addressOf(form, place);
  const label = form.fields[Number(field[1])]?.label;
  return label === undefined || parseRowFieldLabel(label) ? null : `fields[${label}]`;
}

const UNITS: readonly string[] = ["元", "千元", "万元", "百万元", "亿元"];

/** The form with the corrections that were made; a correction that does not fit is refused in words. */
export function correctedForm(
  form: Form,
  notes: readonly Note[],
  answers: readonly NoteAnswer[],
): { readonly kind: "form"; readonly form: Form } | { readonly kind: "refused"; readonly says: string } {
  let after = form;
  for (const { kind, place, to } of answers) {
    if (kind !== "corrected" || place === null) continue;
    const next = corrected(after, place, to);
    if (typeof next === "string") return { kind: "refused", says: next };
    after = next;
  }
  // What was read wrongly and then typed by a person is no guess of the reader any more.
  const isTyped = (note: Note): boolean => {
    const index = notes.findIndex((each) => each.code === note.code && each.place === note.place);
    return answers.some((each) => each.kind === "corrected" && answersNote(note, index, each));
  };
  return { kind: "form", form: { ...after, notes: after.notes.filter((note) => !isTyped(note)) } };
}

function corrected(form: Form, place: Place, to: string | null): Form | string {
  if (place === "moneyUnit") {
    if (to !== null && !UNITS.includes(to)) return `金额单位应为${UNITS.join("、")}之一。`;
    return { ...form, moneyUnit: to };
  }
  if (place === "year") {
    if (to !== null && !/^20\d\d$/.test(to.trim())) return "年度应为四位数字，如2024。";
    return { ...form, year: to === null ? null : Number(to) };
  }
  const address = addressOfPlace(form, place);
  if (address === null) return "这一处不能整体更正，请更正其中的各格。";
  const applied = applyEdits(form, [{ op: "set", at: address, to }]);
  return applied.kind === "refused" ? applied.says : applied.form;
}

/** Places of a form as it was read that may be corrected before it is settled: each cell with an origin or a note. */
export function correctablePlaces(form: Form): Place[] {
  const places = new Set([
    ...Object.keys(form.origins),
    ...form.notes.flatMap(({ place }) => place ?? []),
    "moneyUnit",
    "year",
  ]);
  return [...places].filter((place) => place === "year" || typeof corrected(form, place, null) !== "string");
}
