import { cite } from "@jiheng/law";
import { humanRule, type Rule } from "../../rule.ts";

/** Whether the results were published with the final accounts, in time and in full. */
export const publishedInTime: Rule = humanRule({
  id: "published-in-time",
  code: "AR-91",
  level: "batch",
  title: "自评结果是否按时公开",
  explains:
    "自评结果应随部门决算公开，范围一致，在决算批复后20日内。需要知道决算批复日期、公开日期和公开的内容。",
  basis: [cite("sichuan-2025-5", "公开期限"), cite("sichuan-2025-5", "公开范围")],
  force: "pack",
  why: "没有提供决算批复日期、公开日期和公开内容，需要人工核对。",
});
