import { compare, decimal, showDecimal } from "@jiheng/domain";
import { judgement, nothing, shareOf } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";
import type { ValueBand } from "../policy-pack.ts";

const EXAMPLE_BANDS: readonly ValueBand[] = [
  { from: decimal(90), share: { award: decimal(10), of: decimal(10) } },
  { from: decimal(80), share: { award: decimal(8), of: decimal(10) } },
  { from: decimal(60), share: { award: decimal(5), of: decimal(10) } },
];

/** The share of the band that holds the actual itself, a percentage; below the last band nothing. */
export const valueBands: Mechanism<{ readonly kind: "value-bands"; readonly bands: readonly ValueBand[] }> = {
  kind: "value-bands",
  title: "按百分率分档",
  explanation: "按完成的百分率落入的档次计分（各档含下限），低于最后一档不得分；档次分数按该行分值折算。",
  divides: "never",
  fullWhenMet: false,
  apply: (row, { bands }) => {
    if (!row.percent) return judgement(row, "完成值不是百分率，不能落入档次，由人判断");
    for (const band of bands) {
      if (compare(row.actual, band.from) >= 0)
        return shareOf(
          row,
          band.share,
          () => `${showDecimal(row.actual)}%在${showDecimal(band.from)}%（含）以上一档`,
        );
    }
    return nothing(() => `${showDecimal(row.actual)}%低于各档`);
  },
  examples: [
    {
      row: { comparison: "≥", target: "95", actual: "92", points: "10" },
      parameters: { kind: "value-bands", bands: EXAMPLE_BANDS },
      gives: "10.00",
    },
    {
      row: { comparison: "≥", target: "95", actual: "80", points: "5" },
      parameters: { kind: "value-bands", bands: EXAMPLE_BANDS },
      gives: "4.00",
    },
    {
      row: { comparison: "≥", target: "95", actual: "59.9", points: "10" },
      parameters: { kind: "value-bands", bands: EXAMPLE_BANDS },
      gives: "0.00",
    },
  ],
};
