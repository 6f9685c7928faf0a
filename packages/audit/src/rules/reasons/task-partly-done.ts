import { cite } from "@jiheng/law";
import { humanRule } from "../../rule.ts";

/** AR-87: one of several tasks in an indicator was not done; only the papers tell. */
export const taskPartlyDone = humanRule({
  id: "task-partly-done",
  code: "AR-87",
  title: "一项指标含多项任务而部分未完成",
  explains:
    "一个指标包含几项任务、其中一项没有做的，复核时部分扣分。表上只有一个完成值，需要对照工作记录和验收材料。",
  basis: [cite("reviewers", "部分未完成")],
  force: "should",
  why: "需要复核人员对照工作记录，核对指标所含的各项任务是否都已完成",
});
