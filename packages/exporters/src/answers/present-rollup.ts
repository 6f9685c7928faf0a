import type { DerivationAnswer, RollUpAnswer, RollUpRefusedAnswer } from "@jiheng/contract";
import { type Citation, showCitation } from "@jiheng/law";
import type { Conflict, Derivation, RolledUp, RollUpChoices, RollUpSource, Term } from "@jiheng/rollup";
import { presentStep } from "./present-score.ts";

type TermAnswer = RollUpRefusedAnswer["conflicts"][number]["terms"][number];
type SourceAnswer = RollUpAnswer["rollUp"]["sources"][number];

/** The contract's lists are mutable, those of the results are not: the same values either way. */
const listed = (terms: readonly Term[]): TermAnswer[] => terms.map((term) => ({ ...term }));
const clauses = (basis: readonly Citation[]): string[] => basis.map(showCitation);

/** How one figure of a roll-up came about, with its clauses in words. */
export function presentDerivation(trace: Derivation): DerivationAnswer {
  const basis = clauses(trace.basis);
  switch (trace.kind) {
    case "sum":
      return { ...trace, basis, terms: listed(trace.terms), left: listed(trace.left) };
    case "recomputed":
      return { ...trace, basis, steps: trace.steps.map(presentStep) };
    case "given":
      return { ...trace, basis };
    default:
      return { ...trace, basis, terms: listed(trace.terms) };
  }
}

function presentChoices(choices: RollUpChoices): RollUpAnswer["rollUp"]["choices"] {
  return {
    points: choices.points,
    weights: { ...choices.weights },
    merges: choices.merges.map(([first, second]) => [first, second]),
    apart: [...choices.apart],
    denominators: choices.denominators.map(([rate, count]) => [rate, count]),
    once: [...choices.once],
    strictest: [...choices.strictest],
  };
}

type FormAnswer = SourceAnswer["form"];

function presentSource({ form, file, parts, choices }: RollUpSource): SourceAnswer {
  return {
    file,
    form: form as FormAnswer,
    choices: choices && presentChoices(choices),
    parts: parts.map(presentSource),
  };
}

/** A roll-up as the interchange format prints it: a reading of the form, so that every command takes it, and its sources beside it. */
export function presentRollUp(rolled: RolledUp, engine: string): RollUpAnswer {
  const { form, policy, choices, traces, offers, sources } = rolled;
  return {
    engine: { name: "jiheng", version: engine },
    documents: [{ file: `${form.project ?? form.id}`, sha256: null, notes: [], forms: [form as FormAnswer] }],
    rollUp: {
      policy: { ...policy },
      choices: presentChoices(choices),
      traces: Object.fromEntries(Object.entries(traces).map(([at, trace]) => [at, presentDerivation(trace)])),
      offers: offers.map(({ kind, at, says, accept }) => ({
        kind,
        at: [...at],
        says,
        accept: [accept[0], accept[1]],
      })),
      sources: sources.map(presentSource),
    },
  };
}

/** Everything that stands against a roll-up, as the interchange format prints it. */
export function presentConflicts(conflicts: readonly Conflict[], engine: string): RollUpRefusedAnswer {
  return {
    engine: { name: "jiheng", version: engine },
    conflicts: conflicts.map(({ code, says, remedy, terms }) => ({
      code,
      says,
      remedy,
      terms: listed(terms),
    })),
  };
}
