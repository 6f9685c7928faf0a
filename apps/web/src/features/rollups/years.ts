import { t } from "../../i18n/words.ts";

/** The year forms are reported for: the one that has ended. */
export const LAST_YEAR = new Date().getFullYear() - 1;

/** Years that are offered. */
export const YEARS = Array.from({ length: 6 }, (_, index) => String(LAST_YEAR + 1 - index)).map((year) => ({
  value: year,
  label: t("{{year}}年", { year }),
}));
