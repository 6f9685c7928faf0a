import type { Form } from "@jiheng/domain";
import { cleanForm, SHAPED_TEMPLATES, variedForm } from "@jiheng/specimens";
import { describe, expect, test } from "vitest";
import { exampleForm } from "../../audit/src/example-form.ts";
import { publishSite } from "../src/publish/index.ts";
import { published } from "./site-reader.ts";

interface SchemaField {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly constraints?: {
    readonly required?: boolean;
    readonly unique?: boolean;
    readonly minimum?: number;
    readonly enum?: readonly string[];
    readonly pattern?: string;
  };
}
interface Resource {
  readonly name: string;
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  readonly schema: {
    readonly fields: readonly SchemaField[];
    readonly missingValues: readonly string[];
    readonly primaryKey: readonly string[];
    readonly foreignKeys?: readonly {
      readonly fields: readonly string[];
      readonly reference: { readonly resource: string; readonly fields: readonly string[] };
    }[];
  };
}

/** Records of a CSV file as RFC 4180 has them. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = "";
    if (text[at] === '"') {
      for (at += 1; ; at++) {
        if (at >= text.length) throw new Error("a quoted field does not end");
        if (text[at] !== '"') field += text[at];
        else if (text[at + 1] === '"') {
          field += '"';
          at += 1;
        } else break;
      }
      at += 1;
    } else for (; at < text.length && text[at] !== "," && text[at] !== "\r"; at++) field += text[at];
    record.push(field);
    if (text[at] === ",") at += 1;
    else if (text.startsWith("\r\n", at)) {
      records.push(record);
      record = [];
      at += 2;
    } else throw new Error(`neither a comma nor the end of a line at ${at}`);
  }
  return records;
}

const PATTERNS: Readonly<Record<string, RegExp>> = {
  number: /^[+-]?\d+(\.\d+)?$/,
  integer: /^-?\d+$/,
  year: /^\d{4}$/,
  boolean: /^(true|false)$/,
  string: /^[\s\S]*$/,
};

/** What of a value breaks its field of the schema; null where nothing does. */
function fault({ name, type, constraints }: SchemaField, value: string): string | null {
  if (value === "") return constraints?.required ? `${name} is required` : null;
  if (!PATTERNS[type]?.test(value)) return `${name} is no ${type}: ${value}`;
  if (constraints?.minimum !== undefined && Number(value) < constraints.minimum)
    return `${name} is too small: ${value}`;
  if (constraints?.enum && !constraints.enum.includes(value))
    return `${name} is none of its values: ${value}`;
  if (constraints?.pattern && !new RegExp(`^(?:${constraints.pattern})$`).test(value))
    return `${name} does not match: ${value}`;
  return null;
}

function siteOf(forms: readonly Form[]): Map<string, string> {
  const decoder = new TextDecoder();
  const source = {
    title: "云溪区绩效自评公开",
    forms: forms.map(published),
    withheld: [{ project: "某保密项目", reason: "涉及国家秘密", year: 2024, department: null }],
    versions: ["jiheng 0.0.0"],
  };
  return new Map([...publishSite(source)].map(({ path, bytes }) => [path, decoder.decode(bytes)]));
}

describe("the data package", () => {
  const odd = exampleForm({
    project: '=HYPERLINK("x"),"甲"',
    expected: '第一行\r\n第二行，带“引号”和 "引号"',
  });
  const forms = [
    ...Array.from({ length: 3 }, (_, index) => cleanForm({ seed: index + 1 })),
    ...SHAPED_TEMPLATES.map((template, index) => variedForm({ seed: index + 1, template })),
    odd,
  ];
  const files = siteOf(forms);
  const descriptor = JSON.parse(files.get("datapackage.json") ?? "") as {
    name: string;
    resources: Resource[];
  };
  const resource = (name: string): Resource => {
    const found = descriptor.resources.find((each) => each.name === name);
    if (!found) throw new Error(`no resource ${name}`);
    return found;
  };
  const rowsOf = (name: string): Record<string, string>[] => {
    const [head = [], ...rows] = recordsOf(files.get(resource(name).path) ?? "");
    return rows.map((row) => Object.fromEntries(head.map((field, index) => [field, row[index] ?? ""])));
  };

  test("names every table as CSV and as JSON, with files that are there", () => {
    expect(descriptor.resources.map(({ path }) => path)).toEqual(
      ["forms", "funds", "goals", "indicators", "fields", "withheld"].flatMap((name) => [
        `data/${name}.csv`,
        `data/${name}.json`,
      ]),
    );
    for (const { path, bytes } of descriptor.resources)
      expect(new TextEncoder().encode(files.get(path) ?? "").length, path).toBe(bytes);
    for (const { schema } of descriptor.resources)
      for (const field of schema.fields) {
        expect(field.title, field.name).not.toBe("");
        expect(field.description, field.name).not.toBe("");
      }
  });

  test("every row of every CSV file is what its schema says", () => {
    const faults: string[] = [];
    let rows = 0;
    for (const { path, format, schema } of descriptor.resources) {
      if (format !== "csv") continue;
      const [head, ...records] = recordsOf(files.get(path) ?? "");
      expect(head).toEqual(schema.fields.map(({ name }) => name));
      expect(schema.missingValues).toEqual([""]);
      const keys = new Set<string>();
      for (const record of records) {
        rows += 1;
        expect(record.length, path).toBe(schema.fields.length);
        for (const [index, field] of schema.fields.entries()) {
          const wrong = fault(field, record[index] ?? "");
          if (wrong) faults.push(`${path}: ${wrong}`);
        }
        const key = schema.primaryKey.map((name) => record[head?.indexOf(name) ?? -1]).join("\u0000");
        if (keys.has(key)) faults.push(`${path}: ${key} is there twice`);
        keys.add(key);
      }
      for (const { fields, reference } of schema.foreignKeys ?? []) {
        const known = new Set(rowsOf(reference.resource).map((row) => row[reference.fields[0] ?? ""]));
        for (const row of rowsOf(path.replace(/^data\/|\.csv$/g, "")))
          if (!known.has(row[fields[0] ?? ""])) faults.push(`${path}: belongs to no form`);
      }
    }
    expect(faults).toEqual([]);
    expect(rows).toBeGreaterThan(150);
  });

  test("CSV and JSON say the same", () => {
    for (const { name, path, format, schema } of descriptor.resources) {
      if (format !== "json") continue;
      const json = JSON.parse(files.get(path) ?? "") as Record<string, unknown>[];
      const csv = rowsOf(name.replace(/-json$/, ""));
      expect(json.length).toBe(csv.length);
      for (const [index, row] of json.entries()) {
        expect(Object.keys(row)).toEqual(schema.fields.map((field) => field.name));
        for (const [field, value] of Object.entries(row)) {
          const text = value === null ? "" : String(value);
          expect([text, `'${text}`], `${path} ${field}`).toContain(csv[index]?.[field]);
        }
      }
    }
  });

  test("figures are as typed, blanks stay blank, text is never a formula", () => {
    const indicators = rowsOf("indicators");
    const blanks = (figures: readonly (string | null)[]): string[] => figures.map((each) => each ?? "");
    for (const column of ["points", "score", "coefficient"] as const)
      expect(indicators.map((row) => row[column])).toEqual(
        blanks(forms.flatMap((form) => form.indicators.map((row) => row[column]))),
      );
    expect(rowsOf("funds").map((row) => row.initial_budget)).toEqual(
      blanks(forms.flatMap(({ funds }) => funds.map(({ initialBudget }) => initialBudget))),
    );
    expect(rowsOf("forms").map((row) => row.total_score)).toEqual(
      blanks(forms.map(({ totalScore }) => totalScore)),
    );
    expect(indicators.some(({ score }) => score === "")).toBe(true);
    expect(rowsOf("forms").at(-1)?.project).toBe(`'${odd.project}`);
    expect(rowsOf("goals").at(-1)?.expected).toBe(odd.goal.expected);
    for (const { path, format } of descriptor.resources)
      if (format === "csv")
        for (const record of recordsOf(files.get(path) ?? ""))
          for (const field of record)
            expect(/^[=@]./.test(field) || /^[+-][^\d]/.test(field), `${path}: ${field}`).toBe(false);
  });

  test("a sub-row names the row it belongs to", () => {
    const form = cleanForm({ seed: 1 });
    const nested = {
      ...form,
      indicators: form.indicators.map((row, index) =>
        index === 2 ? { ...row, parent: form.indicators[1]?.id ?? null } : row,
      ),
    };
    const json = JSON.parse(siteOf([nested]).get("data/indicators.json") ?? "") as {
      parent_row: number | null;
    }[];
    expect(json.map(({ parent_row }) => parent_row).slice(0, 4)).toEqual([null, null, 2, null]);
  });
});
