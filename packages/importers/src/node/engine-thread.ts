import { parentPort } from "node:worker_threads";
import type { GridResult } from "../grid.ts";
import { LIMITS } from "../readers/limits.ts";
import { digestPdfPage, type PageDigest, readPdfDigests } from "../readers/pdf/read-pdf-pages.ts";
import { RefusedError, tooLarge } from "../readers/refusals.ts";
import { pagesOfPdf } from "./pdf-engine.ts";

/** What the thread is asked: one file. */
export interface Task {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** What it answers: that a page is done, and at last the grid or a refusal. */
export type Answer =
  | { readonly id: number; readonly kind: "page"; readonly number: number }
  | { readonly id: number; readonly kind: "done"; readonly result: GridResult }
  | { readonly id: number; readonly kind: "failed"; readonly reason: string };

async function read({ id, bytes }: Task): Promise<Answer> {
  try {
    const pages: PageDigest[] = [];
    let glyphs = 0;
    for await (const page of pagesOfPdf(bytes)) {
      pages.push(digestPdfPage(page));
      glyphs += page.glyphs.length;
      if (glyphs > LIMITS.pdfFileGlyphs) throw tooLarge("PDF 的文字");
      parentPort?.postMessage({ id, kind: "page", number: page.number } satisfies Answer);
    }
    return { id, kind: "done", result: readPdfDigests(pages) };
  } catch (error) {
    if (error instanceof RefusedError) return { id, kind: "done", result: error.refusal };
    return { id, kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on("message", (task: Task) => {
  void read(task).then((answer) => parentPort?.postMessage(answer));
});
