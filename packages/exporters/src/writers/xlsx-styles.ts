import { XML_HEAD } from "./xml.ts";

/** How a cell of a sheet looks. */
export interface CellLook {
  readonly font: "body" | "dense" | "title" | "caption" | "link" | "heading";
  readonly align: "left" | "center" | "right";
  /** Id of a built-in number format, or its code. */
  readonly format: number | string;
  readonly border: boolean;
  readonly vertical: boolean;
  /** Text that looks like a formula, marked as text as Excel marks it. */
  readonly quoted: boolean;
}

const FONTS: Readonly<Record<CellLook["font"] | "default", string>> = {
  // The width of columns counts in digits of this font: it must be one that every office has.
  default: '<font><sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/></font>',
  body: '<font><sz val="10.5"/><name val="仿宋_GB2312"/><family val="3"/><charset val="134"/></font>',
  dense: '<font><sz val="9"/><name val="仿宋_GB2312"/><family val="3"/><charset val="134"/></font>',
  title: '<font><sz val="18"/><name val="方正小标宋简体"/><family val="4"/><charset val="134"/></font>',
  caption: '<font><sz val="12"/><name val="仿宋_GB2312"/><family val="3"/><charset val="134"/></font>',
  heading: '<font><sz val="12"/><name val="黑体"/><family val="3"/><charset val="134"/></font>',
  link: '<font><u/><sz val="12"/><color rgb="FF00458A"/><name val="仿宋_GB2312"/><family val="3"/><charset val="134"/></font>',
};
const FONT_NAMES = Object.keys(FONTS);

const BORDERS = `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${[
  "left",
  "right",
  "top",
  "bottom",
]
  .map((side) => `<${side} style="thin"><color auto="1"/></${side}>`)
  .join("")}<diagonal/></border></borders>`;

/** Number of the first format of one's own. */
const FIRST_FORMAT = 170;

/** The styles a workbook uses, each once, in the order they were first asked for. */
export class StyleSheet {
  private readonly numbers = new Map<string, number>();
  private readonly xfs: string[] = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'];
  private readonly formats = new Map<string, number>();

  /** Number of the style of a look. */
  of(look: CellLook): number {
    const { font, align, format, border, vertical, quoted } = look;
    const key = `${font} ${align} ${format} ${border} ${vertical} ${quoted}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.xfs.length;
    this.xfs.push(
      `<xf numFmtId="${this.formatId(format)}" fontId="${FONT_NAMES.indexOf(font)}" fillId="0" borderId="${border ? 1 : 0}" xfId="0"${quoted ? ' quotePrefix="1"' : ""} applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${align}" vertical="center"${vertical ? ' textRotation="255"' : ""} wrapText="1"/></xf>`,
    );
    this.numbers.set(key, number);
    return number;
  }

  /** The styles part. */
  part(): string {
    const formats = [...this.formats]
      .map(([code, id]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`)
      .join("");
    return `${XML_HEAD}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${
      formats === "" ? "" : `<numFmts count="${this.formats.size}">${formats}</numFmts>`
    }<fonts count="${FONT_NAMES.length}">${Object.values(FONTS).join("")}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>${BORDERS}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${this.xfs.length}">${this.xfs.join("")}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
  }

  private formatId(format: number | string): number {
    if (typeof format === "number") return format;
    const known = this.formats.get(format);
    if (known !== undefined) return known;
    const id = FIRST_FORMAT + this.formats.size;
    this.formats.set(format, id);
    return id;
  }
}
