import { fixesOf, openDossier, RULES, reviewForm } from "@jiheng/audit";
import { type Form, percentOf, showDecimal } from "@jiheng/domain";
import { presentFormScore, presentReview } from "@jiheng/exporters";
import { findPolicy, selectPolicy } from "@jiheng/scoring";

/** A form to be looked at, under the pack it is scored by. */
export interface Asked {
  readonly number: number;
  readonly form: Form;
  readonly policy: string | null;
}

const OF_FORM = RULES.filter(({ level }) => level === "form");

/** Reviews and scores a form by every rule that looks at one form alone, as the server does. */
export function look({ number, form, policy: id }: Asked) {
  const from = performance.now();
  const policy = (id === null ? null : findPolicy(id)) ?? selectPolicy(form).policy;
  const dossier = openDossier(form, { policy });
  const reviewed = reviewForm(dossier, OF_FORM);
  const batch = { findings: [], unclear: [], notChecked: [], errors: [] };
  const [answer] = presentReview({ forms: [reviewed], batch }, [form.id], "").forms;
  const marks = presentFormScore(form.id, form, dossier.score, "");
  return {
    number,
    findings: (answer?.findings ?? []).map((finding) => ({ ...finding, fixes: fixesOf(form, finding) })),
    compared: dossier.facts.rows.map(({ row, met, completion }) => ({
      row: row.id,
      isMet: met,
      completion: completion ? showDecimal(percentOf(completion, 1, "half-up")) : null,
    })),
    recomputed: answer?.recomputed ?? null,
    marks,
    took: performance.now() - from,
  };
}

/** What the engine says of a form as it is typed. */
export type Looked = ReturnType<typeof look>;
