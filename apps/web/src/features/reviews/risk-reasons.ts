import { compare, decimal, parseDecimal } from "@jiheng/domain";
import { t } from "../../i18n/words.ts";
import { inWan } from "../../ui/figures.ts";
import { gapOf } from "../../ui/gap.ts";

interface Listed {
  readonly must: number;
  readonly should: number;
  readonly unclear: number;
  readonly totalScore: string | null;
  readonly recomputed: readonly [string | null, string | null];
  readonly adjustedBudget: string | null;
}

/** A million yuan: from here on the money itself asks for a look. */
const LARGE = decimal(1_000_000);
const FULL = decimal(100);

/** Why a form stands where it stands in a list by risk, in words, the weightiest first; what is the same of all forms is left out. */
export function riskReasons({
  must,
  should,
  unclear,
  totalScore,
  recomputed,
  adjustedBudget,
}: Listed): readonly string[] {
  const why: string[] = [];
  if (must > 0) why.push(t("{{must}}个问题必须更正", { must }));
  const gap = gapOf(totalScore, recomputed);
  if (gap !== null && gap !== "0") why.push(t("表上总分与重算相差{{gap}}分", { gap: gap.replace("-", "") }));
  if (should > 0) why.push(t("{{should}}个问题应当说明", { should }));
  if (unclear > 0) why.push(t("{{unclear}}处要人来判断", { unclear }));
  const money = parseDecimal(adjustedBudget);
  if (money && compare(money, LARGE) >= 0) why.push(t("预算{{wan}}万元", { wan: inWan(adjustedBudget) }));
  const total = parseDecimal(totalScore);
  if (total && compare(total, FULL) >= 0) why.push(t("各项全部满分"));
  return why.length > 0 ? why : [t("没有突出的风险")];
}
