import type { Answered } from "../../api/operations-of.ts";

/** A form of a file beside its original, as the server answers it. */
export type Reading = Answered<"readImportedForm">;

/** A table of the original. */
export type OriginalTable = Extract<Reading["original"]["blocks"][number], { readonly kind: "table" }>;

/** How a place of the original stands: its cell, or the text it is in. */
export const spotKey = (block: number, row: number | null, column: number | null): string =>
  `${block}/${row ?? ""}/${column ?? ""}`;

/** Both ways between places of the form and cells of the original. */
export interface Ways {
  readonly cellOf: ReadonlyMap<string, string>;
  readonly placesOf: ReadonlyMap<string, readonly string[]>;
}

/** The ways between a form and its original. */
export function waysOf(spots: Reading["original"]["spots"]): Ways {
  const cellOf = new Map<string, string>();
  const placesOf = new Map<string, string[]>();
  for (const { place, block, row, column } of spots) {
    const key = spotKey(block, row, column);
    cellOf.set(place, key);
    placesOf.set(key, [...(placesOf.get(key) ?? []), place]);
  }
  return { cellOf, placesOf };
}

/** The cell of a place; of a whole row the cell of its name, or the first that was read of it. */
export function cellFor({ cellOf }: Ways, place: string): string | null {
  const exact = cellOf.get(place);
  if (exact !== undefined) return exact;
  for (const part of [".name", ".label", ".target", ".actual", ".expected"]) {
    const found = cellOf.get(place + part);
    if (found !== undefined) return found;
  }
  for (const [other, key] of cellOf) if (other.startsWith(`${place}.`)) return key;
  return null;
}

/** What stands at a place of the form, as text; "" for a blank. */
export function textAt(form: Reading["form"], place: string): string {
  let value: unknown = form;
  for (const step of place.split(/[.[\]]+/).filter(Boolean)) {
    if (value === null || typeof value !== "object") return "";
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  if (value !== null && typeof value === "object" && "text" in value)
    return typeof value.text === "string" ? value.text : "";
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** The correctable places a note about a place may be about: itself or, of a whole row, its cells. */
export function cellsOfNote(place: string, correctable: readonly string[]): readonly string[] {
  if (correctable.includes(place)) return [place];
  return correctable.filter((each) => each.startsWith(`${place}.`));
}

/** A note that a person is asked about, with what was answered. */
export interface Question {
  readonly note: number;
  readonly place: string | null;
  readonly title: string | null;
  readonly level: "lost" | "guessed" | "normalised";
  readonly says: string;
  readonly answer: Reading["line"]["answers"][number] | null;
}

/** The notes a person is asked about, in the order of the form; a correction of its place answers a note as well. */
export function questionsOf({ line, questions }: Pick<Reading, "line" | "questions">): Question[] {
  return questions.flatMap(({ note, at, title }) => {
    const said = line.notes[note];
    if (!said) return [];
    const answer =
      line.answers.find((each) => each.note === note) ??
      line.answers.find((each) => each.kind === "corrected" && at !== null && each.place === at) ??
      null;
    return [{ note, place: at, title, level: said.level, says: said.says, answer }];
  });
}
