import type { Answered } from "../api/operations-of.ts";
import { t } from "../i18n/words.ts";

/** A part of the risk of a form. */
export type RiskPart = NonNullable<Answered<"listSubmissions">["items"][number]["riskParts"]>[number];

/** What a part says of the form. */
function partSays({ of, count, most }: RiskPart): string {
  switch (of) {
    case "must":
      return t("{{count}}个问题必须更正（每个30，最多{{most}}）", { count: count ?? 0, most });
    case "should":
      return t("{{count}}个问题应当说明（每个12，最多{{most}}）", { count: count ?? 0, most });
    case "gap":
      return t("总分超出重算范围{{count}}分（每分8，最多{{most}}）", { count: count ?? 0, most });
    case "unclear":
      return t("{{count}}处要人来判断（每处2，最多{{most}}）", { count: count ?? 0, most });
    case "lost":
      return t("失去{{count}}分（每分1，最多{{most}}）", { count: count ?? 0, most });
    case "money":
      return count === null
        ? t("没有填调整后预算（计5）")
        : t("预算达到{{count}}档（100万、1000万、1亿元各10，最多{{most}}）", { count, most });
  }
}

/** The parts that count, the weightiest first, each in words with its points. */
export function riskLines(parts: readonly RiskPart[]): readonly { says: string; points: number }[] {
  return parts
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
    .map((part) => ({ says: partSays(part), points: part.points }));
}

/** The same as one sentence, for those who listen. */
export function riskSays(risk: number, parts: readonly RiskPart[]): string {
  const lines = riskLines(parts);
  if (lines.length === 0) return t("风险0：没有要看的");
  return t("风险{{risk}}：{{why}}", {
    risk,
    why: lines.map(({ says, points }) => `${says} ${points}`).join("；"),
  });
}
