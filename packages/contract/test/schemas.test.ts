import { readFileSync } from "node:fs";
import { RULES, review } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import { presentReview } from "@jiheng/exporters";
import { cleanForm } from "@jiheng/specimens";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import { exampleForm } from "../../audit/src/example-form.ts";
import { auditSchema, formSchema, jsonSchemas } from "../src/index.ts";

/** Arrays of the schema are mutable, those of the domain are not: the same shape either way. */
type Loose<T> = T extends readonly (infer U)[]
  ? Loose<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Loose<T[K]> }
    : T;

describe("schemas", () => {
  test("the schema of a form and the form of the domain are one shape", () => {
    expectTypeOf<keyof z.infer<typeof formSchema>>().toEqualTypeOf<keyof Form>();
    expectTypeOf<z.infer<typeof formSchema>["goals"]>().toEqualTypeOf<Loose<Form["goals"]>>();
    expect(formSchema.parse(exampleForm())).toEqual(exampleForm());
    expect(formSchema.parse(cleanForm({ seed: 9 }))).toEqual(cleanForm({ seed: 9 }));
  });

  test("a missing key is refused: absent is null, never left out", () => {
    const { grade: _grade, ...rest } = exampleForm();
    expect(formSchema.safeParse(rest).success).toBe(false);
    expect(formSchema.safeParse({ ...rest, grade: null }).success).toBe(true);
  });

  test("a review in the contract's shape parses as what it is", () => {
    const answer = presentReview(review([exampleForm({ totalScore: "80" })], RULES), ["a.docx"], "0.0.0");
    expect(auditSchema.parse(answer)).toEqual(answer);
    expect(answer.forms[0]?.findings.length).toBeGreaterThan(0);
  });

  test("the committed JSON schemas are the ones the code makes", () => {
    for (const [name, schema] of Object.entries(jsonSchemas())) {
      const committed = readFileSync(new URL(`../../../docs/schemas/${name}`, import.meta.url), "utf8");
      expect(JSON.parse(committed), name).toEqual(JSON.parse(JSON.stringify(schema)));
    }
  });
});
