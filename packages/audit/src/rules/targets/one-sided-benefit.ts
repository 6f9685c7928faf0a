import { cite } from "@jiheng/law";
import { humanRule, type Rule } from "../../rule.ts";

/** Whether other kinds of benefit would fit the project better: a reviewer's judgement. */
export const oneSidedBenefit: Rule = humanRule({
  id: "one-sided-benefit",
  code: "AR-56",
  title: "效益指标是否只有一类",
  explains:
    "项目明显还有经济、生态等其他效益而只列一类时，应补充相称的效益指标。哪些效益相称取决于项目内容。",
  basis: [cite("reviewers", "效益类别")],
  force: "hint",
  why: "需要熟悉项目的人判断还有哪类效益应当衡量。",
});
