import { readFileSync } from "node:fs";
import type { Form } from "@jiheng/domain";
import { describe, expect, test } from "vitest";
import { type DocumentResult, readDocument, readGrid } from "../src/index.ts";

const load = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./files/${name}`, import.meta.url)));
const read = (name: string, bytes = load(name)): DocumentResult =>
  readDocument({ name, bytes, sha256: "0".repeat(64) });

function essence(result: DocumentResult): unknown {
  if (result.kind === "refused") throw new Error(result.what);
  return result.document.forms.map(({ notes: _notes, origins: _origins, ...form }: Form) => form);
}

/** Numbers that come again: the same damage in every run. */
function* dice(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

describe("Word 97–2003", () => {
  // Both pairs were saved from one document; the second holds four forms with merged labels.
  test.each([
    ["form-writer.doc", "form-writer.docx"],
    ["forms-writer.doc", "pdf/writer.docx"],
  ])("%s reads as %s, merges and all", (old, modern) => {
    expect(essence(read(old))).toEqual(essence(read(modern)));
  });

  test("tables are those of the newer format, cell by cell", () => {
    const shapes = (name: string): unknown => {
      const result = readGrid({ name, bytes: load(name) });
      if (result.kind === "refused") throw new Error(result.what);
      return result.grid.blocks.flatMap((block) =>
        block.kind === "table"
          ? [block.rows.map((row) => row.map(({ row: at, rowSpan, text }) => [at, rowSpan, text]))]
          : [],
      );
    };
    expect(shapes("forms-writer.doc")).toEqual(shapes("pdf/writer.docx"));
  });

  test("hidden and deleted text is left out and noted; spans in both directions and a table in a cell are kept", () => {
    const result = readGrid({ name: "revised.doc", bytes: load("revised.doc") });
    if (result.kind === "refused") throw new Error(result.what);
    const { blocks, notes } = result.grid;
    expect(notes.map(({ level, code }) => `${level} ${code}`)).toEqual([
      "normalised hidden-text",
      "guessed tracked-changes",
    ]);
    expect(
      blocks.map((block) =>
        block.kind === "text"
          ? block.text
          : block.rows.map((row) =>
              row.map(({ column, rowSpan, columnSpan, text }) => [column, rowSpan, columnSpan, text]),
            ),
      ),
    ).toEqual([
      "单位填报说明：已核对“完成”—100％",
      [
        [
          [1, 2, 1, "格00\n格10"],
          [2, 1, 2, "格01\n格02"],
        ],
        [
          [2, 1, 1, "格11"],
          [3, 1, 1, "格12\n内甲\n内乙"],
        ],
      ],
      "末段",
    ]);
  });

  test("cut off at any place: a refusal that says what to do, or what was whole", () => {
    const bytes = load("form-writer.doc");
    let refused = 0;
    for (let part = 1; part < 32; part += 1) {
      const result = read("form.doc", bytes.subarray(0, Math.floor((bytes.length * part) / 32)));
      if (result.kind !== "refused") continue;
      refused += 1;
      expect(result.what).toMatch(/[\u4e00-\u9fff]/);
      expect(result.remedy).not.toBe("");
    }
    expect(refused).toBeGreaterThan(20);
  });

  test("damaged at random: never an exception, never without end", () => {
    const bytes = load("form-writer.doc");
    const roll = dice(7);
    const from = performance.now();
    for (let round = 0; round < 300; round += 1) {
      const broken = bytes.slice();
      for (let k = 0; k < 20; k += 1)
        broken[(roll.next().value as number) % broken.length] = (roll.next().value as number) % 256;
      expect(["document", "refused"]).toContain(read("form.doc", broken).kind);
    }
    expect(performance.now() - from).toBeLessThan(30_000);
  });

  test("a locked document is refused as locked, one of Word 95 as too old", () => {
    const header = (change: (at: number, bytes: Uint8Array) => void): Uint8Array => {
      const bytes = load("form-writer.doc");
      for (let at = 512; at + 1 < bytes.length; at += 512)
        if (bytes[at] === 0xec && bytes[at + 1] === 0xa5) change(at, bytes);
      return bytes;
    };
    const locked = header((at, bytes) => {
      bytes[at + 11] = (bytes[at + 11] ?? 0) | 1;
    });
    const old = header((at, bytes) => {
      bytes[at] = 0xdc;
    });
    expect(read("form.doc", locked)).toMatchObject({ kind: "refused", code: "encrypted" });
    expect(read("form.doc", old)).toMatchObject({ kind: "refused", code: "doc-too-old" });
  });
});
