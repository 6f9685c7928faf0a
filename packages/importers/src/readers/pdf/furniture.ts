import type { LooseLine, PageBody } from "./page-body.ts";

/** The part of the height of a page, at its top and at its foot, in which headers and footers stand. */
const BAND = 0.09;
const NUMBER_BAND = 0.14;

const PAGE_NUMBER =
  /^(?:第\s*[\d〇一二三四五六七八九十百]+\s*页(?:\s*[,，、/|]?\s*共\s*[\d〇一二三四五六七八九十百]+\s*页)?|共\s*\d+\s*页\s*[,，]?\s*第\s*\d+\s*页|[-—–－~·\s]*\d{1,4}[-—–－~·\s]*|\d{1,4}\s*[/／]\s*\d{1,4}|(?:Page\s*)?\d{1,4}\s*of\s*\d{1,4}|[ivxIVX]{1,6})$/i;
/** A form's own title stands at the same place on every page and is no header. */
const TITLE = /(?:绩效|自评|评价|申报|监控|复核).{0,12}表/;
/** What browsers print around a page: an address, the time of printing. */
const PRINTED = /(?:https?|file):\/\/\S+|^\d{4}[/-]\d{1,2}[/-]\d{1,2}[,，]?\s*(?:上午|下午)?\s*\d{1,2}:\d{2}/;

const keyOf = ({ line, top, bottom }: LooseLine, height: number): string =>
  `${line.text.replace(/\d+/g, "#").replace(/\s+/g, "")}@${top < height / 2 ? Math.round(top / 6) : -Math.round((height - bottom) / 6)}`;

/** Page numbers, running headers and footers of a file: lines that belong to the paper, not to what is printed on it. */
export function furnitureOf(bodies: readonly PageBody[]): Set<LooseLine> {
  const found = new Set<LooseLine>();
  const seen = new Map<string, LooseLine[]>();
  for (const { page, items } of bodies) {
    const { height } = page;
    for (const item of items) {
      if (item.kind === "table") continue;
      const near = (band: number): boolean => item.bottom < band * height || item.top > (1 - band) * height;
      const text = item.line.text.trim();
      if (near(NUMBER_BAND) && PAGE_NUMBER.test(text)) found.add(item);
      else if (near(BAND) && item.line.parts.some((part) => PRINTED.test(part.text.trim()))) found.add(item);
      else if (near(NUMBER_BAND) && item.artifact && !TITLE.test(text)) found.add(item);
      else if (near(BAND) && !TITLE.test(text)) {
        const key = keyOf(item, height);
        const list = seen.get(key);
        if (list) list.push(item);
        else seen.set(key, [item]);
      }
    }
  }
  for (const list of seen.values()) if (list.length > 1) for (const item of list) found.add(item);
  return found;
}
