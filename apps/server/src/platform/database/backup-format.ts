import { createHash } from "node:crypto";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { AppliedMigration } from "./migrate.ts";
import type { SequenceState, TableShape } from "./tables-in-schema.ts";

/**
 * A backup is gzip of: this line; the header as a line of JSON; for each table its rows as COPY writes them, in pieces that each follow
 * their length in four bytes, and after a length of 0 a line of JSON that says what they were; at the end a line that seals all of it.
 * Nothing may follow.
 */
export const MAGIC = "JIHENG-BACKUP 1";

/** What is known before the first row. */
export interface BackupHeader {
  readonly madeAt: string;
  readonly postgres: string;
  readonly migrations: readonly AppliedMigration[];
  readonly tables: readonly TableShape[];
  readonly sequences: readonly SequenceState[];
}

/** What a table turned out to be. */
export interface TableSummary {
  readonly table: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** The last line: over the header and every summary, which are over every row. */
export interface BackupSeal {
  readonly tables: number;
  readonly rows: number;
  readonly sha256: string;
}

/** The file is not a backup, or not the whole of one. `message` says what is wrong, in Chinese. */
export class DamagedBackup extends Error {
  override readonly name = "DamagedBackup";
}

/** Counts and hashes rows in COPY's text form, in which a line feed ends a row and never stands within one. */
export class RowTally {
  #rows = 0;
  #bytes = 0;
  readonly #hash = createHash("sha256");

  add(piece: Uint8Array): void {
    this.#hash.update(piece);
    this.#bytes += piece.length;
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) this.#rows += 1;
  }

  summary(table: string): TableSummary {
    return { table, rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}

/** The seal over what was written before it. */
export function sealOver(header: string, summaries: readonly TableSummary[]): BackupSeal {
  const hash = createHash("sha256").update(header);
  for (const summary of summaries) hash.update(JSON.stringify(summary));
  const rows = summaries.reduce((sum, summary) => sum + summary.rows, 0);
  return { tables: summaries.length, rows, sha256: hash.digest("hex") };
}

/** What a reader does with a backup on the way; each may wait. */
export interface BackupVisitor {
  header?(header: BackupHeader): Promise<void>;
  tableBegins?(table: TableShape): Promise<void>;
  piece?(rows: Buffer): Promise<void>;
  tableEnds?(summary: TableSummary): Promise<void>;
}

/** Larger than any piece or line we write; beyond it the file is not ours and would only fill the memory. */
const LARGEST_PIECE = 2 ** 24;

/** Reads a backup to its end and checks every count and hash; throws DamagedBackup. */
export async function readBackup(source: Readable, visitor: BackupVisitor = {}): Promise<BackupSeal> {
  const unzipped = createGunzip();
  let received = 0;
  source.on("data", (chunk: Buffer) => {
    received += chunk.length;
  });
  pipeline(source, unzipped, () => {});
  try {
    const seal = await readWhole(new PieceReader(unzipped), visitor);
    // What stands behind the end of the compressed part is passed over in silence.
    if (unzipped.bytesWritten !== received) throw new DamagedBackup("备份文件被改动过：末尾之后还有内容。");
    return seal;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "Z_BUF_ERROR") throw truncated();
    if (error instanceof SyntaxError || /^Z_/.test(code))
      throw new DamagedBackup(
        unzipped.bytesWritten === 0 ? NOT_OURS : "备份文件已损坏：解不开。请用另一个备份。",
        { cause: error },
      );
    throw error;
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

const NOT_OURS = "这不是绩衡的备份文件。";

async function readWhole(reader: PieceReader, visitor: BackupVisitor): Promise<BackupSeal> {
  const magic = await reader.line();
  if (magic !== MAGIC)
    throw new DamagedBackup(
      magic.startsWith("JIHENG-BACKUP")
        ? "这个备份文件是更新的版本写的，本程序读不了。请使用写它的版本。"
        : NOT_OURS,
    );
  const headerLine = await reader.line();
  const header = JSON.parse(headerLine) as BackupHeader;
  await visitor.header?.(header);
  const summaries: TableSummary[] = [];
  for (const table of header.tables) {
    await visitor.tableBegins?.(table);
    summaries.push(await readTable(reader, table, visitor));
  }
  const seal = sealOver(headerLine, summaries);
  if ((await reader.line()) !== JSON.stringify(seal))
    throw new DamagedBackup("备份文件被改动过：封签与内容不符。");
  if (!(await reader.isAtEnd())) throw new DamagedBackup("备份文件被改动过：末尾之后还有内容。");
  return seal;
}

async function readTable(
  inner: PieceReader,
  table: TableShape,
  visitor: BackupVisitor,
): Promise<TableSummary> {
  const tally = new RowTally();
  for (;;) {
    const length = (await inner.take(4)).readUInt32BE();
    if (length === 0) break;
    if (length > LARGEST_PIECE) throw new DamagedBackup("备份文件已损坏：有一段长得不可能。");
    const piece = await inner.take(length);
    tally.add(piece);
    await visitor.piece?.(piece);
  }
  const said = await inner.line();
  const summary = tally.summary(table.name);
  if (said !== JSON.stringify(summary))
    throw new DamagedBackup(`备份文件被改动过：表 ${table.name} 的行数或校验值不符。`);
  await visitor.tableEnds?.(summary);
  return summary;
}

/** Takes lines and pieces of a known length from a stream, and never holds much more than one of them. */
class PieceReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(source: Readable) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = length;
    for (;;) {
      const part = this.#held.subarray(0, missing);
      this.#held = this.#held.subarray(part.length);
      parts.push(part);
      missing -= part.length;
      if (missing === 0) return parts.length === 1 ? part : Buffer.concat(parts);
      if (!(await this.#more())) throw truncated();
    }
  }

  async line(): Promise<string> {
    const parts: Buffer[] = [];
    let length = 0;
    for (;;) {
      const end = this.#held.indexOf(10);
      const part = end === -1 ? this.#held : this.#held.subarray(0, end);
      parts.push(part);
      length += part.length;
      if (length > LARGEST_PIECE) throw new DamagedBackup("备份文件已损坏：有一行长得不可能。");
      this.#held = this.#held.subarray(end === -1 ? part.length : end + 1);
      if (end !== -1) return Buffer.concat(parts).toString("utf8");
      if (!(await this.#more())) throw truncated();
    }
  }

  async isAtEnd(): Promise<boolean> {
    return this.#held.length === 0 && !(await this.#more());
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const { value, done } = await this.#chunks.next();
    this.#ended = done === true;
    if (value) this.#held = value;
    return !this.#ended;
  }
}

function truncated(): DamagedBackup {
  return new DamagedBackup("备份文件不完整：它在中间断了。请用另一个备份。");
}
