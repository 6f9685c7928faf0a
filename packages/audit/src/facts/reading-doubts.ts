import type { Form, Note, Place } from "@jiheng/domain";

const ROW = /^(?:funds|indicators|goals)\[\d+\]/;

/** Codes of notes by which a reader says that it could not decide. */
const UNDECIDED = /doubtful|split/;

/** Notes that ask which indicator of the project's library a row is: its figures were read without doubt. */
const OF_THE_LIBRARY = /^identity-/;

interface Doubts {
  readonly rows: ReadonlyMap<string, Note>;
  readonly cells: ReadonlyMap<string, Note>;
}

const CACHE = new WeakMap<Form, Doubts>();

function doubtsOf(form: Form): Doubts {
  const known = CACHE.get(form);
  if (known) return known;
  const rows = new Map<string, Note>();
  const cells = new Map<string, Note>();
  for (const note of form.notes) {
    if (note.level === "normalised" || note.place === null || OF_THE_LIBRARY.test(note.code)) continue;
    cells.set(note.place, note);
    // A doubt about how the cells of a row were told apart concerns all of them; a shift that the arithmetic settled does not.
    const row = ROW.exec(note.place)?.[0];
    const whole = note.level === "lost" || (note.place === row && UNDECIDED.test(note.code));
    if (row && whole && !rows.has(row)) rows.set(row, note);
  }
  const doubts = { rows, cells };
  CACHE.set(form, doubts);
  return doubts;
}

/** The note of reading that makes a cell doubtful: its own, or one about the whole row it stands in. */
export function doubtAt(form: Form, at: Place): Note | null {
  const { rows, cells } = doubtsOf(form);
  const row = ROW.exec(at)?.[0];
  return cells.get(at) ?? (row ? (rows.get(row) ?? null) : null);
}

/** The note that says that rows of indicators, or figures of one column, were lost in reading: then sums prove nothing. */
export function lostInReading(form: Form, column: "points" | "score"): Note | null {
  for (const note of form.notes) {
    if (note.level !== "lost" || note.place === null) continue;
    if (
      note.place === "indicators" ||
      (/^(?:indicators|funds)\[\d+\](?:\.(\w+))?$/.exec(note.place)?.[1] ?? column) === column
    )
      if (note.place.startsWith("indicators") || note.place.endsWith(`.${column}`)) return note;
  }
  return null;
}
