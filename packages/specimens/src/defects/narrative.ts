import { type Form, type Indicator, parseDecimal, showDecimal } from "@jiheng/domain";
import {
  amount,
  isCount,
  plain,
  rowsWhere,
  splitRow,
  tellGoal,
  tellResult,
  typed,
  withGoal,
} from "../edit.ts";
import { type Material, materialOf } from "../material.ts";
import type { Random } from "../random.ts";
import { shapeOf } from "../shapes.ts";
import { inParts, itemised, percent, purchase, runningCosts, sample, threeParts } from "../traps.ts";
import type { FormDefect, Planted } from "./defect.ts";

const RESULT = ["goal.achieved"];

function roomy(form: Form): Material | null {
  // Where a result is limited to a hundred characters there is no room to go into detail.
  return shapeOf(form.template).resultLimit === null ? materialOf(form) : null;
}

function toldRow(form: Form): { row: Indicator; index: number; unit: string } | null {
  for (const index of rowsWhere(form, isCount)) {
    const row = form.indicators[index] as Indicator;
    const unit = row.actual.unit ?? row.target.unit ?? "";
    if (form.goal.achieved?.includes(`${plain(row.actual)}${unit}`)) return { row, index, unit };
  }
  return null;
}

function off(value: number, random: Random): number {
  return random.pick([
    value + 10,
    value - Math.max(1, Math.floor(value / 7)),
    value + Math.max(2, Math.floor(value / 5)),
  ]);
}

/** Figures in texts that do not add up, multiply out or agree with the rows. */
export const NARRATIVE: readonly FormDefect[] = [
  {
    code: "AR-100",
    title: "括号内分项之和不等于总数",
    plant: (form, random): Planted | null => {
      const material = roomy(form);
      const told = toldRow(form);
      if (
        !material ||
        !told ||
        told.row.level2 !== "数量指标" ||
        form.goal.achieved?.includes(`${material.parts[0]}`)
      )
        return null;
      const whole = amount(told.row.actual);
      if (whole < 20) return null;
      const [a, b, c] = threeParts(whole, random);
      const last = off(c, random);
      const changed = inParts(form, material, [a, b, last], random);
      if (!changed) return null;
      // 其中 may leave parts out: only more than the whole is sure to be wrong.
      return last < c && changed.goal.achieved?.includes("其中") ? null : { form: changed, at: RESULT };
    },
  },
  {
    code: "AR-100",
    title: "分项金额之和不等于合计",
    plant: (form, random) => {
      if (!roomy(form)) return null;
      const items = runningCosts(random);
      const total = items.reduce((sum, [, value]) => sum + value, 0);
      return {
        form: tellResult(form, itemised(items, total + random.pick([1000, -1000, 10000, 2500]), random)),
        at: RESULT,
      };
    },
  },
  {
    code: "AR-100",
    title: "人数分组之和不等于总数",
    plant: (form, random) => {
      if (!roomy(form)) return null;
      const [a, b, c] = [random.between(12, 60), random.between(8, 40), random.between(5, 30)];
      const wrong = a + b + c + random.pick([10, -5, 20, 3]);
      const less = a + b + c - random.between(2, 9);
      const sentence = random.pick([
        `组织考察学习${less}人次，其中：第一批${a}人次，第二批${b}人次，第三批${c}人次。`,
        `全年走访${wrong}户，分别为：一季度${a}户；二季度${b}户；下半年${c}户。`,
        `共发放资料${wrong}份(街道${a}份,社区${b}份,学校${c}份)。`,
        `第一批${a}人、第二批${b}人、第三批${c}人，共计${wrong}人参加轮训。`,
      ]);
      return { form: tellResult(form, sentence), at: RESULT };
    },
  },
  {
    code: "AR-101",
    title: "单价乘数量不等于金额",
    plant: (form, random) => {
      const material = roomy(form);
      if (!material) return null;
      const count = random.between(12, 60);
      const price = random.between(material.bought[2] / 100, material.bought[3] / 100) * 100;
      const wrong = random.pick([count * price + 10000, count * price - price * 2, count * price * 2]);
      return { form: tellResult(form, purchase(material, count, price, wrong, random)), at: RESULT };
    },
  },
  {
    code: "AR-101",
    title: "多个因数连乘不等于金额",
    plant: (form, random) => {
      if (!roomy(form)) return null;
      const [people, days, price] = [
        random.between(6, 24),
        random.between(4, 20),
        random.pick([100, 150, 200, 300]),
      ];
      const wrong = people * days * price + random.pick([1000, -600, 12000]);
      const sentence = random.pick([
        `劳务费：${people}人×${days}天×${price}元/人·天=${wrong}元。`,
        `聘请巡查员${people}人，每人${days}天，每天${price}元，共计${wrong}元。`,
        `补助标准为每人每天${price}元，${people}人${days}天合计${wrong}元。`,
      ]);
      return { form: tellResult(form, sentence), at: RESULT };
    },
  },
  {
    code: "AR-102",
    title: "同类分项中一项的人均数离群",
    plant: (form, random) => {
      if (!roomy(form)) return null;
      const each = random.pick([120, 130, 160, 180]);
      const counts = [random.between(60, 140), random.between(60, 180), random.between(40, 90)];
      const sums = counts.map((count) => count * each);
      const slip = random.between(0, 2);
      const shown = sums.map((sum, at) =>
        at === slip ? Number(String(sum).slice(1)) || Math.floor(sum / 10) : sum,
      );
      const names = ["（一）", "（二）", "（三）"];
      const parts = counts.map(
        (count, at) => `${names[at]}第${"一二三"[at]}期培训${count}人，培训费${shown[at]}元`,
      );
      return { form: tellResult(form, `${parts.join("；")}。`), at: RESULT };
    },
  },
  {
    code: "AR-103",
    title: "共计数远多于列出的部分",
    also: ["AR-100"],
    plant: (form, random) => {
      if (!roomy(form)) return null;
      const [a, b] = [random.between(4, 9), random.between(3, 6)];
      const all = a + b + random.between(12, 30);
      const sentence = random.pick([
        `开展政策宣讲${a}场、入户走访活动${b}场，共计${all}场。`,
        `举办交流会${a}次、现场观摩${b}次，全年共计${all}次。`,
      ]);
      return { form: tellResult(form, sentence), at: RESULT };
    },
  },
  {
    code: "AR-104",
    title: "按文字中的单价和实际数量，金额已经超支",
    plant: (form, random) => {
      const material = roomy(form);
      if (!material) return null;
      const [noun, unit] = material.bought;
      const count = random.between(20, 60);
      const price = random.between(material.bought[2] / 100, material.bought[3] / 100) * 100;
      const actual = count * random.between(2, 3) + random.between(1, 9);
      const index = rowsWhere(
        form,
        (row) => row.level2 === "数量指标" && (row.points === null || row.points === row.score),
      )[0];
      if (index === undefined) return null;
      const changed = splitRow(form, index, {
        name: `购置${noun}数量`,
        target: typed(form, "≥", String(count), unit),
        actual: typed(form, "", String(actual), unit),
      });
      if (!changed) return null;
      return {
        form: tellGoal(changed, `购置${noun}${count}${unit}，每${unit}${price}元，计${count * price}元。`),
        at: [`indicators[${index + 1}]`, "goal.expected"],
      };
    },
  },
  {
    code: "AR-105",
    title: "同一名目，文字与指标数字不同",
    // Two groups may share a noun: to ask whether they do is an answer.
    assist: true,
    plant: (form, random) => {
      const told = toldRow(form);
      if (!told) return null;
      const before = `${plain(told.row.actual)}${told.unit}`;
      const value = amount(told.row.actual);
      const other = random.pick([
        Math.ceil(value * 1.2) + 1,
        Math.floor(value * 0.82),
        Math.ceil(value * 2.1),
      ]);
      return {
        form: withGoal(form, {
          achieved: form.goal.achieved?.replace(before, `${other}${told.unit}`) ?? null,
        }),
        at: ["goal.achieved", `indicators[${told.index}]`],
      };
    },
  },
  {
    code: "AR-106",
    title: "完成情况里的数字没有指标",
    plant: (form, random) => {
      const material = roomy(form);
      if (!material) return null;
      const [verb, noun, unit, low, high] = material.beside;
      return {
        form: tellResult(form, `另${verb}${noun}${random.between(low, high) + 100}${unit}。`),
        at: RESULT,
      };
    },
  },
  {
    code: "AR-107",
    title: "完成情况没有提到的数量",
    plant: (form) => {
      const told = toldRow(form);
      if (!told) return null;
      const sentence = new RegExp(
        `[^，。；：]*${plain(told.row.actual)}${told.unit}(?:（[^）]*）|\\([^)]*\\))?[，；]?`,
      );
      const achieved = form.goal.achieved?.replace(sentence, "") ?? null;
      return { form: withGoal(form, { achieved }), at: [`indicators[${told.index}]`, "goal.achieved"] };
    },
  },
  {
    code: "AR-108",
    title: "同一个数字，文字和指标的单位或名目不同",
    plant: (form, random) => {
      const told = toldRow(form);
      if (!told || amount(told.row.actual) < 100) return null;
      const other = random.pick(["户", "人次", "份", "件", "名"].filter((unit) => unit !== told.unit));
      const before = `${plain(told.row.actual)}${told.unit}`;
      return {
        form: withGoal(form, {
          achieved: form.goal.achieved?.replace(before, `${plain(told.row.actual)}${other}`) ?? null,
        }),
        at: ["goal.achieved", `indicators[${told.index}]`],
      };
    },
  },
  {
    code: "AR-109",
    title: "百分比与自己的分子分母不符",
    plant: (form, random) => {
      const material = roomy(form);
      if (!material) return null;
      const all = random.pick([40, 50, 80, 120, 160]);
      const good = all - random.between(2, Math.floor(all / 8));
      const right = Number(percent(good, all));
      const wrong = random.pick([right + 3, right - 4.5, right > 95 ? right - 2 : right + 2]);
      const exact = parseDecimal(wrong.toFixed(2));
      return {
        form: tellResult(form, sample(material, all, good, exact ? showDecimal(exact) : "90", random)),
        at: RESULT,
      };
    },
  },
];
