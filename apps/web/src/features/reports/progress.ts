/** Counts the lines of a text that comes in parts. */
export function lineCounter(): (part: Uint8Array) => number {
  let lines = 0;
  return (part) => {
    for (const byte of part) if (byte === LINE_END) lines += 1;
    return lines;
  };
}

const LINE_END = 0x0a;

/** Bytes in KB or MB, for reading. */
export function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
