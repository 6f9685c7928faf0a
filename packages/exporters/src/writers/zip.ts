import { strToU8, zipSync } from "fflate";

/** The one moment every written file carries, so that the same content gives the same bytes. */
const FIXED_TIME = new Date("2020-01-01T00:00:00Z");

/** The parts of an Office file as one package, in their order. */
export function zipParts(parts: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), {
    mtime: FIXED_TIME,
  });
}

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get into a name
const UNSAFE = /[\u0000-\u001f\u007f<>:"|?*\\\ufffe\uffff]|\p{Cf}|[\ud800-\udfff]/gu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const LONGEST = 120;

/** A name every system can unpack into a folder: no way out of it, nothing a file name must not hold. */
function safeSegment(segment: string): string {
  const clean = segment
    .replace(UNSAFE, "_")
    .replace(/^[\s.]+|[\s.]+$/g, "")
    .trim();
  if (clean === "") return "_";
  return RESERVED.test(clean) ? `_${clean}` : clean;
}

function shortened(name: string, ending: string, tail: string): string {
  const room = LONGEST - ending.length - tail.length;
  const characters = Array.from(name);
  return (characters.length > room ? characters.slice(0, room).join("") : name) + tail + ending;
}

/**
 * Files as one archive: the same files give the same bytes. Names are made safe to unpack, and unique without regard to
 * case by a number in brackets; a folder in a name is kept.
 */
export function zipFiles(files: readonly ZipEntry[]): Uint8Array {
  const taken = new Set<string>();
  const archive: Record<string, Uint8Array> = {};
  for (const { name, bytes } of files) {
    const segments = name.split("/").map(safeSegment);
    const file = segments.pop() ?? "_";
    const folder = segments.map((segment) => `${shortened(segment, "", "")}/`).join("");
    const ending = /\.[A-Za-z0-9]{1,5}$/.exec(file)?.[0] ?? "";
    const stem = file.slice(0, file.length - ending.length);
    let full = folder + shortened(stem, ending, "");
    for (let count = 2; taken.has(full.normalize("NFC").toLowerCase()); count++)
      full = folder + shortened(stem, ending, `（${count}）`);
    taken.add(full.normalize("NFC").toLowerCase());
    archive[full] = bytes;
  }
  return zipSync(archive, { mtime: FIXED_TIME });
}
