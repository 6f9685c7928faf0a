import { LIMITS } from "../limits.ts";
import { tooLarge } from "../refusals.ts";
import { symbolCharacter, symbolFont } from "../symbols.ts";
import { plainCharacter } from "./characters.ts";
import type { PdfGlyph, PdfPage, PdfRule } from "./page.ts";

/** What the pdfjs engine gives for a page: codes of operators and their arguments. */
export interface OperatorList {
  readonly fnArray: ArrayLike<number>;
  readonly argsArray: ArrayLike<unknown>;
}

/** What is needed of a font: its name, whether it runs downward, the scale of its glyphs. */
export interface PdfFont {
  readonly name: string;
  readonly vertical: boolean;
  /** Points of one glyph unit at size 1: 0.001 but for fonts of pictures (Type 3). */
  readonly unit: number;
  /** True for fonts addressed by glyph numbers. */
  readonly composite: boolean;
}

/** The page an operator list is of. `transform`: user space to points from the upper left corner. */
export interface PageFrame {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly transform: readonly number[];
  readonly pictures: boolean;
}

type Matrix = readonly [number, number, number, number, number, number];
type Box = readonly [number, number, number, number];

interface State {
  matrix: Matrix;
  clip: Box;
  text: Matrix;
  x: number;
  y: number;
  lineX: number;
  lineY: number;
  font: PdfFont | null;
  symbol: string | null;
  size: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  mode: number;
  fill: number;
  stroke: number;
  fillAlpha: number;
  strokeAlpha: number;
  lineWidth: number;
}

interface EngineGlyph {
  readonly unicode?: string;
  readonly width?: number;
  readonly vmetric?: readonly number[] | null;
  readonly isSpace?: boolean;
  readonly originalCharCode?: number;
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const EVERYWHERE: Box = [-1e6, -1e6, 1e6, 1e6];
/** Filled rectangles up to this many points are rules; thicker ones are shading. */
const THIN = 4;
/** A colour lighter than this is that of the paper. */
const PAPER = 0.97;
const PALE = 0.62;

function times(m: Matrix, n: ArrayLike<number>): Matrix {
  const [a, b, c, d, e, f] = m;
  const [g, h, i, j, k, l] = [n[0] ?? 1, n[1] ?? 0, n[2] ?? 0, n[3] ?? 1, n[4] ?? 0, n[5] ?? 0];
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

function bounds(m: Matrix, x0: number, y0: number, x1: number, y1: number): Box {
  const [a, b, c, d, e, f] = m;
  const xs = [a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1];
  const ys = [b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1];
  return [Math.min(...xs) + e, Math.min(...ys) + f, Math.max(...xs) + e, Math.max(...ys) + f];
}

function meet(a: Box, b: Box): Box {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
}

/** Brightness of a colour as the engine writes it ("#rrggbb"), 0 to 1; black where it is not known. */
function brightness(colour: unknown): number {
  const match = typeof colour === "string" ? /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour) : null;
  if (!match) return 0;
  const [r, g, b] = [match[1], match[2], match[3]].map((part) => Number.parseInt(part ?? "0", 16) / 255);
  return 0.3 * (r ?? 0) + 0.59 * (g ?? 0) + 0.11 * (b ?? 0);
}

const isNumbers = (value: unknown): value is ArrayLike<number> =>
  (Array.isArray(value) || ArrayBuffer.isView(value)) &&
  typeof (value as unknown as ArrayLike<unknown>)[0] === "number";

/** Follows the state of drawing through one page and collects what it prints. */
class Drawing {
  readonly glyphs: PdfGlyph[] = [];
  readonly rules: PdfRule[] = [];
  pictures = false;
  private state: State;
  private readonly stack: State[] = [];
  private readonly base: Matrix;
  private readonly page: PageFrame;
  private clipping = false;
  private artifacts = 0;
  private readonly marks: boolean[] = [];

  constructor(page: PageFrame) {
    this.page = page;
    this.base = times(IDENTITY, page.transform);
    this.state = this.fresh();
  }

  private fresh(): State {
    return {
      matrix: this.base,
      clip: EVERYWHERE,
      text: IDENTITY,
      x: 0,
      y: 0,
      lineX: 0,
      lineY: 0,
      font: null,
      symbol: null,
      size: 0,
      charSpacing: 0,
      wordSpacing: 0,
      scale: 1,
      leading: 0,
      rise: 0,
      mode: 0,
      fill: 0,
      stroke: 0,
      fillAlpha: 1,
      strokeAlpha: 1,
      lineWidth: 1,
    };
  }

  private save(): void {
    if (this.stack.length >= LIMITS.pdfDepth) throw tooLarge("PDF 页面的图形层次");
    this.stack.push({ ...this.state });
  }

  private restore(): void {
    this.state = this.stack.pop() ?? this.state;
  }

  draw(name: string, args: readonly unknown[], fontOf: (name: string) => PdfFont | null, paint: Paint): void {
    const s = this.state;
    const first = args[0];
    const number = (index: number): number => {
      const value = args[index];
      return typeof value === "number" && Number.isFinite(value) ? value : 0;
    };
    switch (name) {
      case "save":
        this.save();
        break;
      case "restore":
        this.restore();
        break;
      case "transform":
        s.matrix = times(s.matrix, args as readonly number[]);
        break;
      case "paintFormXObjectBegin":
        this.save();
        if (isNumbers(first)) this.state.matrix = times(s.matrix, first);
        if (isNumbers(args[1])) this.clipTo(args[1]);
        break;
      case "beginGroup":
        this.save();
        break;
      case "paintFormXObjectEnd":
      case "endGroup":
        this.restore();
        break;
      case "beginAnnotation": {
        this.save();
        this.state = { ...this.fresh() };
        if (isNumbers(args[1])) this.clipTo(args[1]);
        if (isNumbers(args[2])) this.state.matrix = times(this.state.matrix, args[2]);
        if (isNumbers(args[3])) this.state.matrix = times(this.state.matrix, args[3]);
        break;
      }
      case "endAnnotation":
        this.restore();
        break;
      case "setLineWidth":
        s.lineWidth = number(0);
        break;
      case "setGState":
        for (const entry of Array.isArray(first) ? first : []) {
          const [key, value] = Array.isArray(entry) ? entry : [];
          if (typeof value === "number") {
            if (key === "ca") s.fillAlpha = value;
            else if (key === "CA") s.strokeAlpha = value;
            else if (key === "LW") s.lineWidth = value;
          } else if (key === "Font" && Array.isArray(value)) this.setFont(value[0], value[1], fontOf);
        }
        break;
      case "setFillRGBColor":
        s.fill = brightness(first);
        break;
      case "setStrokeRGBColor":
        s.stroke = brightness(first);
        break;
      case "setFillColorN":
        s.fill = 0;
        break;
      case "setStrokeColorN":
        s.stroke = 0;
        break;
      case "setFillTransparent":
        s.fill = 1;
        break;
      case "setStrokeTransparent":
        s.stroke = 1;
        break;
      case "beginText":
        s.text = IDENTITY;
        s.x = s.y = s.lineX = s.lineY = 0;
        break;
      case "setCharSpacing":
        s.charSpacing = number(0);
        break;
      case "setWordSpacing":
        s.wordSpacing = number(0);
        break;
      case "setHScale":
        s.scale = number(0) / 100;
        break;
      case "setLeading":
        s.leading = -number(0);
        break;
      case "setFont":
        this.setFont(first, args[1], fontOf);
        break;
      case "setTextRenderingMode":
        s.mode = number(0);
        break;
      case "setTextRise":
        s.rise = number(0);
        break;
      case "moveText":
        this.move(number(0), number(1));
        break;
      case "setLeadingMoveText":
        s.leading = number(1);
        this.move(number(0), number(1));
        break;
      case "setTextMatrix":
        s.text = times(IDENTITY, isNumbers(first) ? first : (args as readonly number[]));
        s.x = s.y = s.lineX = s.lineY = 0;
        break;
      case "nextLine":
        this.move(0, s.leading);
        break;
      case "showText":
        this.show(Array.isArray(first) ? first : []);
        break;
      case "clip":
      case "eoClip":
        this.clipping = true;
        break;
      case "constructPath": {
        const path = Array.isArray(args[1]) ? args[1][0] : null;
        const kind = paint(number(0));
        if (path && isNumbers(path)) this.path(path, kind);
        if (this.clipping) {
          this.clipping = false;
          if (isNumbers(args[2])) this.clipTo(args[2]);
        }
        break;
      }
      case "beginMarkedContent":
      case "beginMarkedContentProps": {
        const artifact = first === "Artifact";
        this.marks.push(artifact);
        if (artifact) this.artifacts += 1;
        break;
      }
      case "endMarkedContent":
        if (this.marks.pop()) this.artifacts -= 1;
        break;
      default:
        if (name.startsWith("paint") && name.includes("Image")) this.pictures = true;
    }
  }

  private clipTo(box: ArrayLike<number>): void {
    const s = this.state;
    s.clip = meet(s.clip, bounds(s.matrix, box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0));
  }

  private setFont(name: unknown, size: unknown, fontOf: (name: string) => PdfFont | null): void {
    this.state.font = typeof name === "string" ? fontOf(name) : null;
    this.state.symbol = symbolFont(
      this.state.font?.name
        .replace(/^[A-Z]{6}\+/, "")
        .replace(/(\d)$/, " $1")
        .replace(/[-,].*$/, "")
        .replace(/\s+/g, " "),
    );
    this.state.size = typeof size === "number" && Number.isFinite(size) ? size : 0;
  }

  private move(x: number, y: number): void {
    const s = this.state;
    s.x = s.lineX += x;
    s.y = s.lineY += y;
  }

  private show(glyphs: readonly unknown[]): void {
    const s = this.state;
    const vertical = s.font?.vertical ?? false;
    const unit = s.font?.unit ?? 0.001;
    const whole = times(s.matrix, s.text);
    // The direction in which lines of this text run on the page; y downward.
    const dx = vertical ? -whole[2] : whole[0] * Math.sign(s.scale || 1);
    const dy = vertical ? -whole[3] : whole[1] * Math.sign(s.scale || 1);
    const turn = turnOf(dx, dy);
    const size = Math.abs(s.size) * Math.hypot(whole[2], whole[3]);
    const hidden = s.mode === 3 || s.mode === 7;
    const pale = (s.mode === 1 ? s.stroke : s.fill) > PALE || s.fillAlpha < 0.55;
    let along = 0;
    for (const entry of glyphs) {
      if (typeof entry === "number") {
        along += ((vertical ? 1 : -1) * entry * s.size) / 1000;
        continue;
      }
      if (typeof entry !== "object" || entry === null) continue;
      const glyph = entry as EngineGlyph;
      const spacing = (glyph.isSpace ? s.wordSpacing : 0) + s.charSpacing;
      const advance = vertical
        ? -(glyph.vmetric?.[0] ?? -1000) * unit * s.size
        : (glyph.width ?? 0) * unit * s.size;
      const text = this.characterOf(glyph);
      if (text.text !== "") {
        const half = ((glyph.width ?? 1000) * unit * s.size) / 2;
        const [x0, y0, x1, y1] = vertical
          ? bounds(whole, s.x - half, s.y - along - advance, s.x + half, s.y - along)
          : bounds(
              whole,
              s.x + along * s.scale,
              s.y + s.rise - 0.12 * s.size,
              s.x + (along + advance) * s.scale,
              s.y + s.rise + 0.88 * s.size,
            );
        const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
        const [left, top, right, bottom] = meet(s.clip, [0, 0, this.page.width, this.page.height]);
        if (cx >= left - 1 && cx <= right + 1 && cy >= top - 1 && cy <= bottom + 1 && size > 0.5) {
          if (this.glyphs.length >= LIMITS.pdfGlyphs) throw tooLarge("PDF 一页的文字");
          this.glyphs.push({
            text: text.text,
            x0,
            y0,
            x1,
            y1,
            size,
            turn,
            pale,
            hidden,
            artifact: this.artifacts > 0,
            unmapped: text.unmapped,
          });
        }
      }
      along += advance + (vertical ? -spacing : spacing);
    }
    if (vertical) s.y -= along;
    else s.x += along * s.scale;
  }

  private characterOf(glyph: EngineGlyph): { text: string; unmapped: boolean } {
    const raw = glyph.unicode ?? "";
    const symbol =
      this.state.symbol === null
        ? null
        : (symbolCharacter(this.state.symbol, glyph.originalCharCode ?? raw.codePointAt(0) ?? 0) ??
          symbolCharacter(this.state.symbol, raw.codePointAt(0) ?? 0));
    return symbol === null ? plainCharacter(raw) : { text: symbol, unmapped: false };
  }

  private path(data: ArrayLike<number>, kind: PaintKind): void {
    const s = this.state;
    const strokes = kind.stroke && s.strokeAlpha > 0.1 && s.stroke < PAPER;
    const fills = kind.fill && s.fillAlpha > 0.1 && s.fill < PAPER;
    if (!strokes && !fills) return;
    const [a, b, c, d, e, f] = s.matrix;
    const width = s.lineWidth * Math.sqrt(Math.abs(a * d - b * c));
    let points: number[] = [];
    let straight = true;
    const line = (x0: number, y0: number, x1: number, y1: number): void => {
      const [w, h] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
      if (w > 0.5 && h > 0.5) return;
      // A stroke that is as wide as it is long is a filled box drawn by a pen.
      if (width > THIN && Math.max(w, h) > width) return;
      this.rule(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1));
    };
    const finish = (): void => {
      if (fills && straight && points.length >= 6) {
        let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
        let square = true;
        for (let k = 0; k < points.length; k += 2) {
          const [x, y] = [points[k] as number, points[k + 1] as number];
          [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
          if (
            k > 0 &&
            Math.abs(x - (points[k - 2] as number)) > 0.3 &&
            Math.abs(y - (points[k - 1] as number)) > 0.3
          )
            square = false;
        }
        const [w, h] = [x1 - x0, y1 - y0];
        if (square || Math.min(w, h) < 1) {
          if (h <= THIN && w >= h) this.rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2);
          if (w <= THIN && h >= w) this.rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1);
        }
      }
      points = [];
      straight = true;
    };
    let [sx, sy, px, py] = [0, 0, 0, 0];
    for (let k = 0; k < data.length; ) {
      const op = data[k];
      k += 1;
      const at = (offset: number): [number, number] => {
        const [x, y] = [data[k + offset] ?? 0, data[k + offset + 1] ?? 0];
        return [a * x + c * y + e, b * x + d * y + f];
      };
      if (op === 0) {
        finish();
        [sx, sy] = at(0);
        [px, py] = [sx, sy];
        points.push(px, py);
        k += 2;
      } else if (op === 1) {
        const [x, y] = at(0);
        if (strokes) line(px, py, x, y);
        [px, py] = [x, y];
        if (points.length < 64) points.push(px, py);
        else straight = false;
        k += 2;
      } else if (op === 2 || op === 3) {
        const size = op === 2 ? 6 : 4;
        [px, py] = at(size - 2);
        straight = false;
        k += size;
      } else if (op === 4) {
        if (strokes) line(px, py, sx, sy);
        if (points.length < 64) points.push(sx, sy);
        [px, py] = [sx, sy];
      } else break;
    }
    finish();
  }

  private rule(x0: number, y0: number, x1: number, y1: number): void {
    const { clip } = this.state;
    const [left, top, right, bottom] = meet(
      [clip[0] - 1, clip[1] - 1, clip[2] + 1, clip[3] + 1],
      [0, 0, this.page.width, this.page.height],
    );
    const [a, b, c, d] = [Math.max(x0, left), Math.max(y0, top), Math.min(x1, right), Math.min(y1, bottom)];
    if (c < a || d < b || !Number.isFinite(a + b + c + d)) return;
    if (this.rules.length >= LIMITS.pdfRules) throw tooLarge("PDF 一页的线条");
    this.rules.push({ x0: a, y0: b, x1: c, y1: d });
  }
}

interface PaintKind {
  readonly stroke: boolean;
  readonly fill: boolean;
}
type Paint = (code: number) => PaintKind;

function turnOf(dx: number, dy: number): PdfGlyph["turn"] {
  const length = Math.hypot(dx, dy);
  if (length === 0) return null;
  // Within three degrees: scans and italics drawn by a slanted matrix stay upright.
  if (Math.abs(dy) < 0.06 * length) return dx > 0 ? 0 : 180;
  if (Math.abs(dx) < 0.06 * length) return dy > 0 ? 90 : 270;
  return null;
}

/**
 * A page as plain numbers from the operator list of the pdfjs engine. `codes`: its table of operator codes by name;
 * `fontOf`: a loaded font by its name. Throws a refusal where the page holds more than any form does.
 */
export function pageOfOperators(
  list: OperatorList,
  page: PageFrame,
  codes: Readonly<Record<string, number>>,
  fontOf: (name: string) => PdfFont | null,
): PdfPage {
  const count = list.fnArray.length;
  if (count > LIMITS.pdfOperators) throw tooLarge("PDF 一页的绘图指令");
  const names: string[] = [];
  for (const [name, code] of Object.entries(codes)) names[code] = name;
  const kinds = names.map((name) => ({
    stroke: /stroke/i.test(name ?? ""),
    fill: /fill/i.test(name ?? ""),
  }));
  const paint: Paint = (code) => kinds[code] ?? { stroke: false, fill: false };
  const drawing = new Drawing(page);
  for (let k = 0; k < count; k += 1) {
    const args = list.argsArray[k];
    drawing.draw(names[list.fnArray[k] ?? 0] ?? "", Array.isArray(args) ? args : [], fontOf, paint);
  }
  return {
    number: page.number,
    width: page.width,
    height: page.height,
    glyphs: drawing.glyphs,
    rules: drawing.rules,
    pictures: page.pictures || drawing.pictures,
  };
}
