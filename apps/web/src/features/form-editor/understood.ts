import { parseMeasure, plainMeasure } from "@jiheng/domain";
import { t } from "../../i18n/words.ts";

const WORDS = {
  "≥": t("不低于"),
  ">": t("高于"),
  "≤": t("不超过"),
  "<": t("低于"),
  "=": t("等于"),
} as const;

/** How a row's actual stands to its target, as the engine says it. */
export interface Compared {
  readonly row: string;
  readonly isMet: boolean | null;
  /** Percent, to one decimal. */
  readonly completion: string | null;
}

/** What is understood of a target (or, so said, an actual) as it stands typed, whether a mark can be computed from it, and how its notation would be plain. */
export function understood(
  text: string,
  side: "target" | "actual" = "target",
): {
  readonly says: string;
  readonly isMeasured: boolean;
  readonly plain: string | null;
} {
  if (text.trim() === "") return { says: t("还没有填写"), isMeasured: false, plain: null };
  const { measure, remarks } = parseMeasure(text);
  if (measure.value === null)
    return {
      says:
        side === "actual"
          ? t("按文字（定性）理解，要人工评分；有数的请写实际达到的数，如“96.5%”“120盏”")
          : t("按文字（定性）理解，要人工评分；能量化的请写成“≥95%”“120盏”这样"),
      isMeasured: false,
      plain: null,
    };
  const number = `${measure.value}${measure.unit ?? ""}`;
  const says =
    measure.comparison === null
      ? t("理解为 {{number}}", { number })
      : t("理解为 {{words}} {{number}}", { words: WORDS[measure.comparison], number });
  const isBound = side === "actual" && measure.comparison !== null && measure.comparison !== "=";
  return {
    says: [
      says,
      ...(isBound ? [t("实际完成值请写实际达到的数")] : []),
      ...remarks.map((remark) => remark.says),
    ].join("；"),
    isMeasured: true,
    plain: plainMeasure(text),
  };
}

/** Whether a row reached its target, and how much of it; empty where the two cannot be compared. */
export function comparedSays(compared: Compared | undefined): string {
  if (!compared || compared.isMet === null) return "";
  const said = compared.isMet ? t("达成目标") : t("未达成目标");
  return compared.completion === null
    ? said
    : t("{{said}}，为目标值的{{percent}}%", { said, percent: compared.completion });
}
