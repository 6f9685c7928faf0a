import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import type { Form } from "@jiheng/domain";
import { afterAll, describe, expect, test } from "vitest";
import { type DocumentResult, readDocument } from "../src/index.ts";
import { closeReaders, readDocumentFile } from "../src/node/index.ts";

const folder = new URL("./files/pdf/", import.meta.url);
const load = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const source = (name: string, bytes: Uint8Array) => ({
  name,
  bytes,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});

afterAll(closeReaders);

/** What a form says, apart from where it stood; white space does not count. */
function essence(result: DocumentResult): unknown {
  if (result.kind === "refused") throw new Error(result.what);
  const said = result.document.forms.map(({ id: _id, notes: _notes, origins: _origins, ...form }: Form) => ({
    ...form,
    indicators: form.indicators.map(({ id: _row, parent, ...row }) => ({
      ...row,
      isSubRow: parent !== null,
    })),
  }));
  return JSON.parse(JSON.stringify(said).replace(/\\n|\s+/g, ""));
}

describe("printed from the same document", () => {
  // writer: four forms, labels and rows over page breaks; landscape: header, footer, repeated first row, cells cut twice.
  test.each([["writer"], ["landscape"], ["browser"]])("%s.pdf reads as its docx", async (name) => {
    const printed = await readDocumentFile(source(`${name}.pdf`, load(`${name}.pdf`)));
    expect(essence(printed)).toEqual(essence(readDocument(source(`${name}.docx`, load(`${name}.docx`)))));
  });

  test("origins name page and box, on the page where a cell begins", async () => {
    const result = await readDocumentFile(source("writer.pdf", load("writer.pdf")));
    const form = result.kind === "document" ? result.document.forms[1] : undefined;
    const pages = new Set<number>();
    for (const { at } of Object.values(form?.origins ?? {})) {
      if (!("page" in at)) throw new Error("no page");
      pages.add(at.page);
      const [x0, y0, x1, y1] = at.box;
      expect(x0 >= 0 && y0 >= 0 && x1 > x0 && y1 > y0 && x1 <= 596 && y1 <= 842).toBe(true);
    }
    expect([...pages]).toEqual([2]);
  });

  test("a page that the file turns is read as it is shown", async () => {
    const turned = Buffer.from(
      Buffer.from(load("browser.pdf"))
        .toString("latin1")
        .replace(/\/Type \/Page\b(?!s)/g, "/Type /Page /Rotate 90"),
      "latin1",
    );
    expect(turned.length).toBeGreaterThan(load("browser.pdf").length);
    const result = await readDocumentFile(source("turned.pdf", new Uint8Array(turned)));
    expect(essence(result)).toEqual(essence(readDocument(source("browser.docx", load("browser.docx")))));
  });

  test("a PDF under another name is read with a note; other formats go on as before", async () => {
    const result = await readDocumentFile(source("form.docx", load("browser.pdf")));
    const notes = result.kind === "document" ? result.document.notes.map(({ code }) => code) : [];
    expect(notes).toEqual(["format-mismatch"]);
    const docx = source("browser.docx", load("browser.docx"));
    expect(await readDocumentFile(docx)).toEqual(readDocument(docx));
  });
});

/** A PDF of the objects given, the first being the catalogue. */
function pdf(objects: readonly (string | Buffer)[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: string | Buffer): void => {
    const bytes = Buffer.from(part as string, "latin1");
    parts.push(bytes);
    length += bytes.length;
  };
  objects.forEach((object, index) => {
    offsets.push(length);
    add(`${index + 1} 0 obj\n`);
    add(object);
    add("\nendobj\n");
  });
  const start = length;
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`);
  for (const offset of offsets) add(`${String(offset).padStart(10, "0")} 00000 n \n`);
  add(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`);
  return new Uint8Array(Buffer.concat(parts));
}

function stream(content: string, dictionary = ""): Buffer {
  const packed = deflateSync(Buffer.from(content, "latin1"));
  return Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
    packed,
    Buffer.from("\nendstream"),
  ]);
}

const PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]";

function onePage(content: string, resources = "", ...more: readonly (string | Buffer)[]): Uint8Array {
  return pdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `${PAGE} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> ${resources} >> >>`,
    stream(content),
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...more,
  ]);
}

async function refusal(
  bytes: Uint8Array,
): Promise<{ code: string; what: string; remedy: string; ms: number }> {
  const from = performance.now();
  const result = await readDocumentFile(source("hostile.pdf", bytes));
  const ms = performance.now() - from;
  if (result.kind !== "refused") return { code: "read", what: "", remedy: "", ms };
  expect(result.what).toMatch(/[\u4e00-\u9fff]/);
  expect(result.remedy).toMatch(/[\u4e00-\u9fff]/);
  return { ...result, ms };
}

describe("hostile PDFs", () => {
  test("cut off, noise, nothing but a header, tables of references in a circle", async () => {
    const whole = load("writer.pdf");
    expect((await refusal(whole.subarray(0, whole.length >> 1))).code).toBe("damaged-pdf");
    expect((await refusal(new Uint8Array(Buffer.from("%PDF-1.7\n")))).code).toBe("damaged-pdf");
    const noise = Uint8Array.from({ length: 50_000 }, (_, k) => (k * 7919 + (k >> 3) * 104729) & 255);
    noise.set(Buffer.from("%PDF-1.7\n"));
    expect((await refusal(noise)).code).toBe("damaged-pdf");
    const circle =
      "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R /Prev 58 >>\nstartxref\n58\n%%EOF";
    expect((await refusal(new Uint8Array(Buffer.from(circle)))).code).toBe("damaged-pdf");
  });

  test("pages in a circle, a lie about their number, ten thousand of them", async () => {
    const tree = (pages: string, ...more: string[]) =>
      pdf(["<< /Type /Catalog /Pages 2 0 R >>", pages, ...more]);
    expect((await refusal(tree("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 100 >>"))).code).toBe(
      "damaged-pdf",
    );
    expect(
      (await refusal(tree("<< /Type /Pages /Kids [3 0 R] /Count 99999999 >>", `${PAGE} >>`))).code,
    ).not.toBe("read");
    const kids = Array.from({ length: 10_000 }, (_, k) => `${k + 3} 0 R`).join(" ");
    const many = tree(
      `<< /Type /Pages /Kids [${kids}] /Count 10000 >>`,
      ...Array.from({ length: 10_000 }, () => `${PAGE} >>`),
    );
    expect(await refusal(many)).toMatchObject({
      code: "too-large",
      what: expect.stringContaining("10000 页"),
    });
  });

  test("a page of a million miles, brackets without end, forms in themselves", async () => {
    const huge = Buffer.from(onePage("BT /F1 10 Tf 10 10 Td (x) Tj ET"))
      .toString("latin1")
      .replace("[0 0 595 842]", "[0 0 99999999999 9999999]");
    expect((await refusal(new Uint8Array(Buffer.from(huge, "latin1")))).code).not.toBe("read");
    expect((await refusal(pdf(["<< /Type /Catalog /Pages 2 0 R >>", "[".repeat(1_000_000)]))).code).toBe(
      "damaged-pdf",
    );
    const self = stream(
      "/X Do /X Do",
      "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    );
    expect((await refusal(onePage("/X Do", "/XObject << /X 6 0 R >>", self))).code).toBe("pdf-without-text");
  });

  test("unpacked streams and drawings beyond every form end within bounds, and the next file is read", async () => {
    const before = process.memoryUsage.rss();
    const bomb = await refusal(onePage(" ".repeat(200 * 1024 * 1024)));
    expect(bomb.code).not.toBe("read");
    const lines = await refusal(onePage("0 0 m 10 10 l S\n".repeat(3_000_000)));
    expect(lines.code).toBe("too-large");
    expect(lines.ms).toBeLessThan(30_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(900 * 1024 * 1024);
    expect((await readDocumentFile(source("browser.pdf", load("browser.pdf")))).kind).toBe("document");
  }, 60_000);

  test("a picture of a page is a scan, and its pixels are never unpacked", async () => {
    const image = stream(
      "\xff".repeat(20_000_000),
      "/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 8",
    );
    const answer = await refusal(onePage("q 595 0 0 842 0 0 cm /X Do Q", "/XObject << /X 6 0 R >>", image));
    expect(answer).toMatchObject({ code: "pdf-scan", what: expect.stringContaining("扫描件") });
    expect(answer.ms).toBeLessThan(5_000);
  });
});
