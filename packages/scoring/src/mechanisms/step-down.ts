import { compare, decimal, divideIntegers, showDecimal, subtract } from "@jiheng/domain";
import { fraction, full, judgement, nothing } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";

type Parameters = {
  readonly kind: "step-down";
  readonly fullFrom: ReturnType<typeof decimal>;
  readonly step: ReturnType<typeof decimal>;
  readonly deduction: ReturnType<typeof decimal>;
};

const NINETY_BY_FIVE: Parameters = {
  kind: "step-down",
  fullFrom: decimal(90),
  step: decimal(5),
  deduction: decimal(1),
};

/** All points from a percentage on; below it a fixed deduction for every whole step, not below 0. */
export const stepDown: Mechanism<Parameters> = {
  kind: "step-down",
  title: "每低一步扣若干分",
  explanation: "百分率达到起点得满分；低于起点的，每低满一步扣若干分，扣完为止。",
  divides: "never",
  fullWhenMet: false,
  apply: (row, { fullFrom, step, deduction }) => {
    if (!row.percent) return judgement(row, "完成值不是百分率，不能分步扣分，由人判断");
    if (compare(row.actual, fullFrom) >= 0)
      return full(row, () => `${showDecimal(row.actual)}%达到${showDecimal(fullFrom)}%`);
    const below = subtract(fullFrom, row.actual);
    const scale = Math.max(below.scale, step.scale);
    const steps = divideIntegers(
      below.units * 10n ** BigInt(scale - below.scale),
      step.units * 10n ** BigInt(scale - step.scale),
      "truncate",
    );
    const off = { units: deduction.units * steps, scale: deduction.scale };
    const said = (): string =>
      `低于${showDecimal(fullFrom)}%共${showDecimal(below)}个百分点，每满${showDecimal(step)}个扣${showDecimal(deduction)}分，扣${showDecimal(off)}分`;
    if (compare(off, row.points) >= 0) return nothing(said);
    const left = subtract(row.points, off);
    return fraction(
      { ...row, points: left },
      decimal(1),
      decimal(1),
      () => `${said()}，${showDecimal(row.points)}分-${showDecimal(off)}分`,
    );
  },
  examples: [
    {
      row: { comparison: "≥", target: "95", actual: "91", points: "10" },
      parameters: NINETY_BY_FIVE,
      gives: "10.00",
    },
    {
      row: { comparison: "≥", target: "95", actual: "79", points: "10" },
      parameters: NINETY_BY_FIVE,
      gives: "8.00",
    },
    {
      row: { comparison: "≥", target: "95", actual: "30", points: "10" },
      parameters: NINETY_BY_FIVE,
      gives: "0.00",
    },
  ],
};
