import { SSF } from "@e965/xlsx";

/** Built-in number formats that show differently in a Chinese Excel from what the format library assumes. */
const CHINESE_FORMATS: Readonly<Record<number, string>> = {
  14: "yyyy/m/d",
  22: "yyyy/m/d h:mm",
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: "m-d-yy",
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

/** True where a number format shows a date or a time: a built-in one, or a code with years, days or hours in it. */
export function isDate(format: number | string): boolean {
  if (typeof format === "number")
    return (
      (format >= 14 && format <= 22) ||
      (format >= 27 && format <= 36) ||
      (format >= 45 && format <= 47) ||
      (format >= 50 && format <= 58)
    );
  return format !== "General" && SSF.is_date(format);
}

/** Text of a number as the sheet shows it, by its format. */
export function shown(value: number, format: number | string, date1904: boolean): string {
  const code = typeof format === "number" ? (CHINESE_FORMATS[format] ?? format) : format;
  if (code === 0 || code === "General") return generalText(value);
  const fixed = fixedText(value, code);
  if (fixed !== null) return fixed;
  try {
    return SSF.format(code as string, value, { date1904 }).trim();
  } catch {
    // A format code the library cannot follow: the number itself is what a reader can rely on.
    return generalText(value);
  }
}

const FIXED = /^0(?:\.(0{1,10}))?$/;

/** A number with a fixed count of decimals ("0.00") that it does not exceed; null where the format library must decide. */
function fixedText(value: number, code: number | string): string | null {
  const places =
    code === 1 ? 0 : code === 2 ? 2 : typeof code === "string" ? FIXED.exec(code)?.[1]?.length : undefined;
  if (places === undefined && code !== "0") return null;
  const plain = String(value);
  if (plain.includes("e")) return null;
  const point = plain.indexOf(".");
  const decimals = point < 0 ? 0 : plain.length - point - 1;
  const wanted = places ?? 0;
  if (decimals > wanted) return null;
  return wanted === 0 ? plain : `${point < 0 ? `${plain}.` : plain}${"0".repeat(wanted - decimals)}`;
}

function generalText(value: number): string {
  // A cell of general format shows up to eleven characters as they are; only longer ones need rounding.
  const plain = String(value);
  if (plain.length <= 11 && !plain.includes("e")) return plain;
  // A code typed as a number: its digits are what was meant, not the powers of ten the narrow cell shows.
  if (Number.isInteger(value) && plain.length <= 15 && !plain.includes("e")) return plain;
  try {
    return SSF.format("General", value) as string;
  } catch {
    return String(value);
  }
}
