import { type Form, type Place, place, type Score, type Step } from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import type { PolicyPack } from "./policy-pack.ts";
import { type FormScore, scoreForm } from "./score-form.ts";
import { sameScore, sameTotal, scoreWords, totalWords } from "./score-words.ts";

/** One mark that differs between two policies, with the words and clauses that make the difference. */
export interface PolicyChange {
  readonly at: Place;
  /** 预算执行得分, the indicator's name, 总分, 等级. */
  readonly name: string;
  /** The marks in words under the first and the second policy. */
  readonly before: string;
  readonly after: string;
  /** How each policy comes to its mark. */
  readonly why: { readonly before: string; readonly after: string };
  readonly basis: { readonly before: readonly Citation[]; readonly after: readonly Citation[] };
}

/** The changes of one form between two policies; an empty list says that nothing changes. */
export interface PolicyComparison {
  readonly form: number;
  readonly id: string;
  readonly project: string | null;
  readonly before: FormScore;
  readonly after: FormScore;
  readonly changes: readonly PolicyChange[];
}

function told(score: Score): { readonly why: string; readonly basis: readonly Citation[] } {
  if (score.kind === "notApplicable") return { why: score.why, basis: score.basis };
  return gathered(score.steps);
}

function gathered(steps: readonly Step[]): { readonly why: string; readonly basis: readonly Citation[] } {
  const basis: Citation[] = [];
  for (const step of steps) {
    for (const each of step.basis) {
      if (!basis.some((known) => known.instrument === each.instrument && known.clause === each.clause))
        basis.push(each);
    }
  }
  return { why: steps.map((step) => step.says).join("；"), basis };
}

function change(at: Place, name: string, before: Score, after: Score): PolicyChange {
  const a = told(before);
  const b = told(after);
  return {
    at,
    name,
    before: scoreWords(before),
    after: scoreWords(after),
    why: { before: a.why, after: b.why },
    basis: { before: a.basis, after: b.basis },
  };
}

function gradeWords(score: FormScore): string {
  return score.possibleGrades.length === 0 ? "不评等级" : score.possibleGrades.join("或");
}

/** Scores the same forms under two policies and lists every mark that changes, by which clause. Printed points are kept under both. */
export function comparePolicies(
  forms: readonly Form[],
  a: PolicyPack,
  b: PolicyPack,
): readonly PolicyComparison[] {
  return forms.map((form, index) => {
    const before = scoreForm(form, a);
    const after = scoreForm(form, b);
    const changes: PolicyChange[] = [];
    if (!sameScore(before.execution, after.execution)) {
      const fund = before.executionRows[0]?.fund ?? after.executionRows[0]?.fund ?? 0;
      changes.push(change(place.fund(fund, "score"), "预算执行得分", before.execution, after.execution));
    }
    for (const [row, indicator] of form.indicators.entries()) {
      const x = before.indicators[row];
      const y = after.indicators[row];
      if (x && y && !sameScore(x, y))
        changes.push(change(place.indicator(row, "score"), indicator.name ?? "未命名指标", x, y));
    }
    const stepsFor = (score: FormScore, grade: boolean) =>
      gathered(score.steps.filter((step) => (step.mechanism === "grade") === grade));
    if (!sameTotal(before.total, after.total)) {
      const x = stepsFor(before, false);
      const y = stepsFor(after, false);
      changes.push({
        at: "totalScore",
        name: "总分",
        before: totalWords(before.total),
        after: totalWords(after.total),
        why: { before: x.why, after: y.why },
        basis: { before: x.basis, after: y.basis },
      });
    }
    if (gradeWords(before) !== gradeWords(after)) {
      const x = stepsFor(before, true);
      const y = stepsFor(after, true);
      changes.push({
        at: "grade",
        name: "等级",
        before: gradeWords(before),
        after: gradeWords(after),
        why: { before: x.why || "本口径不评等级", after: y.why || "本口径不评等级" },
        basis: { before: x.basis, after: y.basis },
      });
    }
    return { form: index, id: form.id, project: form.project, before, after, changes };
  });
}
