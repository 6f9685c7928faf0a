/**
 * A character or ligature as a page prints it. Coordinates are points on the page as it is shown (after /Rotate), from its
 * upper left corner, y downward. The box reaches from 0.12 of the size below the base line to 0.88 above it.
 */
export interface PdfGlyph {
  readonly text: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** Size of the font in points. */
  readonly size: number;
  /** Direction of writing in degrees clockwise: 0, 90 (downward), 180, 270 (upward); null where it is slanted. */
  readonly turn: 0 | 90 | 180 | 270 | null;
  /** True for light or see-through characters, as stamps and watermarks have. */
  readonly pale: boolean;
  /** True where the character is not drawn: the text layer of a recognised scan. */
  readonly hidden: boolean;
  /** True where the file marks it as no part of the content: headers, footers, repeated rows. */
  readonly artifact: boolean;
  /** True where the font does not say which character the glyph is. */
  readonly unmapped: boolean;
}

/** A horizontal or vertical rule: a stroke, or a filled rectangle that is thin. Points, as for characters. */
export interface PdfRule {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** One page as plain numbers, whatever engine took it from the file. */
export interface PdfPage {
  /** 1-based. */
  readonly number: number;
  /** Points, as shown. */
  readonly width: number;
  readonly height: number;
  /** In the order they are drawn. */
  readonly glyphs: readonly PdfGlyph[];
  readonly rules: readonly PdfRule[];
  /** True where the page shows a picture. */
  readonly pictures: boolean;
}
