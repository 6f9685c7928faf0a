import type { PdfGlyph, PdfPage, PdfRule } from "../src/index.ts";

/** Draws a page as an engine would hand it over: rules and characters at given places. Points from the upper left corner. */
export class PageBuilder {
  readonly glyphs: PdfGlyph[] = [];
  readonly rules: PdfRule[] = [];
  private readonly page: { number: number; width: number; height: number; pictures: boolean };

  constructor(number = 1, { width = 595, height = 842, pictures = false } = {}) {
    this.page = { number, width, height, pictures };
  }

  /** Text on one line; `x`, `y`: its upper left corner. Chinese characters are as wide as high, others half. */
  text(x: number, y: number, text: string, size = 10, more: Partial<PdfGlyph> = {}): this {
    let at = x;
    for (const char of text) {
      const width = (char.codePointAt(0) ?? 0) < 256 ? size / 2 : size;
      const box = { x0: at, y0: y, x1: at + width, y1: y + size };
      this.glyphs.push({
        text: char,
        ...box,
        size,
        turn: 0,
        pale: false,
        hidden: false,
        artifact: false,
        unmapped: false,
        ...more,
      });
      at += width;
    }
    return this;
  }

  /** Text that runs upward (270) or downward (90) from `x`, `y`. */
  sideways(x: number, y: number, text: string, turn: 90 | 270, size = 10): this {
    [...text].forEach((char, index) => {
      const y0 = turn === 90 ? y + index * size : y - (index + 1) * size;
      this.text(x, y0, char, size, { turn });
    });
    return this;
  }

  rule(x0: number, y0: number, x1: number, y1: number): this {
    this.rules.push({ x0, y0, x1, y1 });
    return this;
  }

  /** A ruled grid; `missing` takes away the side between two fields, as "row,column>" (right) or "row,columnv" (below). */
  grid(xs: readonly number[], ys: readonly number[], missing: readonly string[] = [], jitter = 0): this {
    let sign = 1;
    const shake = (): number => {
      sign = -sign;
      return sign * jitter;
    };
    for (let row = 0; row < ys.length; row += 1)
      for (let column = 0; column < xs.length; column += 1) {
        const [x, y] = [xs[column] as number, ys[row] as number];
        const [right, below] = [xs[column + 1], ys[row + 1]];
        if (right !== undefined && !missing.includes(`${row - 1},${column}v`))
          this.rule(x + shake(), y + shake(), right + shake(), y + shake());
        if (below !== undefined && !missing.includes(`${row},${column - 1}>`))
          this.rule(x + shake(), y + shake(), x + shake(), below + shake());
      }
    for (const rule of this.rules) {
      const flat = Math.abs(rule.x1 - rule.x0) > Math.abs(rule.y1 - rule.y0);
      Object.assign(rule, flat ? { y1: rule.y0 } : { x1: rule.x0 });
    }
    return this;
  }

  build(): PdfPage {
    return { ...this.page, glyphs: this.glyphs, rules: this.rules };
  }
}
