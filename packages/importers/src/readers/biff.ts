import type { Note } from "@jiheng/domain";
import type { Block, Grid } from "../grid.ts";
import { Budget } from "./cells.ts";
import { LIMITS } from "./limits.ts";
import { isDate, shown } from "./number-format.ts";
import { RefusedError, tooLarge } from "./refusals.ts";
import { plainNumber, SheetBuilder } from "./sheet.ts";
import { symbolFont, symbolText } from "./symbols.ts";

const RESAVE = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再读";
const broken = (): RefusedError =>
  new RefusedError("damaged-xls", "旧版工作簿已损坏或不完整，无法读取", RESAVE);

/** Records of the workbook stream that are read; every other is passed over by its length. */
const RECORD = {
  formula: 0x06,
  end: 0x0a,
  dateMode: 0x22,
  filePass: 0x2f,
  font: 0x31,
  continued: 0x3c,
  columnInfo: 0x7d,
  sheet: 0x85,
  multiRk: 0xbd,
  richString: 0xd6,
  style: 0xe0,
  merges: 0xe5,
  strings: 0xfc,
  sharedLabel: 0xfd,
  number: 0x203,
  label: 0x204,
  boolOrError: 0x205,
  string: 0x207,
  row: 0x208,
  rk: 0x27e,
  format: 0x41e,
  begin: 0x809,
} as const;

const ERRORS: Readonly<Record<number, string>> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
};

/** One record: its type and where its data stand. */
interface BiffRecord {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

interface Book {
  readonly wide: boolean;
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly strings: readonly string[];
  readonly formats: readonly (number | string)[];
  readonly fonts: readonly (string | null)[];
  readonly date1904: boolean;
}

interface SheetPlace {
  readonly name: string;
  readonly offset: number;
  readonly hidden: boolean;
}

const UTF16 = new TextDecoder("utf-16le");

/** Strings of the older version are bytes of the system's code page: in China GBK. */
function narrow(bytes: Uint8Array): string {
  return new TextDecoder("gb18030").decode(bytes);
}

function latin(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Data of a record and of those that continue it, read across their borders. */
class Segments {
  private readonly bytes: Uint8Array;
  private readonly parts: readonly BiffRecord[];
  private index = 0;
  private at: number;

  constructor(bytes: Uint8Array, parts: readonly BiffRecord[]) {
    this.bytes = bytes;
    this.parts = parts;
    this.at = parts[0]?.start ?? 0;
  }

  get done(): boolean {
    this.settle();
    return this.index >= this.parts.length;
  }

  byte(): number {
    this.settle();
    if (this.index >= this.parts.length) throw broken();
    const value = this.bytes[this.at] as number;
    this.at += 1;
    return value;
  }

  short(): number {
    return this.byte() | (this.byte() << 8);
  }

  long(): number {
    return (this.short() | (this.short() << 16)) >>> 0;
  }

  skip(count: number): void {
    for (let left = count; left > 0; ) {
      this.settle();
      const part = this.parts[this.index];
      if (!part) throw broken();
      const step = Math.min(left, part.end - this.at);
      this.at += step;
      left -= step;
    }
  }

  /** Characters; where a record ends among them, the next begins with a byte that says how wide they are there. */
  characters(count: number, wide: boolean): string {
    let text = "";
    let double = wide;
    for (let left = count; left > 0; ) {
      const part = this.parts[this.index];
      if (!part) throw broken();
      if (this.at >= part.end) {
        this.index += 1;
        this.at = this.parts[this.index]?.start ?? 0;
        double = (this.byte() & 1) === 1;
        continue;
      }
      const size = double ? 2 : 1;
      const fits = Math.min(left, Math.floor((part.end - this.at) / size));
      if (fits === 0) throw broken();
      const piece = this.bytes.subarray(this.at, this.at + fits * size);
      text += double ? UTF16.decode(piece) : latin(piece);
      this.at += fits * size;
      left -= fits;
    }
    return text;
  }

  private settle(): void {
    while (this.index < this.parts.length && this.at >= (this.parts[this.index] as BiffRecord).end) {
      this.index += 1;
      this.at = this.parts[this.index]?.start ?? 0;
    }
  }
}

function* recordsOf(view: DataView, from: number): Generator<BiffRecord> {
  let at = from;
  while (at + 4 <= view.byteLength) {
    const type = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > view.byteLength) throw broken();
    yield { type, start: at + 4, end: at + 4 + length };
    at += 4 + length;
  }
}

/** A string with its length before it: of 8 or 16 bits; in the newer version with a byte that says how wide it is. */
function stringAt(
  book: Pick<Book, "bytes" | "view" | "wide">,
  at: number,
  end: number,
  lengthBytes: 1 | 2,
): string {
  if (at + lengthBytes > end) throw broken();
  const count = lengthBytes === 1 ? (book.bytes[at] as number) : book.view.getUint16(at, true);
  let from = at + lengthBytes;
  if (!book.wide) return narrow(book.bytes.subarray(from, Math.min(end, from + count)));
  const flags = book.bytes[from] ?? 0;
  from += 1;
  if ((flags & 8) !== 0) from += 2;
  if ((flags & 4) !== 0) from += 4;
  const double = (flags & 1) === 1;
  const piece = book.bytes.subarray(from, Math.min(end, from + count * (double ? 2 : 1)));
  return double ? UTF16.decode(piece) : latin(piece);
}

function sharedStrings(bytes: Uint8Array, parts: readonly BiffRecord[]): string[] {
  const source = new Segments(bytes, parts);
  source.skip(4);
  const count = source.long();
  const strings: string[] = [];
  while (strings.length < count && !source.done) {
    if (strings.length >= LIMITS.cells) throw tooLarge("旧版工作簿的文字表");
    const length = source.short();
    const flags = source.byte();
    const runs = (flags & 8) !== 0 ? source.short() : 0;
    const extra = (flags & 4) !== 0 ? source.long() : 0;
    strings.push(source.characters(length, (flags & 1) === 1));
    source.skip(runs * 4 + extra);
  }
  return strings;
}

/** A number in 30 bits: whole or the upper half of a double, either by itself or in hundredths. */
function fromRk(rk: number): number {
  let value: number;
  if ((rk & 2) !== 0) value = rk >> 2;
  else {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(4, rk & ~3, true);
    value = view.getFloat64(0, true);
  }
  return (rk & 1) !== 0 ? value / 100 : value;
}

function openBook(bytes: Uint8Array): { book: Book; sheets: readonly SheetPlace[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint16(0, true) !== RECORD.begin)
    throw new RefusedError("old-xls", "这是 Excel 95 以前的工作簿，尚不支持", RESAVE);
  const wide = view.getUint16(4, true) >= 0x600;
  const base = { bytes, view, wide };
  const codes = new Map<number, string>();
  const fontNames: (string | null)[] = [];
  const styles: { font: number; format: number }[] = [];
  const sheets: SheetPlace[] = [];
  let strings: string[] = [];
  let stringParts: BiffRecord[] | null = null;
  let date1904 = false;
  for (const record of recordsOf(view, 0)) {
    const { type, start, end } = record;
    if (type === RECORD.continued) {
      stringParts?.push(record);
      continue;
    }
    if (stringParts) {
      strings = sharedStrings(bytes, stringParts);
      stringParts = null;
    }
    if (type === RECORD.end) break;
    if (type === RECORD.filePass)
      throw new RefusedError(
        "encrypted",
        "工作簿设有打开密码，无法读取",
        "请在 Excel 或 WPS 中取消密码，保存后再读",
      );
    if (type === RECORD.strings && end - start >= 8) stringParts = [record];
    else if (type === RECORD.dateMode && end - start >= 2) date1904 = view.getUint16(start, true) === 1;
    else if (type === RECORD.format && end - start >= 4)
      codes.set(view.getUint16(start, true), stringAt(base, start + 2, end, wide ? 2 : 1));
    else if (type === RECORD.font && end - start >= 16)
      fontNames.push(symbolFont(stringAt(base, start + 14, end, 1)));
    else if (type === RECORD.style && end - start >= 4)
      styles.push({ font: view.getUint16(start, true), format: view.getUint16(start + 2, true) });
    else if (type === RECORD.sheet && end - start >= 8) {
      // Charts, macro sheets and modules have no cells.
      if (bytes[start + 5] === 0)
        sheets.push({
          name: stringAt(base, start + 6, end, 1),
          offset: view.getUint32(start, true),
          hidden: ((bytes[start + 4] as number) & 3) !== 0,
        });
    }
  }
  return {
    sheets,
    book: {
      ...base,
      strings,
      date1904,
      formats: styles.map(({ format }) => codes.get(format) ?? format),
      // There is no font of number 4: the fifth is called 5.
      fonts: styles.map(({ font }) => fontNames[font > 4 ? font - 1 : font] ?? null),
    },
  };
}

function readSheet(book: Book, place: SheetPlace, sheet: SheetBuilder): void {
  const { view, bytes } = book;
  let depth = 0;
  let waiting: { row: number; column: number } | null = null;

  const text = (row: number, column: number, style: number, value: string, formula = false): void => {
    sheet.add({
      row,
      column,
      text: symbolText(value, book.fonts[style] ?? null).replace(/\r\n?/g, "\n"),
      ...(formula ? { formula } : {}),
    });
  };
  const number = (row: number, column: number, style: number, value: number, formula = false): void => {
    const format = book.formats[style] ?? 0;
    const plain = plainNumber(value);
    const more = formula ? { formula } : {};
    if (plain === null) {
      sheet.noteCell("lost", "bad-number", "单元格存的不是数字", row, column);
      sheet.add({ row, column, text: "", ...more });
      return;
    }
    const show = shown(value, format, book.date1904);
    sheet.add(
      isDate(format)
        ? { row, column, text: show, ...more }
        : { row, column, text: show, number: plain, ...more },
    );
  };
  const error = (row: number, column: number, code: number, formula: boolean): void => {
    const name = ERRORS[code] ?? "#N/A";
    sheet.noteCell("lost", "error-value", `单元格是错误值 ${name}，没有数值`, row, column);
    text(row, column, 0, name, formula);
  };

  for (const { type, start, end } of recordsOf(view, place.offset)) {
    if (type === RECORD.begin) {
      depth += 1;
      continue;
    }
    if (type === RECORD.end) {
      depth -= 1;
      if (depth <= 0) return;
      continue;
    }
    // Charts inside a sheet have records of the same kind.
    if (depth !== 1) continue;
    const length = end - start;
    if (type === RECORD.columnInfo && length >= 10) {
      if ((view.getUint16(start + 8, true) & 1) === 1)
        sheet.hideColumns(view.getUint16(start, true) + 1, view.getUint16(start + 2, true) + 1);
      continue;
    }
    if (type === RECORD.merges && length >= 2) {
      for (let at = start + 2; at + 8 <= end; at += 8)
        sheet.merge({
          top: view.getUint16(at, true) + 1,
          bottom: view.getUint16(at + 2, true) + 1,
          left: view.getUint16(at + 4, true) + 1,
          right: view.getUint16(at + 6, true) + 1,
        });
      continue;
    }
    if (type === RECORD.string) {
      if (waiting) text(waiting.row, waiting.column, 0, stringAt(book, start, end, 2), true);
      waiting = null;
      continue;
    }
    if (length < 6) continue;
    const row = view.getUint16(start, true) + 1;
    if (type === RECORD.row) {
      if (length >= 14 && (view.getUint16(start + 12, true) & 0x20) !== 0) sheet.hideRow(row);
      continue;
    }
    const column = view.getUint16(start + 2, true) + 1;
    const style = view.getUint16(start + 4, true);
    switch (type) {
      case RECORD.number:
        if (length >= 14) number(row, column, style, view.getFloat64(start + 6, true));
        break;
      case RECORD.rk:
        if (length >= 10) number(row, column, style, fromRk(view.getInt32(start + 6, true)));
        break;
      case RECORD.multiRk:
        for (let at = start + 4, k = 0; at + 6 <= end - 2; at += 6, k += 1)
          number(row, column + k, view.getUint16(at, true), fromRk(view.getInt32(at + 2, true)));
        break;
      case RECORD.sharedLabel: {
        if (length < 10) break;
        const value = book.strings[view.getUint32(start + 6, true)];
        if (value === undefined)
          sheet.noteCell(
            "lost",
            "missing-string",
            "单元格引用的文字在文件中不存在，文件可能已损坏",
            row,
            column,
          );
        text(row, column, style, value ?? "");
        break;
      }
      case RECORD.label:
      case RECORD.richString:
        text(row, column, style, stringAt(book, start + 6, end, 2));
        break;
      case RECORD.boolOrError:
        if (length < 8) break;
        if (bytes[start + 7] === 1) error(row, column, bytes[start + 6] as number, false);
        else text(row, column, style, bytes[start + 6] === 1 ? "TRUE" : "FALSE");
        break;
      case RECORD.formula: {
        if (length < 14) break;
        waiting = null;
        if (view.getUint16(start + 12, true) !== 0xffff)
          number(row, column, style, view.getFloat64(start + 6, true), true);
        else if (bytes[start + 6] === 0) waiting = { row, column };
        else if (bytes[start + 6] === 1)
          text(row, column, style, bytes[start + 8] === 1 ? "TRUE" : "FALSE", true);
        else if (bytes[start + 6] === 2) error(row, column, bytes[start + 8] as number, true);
        else text(row, column, style, "", true);
        break;
      }
      default:
    }
  }
}

/** The sheets of an Excel 95 to 2003 workbook (xls, et), from its workbook stream, as `readXlsx` gives them. */
export function readBiff(stream: Uint8Array): Grid {
  const { book, sheets } = openBook(stream);
  const budget = new Budget("旧版工作簿");
  const blocks: Block[] = [];
  const notes: Note[] = [];
  // A damaged directory may name the same sheet many times.
  const seen = new Set<number>();
  for (const place of sheets) {
    if (seen.has(place.offset) || place.offset >= stream.length) continue;
    seen.add(place.offset);
    const sheet = new SheetBuilder(place.name, budget);
    readSheet(book, place, sheet);
    const table = sheet.build(blocks.length + 1);
    if (!table) continue;
    if (place.hidden) sheet.note("guessed", "hidden-sheet", `工作表“${place.name}”是隐藏的，已一并读取`);
    blocks.push(table);
    for (const note of sheet.notes) notes.push(note);
  }
  if (sheets.length === 0) throw broken();
  return { blocks, notes };
}
