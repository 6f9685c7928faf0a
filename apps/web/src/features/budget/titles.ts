import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";

/** What an entry of the ledger is, in words. */
export const NATURES: Readonly<Record<Answered<"listBudget">["items"][number]["nature"], string>> = {
  approved: t("年初批复"),
  adjustment: t("调整"),
  payment: t("支付"),
};

const SOURCES: Readonly<Record<string, string>> = {
  total: t("资金总额"),
  "current-appropriation": t("当年财政拨款"),
  "carry-over": t("上年结转"),
  other: t("其他资金"),
  central: t("中央资金"),
  province: t("省级资金"),
  city: t("市级资金"),
  county: t("县级资金"),
  superior: t("上级资金"),
  local: t("本级资金"),
  "special-account": t("财政专户"),
  unit: t("单位资金"),
  "government-fund": t("政府性基金"),
};

/** A source of money in words; one that has none is shown as it is named. */
export function sourceTitle(source: string): string {
  return SOURCES[source] ?? source;
}

/** An amount in yuan as the interface gives it, its thousands set apart; exact, no digit is lost. */
export function inYuan(amount: string): string {
  const [whole = "", part] = amount.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${amount.startsWith("-") ? "-" : ""}${grouped}${part === undefined ? "" : `.${part}`}`;
}
