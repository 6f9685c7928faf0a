import { formatDecimal, halfWidth, parseDecimal, remembered } from "@jiheng/domain";

/** What a cell of figures holds. `figure` is a plain decimal string, trailing zeros kept. */
export type ReadFigure =
  | {
      readonly kind: "figure";
      readonly figure: string;
      readonly percent: boolean;
      readonly unit: string | null;
    }
  | { readonly kind: "blank" }
  | { readonly kind: "dash" }
  | { readonly kind: "unreadable" };

const DASHES = /^(?:[-—–―－─/／\\*]+|无|不适用)$/;
const FIGURE = /^([+-]?)((?:\d{1,3}(?:,\d{3})+)|\d+)?(\.\d+)?(%)?(亿元|千万元|百万元|万元|千元|元|分)?$/;

/** Reads a figure as typed: thousands separators, percent sign and unit come off, full width becomes half width. */
export const readFigure: (text: string) => ReadFigure = remembered(figureIn);

function figureIn(text: string): ReadFigure {
  if (text.length > 60) return { kind: "unreadable" };
  const compact = halfWidth(text).replace(/[\s\u3000\u00a0¥￥]+/g, "");
  if (compact === "") return { kind: "blank" };
  if (DASHES.test(compact)) return { kind: "dash" };
  if (compact.length > 50) return { kind: "unreadable" };
  const match = FIGURE.exec(compact);
  if (!match || (match[2] === undefined && match[3] === undefined)) return { kind: "unreadable" };
  const whole = (match[2] ?? "0").replaceAll(",", "");
  return {
    kind: "figure",
    figure: `${match[1] === "-" ? "-" : ""}${whole}${match[3] ?? ""}`,
    percent: match[4] !== undefined,
    unit: match[5] ?? null,
  };
}

/** True for a cell that could stand in a column of figures: a figure or a dash. */
export function looksLikeFigure(text: string): boolean {
  const read = readFigure(text);
  return read.kind === "figure" || read.kind === "dash";
}

/** A share of one (0.958) in percent ("95.8"); exact. */
export function shareInPercent(figure: string): string {
  const value = parseDecimal(figure);
  if (!value) return figure;
  if (value.scale >= 2) return formatDecimal({ units: value.units, scale: value.scale - 2 });
  return formatDecimal({ units: value.units * 10n ** BigInt(2 - value.scale), scale: 0 });
}
