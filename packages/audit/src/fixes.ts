import {
  type Finding,
  type Form,
  halfWidth,
  type Place,
  place,
  plainMeasure,
  sameMeasure,
} from "@jiheng/domain";
import { withoutSlips } from "./rules/completeness/miswritten-word.ts";
import { hexagonalYears } from "./rules/notation/document-number-brackets.ts";
import { fullWidthMarks } from "./rules/notation/width-mixed.ts";

/** A cell whose notation can be put right without a person's judgement: the exact text before and after. */
export interface Fix {
  readonly at: Place;
  readonly from: string;
  readonly to: string;
}

/** A unit without its brackets: 120(人) as 120人. */
function plainUnit(text: string): string | null {
  return sameMeasure(text, text.trim().replace(/[（(]([^()（）0-9]{1,4})[)）]$/, "$1"));
}

/** The new text where it is another one and holds the same figures in the same order. */
function sameFigures(from: string, to: string): string | null {
  const figures = (text: string) =>
    halfWidth(text)
      .match(/\d+(?:\.\d+)?/g)
      ?.join(" ") ?? "";
  return from !== to && figures(from) === figures(to) ? to : null;
}

/** How a text is put right by the rule that found fault with it. */
const BY_RULE: Readonly<Record<string, (text: string) => string | null>> = {
  "document-number-brackets": (text) => sameFigures(text, hexagonalYears(text)),
  "width-mixed": (text) => sameFigures(text, fullWidthMarks(text)),
  "miswritten-word": (text) => sameFigures(text, withoutSlips(text)),
};
const MEASURES: Readonly<Record<string, (text: string) => string | null>> = {
  比较号: plainMeasure,
  单位: plainUnit,
};

function textAt(form: Form, at: Place): string | null {
  let value: unknown = form;
  for (const step of at.split(/[.[\]]+/).filter(Boolean)) {
    if (value === null || typeof value !== "object") return null;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  if (value !== null && typeof value === "object" && "text" in value) value = value.text;
  return typeof value === "string" ? value : null;
}

/**
 * What of a finding can be put right with one click: only notation, only where the new text is certain, never with another figure. A
 * mixture of notations is put right in every row of the form; nothing for findings that need a person.
 */
export function fixesOf(form: Form, { rule, at, figures }: Pick<Finding, "rule" | "at" | "figures">): Fix[] {
  const mend = rule === "notation-mixed" ? MEASURES[figures.what ?? ""] : BY_RULE[rule];
  if (!mend) return [];
  const places =
    rule === "notation-mixed"
      ? form.indicators.flatMap((_, index) =>
          (["target", "actual"] as const).map((key) => place.indicator(index, key)),
        )
      : at;
  return places.flatMap((each) => {
    const from = textAt(form, each);
    const to = from === null ? null : mend(from);
    return from === null || to === null ? [] : [{ at: each, from, to }];
  });
}
