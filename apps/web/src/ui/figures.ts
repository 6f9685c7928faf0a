import { language } from "../i18n/words.ts";
import { CHINA } from "./china-day.ts";

const GROUPED = new Intl.NumberFormat(language, { useGrouping: true });
const MOMENT = new Intl.DateTimeFormat(language, {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: CHINA,
});
const DAY = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: CHINA });

/** Yuan as the interface gives them (exact text) in 万元 with two digits for reading; a dash where there is none. Rounded half up. */
export function inWan(yuan: string | null | undefined): string {
  if (yuan === null || yuan === undefined || yuan === "") return "—";
  const sign = yuan.startsWith("-") ? -1n : 1n;
  const [whole = "0", part = ""] = yuan.replace("-", "").split(".");
  const fen = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0").slice(0, 2));
  const hundredths = ((fen + 5_000n) / 10_000n) * sign;
  const rest = String((hundredths < 0n ? -hundredths : hundredths) % 100n).padStart(2, "0");
  const wan = hundredths / 100n;
  return `${hundredths < 0n && wan === 0n ? "-" : ""}${GROUPED.format(wan)}.${rest}`;
}

/** A count with its thousands set apart. */
export function count(value: number): string {
  return GROUPED.format(value);
}

/** An instant for reading; a dash where there is none. */
export function moment(instant: string | null | undefined): string {
  return instant ? MOMENT.format(new Date(instant)) : "—";
}

/** The day of an instant for reading; a dash where there is none. */
export function day(instant: string | null | undefined): string {
  return instant ? DAY.format(new Date(instant)) : "—";
}

/** Exact decimal text with its thousands set apart; what is no number stays as it is. */
export function inGroups(text: string): string {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  return parts ? `${parts[1]}${GROUPED.format(BigInt(parts[2] ?? "0"))}${parts[3] ?? ""}` : text;
}
