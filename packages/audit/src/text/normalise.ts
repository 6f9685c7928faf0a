/** Full-width letters, digits and signs beside their half-width forms; one code unit each, so that places are kept. */
const FULL_WIDTH = /[\uFF01-\uFF5E\u3000\u00A0]/g;
const OTHER_WIDTH = /[﹤﹥﹙﹚﹐﹑﹔﹕﹪−–✕✖╳·•]/g;

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
export function normaliseText(text: string): string {
  return text
    .replace(FULL_WIDTH, (sign) =>
      sign === "\u3000" || sign === "\u00A0" ? " " : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
    )
    .replace(OTHER_WIDTH, (sign) => OTHER[sign] ?? sign);
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
  for (let i = 0; i < normal.length; i++) {
    if (!isContent(normal, i)) continue;
    content += normal.charAt(i);
    places.push(i);
  }
  return { text: content, places };
}
