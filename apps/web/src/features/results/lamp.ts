import type { Answered } from "../../api/operations-of.ts";

type Entry = Answered<"listRectifications">["items"][number];

/** How a rectification stands against its deadline; what was put off or asked to be is told beside being late. */
export interface DeadlineLamp {
  readonly light: "overdue" | "soon" | "in-time" | "done";
  readonly isAsked: boolean;
  /** The deadline before it was put off for the first time; null where it never was. */
  readonly original: string | null;
}

const SOON = 7;

/** The lamp of an entry on a day (YYYY-MM-DD): late, due within seven days, in time, or accepted. */
export function lampOf(
  { state, due, overdue, extensions }: Pick<Entry, "state" | "due" | "overdue" | "extensions">,
  today: string,
): DeadlineLamp {
  const left = (Date.parse(due) - Date.parse(today)) / 86_400_000;
  return {
    light: state === "verified" ? "done" : overdue ? "overdue" : left <= SOON ? "soon" : "in-time",
    isAsked: extensions.some(({ granted }) => granted === null),
    original: extensions.find(({ granted }) => granted === true)?.from ?? null,
  };
}
