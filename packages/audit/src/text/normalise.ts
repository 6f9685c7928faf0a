import { remembered } from "@jiheng/domain";

/** Full-width letters, digits and signs beside their half-width forms; one code unit each, so that places are kept. */
const OTHER_WIDTH = /[\uFF01-\uFF5E\u3000\u00A0﹤﹥﹙﹚﹐﹑﹔﹕﹪−–✕✖╳·•]/g;

const OTHER: Readonly<Record<string, string>> = {
  "﹤": "<",
  "﹥": ">",
  "﹙": "(",
  "﹚": ")",
  "﹐": ",",
  "﹑": "、",
  "﹔": ";",
  "﹕": ":",
  "﹪": "%",
  "−": "-",
  "–": "-",
  "✕": "×",
  "✖": "×",
  "╳": "×",
  "·": "·",
  "•": "·",
};

/**
 * The text with full-width letters, digits and signs made half-width. Length and positions stay the same, so a place
 * found in it is a place in the text as printed. 。、《》〔〕 and quotation marks have no half-width form and stay.
 */
export const normaliseText: (text: string) => string = remembered(
  (text) => text.replace(OTHER_WIDTH, halfWidthOf),
  // The prose of a form is normalised by reading after reading; a few forms' worth is kept.
  { limit: 500, longest: 10_000 },
);

function halfWidthOf(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  return code === 0x3000 || code === 0xa0 ? " " : (OTHER[sign] ?? sign);
}

const OTHER_CONTENT = /[\p{L}\p{N}]/u;

/** Letters, digits and %; the common ranges are asked first, they are nearly all of a Chinese text. */
function isContent(normal: string, index: number): boolean {
  const code = normal.charCodeAt(index);
  if (code >= 0x4e00 && code <= 0x9fff) return true;
  if (code < 0x80)
    return (
      (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 37
    );
  return OTHER_CONTENT.test(normal.charAt(index));
}

/** Letters, digits and % only, of the normalised text, with the place of each in the text: for comparing wordings. */
export function contentOf(text: string): { readonly text: string; readonly places: readonly number[] } {
  const normal = normaliseText(text);
  const places: number[] = [];
  let content = "";
  let start = 0;
  for (let i = 0; i < normal.length; i++) {
    if (isContent(normal, i)) places.push(i);
    else {
      if (i > start) content += normal.slice(start, i);
      start = i + 1;
    }
  }
  return { text: start === 0 ? normal : content + normal.slice(start), places };
}
