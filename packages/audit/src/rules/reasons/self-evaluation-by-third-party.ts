import { cite } from "@jiheng/law";
import { humanRule } from "../../rule.ts";

/** AR-90: the self-evaluation was written by a third party; only contracts and files tell. */
export const selfEvaluationByThirdParty = humanRule({
  id: "self-evaluation-by-third-party",
  code: "AR-90",
  title: "自评由第三方机构代为完成",
  explains:
    "单位自评应由预算单位自己完成，不得整体委托第三方机构。表上看不出由谁完成，需要查看委托合同和工作底稿。",
  basis: [cite("sichuan-2025-5", "禁止委托自评"), cite("mof-2021-6", "禁止委托自评")],
  force: "pack",
  why: "需要主管部门查看委托合同和工作底稿，核对自评是否由单位自己完成",
});
