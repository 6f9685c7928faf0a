import { t } from "../../i18n/words.ts";
import type { Looked } from "./look.worker.ts";

/** A row whose mark cannot be computed, and why. */
export interface Waiting {
  readonly at: string;
  /** Name of the row; empty for the execution of the budget. */
  readonly name: string;
  readonly says: string;
}

/** The rows of which a total cannot yet be computed: those a person has to judge and those that lack something. */
export function waitsOf({ execution, indicators }: Looked["marks"]): readonly Waiting[] {
  return [{ ...execution, name: "" }, ...indicators].flatMap(({ at, name, mark }): Waiting[] => {
    if (mark.kind === "judgement")
      return [
        {
          at,
          name: name ?? "",
          says: t("须人工判断，在{{v0}}至{{v1}}分之间", { v0: mark.between[0], v1: mark.between[1] }),
        },
      ];
    return mark.kind === "missing"
      ? [{ at, name: name ?? "", says: t("不能计分：{{what}}", { what: mark.what }) }]
      : [];
  });
}
