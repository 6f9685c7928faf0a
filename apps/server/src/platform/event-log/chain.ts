import { createHash } from "node:crypto";

/** An event as the log keeps it; `body` is canonical JSON, the very bytes that are hashed. */
export interface LoggedEvent {
  readonly region: string;
  readonly seq: bigint;
  /** ISO instant with milliseconds. */
  readonly at: string;
  readonly actor: string | null;
  readonly actorName: string;
  readonly type: string;
  readonly subjectKind: string;
  readonly subject: string | null;
  readonly year: number | null;
  readonly body: string;
}

/** Both hashes of one link, in hexadecimal: SHA-256 for the world, SM3 for the national requirement. */
export interface Link {
  readonly sha256: string;
  readonly sm3: string;
}

/** What stands before the first event of a region. */
export const GENESIS: Link = { sha256: "0".repeat(64), sm3: "0".repeat(64) };

/** JSON with its keys in order and no space, so that equal values have equal bytes. A bigint or undefined in it is a bug. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** The hashes of an event: of the previous hash and every field, each on a line of JSON of its own. */
export function linkOf(previous: Link, event: LoggedEvent): Link {
  const text = [
    event.region,
    event.seq.toString(),
    event.at,
    event.actor,
    event.actorName,
    event.type,
    event.subjectKind,
    event.subject,
    event.year,
    event.body,
  ]
    .map((part) => JSON.stringify(part))
    .join("\n");
  return {
    sha256: createHash("sha256").update(`${previous.sha256}\n${text}`).digest("hex"),
    sm3: createHash("sm3").update(`${previous.sm3}\n${text}`).digest("hex"),
  };
}
