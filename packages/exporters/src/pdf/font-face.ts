/** What layout needs to know of a TrueType font: which characters it has and how wide they are. */
export interface FontFace {
  has(codePoint: number): boolean;
  /** Advance of a character in thousandths of the font size; 1000 for one that the font does not have. */
  advance(codePoint: number): number;
}

/** Reads the character map and the widths out of a TrueType file. Throws where it has no full Unicode map. */
export function openFontFace(bytes: Uint8Array): FontFace {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const entry = 12 + index * 16;
    tables.set(String.fromCharCode(...bytes.subarray(entry, entry + 4)), view.getUint32(entry + 8));
  }
  const at = (name: string): number => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`font: no table ${name}`);
    return offset;
  };
  const unitsPerEm = view.getUint16(at("head") + 18);
  const measured = view.getUint16(at("hhea") + 34);
  const widths = at("hmtx");
  const glyphs = fullUnicodeMap(view, at("cmap"));
  return {
    has: (codePoint) => glyphs.has(codePoint),
    advance(codePoint) {
      const glyph = glyphs.get(codePoint);
      if (glyph === undefined) return 1000;
      return (view.getUint16(widths + Math.min(glyph, measured - 1) * 4) * 1000) / unitsPerEm;
    },
  };
}

/** Subtable of format 12: the one that reaches beyond the first 65,536 characters. */
function fullUnicodeMap(view: DataView, cmap: number): ReadonlyMap<number, number> {
  for (let index = 0; index < view.getUint16(cmap + 2); index++) {
    const table = cmap + view.getUint32(cmap + 8 + index * 8);
    if (view.getUint16(table) !== 12) continue;
    const glyphs = new Map<number, number>();
    for (let group = 0; group < view.getUint32(table + 12); group++) {
      const entry = table + 16 + group * 12;
      const first = view.getUint32(entry);
      const last = view.getUint32(entry + 4);
      for (let code = first; code <= last; code++) glyphs.set(code, view.getUint32(entry + 8) + code - first);
    }
    return glyphs;
  }
  throw new Error("font: no character map of format 12");
}
