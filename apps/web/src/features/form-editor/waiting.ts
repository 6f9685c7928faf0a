import type { Edit } from "@jiheng/workflow";

/** Edits that this browser typed and the server does not have: they survive a closed browser. */
const keyOf = (submission: string): string => `jiheng.draft.${submission}`;

/** What waits of a form; nothing where nothing does or it cannot be read. */
export function readWaiting(submission: string): readonly Edit[] {
  try {
    const text = localStorage.getItem(keyOf(submission));
    const kept: unknown = text === null ? [] : JSON.parse(text);
    return Array.isArray(kept) ? (kept as Edit[]) : [];
  } catch {
    return [];
  }
}

/** Keeps what waits; false where the browser has no room, so that the person can be told. */
export function keepWaiting(submission: string, edits: readonly Edit[]): boolean {
  try {
    if (edits.length === 0) localStorage.removeItem(keyOf(submission));
    else localStorage.setItem(keyOf(submission), JSON.stringify(edits));
    return true;
  } catch {
    return false;
  }
}
