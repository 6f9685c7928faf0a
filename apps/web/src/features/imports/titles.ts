import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";

/** One form of a file, as the report tells of it. */
export type FormLine = Answered<"getImport">["items"][number]["forms"][number];

/** One file, as the report tells of it. */
export type FileLine = Answered<"getImport">["items"][number];

/** States of an import in words. */
export const IMPORT_STATES: Readonly<Record<Answered<"getImport">["state"], string>> = {
  waiting: t("等待读取"),
  running: t("正在读取"),
  finished: t("已读完"),
  cancelled: t("已停止"),
};

/** Kinds that come from files, in words. */
export const FORM_KINDS: Readonly<Record<NonNullable<FormLine["kind"]>, string>> = {
  "self-evaluation": t("绩效自评表"),
  "target-declaration": t("绩效目标申报表"),
  monitoring: t("绩效运行监控表"),
};

/**
 * A form that can be settled without being looked at: one project alone can be meant, nothing is there already, nothing was guessed or
 * lost that nobody confirmed, and no rule says it must be corrected.
 */
export function isClean({ outcome, open, checked }: Pick<FormLine, "outcome" | "open" | "checked">): boolean {
  return (
    outcome.kind === "unsettled" &&
    outcome.code === "to-confirm" &&
    outcome.candidates.length === 1 &&
    open === 0 &&
    checked !== null &&
    checked.must === 0
  );
}
