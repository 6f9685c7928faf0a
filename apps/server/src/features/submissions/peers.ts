import { compare, type Form, parseDecimal, showDecimal } from "@jiheng/domain";

/** How forms of other units set the target of one indicator: the quarter points of their values. */
export interface PeerTargets {
  readonly name: string;
  readonly unit: string | null;
  readonly comparison: string | null;
  readonly forms: number;
  readonly quarter: string;
  readonly middle: string;
  readonly threeQuarters: string;
}

/** A target beside those of other units. `at` as places of the interchange format. */
export interface PeerAdvice {
  readonly at: string;
  readonly name: string;
  readonly target: string;
  readonly forms: number;
  readonly quarter: string;
  readonly middle: string;
  readonly threeQuarters: string;
  readonly says: string;
}

/** From so many forms of other units on their targets say something. */
const ENOUGH = 5;

/** Rows whose target can be compared with that of other units. */
export function comparableRows(form: Form): { readonly name: string; readonly unit: string | null }[] {
  return form.indicators.flatMap(({ name, target }) =>
    name === null || parseDecimal(target.value) === null ? [] : [{ name, unit: target.unit }],
  );
}

/** Targets easier than three quarters of those other units set for the same indicator: advice with the figures, never a verdict. */
export function peerAdvice(form: Form, peers: readonly PeerTargets[]): PeerAdvice[] {
  return form.indicators.flatMap(({ name, target }, index): PeerAdvice[] => {
    const value = parseDecimal(target.value);
    const known = peers.find(
      (peer) => peer.name === name && peer.unit === target.unit && peer.comparison === target.comparison,
    );
    if (!value || !known || known.forms < ENOUGH) return [];
    const { quarter, middle, threeQuarters, forms } = known;
    const [low, high] = [parseDecimal(quarter), parseDecimal(threeQuarters)];
    if (!low || !high) return [];
    const atMost = target.comparison === "≤" || target.comparison === "<";
    if (atMost ? compare(value, high) <= 0 : compare(value, low) >= 0) return [];
    const show = (figure: string): string => showDecimal(parseDecimal(figure) ?? value);
    const unit = target.unit ?? "";
    const figures = { quarter: show(quarter), middle: show(middle), threeQuarters: show(threeQuarters) };
    return [
      {
        at: `indicators[${index}].target`,
        name: name ?? "",
        target: target.text ?? showDecimal(value),
        forms,
        ...figures,
        says: `「${name}」的指标值“${target.text ?? showDecimal(value)}”比其他单位宽松：${forms}张同名指标的表，中位值${figures.middle}${unit}，四分之三在${figures.quarter}至${figures.threeQuarters}${unit}较严一侧。请说明测算依据，或调整指标值。`,
      },
    ];
  });
}
