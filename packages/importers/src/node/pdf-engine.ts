import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { LIMITS } from "../readers/limits.ts";
import { type PdfFont, pageOfOperators } from "../readers/pdf/operators.ts";
import type { PdfPage } from "../readers/pdf/page.ts";
import { RefusedError, tooLarge } from "../readers/refusals.ts";

/** Pictures seen while a page is evaluated; the engine drops them undecoded and says so. */
let pictures = 0;

const folder = (): string => dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));

async function loadEngine() {
  const globals = globalThis as Record<string, unknown>;
  // The engine would load a native canvas for these two; nothing is painted here.
  globals.DOMMatrix ??= class {};
  globals.Path2D ??= class {};
  globals.ImageData ??= class {};
  return import("pdfjs-dist/legacy/build/pdf.mjs");
}

let engine: ReturnType<typeof loadEngine> | null = null;

function listen(...parts: readonly unknown[]): void {
  if (parts.some((part) => typeof part === "string" && part.includes("maximum allowed size"))) pictures += 1;
}

interface LoadedFont {
  readonly name?: string;
  readonly vertical?: boolean;
  readonly composite?: boolean;
  readonly fontMatrix?: ArrayLike<number> | null;
}

/**
 * The pages of a PDF, one after the other, by the pdfjs engine. Belongs into a thread of its own: hostile files may keep
 * it busy without end. Throws a refusal for a locked or broken file.
 */
export async function* pagesOfPdf(bytes: Uint8Array): AsyncGenerator<PdfPage> {
  // What the engine has to say it says on the console of its thread.
  console.log = listen;
  console.warn = listen;
  engine ??= loadEngine();
  const { getDocument, OPS, VerbosityLevel } = await engine;
  const at = (name: string): string => join(folder(), name) + sep;
  const task = getDocument({
    data: bytes,
    verbosity: VerbosityLevel.WARNINGS,
    cMapUrl: at("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: at("standard_fonts"),
    fontExtraProperties: true,
    disableFontFace: false,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    maxImageSize: 0,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    stopAtErrors: false,
  });
  try {
    const file = await task.promise.catch((error: unknown) => {
      throw refusalOf(error);
    });
    if (file.numPages > LIMITS.pdfPages) throw tooLarge(`PDF 有 ${file.numPages} 页，`);
    for (let number = 1; number <= file.numPages; number += 1) {
      pictures = 0;
      const page = await file.getPage(number);
      const { width, height, transform } = page.getViewport({ scale: 1 });
      const list = await page.getOperatorList();
      const fonts = new Map<string, PdfFont | null>();
      const fontOf = (name: string): PdfFont | null => {
        const known = fonts.get(name);
        if (known !== undefined) return known;
        const font: LoadedFont | string | null = page.commonObjs.has(name) ? page.commonObjs.get(name) : null;
        const loaded =
          font === null || typeof font !== "object"
            ? null
            : {
                name: font.name ?? "",
                vertical: font.vertical ?? false,
                unit: Math.abs(font.fontMatrix?.[0] ?? 0.001) || 0.001,
                composite: font.composite ?? false,
              };
        fonts.set(name, loaded);
        return loaded;
      };
      const frame = { number, width, height, transform, pictures: pictures > 0 };
      yield pageOfOperators(list, frame, OPS, fontOf);
      page.cleanup();
    }
  } finally {
    await task.destroy();
  }
}

function refusalOf(error: unknown): Error {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException")
    return new RefusedError(
      "encrypted",
      "PDF 设有打开密码，无法读取",
      "请用 WPS 或 Acrobat 打开，取消密码后另存再读，或提供填报时的 Word、Excel 文件",
    );
  return new RefusedError(
    "damaged-pdf",
    "PDF 文件损坏或不完整，无法读取",
    "请用浏览器或 WPS 试着打开；能打开的，重新打印成 PDF 后再读，否则请重新下载或索取",
  );
}
