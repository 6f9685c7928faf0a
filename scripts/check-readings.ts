/**
 * Reads the published forms that lie beside the repository (../shared/forms) and compares every field with their
 * readings. Prints each difference and the counts; exit status 1 where any field differs, 0 where the folder is absent.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { equals, type Form, parseDecimal } from "@jiheng/domain";
import { readDocument } from "@jiheng/importers";

/** One file compared: how many fields its reading states, and each that differs. */
export interface Comparison {
  readonly file: string;
  readonly forms: readonly Form[];
  readonly fields: number;
  readonly differences: readonly string[];
  readonly unnoted: readonly string[];
}

const FOLDER = fileURLToPath(new URL("../../shared/forms/", import.meta.url));
/** Differences printed per file. */
const LISTED = 40;
const FIGURES = new Set([
  "initialBudget",
  "adjustedBudget",
  "expenditure",
  "points",
  "executionRate",
  "score",
  "value",
  "totalPoints",
  "totalScore",
  "groupPoints",
  "coefficient",
  "reviewScore",
]);

/** The folder of published forms, or null where it is absent. */
export function formsFolder(): string | null {
  return existsSync(FOLDER) ? FOLDER : null;
}

function alike(key: string, expected: unknown, actual: unknown): boolean {
  if (expected === actual) return true;
  if (!FIGURES.has(key) || typeof expected !== "string" || typeof actual !== "string") return false;
  const a = parseDecimal(expected);
  const b = parseDecimal(actual);
  return a !== null && b !== null && equals(a, b);
}

function compareField(
  key: string,
  expected: unknown,
  actual: unknown,
  at: string,
  into: { fields: number; differences: string[] },
): void {
  if (Array.isArray(expected)) {
    const list = Array.isArray(actual) ? actual : [];
    if (list.length !== expected.length) {
      into.fields += 1;
      into.differences.push(`${at}: ${list.length} entries, expected ${expected.length}`);
    }
    expected.forEach((entry, index) => {
      compareField(key, entry, list[index], `${at}[${index}]`, into);
    });
    return;
  }
  if (expected !== null && typeof expected === "object") {
    const record = (actual ?? {}) as Record<string, unknown>;
    for (const [name, value] of Object.entries(expected))
      compareField(name, value, record[name], at === "" ? name : `${at}.${name}`, into);
    return;
  }
  into.fields += 1;
  if (!alike(key, expected, actual))
    into.differences.push(`${at}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}

/** Reads one file and compares it with its reading. */
export function compareFile(folder: string, name: string): Comparison {
  const bytes = readFileSync(`${folder}${name}.txt`);
  const expected: unknown = JSON.parse(readFileSync(`${folder}${name}.reading.json`, "utf8"));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const read = readDocument({ name: `${name}.txt`, bytes: new Uint8Array(bytes), sha256 });
  if (read.kind === "refused")
    return { file: name, forms: [], fields: 0, differences: [read.what], unnoted: [read.what] };
  const { forms } = read.document;
  const into = { fields: 0, differences: [] as string[] };
  const list = Array.isArray(expected) ? expected : [expected];
  if (forms.length !== list.length) into.differences.push(`${forms.length} forms, expected ${list.length}`);
  list.forEach((entry, index) => {
    compareField("", entry, forms[index], Array.isArray(expected) ? `form ${index + 1}` : "", into);
  });
  const noted = new Set(forms.flatMap((form) => form.notes.map((note) => note.place)));
  const unnoted = into.differences.filter((difference) => {
    const place = /^(?:form \d+\.)?([a-z]+(?:\[\d+\])?)/i.exec(difference)?.[1];
    return ![...noted].some((at) => at !== null && place !== undefined && at.startsWith(place));
  });
  return { file: name, forms, fields: into.fields, differences: into.differences, unnoted };
}

function main(): void {
  const folder = formsFolder();
  if (!folder) {
    console.log("skipped: ../shared/forms is absent");
    return;
  }
  let wrong = 0;
  const report = (result: Comparison): void => {
    const indicators = result.forms.reduce((sum, form) => sum + form.indicators.length, 0);
    const funds = result.forms.reduce((sum, form) => sum + form.funds.length, 0);
    const notes = result.forms.reduce((sum, form) => sum + form.notes.length, 0);
    console.log(
      `${result.file}: ${result.forms.length} forms, ${indicators} indicators, ${funds} fund rows, ${result.differences.length} differing fields of ${result.fields} (${result.unnoted.length} without a note), ${notes} notes`,
    );
    for (const difference of result.differences.slice(0, LISTED)) console.log(`  ${difference}`);
    if (result.differences.length > LISTED) console.log(`  … ${result.differences.length - LISTED} more`);
    wrong += result.differences.length;
  };
  report(compareFile(folder, "bureau-2024"));
  const variants = `${folder}variants/`;
  if (existsSync(variants))
    for (const file of readdirSync(variants).sort())
      if (file.endsWith(".txt")) report(compareFile(variants, file.slice(0, -4)));
  if (wrong > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
