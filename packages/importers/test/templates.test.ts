import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TEMPLATES } from "../src/index.ts";

test("every template that recognition can answer is in the catalogue, and nothing else", () => {
  const source = readFileSync(new URL("../src/recognise/template.ts", import.meta.url), "utf8");
  const body = source.slice(
    source.indexOf("export function templateOf"),
    source.indexOf("const FORM_NUMBERS"),
  );
  const answered = new Set(
    [...body.matchAll(/"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)"/g)].map((match) => match[1] ?? ""),
  );
  const known = TEMPLATES.map((template) => template.id);
  for (const id of known) expect(answered, id).toContain(id);
});
