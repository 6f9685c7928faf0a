import { Inflate, inflateSync } from "fflate";
import { LIMITS } from "./limits.ts";
import { RefusedError } from "./refusals.ts";

/** One entry of an archive as its central directory declares it. */
interface ArchiveEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly expanded: number;
  readonly crc: number;
  /** Offset of the local header. */
  readonly offset: number;
}

/** An archive whose entries are inflated one by one, each checked before. */
export interface Archive {
  readonly names: ReadonlySet<string>;
  has(name: string): boolean;
  /** Bytes of one entry. Refuses what is too large, packed too tightly, encrypted, cut off or altered. */
  read(name: string): Uint8Array;
  /** The same, handed over in pieces; a fault found only at the end is thrown after the last piece. */
  stream(name: string, piece: (bytes: Uint8Array) => void): void;
}

const MEGABYTE = 1024 * 1024;
const AGAIN = "文件可能没有下载完整或已损坏，请重新导出或用 WPS、Office 打开后另存一份再读";
const SUSPICIOUS = "这不像正常的 Word 或 Excel 文件，请用 WPS、Office 打开后另存一份再读";

const broken = (what: string): RefusedError => new RefusedError("damaged-archive", what, AGAIN);

/** Longest comment behind the end record of an archive. */
const COMMENT = 65_535;
const END_RECORD = 22;

const CRC_TABLES = /* slicing by four */ (() => {
  const tables = new Uint32Array(4 * 256);
  for (let n = 0; n < 256; n += 1) {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    tables[n] = c >>> 0;
  }
  for (let n = 0; n < 256; n += 1)
    for (let t = 1; t < 4; t += 1) {
      const before = tables[(t - 1) * 256 + n] as number;
      tables[t * 256 + n] = ((before >>> 8) ^ (tables[before & 0xff] as number)) >>> 0;
    }
  return tables;
})();

/** Continues a checksum over more bytes; begin with 0. */
function crc32(before: number, bytes: Uint8Array): number {
  const t = CRC_TABLES;
  let crc = ~before;
  let at = 0;
  const fours = bytes.length - (bytes.length % 4);
  for (; at < fours; at += 4) {
    crc ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    crc =
      (t[768 + (crc & 0xff)] as number) ^
      (t[512 + ((crc >>> 8) & 0xff)] as number) ^
      (t[256 + ((crc >>> 16) & 0xff)] as number) ^
      (t[crc >>> 24] as number);
  }
  for (; at < bytes.length; at += 1) crc = (t[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

interface Directory {
  readonly count: number;
  readonly offset: number;
}

function directoryOf(bytes: Uint8Array, view: DataView): Directory {
  const last = bytes.length - END_RECORD;
  for (let at = last; at >= Math.max(0, last - COMMENT); at -= 1) {
    if (bytes[at] !== 0x50 || view.getUint32(at, true) !== 0x06054b50) continue;
    let count = view.getUint16(at + 10, true);
    let offset = view.getUint32(at + 16, true);
    if (
      (count === 0xffff || offset === 0xffffffff) &&
      at >= 20 &&
      view.getUint32(at - 20, true) === 0x07064b50
    ) {
      const wide = Number(view.getBigUint64(at - 12, true));
      if (wide + 56 > bytes.length || view.getUint32(wide, true) !== 0x06064b50)
        throw broken("压缩目录指向文件之外");
      count = Number(view.getBigUint64(wide + 32, true));
      offset = Number(view.getBigUint64(wide + 48, true));
    }
    return { count, offset };
  }
  throw broken("压缩结构不完整，文件末尾的目录缺失");
}

function unsafe(name: string): boolean {
  return (
    name.startsWith("/") || /^[a-zA-Z]:/.test(name) || name.includes("\0") || name.split("/").includes("..")
  );
}

function entriesOf(bytes: Uint8Array): Map<string, ArchiveEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset } = directoryOf(bytes, view);
  if (count > LIMITS.archiveEntries)
    throw new RefusedError(
      "archive-entries",
      `压缩包内有 ${count} 个条目，超过 ${LIMITS.archiveEntries} 个的上限`,
      SUSPICIOUS,
    );
  const entries = new Map<string, ArchiveEntry>();
  let at = offset;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw broken("压缩目录不完整");
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const nameEnd = at + 46 + nameLength;
    if (nameEnd + extraLength > bytes.length) throw broken("压缩目录不完整");
    // Some writers on Windows separate folders by backslashes.
    const name = nameOf(bytes.subarray(at + 46, nameEnd)).replaceAll("\\", "/");
    if (unsafe(name))
      throw new RefusedError("unsafe-path", `压缩包内有越出文件夹的路径“${name.slice(0, 60)}”`, SUSPICIOUS);
    const sizes = [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ];
    if (sizes.includes(0xffffffff)) widen(sizes, view, nameEnd, nameEnd + extraLength);
    const [expanded, packed, local] = sizes as [number, number, number];
    if (!entries.has(name))
      entries.set(name, {
        name,
        method: view.getUint16(at + 10, true),
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        packed,
        expanded,
        crc: view.getUint32(at + 16, true),
        offset: local,
      });
    at = nameEnd + extraLength + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Programs on Chinese Windows write names in the code page of the system, whatever the flag of the entry says. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** Replaces sizes that did not fit 32 bits by those of the zip64 field, which holds only these, in this order. */
function widen(sizes: number[], view: DataView, from: number, to: number): void {
  for (let at = from; at + 4 <= to; ) {
    const id = view.getUint16(at, true);
    const end = Math.min(to, at + 4 + view.getUint16(at + 2, true));
    at += 4;
    if (id === 1)
      for (let k = 0; k < sizes.length && at + 8 <= end; k += 1)
        if (sizes[k] === 0xffffffff) {
          sizes[k] = Number(view.getBigUint64(at, true));
          at += 8;
        }
    at = end;
  }
}

const STEP = 32 * 1024;
/** Up to this many expanded bytes an entry is inflated at once, which is faster. */
const AT_ONCE = 1024 * 1024;

/** Hands over the expanded bytes and stops as soon as more come out than was declared, whatever the directory claims. */
function expand(packed: Uint8Array, entry: ArchiveEntry, piece: (bytes: Uint8Array) => void): void {
  let crc = 0;
  let filled = 0;
  const take = (bytes: Uint8Array): void => {
    filled += bytes.length;
    if (filled > entry.expanded) throw lies(entry);
    crc = crc32(crc, bytes);
    piece(bytes);
  };
  if (entry.method === 0) {
    for (let at = 0; at < packed.length; at += STEP) take(packed.subarray(at, at + STEP));
  } else if (entry.expanded <= AT_ONCE && packed.length <= AT_ONCE) {
    // Deflate gives at most 1,032 times its input and what does not fit is dropped, so this ends soon; the checksum
    // shows what was dropped.
    take(inflated(entry, () => inflateSync(packed, { out: new Uint8Array(entry.expanded) })));
  } else {
    let waiting: Uint8Array[] = [];
    const stream = new Inflate((chunk) => waiting.push(chunk));
    for (let at = 0; at < packed.length; at += STEP) {
      inflated(entry, () => stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length));
      for (const chunk of waiting) take(chunk);
      waiting = [];
    }
  }
  if (filled !== entry.expanded) throw lies(entry);
  // A flipped bit may still inflate, to another figure: only the checksum shows it.
  if (crc !== entry.crc) throw broken(`压缩包内 ${entry.name} 的校验和不符，内容已损坏`);
}

/** Runs the inflater; what it throws means damaged data. */
function inflated<T>(entry: ArchiveEntry, run: () => T): T {
  try {
    return run();
  } catch {
    throw broken(`压缩包内 ${entry.name} 的数据已损坏`);
  }
}

function lies(entry: ArchiveEntry): RefusedError {
  return new RefusedError("archive-lies", `压缩包内 ${entry.name} 展开后的大小与目录所写不符`, SUSPICIOUS);
}

/** Opens an archive by its central directory; nothing is inflated yet. */
export function openArchive(bytes: Uint8Array): Archive {
  const entries = entriesOf(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let total = 0;
  const stream = (name: string, piece: (bytes: Uint8Array) => void): void => {
    const entry = entries.get(name);
    if (!entry) throw broken(`压缩包内缺少 ${name}`);
    check(entry);
    total += entry.expanded;
    if (total > LIMITS.archiveBytes)
      throw new RefusedError(
        "archive-too-large",
        `压缩包展开后超过 ${LIMITS.archiveBytes / MEGABYTE} MB 的上限`,
        SUSPICIOUS,
      );
    if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== 0x04034b50)
      throw broken(`压缩包内 ${name} 的数据缺失`);
    const start =
      entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
    if (start + entry.packed > bytes.length) throw broken(`压缩包内 ${name} 的数据被截断`);
    expand(bytes.subarray(start, start + entry.packed), entry, piece);
  };
  return {
    names: new Set(entries.keys()),
    has: (name) => entries.has(name),
    read: (name) => {
      const declared = entries.get(name)?.expanded ?? 0;
      if (declared > LIMITS.wholeBytes)
        throw new RefusedError("entry-too-large", `压缩包内 ${name} 过大`, SUSPICIOUS);
      const out = new Uint8Array(declared);
      let filled = 0;
      stream(name, (piece) => {
        out.set(piece, filled);
        filled += piece.length;
      });
      return out;
    },
    stream,
  };
}

/** Refuses an entry by what the directory says of it, before anything is inflated. */
function check(entry: ArchiveEntry): void {
  const { name, expanded, packed } = entry;
  if (entry.encrypted)
    throw new RefusedError("encrypted", `压缩包内的 ${name} 设有密码`, "请取消密码，保存后再读");
  if (entry.method !== 0 && entry.method !== 8)
    throw new RefusedError("archive-method", `压缩包内 ${name} 用了少见的压缩方法`, SUSPICIOUS);
  if (expanded > LIMITS.entryBytes)
    throw new RefusedError(
      "entry-too-large",
      `压缩包内 ${name} 展开后有 ${Math.ceil(expanded / MEGABYTE)} MB，超过 ${LIMITS.entryBytes / MEGABYTE} MB 的上限`,
      SUSPICIOUS,
    );
  if (expanded > LIMITS.ratioFreeBytes && expanded > packed * LIMITS.archiveRatio)
    throw new RefusedError(
      "archive-ratio",
      `压缩包内 ${name} 展开后是压缩前的 ${Math.floor(expanded / Math.max(1, packed))} 倍，疑似恶意压缩`,
      SUSPICIOUS,
    );
}
