/** How the files of an archive begin (ZIP, local file header). */
export const FILE_OF_ARCHIVE: readonly number[] = [0x50, 0x4b, 0x03, 0x04];
/** How the lines of a text end. */
export const LINE: readonly number[] = [0x0a];

/** Counts how often a sign comes in a stream of parts; one that is cut in two by the end of a part is counted once. */
export function signCounter(sign: readonly number[]): (part: Uint8Array) => number {
  let count = 0;
  let met = 0;
  return (part) => {
    for (const byte of part) {
      if (byte === sign[met]) met += 1;
      else met = byte === sign[0] ? 1 : 0;
      if (met === sign.length) {
        count += 1;
        met = 0;
      }
    }
    return count;
  };
}

/** Bytes in KB or MB, for reading. */
export function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
