import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readDocument } from "@jiheng/importers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formsDocument,
  formsWorkbook,
  LAYOUTS,
  layOut,
  layoutOf,
  lostBy,
  writeCsv,
  writeDocx,
  writeHtml,
  writeJson,
  writeText,
  writeXlsx,
} from "../src/index.ts";
import { differences } from "./round-trip.ts";
import { formFor } from "./written-forms.ts";

const encoder = new TextEncoder();
const ENGINE = { name: "jiheng", version: "0.0.0" } as const;
/** Forms a layout and format; more are tried where time is no matter. */
const RUNS = Number(process.env.JIHENG_ROUND_TRIPS ?? 12);

type Form = ReturnType<typeof formFor>;
type Plan = (typeof LAYOUTS)[number];

const FORMATS: Readonly<Record<string, (forms: readonly Form[], plan: Plan) => Uint8Array>> = {
  docx: (forms, plan) =>
    writeDocx(
      formsDocument(
        forms.map((form) => layOut(form, plan)),
        true,
      ),
    ),
  xlsx: (forms, plan) =>
    writeXlsx(
      formsWorkbook(
        forms.map((form) => layOut(form, plan)),
        true,
      ),
    ),
  html: (forms, plan) =>
    encoder.encode(
      writeHtml(
        formsDocument(
          forms.map((form) => layOut(form, plan)),
          true,
        ),
      ),
    ),
  txt: (forms, plan) => encoder.encode(writeText(forms.map((form) => layOut(form, plan)))),
  csv: (forms, plan) => encoder.encode(writeCsv(forms.map((form) => layOut(form, plan)))),
  json: (forms) => encoder.encode(writeJson(forms, { file: "a", sha256: "0", engine: ENGINE })),
};

function read(format: string, bytes: Uint8Array): readonly Form[] {
  const result = readDocument({ name: `a.${format}`, bytes, sha256: "0".repeat(64) });
  return result.kind === "document" ? result.document.forms : [];
}

describe.each(LAYOUTS.map((plan) => [plan.id, plan] as const))("%s", (_id, plan) => {
  test("prints every part of a form made for it", () => {
    for (let seed = 1; seed <= 40; seed++)
      expect(lostBy(formFor(plan, seed), plan), `seed ${seed}`).toEqual([]);
  });

  test.each(Object.keys(FORMATS))("written as %s and read back it is the same form", (format) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const form = formFor(plan, seed);
        const forms = read(format, (FORMATS[format] as (typeof FORMATS)[string])([form], plan));
        expect(forms.length).toBe(1);
        expect(differences(form, forms[0])).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test.each(Object.keys(FORMATS))("several in one %s come apart again", (format) => {
    const forms = [3, 4, 5].map((seed) => formFor(plan, seed));
    const back = read(format, (FORMATS[format] as (typeof FORMATS)[string])(forms, plan));
    expect(back.length).toBe(3);
    for (const [index, form] of forms.entries()) expect(differences(form, back[index])).toEqual([]);
  });
});

// The forms themselves are not part of the project: without the folder beside the checkout there is nothing to print.
const published = new URL("../../../../shared/forms/", import.meta.url);
describe.skipIf(!existsSync(published))(
  "published forms in their own layouts (../shared/forms, skipped where it is absent)",
  () => {
    const variants = new URL("variants/", published);
    const files = existsSync(published)
      ? [
          new URL("bureau-2024.txt", published),
          ...readdirSync(variants)
            .filter((name) => name.endsWith(".txt"))
            .map((name) => new URL(name, variants)),
        ]
      : [];
    test.each(files.map((file) => [file.pathname.split("/").at(-1), file] as const))("%s", (_name, file) => {
      const forms = read("txt", new Uint8Array(readFileSync(file)));
      expect(forms.length).toBeGreaterThan(0);
      for (const form of forms) {
        const plan = layoutOf(form.template);
        if (!plan) throw new Error(`no layout ${form.template}`);
        expect(lostBy(form, plan)).toEqual([]);
        for (const [format, write] of Object.entries(FORMATS)) {
          const back = read(format, write([form], plan));
          expect(back.length, format).toBe(1);
          expect(differences(form, back[0]), format).toEqual([]);
        }
      }
    });
  },
);
