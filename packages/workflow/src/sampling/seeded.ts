/**
 * Chance that can be done again: the text of the seed is hashed by 32-bit FNV-1a over its UTF-16 bytes, spread to four words by splitmix32, and drawn from
 * by xoshiro128** (Blackman and Vigna). Good for drawing samples, not for secrets. The same seed gives the same numbers everywhere.
 */
export function seeded(seed: string): { readonly below: (limit: number) => number } {
  let spread = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) {
    const unit = seed.charCodeAt(index);
    spread = Math.imul(spread ^ (unit & 0xff), 0x01000193);
    spread = Math.imul(spread ^ (unit >>> 8), 0x01000193);
  }
  const splitmix = (): number => {
    spread = (spread + 0x9e3779b9) | 0;
    let word = Math.imul(spread ^ (spread >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  const next = (): number => {
    const turned = Math.imul(b, 5);
    const result = Math.imul((turned << 7) | (turned >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const below = (limit: number): number => {
    // Numbers past the last whole multiple would favour the low ones.
    const end = 2 ** 32 - (2 ** 32 % limit);
    for (let drawn = next(); ; drawn = next()) if (drawn < end) return drawn % limit;
  };
  return { below };
}
