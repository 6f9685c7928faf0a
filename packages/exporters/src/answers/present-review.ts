import { type FormReview, type Review, RULES_VERSION } from "@jiheng/audit";
import type { AuditAnswer } from "@jiheng/contract";
import { type Decimal, formatDecimal, type Origin } from "@jiheng/domain";

/** A mark as the interchange format prints it: two decimals, or null. */
function mark(value: Decimal | null): string | null {
  return value ? formatDecimal(value, 2) : null;
}

function presentForm(file: string, { dossier, ...review }: FormReview): AuditAnswer["forms"][number] {
  const { form, policy, entered, score } = dossier;
  const total = score.total;
  return {
    file,
    id: form.id,
    project: form.project,
    policy: { id: policy.id, version: policy.version },
    findings: review.findings.map((finding) => ({
      ...finding,
      at: [...finding.at],
      cells: finding.cells.map((cell) => structuredCell(cell)),
      basis: [...finding.basis],
      figures: { ...finding.figures },
    })),
    unclear: review.unclear.map((doubt) => ({ ...doubt, at: [...doubt.at] })),
    notChecked: [...review.notChecked],
    errors: [...review.errors],
    notes: review.notes.map((note) => ({ ...note, at: note.at ? structuredCell(note.at) : null })),
    counts: review.counts,
    recomputed: {
      fromEntered: { totalScore: mark(entered.totalScore), grade: entered.grade },
      underPolicy: {
        totalScore: total.kind === "number" ? mark(total.value) : null,
        grade: score.grade,
        between:
          total.kind === "bounds" && total.between
            ? [formatDecimal(total.between[0], 2), formatDecimal(total.between[1], 2)]
            : null,
        lacking: total.kind === "bounds" ? total.lacking.map(({ at, what }) => `${at}：${what}`) : [],
      },
    },
  };
}

function structuredCell(cell: Origin): AuditAnswer["forms"][number]["findings"][number]["cells"][number] {
  return "page" in cell ? { page: cell.page, box: [...cell.box] } : cell;
}

/** The answer of `jiheng audit --json`, from a review and the file each form came from. */
export function presentReview(review: Review, files: readonly string[], engineVersion: string): AuditAnswer {
  const policies = new Map(review.forms.map(({ dossier }) => [dossier.policy.id, dossier.policy.version]));
  return {
    engine: {
      name: "jiheng",
      version: engineVersion,
      rules: RULES_VERSION,
      // Forms of several jurisdictions in one run are reviewed under several packs: all of them are named.
      policy: { id: [...policies.keys()].join("+"), version: [...policies.values()].join("+") },
    },
    forms: review.forms.map((each, index) => presentForm(files[index] ?? "", each)),
    batch: {
      findings: review.batch.findings.map((finding) => ({
        ...finding,
        at: [...finding.at],
        cells: finding.cells.map(({ form, at }) => ({ form, at: structuredCell(at) })),
        basis: [...finding.basis],
        figures: { ...finding.figures },
      })),
      unclear: review.batch.unclear.map((doubt) => ({ ...doubt, at: [...doubt.at] })),
      notChecked: [...review.batch.notChecked],
      errors: [...review.batch.errors],
    },
  };
}
