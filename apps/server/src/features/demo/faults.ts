import { openDossier, RULES, reviewForm } from "@jiheng/audit";
import {
  add,
  compare,
  decimal,
  type Form,
  formatDecimal,
  parseDecimal,
  round,
  smaller,
} from "@jiheng/domain";
import { DEFECTS, type FormDefect, randomFrom, retotal } from "@jiheng/specimens";

/** Defects that block a form until they are mended, as the published forms of a real bureau have them. */
const TYPICAL = ["AR-20", "AR-28", "AR-60", "AR-80", "AR-100", "AR-103", "AR-156", "AR-22"];

const FORM_DEFECTS = DEFECTS.filter(
  (defect): defect is FormDefect => "plant" in defect && defect.unprinted === undefined,
);

/** A form in which every mark of a missed row is rounded up to a whole point, as if that were the rule. */
export function withRoundedMarks(form: Form): Form {
  const indicators = form.indicators.map((row) => {
    const [of, mark] = [parseDecimal(row.points), parseDecimal(row.score)];
    if (!of || !mark || compare(mark, of) >= 0) return row;
    const up = round(add(mark, decimal("0.99")), 0, "truncate");
    return { ...row, score: formatDecimal(smaller(up, of), of.scale) };
  });
  return retotal({ ...form, indicators });
}

/** A form whose clerk has yet to write why points were lost; the same form where none were. */
export function withoutReasons(form: Form): Form {
  if (form.indicators.every(({ deviation }) => deviation === null)) return form;
  return { ...form, indicators: form.indicators.map((row) => ({ ...row, deviation: null })) };
}

/** What reviewers send forms back for: faults that a clerk can see and mend. */
export const SENT_BACK_FOR = ["AR-30", "AR-83", "AR-150", "AR-100", "AR-71", "AR-65"].flatMap((code) =>
  FORM_DEFECTS.filter((defect) => defect.code === code),
);

/** Defects that show in targets alone, before there is a result. */
export const OF_TARGETS = FORM_DEFECTS.filter(({ code }) => {
  const number = Number(code.slice(3));
  return (number >= 42 && number <= 59) || (number >= 120 && number <= 135);
});

/** A form with a fault in its targets; the same form where it has no room for one. */
export function withTargetDefect(form: Form, number: number): Form {
  const random = randomFrom(number * 37 + 11);
  for (let tries = 0; tries < 8; tries += 1) {
    const planted = random.pick(OF_TARGETS).plant(form, random);
    if (planted) return planted.form;
  }
  return form;
}

/** Whether the form is still one a bureau would have handed in: a fault that takes half its rows away hides all others. */
function isLikely(form: Form, clean: Form): boolean {
  const [total, was] = [parseDecimal(form.totalScore), parseDecimal(clean.totalScore)];
  return !total || !was || compare(add(total, decimal(20)), was) >= 0;
}

/** A form with a fault that real forms have; the same form where it has no room for one. */
export function withDefect(form: Form, number: number): Form {
  const random = randomFrom(number * 31 + 5);
  const typical = FORM_DEFECTS.filter(({ code }) => TYPICAL.includes(code));
  for (let tries = 0; tries < 9; tries += 1) {
    const from = tries === 0 && number % 2 === 0 ? typical : FORM_DEFECTS;
    const planted = random.pick(from).plant(form, random);
    if (planted && isLikely(planted.form, form)) return planted.form;
  }
  return form;
}

/** A form with the fault it is sent back for. */
export interface SentBack {
  readonly form: Form;
  /** Of the check that finds the fault. */
  readonly code: string;
}

/**
 * The form with the first of the defects, from the so-many-eth on, that its own review finds: nothing is sent back for what is not
 * in it. `shown`: what is handed in of it.
 */
export function sentBackFor(
  form: Form,
  defects: readonly FormDefect[],
  number: number,
  shown: (form: Form) => Form = (given) => given,
): SentBack {
  for (let tries = 0; tries < defects.length; tries += 1) {
    const defect = defects[(number + tries) % defects.length];
    const planted = defect?.plant(form, randomFrom(number * 41 + 7));
    if (!defect || !planted) continue;
    const { findings } = reviewForm(openDossier(shown(planted.form)), RULES);
    if (findings.some(({ code, force }) => code === defect.code && force !== "hint"))
      return { form: planted.form, code: defect.code };
  }
  throw new Error(`a form of the demo has no room for a fault to be sent back for: ${form.project}`);
}
