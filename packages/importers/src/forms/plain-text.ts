import { remembered } from "@jiheng/domain";

const MARKUP = /<\/?(?:p|br|div|span|b|strong|em|i|u|font|li|ul|ol|table|tr|td|h[1-6])\b[^<>]{0,200}>/gi;
const HAS_MARKUP =
  /<\/?(?:p|br|div|span|b|strong|em|i|u|font|li|ul|ol|table|tr|td|h[1-6])\b[^<>]{0,200}>|&(?:nbsp|lt|gt|amp|quot|#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8});/i;
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: " ",
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  middot: "·",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  ge: "≥",
  le: "≤",
  times: "×",
  emsp: " ",
  ensp: " ",
};

/** Text of a cell for people: leaked markup becomes paragraphs joined by "\n", entities are decoded. `leaked` says so. */
export const plainText: (raw: string) => { readonly text: string; readonly leaked: boolean } =
  remembered(withoutMarkup);

function withoutMarkup(raw: string): { readonly text: string; readonly leaked: boolean } {
  if (!HAS_MARKUP.test(raw)) return { text: tidy(raw), leaked: false };
  const text = raw
    .replace(/<\/(?:p|div|li|tr|h[1-6])>|<br\b[^<>]{0,200}>/gi, "\n")
    .replace(MARKUP, "")
    .replace(
      /&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi,
      (whole, name: string) => decoded(name.toLowerCase()) ?? whole,
    );
  const paragraphs = text
    .split("\n")
    .map((line) => tidy(line))
    .filter((line) => line !== "");
  return { text: paragraphs.join("\n"), leaked: true };
}

function decoded(name: string): string | undefined {
  if (!name.startsWith("#")) return ENTITIES[name];
  const code = name.startsWith("#x")
    ? Number.parseInt(name.slice(2), 16)
    : Number.parseInt(name.slice(1), 10);
  if (!Number.isInteger(code) || code < 32 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    return undefined;
  return code === 160 ? " " : String.fromCodePoint(code);
}

function tidy(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      .replace(/[\u200b\ufeff]/g, "")
      // Runs of blanks are layout, and lost in some formats: one form reads alike from all of them.
      .replace(/[ \t\u00a0]{2,}/g, " ")
      .replace(/^[\s\u3000\u00a0]+|[\s\u3000\u00a0]+$/g, "")
  );
}

const HAN = "\\p{Script=Han}，。、；：？！（）《》〈〉“”‘’【】〔〕";
const WRAPPED = new RegExp(
  `(?<=[${HAN}])[\\s\\u3000\\u00a0]+(?=[${HAN}\\d≥≤＝%(])|(?<=[\\d)%:,])[\\s\\u3000\\u00a0]+(?=[${HAN}])`,
  "gu",
);

/** A label or name on one line: blanks and line breaks that only wrap Chinese text go, those between words stay one blank. */
export const oneLine: (text: string) => string = remembered((text) =>
  text
    .replace(WRAPPED, "")
    .replace(/[\s\u3000\u00a0]+/g, " ")
    .trim(),
);
