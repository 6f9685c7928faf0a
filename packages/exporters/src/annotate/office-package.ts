import { deflateSync, Inflate } from "fflate";
import { crc32 } from "../writers/zip.ts";
import { NotAnnotated } from "./cell-comment.ts";

/** One entry as the central directory lists it. */
interface Entry {
  /** Where its record begins in the directory, and how long it is. */
  readonly record: number;
  readonly recordLength: number;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly expanded: number;
  /** Local header, and the end of everything that belongs to the entry: where the next one begins. */
  readonly offset: number;
  readonly data: number;
  end: number;
}

/** An office file as an archive that can be written again with some parts changed and all else as it was. */
export interface OfficePackage {
  readonly names: ReadonlySet<string>;
  has(name: string): boolean;
  /** The expanded bytes of a part. Refuses what is damaged, encrypted or too large. */
  read(name: string): Uint8Array;
  /**
   * The archive with parts changed or added. Entries that are not named keep their packed bytes, order, dates and extra
   * fields; changed ones keep their place, name and date; new ones come last.
   */
  rewrite(parts: ReadonlyMap<string, Uint8Array>): Uint8Array;
}

const ENTRIES = 4_000;
/** Bytes of one expanded part that is changed: it is held whole. The main part of a form has some hundred kilobytes. */
const PART = 96 * 1024 * 1024;
const RATIO = 300;
const RATIO_FREE = 4 * 1024 * 1024;
const STEP = 32 * 1024;
/** 1980-01-01, the first date an archive knows: new parts carry no clock. */
const DOS_DATE = 0x21;
const WIDE = 0xffffffff;

const RESAVE = "请用 Word、Excel 或 WPS 打开后另存一份再试";
const damaged = (what: string): NotAnnotated => new NotAnnotated(`文件不能加批注：${what}`, RESAVE);

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Where the end record stands. Its comment may hold anything, so it is searched from the end. */
function endRecord(bytes: Uint8Array, view: DataView): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at -= 1)
    if (bytes[at] === 0x50 && view.getUint32(at, true) === 0x06054b50) return at;
  throw damaged("压缩结构不完整，末尾的目录缺失");
}

/** The extra fields without the one of wide sizes, which a changed entry no longer needs. */
function withoutWide(extra: Uint8Array): Uint8Array {
  const view = viewOf(extra);
  const kept: Uint8Array[] = [];
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = Math.min(extra.length, at + 4 + view.getUint16(at + 2, true));
    if (view.getUint16(at, true) !== 1) kept.push(extra.subarray(at, end));
    at = end;
  }
  return joined(kept);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

interface Directory {
  readonly entries: Map<string, Entry>;
  /** The entries in the order of the directory. */
  readonly listed: readonly { readonly name: string; readonly entry: Entry }[];
  readonly offset: number;
  readonly end: number;
}

function directoryOf(bytes: Uint8Array): Directory {
  const view = viewOf(bytes);
  const end = endRecord(bytes, view);
  const count = view.getUint16(end + 10, true);
  const offset = view.getUint32(end + 16, true);
  if (count === 0xffff || offset === WIDE || view.getUint16(end + 8, true) !== count)
    throw damaged("压缩包用了 zip64 或分卷的写法");
  if (count > ENTRIES) throw damaged(`压缩包内有 ${count} 个条目，超过 ${ENTRIES} 个的上限`);
  const entries = new Map<string, Entry>();
  const listed: { name: string; entry: Entry }[] = [];
  const decoder = new TextDecoder();
  let at = offset;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw damaged("压缩目录不完整");
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const recordEnd = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (recordEnd > end) throw damaged("压缩目录不完整");
    // Some writers on Windows separate folders by backslashes.
    const name = decoder.decode(bytes.subarray(at + 46, nameEnd)).replaceAll("\\", "/");
    const packed = view.getUint32(at + 20, true);
    const expanded = view.getUint32(at + 24, true);
    const local = view.getUint32(at + 42, true);
    if (packed === WIDE || expanded === WIDE || local === WIDE) throw damaged("压缩包用了 zip64 的写法");
    if (entries.has(name)) throw damaged(`压缩包内有两个“${name.slice(0, 60)}”`);
    if (local + 30 > offset || view.getUint32(local, true) !== 0x04034b50)
      throw damaged(`压缩包内 ${name.slice(0, 60)} 的数据缺失`);
    const data = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const entry: Entry = {
      record: at,
      recordLength: recordEnd - at,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      crc: view.getUint32(at + 16, true),
      packed,
      expanded,
      offset: local,
      data,
      end: data + packed,
    };
    entries.set(name, entry);
    listed.push({ name, entry });
    at = recordEnd;
  }
  // Entries that overlap are one way to hide a bomb; and their bytes could not be kept apart.
  const placed = [...entries.values()].sort((a, b) => a.offset - b.offset);
  for (const [index, entry] of placed.entries()) {
    const next = placed[index + 1]?.offset ?? offset;
    if (entry.end > next) throw damaged("压缩包内的条目互相重叠或被截断");
    entry.end = next;
  }
  return { entries, listed, offset, end };
}

function expand(bytes: Uint8Array, name: string, entry: Entry): Uint8Array {
  const { expanded, packed } = entry;
  if (entry.encrypted) throw new NotAnnotated("文件设有密码，不能加批注", "请取消密码，保存后再试");
  if (entry.method !== 0 && entry.method !== 8) throw damaged(`${name} 用了少见的压缩方法`);
  if (expanded > PART) throw damaged(`${name} 展开后超过 ${PART / 1048576} MB 的上限`);
  if (expanded > RATIO_FREE && expanded > packed * RATIO)
    throw damaged(`${name} 的压缩倍数异常，疑似恶意压缩`);
  const source = bytes.subarray(entry.data, entry.data + packed);
  const out = new Uint8Array(expanded);
  let filled = 0;
  const take = (piece: Uint8Array): void => {
    if (filled + piece.length > expanded) throw damaged(`${name} 展开后的大小与目录所写不符`);
    out.set(piece, filled);
    filled += piece.length;
  };
  if (entry.method === 0) take(source);
  else {
    const waiting: Uint8Array[] = [];
    const stream = new Inflate((piece) => waiting.push(piece));
    for (let at = 0; at < source.length; at += STEP) {
      try {
        stream.push(source.subarray(at, at + STEP), at + STEP >= source.length);
      } catch {
        throw damaged(`${name} 的数据已损坏`);
      }
      for (const piece of waiting.splice(0)) take(piece);
    }
  }
  if (filled !== expanded) throw damaged(`${name} 展开后的大小与目录所写不符`);
  if (crc32(out) !== entry.crc) throw damaged(`${name} 的校验和不符，内容已损坏`);
  return out;
}

interface Written {
  readonly method: number;
  readonly crc: number;
  readonly data: Uint8Array;
  readonly expanded: number;
}

function packed(bytes: Uint8Array, method: number): Written {
  return {
    method,
    crc: crc32(bytes),
    data: method === 0 ? bytes : deflateSync(bytes, { level: 6 }),
    expanded: bytes.length,
  };
}

/** Writes sizes, method and checksum where both kinds of header have them, `shift` bytes apart. */
function describeIn(header: Uint8Array, shift: number, { method, crc, data, expanded }: Written): void {
  const view = viewOf(header);
  // Bit 3: sizes follow the data. They now stand in the header.
  view.setUint16(6 + shift, view.getUint16(6 + shift, true) & ~8, true);
  view.setUint16(8 + shift, method, true);
  view.setUint32(14 + shift, crc, true);
  view.setUint32(18 + shift, data.length, true);
  view.setUint32(22 + shift, expanded, true);
}

/** Opens an office file as an archive; nothing is inflated yet. */
export function openPackage(bytes: Uint8Array): OfficePackage {
  const { entries, listed, offset, end } = directoryOf(bytes);

  const rewrite = (parts: ReadonlyMap<string, Uint8Array>): Uint8Array => {
    if (parts.size === 0) return bytes;
    const changed = new Map<Entry, Written>();
    const added: { name: Uint8Array; written: Written }[] = [];
    for (const [name, content] of parts) {
      const entry = entries.get(name);
      if (entry) changed.set(entry, packed(content, entry.method));
      else added.push({ name: new TextEncoder().encode(name), written: packed(content, 8) });
    }
    const pieces: Uint8Array[] = [];
    let at = 0;
    const put = (piece: Uint8Array): void => {
      pieces.push(piece);
      at += piece.length;
    };
    const places = new Map<Entry, number>();
    const placed = [...entries.values()].sort((a, b) => a.offset - b.offset);
    put(bytes.subarray(0, placed[0]?.offset ?? offset));
    for (const entry of placed) {
      places.set(entry, at);
      const written = changed.get(entry);
      if (!written) {
        put(bytes.subarray(entry.offset, entry.end));
        continue;
      }
      const nameLength = viewOf(bytes).getUint16(entry.offset + 26, true);
      const head = bytes.slice(entry.offset, entry.offset + 30 + nameLength);
      const extra = withoutWide(bytes.subarray(entry.offset + 30 + nameLength, entry.data));
      describeIn(head, 0, written);
      viewOf(head).setUint16(28, extra.length, true);
      put(head);
      put(extra);
      put(written.data);
    }
    const records: Uint8Array[] = listed.map(({ entry }) => {
      const record = bytes.slice(entry.record, entry.record + entry.recordLength);
      viewOf(record).setUint32(42, places.get(entry) ?? 0, true);
      const written = changed.get(entry);
      if (!written) return record;
      describeIn(record, 2, written);
      const nameEnd = 46 + viewOf(record).getUint16(28, true);
      const extraEnd = nameEnd + viewOf(record).getUint16(30, true);
      const extra = withoutWide(record.subarray(nameEnd, extraEnd));
      viewOf(record).setUint16(30, extra.length, true);
      return joined([record.subarray(0, nameEnd), extra, record.subarray(extraEnd)]);
    });
    for (const { name, written } of added) {
      const head = new Uint8Array(30 + name.length);
      const view = viewOf(head);
      view.setUint32(0, 0x04034b50, true);
      view.setUint16(4, 20, true);
      view.setUint16(12, DOS_DATE, true);
      view.setUint16(26, name.length, true);
      head.set(name, 30);
      describeIn(head, 0, written);
      const record = new Uint8Array(46 + name.length);
      const recordView = viewOf(record);
      recordView.setUint32(0, 0x02014b50, true);
      recordView.setUint16(4, 20, true);
      recordView.setUint16(6, 20, true);
      recordView.setUint16(14, DOS_DATE, true);
      recordView.setUint16(28, name.length, true);
      recordView.setUint32(42, at, true);
      record.set(name, 46);
      describeIn(record, 2, written);
      records.push(record);
      put(head);
      put(written.data);
    }
    const directory = at;
    for (const record of records) put(record);
    const tail = bytes.slice(end);
    const view = viewOf(tail);
    view.setUint16(8, records.length, true);
    view.setUint16(10, records.length, true);
    view.setUint32(12, at - directory, true);
    view.setUint32(16, directory, true);
    put(tail);
    return joined(pieces);
  };

  return {
    names: new Set(entries.keys()),
    has: (name) => entries.has(name),
    read: (name) => {
      const entry = entries.get(name);
      if (!entry) throw damaged(`缺少 ${name}`);
      return expand(bytes, name, entry);
    },
    rewrite,
  };
}
