import { Alert } from "antd";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";

type Submission = Answered<"getForm">["submission"];

/** Where the form is now and what comes next, for whoever cannot write in it any more. */
export function NextStep({ submission }: { readonly submission: Submission }) {
  const says = nextStep(submission);
  return says === null ? null : <Alert type="info" showIcon className="no-print" title={says} />;
}

function nextStep({ state, desk, buttons }: Submission): string | null {
  const may = (command: string) =>
    buttons.some((button) => button.command === command && button.refused === null);
  const reviewer = t(desk === "finance" ? "财政部门" : "主管部门");
  switch (state) {
    case "submitted":
      if (may("receive")) return t("等您受理。受理后单位不能再撤回；看完后通过，或带着意见退回。");
      return may("withdraw")
        ? t(
            "已送{{reviewer}}，等待受理。受理前可以在“更多操作”里取消送审、取回修改；结果会出现在您的工作台。",
            { reviewer },
          )
        : t("已送{{reviewer}}，等待受理。", { reviewer });
    case "under-review":
      return may("approve")
        ? t("正由您审核：通过，或带着意见退回。")
        : t("{{reviewer}}正在审核，现在不能修改。通过或退回后会出现在单位的工作台。", { reviewer });
    case "approved":
      return t("已审核通过，作为存档的表不再修改。确需改动的，由审核人解锁并说明理由。");
    case "published":
      return t("已公开，任何人都可以在公开门户查到。");
    case "archived":
      return t("已归档。");
    default:
      return null;
  }
}
