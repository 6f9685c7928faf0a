// The speed and memory figures of the engine, each beside a peer measured in the same run:
//   node bench/run.ts [--json]
// Only ratios and per-form figures mean something; absolute times belong to the machine they were taken on.
import { createHash } from "node:crypto";
import { openDossier, RULES, review, reviewBatch, reviewForm } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import { layOut, layoutOf, writeDocx, writeXlsx } from "@jiheng/exporters";
import { readDocument } from "@jiheng/importers";
import { cleanForm } from "@jiheng/specimens";
import ExcelJS from "exceljs";
import mammoth from "mammoth";

interface Line {
  readonly what: string;
  readonly value: string;
  readonly peer: string;
  readonly goal: string;
  readonly met: boolean;
}

const lines: Line[] = [];

function milliseconds(work: () => void): number {
  const from = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - from) / 1e6;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - from) / 1e6;
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Realistic forms of eight to some forty rows, as a district hands them in. */
function district(count: number): Form[] {
  return Array.from({ length: count }, (_, index) =>
    cleanForm({ seed: index + 1, rows: index % 5 === 0 ? 40 : 0 }),
  );
}

function reviewSpeed(): void {
  const forms = district(400);
  for (const form of forms.slice(0, 200)) reviewForm(openDossier(form), RULES);
  const each = forms.map((form) => milliseconds(() => void reviewForm(openDossier(form), RULES)));
  const p99 = percentile(each, 0.99);
  lines.push({
    what: "one form, score and full review, p99 warm",
    value: `${p99.toFixed(2)} ms`,
    peer: `median ${percentile(each, 0.5).toFixed(2)} ms`,
    goal: "≤ 5 ms",
    met: p99 <= 5,
  });
  const total = milliseconds(() => {
    for (const form of forms) reviewForm(openDossier(form), RULES);
  });
  const rate = (forms.length / total) * 1000;
  lines.push({
    what: "score and review, forms a second on one core",
    value: rate.toFixed(0),
    peer: "",
    goal: "≥ 1500",
    met: rate >= 1500,
  });
  const batch = milliseconds(
    () => void reviewBatch({ forms: forms.map((form) => openDossier(form)) }, RULES),
  );
  lines.push({
    what: `${forms.length} forms across one another`,
    value: `${batch.toFixed(0)} ms`,
    peer: "",
    goal: "",
    met: true,
  });
}

function largeForm(): void {
  for (const rows of [1000, 10_000]) {
    const form = cleanForm({ seed: 3, rows });
    const took = milliseconds(() => void review([form], RULES));
    lines.push({
      what: `one form of ${rows} rows, score and review`,
      value: `${took.toFixed(0)} ms`,
      peer: "",
      goal: rows === 10_000 ? "≤ 1000 ms" : "",
      met: rows !== 10_000 || took <= 1000,
    });
  }
}

async function readSpeed(): Promise<void> {
  const plan = layoutOf("national");
  if (!plan) throw new Error("no national layout");
  const models = district(60).map((form) => layOut(form, plan));
  const docx = models.map((model) => writeDocx([model]));
  const xlsx = models.map((model) => writeXlsx([model]));
  const ours = (files: readonly Uint8Array[], name: string) => async (): Promise<void> => {
    for (const bytes of files)
      await readDocument({ name, bytes, sha256: createHash("sha256").update(bytes).digest("hex") });
  };
  const peers: readonly [string, () => Promise<void>, () => Promise<void>, number][] = [
    [
      "docx: our reading (cells, form, notes) against mammoth (HTML)",
      ours(docx, "form.docx"),
      async () => {
        for (const bytes of docx) await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
      },
      6,
    ],
    [
      "xlsx: our reading (cells, form, notes) against exceljs (cells)",
      ours(xlsx, "form.xlsx"),
      async () => {
        for (const bytes of xlsx) await new ExcelJS.Workbook().xlsx.load(Buffer.from(bytes) as never);
      },
      1,
    ],
  ];
  for (const [what, mine, theirs, goal] of peers) {
    await mine();
    await theirs();
    // Alternating rounds, so that neither has the quieter machine.
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < 5; round++) {
      times[0].push(await millisecondsOf(mine));
      times[1].push(await millisecondsOf(theirs));
    }
    const a = percentile(times[0], 0.5) / models.length;
    const b = percentile(times[1], 0.5) / models.length;
    lines.push({
      what,
      value: `${a.toFixed(2)} ms a file`,
      peer: `${b.toFixed(2)} ms a file: ${(b / a).toFixed(1)}×`,
      goal: `≥ ${goal}×`,
      met: b / a >= goal,
    });
  }
}

reviewSpeed();
largeForm();
await readSpeed();
lines.push({
  what: "memory at the end (resident)",
  value: `${(process.memoryUsage().rss / 1048576).toFixed(0)} MB`,
  peer: "",
  goal: "",
  met: true,
});

if (process.argv.includes("--json")) console.log(JSON.stringify({ node: process.version, lines }, null, 2));
else
  for (const { what, value, peer, goal, met } of lines)
    console.log(
      `${met ? "·" : "✗"} ${what}: ${value}${peer ? ` (${peer})` : ""}${goal ? `   goal ${goal}` : ""}`,
    );
