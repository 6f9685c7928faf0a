import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const ISO = /^\d{4}-\d{2}-\d{2}/;

type Figures = { handedIn: string; due: string };

/** Handed in after the day it was due. */
export const handedInLate: Rule = formRule<Figures>({
  id: "handed-in-late",
  code: "AR-08",
  title: "没有按时报送",
  explains: "报送日期晚于截止日期。两个日期都由使用者提供，表上不印；没有提供的，本项不检查。",
  kind: "auto",
  basis: [cite("pidu-2026-11", "自评期限"), cite("sichuan-2025-5", "自评期限")],
  force: "pack",
  needs: ["calendar"],
  check: ({ context }) => {
    const handedIn = context.handedIn?.slice(0, 10) ?? "";
    const due = context.due?.slice(0, 10) ?? "";
    if (!ISO.test(handedIn) || !ISO.test(due)) return notApplicable("报送日期或截止日期不是年-月-日");
    const found: Found<Figures>[] = handedIn > due ? [{ at: ["title"], figures: { handedIn, due } }] : [];
    return outcomeOf(found);
  },
  message: ({ handedIn, due }) => `报送日期${handedIn}，晚于截止日期${due}。`,
  remedy: () => "说明逾期的原因；有延期批准的附上。",
  examples: {
    fails: [
      {
        says: "晚了五天",
        given: exampleForm(),
        context: { handedIn: "2025-03-05", due: "2025-02-28" },
      },
    ],
    passes: [
      {
        says: "当天报送",
        given: exampleForm(),
        context: { handedIn: "2025-02-28", due: "2025-02-28" },
      },
    ],
  },
});
