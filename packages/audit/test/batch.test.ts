import type { Form } from "@jiheng/domain";
import { describe, expect, test } from "vitest";
import { exampleForm, withRows } from "../src/example-form.ts";
import { openDossier, type ReviewContext, reviewBatch } from "../src/index.ts";
import { BATCH_RULES } from "../src/rules/batch/index.ts";
import { YEARS_RULES } from "../src/rules/years/index.ts";

function run(forms: readonly Form[], code: string): ReturnType<typeof reviewBatch> {
  const review = reviewBatch(
    { forms: forms.map((form) => openDossier(form)) },
    [...BATCH_RULES, ...YEARS_RULES].filter((rule) => rule.code === code),
  );
  expect(review.errors).toEqual([]);
  return review;
}

const other = { project: "水源地巡护", expected: "巡护水源地。", achieved: "水源地巡护完成。" } as const;

describe("shared passages (AR-174, AR-89)", () => {
  const passage = "组织护林员对重点林区开展网格化巡护，及时劝阻野外用火行为，落实入山登记和火源收缴制度";
  test("are found whatever the punctuation and width", () => {
    const { findings } = run(
      [
        exampleForm({ project: "森林防火", expected: "防火。", achieved: `全年无火灾。${passage}。` }),
        exampleForm({
          project: "护林员补助",
          expected: "补助。",
          achieved: `${passage.replaceAll("，", ", ")}；补助按月发放。`,
        }),
      ],
      "AR-174",
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]?.at.map(({ form, at }) => `${form}:${at}`)).toEqual([
      "0:goal.achieved",
      "1:goal.achieved",
    ]);
  });
  test("three forms that share one passage are one finding", () => {
    const forms = ["甲", "乙", "丙"].map((project) =>
      exampleForm({ project, achieved: `${project}项目：${passage}。` }),
    );
    const { findings } = run(forms, "AR-174");
    expect(findings).toHaveLength(1);
    expect(new Set(findings[0]?.at.map(({ form }) => form)).size).toBe(3);
  });
  test("titles of documents and names of bodies are no shared text", () => {
    const law =
      "《青岭市人民政府办公室关于进一步加强森林草原防灭火工作若干措施的通知》（青政办〔2023〕18号）";
    const unit = "青岭市自然资源和规划局森林草原防火指挥部办公室综合协调服务中心";
    const { findings } = run(
      [
        exampleForm({
          unit,
          project: "森林防火",
          expected: `${law}要求配齐队伍。${unit}负责。`,
          achieved: "队伍配齐。",
        }),
        exampleForm({
          unit,
          project: "扑火装备",
          expected: `按${law}购置装备。${unit}采购。`,
          achieved: "装备到库。",
        }),
      ],
      "AR-174",
    );
    expect(findings).toEqual([]);
  });
  test("a result copied from another unit is AR-89, not AR-174", () => {
    const forms = ["柳沟镇人民政府", "石门镇人民政府"].map((unit) =>
      exampleForm({ unit, achieved: `${passage}。` }),
    );
    expect(run(forms, "AR-89").findings).toHaveLength(1);
    expect(run(forms, "AR-174").findings).toEqual([]);
  });
});

describe("one count in two forms (AR-170, AR-171, AR-173)", () => {
  const claim = (project: string, target: string, actual: string, text: string): Form =>
    exampleForm({
      project,
      expected: text,
      achieved: text,
      rows: withRows({ 4: ["社会效益指标", "高龄津贴发放人数", target, actual, "15", "15"] }),
    });
  test("same object by the text: a finding", () => {
    const { findings, unclear } = run(
      [
        claim("老龄事业", "≥900人", "955人", "为全县八十岁以上高龄老人按月发放高龄津贴。"),
        claim("社会福利", "≥900人", "900人", "对全县八十岁以上高龄老人按月发放高龄津贴并上门慰问。"),
      ],
      "AR-171",
    );
    expect(findings).toHaveLength(1);
    expect(unclear).toEqual([]);
  });
  test("no text joins them: left to a person", () => {
    const { findings, unclear } = run(
      [
        claim("老龄事业", "≥900人", "955人", "城区老人津贴按季度审核。"),
        claim("社会福利", "≥60人", "63人", "农村五保对象另行补助。"),
      ],
      "AR-171",
    );
    expect(findings).toEqual([]);
    expect(unclear).toHaveLength(1);
  });
  test("what is found of two forms is not asked about again beside a third", () => {
    const { findings, unclear } = run(
      [
        claim("老龄事业", "≥900人", "955人", "为全县八十岁以上高龄老人按月发放高龄津贴。"),
        claim("社会福利", "≥900人", "900人", "对全县八十岁以上高龄老人按月发放高龄津贴并上门慰问。"),
        claim("五保供养", "≥60人", "63人", "农村五保对象另行补助。"),
      ],
      "AR-171",
    );
    expect(findings).toHaveLength(1);
    expect(unclear.map(({ at }) => at.map(({ form }) => form))).toEqual([[2]]);
    expect(unclear[0]?.why).toContain("63人，与其他表不一");
  });
  test("another year, another unit and a rate are other things", () => {
    const one = claim("老龄事业", "≥900人", "955人", "为全县八十岁以上高龄老人按月发放高龄津贴。");
    const two = claim("社会福利", "≥900人", "900人", "为全县八十岁以上高龄老人按月发放高龄津贴。");
    expect(run([one, { ...two, year: 2023 }], "AR-171").findings).toEqual([]);
    expect(run([one, { ...two, department: "白石镇人民政府" }], "AR-171").findings).toEqual([]);
  });
  test("opposite signs of one name", () => {
    const { findings } = run(
      [claim("老龄事业", "≥900人", "955人", "甲。"), claim("社会福利", "≤900人", "890人", "乙。")],
      "AR-170",
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain("高龄津贴发放人数");
  });
  test("the message of opposite signs names every form it blames", () => {
    const { findings } = run(
      [
        claim("老龄事业", "≥900人", "955人", "甲。"),
        claim("社会福利", "≤910人", "890人", "乙。"),
        claim("五保供养", "≤60人", "55人", "丙。"),
      ],
      "AR-170",
    );
    expect(findings[0]?.at).toHaveLength(3);
    for (const target of ["≥900人", "≤910人", "≤60人"]) expect(findings[0]?.message).toContain(target);
  });
  test("the noun decides a double claim, not the number", () => {
    const form = (project: string, achieved: string): Form => exampleForm({ project, achieved });
    expect(
      run([form("甲", "为1342名教师提供住房补助。"), form("乙", "共有1342名教师参加轮训。")], "AR-173")
        .findings,
    ).toHaveLength(1);
    expect(
      run([form("甲", "为1342名教师提供住房补助。"), form("乙", "补植行道树1342株。")], "AR-173").findings,
    ).toEqual([]);
    expect(
      run([form("甲", "覆盖全县216个行政村。"), form("乙", "在216个行政村张贴公告。")], "AR-173").findings,
    ).toEqual([]);
  });
});

describe("sisters: one kind of work at several places or in phases", () => {
  const wording = "通过项目实施改善乡村学校食堂条件，保障学生在校用餐安全，改造学校食堂并更新厨房设备";
  const canteens = (
    part: string,
    count: number,
    more: Partial<Parameters<typeof exampleForm>[0]> = {},
  ): Form =>
    exampleForm({
      project: `${part}学校食堂改造`,
      department: "青禾区教育局",
      unit: `青禾区${part}教育事务中心`,
      expected: `${wording}，全年改造食堂${count - 2}个以上。`,
      achieved: `全年改造食堂${count}个，项目学校食堂全部通过食品安全检查，师生反映良好。`,
      rows: withRows({
        1: ["数量指标", "改造学校食堂数", `≥${count - 2}个`, `${count}个`, "15", "15"],
        4: ["社会效益指标", "受益学生人数", `≥${count * 300}人`, `${count * 310}人`, "15", "15"],
        5: ["可持续影响指标", "厨房设备管护责任落实比例", "≥90%", "94%", "15", "15"],
      }),
      ...more,
    });
  const codes = ["AR-12", "AR-89", "AR-171", "AR-173", "AR-174", "AR-175"];
  const silent = (forms: readonly Form[]): void => {
    for (const code of codes) {
      const { findings, unclear } = run(forms, code);
      expect(findings, code).toEqual([]);
      expect(unclear, code).toEqual([]);
    }
  };
  test("of several townships differ in counts and share the wording of their goals", () => {
    silent([canteens("河湾", 32), canteens("东岭", 26), canteens("新市", 41)]);
    silent([canteens("河湾镇", 32), canteens("东岭乡", 26)]);
  });
  test("two phases of one unit are two projects", () => {
    silent([canteens("河湾", 32), canteens("河湾", 26, { project: "河湾学校食堂改造（二期）" })]);
    silent([
      canteens("河湾", 32, { project: "河湾学校食堂改造一标段" }),
      canteens("河湾", 26, { project: "河湾学校食堂改造二标段" }),
    ]);
  });
  test("the second phase with the result of the first, figures included, is copied", () => {
    const one = canteens("河湾", 32);
    const two = { ...canteens("河湾", 32), project: "河湾学校食堂改造（二期）" };
    expect(run([one, two], "AR-174").findings).toHaveLength(1);
  });
  test("a township that has the figures of another copied them", () => {
    const one = canteens("河湾", 32);
    const two = canteens("东岭", 26, { achieved: one.goal.achieved });
    expect(run([one, two], "AR-89").findings).toHaveLength(1);
  });
  test("（汇总）and the state of a form make no other project", () => {
    const one = exampleForm();
    const twin = (project: string): number => run([one, exampleForm({ project })], "AR-12").findings.length;
    expect(twin("农村供水管网管护（修订稿）")).toBe(1);
    for (const name of ["（二期）", "（第2批）", "（白石镇）", "（2025年）", "二标段"])
      expect(twin(`农村供水管网管护${name}`), name).toBe(0);
  });
  test("two units that both report the whole district's count are still held against each other", () => {
    const whole = (project: string, unit: string, actual: string): Form =>
      exampleForm({
        project,
        unit,
        expected: "为全区六十五岁以上老年人建立健康档案并实行动态管理。",
        achieved: "为全区六十五岁以上老年人建立健康档案并实行动态管理。",
        rows: withRows({ 1: ["数量指标", "老年人健康档案份数", "≥30000份", actual, "15", "15"] }),
      });
    const forms = [
      whole("基层卫生信息化", "云溪区卫生信息中心", "30000份"),
      whole("老年健康管理", "云溪区疾控中心", "31200份"),
    ];
    expect(run(forms, "AR-171").findings).toHaveLength(1);
  });
});

describe("a roll-up and its sources", () => {
  const passage = "组织护林员对重点林区开展网格化巡护，及时劝阻野外用火行为，落实入山登记和火源收缴制度";
  const one = exampleForm({
    project: "森林防火",
    expected: `${passage}。`,
    achieved: "出动护林员1342人次巡山。",
  });
  const two = exampleForm({
    project: "扑火装备",
    expected: "购置扑火装备并组织操作演练。",
    achieved: "购置风力灭火机216台。",
    rows: withRows({ 1: ["数量指标", "购置灭火机数量", "≥200台", "216台", "15", "15"] }),
  });
  const sum = (parts: Parameters<typeof exampleForm>[0]): Form =>
    exampleForm({
      unit: null,
      expected: `森林防火：${passage}。\n扑火装备：购置扑火装备并组织操作演练。`,
      achieved: "森林防火：出动护林员1342人次巡山。\n扑火装备：购置风力灭火机216台。",
      rows: withRows({ 1: ["数量指标", "购置灭火机数量", "≥200台", "250台", "15", "15"] }),
      ...parts,
    });
  test.each([
    ["by its kind", sum({ kind: "department-self-evaluation", project: null, expected: `${passage}。` })],
    ["by its name", sum({ project: "水务局项目汇总（2个项目）", expected: `${passage}。` })],
    ["by naming them in its goal", sum({ project: "林业防灭火专项" })],
  ])("share their text: known %s", (_, rollup) => {
    for (const code of ["AR-89", "AR-171", "AR-173", "AR-174"])
      expect(run([one, two, rollup], code).findings, code).toEqual([]);
  });
  test("known by the caller", () => {
    const dossiers = [one, two, sum({ project: "年度专项", expected: `${passage}。` })].map((form, index) =>
      openDossier(form, { context: index === 2 ? { isRollup: true } : {} }),
    );
    const said = reviewBatch({ forms: dossiers }, BATCH_RULES).findings.map(({ code }) => code);
    expect(said.filter((code) => ["AR-89", "AR-171", "AR-173", "AR-174"].includes(code))).toEqual([]);
  });
  test("forms that all call themselves summaries are held against each other", () => {
    const forms = ["防火汇总", "装备汇总"].map((project) =>
      exampleForm({ project, achieved: `${passage}。` }),
    );
    expect(run(forms, "AR-174").findings).toHaveLength(1);
  });
});

describe("deductions and roundings (AR-151, AR-158)", () => {
  const missed = (project: string, target: string, actual: string, score: string): Form =>
    exampleForm({
      project,
      rows: withRows({ 1: ["数量指标", `${project}处数`, target, actual, "15", score] }),
    });
  test("148 % cut and 337 % spared", () => {
    const { findings } = run(
      [missed("清淤", "≤100处", "148处", "10"), missed("补植", "≥100处", "337处", "15")],
      "AR-151",
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain("148%");
    expect(findings[0]?.message).toContain("337%");
  });
  test("a lesser excess that was spared is no unequal treatment", () => {
    const { findings } = run(
      [missed("清淤", "≥100处", "400处", "10"), missed("补植", "≥100处", "150处", "15")],
      "AR-151",
    );
    expect(findings).toEqual([]);
  });
  test("rates that discriminate decide the rounding; others and wrong ones do not", () => {
    const rate = (project: string, printed: string): Form =>
      exampleForm({
        project,
        fundRows: [["total", "年度资金总额", "300", "300", "200", "10", printed, "6.67"]],
      });
    expect(run([rate("甲", "66.66"), rate("乙", "66.67")], "AR-158").findings).toHaveLength(1);
    expect(run([rate("甲", "66.67"), rate("乙", "66.67")], "AR-158").findings).toEqual([]);
    expect(run([rate("甲", "66.67"), rate("乙", "66.60")], "AR-158").findings).toEqual([]);
  });
});

describe("consecutive years (AR-92, AR-190, AR-191)", () => {
  test("years further apart do not pair", () => {
    const low = withRows({ 1: ["数量指标", "维护供水管道长度", "≥100公里", "126公里", "15", "15"] });
    const before = (year: number): Form => exampleForm({ year, rows: low });
    const now = exampleForm({ rows: low });
    expect(run([before(2022), now], "AR-191").findings).toEqual([]);
    const { findings } = run([before(2023), now], "AR-191");
    expect(findings.map(({ figures }) => figures.row)).toEqual(["维护供水管道长度"]);
  });
  test("the year in a project's name does not part it from itself", () => {
    const rows = withRows({
      1: ["数量指标", "维护供水管道长度", "≥120公里", "96公里", "15", "12", "降雨偏多，已增配施工队。"],
    });
    const forms = [
      exampleForm({ year: 2023, project: "2023年农村供水管网管护", rows }),
      exampleForm({ year: 2024, project: "2024年农村供水管网管护", rows }),
    ];
    expect(run(forms, "AR-92").findings).toHaveLength(1);
  });
});

describe("guards of a batch", () => {
  test("one project handed in twice is told once, by its name", () => {
    const twice = [
      exampleForm(),
      exampleForm({
        rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "130公里", "15", "15"] }),
      }),
    ];
    expect(run(twice, "AR-12").findings).toHaveLength(1);
    for (const code of ["AR-171", "AR-172", "AR-173", "AR-174", "AR-175"])
      expect(run(twice, code).findings, code).toEqual([]);
  });
  test("a single form has no batch findings", () => {
    const { findings, errors } = reviewBatch({ forms: [openDossier(exampleForm())] }, [
      ...BATCH_RULES,
      ...YEARS_RULES,
    ]);
    expect(errors).toEqual([]);
    expect(findings).toEqual([]);
  });
  test("unrelated projects of one unit have no must or should", () => {
    const forms = [
      exampleForm(),
      exampleForm({
        ...other,
        rows: [
          ["数量指标", "巡护次数", "≥48次", "50次", "50", "50"],
          ["社会效益指标", "水源水质达标率", "≥95%", "98%", "40", "40"],
        ],
      }),
    ];
    const { findings } = reviewBatch({ forms: forms.map((form) => openDossier(form)) }, [
      ...BATCH_RULES,
      ...YEARS_RULES,
    ]);
    expect(findings.filter(({ force }) => force !== "hint")).toEqual([]);
  });
});

describe("size", () => {
  test("the work of a batch grows with the forms, not with their pairs", () => {
    const batch = (count: number): Form[] =>
      Array.from({ length: count }, (_, index) =>
        exampleForm({
          project: `项目${index}`,
          achieved: `第${index}号片区完成整治任务，${"逐户登记造册并张榜公示接受群众监督，".repeat(3)}投入使用。`,
        }),
      );
    // Look-ups are counted, not time: the indexes do all the work across forms.
    const steps = (count: number): number => {
      const dossiers = batch(count).map((form) => openDossier(form));
      const get = Map.prototype.get;
      const charCodeAt = String.prototype.charCodeAt;
      let counted = 0;
      Map.prototype.get = function (key) {
        counted += 1;
        return get.call(this, key);
      };
      String.prototype.charCodeAt = function (index) {
        counted += 1;
        return charCodeAt.call(this, index);
      };
      try {
        reviewBatch({ forms: dossiers }, [...BATCH_RULES, ...YEARS_RULES]);
      } finally {
        Map.prototype.get = get;
        String.prototype.charCodeAt = charCodeAt;
      }
      return counted;
    };
    // Eight times the forms; all pairs would take sixty-four times the steps.
    const ratio = steps(400) / steps(50);
    expect(ratio).toBeGreaterThan(4);
    expect(ratio).toBeLessThan(12);
  });
});

describe("targets below what was reached (AR-191)", () => {
  type Row = Parameters<typeof withRows>[0][number];
  const said = (
    last: Row,
    now: Row,
    [before, after]: readonly [string, string] = ["98.00", "98.00"],
    context: ReviewContext = {},
  ): string[] => {
    const at = (row: Row): number =>
      ["", "数量指标", "质量指标", "时效指标", "社会效益指标", "", "服务对象满意度指标"].indexOf(row[0]);
    const year = (of: number, row: Row, money: string): Form =>
      exampleForm({
        year: of,
        fundRows: [["total", "年度资金总额", money, money, money, "10", "100", "10"]],
        rows: withRows({
          3: ["时效指标", "报修故障平均处理时间", "≤20小时", "19小时", "10", "10"],
          [at(row)]: row,
        }),
      });
    const dossiers = [
      openDossier(year(2024, now, after), { context }),
      openDossier(year(2023, last, before)),
    ];
    return reviewBatch({ forms: dossiers }, YEARS_RULES)
      .findings.filter(({ code }) => code === "AR-191")
      .map(({ message }) => message);
  };
  const count = (target: string, actual: string): Row => [
    "数量指标",
    "改造食堂数",
    target,
    actual,
    "15",
    "15",
  ];
  const satisfied = (target: string, actual: string): Row => [
    "服务对象满意度指标",
    "用水户满意度",
    target,
    actual,
    "10",
    "10",
  ];
  test("next year's work is another amount where the money is less", () => {
    expect(said(count("≥35个", "37个"), count("≥23个", "23个"), ["98.00", "60.00"])).toEqual([]);
  });
  test("less work for no less money is asked about, with both budgets", () => {
    const [message] = said(count("≥35个", "37个"), count("≥23个", "23个"), ["98.00", "120.00"]);
    expect(message).toContain("上年98万元，本年120万元");
    expect(said(count("≥35个", "37个"), count("≥32个", "33个"), ["98.00", "120.00"])).toEqual([]);
  });
  test("satisfaction is a matter of points, however near in proportion", () => {
    expect(said(satisfied("≥90%", "96%"), satisfied("≥88%", "92%"))).toHaveLength(1);
    expect(said(satisfied("≥88%", "96%"), satisfied("≥88%", "92%"))).toHaveLength(1);
    expect(said(satisfied("≥90%", "94%"), satisfied("≥90%", "92%"))).toEqual([]);
    expect(said(satisfied("≥90%", "94%"), satisfied("≥89%", "92%"))).toEqual([]);
  });
  test("what was approved is not asked about when it is reported on", () => {
    const approvedTargets = exampleForm();
    const rows = [satisfied("≥90%", "96%"), satisfied("≥80%", "92%")] as const;
    expect(said(...rows)).toHaveLength(1);
    expect(said(...rows, undefined, { approvedTargets })).toEqual([]);
  });
  test("the whole cost follows the work, the cost of one piece does not", () => {
    const cost = (name: string, target: string, actual: string): Row => [
      "数量指标",
      name,
      target,
      actual,
      "15",
      "15",
    ];
    expect(
      said(cost("项目总成本控制额", "≤90万元", "80万元"), cost("项目总成本控制额", "≤120万元", "118万元")),
    ).toEqual([]);
    expect(
      said(cost("单位面积养护成本", "≤90元", "80元"), cost("单位面积养护成本", "≤120元", "118元")),
    ).toHaveLength(1);
  });
});
