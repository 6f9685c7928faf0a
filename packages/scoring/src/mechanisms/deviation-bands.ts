import {
  absolute,
  compareRatio,
  decimal,
  formatDecimal,
  percentOf,
  showDecimal,
  subtract,
} from "@jiheng/domain";
import { nothing, shareOf } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";
import type { DeviationBand } from "../policy-pack.ts";

const EXAMPLE_BANDS: readonly DeviationBand[] = [
  { within: decimal("0.1"), share: { award: decimal(5), of: decimal(5) } },
  { within: decimal("0.15"), share: { award: decimal(3), of: decimal(5) } },
  { within: decimal("0.2"), share: { award: decimal(1), of: decimal(5) } },
];

/** The share of the first band that holds |B − A| ÷ A; beyond the last band nothing. Both directions count. */
export const deviationBands: Mechanism<{
  readonly kind: "deviation-bands";
  readonly bands: readonly DeviationBand[];
}> = {
  kind: "deviation-bands",
  title: "按偏差幅度分档",
  explanation:
    "按完成值偏离指标值的幅度（正负相同）落入的档次计分，超出最后一档不得分；档次分数按该行分值折算。",
  divides: "always",
  fullWhenMet: false,
  apply: (row, { bands }) => {
    const deviation = { numerator: absolute(subtract(row.actual, row.target)), denominator: row.target };
    const percent = (): string => formatDecimal(percentOf(deviation, 2, "half-up"));
    const said = (): string =>
      `偏差|${showDecimal(row.actual)}-${showDecimal(row.target)}|÷${showDecimal(row.target)}=${percent()}%`;
    for (const band of bands) {
      if (compareRatio(deviation, band.within) <= 0)
        return shareOf(
          row,
          band.share,
          () =>
            `${said()}，在±${showDecimal({ units: band.within.units * 100n, scale: band.within.scale })}%以内`,
        );
    }
    return nothing(() => `${said()}，超出各档`);
  },
  examples: [
    {
      row: { comparison: "≤", target: "100", actual: "108", points: "5" },
      parameters: { kind: "deviation-bands", bands: EXAMPLE_BANDS },
      gives: "5.00",
    },
    {
      row: { comparison: "≤", target: "100", actual: "87", points: "5" },
      parameters: { kind: "deviation-bands", bands: EXAMPLE_BANDS },
      gives: "3.00",
    },
    {
      row: { comparison: "≤", target: "100", actual: "121", points: "5" },
      parameters: { kind: "deviation-bands", bands: EXAMPLE_BANDS },
      gives: "0.00",
    },
  ],
};
