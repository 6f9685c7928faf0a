/** Bytes of one part of a path: file systems take 255, and a year, a number and an ending still follow. */
const MOST_BYTES = 180;
/** Names that are devices where Windows is. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A part of a path that every file system takes: no signs with a meaning there, nothing hidden, not too long. */
export function safePart(text: string): string {
  let part = "";
  let bytes = 0;
  for (const letter of text.normalize("NFC").toWellFormed()) {
    const safe = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}<>:"/\\|?*]/u.test(letter) ? "_" : letter;
    bytes += Buffer.byteLength(safe);
    if (bytes > MOST_BYTES) break;
    part += safe;
  }
  const bare = part.replace(/^[. ]+|[. ]+$/g, "_");
  return bare === "" || DEVICES.test(bare) ? `_${bare}` : bare;
}

/** Gives every path once, also where capitals count for nothing: one that is taken gets a number. */
export function createPaths(): (path: string, ending: string) => string {
  const taken = new Map<string, number>();
  const keyOf = (path: string): string => path.normalize("NFKC").toLowerCase();
  return (path, ending) => {
    let number = taken.get(keyOf(path)) ?? 1;
    let unique = path;
    for (; number > 1 && taken.has(keyOf(unique)); number++) unique = `${path}（${number}）`;
    taken.set(keyOf(path), Math.max(number, 2));
    if (unique !== path) taken.set(keyOf(unique), 2);
    return `${unique}.${ending}`;
  };
}
