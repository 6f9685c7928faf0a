import { refused } from "./outcome.ts";

/** The answer to a cursor that we did not give out. */
export const BAD_CURSOR = refused("invalid-input", "after 不是本系统给出的续页标记，请从第一页取起。");

/** The place a list goes on from, as clients carry it: opaque, safe in an address. */
export function toCursor(place: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** What a key of a cursor holds: a number that a column of type int can hold, an identity, a day, or any text. */
type CursorKey = "number" | "id" | "day" | "string";

const FITS: Readonly<Record<CursorKey, (value: unknown) => boolean>> = {
  number: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  id: (value) => typeof value === "string" && isIdentity(value),
  day: (value) => typeof value === "string" && isInstant(`${value}T00:00:00.000Z`),
  string: (value) => typeof value === "string",
};

/** The place in a cursor with the wanted keys, each as the database takes it; null for anything that we did not give out. */
export function fromCursor<Keys extends Readonly<Record<string, CursorKey>>>(
  cursor: string,
  keys: Keys,
): { [K in keyof Keys]: Keys[K] extends "number" ? number : string } | null {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (place === null || typeof place !== "object" || Array.isArray(place)) return null;
    const fits = Object.entries(keys).every(([key, type]) =>
      FITS[type]((place as Record<string, unknown>)[key]),
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
