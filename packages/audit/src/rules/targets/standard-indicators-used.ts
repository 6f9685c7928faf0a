import { cite } from "@jiheng/law";
import { humanRule, type Rule } from "../../rule.ts";

/** Whether a common project uses the standard indicators of its place. */
export const standardIndicatorsUsed: Rule = humanRule({
  id: "standard-indicators-used",
  code: "AR-57",
  title: "共性项目是否采用标准指标",
  explains: "有的地方为共性项目发布了标准指标和取值，应优先采用。",
  basis: [cite("sichuan-2025-33", "标准化指标")],
  force: "hint",
  why: "需要对照当地发布的标准指标目录，由人工核对。",
});
