// The part "pdf-in" of the bench: printed forms read from PDF, against the engine taking the bare text of the same files.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { closeReaders, readDocumentFile } from "@jiheng/importers/node";
import { median } from "./measure.ts";

const GOAL = 150;
const ROUNDS = 7;
const ROOT = fileURLToPath(new URL("..", import.meta.url));

interface Source {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** The printed forms of the tests, and those of the fixtures. */
function sources(): Source[] {
  const tests = join(ROOT, "packages/importers/test/files/pdf");
  const fixtures = join(ROOT, "fixtures/forms");
  const names = [
    ...readdirSync(tests)
      .filter((name) => name.endsWith(".pdf"))
      .map((name) => join(tests, name)),
    ...readdirSync(fixtures)
      .map((slug) => join(fixtures, slug, "form.pdf"))
      .filter((name) => existsSync(name)),
  ];
  return names.map((name) => {
    const bytes = new Uint8Array(readFileSync(name));
    return { name, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
}

async function clock(work: () => Promise<unknown>): Promise<number> {
  const from = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - from) / 1e6;
}

/** What the engine needs for the text alone, without rules, cells and forms. */
async function bareText({ bytes }: Source): Promise<void> {
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const folder = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const task = getDocument({
    data: bytes.slice(),
    verbosity: 0,
    cMapUrl: join(folder, "cmaps") + sep,
    standardFontDataUrl: join(folder, "standard_fonts") + sep,
  });
  const file = await task.promise;
  for (let page = 1; page <= file.numPages; page += 1) await (await file.getPage(page)).getTextContent();
  await task.destroy();
}

/** Milliseconds a form, warm, and of the first file with the loading of the engine. */
export async function ofPdfIn() {
  const files = sources();
  let forms = 0;
  const count = async (file: Source): Promise<void> => {
    const result = await readDocumentFile(file);
    if (result.kind === "refused") throw new Error(`${file.name}: ${result.what}`);
    forms += result.document.forms.length;
  };
  const [first, ...others] = files;
  if (!first) throw new Error("no PDF to read");
  const cold = await clock(() => count(first));
  for (const file of others) await count(file);
  const rounds: number[] = [];
  const peers: number[] = [];
  for (const file of files) await bareText(file);
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(
      await clock(async () => {
        for (const file of files) await readDocumentFile(file);
      }),
    );
    peers.push(
      await clock(async () => {
        for (const file of files) await bareText(file);
      }),
    );
  }
  await closeReaders();
  const each = median(rounds) / forms;
  const peer = median(peers) / forms;
  return [
    {
      what: `pdf in, ${forms} forms of ${files.length} files`,
      value: `${each.toFixed(0)} ms a form`,
      beside: `the engine's bare text of the same files ${peer.toFixed(0)} ms a form; first file with the engine's start ${cold.toFixed(0)} ms`,
      goal: `≤ ${GOAL} ms`,
      met: each <= GOAL,
    },
  ];
}
