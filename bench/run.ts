// The speed and memory figures of the engine, each beside a peer measured in the same run:
//   node bench/run.ts [--json] [--part review|large|published|docx|xlsx|docx-out|xlsx-out|start|pdf-in|pdf-out|site]
// Each part runs in a process of its own, one after the other: the heap and the compiled code of one do not reach the next.
// Goals are held against the time of the clock; the CPU time of the thread stands beside it, so that a machine that was
// busy with other work shows. docs/bench.md says what is measured and what was seen.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { openDossier, RULES, review, reviewBatch, reviewForm } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import { formsDocument, formsWorkbook, layOut, layoutOf, writeDocx, writeXlsx } from "@jiheng/exporters";
import { readDocument } from "@jiheng/importers";
import { cleanForm } from "@jiheng/specimens";
import { type Line, type Spent, spent } from "./measure.ts";
import { ofWriting } from "./office-out.ts";

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Realistic forms as a district hands them in: eight rows, every fifth of forty. */
function district(count: number): Form[] {
  return Array.from({ length: count }, (_, index) =>
    cleanForm({ seed: index + 1, rows: index % 5 === 0 ? 40 : 0 }),
  );
}

const rowsOf = (forms: readonly Form[]): number =>
  forms.reduce((sum, { indicators }) => sum + indicators.length, 0);

/** Each form by itself, `rounds` times after warming up: milliseconds by the clock. */
function eachForm(forms: readonly Form[], warm: number, rounds: number): number[] {
  const times: number[] = [];
  for (let round = -warm; round < rounds; round++)
    for (const form of forms) {
      const from = process.hrtime.bigint();
      reviewForm(openDossier(form), RULES);
      if (round >= 0) times.push(Number(process.hrtime.bigint() - from) / 1e6);
    }
  return times;
}

async function ofReview(): Promise<Line[]> {
  const forms = district(400);
  const each = eachForm(forms, 3, 5);
  const p99 = percentile(each, 0.99);
  const rounds: Spent[] = [];
  for (let round = 0; round < 7; round++)
    rounds.push(
      await spent(() => {
        for (const form of forms) reviewForm(openDossier(form), RULES);
      }),
    );
  const clock = percentile(
    rounds.map((one) => one.clock),
    0.5,
  );
  const cpu = percentile(
    rounds.map((one) => one.cpu),
    0.5,
  );
  const rate = (forms.length / clock) * 1000;
  const batch = await spent(() => void reviewBatch({ forms: forms.map((form) => openDossier(form)) }, RULES));
  return [
    {
      what: "one form, score and full review, p99 warm",
      value: `${p99.toFixed(2)} ms`,
      beside: `median ${percentile(each, 0.5).toFixed(2)} ms, largest ${Math.max(...each).toFixed(1)} ms of ${each.length}`,
      goal: "≤ 5 ms",
      met: p99 <= 5,
    },
    {
      what: "score and review, forms a second on one core",
      value: rate.toFixed(0),
      beside: `${((rowsOf(forms) / clock) * 1000).toFixed(0)} rows a second; ${(cpu / forms.length).toFixed(2)} ms of CPU a form, by which ${((forms.length / cpu) * 1000).toFixed(0)} forms a second`,
      goal: "≥ 1500",
      met: rate >= 1500,
    },
    {
      what: `${forms.length} forms across one another`,
      value: `${batch.clock.toFixed(0)} ms`,
      beside: `${batch.cpu.toFixed(0)} ms of CPU, once, cold`,
      goal: "",
      met: null,
    },
  ];
}

async function ofLarge(): Promise<Line[]> {
  const lines: Line[] = [];
  // As a run meets it: a few ordinary forms before, the large one once.
  for (const form of district(20)) reviewForm(openDossier(form), RULES);
  for (const rows of [1000, 10_000]) {
    const form = cleanForm({ seed: 3, rows });
    const { clock, cpu } = await spent(() => void review([form], RULES));
    lines.push({
      what: `one form of ${rows} rows, score and review`,
      value: `${clock.toFixed(0)} ms`,
      beside: `${cpu.toFixed(0)} ms of CPU, ${((rows / clock) * 1000).toFixed(0)} rows a second`,
      goal: rows === 10_000 ? "≤ 1000 ms" : "",
      met: rows === 10_000 ? clock <= 1000 : null,
    });
  }
  return lines;
}

const PUBLISHED = fileURLToPath(new URL("../../shared/forms/bureau-2024.txt", import.meta.url));

/** The published forms, where they lie beside the repository; they are no part of it. */
async function ofPublished(): Promise<Line[]> {
  const what = "a published form with long narratives, p99 warm";
  if (!existsSync(PUBLISHED))
    return [
      {
        what,
        value: "not measured",
        beside: "no published forms beside the repository",
        goal: "≤ 5 ms",
        met: null,
      },
    ];
  const read = readDocument({ name: "forms.txt", bytes: readFileSync(PUBLISHED), sha256: "" });
  if (read.kind === "refused") throw new Error(`the published forms were refused: ${read.code}`);
  const { forms } = read.document;
  eachForm(forms, 40, 0);
  const perForm = forms.map((form) => percentile(eachForm([form], 5, 100), 0.99));
  const each = eachForm(forms, 0, 100);
  const p99 = percentile(each, 0.99);
  const worst = perForm.indexOf(Math.max(...perForm));
  return [
    {
      what,
      value: `${p99.toFixed(2)} ms`,
      beside: `median ${percentile(each, 0.5).toFixed(2)} ms of ${forms.length} forms with ${rowsOf(forms)} rows; the slowest by itself ${(perForm[worst] ?? Number.NaN).toFixed(2)} ms (${forms[worst]?.indicators.length ?? 0} rows)`,
      goal: "≤ 5 ms",
      met: p99 <= 5,
    },
  ];
}

async function ofReading(kind: "docx" | "xlsx"): Promise<Line[]> {
  const plan = layoutOf("national");
  if (!plan) throw new Error("no national layout");
  const files = district(60).map((form) => {
    const model = layOut(form, plan);
    return kind === "docx"
      ? writeDocx(formsDocument([model], false))
      : writeXlsx(formsWorkbook([model], false));
  });
  const ours = (): void => {
    for (const bytes of files)
      readDocument({
        name: `form.${kind}`,
        bytes,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      });
  };
  const theirs = kind === "docx" ? await mammothReads(files) : await excelReads(files);
  for (let round = 0; round < 8; round++) {
    ours();
    await theirs();
  }
  // Alternating rounds, so that neither has the quieter machine.
  const times: [Spent[], Spent[]] = [[], []];
  for (let round = 0; round < 9; round++) {
    times[0].push(await spent(ours));
    times[1].push(await spent(theirs));
  }
  const middle = (list: readonly Spent[], by: keyof Spent): number =>
    percentile(
      list.map((one) => one[by]),
      0.5,
    ) / files.length;
  const [a, b] = [middle(times[0], "clock"), middle(times[1], "clock")];
  const [cpuA, cpuB] = [middle(times[0], "cpu"), middle(times[1], "cpu")];
  const goal = kind === "docx" ? 6 : 1;
  return [
    {
      what:
        kind === "docx"
          ? "docx: our reading (cells, form, notes) against mammoth (HTML)"
          : "xlsx: our reading (cells, form, notes) against exceljs (cells)",
      value: `${(b / a).toFixed(1)}×`,
      beside: `${a.toFixed(2)} ms a file against ${b.toFixed(2)} ms; by CPU ${cpuA.toFixed(2)} against ${cpuB.toFixed(2)} ms, ${(cpuB / cpuA).toFixed(1)}×`,
      goal: `≥ ${goal}×`,
      met: b / a >= goal,
    },
  ];
}

async function mammothReads(files: readonly Uint8Array[]): Promise<() => Promise<void>> {
  const { default: mammoth } = await import("mammoth");
  return async () => {
    for (const bytes of files) await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
  };
}

async function excelReads(files: readonly Uint8Array[]): Promise<() => Promise<void>> {
  const { default: ExcelJS } = await import("exceljs");
  return async () => {
    for (const bytes of files) await new ExcelJS.Workbook().xlsx.load(Buffer.from(bytes) as never);
  };
}

/** The command itself, from its start to its end. The first run fills the cache of compiled sources and does not count. */
async function ofStart(): Promise<Line[]> {
  const command = fileURLToPath(new URL("../apps/cli/bin/jiheng.js", import.meta.url));
  const file = existsSync(PUBLISHED)
    ? PUBLISHED
    : fileURLToPath(new URL("../fixtures/forms", import.meta.url));
  const times: number[] = [];
  for (let round = -1; round < 5; round++) {
    const { clock } = await spent(() => {
      const { error } = spawnSync(process.execPath, [command, "audit", file], { stdio: "ignore" });
      if (error) throw error;
    });
    if (round >= 0) times.push(clock);
  }
  const clock = percentile(times, 0.5);
  return [
    {
      what: `jiheng audit of ${file === PUBLISHED ? "the eleven published forms" : "the fixtures"}, start included`,
      value: `${clock.toFixed(0)} ms`,
      beside: `fastest ${Math.min(...times).toFixed(0)} ms`,
      goal: "≤ 1000 ms",
      met: clock <= 1000,
    },
  ];
}

const PARTS: Readonly<Record<string, () => Promise<Line[]>>> = {
  review: ofReview,
  large: ofLarge,
  published: ofPublished,
  docx: () => ofReading("docx"),
  xlsx: () => ofReading("xlsx"),
  "docx-out": () => ofWriting("docx", district(60)),
  "xlsx-out": () => ofWriting("xlsx", district(60)),
  start: ofStart,
  "pdf-in": async () => (await import("./pdf-in.ts")).ofPdfIn(),
  "pdf-out": async () => (await import("./pdf-out.ts")).ofPdfOut(district(100)),
  site: async () => (await import("./site.ts")).ofSite(),
};

interface PartResult {
  readonly lines: readonly Line[];
  /** Largest resident memory of the part's process, in MB. */
  readonly memory: number;
}

async function measure(part: string): Promise<PartResult> {
  const run = PARTS[part];
  if (!run) throw new Error(`no part "${part}"; there are ${Object.keys(PARTS).join(", ")}`);
  const lines = await run();
  return { lines, memory: Math.round(process.resourceUsage().maxRSS / 1024) };
}

function inItsOwnProcess(part: string): PartResult {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "--part", part, "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 24,
  });
  if (child.status !== 0) throw new Error(`the part "${part}" failed`);
  return JSON.parse(child.stdout) as PartResult;
}

function print(part: string, { lines, memory }: PartResult): void {
  for (const { what, value, beside, goal, met } of lines)
    console.log(
      `${met === false ? "✗" : met ? "✓" : "·"} ${what}: ${value}${goal ? ` (goal ${goal})` : ""}${beside ? `\n    ${beside}` : ""}`,
    );
  console.log(`    ${part}: at most ${memory} MB resident`);
}

const asJson = process.argv.includes("--json");
const at = process.argv.indexOf("--part");
const only = at < 0 ? null : (process.argv[at + 1] ?? "");
if (only !== null) {
  const result = await measure(only);
  if (asJson) console.log(JSON.stringify(result));
  else print(only, result);
} else {
  const [before] = loadavg();
  const results: Record<string, PartResult> = {};
  for (const part of Object.keys(PARTS)) {
    const result = inItsOwnProcess(part);
    results[part] = result;
    if (!asJson) print(part, result);
  }
  const [after] = loadavg();
  const machine = {
    node: process.version,
    processor: cpus()[0]?.model ?? "",
    cores: cpus().length,
    loadBefore: before,
    loadAfter: after,
  };
  if (asJson) console.log(JSON.stringify({ machine, parts: results }, null, 2));
  else
    console.log(
      `Node ${machine.node}, ${machine.cores} × ${machine.processor}; load ${before?.toFixed(1)} before, ${after?.toFixed(1)} after.`,
    );
}
