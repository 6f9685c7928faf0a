import { parseMeasure } from "./target.ts";

/** Words that would be lost, and what is a matter of taste: left to whoever typed it. */
const MORE_THAN_SIGN = /[,，()（）]|达|完成|为|共|约|余|多/;

/** A target or actual with its comparison as a sign and its figures in plain digits (大于等于９５％ as ≥95%); null where that is how it stands or more would change. */
export function plainMeasure(text: string): string | null {
  if (MORE_THAN_SIGN.test(text)) return null;
  const { measure, remarks } = parseMeasure(text);
  if (measure.value === null || remarks.length > 0) return null;
  return sameMeasure(text, `${measure.comparison ?? ""}${measure.value}${measure.unit ?? ""}`);
}

/** The new text where it is another one and is understood as exactly the same. */
export function sameMeasure(from: string, to: string): string | null {
  if (from === to) return null;
  const [before, after] = [parseMeasure(from), parseMeasure(to)];
  const same = (["comparison", "value", "unit"] as const).every(
    (key) => before.measure[key] === after.measure[key],
  );
  return same && after.remarks.length === 0 ? to : null;
}
