/** The place a list goes on from, as clients carry it: opaque, safe in an address. */
export function toCursor(place: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** The place in a cursor with the wanted keys, each of the wanted type; null for anything that we did not give out. */
export function fromCursor<Keys extends Readonly<Record<string, "string" | "number">>>(
  cursor: string,
  keys: Keys,
): { [K in keyof Keys]: Keys[K] extends "number" ? number : string } | null {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (place === null || typeof place !== "object" || Array.isArray(place)) return null;
    const fits = Object.entries(keys).every(
      ([key, type]) => typeof (place as Record<string, unknown>)[key] === type,
    );
    return fits && Object.keys(place).length === Object.keys(keys).length ? (place as never) : null;
  } catch {
    return null;
  }
}

/** Whether a text in a cursor is an identity, as the database takes it. */
export function isIdentity(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Whether a text in a cursor is an instant as we write it. */
export function isInstant(text: string): boolean {
  return /^(19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
