import { t } from "../i18n/words.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long until an instant, in words: days, and hours on the last day. */
export function dueIn(instant: string, now: number): { readonly says: string; readonly isOver: boolean } {
  const left = Date.parse(instant) - now;
  const size = Math.abs(left);
  const long =
    size >= DAY
      ? t("{{v0}}天", { v0: Math.floor(size / DAY) })
      : t("{{v0}}小时", { v0: Math.max(1, Math.ceil(size / HOUR)) });
  return left < 0
    ? { says: t("逾期{{long}}", { long }), isOver: true }
    : { says: t("还有{{long}}", { long }), isOver: false };
}

/** How long a call for work has still to go; one that everybody answered is not late, whatever the day. */
export function callDue(
  { due, forms, handedIn }: { readonly due: string; readonly forms: number; readonly handedIn: number },
  now: number,
): string {
  return forms > 0 && handedIn === forms ? t("全部已送审") : dueIn(due, now).says;
}
