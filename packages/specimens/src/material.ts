import type { Form } from "@jiheng/domain";

/** What a field's own words are made from where a text goes into detail. */
export interface Material {
  /** Groups the first count of the field falls into. */
  readonly parts: readonly [string, string, string];
  /** Something bought by the piece: noun, unit, price in yuan (whole hundreds) from and to. */
  readonly bought: readonly [noun: string, unit: string, low: number, high: number];
  /** Something examined by sample: what, in which unit. */
  readonly examined: readonly [what: string, unit: string];
  /** A count that belongs to the field and that none of its rows measures. */
  readonly beside: readonly [verb: string, noun: string, unit: string, low: number, high: number];
  /** A session attended by people: verb, noun, unit. */
  readonly attended: readonly [verb: string, noun: string, unit: string];
  /** People who would be asked who do not receive the service. */
  readonly managers: string;
  /** Something the field needs and that is no output. */
  readonly stock: readonly [noun: string, unit: string];
  /** Subject of an effect in words. */
  readonly effect: string;
}

const MATERIAL: Readonly<Record<string, Material>> = {
  义务教育学校食堂改造: {
    parts: ["小学", "初中", "九年一贯制学校"],
    bought: ["保温餐台", "台", 2600, 4800],
    examined: ["留样记录", "份"],
    beside: ["编印", "营养食谱", "套", 3, 9],
    attended: ["举办", "食堂从业人员培训", "期"],
    managers: "学校后勤管理人员满意度",
    stock: ["现有冷藏柜数量", "台"],
    effect: "校园食品安全意识",
  },
  小型水库安全鉴定与维修养护: {
    parts: ["小（1）型水库", "小（2）型水库", "山塘"],
    bought: ["水位标尺", "套", 800, 2400],
    examined: ["溢洪道断面", "处"],
    beside: ["埋设", "界桩", "根", 60, 180],
    attended: ["举办", "巡查员培训", "期"],
    managers: "水库管理人员满意度",
    stock: ["现有排水泵数量", "台"],
    effect: "下游群众防汛意识",
  },
  公共图书馆免费开放: {
    parts: ["亲子阅读", "专题讲座", "手工体验"],
    bought: ["自助借还机", "台", 8600, 16800],
    examined: ["归架图书", "册"],
    beside: ["拍摄", "导读短片", "部", 3, 9],
    attended: ["举办", "志愿者培训", "期"],
    managers: "馆内职工满意度",
    stock: ["现有书架数量", "组"],
    effect: "市民阅读氛围",
  },
  农作物重大病虫害统防统治: {
    parts: ["水稻", "玉米", "马铃薯"],
    bought: ["测报灯", "盏", 1800, 4200],
    examined: ["防治田块", "块"],
    beside: ["印发", "用药指南", "册", 800, 2400],
    attended: ["举办", "机手培训", "期"],
    managers: "植保人员满意度",
    stock: ["现有喷雾器数量", "台"],
    effect: "农户绿色防控意识",
  },
  基层医疗机构能力提升: {
    parts: ["乡镇卫生院", "社区卫生服务站", "村卫生室"],
    bought: ["心电监护仪", "台", 9800, 26800],
    examined: ["门诊病历", "份"],
    beside: ["改造", "候诊区", "处", 3, 9],
    attended: ["举办", "急救技能培训", "期"],
    managers: "卫生院管理人员满意度",
    stock: ["现有救护车数量", "辆"],
    effect: "群众基层首诊意愿",
  },
  农村公路日常养护: {
    parts: ["县道", "乡道", "村道"],
    bought: ["警示桩", "根", 200, 600],
    examined: ["养护路段", "段"],
    beside: ["疏通", "涵洞", "道", 30, 90],
    attended: ["举办", "养护工培训", "期"],
    managers: "养护站管理人员满意度",
    stock: ["现有压路机数量", "台"],
    effect: "沿线群众护路意识",
  },
  居家养老上门服务: {
    parts: ["失能老人", "高龄老人", "独居老人"],
    bought: ["助浴椅", "把", 400, 1200],
    examined: ["服务工单", "份"],
    beside: ["改造", "助餐点", "处", 3, 9],
    attended: ["举办", "护理员培训", "期"],
    managers: "服务机构负责人满意度",
    stock: ["现有轮椅数量", "辆"],
    effect: "社会敬老氛围",
  },
  生活垃圾分类收运: {
    parts: ["厨余垃圾", "可回收物", "其他垃圾"],
    bought: ["分类收集桶", "只", 200, 600],
    examined: ["投放点", "处"],
    beside: ["印制", "分类指南", "册", 2000, 6000],
    attended: ["举办", "督导员培训", "期"],
    managers: "收运公司管理人员满意度",
    stock: ["现有清运车数量", "辆"],
    effect: "居民分类习惯",
  },
  中小企业技术改造贴息: {
    parts: ["机械制造企业", "食品加工企业", "纺织服装企业"],
    bought: ["数据采集终端", "套", 3600, 8800],
    examined: ["贴息申报材料", "份"],
    beside: ["编制", "技改案例集", "册", 3, 9],
    attended: ["举办", "诊断师培训", "期"],
    managers: "审核人员满意度",
    stock: ["现有数控设备数量", "台"],
    effect: "企业技改积极性",
  },
  社区矫正与法律援助: {
    parts: ["劳动报酬案件", "婚姻家庭案件", "工伤赔偿案件"],
    bought: ["定位腕表", "只", 600, 1600],
    examined: ["援助案卷", "份"],
    beside: ["设立", "法律服务点", "处", 3, 9],
    attended: ["举办", "援助律师培训", "期"],
    managers: "司法所工作人员满意度",
    stock: ["现有执法记录仪数量", "台"],
    effect: "群众依法维权意识",
  },
  城乡道路交通安全设施提升: {
    parts: ["国省道", "县道", "乡村道路"],
    bought: ["爆闪灯", "套", 600, 1800],
    examined: ["标线路段", "段"],
    beside: ["制作", "警示教育片", "部", 3, 9],
    attended: ["举办", "劝导员培训", "期"],
    managers: "交警中队民警满意度",
    stock: ["现有信号机数量", "台"],
    effect: "驾驶人守法意识",
  },
  国有林场森林抚育: {
    parts: ["东片林区", "西片林区", "北片林区"],
    bought: ["割灌机", "台", 1200, 2800],
    examined: ["抚育小班", "个"],
    beside: ["修整", "作业便道", "公里", 6, 18],
    attended: ["举办", "营林技术培训", "期"],
    managers: "林场管理人员满意度",
    stock: ["现有灭火水枪数量", "支"],
    effect: "林区群众护林意识",
  },
  城镇老旧小区改造: {
    parts: ["城东片区", "城西片区", "老城片区"],
    bought: ["楼道扶手", "套", 400, 1600],
    examined: ["隐蔽工程部位", "处"],
    beside: ["增设", "电动车充电桩", "个", 30, 90],
    attended: ["举办", "业委会成员培训", "期"],
    managers: "施工单位项目经理满意度",
    stock: ["现有消防栓数量", "个"],
    effect: "居民共建意识",
  },
  地表水环境质量监测: {
    parts: ["干流断面", "支流断面", "湖库点位"],
    bought: ["采样瓶组", "套", 200, 800],
    examined: ["平行样", "份"],
    beside: ["开展", "入河排口排查", "次", 3, 9],
    attended: ["举办", "采样人员培训", "期"],
    managers: "监测站职工满意度",
    stock: ["现有多参数仪数量", "台"],
    effect: "公众护水意识",
  },
  全民健身场地开放与赛事: {
    parts: ["球类赛事", "路跑赛事", "棋牌赛事"],
    bought: ["乒乓球台", "张", 1400, 3200],
    examined: ["健身器材", "件"],
    beside: ["制作", "健身教学视频", "部", 6, 18],
    attended: ["举办", "社会体育指导员培训", "期"],
    managers: "场馆管理人员满意度",
    stock: ["现有篮球架数量", "副"],
    effect: "群众健身热情",
  },
  自然灾害综合监测预警: {
    parts: ["滑坡隐患点", "山洪沟口", "危岩点"],
    bought: ["手摇报警器", "台", 200, 600],
    examined: ["雨量计", "台"],
    beside: ["绘制", "避险路线图", "幅", 40, 120],
    attended: ["举办", "灾害信息员培训", "期"],
    managers: "值班人员满意度",
    stock: ["现有卫星电话数量", "部"],
    effect: "群众避险意识",
  },
  残疾人辅助器具适配: {
    parts: ["肢体类器具", "视力类器具", "听力类器具"],
    bought: ["防压疮床垫", "张", 600, 1800],
    examined: ["适配评估表", "份"],
    beside: ["改造", "无障碍卫生间", "处", 6, 18],
    attended: ["举办", "家属照护培训", "期"],
    managers: "康复机构负责人满意度",
    stock: ["现有助行器数量", "件"],
    effect: "社会助残氛围",
  },
  科技特派员下乡服务: {
    parts: ["种植类特派员", "养殖类特派员", "加工类特派员"],
    bought: ["土壤速测箱", "只", 1200, 2600],
    examined: ["技术档案", "份"],
    beside: ["引进", "新品种", "个", 6, 18],
    attended: ["举办", "田间技术培训", "期"],
    managers: "派出单位管理人员满意度",
    stock: ["现有显微镜数量", "台"],
    effect: "农户科学种养意识",
  },
};

/** The words of the field a form belongs to, known by its project; null for a form of no known field. */
export function materialOf(form: Form): Material | null {
  for (const [project, material] of Object.entries(MATERIAL))
    if (form.project?.includes(project)) return material;
  return null;
}
