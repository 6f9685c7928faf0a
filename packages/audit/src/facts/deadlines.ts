/** The days a printed time may mean, first and last, as numbers yyyymmdd. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Whether a year is printed; else the given one was taken. */
  readonly hasYear: boolean;
}

const NUMERALS: Readonly<Record<string, number>> = {
  ...{ 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6 },
  ...{ 七: 7, 八: 8, 九: 9, 十: 10, 十一: 11, 十二: 12 },
};
const MONTH = "(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])";
const MOMENT = new RegExp(
  [
    "(?<number>(?<![\\d.])20\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?!\\d))",
    `(?:(?<year>20\\d{2})年(?:度)?)?(?<month>${MONTH})月(?:份)?(?:(?<day>[12]\\d|3[01]|0?[1-9])[日号]|(?<part>[上中下]旬|月?[底末初])(?!步))?`,
    "(?<year2>20\\d{2})[-./](?<month2>1[0-2]|0?[1-9])(?:[-./](?<day2>[12]\\d|3[01]|0?[1-9]))?(?!\\d)",
    "(?:(?<year3>20\\d{2})年(?:度)?)?(?:第?(?<quarter>[一二三四1-4])季度|(?<half>[上下]半年))(?:[底末])?",
    "(?:(?<year4>20\\d{2})|当|本|全)?年(?:度)?(?<end>[底末])",
    "(?<year5>20\\d{2})年(?:度)?(?:以?内|全年|当年)",
  ].join("|"),
  "g",
);
/** What names a beginning, or a stretch that starts there: no deadline. */
const NOT_A_DEADLINE = /(?:不早于|晚于|以后|之后|起(?!止)|开始|后)/;
const JOINED = /^(?:日|号)?\s*(?:至|到|—+|-+|~|～|－)\s*$/;

function monthOf(text: string): number {
  return NUMERALS[text] ?? Number(text);
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function day(year: number, month: number, of: number): number {
  return year * 10_000 + month * 100 + of;
}

function spanOf(match: RegExpMatchArray, assumed: number | null): Span | null {
  const g = match.groups ?? {};
  if (g.number) return { from: Number(g.number), to: Number(g.number), hasYear: true };
  const printed = g.year ?? g.year2 ?? g.year3 ?? g.year4 ?? g.year5;
  const year = printed === undefined ? assumed : Number(printed);
  if (year === null) return null;
  const hasYear = printed !== undefined;
  const months = (from: number, to: number): Span => ({
    from: day(year, from, 1),
    to: day(year, to, lastDay(year, to)),
    hasYear,
  });
  if (g.end) return { from: day(year, 12, 21), to: day(year, 12, 31), hasYear };
  if (g.year5) return months(1, 12);
  if (g.half) return g.half === "上半年" ? months(1, 6) : months(7, 12);
  if (g.quarter) {
    const quarter = monthOf(g.quarter);
    return months(quarter * 3 - 2, quarter * 3);
  }
  const month = monthOf(g.month ?? g.month2 ?? "");
  if (!(month >= 1 && month <= 12)) return null;
  const end = lastDay(year, month);
  const own = g.day ?? g.day2;
  if (own !== undefined) {
    const at = Number(own);
    return at > end ? null : { from: day(year, month, at), to: day(year, month, at), hasYear };
  }
  const part = g.part?.replace(/^月/, "") ?? "";
  const [first, last] =
    part === "上旬" || part === "初"
      ? [1, 10]
      : part === "中旬"
        ? [11, 20]
        : part === "下旬"
          ? [21, end]
          : [1, end];
  return part === "底" || part === "末"
    ? { from: day(year, month, 21), to: day(year, month, end), hasYear }
    : { from: day(year, month, first), to: day(year, month, last), hasYear };
}

/**
 * The one time a text names, a range by its end; null where it names none or several apart. A time without a year is of the given one.
 */
export function timeIn(text: string | null, year: number | null): Span | null {
  if (text === null || text.length > 60) return null;
  const bare = text.normalize("NFKC").replace(/\s+/g, "");
  const found: { readonly span: Span; readonly start: number; readonly end: number }[] = [];
  let known = year;
  for (const match of bare.matchAll(MOMENT)) {
    const span = spanOf(match, known);
    if (!span) continue;
    if (span.hasYear) known = Math.floor(span.to / 10_000);
    found.push({ span, start: match.index, end: match.index + match[0].length });
  }
  const [first, second] = found;
  if (!first || found.length > 2) return null;
  if (!second) return first.span;
  return JOINED.test(bare.slice(first.end, second.start)) ? second.span : null;
}

/** The last day a target leaves, or null where it is no deadline. */
export function deadlineIn(text: string | null, year: number | null): Span | null {
  if (text === null || NOT_A_DEADLINE.test(text.normalize("NFKC"))) return null;
  return timeIn(text, year);
}
