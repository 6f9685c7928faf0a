import {
  type Form,
  type Fund,
  type Goal,
  type Indicator,
  level2HomeOf,
  type Measure,
  NO_MEASURE,
  parseMeasure,
  rowFieldLabels,
} from "@jiheng/domain";
import { type Random, randomFrom, variedForm } from "@jiheng/specimens";
import type { LayoutPlan } from "../src/layouts/plan.ts";

const PREFIX = [
  "",
  "",
  "（一）",
  "1.",
  "“双减”",
  "《条例》",
  "=1+2，",
  "@SUM(A1)，",
  "-5；",
  "+8，",
  "'=甲",
  "# ",
];
const WORDS =
  '按年度计划 分批组织 巡查 管护 县域 乡镇 报名 核验 资料 设备 场次 台账 回访 群众 反馈 及时 汇总 公示 复查 备案 ABC 2024年 3个批次 12.5万元 80%以上 "引号" a,b;c|d A&B 3<5 ㎡ 𠮷 －5 （注）'.split(
    " ",
  );

function sentence(random: Random, most = 9): string {
  const count = random.between(2, most);
  const words = Array.from({ length: count }, () => random.pick(WORDS));
  return `${random.pick(PREFIX)}${words.join(random.pick(["", "，", ""]))}。`;
}

function paragraphs(random: Random): string {
  return Array.from({ length: random.between(1, 3) }, () => sentence(random)).join("\n");
}

function oddFigure(random: Random): string {
  return random.pick(["0", "0.00", "7", "12.5", "1234567.89", "0.0001", "-5.00", "100.00", "3.140"]);
}

function joinedMeasure(measure: Measure): Measure {
  if (measure.value === null || measure.text === null) return measure;
  return parseMeasure(`${measure.comparison ?? ""}${measure.value}${measure.unit ?? ""}`).measure;
}

function oddTarget(random: Random, divided: boolean): Measure {
  const text = random.pick([
    "≥95%",
    "=120.00(人)",
    "≤3天",
    "＞1,200户",
    "不低于2次",
    "≧735人次",
    "显著提升",
    "11月底前",
    "约300人次",
    "5-8家",
    "1.2万亩",
    "100",
  ]);
  const { measure } = parseMeasure(text);
  const isWorded = /^(?:不低于|约|≧)/.test(text);
  return divided && !isWorded ? joinedMeasure(measure) : measure;
}

/** Which of the parts a layout has a place for. */
function rooms(plan: LayoutPlan) {
  const has = (key: string): boolean => plan.columns.some((column) => column.key === key);
  const funds = plan.funds?.kind === "table" ? plan.funds : null;
  return {
    has,
    fund: (key: string): boolean =>
      funds
        ? funds.columns.some((column) => column.key === key) || (key === "points" && funds.pointsInSide)
        : key === "initialBudget" && plan.funds !== null,
    divided: has("value"),
  };
}

function fundsFor(form: Form, plan: LayoutPlan, random: Random): Fund[] {
  const { fund: has } = rooms(plan);
  const renamed = random.pick<Readonly<Record<string, readonly [string, string]>>>([
    {},
    {},
    { "current-appropriation": ["central", "其中：中央补助"], other: ["local", "地方资金"] },
    {
      "current-appropriation": ["current-appropriation", "其中：财政资金"],
      "carry-over": ["special-account", "财政专户管理资金"],
      other: ["unit", "单位资金"],
    },
  ]);
  const funds = form.funds.map((each): Fund => {
    const [source, label] = renamed[each.source] ?? [each.source, each.label];
    const fund = { ...each, source, label };
    const total = fund.source === "total";
    const keep = <K extends keyof Fund>(key: K): Fund[K] | null => (has(key) ? fund[key] : null);
    return {
      ...fund,
      initialBudget: keep("initialBudget"),
      adjustedBudget: keep("adjustedBudget"),
      expenditure: keep("expenditure"),
      points: total && has("points") ? (fund.points ?? (plan.id === "hubei" ? "20" : "10")) : null,
      executionRate: keep("executionRate"),
      score: total ? keep("score") : null,
      deviation: has("deviation") && total ? random.pick([null, sentence(random)]) : null,
    };
  });
  if (random.chance(20) && has("initialBudget")) {
    const fund = funds[random.between(1, funds.length - 1)];
    if (fund && plan.funds?.kind === "table") funds[funds.indexOf(fund)] = { ...fund, initialBudget: null };
  }
  return funds;
}

const GOAL_NAMES = ["目标1", "目标2", "目标3"];

function goalsFor(form: Form, plan: LayoutPlan, random: Random): { goals: Goal[]; named: boolean } {
  const goal = plan.goal;
  if (goal === null) return { goals: [], named: false };
  const one = (name: string | null): Goal => ({
    name,
    expected: random.chance(50) ? (form.goal.expected ?? sentence(random)) : paragraphs(random),
    adjusted: goal.kind === "table" && goal.adjusted !== null ? paragraphs(random) : null,
    achieved:
      goal.kind === "table" && goal.achieved !== null && !random.chance(15) ? paragraphs(random) : null,
    points: null,
    score: null,
  });
  const goals = [one(null)];
  let named = false;
  if (goal.midTerm !== null) goals.push({ ...one(goal.midTerm), achieved: null, adjusted: null });
  else if (goal.kind === "table" && random.chance(25)) {
    named = true;
    const count = random.between(2, 3);
    goals.splice(0, 1, ...GOAL_NAMES.slice(0, count).map(one));
    if (random.chance(50))
      for (const [index, each] of goals.entries())
        goals[index] = { ...each, points: index === 0 ? "50" : "20" };
  } else if (goal.kind === "table" && random.chance(15)) goals.push(one(null));
  return { goals, named };
}

function rowsFor(
  form: Form,
  plan: LayoutPlan,
  random: Random,
  goals: readonly Goal[],
  named: boolean,
): Indicator[] {
  const { has, divided } = rooms(plan);
  const rows = form.indicators.map((row): Indicator => {
    let target = divided ? joinedMeasure(row.target) : row.target;
    if (random.chance(20)) target = oddTarget(random, divided);
    let initialTarget: Measure | null = null;
    if (has("initialValue") || has("initialTarget")) {
      initialTarget = target;
      if (target.value !== null && random.chance(50))
        initialTarget = parseMeasure(`${target.comparison ?? ""}7${target.unit ?? ""}`).measure;
    }
    const deviation = has("deviation")
      ? random.pick([null, row.deviation, sentence(random), paragraphs(random)])
      : null;
    const name = random.chance(10)
      ? `${row.name ?? ""}${random.pick(["（含新建、改建）", "A类/B类", "(公里)", "：山区部分", "达标率 ≥ 底线"])}`
      : row.name;
    return {
      ...row,
      name,
      level1: has("level1") ? row.level1 : null,
      level2: has("level2") ? row.level2 : null,
      target,
      initialTarget,
      actual: has("actual") ? (random.chance(10) ? NO_MEASURE : row.actual) : NO_MEASURE,
      points: has("points") ? (random.chance(10) ? oddFigure(random) : (row.points ?? "5")) : null,
      score: has("score") ? (random.chance(10) ? null : (row.score ?? "5")) : null,
      coefficient: has("coefficient") ? random.pick(["100", "95.5", "0", null]) : null,
      core: has("core") ? random.pick([true, false, null]) : random.chance(15) ? true : null,
      reviewScore: has("reviewScore") ? random.pick(["4", "3.50", null]) : null,
      criteria: has("criteria") ? random.pick([null, sentence(random, 4)]) : null,
      evidence: has("evidence") ? random.pick([null, "验收单、照片"]) : null,
      deviation,
    };
  });
  // Two rows of one name.
  if (random.chance(30)) {
    const first = rows[0];
    if (first) rows.splice(1, 0, { ...first, id: "again", parent: null });
  }
  // Sub-rows follow their row.
  if (random.chance(35)) {
    const at = random.between(0, rows.length - 1);
    const main = rows[at];
    if (main)
      rows.splice(at + 1, 0, {
        ...main,
        id: "sub",
        parent: main.id,
        name: `其中：${random.pick(["山区乡镇", "脱贫户", "第一批"])}`,
        points: has("points") ? null : main.points,
        core: null,
        target: parseMeasure("≥3个").measure,
        initialTarget: main.initialTarget === null ? null : parseMeasure("≥3个").measure,
      });
  }
  if (!has("name")) return rows;
  if (named)
    return rows.map((row, index) => ({
      ...row,
      goal: Math.floor((index * goals.length) / rows.length),
    }));
  return rows;
}

function withGroupPoints(rows: readonly Indicator[]): Indicator[] {
  const points = new Map<string, string>();
  for (const row of rows)
    if (row.level1 && !points.has(row.level1)) points.set(row.level1, String(10 + points.size * 10));
  return rows.map((row) => ({ ...row, groupPoints: row.level1 ? (points.get(row.level1) ?? null) : null }));
}

/** A form with arbitrary texts, blanks, sub-rows, goals, odd figures and fields, of which the layout has a place for all. */
export function formFor(plan: LayoutPlan, seed: number): Form {
  const random = randomFrom(seed * 31 + 5);
  const base = variedForm({ seed, template: plan.id, bare: true });
  const { goals, named } = goalsFor(base, plan, random);
  const { has } = rooms(plan);
  let indicators = rowsFor(base, plan, random, goals, named);
  if (plan.levelPoints) indicators = withGroupPoints(indicators);
  const funds = fundsFor(base, plan, random);
  const fields: { label: string; text: string | null }[] = [];
  for (const pair of plan.head.flat())
    if (pair.value === "field" && random.chance(70))
      fields.push({ label: pair.label, text: random.pick(["张某", "一次性项目", "2024年1月1日"]) });
  for (const label of plan.headFields)
    if (random.chance(60))
      fields.push({ label, text: random.pick(["1.部门预算项目☑ 2.专项□", "常年性项目"]) });
  for (const label of plan.fieldRows) if (random.chance(60)) fields.push({ label, text: paragraphs(random) });
  for (const label of plan.signatures) if (random.chance(60)) fields.push({ label, text: "李某某" });
  if (random.chance(30)) fields.push({ label: "联系电话", text: "0000-1234567" });
  if (random.chance(30)) fields.push({ label: "自评工作概述", text: paragraphs(random) });
  const words = (
    heading: string,
    names: readonly (string | null)[],
    texts: readonly (string | null)[],
  ): void => {
    for (const label of rowFieldLabels(heading, names)) {
      const text = random.pick(texts);
      if (text !== null) fields.push({ label, text });
    }
  };
  const names = indicators.map((row) => row.name);
  for (const { key, heading, group } of plan.columns)
    if (key === "field")
      words(
        group === undefined ? heading : `${group}（${heading}）`,
        names,
        group === undefined ? [null, "120", "达到年度目标", sentence(random, 3)] : [null, null, "√"],
      );
  if (plan.funds?.kind === "table" && random.chance(50))
    for (const part of plan.funds.parts ?? [])
      for (const label of part.labels)
        if (random.chance(70)) fields.push({ label, text: `${random.between(1, 900)}.50万元` });
  if (plan.funds?.kind === "table")
    for (const { key, heading } of plan.funds.columns)
      if (key === "field")
        words(
          heading,
          funds.map((fund) => fund.label),
          ["120.50", "0.00"],
        );
  if (plan.funds?.kind === "pairs") {
    if (random.chance(80)) fields.push({ label: plan.funds.period, text: "360.50" });
    if (plan.funds.periodBySource)
      words(
        "中期资金",
        funds.slice(1).map((fund) => fund.label),
        ["12.00", "0", null],
      );
  }
  if (plan.statements)
    for (const row of plan.statements.rows) {
      if (random.chance(70)) fields.push({ label: row, text: sentence(random) });
      if (random.chance(40)) {
        const label = rowFieldLabels(plan.statements.headings[1] ?? "", [row])[0] ?? "";
        fields.push({ label, text: sentence(random) });
      }
    }
  const heads = new Set(plan.head.flat().map((pair) => pair.value));
  const one = goals[0];
  // The form of a department names one body: it reports for itself.
  const body = plan.kind === "department-self-evaluation" ? base.unit : base.department;
  const number = plan.formNumber ?? (random.chance(20) ? "HB-2024-07" : null);
  return {
    ...base,
    kind: plan.kind,
    template: plan.id,
    title: random.chance(70) ? plan.title : `云溪区${plan.title}`,
    formNumber: number,
    jurisdiction: number?.startsWith("510000") ? "四川" : null,
    project: heads.has("project") && !random.chance(10) ? base.project : null,
    projectCode:
      heads.has("project") && random.chance(30) ? random.pick(["51000021R000000019951", "XM-07"]) : null,
    department:
      heads.has("department") || plan.kind === "department-self-evaluation" ? (body ?? "某县农业局") : null,
    unit: heads.has("unit") ? base.unit : null,
    departmentCode: null,
    unitCode: random.chance(20) ? "219001" : null,
    moneyUnit: random.pick(["万元", "万元", "元", null]),
    funds,
    goal: { expected: one?.expected ?? null, achieved: one?.achieved ?? null },
    goals,
    indicators: indicators.map((row) =>
      row.level2 !== null && level2HomeOf(row.level2) === null ? { ...row, level2: null } : row,
    ),
    totalPoints: plan.total !== null && has("points") ? "100" : null,
    totalScore: plan.total !== null && has("score") ? random.pick(["96.59", "100.00", "88"]) : null,
    grade:
      plan.grade === null
        ? null
        : plan.grade === "line-if-any"
          ? random.pick(["优", null])
          : random.pick(["优", "良", "中"]),
    deviation: plan.formDeviation !== null || random.chance(10) ? sentence(random) : null,
    fields,
    notes: [],
    origins: {},
  };
}
