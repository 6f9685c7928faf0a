import { existsSync, readFileSync } from "node:fs";
import { RULES, review } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import {
  formsDocument,
  formsWorkbook,
  layOut,
  layoutOf,
  writeDocx,
  writeHtml,
  writeText,
  writeXlsx,
} from "@jiheng/exporters";
import { readDocument } from "@jiheng/importers";
import { describe, expect, test } from "vitest";

const source = new URL("../../../shared/forms/bureau-2024.txt", import.meta.url);

function read(name: string, bytes: Uint8Array): readonly Form[] {
  const result = readDocument({ name, bytes, sha256: "0".repeat(64) });
  if (result.kind === "refused") throw new Error(result.what);
  return result.document.forms;
}

/** What a form says, apart from where it stood; white space does not count. */
function essence(forms: readonly Form[]): string {
  return JSON.stringify(
    forms.map(
      ({
        id: _id,
        notes: _notes,
        origins: _origins,
        template: _template,
        title: _title,
        fields: _fields,
        ...form
      }) => ({
        ...form,
        indicators: form.indicators.map(({ id: _row, ...row }) => row),
      }),
    ),
  ).replace(/\\n|\s+/g, "");
}

function findings(forms: readonly Form[]): string[] {
  return review(forms, RULES).forms.flatMap(({ findings: each }, index) =>
    each.map(({ code, force, at, message }) => `${index} ${code} ${force} ${at.join()} ${message}`),
  );
}

// The forms themselves are not part of the project: without the folder beside the checkout there is nothing to print.
describe.skipIf(!existsSync(source))(
  "the eleven published forms (../shared/forms, skipped where it is absent)",
  () => {
    test.each(["shanghai-bureau-a", "national"])(
      "printed as %s in four formats, they read back alike and are found alike",
      (id) => {
        const plan = layoutOf(id);
        if (!plan) throw new Error(id);
        const original = read("forms.txt", new Uint8Array(readFileSync(source)));
        const models = original.map((form) => layOut({ ...form, title: null }, plan));
        const files: readonly (readonly [string, Uint8Array])[] = [
          ["forms.docx", writeDocx(formsDocument(models, true))],
          ["forms.xlsx", writeXlsx(formsWorkbook(models, true))],
          ["forms.html", new TextEncoder().encode(writeHtml(formsDocument(models, true)))],
          ["forms.txt", new TextEncoder().encode(writeText(models))],
        ];
        const expected = essence(original);
        const [first] = files;
        const found = first ? findings(read(...first)) : [];
        expect(found.length).toBeGreaterThan(100);
        for (const [name, bytes] of files) {
          const forms = read(name, bytes);
          expect(forms).toHaveLength(11);
          expect(essence(forms), name).toBe(expected);
          expect(findings(forms), name).toEqual(found);
        }
      },
    );
  },
);
