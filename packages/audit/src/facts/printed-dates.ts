/** A day or month as printed. The day is null where only the month is. */
export interface PrintedDate {
  readonly raw: string;
  readonly year: number;
  readonly month: number;
  readonly day: number | null;
  /** The words right after it, up to forty characters. */
  readonly after: string;
}

const DATE = /(?:([12][0-9]{3})\s*[年./-]\s*)?([01]?[0-9])\s*[月./-]\s*(?:([0-3]?[0-9])\s*[日号]?)?/g;

/** The dates of a text that say at least a month; a month without a year is of the form's year. Ranges count by their ends. */
export function datesIn(text: string | null, formYear: number | null): readonly PrintedDate[] {
  if (text === null) return [];
  const found: PrintedDate[] = [];
  for (const match of text.matchAll(DATE)) {
    const [raw, year, month, day] = match;
    const printedMonth = Number(month);
    const printedDay = day === undefined ? null : Number(day);
    if (printedMonth < 1 || printedMonth > 12 || (printedDay !== null && (printedDay < 1 || printedDay > 31)))
      continue;
    // Without 年 or 月 three numbers with stops may be anything; only 2024.10.20 and the like are dates.
    if (!raw.includes("月") && (year === undefined || day === undefined)) continue;
    const own = year === undefined ? formYear : Number(year);
    if (own === null) continue;
    const end = match.index + raw.length;
    found.push({
      raw: raw.trim(),
      year: own,
      month: printedMonth,
      day: printedDay,
      after: text.slice(end, end + 40),
    });
  }
  return found;
}

/** A number by which dates are ordered; a month without a day counts as its last day. */
export function dayOf({ year, month, day }: PrintedDate): number {
  return (year * 12 + (month - 1)) * 32 + (day ?? 31);
}

/** Whether a lies before b for sure; where one of them names no day, months are compared. */
export function isBefore(a: PrintedDate, b: PrintedDate): boolean {
  if (a.day !== null && b.day !== null) return dayOf(a) < dayOf(b);
  return a.year * 12 + a.month < b.year * 12 + b.month;
}
