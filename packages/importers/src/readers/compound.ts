import { RefusedError } from "./refusals.ts";

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ENTRY = 128;
/** Sector numbers from here on are marks: end of chain, free, part of the table itself. */
const LAST_SECTOR = 0xfffffffa;
/** Directory entries looked at; an old workbook has some twenty. */
const ENTRIES = 4_096;

const broken = (): RefusedError =>
  new RefusedError(
    "damaged-xls",
    "旧版工作簿已损坏或不完整，无法读取",
    "请用 Excel 或 WPS 打开，另存为 .xlsx 后再读",
  );

/** True where bytes begin as a compound file (Office 97–2003). */
export function isCompound(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/**
 * One stream of a compound file by the first of the names that is there; null where none is. Chains of sectors are followed
 * no longer than the file has sectors, so that a loop in them ends.
 */
export function compoundStream(bytes: Uint8Array, names: readonly string[]): Uint8Array | null {
  if (bytes.length < 512) throw broken();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = view.getUint16(30, true);
  const miniShift = view.getUint16(32, true);
  if ((shift !== 9 && shift !== 12) || miniShift !== 6) throw broken();
  const size = 1 << shift;
  const sectors = Math.ceil((bytes.length - 512) / size);
  const offsetOf = (sector: number): number => 512 + sector * size - (shift === 12 ? 512 - size : 0);

  const tables: number[] = [];
  for (let k = 0; k < 109; k += 1) tables.push(view.getUint32(76 + k * 4, true));
  let more = view.getUint32(68, true);
  for (let k = 0; more < LAST_SECTOR && k <= sectors; k += 1) {
    const at = offsetOf(more);
    if (at + size > bytes.length) break;
    for (let each = 0; each < size / 4 - 1; each += 1) tables.push(view.getUint32(at + each * 4, true));
    more = view.getUint32(at + size - 4, true);
  }
  const nextOf = (sector: number): number => {
    const table = tables[Math.floor(sector / (size / 4))];
    if (table === undefined || table >= LAST_SECTOR) throw broken();
    const at = offsetOf(table) + (sector % (size / 4)) * 4;
    if (at + 4 > bytes.length) throw broken();
    return view.getUint32(at, true);
  };
  const chain = (start: number, limit: number): Uint8Array => {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (let sector = start, k = 0; sector < LAST_SECTOR && length < limit; k += 1) {
      const at = offsetOf(sector);
      if (k > sectors || at >= bytes.length) throw broken();
      const piece = bytes.subarray(at, Math.min(at + size, bytes.length));
      pieces.push(piece);
      length += piece.length;
      if (length < limit) sector = nextOf(sector);
    }
    return joined(pieces, Math.min(length, limit));
  };

  const directory = chain(view.getUint32(48, true), ENTRIES * ENTRY);
  const entries = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const decoder = new TextDecoder("utf-16le");
  let root: { start: number; size: number } | null = null;
  const found = new Map<string, { start: number; size: number }>();
  for (let at = 0; at + ENTRY <= directory.length; at += ENTRY) {
    const nameLength = entries.getUint16(at + 64, true);
    if (nameLength < 2 || nameLength > 64) continue;
    const place = { start: entries.getUint32(at + 116, true), size: entries.getUint32(at + 120, true) };
    if (directory[at + 66] === 5) root = place;
    else if (directory[at + 66] === 2)
      found.set(decoder.decode(directory.subarray(at, at + nameLength - 2)).toLowerCase(), place);
  }
  for (const name of names) {
    const entry = found.get(name.toLowerCase());
    if (!entry) continue;
    if (entry.size > bytes.length) throw broken();
    if (entry.size >= view.getUint32(56, true)) return chain(entry.start, entry.size);
    if (!root) throw broken();
    return miniChain(entry, chain(root.start, bytes.length), chain(view.getUint32(60, true), bytes.length));
  }
  return null;
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    out.set(piece.subarray(0, length - at), at);
    at += Math.min(piece.length, length - at);
  }
  return out;
}

/** A short stream, kept in sectors of 64 bytes inside the stream of the root. */
function miniChain(entry: { start: number; size: number }, store: Uint8Array, table: Uint8Array): Uint8Array {
  const next = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let sector = entry.start; sector < LAST_SECTOR && length < entry.size; ) {
    if (sector * 64 >= store.length || sector * 4 + 4 > table.length || pieces.length > table.length / 4)
      throw broken();
    const piece = store.subarray(sector * 64, sector * 64 + 64);
    pieces.push(piece);
    length += piece.length;
    sector = next.getUint32(sector * 4, true);
  }
  return joined(pieces, Math.min(length, entry.size));
}
