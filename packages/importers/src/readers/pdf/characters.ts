/** Strokes of the dictionary that fonts give for the words themselves; normal forms know no word for these. */
const RADICALS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(
    "⺎兀⺏尣⺒巳⺓幺⺕彐⺗小⺝月⺠民⺩王⺫罒⺬示⺮竹⺶羊⺼月⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟⻯竜⻲亀⻫斉⻭歯⻌辶⺌小⺍小⺡氵⺘扌⺨犭⺭礻⻂衤⺾艹⻏阝⻖阝⺧牛⺻聿⺽臼⻊足⻟食",
  ).reduce<[string, string][]>((pairs, char, index, all) => {
    if (index % 2 === 0) pairs.push([char, all[index + 1] ?? char]);
    return pairs;
  }, []),
);

/** Forms of punctuation for writing downward. */
const UPRIGHT: Readonly<Record<string, string>> = {
  "︐": "，",
  "︑": "、",
  "︒": "。",
  "︓": "：",
  "︔": "；",
  "︕": "！",
  "︖": "？",
  "︵": "（",
  "︶": "）",
  "︷": "{",
  "︸": "}",
  "︹": "〔",
  "︺": "〕",
  "︻": "【",
  "︼": "】",
  "︽": "《",
  "︾": "》",
  "︿": "〈",
  "﹀": "〉",
  "﹁": "「",
  "﹂": "」",
  "﹃": "『",
  "﹄": "』",
  "︰": "：",
  "︱": "—",
  "︙": "…",
};

/** Older forms of a word that fonts draw with the same glyph; a file then may name either. */
const ALIKE: Readonly<Record<string, string>> = { 戶: "户", 戸: "户" };

/** Characters that say nothing to a reader: controls, soft hyphens, marks of direction and of byte order. */
const SILENT = /^[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+$/;

/**
 * A character of a PDF as people write it: radicals and compatibility forms as the words they show, ligatures as letters.
 * Where the font does not say what a glyph is it becomes U+FFFD; it is never guessed.
 */
export function plainCharacter(raw: string): { readonly text: string; readonly unmapped: boolean } {
  const code = raw.codePointAt(0) ?? 0;
  if (code >= 0x21 && code < 0x7f && raw.length === 1) return { text: raw, unmapped: false };
  if (raw === "" || SILENT.test(raw)) return { text: "", unmapped: false };
  if (code === 0x09 || code === 0x0a || code === 0x0d || code === 0x20 || code === 0xa0 || code === 0x3000)
    return { text: " ", unmapped: false };
  if (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    code === 0xfffd ||
    (code >= 0xe000 && code <= 0xf8ff) ||
    code >= 0xf0000
  )
    return { text: "\ufffd", unmapped: true };
  if (
    (code >= 0x2f00 && code <= 0x2fdf) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfb00 && code <= 0xfb06)
  ) {
    const plain = raw.normalize("NFKC");
    return { text: ALIKE[plain] ?? plain, unmapped: false };
  }
  if (code >= 0x2e80 && code <= 0x2eff)
    return { text: RADICALS[raw] ?? raw.normalize("NFKC"), unmapped: false };
  const plain = raw.normalize("NFC");
  return { text: UPRIGHT[plain] ?? ALIKE[plain] ?? plain, unmapped: false };
}
