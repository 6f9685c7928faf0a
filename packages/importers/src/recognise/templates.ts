/** A form template that reading can name; recognition goes by headings and structure, never by place. */
export interface TemplateInfo {
  readonly id: string;
  readonly title: string;
  /** What it is told by. */
  readonly says: string;
}

/** The templates `Form.template` can hold, in the order of the catalogue. */
export const TEMPLATES: readonly TemplateInfo[] = [
  {
    id: "national",
    title: "项目支出绩效自评表（全国通用）",
    says: "三级指标、年度指标值、实际完成值、分值、得分；成本为一级或二级指标",
  },
  {
    id: "shanghai-bureau-a",
    title: "财政项目支出绩效自评表（甲）",
    says: "资金表写“分数”“执行率(%)”，评分等级单列一行",
  },
  {
    id: "shanghai-bureau-b",
    title: "财政项目支出绩效自评表（乙）",
    says: "左侧有“绩效指标”一栏，单元格内带%和单位，评分等级单列一行",
  },
  { id: "anhui", title: "项目支出绩效自评表（一级指标格内印分值）", says: "产出指标（50分）一类的一级指标" },
  { id: "yunnan", title: "项目支出绩效自评表（两行表头）", says: "指标性质、指标值、度量单位分三列" },
  {
    id: "sichuan-0013zp",
    title: "部门预算项目支出绩效自评表（510000_0013zp）",
    says: "报表编号，权重代替分值，财政专户管理资金、单位资金分行，另有评价结论、存在问题、改进措施",
  },
  { id: "hubei", title: "项目自评表（20/80）", says: "没有分值栏，预算执行20分，一表一处偏差原因" },
  { id: "rural-revitalisation", title: "衔接推进乡村振兴补助资金绩效自评表", says: "分值在年度指标值之前" },
  { id: "county-unscored", title: "县级专项资金绩效目标自评表", says: "没有分值和得分" },
  { id: "transfer-payment", title: "转移支付绩效自评表", says: "中央、地方主管部门，没有分值和得分" },
  {
    id: "department-hunan",
    title: "部门整体支出绩效自评表",
    says: "资金按收入性质、支出性质列示，指标同项目表",
  },
  {
    id: "department-chongqing",
    title: "部门整体绩效自评表（平铺）",
    says: "指标不分级，有得分系数、指标权重、是否核心指标",
  },
  {
    id: "regional",
    title: "转移支付区域绩效自评表",
    says: "资金之外有分配科学性、下达及时性等各行的情况说明、存在问题和改进措施",
  },
  {
    id: "target-declaration",
    title: "项目支出绩效目标申报表（全国通用）",
    says: "资金、目标、指标值分中期和年度",
  },
  {
    id: "target-declaration-shanghai",
    title: "财政项目支出绩效目标申报表",
    says: "项目性质、项目类别、计划开始和完成日期，项目总目标与年度总体目标",
  },
  {
    id: "monitoring",
    title: "项目支出绩效运行监控表",
    says: "1—7月执行数和执行情况，全年预计完成情况，分类勾选的偏差原因，完成目标可能性",
  },
  {
    id: "review",
    title: "项目支出绩效自评复核表",
    says: "自评与复核的完成值、得分并列",
  },
  { id: "unknown", title: "未识别的表样", says: "只读出能确定的内容，其余列入说明" },
];
