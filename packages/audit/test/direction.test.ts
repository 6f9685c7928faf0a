import { describe, expect, test } from "vitest";
import { type ExampleRow, exampleForm } from "../src/example-form.ts";
import { openDossier, RULES, reviewForm } from "../src/index.ts";

/** Codes found on one row of a form that holds nothing else. */
function codes(row: ExampleRow, only: RegExp): string[] {
  const form = exampleForm({ rows: [row] });
  const { findings, errors } = reviewForm(
    openDossier(form),
    RULES.filter(({ code }) => only.test(code)),
  );
  expect(errors).toEqual([]);
  return [
    ...new Set(findings.filter(({ at }) => at[0]?.startsWith("indicators[0]")).map(({ code }) => code)),
  ];
}

const row = (
  level2: string,
  name: string,
  target: string,
  actual = target.replace(/^[≤≥=<>]/, ""),
): ExampleRow => [level2, name, target, actual, "10", "10"];

describe("an upper bound on people helped or output (AR-120)", () => {
  const wrong: ExampleRow[] = [
    row("数量指标", "家庭医生签约居民数", "≤3000人"),
    row("数量指标", "农村公路养护里程", "≤320公里"),
    row("数量指标", "困难残疾人生活补贴人数", "≤410人"),
    row("数量指标", "矛盾纠纷调解件数", "≤260件"),
    row("数量指标", "黑臭水体治理处数", "<6处"),
    row("社会效益指标", "转移就业农村劳动力人数", "≤900人"),
    row("数量指标", "失业人员职业培训人次", "≤500人次"),
    row("数量指标", "公益电影放映场次", "≤144场"),
    row("数量指标", "高标准农田建设面积", "≤1.2万亩"),
    row("数量指标", "贫困家庭学生资助人数", "≤120人"),
  ];
  for (const one of wrong)
    test(`${one[1]} ${one[2]}`, () => expect(codes(one, /^AR-120$/)).toEqual(["AR-120"]));

  const right: ExampleRow[] = [
    row("经济成本指标", "项目总成本", "≤480万元"),
    row("数量指标", "火灾事故起数", "≤12起"),
    row("质量指标", "工程质量缺陷数", "≤3个"),
    row("时效指标", "案件平均办理天数", "≤15天"),
    row("时效指标", "出警响应时间", "≤8分钟"),
    row("社会效益指标", "道路交通事故死亡人数", "≤30人"),
    row("社会效益指标", "城镇登记失业率", "≤4.5%"),
    row("经济成本指标", "人均培训费用", "≤450元/人"),
    row("经济成本指标", "次均住院费用", "≤8200元"),
    row("生态效益指标", "单位面积能耗", "≤12千克标准煤/平方米"),
    row("生态效益指标", "二氧化碳排放量", "≤900吨"),
    row("社会效益指标", "高峰时段拥堵路段数", "≤5条"),
    row("社会效益指标", "拖欠农民工工资案件数", "≤2件"),
    row("服务对象满意度指标", "群众有效投诉件数", "≤3件"),
    row("数量指标", "因公出国（境）团组数", "≤2个"),
    row("数量指标", "会议费支出", "≤3万元"),
    row("数量指标", "失学辍学儿童人数", "≤0人"),
    row("质量指标", "资料差错数", "≤2处"),
    row("质量指标", "小学班额", "≤45人"),
    row("数量指标", "孕产妇死亡人数", "≤1人"),
    row("数量指标", "服务半径", "≤2公里"),
    row("数量指标", "公务接待批次", "≤20批次"),
  ];
  for (const one of right)
    test(`leaves ${one[1]} ${one[2]}`, () => expect(codes(one, /^AR-120$/)).toEqual([]));
});

describe("category by meaning (AR-125)", () => {
  const wrong: ExampleRow[] = [
    row("数量指标", "疫苗接种率", "≥95%"),
    row("数量指标", "适龄儿童入学率", "≥99%"),
    row("数量指标", "一户一码覆盖面", "≥90%"),
    row("质量指标", "受理案件件数及办结时限", "按时办结"),
    row("质量指标", "惠农资金兑付及时性", "及时"),
    row("质量指标", "受训村医人数", "≥85人"),
    row("质量指标", "整治河道长度", "≥12公里"),
    row("时效指标", "免费乘车老年人人次", "≥30万人次"),
    row("时效指标", "设备验收合格率", "≥98%"),
    row("数量指标", "工程质量合格率", "=100%"),
    row("服务对象满意度指标", "林长制长效机制建立情况", "建立"),
    row("数量指标", "可持续影响", "持续发展"),
    row("社会效益指标", "参保群众满意度", "≥90%"),
    row("经济成本指标", "安装路灯盏数", "≥120盏").map((cell, index) =>
      index === 1 ? "服务群众人次" : index === 2 ? "≥120人次" : index === 3 ? "120人次" : cell,
    ) as unknown as ExampleRow,
  ];
  for (const one of wrong)
    test(`${one[0]}: ${one[1]}`, () => expect(codes(one, /^AR-125$/)).toEqual(["AR-125"]));

  const right: ExampleRow[] = [
    row("数量指标", "新建停车泊位数", "≥600个"),
    row("数量指标", "医保参保人数", "≥12万人"),
    row("数量指标", "按时完成检修台数", "≥40台"),
    row("数量指标", "举办招聘会", "≥6场"),
    row("数量指标", "达标排水口数量", "≥18个"),
    row("质量指标", "课程通过率", "≥90%"),
    row("质量指标", "产品抽检不合格批次", "≤3批次"),
    row("质量指标", "安全事故次数", "=0次"),
    row("质量指标", "省级以上获奖项目数", "≥2个"),
    row("时效指标", "资金发放及时率", "≥95%"),
    row("时效指标", "项目按期完工率", "100%"),
    row("时效指标", "当年任务完成率", "100%"),
    row("时效指标", "完成时间", "2024年12月底"),
    row("时效指标", "平均候诊时间", "≤20分钟"),
    row("经济效益指标", "带动农户增收额", "≥300万元"),
    row("社会效益指标", "新增就业人数", "≥500人"),
    row("社会效益指标", "政策知晓率", "≥90%"),
    row("生态效益指标", "空气质量优良天数比例", "≥85%"),
    row("可持续影响指标", "管护机制健全性", "健全"),
    row("服务对象满意度指标", "师生满意度", "≥90%"),
    row("服务对象满意度指标", "有效投诉件数", "≤2件"),
    row("社会成本指标", "投诉处理人次", "≤30人次"),
    row("成本指标", "人均补助标准", "≥1200元/人"),
    row("质量指标", "工作效率提升", "提升"),
    row("数量指标", "满意度调查问卷份数", "≥300份"),
  ];
  for (const one of right)
    test(`leaves ${one[0]}: ${one[1]}`, () => expect(codes(one, /^AR-125$/)).toEqual([]));
});

describe("units (AR-129, AR-130)", () => {
  const wrong: [ExampleRow, string][] = [
    [row("数量指标", "承办半程马拉松赛事", "=1人次"), "AR-129"],
    [row("数量指标", "职业病体检人数", "≥300件"), "AR-129"],
    [row("数量指标", "退耕还林面积", "≥500公里"), "AR-129"],
    [row("数量指标", "慰问困难户数", "≥80人"), "AR-129"],
    [row("质量指标", "课题结题合格率", "≥90个"), "AR-129"],
    [row("数量指标", "开展监督检查次数", "≥12人"), "AR-129"],
    [row("质量指标", "信访事项数", "≤5%"), "AR-129"],
    [row("数量指标", "绿道建设长度", "≥6公里", "5200平方米"), "AR-130"],
    [row("数量指标", "送戏下乡", "≥40场", "12600人"), "AR-130"],
    [row("质量指标", "环境卫生状况", "整洁有序", "95分"), "AR-130"],
  ];
  for (const [one, code] of wrong)
    test(`${one[1]} ${one[2]} ${one[3]}`, () => expect(codes(one, /^AR-1(?:29|30)$/)).toEqual([code]));

  const right: ExampleRow[] = [
    row("数量指标", "技能竞赛参赛人数", "≥200人"),
    row("数量指标", "送医下乡活动", "≥30人次"),
    row("数量指标", "受益人数", "≥1.2万人", "13100人"),
    row("数量指标", "购置教学仪器", "≥30台（套）", "32台"),
    row("数量指标", "补贴企业数", "≥40户", "43家"),
    row("质量指标", "新生儿死亡率", "≤3‰"),
    row("质量指标", "法定传染病发病率", "≤200/10万"),
    row("质量指标", "床位周转率", "≥30次"),
    row("质量指标", "群众投诉率", "≤3%"),
    row("数量指标", "水库巡查频次", "≥2次/周"),
    row("数量指标", "区级财政补助资金", "≤20万元", "200000元"),
    row("服务对象满意度指标", "满意度得分", "≥90分"),
    row("质量指标", "重大安全事故", "零发生", "0起"),
    row("质量指标", "营商环境评价排名", "前三"),
  ];
  for (const one of right)
    test(`leaves ${one[1]} ${one[2]} ${one[3]}`, () => expect(codes(one, /^AR-1(?:29|30)$/)).toEqual([]));
});

describe("names (AR-128, AR-131, AR-132, AR-133)", () => {
  const wrong: [ExampleRow, string][] = [
    [row("数量指标", "部门预算执行率", "≥95%"), "AR-128"],
    [row("时效指标", "财政资金支出进度", "100%"), "AR-128"],
    [row("质量指标", "上级补助资金到位情况", "100%"), "AR-128"],
    [row("质量指标", "药品抽检合格率", "达标"), "AR-131"],
    [row("时效指标", "设备交付日期", "合格"), "AR-131"],
    [row("经济效益指标", "税收较上年增长情况", "增长", "增长"), "AR-131"],
    [row("社会效益指标", "走访慰问人数", "按实际"), "AR-131"],
    [row("数量指标", "环境整治、绿化养护等", "≥3项"), "AR-132"],
    [row("数量指标", "执法车辆数量", "6辆"), "AR-133"],
  ];
  for (const [one, code] of wrong)
    test(`${one[1]} ${one[2]}`, () => expect(codes(one, /^AR-1(?:28|31|32|33)$/)).toEqual([code]));

  const right: ExampleRow[] = [
    row("时效指标", "低保金按时发放率", "100%"),
    row("质量指标", "专项资金使用合规性", "合规"),
    row("数量指标", "预算绩效培训人次", "≥90人次"),
    row("时效指标", "教材到位时间", "开学前"),
    row("时效指标", "补助发放时间", "每月10日前"),
    row("质量指标", "应保尽保覆盖率", "全覆盖"),
    row("质量指标", "重大事故发生率", "零"),
    row("数量指标", "更新执法车辆数量", "≥2辆"),
    row("经济效益指标", "亩均产值增长率", "≥3%"),
    row("质量指标", "入学率达标情况", "达标"),
    row("质量指标", "三等以上良种覆盖率", "≥90%"),
  ];
  for (const one of right)
    test(`leaves ${one[1]} ${one[2]}`, () => expect(codes(one, /^AR-1(?:28|31|32|33)$/)).toEqual([]));
});

describe("bounds missed upwards (AR-121) against over-fulfilment (AR-41, AR-81)", () => {
  test("a row off its equality is told once", () => {
    const found = codes(
      ["数量指标", "抽检农产品批次", "=60批次", "190批次", "10", "10"],
      /^AR-(?:121|41|81)$/,
    );
    expect(found).toEqual(["AR-121"]);
  });
  test("a target far passed without a reason is told once", () => {
    const found = codes(
      ["数量指标", "抽检农产品批次", "≥60批次", "190批次", "10", "10"],
      /^AR-(?:121|41|81)$/,
    );
    expect(found).toEqual(["AR-81"]);
  });
  test("a complaint above its limit that lost its points is an ordinary miss", () => {
    const found = codes(
      ["社会效益指标", "群众投诉件数", "≤5件", "9件", "10", "2", "夜间施工噪声较大，已调整工时。"],
      /^AR-121$/,
    );
    expect(found).toEqual([]);
  });
  test("a cost above its limit with full points contradicts itself", () => {
    const found = codes(["经济成本指标", "项目总成本", "≤100万元", "131万元", "10", "10"], /^AR-121$/);
    expect(found).toEqual(["AR-121"]);
  });
});

test("no complaint in place of satisfaction is told once (AR-124 refines AR-86)", () => {
  expect(codes(row("服务对象满意度指标", "就诊群众满意度", "无有效投诉"), /^AR-(?:86|124)$/)).toEqual([
    "AR-124",
  ]);
  expect(codes(row("服务对象满意度指标", "就诊群众满意度", "满意", "没有投诉"), /^AR-(?:86|124)$/)).toEqual([
    "AR-86",
  ]);
});
