import type { MarkAnswer, ScoreAnswer, StepAnswer } from "@jiheng/contract";
import { type Form, formatDecimal, type Score, type Step } from "@jiheng/domain";
import { showCitation } from "@jiheng/law";
import type { FormScore } from "@jiheng/scoring";

/** A step with its clauses in words. */
export function presentStep(step: Step): StepAnswer {
  return {
    says: step.says,
    mechanism: step.mechanism,
    figures: { ...step.figures },
    at: [...step.at],
    basis: step.basis.map(showCitation),
  };
}

/** A mark with decimal strings; two decimals, as marks are printed. */
function presentMark(score: Score): MarkAnswer {
  switch (score.kind) {
    case "scored":
      return {
        kind: "scored",
        awarded: formatDecimal(score.awarded, 2),
        of: formatDecimal(score.of, 2),
        steps: score.steps.map(presentStep),
      };
    case "missing":
      return {
        kind: "missing",
        what: score.what,
        of: score.of ? formatDecimal(score.of, 2) : null,
        steps: score.steps.map(presentStep),
      };
    case "judgement":
      return {
        kind: "judgement",
        between: [formatDecimal(score.between[0], 2), formatDecimal(score.between[1], 2)],
        of: formatDecimal(score.of, 2),
        why: score.why,
        steps: score.steps.map(presentStep),
      };
    case "notApplicable":
      return { kind: "notApplicable", why: score.why, basis: score.basis.map(showCitation) };
  }
}

/** One form of the answer of `jiheng score --json`. */
export function presentFormScore(
  file: string,
  form: Form,
  score: FormScore,
  why: string,
): ScoreAnswer["forms"][number] {
  const fund = score.executionRows[0]?.fund ?? 0;
  const { total } = score;
  return {
    file,
    id: form.id,
    project: form.project,
    policy: { ...score.policy, why },
    execution: {
      at: `funds[${fund}].score`,
      printed: form.funds[fund]?.score ?? null,
      mark: presentMark(score.execution),
    },
    indicators: score.indicators.map((mark, index) => {
      const row = form.indicators[index];
      return {
        at: `indicators[${index}].score`,
        name: row?.name ?? null,
        points: row?.points ?? null,
        printed: row?.score ?? null,
        mark: presentMark(mark),
      };
    }),
    total:
      total.kind === "number"
        ? { kind: "number", value: formatDecimal(total.value, 2), of: formatDecimal(total.of, 2) }
        : total.kind === "bounds"
          ? {
              kind: "bounds",
              between: total.between
                ? [formatDecimal(total.between[0], 2), formatDecimal(total.between[1], 2)]
                : null,
              of: total.of ? formatDecimal(total.of, 2) : null,
              lacking: total.lacking.map((each) => ({ ...each })),
            }
          : { kind: "notApplicable", why: total.why },
    printed: { totalScore: form.totalScore, grade: form.grade },
    grade: score.grade,
    possibleGrades: [...score.possibleGrades],
    steps: score.steps.map(presentStep),
  };
}
