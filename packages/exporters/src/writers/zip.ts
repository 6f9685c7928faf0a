import { deflateSync, strToU8 } from "fflate";

/** 2020-01-01 00:00 as archives write it: every file carries one moment, so that the same content gives the same bytes. */
const FIXED_DATE = ((2020 - 1980) << 9) | (1 << 5) | 1;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const STORED = 0;
const DEFLATED = 8;

/** Four tables of 256, so that four bytes are taken at a time. */
const CRC_TABLE = new Int32Array(1024);
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  CRC_TABLE[byte] = value;
}
for (let at = 256; at < 1024; at++) {
  const before = CRC_TABLE[at - 256] as number;
  CRC_TABLE[at] = (before >>> 8) ^ (CRC_TABLE[before & 255] as number);
}

/** The checksum that archives keep of each file. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  let at = 0;
  for (const whole = bytes.length - 3; at < whole; at += 4) {
    crc ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    crc =
      (CRC_TABLE[768 + (crc & 255)] as number) ^
      (CRC_TABLE[512 + ((crc >>> 8) & 255)] as number) ^
      (CRC_TABLE[256 + ((crc >>> 16) & 255)] as number) ^
      (CRC_TABLE[crc >>> 24] as number);
  }
  for (; at < bytes.length; at++)
    crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ (bytes[at] as number)) & 255] as number);
  return ~crc >>> 0;
}

interface Packed {
  readonly method: typeof STORED | typeof DEFLATED;
  readonly crc: number;
  readonly size: number;
  readonly data: Uint8Array;
}

function pack(bytes: Uint8Array): Packed {
  const deflated = deflateSync(bytes, { level: 6, mem: 4 });
  const shorter = deflated.length < bytes.length;
  return {
    method: shorter ? DEFLATED : STORED,
    crc: crc32(bytes),
    size: bytes.length,
    data: shorter ? deflated : bytes,
  };
}

/** Parts that nearly every file has word for word: styles, settings, relationships. Packed once. */
const packed = new Map<string, Packed>();
const MOST_KEPT = 64;
const LONGEST_KEPT = 16_384;

function packText(text: string): Packed {
  if (text.length > LONGEST_KEPT) return pack(strToU8(text));
  const known = packed.get(text);
  if (known) return known;
  const fresh = pack(strToU8(text));
  if (packed.size >= MOST_KEPT) packed.delete(packed.keys().next().value as string);
  packed.set(text, fresh);
  return fresh;
}

/** Most files, and most bytes, an archive without the extension for large ones holds. */
const MOST_FILES = 65_535;
const MOST_BYTES = 0xffff_fff0;

function archiveOf(files: readonly (readonly [name: string, content: Packed])[]): Uint8Array {
  const names = files.map(([name]) => strToU8(name));
  let data = 0;
  let directory = 0;
  for (const [index, [, content]] of files.entries()) {
    const name = names[index]?.length ?? 0;
    data += 30 + name + content.data.length;
    directory += 46 + name;
  }
  if (files.length > MOST_FILES || data + directory > MOST_BYTES)
    throw new RangeError(`zip: ${files.length} files with ${data} bytes are more than one archive holds`);
  const bytes = new Uint8Array(data + directory + 22);
  const view = new DataView(bytes.buffer);
  let at = 0;
  let entry = data;
  for (const [index, [, content]] of files.entries()) {
    const name = names[index] as Uint8Array;
    const start = at;
    const fields = (offset: number): void => {
      view.setUint16(offset, 20, true);
      view.setUint16(offset + 2, FLAGS, true);
      view.setUint16(offset + 4, content.method, true);
      view.setUint16(offset + 6, 0, true);
      view.setUint16(offset + 8, FIXED_DATE, true);
      view.setUint32(offset + 10, content.crc, true);
      view.setUint32(offset + 14, content.data.length, true);
      view.setUint32(offset + 18, content.size, true);
      view.setUint16(offset + 22, name.length, true);
    };
    view.setUint32(at, 0x04034b50, true);
    fields(at + 4);
    bytes.set(name, at + 30);
    bytes.set(content.data, at + 30 + name.length);
    at += 30 + name.length + content.data.length;
    view.setUint32(entry, 0x02014b50, true);
    view.setUint16(entry + 4, 20, true);
    fields(entry + 6);
    view.setUint32(entry + 42, start, true);
    bytes.set(name, entry + 46);
    entry += 46 + name.length;
  }
  view.setUint32(entry, 0x06054b50, true);
  view.setUint16(entry + 8, files.length, true);
  view.setUint16(entry + 10, files.length, true);
  view.setUint32(entry + 12, directory, true);
  view.setUint32(entry + 16, data, true);
  return bytes;
}

/** The parts of an Office file as one package, in their order; the same in every time zone. */
export function zipParts(parts: Readonly<Record<string, string>>): Uint8Array {
  return archiveOf(Object.entries(parts).map(([name, text]) => [name, packText(text)]));
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
 * case by a number in brackets; a folder in a name is kept. Throws where there are more files than an archive holds.
 */
export function zipFiles(files: readonly ZipEntry[]): Uint8Array {
  const taken = new Set<string>();
  const archive: [string, Packed][] = [];
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
    archive.push([full, pack(bytes)]);
  }
  return archiveOf(archive);
}
