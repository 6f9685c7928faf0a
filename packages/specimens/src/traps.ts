import { type Form, formatDecimal } from "@jiheng/domain";
import { plain, tellGoal, tellResult, withGoal } from "./edit.ts";
import { type Material, materialOf } from "./material.ts";
import type { Random } from "./random.ts";

/** Yuan as 万元 without trailing zeros. */
function tenThousands(yuan: number): string {
  const text = formatDecimal({ units: BigInt(yuan), scale: 4 });
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Three whole parts of a number, each at least one. */
export function threeParts(whole: number, random: Random): [number, number, number] {
  const first = Math.max(1, Math.floor((whole * random.between(40, 60)) / 100));
  const second = Math.max(1, Math.floor((whole * random.between(15, 30)) / 100));
  return [first, second, whole - first - second];
}

/** A number in the result with its parts in brackets: 改造食堂32个（小学18个、初中9个、其他5个）. */
export function inParts(
  form: Form,
  material: Material,
  parts: readonly [number, number, number],
  random: Random,
): Form | null {
  const row = form.indicators.find(
    (each) => each.level2 === "数量指标" && each.target.comparison === "≥" && each.actual.value !== null,
  );
  const unit = row?.actual.unit ?? row?.target.unit;
  if (!row || !unit) return null;
  const stated = `${plain(row.actual)}${unit}`;
  const text = form.goal.achieved;
  if (!text?.includes(stated)) return null;
  const [a, b, c] = material.parts;
  const listed = [`${a}${parts[0]}${unit}`, `${b}${parts[1]}${unit}`, `${c}${parts[2]}${unit}`];
  const inside = random.pick([
    `（其中${listed.join("、")}）`,
    `（${listed.join("，")}）`,
    `（${listed.join("、")}）`,
    `(其中:${listed.join(",")})`,
  ]);
  return withGoal(form, { achieved: text.replace(stated, `${stated}${inside}`) });
}

/** A purchase with count, price and amount; the amount is what is given. */
export function purchase(
  material: Material,
  count: number,
  price: number,
  amount: number,
  random: Random,
): string {
  const [noun, unit] = material.bought;
  return random.pick([
    `购置${noun}${count}${unit}，每${unit}${price}元，共计${amount}元。`,
    `采购${noun}${count}${unit}，单价${price}元，金额${tenThousands(amount)}万元。`,
    `${noun}${count}${unit}×${price}元/${unit}=${amount}元。`,
    `按每${unit}${price}元的价格购置${noun}${count}${unit}，支出${tenThousands(amount)}万元。`,
  ]);
}

/** A sample with numbers and the share they give. */
export function sample(material: Material, all: number, good: number, share: string, random: Random): string {
  const [what, unit] = material.examined;
  return random.pick([
    `年内抽查${what}${all}${unit}，其中合格${good}${unit}，合格率${share}%。`,
    `抽检${what}${all}${unit}，合格${good}${unit}，占${share}%。`,
    `第三方抽查${what}共${all}${unit}，符合要求的${good}${unit}，合格率为${share}%。`,
  ]);
}

/** Share in percent with two decimals at most, exact numbers only. */
export function percent(part: number, whole: number): string {
  const hundredths = Math.floor((part * 100_000) / whole + 5) / 10;
  return String(Math.floor(hundredths) / 100);
}

/** Money spent in numbered items with its sum. */
export function itemised(
  items: readonly (readonly [string, number])[],
  total: number,
  random: Random,
): string {
  const yuan = (value: number): string => `${value}元`;
  const wan = (value: number): string => `${tenThousands(value)}万元`;
  const style = random.between(0, 3);
  const as = style === 1 || style === 3 ? wan : yuan;
  if (style <= 1)
    return `公用支出${as(total)}：${items.map(([what, value], at) => `（${"一二三四五"[at]}）${what}${as(value)}`).join("；")}。`;
  if (style === 2)
    return `公用支出包括：${items.map(([what, value], at) => `${at + 1}.${what}${as(value)}`).join("；")}。合计${as(total)}。`;
  return `${items.map(([what, value]) => `${what}${as(value)}`).join("、")}，合计${as(total)}。`;
}

/** Items of running costs, whole hundreds of yuan. */
export function runningCosts(random: Random): [string, number][] {
  return random
    .shuffle(["印刷费", "邮电费", "差旅费", "场地租赁费", "维修费", "专家咨询费"])
    .slice(0, random.between(3, 4))
    .map((what) => [what, random.between(12, 180) * 100]);
}

const STATUTES = [
  "《中华人民共和国预算法》",
  "《中华人民共和国政府采购法》",
  "《中华人民共和国预算法实施条例》",
];

/** What a text may go into that is right: each draws an error only from a rule that reads carelessly. */
export function traps(form: Form, random: Random): Form {
  const material = materialOf(form);
  if (!material) return form;
  const year = form.year ?? 2024;
  let told = form;
  if (random.chance(25)) {
    const row = told.indicators.find(
      (each) => each.level2 === "数量指标" && each.target.comparison === "≥" && each.actual.value !== null,
    );
    const whole = row ? Number(plain(row.actual)) : 0;
    if (whole >= 12) told = inParts(told, material, threeParts(whole, random), random) ?? told;
  }
  if (random.chance(20)) {
    const count = random.between(12, 60);
    const price = random.between(material.bought[2] / 100, material.bought[3] / 100) * 100;
    told = tellResult(told, purchase(material, count, price, count * price, random));
  }
  if (random.chance(20)) {
    const all = random.pick([40, 50, 80, 120, 160]);
    const good = all - random.between(1, Math.floor(all / 12));
    told = tellResult(told, sample(material, all, good, percent(good, all), random));
  }
  if (random.chance(20)) {
    const items = runningCosts(random);
    const total = items.reduce((sum, [, value]) => sum + value, 0);
    told = tellResult(told, itemised(items, total, random));
  }
  if (random.chance(20))
    told = tellGoal(
      told,
      `依据${random.pick(STATUTES)}${random.pick(["和年度工作安排", "及本级预算安排"])}组织实施。`,
    );
  if (random.chance(20))
    told = tellGoal(
      told,
      random.pick([
        `本项目列入“十四五”规划（2021—2025年）。`,
        `实施依据：${form.unit?.slice(0, 1) ?? ""}财〔${year - random.between(1, 4)}〕${random.between(3, 88)}号文件。`,
        `延续${year - 1}年以来的工作安排。`,
      ]),
    );
  if (random.chance(15)) {
    const row = told.indicators.find(
      (each) => each.level2 === "数量指标" && each.target.comparison === "≥" && each.actual.value !== null,
    );
    if (row)
      told = tellResult(
        told,
        `${row.name}比${year - 1}年增加${random.between(2, 9)}${row.actual.unit ?? row.target.unit ?? ""}。`,
      );
  }
  if (random.chance(12)) {
    const [verb, noun, unit] = material.attended;
    const times = random.between(2, 6);
    told = tellResult(told, `同步${verb}${noun}${times}${unit}，${times * random.between(18, 40)}人参加。`);
  }
  if (random.chance(12))
    told = tellResult(
      told,
      `本级财政下达资金${form.funds[0]?.adjustedBudget}万元，实际支出${form.funds[0]?.expenditure}万元。`,
    );
  if (random.chance(10)) {
    const [people, days, price] = [
      random.between(4, 16),
      random.between(5, 20),
      random.pick([100, 150, 200]),
    ];
    told = tellResult(
      told,
      `临时用工劳务费${people}人×${days}天×${price}元/人·天=${people * days * price}元（${tenThousands(people * days * price)}万元）。`,
    );
  }
  if (random.chance(10)) {
    const sent = random.pick([120, 150, 160, 200]);
    const back = sent - random.between(3, 20);
    told = tellResult(told, `满意度调查发放问卷${sent}份，收回${back}份，回收率${percent(back, sent)}%。`);
  }
  if (random.chance(10)) {
    const counted = told.indicators.find(
      (each) => each.level2 === "数量指标" && each.target.comparison === "≥" && each.actual.value !== null,
    );
    // Another group of the same noun, paid for by others.
    if (counted)
      told = tellResult(
        told,
        `此外，社会捐资另行支持同类${random.pick(["工作", "事项"])}${random.between(2, 9)}${counted.actual.unit ?? counted.target.unit ?? ""}，不计入本项目。`,
      );
  }
  if (random.chance(8))
    told = tellResult(
      told,
      random.pick([
        `同期${material.effect}相关投入${random.between(2, 9)}.${random.between(1, 9)}亿元。`,
        `本级${material.examined[0]}所在领域全年投入约${random.between(2, 9)}.${random.between(1, 9)}亿元。`,
      ]),
    );
  if (random.chance(8))
    told = tellResult(
      told,
      random.pick([
        "项目实施前公示5个工作日，验收资料一式3份存档。",
        "成立由1名分管负责人、3名业务骨干组成的工作组。",
        "全年召开调度会12次，每月1次。",
      ]),
    );
  return told;
}
