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

const NOT_CONTENT = /[^\p{L}\p{N}%]/u;

/** Letters, digits and % only, of the normalised text, with the place of each in the text: for comparing wordings. */
export function contentOf(text: string): { readonly text: string; readonly places: readonly number[] } {
  const normal = normaliseText(text);
  const places: number[] = [];
  let content = "";
  for (let i = 0; i < normal.length; i++) {
    const sign = normal.charAt(i);
    if (NOT_CONTENT.test(sign)) continue;
    content += sign;
    places.push(i);
  }
  return { text: content, places };
}
