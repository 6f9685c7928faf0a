/**
 * Reviews the published forms that lie beside the repository (../shared/forms) and holds the result against the table
 * of coverage-bureau-2024.ts. Prints each fault and the counts; exit status 1 where there is a fault, 0 where the
 * folder is absent.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Review, RULES, review } from "@jiheng/audit";
import { readDocument } from "@jiheng/importers";
import { COVERAGE, NARRATIVE_CODES, REQUIRED, RIGHT, type Seen, tally } from "./coverage-bureau-2024.ts";

const FORMS = fileURLToPath(new URL("../../shared/forms/bureau-2024.txt", import.meta.url));
const LIST = fileURLToPath(new URL("../../shared/forms/bureau-2024.findings.md", import.meta.url));
/** The least share of warnings that must be found. */
const WARNINGS_FOUND = 0.8;

/** One thing the review says, of a form or of the batch. */
export interface Said {
  readonly where: number | "batch";
  readonly kind: "finding" | "unclear";
  readonly code: string;
  readonly force: string;
  readonly at: readonly string[];
  readonly message: string;
}

/** Whether the forms and the reviewer's list lie beside the repository. */
export function coverageAtHand(): boolean {
  return existsSync(FORMS) && existsSync(LIST);
}

/** All that the review of the eleven forms says. Throws where the file cannot be read. */
export function reviewBureau(): readonly Said[] {
  const bytes = new Uint8Array(readFileSync(FORMS));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const result = readDocument({ name: "bureau-2024.txt", bytes, sha256 });
  if (result.kind === "refused") throw new Error(result.what);
  return spoken(review(result.document.forms, RULES));
}

function spoken({ forms, batch }: Review): readonly Said[] {
  const said: Said[] = [];
  forms.forEach(({ findings, unclear }, index) => {
    for (const { code, force, at, message } of findings)
      said.push({ where: index + 1, kind: "finding", code, force, at, message });
    for (const { code, at, why } of unclear)
      said.push({ where: index + 1, kind: "unclear", code, force: "", at, message: why });
  });
  for (const { code, force, at, message } of batch.findings)
    said.push({ where: "batch", kind: "finding", code, force, at: at.map((each) => each.at), message });
  for (const { code, at, why } of batch.unclear)
    said.push({
      where: "batch",
      kind: "unclear",
      code,
      force: "",
      at: at.map((each) => each.at),
      message: why,
    });
  return said;
}

/** Ids and severities of the reviewer's list, `narrative-ok` as `trap`. */
export function listedFindings(): ReadonlyMap<string, { severity: string; trap: boolean }> {
  const listed = new Map<string, { severity: string; trap: boolean }>();
  for (const [, id = "", severity = "", kind = ""] of readFileSync(LIST, "utf8").matchAll(
    /^- `(S[0-9X]+-\d+)` (\w+) · ([\w-]+)/gm,
  ))
    listed.set(id, { severity, trap: kind === "narrative-ok" });
  return listed;
}

function says({ where, code, at, names }: Seen, kind: Said["kind"], each: Said): boolean {
  return (
    each.kind === kind &&
    each.where === where &&
    each.code === code &&
    (at === "" || each.at.some((one) => one.startsWith(at))) &&
    names.every((name) => each.message.includes(name))
  );
}

function show({ where, code, at, names }: Seen): string {
  return `${where} ${code} ${at} ${names.join("、")}`.trim();
}

/** Whether a text names a figure by itself, not as the end of a longer one. */
function namesFigure(text: string, figure: string): boolean {
  for (let from = text.indexOf(figure); from >= 0; from = text.indexOf(figure, from + 1))
    if (!/[\d.]/.test(text[from - 1] ?? "")) return true;
  return false;
}

/** Each way in which the table and the review do not agree. */
export function coverageFaults(
  said: readonly Said[],
  listed: ReadonlyMap<string, { severity: string; trap: boolean }>,
): readonly string[] {
  const faults: string[] = [];
  const missing = (seen: readonly Seen[], kind: Said["kind"]) =>
    seen.filter((each) => !said.some((one) => says(each, kind, one)));
  const ids = new Set(COVERAGE.map(({ id }) => id));
  if (ids.size !== COVERAGE.length) faults.push("an id stands twice in the table");
  for (const id of listed.keys()) if (!ids.has(id)) faults.push(`${id}: not in the table`);
  for (const { id, severity, outcome, decidable, seen } of COVERAGE) {
    const own = listed.get(id);
    if (!own) faults.push(`${id}: not in the list`);
    else if (own.severity !== severity) faults.push(`${id}: ${severity}, the list says ${own.severity}`);
    else if (own.trap !== (outcome === "trap")) faults.push(`${id}: a trap in one place only`);
    if ((outcome === "found" || outcome === "unclear") && seen.length === 0)
      faults.push(`${id}: ${outcome}, but nowhere`);
    if (severity === "error" && decidable && outcome !== "found")
      faults.push(`${id}: a decidable error not found`);
    if (severity === "error" && outcome === "none") faults.push(`${id}: an error that nothing points at`);
    const kind = outcome === "unclear" ? "unclear" : "finding";
    for (const each of missing(seen, kind)) faults.push(`${id}: not ${outcome}: ${show(each)}`);
  }
  for (const { item, seen } of REQUIRED)
    for (const each of missing(seen, "finding")) faults.push(`${item}: not found: ${show(each)}`);
  const warnings = tally("warning");
  if (warnings.found < warnings.all * WARNINGS_FOUND)
    faults.push(`only ${warnings.found} of ${warnings.all} warnings found`);
  for (const { id, form, places, figures } of RIGHT)
    for (const each of said) {
      if (each.where !== form || each.kind !== "finding" || !NARRATIVE_CODES.has(each.code)) continue;
      if (each.force === "hint") continue;
      const figure = figures.find((one) => namesFigure(each.message, one));
      // The first place is what a finding blames; the others are what it was compared with.
      const at = places.find((one) => each.at[0]?.startsWith(one));
      if (figure !== undefined || at !== undefined)
        faults.push(`${id}: ${figure ?? at} is right, but ${each.code} says: ${each.message}`);
    }
  return faults;
}

/** Findings of force must and should that no entry of the table names: what the review says beyond the list. */
export function beyondTheList(said: readonly Said[]): readonly Said[] {
  const all = [...COVERAGE, ...REQUIRED].flatMap(({ seen }) => seen);
  return said.filter(
    (each) =>
      each.kind === "finding" &&
      (each.force === "must" || each.force === "should") &&
      !all.some((one) => says(one, "finding", each)),
  );
}

function main(): void {
  if (!coverageAtHand()) {
    console.log("../shared/forms is absent: nothing to check");
    return;
  }
  const said = reviewBureau();
  const faults = coverageFaults(said, listedFindings());
  for (const fault of faults) console.log(fault);
  for (const severity of ["error", "warning", "note"] as const) {
    const { all, found, unclear, none } = tally(severity);
    console.log(`${severity}: ${found} of ${all} found, ${unclear} unclear, ${none} not found`);
  }
  const beyond = beyondTheList(said);
  console.log(`${beyond.length} findings of force must or should beyond the list`);
  for (const { where, code, at, message } of beyond)
    console.log(`  ${where} ${code} ${at.join(" ")}: ${message}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
