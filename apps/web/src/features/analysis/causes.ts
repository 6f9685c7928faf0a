import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";

/** Why a row lost points. */
export type Cause = Answered<"getPointStatistics">["causes"][number]["cause"];

/** The causes in words. */
export const CAUSES: Readonly<Record<Cause, string>> = {
  missed: t("没有达到指标值"),
  over: t("达到指标值的130%以上"),
  met: t("达到了仍扣分"),
  words: t("文字指标"),
  boilerplate: t("只写达成或照抄指标值"),
  blank: t("没有填完成值"),
  incomparable: t("单位不同，不能比较"),
  unknown: t("还没有归类"),
};
