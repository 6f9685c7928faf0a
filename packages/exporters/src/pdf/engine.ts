import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { type FontFace, openFontFace } from "./font-face.ts";
import { PDF_TEMPLATE } from "./template.ts";

/** PDF cannot be written on this machine: the native engine or the fonts are not installed for it. The message says what to do. */
export class PdfUnavailable extends Error {
  constructor(why: string) {
    super(`这台机器上不能生成 PDF（${why}），请改用 docx 或 html`);
    this.name = "PdfUnavailable";
  }
}

/** The typesetting engine with its fonts, opened once a process. */
export interface PdfEngine {
  readonly face: FontFace;
  /** Whether any of the fonts has the character. */
  prints(character: string): boolean;
  /** Typesets the data with our template. Throws on what no input can cause: a fault of the template. */
  typeset(data: string): Uint8Array;
}

/** The one moment every written file carries, in seconds: the same input gives the same bytes. */
const FIXED_TIME = Date.UTC(2020, 0, 1) / 1000;
const STANDARD = "a-2b";
/** Results kept by the engine for this many further documents; without it the memory of a batch grows without end. */
const KEPT_FOR = 10;

const require = createRequire(import.meta.url);
let opened: PdfEngine | null = null;

/** Opens the engine at the first call. Throws `PdfUnavailable` where it has no binary for this system. */
export function pdfEngine(): PdfEngine {
  opened ??= open();
  return opened;
}

/** Song type for everything; the Japanese cut of the same family has names' characters that the Chinese one lacks, 𠮷 among them. */
const FONTS = [
  "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
  "noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf",
];

/** What the fonts inside the engine are asked for, a few milliseconds each: signs, and letters of European scripts. */
const OF_THE_ENGINE =
  /[\p{S}\p{P}\p{N}\p{Zs}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\u{1D400}-\u{1D7FF}]/u;

function open(): PdfEngine {
  const fonts = FONTS.map(fontFile);
  const compiler = nativeCompiler(require).create({ fontArgs: [{ fontBlobs: fonts }] });
  const run = (mainFileContent: string, data: string): Uint8Array => {
    const result = compiler.compile({ mainFileContent, inputs: { data } });
    const document = result.result;
    if (!document) {
      const error = result.takeDiagnostics();
      throw new Error(`pdf: ${error ? JSON.stringify(compiler.fetchDiagnostics(error)) : "nothing typeset"}`);
    }
    const bytes = compiler.pdf(document, { pdfStandard: STANDARD, creationTimestamp: FIXED_TIME });
    compiler.evictCache(KEPT_FOR);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const [face, , rare] = fonts.map((bytes, index) => (index === 1 ? null : openFontFace(bytes)));
  if (!face || !rare) throw new Error("pdf: no font");
  const printable = new Map<string, boolean>();
  return {
    face,
    prints(character) {
      const codePoint = character.codePointAt(0) ?? 0;
      if (face.has(codePoint) || rare.has(codePoint)) return true;
      if (!OF_THE_ENGINE.test(character)) return false;
      let known = printable.get(character);
      if (known === undefined) {
        known = attempt(() => run(PDF_TEMPLATE, JSON.stringify(probe(character))));
        printable.set(character, known);
      }
      return known;
    },
    typeset: (data) => run(PDF_TEMPLATE, data),
  };
}

/** The fonts inside the engine have no files to look into; PDF/A refuses a character that none of them has. */
function probe(character: string): object {
  return {
    title: "",
    titles: [],
    contents: false,
    margin: 0,
    sections: [{ flipped: false, blocks: [{ kind: "probe", text: character }] }],
  };
}

function attempt(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

function fontFile(name: string): Buffer {
  try {
    return readFileSync(require.resolve(`@expo-google-fonts/${name}`));
  } catch {
    throw new PdfUnavailable("没有找到字体 Noto Serif");
  }
}

/** The native engine, as `load` finds it. Throws `PdfUnavailable` where there is none for this system. */
export function nativeCompiler(
  load: (name: string) => { NodeCompiler: typeof NodeCompiler },
): typeof NodeCompiler {
  try {
    return load("@myriaddreamin/typst-ts-node-compiler").NodeCompiler;
  } catch {
    throw new PdfUnavailable(`没有适用于 ${process.platform}-${process.arch} 的排版组件`);
  }
}
