import type { FormKind } from "@jiheng/domain";

/** What the site calls each kind of form. */
export const FORM_KIND_TITLES: ReadonlyMap<string, string> = new Map<FormKind, string>([
  ["project-self-evaluation", "项目支出绩效自评表"],
  ["department-self-evaluation", "部门整体支出绩效自评表"],
  ["transfer-self-evaluation", "转移支付绩效自评表"],
  ["regional-self-evaluation", "区域绩效自评表"],
  ["target-declaration", "绩效目标申报表"],
  ["monitoring", "绩效运行监控表"],
  ["review", "绩效自评复核表"],
  ["unknown", "其他表"],
]);
