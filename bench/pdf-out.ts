// The part "pdf-out" of the bench: forms written as PDF, against LibreOffice turning the same forms, as docx, into PDF.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Form } from "@jiheng/domain";
import { formsDocument, layOut, layoutOf, writeDocx } from "@jiheng/exporters";
import { writePdf } from "@jiheng/exporters/pdf";

const GOAL = 30;
const TIMES = 50;
/** Forms that LibreOffice is given: a start each takes seconds. */
const PEER_FORMS = 5;

interface Figures {
  /** Milliseconds a form, each in a file of its own and typeset for the first time. */
  readonly median: number;
  readonly largest: number;
  /** Milliseconds a form, all in one file with a contents page. */
  readonly bound: number;
  readonly forms: number;
  /** Milliseconds a form by LibreOffice, a call each and all in one call; null where it is not installed. */
  readonly peer: { readonly each: number; readonly together: number } | null;
}

function clock(work: () => void): number {
  const from = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - from) / 1e6;
}

function measure(forms: readonly Form[]): Figures {
  const plan = layoutOf("national");
  if (!plan) throw new Error("no national layout");
  const models = forms.map((form) => layOut(form, plan));
  const warm = models.slice(0, 20);
  for (const model of warm) writePdf(formsDocument([model], false));
  // Every form once: the engine remembers what it has typeset, and a batch does not repeat itself.
  const times = models
    .slice(warm.length)
    .map((model) => clock(() => void writePdf(formsDocument([model], false))))
    .sort((a, b) => a - b);
  const bound = clock(() => void writePdf(formsDocument(models, true))) / models.length;
  return {
    median: times[Math.floor(times.length / 2)] ?? Number.NaN,
    largest: times.at(-1) ?? Number.NaN,
    bound,
    forms: times.length,
    peer: byLibreOffice(models.slice(0, PEER_FORMS).map((model) => writeDocx(formsDocument([model], false)))),
  };
}

function byLibreOffice(files: readonly Uint8Array[]): Figures["peer"] {
  if (spawnSync("soffice", ["--version"], { stdio: "ignore" }).error) return null;
  const folder = mkdtempSync(join(tmpdir(), "jiheng-bench-"));
  try {
    const names = files.map((bytes, index) => {
      const name = join(folder, `${index}.docx`);
      writeFileSync(name, bytes);
      return name;
    });
    const convert = (paths: readonly string[]): void => {
      const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
      const options = [profile, "--headless", "--convert-to", "pdf", "--outdir", folder, ...paths];
      spawnSync("soffice", options, { stdio: "ignore" });
    };
    // The first start makes the profile and does not count.
    convert(names.slice(0, 1));
    const each = clock(() => {
      for (const name of names) convert([name]);
    });
    const together = clock(() => convert(names));
    const made = readdirSync(folder).filter((name) => name.endsWith(".pdf")).length;
    if (made !== names.length) throw new Error(`LibreOffice wrote ${made} of ${names.length} files`);
    return { each: each / names.length, together: together / names.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines of the bench: the time of a form, and how many times faster than LibreOffice where that is installed. */
export function ofPdfOut(forms: readonly Form[]) {
  const { median, largest, bound, forms: count, peer } = measure(forms);
  return [
    {
      what: "pdf out: one form in a file of its own, median",
      value: `${median.toFixed(1)} ms`,
      beside: `largest ${largest.toFixed(0)} ms of ${count}; ${bound.toFixed(1)} ms a form with all in one file`,
      goal: `≤ ${GOAL} ms`,
      met: median <= GOAL,
    },
    peer
      ? {
          what: "pdf out: against LibreOffice headless, a call a form",
          value: `${(peer.each / median).toFixed(0)}×`,
          beside: `LibreOffice ${peer.each.toFixed(0)} ms a form; ${peer.together.toFixed(0)} ms with ${PEER_FORMS} forms in one call, ${(peer.together / median).toFixed(0)}×`,
          goal: `≥ ${TIMES}×`,
          met: peer.each / median >= TIMES,
        }
      : {
          what: "pdf out: against LibreOffice headless, a call a form",
          value: "not measured",
          beside: "LibreOffice is not installed",
          goal: `≥ ${TIMES}×`,
          met: null,
        },
  ];
}
