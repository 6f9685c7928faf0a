import type { Form } from "@jiheng/domain";

/** Blanks of any kind are layout; reading and writing may set them differently. */
function plain(text: string): string {
  return text.replace(/[\s\u3000\u00a0]+/g, "");
}

function alike(expected: unknown, actual: unknown): boolean {
  if (expected === actual) return true;
  if (typeof expected !== "string" || typeof actual !== "string") return false;
  return plain(expected) === plain(actual);
}

function compare(at: string, expected: unknown, actual: unknown, into: string[]): void {
  if (Array.isArray(expected)) {
    const list = Array.isArray(actual) ? actual : [];
    if (list.length !== expected.length)
      into.push(`${at}: ${list.length} entries, expected ${expected.length}`);
    for (const [index, each] of expected.entries()) compare(`${at}[${index}]`, each, list[index], into);
  } else if (expected !== null && typeof expected === "object") {
    const record = (actual ?? {}) as Record<string, unknown>;
    for (const [key, value] of Object.entries(expected))
      compare(at === "" ? key : `${at}.${key}`, value, record[key], into);
  } else if (!alike(expected, actual))
    into.push(`${at}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}

/** Everything a form says, free of what belongs to one file: ids, notes and places; rows point to rows by number. */
function essence({ id: _id, notes: _notes, origins: _origins, ...form }: Form): unknown {
  const numberOf = new Map(form.indicators.map((row, index) => [row.id, index]));
  return {
    ...form,
    indicators: form.indicators.map(({ id: _row, parent, initialTarget, ...row }) => ({
      ...row,
      parent: parent === null ? null : (numberOf.get(parent) ?? -1),
      // A blank cell of the initial target is none.
      initialTarget: initialTarget?.text == null ? null : initialTarget,
    })),
    // A label without a text says nothing; rows of words may come in another order.
    fields: form.fields
      .filter((field) => field.text !== null)
      .map((field) => `${plain(field.label)}=${plain(field.text ?? "")}`)
      .sort(),
  };
}

/** Every value in which a form that was read differs from the one that was written. */
export function differences(written: Form, read: Form | undefined): string[] {
  if (!read) return ["no form was read"];
  const found: string[] = [];
  compare("", essence(written), essence(read), found);
  return found;
}
