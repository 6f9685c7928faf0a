import { parseMeasure } from "@jiheng/domain";
import { t } from "../../i18n/words.ts";

const WORDS = {
  "≥": t("不低于"),
  ">": t("高于"),
  "≤": t("不超过"),
  "<": t("低于"),
  "=": t("等于"),
} as const;

/** What is understood of a target or an actual as it stands typed, and whether a mark can be computed from it. */
export function understood(text: string): { readonly says: string; readonly isMeasured: boolean } {
  if (text.trim() === "") return { says: t("还没有填写"), isMeasured: false };
  const { measure, remarks } = parseMeasure(text);
  if (measure.value === null)
    return {
      says: t("按文字（定性）理解，要人工评分；能量化的请写成“≥95%”“120盏”这样"),
      isMeasured: false,
    };
  const number = `${measure.value}${measure.unit ?? ""}`;
  const says =
    measure.comparison === null
      ? t("理解为 {{number}}", { number })
      : t("理解为 {{words}} {{number}}", { words: WORDS[measure.comparison], number });
  return { says: [says, ...remarks.map((remark) => remark.says)].join("；"), isMeasured: true };
}
