import { openDossier, RULES, reviewForm } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import { presentFormScore, presentReview } from "@jiheng/exporters";
import { findPolicy, selectPolicy } from "@jiheng/scoring";

/** A form to be looked at, under the pack it is scored by. */
export interface Asked {
  readonly number: number;
  readonly form: Form;
  readonly policy: string | null;
}

const OF_FORM = RULES.filter(({ level }) => level === "form");

function look({ number, form, policy: id }: Asked) {
  const from = performance.now();
  const policy = (id === null ? null : findPolicy(id)) ?? selectPolicy(form).policy;
  const dossier = openDossier(form, { policy });
  const reviewed = reviewForm(dossier, OF_FORM);
  const batch = { findings: [], unclear: [], notChecked: [], errors: [] };
  const [answer] = presentReview({ forms: [reviewed], batch }, [form.id], "").forms;
  const marks = presentFormScore(form.id, form, dossier.score, "");
  return {
    number,
    findings: answer?.findings ?? [],
    recomputed: answer?.recomputed ?? null,
    marks,
    took: performance.now() - from,
  };
}

/** What the engine says of a form as it is typed. */
export type Looked = ReturnType<typeof look>;

self.onmessage = ({ data }: MessageEvent<Asked>) => self.postMessage(look(data));
