import { absolute, compare, decimal, parseDecimal, showDecimal, ZERO } from "@jiheng/domain";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";

type Miss = Answered<"compareReviews">["misses"][number];

/** Kinds of miss in words. */
export const MISSES: Readonly<Record<Miss["kind"], string>> = {
  "missed-by-60": t("没有达到，差60%以上"),
  "missed-by-30": t("没有达到，差30%到60%"),
  "missed-by-10": t("没有达到，差10%到30%"),
  "missed-by-less": t("没有达到，差不到10%"),
  missed: t("没有达到，差多少不能按比例算"),
  blank: t("没有填完成值"),
  boilerplate: t("只写达成或照抄指标值"),
  words: t("文字指标"),
  incomparable: t("单位不同，不能比较"),
  over: t("达到指标值的130%以上"),
  met: t("达到指标值"),
};

const JUDGED: readonly Miss["kind"][] = ["words", "incomparable", "missed"];

/** Whether rows of a kind have nothing to be measured by: marks that differ may each be right. */
export function isJudged(kind: Miss["kind"]): boolean {
  return JUDGED.includes(kind);
}

/** Percentage points: less than this comes of rounding marks. */
const ROUNDING = decimal(1);

/** Whether rows of one kind were marked differently, by more than rounding does. */
export function isApart({ apart }: { readonly apart: string }): boolean {
  const value = parseDecimal(apart);
  return value !== null && compare(value, ROUNDING) >= 0;
}

/** Whether a row lost more or less of its points than it missed of its target: 1, -1, or 0 where it did not. */
export function sideOf(beyond: string | null): -1 | 0 | 1 {
  const value = parseDecimal(beyond);
  if (!value || compare(absolute(value), ROUNDING) < 0) return 0;
  return compare(value, ZERO) > 0 ? 1 : -1;
}

/** A percentage without zeros that say nothing. */
export function plainPercent(text: string): string {
  const value = parseDecimal(text);
  return value ? showDecimal(value) : text;
}

/** What deserves a look first: measured kinds that were marked differently, then those of judgement, then what was marked alike. */
export function inOrder<M extends Pick<Miss, "kind" | "apart">>(misses: readonly M[]): M[] {
  const rank = (miss: M) => (isApart(miss) ? (isJudged(miss.kind) ? 1 : 0) : 2);
  return misses.toSorted((a, b) => rank(a) - rank(b));
}
