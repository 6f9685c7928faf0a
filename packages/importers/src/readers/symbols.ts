import { remembered } from "@jiheng/domain";

/** Characters of symbol fonts that forms use for tick boxes, bullets and signs, by font and low byte of the code. */
const FONTS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  wingdings: {
    108: "●",
    110: "■",
    111: "□",
    112: "□",
    113: "□",
    114: "□",
    117: "◆",
    119: "◆",
    159: "•",
    161: "○",
    167: "▪",
    168: "□",
    216: "➢",
    224: "→",
    251: "×",
    252: "√",
    253: "☒",
    254: "☑",
  },
  "wingdings 2": {
    79: "×",
    80: "√",
    81: "☒",
    82: "☑",
    83: "☒",
    84: "☒",
    151: "●",
    162: "■",
    163: "□",
    164: "□",
    48: "□",
  },
  symbol: {
    37: "%",
    43: "+",
    45: "－",
    60: "<",
    61: "=",
    62: ">",
    163: "≤",
    177: "±",
    179: "≥",
    180: "×",
    183: "•",
    184: "÷",
    185: "≠",
    187: "≈",
    214: "√",
    215: "·",
  },
};

/** The symbol font a font name stands for, or null where it is an ordinary one. */
export function symbolFont(name: string | undefined): string | null {
  return name === undefined ? null : fontOf(name);
}

const fontOf = remembered((name) => {
  const key = name.trim().toLowerCase();
  return key in FONTS ? key : null;
});

/** The character a code of a symbol font shows, or null where it is not known. Private codes F020–F0FF count as 20–FF. */
export function symbolCharacter(font: string, code: number): string | null {
  return FONTS[font]?.[code >= 0xf000 && code <= 0xf0ff ? code & 0xff : code] ?? null;
}

/** Text in a symbol font (null: an ordinary one) as ordinary characters; unknown ones stay. */
export function symbolText(text: string, font: string | null): string {
  if (font === null) return text;
  let out = "";
  for (const char of text) out += symbolCharacter(font, char.codePointAt(0) ?? 0) ?? char;
  return out;
}
