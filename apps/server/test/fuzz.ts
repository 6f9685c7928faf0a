import fc from "fast-check";

type Json = Record<string, unknown>;

/** Text that has broken programs before. */
const STRANGE = [
  ...[
    "",
    " ",
    "\u0000",
    "\ud800",
    "é́́́",
    "𠮷㛃",
    "null",
    "undefined",
    "NaN",
    "-1",
    "0",
    "1e309",
    "../../etc/passwd",
  ],
  ...[
    "' or 1=1 --",
    "<script>alert(1)</script>",
    "%00",
    "{}",
    "[]",
    "\u202e",
    "x".repeat(5000),
    "true",
    "=1+1",
    "%",
  ],
  ...[
    "00000000-0000-0000-0000-000000000000",
    "2024-02-30T00:00:00Z",
    "9999-12-31",
    "__proto__",
    "constructor",
  ],
];

const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...STRANGE),
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 2 ** 31, 2 ** 53, 1e308, 0.1, [], {}, [[[]]], {
    a: { b: [] },
  }),
  fc.string({ unit: "binary", maxLength: 30 }),
);

/** What a test knows to exist, by what its key is called. */
export type Known = (key: string) => readonly string[];

/** Values that a schema of the document allows; mostly the likely ones where a key has them. */
export function valuesOf(document: Json, known: Known, likely: Readonly<Record<string, unknown>> = {}) {
  const resolve = (schema: Json): Json => {
    const { $ref } = schema;
    if (typeof $ref !== "string") return schema;
    return $ref
      .replace("#/", "")
      .split("/")
      .reduce<unknown>((at, step) => (at as Json)[step], document) as Json;
  };

  const of = (given: unknown, key: string, depth: number): fc.Arbitrary<unknown> => {
    const hint = Object.hasOwn(likely, key) && given !== null ? likely[key] : undefined;
    if (hint === undefined) return plain(given, key, depth);
    const right = Array.isArray(hint) ? fc.constantFrom(...hint) : fc.constant(hint);
    const { type } = resolve(given as Json);
    if (type !== "integer" && type !== "string") return plain(given, key, depth);
    return fc.oneof({ arbitrary: right, weight: 6 }, { arbitrary: plain(given, key, depth), weight: 1 });
  };

  const plain = (given: unknown, key: string, depth: number): fc.Arbitrary<unknown> => {
    if (given === true || given === undefined) return fc.jsonValue({ maxDepth: 1 });
    const schema = resolve(given as Json);
    const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
    if (choices) {
      const simple = depth > 4 ? choices.filter(({ type }) => type === "null" || type === "string") : choices;
      return fc.oneof(...(simple.length > 0 ? simple : choices).map((choice) => of(choice, key, depth + 1)));
    }
    if (schema.allOf) return of({ ...schema, ...(schema.allOf as Json[])[0], allOf: undefined }, key, depth);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
    if (Array.isArray(schema.type))
      return fc.oneof(...(schema.type as string[]).map((type) => of({ ...schema, type }, key, depth)));
    switch (schema.type) {
      case "string":
        return textOf(schema, key);
      case "integer":
        return fc.integer({
          min: Number(schema.minimum ?? -5),
          max: Math.min(Number(schema.maximum ?? 9999), 2 ** 31 - 1),
        });
      case "number":
        return fc.double({
          min: Number(schema.minimum ?? -5),
          max: Number(schema.maximum ?? 9999),
          noNaN: true,
        });
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "array": {
        const least = Number(schema.minItems ?? 0);
        const maxLength = depth > 4 ? least : Math.min(Number(schema.maxItems ?? 3), Math.max(least, 3));
        return fc.array(of(schema.items, key, depth + 1), { minLength: least, maxLength });
      }
      case "object":
        return objectOf(schema, depth);
      default:
        return fc.jsonValue({ maxDepth: 1 });
    }
  };

  const textOf = (schema: Json, key: string): fc.Arbitrary<string> => {
    const min = Number(schema.minLength ?? 0);
    const max = Math.min(Number(schema.maxLength ?? 40), Math.max(min, 60));
    if (schema.format === "uuid") {
      const ids = known(key);
      return ids.length > 0
        ? fc.oneof({ arbitrary: fc.constantFrom(...ids), weight: 5 }, { arbitrary: fc.uuid(), weight: 1 })
        : fc.uuid();
    }
    if (schema.format === "date-time")
      return fc
        .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
        .map((date) => date.toISOString());
    if (schema.format === "date")
      return fc
        .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10));
    if (schema.format === "uri") return fc.webUrl();
    if (typeof schema.pattern === "string") return fc.stringMatching(new RegExp(schema.pattern, "u"));
    return fc.oneof(
      fc.string({ minLength: min, maxLength: max }),
      fc
        .constantFrom("绩效", "1", "2024", "funds[0].expenditure", "goal.achieved")
        .filter((text) => text.length >= min && text.length <= max),
      fc.string({ minLength: min, maxLength: max, unit: "grapheme" }),
    );
  };

  const objectOf = (schema: Json, depth: number): fc.Arbitrary<unknown> => {
    const properties = (schema.properties ?? {}) as Record<string, Json>;
    const required = (schema.required ?? []) as string[];
    if (Object.keys(properties).length === 0 && schema.additionalProperties)
      return fc.dictionary(
        fc.string({ minLength: 1, maxLength: 8 }),
        of(schema.additionalProperties, "", depth + 1),
        { maxKeys: 2 },
      );
    const model = Object.fromEntries(
      Object.entries(properties).map(([key, part]) => [key, of(part, key, depth + 1)]),
    );
    return fc.record(model, { requiredKeys: Object.keys(model).filter((key) => required.includes(key)) });
  };

  return (schema: unknown, key = ""): fc.Arbitrary<unknown> => of(schema, key, 0);
}

/** The value with one thing wrong: a key gone, a key too many, or a part that is something else. */
export function spoiled(value: unknown): fc.Arbitrary<unknown> {
  const places = placesOf(value, []);
  return fc
    .tuple(fc.constantFrom(...places), strange, fc.constantFrom("replace", "drop", "add"))
    .map(([place, odd, how]) => {
      if (place.length === 0)
        return how === "add" && value !== null && typeof value === "object"
          ? { ...value, unknownKey: odd }
          : odd;
      const copy = structuredClone(value);
      const parent = place.slice(0, -1).reduce<unknown>((at, step) => (at as Json)[step], copy) as Json;
      const last = place.at(-1) as string;
      if (how === "drop" && !Array.isArray(parent)) delete parent[last];
      else if (how === "add" && !Array.isArray(parent)) parent.unknownKey = odd;
      else parent[last] = odd;
      return copy;
    });
}

function placesOf(value: unknown, at: readonly string[]): (readonly string[])[] {
  if (value === null || typeof value !== "object" || at.length > 5) return [at];
  return [at, ...Object.entries(value).flatMap(([key, part]) => placesOf(part, [...at, key]))];
}

/** A text for a place of an address, right or strange. */
export const strangeText: fc.Arbitrary<string> = strange.map((value) =>
  typeof value === "string" ? value : JSON.stringify(value),
);
