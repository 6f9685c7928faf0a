import { type Form, type Indicator, type Measure, parseDecimal } from "@jiheng/domain";
import {
  amount,
  isCount,
  isFull,
  movePoints,
  plain,
  points,
  proportional,
  restate,
  retotal,
  rowsWhere,
  splitRow,
  tellGoal,
  tellResult,
  typed,
  without,
  withRow,
  words,
} from "../edit.ts";
import { materialOf } from "../material.ts";
import type { Random } from "../random.ts";
import { shapeOf } from "../shapes.ts";
import type { FormDefect, Planted } from "./defect.ts";

function at(index: number): string[] {
  return [`indicators[${index}]`];
}

function first(form: Form, holds: (row: Indicator) => boolean): number | null {
  return rowsWhere(form, holds)[0] ?? null;
}

function full(row: Indicator): boolean {
  return row.points === null || isFull(row);
}

/** A row taking half the points of a full row of some group; null where there is none with enough. */
function insert(
  form: Form,
  beside: (row: Indicator) => boolean,
  row: {
    name: string;
    target: Measure;
    actual: Measure;
    level1?: string;
    level2?: string;
    deviation?: string;
  },
): Planted | null {
  for (const index of rowsWhere(form, (each) => beside(each) && full(each))) {
    const changed = splitRow(form, index, row);
    if (changed) return { form: changed, at: at(index + 1) };
  }
  return null;
}

const inQuantity = (row: Indicator): boolean => row.level2 === "数量指标";
const inQuality = (row: Indicator): boolean => row.level2 === "质量指标";
const inTime = (row: Indicator): boolean => row.level2 === "时效指标";
const inBenefit = (row: Indicator): boolean => row.level1 === "效益指标";
const inSatisfaction = (row: Indicator): boolean => row.level1 === "满意度指标";

const SURVIVES = "达成指标";

function met(form: Form, text: string): Measure {
  return words(shapeOf(form.template).bracketed ? SURVIVES : text);
}

/** A counted row with another actual, restated in the text, full points. */
function farAbove(form: Form, random: Random, low: number, high: number): Planted | null {
  const open = rowsWhere(
    form,
    (row) => isCount(row) && full(row) && row.target.comparison === "≥" && amount(row.target) >= 4,
  );
  if (open.length === 0) return null;
  const index = random.pick(open);
  const row = form.indicators[index] as Indicator;
  const value = Math.ceil((amount(row.target) * random.between(low, high)) / 100);
  return { form: restate(form, index, value), at: at(index) };
}

/** Targets too low, too high, vague, impossible or foreign to their place. */
export const TARGETS: readonly FormDefect[] = [
  {
    code: "AR-40",
    title: "指标值与批复不符",
    plant: (form, random) => {
      const open = rowsWhere(form, isCount);
      if (open.length === 0) return null;
      const index = random.pick(open);
      const row = form.indicators[index] as Indicator;
      const higher = Math.ceil((amount(row.target) * random.between(115, 160)) / 100);
      const approved = withRow(form, index, {
        target: typed(form, "≥", String(higher), row.target.unit ?? ""),
      });
      return { form, at: at(index), context: { approvedTargets: approved } };
    },
  },
  {
    code: "AR-41",
    title: "完成值是指标值的两倍以上",
    also: ["AR-81"],
    plant: (form, random) => farAbove(form, random, 205, 420),
  },
  {
    code: "AR-41",
    title: "多数指标超出两成以上",
    plant: (form, random) => {
      let changed = form;
      for (const index of rowsWhere(form, (row) => isCount(row) && full(row) && amount(row.target) >= 10)) {
        const row = changed.indicators[index] as Indicator;
        changed = restate(changed, index, Math.ceil((amount(row.target) * random.between(122, 128)) / 100));
      }
      const counted = rowsWhere(form, (row) => row.target.value !== null && row.target.comparison === "≥");
      for (const index of counted) {
        const row = changed.indicators[index] as Indicator;
        if (row.target.unit !== "%" || amount(row.target) > 100) continue;
        const low = Math.floor((amount(row.actual) * 100) / random.between(122, 128));
        changed = withRow(changed, index, { target: typed(form, "≥", String(low), "%") });
      }
      return { form: changed, at: [] };
    },
  },
  {
    code: "AR-42",
    title: "各项指标都不到六成",
    plant: (form, random) => {
      let changed = form;
      for (const index of rowsWhere(
        form,
        (row) => row.target.value !== null && row.target.comparison === "≥",
      )) {
        const row = changed.indicators[index] as Indicator;
        const value = Math.max(1, Math.floor((amount(row.target) * random.between(28, 52)) / 100));
        const reason = shapeOf(form.template).formReason
          ? null
          : "偏差原因：年初测算依据不足，任务量核减。改进措施：由业务科在翌年2月底前重新核定指标值。";
        changed = restate(changed, index, value, { deviation: reason });
        const of = parseDecimal(row.points);
        if (of) changed = withRow(changed, index, { score: points(form, proportional(row, value)) });
      }
      const late = rowsWhere(
        changed,
        (row) => row.target.comparison === "≤" || row.target.comparison === "=" || row.target.value === null,
      );
      return {
        form: retotal({
          ...changed,
          indicators: changed.indicators.filter((_, index) => !late.includes(index)),
        }),
        at: [],
      };
    },
  },
  {
    code: "AR-43",
    title: "产出指标全是文字",
    also: ["AR-44"],
    plant: (form, random) => {
      let changed = form;
      for (const index of rowsWhere(form, (row) => row.level1 === "产出指标")) {
        const row = changed.indicators[index] as Indicator;
        const [target, actual] = random.pick([
          ["按计划完成", "已按计划完成"],
          ["完成年度任务", "完成年度任务"],
          ["按期完成", "按期完成"],
        ] as const);
        const score = row.points;
        changed = withRow(changed, index, {
          target: words(target),
          actual: met(form, actual),
          score: row.score === null ? null : (score ?? row.score),
          deviation: null,
        });
      }
      return { form: retotal(changed), at: [] };
    },
  },
  {
    code: "AR-44",
    title: "数量指标用文字表述",
    assist: true,
    plant: (form, random) => {
      const index = first(form, (row) => inQuantity(row) && full(row));
      if (index === null) return null;
      const [target, actual] = random.pick([
        ["按计划开展", "已按计划开展"],
        ["应做尽做", "应做尽做"],
        ["全部完成", "全部完成"],
      ] as const);
      return {
        form: withRow(form, index, { target: words(target), actual: met(form, actual) }),
        at: at(index),
      };
    },
  },
  {
    code: "AR-45",
    title: "数量指标只计付出的钱",
    also: ["AR-128"],
    plant: (form, random) =>
      insert(form, inQuantity, {
        name: random.pick(["补助资金发放金额", "项目资金支付额", "工程款支付金额", "兑付专项资金数额"]),
        target: typed(form, "≥", "50", "万元"),
        actual: typed(form, "", "52", "万元"),
      }),
  },
  {
    code: "AR-46",
    title: "指标与所在二级指标不符",
    assist: true,
    also: ["AR-125"],
    plant: (form, random) => {
      const [where, name, sign, target, actual, unit] = random.pick([
        [inTime, "工程质量验收合格率", "≥", "95", "97", "%"],
        [inTime, "培训学员人数", "≥", "120", "126", "人"],
        [inQuality, "设备购置数量", "≥", "20", "21", "台"],
        [inQuality, "任务按期完成率", "≥", "90", "94", "%"],
        [inSatisfaction, "维修道路里程", "≥", "20", "21", "公里"],
        [inQuantity, "服务对象满意度", "≥", "90", "93", "%"],
      ] as const);
      return insert(form, where, {
        name,
        target: typed(form, sign, target, unit),
        actual: typed(form, "", actual, unit),
      });
    },
  },
  {
    code: "AR-47",
    title: "与项目无关的指标",
    assist: true,
    plant: (form, random) => {
      const [name, target, actual, unit] = random.pick([
        ["淡水鱼苗投放尾数", "20000", "20800", "尾"],
        ["春节文艺晚会演出场次", "3", "3", "场"],
        ["退役士兵安置人数", "40", "41", "人"],
        ["校车运行车次", "600", "618", "车次"],
        ["公墓绿化面积", "1200", "1260", "平方米"],
      ] as const);
      return insert(form, inQuantity, {
        name,
        target: typed(form, "≥", target, unit),
        actual: typed(form, "", actual, unit),
      });
    },
  },
  {
    code: "AR-48",
    title: "成本指标用≥",
    plant: (form, random) => {
      const index = first(form, (row) => row.level1 === "成本指标");
      if (index === null) return null;
      const row = form.indicators[index] as Indicator;
      const sign = random.pick(["≥", ">"] as const);
      return {
        form: withRow(form, index, {
          target: { ...row.target, comparison: sign, text: row.target.text?.replace("≤", sign) ?? null },
          actual: { ...row.target, comparison: null, text: row.target.text?.replace("≤", "") ?? null },
        }),
        at: at(index),
      };
    },
  },
  {
    code: "AR-49",
    title: "比率超过100%或为负数",
    plant: (form, random) => {
      const shares = rowsWhere(
        form,
        (row) => row.target.unit === "%" && /合格率|满意度|覆盖率|准确率|在线率|比例/.test(row.name ?? ""),
      );
      if (random.chance(60) && shares.length > 0) {
        const index = random.pick(shares);
        return {
          form: withRow(form, index, { actual: typed(form, "", String(random.between(102, 118)), "%") }),
          at: at(index),
        };
      }
      const index = random.pick(rowsWhere(form, isCount));
      const row = form.indicators[index] as Indicator;
      return {
        form: withRow(form, index, {
          actual: typed(form, "", `-${random.between(2, 9)}`, row.target.unit ?? ""),
        }),
        at: at(index),
      };
    },
  },
  {
    code: "AR-50",
    title: "目标承诺的事没有指标衡量",
    assist: true,
    plant: (form, random) => {
      const material = materialOf(form);
      if (!material) return null;
      const [verb, noun, unit, low, high] = material.beside;
      const count = random.between(low, high);
      const planned = tellGoal(
        form,
        random.pick([`同时${verb}${noun}${count}${unit}。`, `另计划${verb}${noun}不少于${count}${unit}。`]),
      );
      return {
        form:
          shapeOf(form.template).resultLimit === null
            ? tellResult(planned, `${verb}${noun}${count}${unit}。`)
            : planned,
        at: ["goal.expected"],
      };
    },
  },
  {
    code: "AR-51",
    title: "含糊的指标值",
    assist: true,
    plant: (form, random) => {
      const effect = materialOf(form)?.effect ?? "服务水平";
      const [target, actual] = random.pick([
        ["有效提升", "有效提升"],
        ["明显改善", "明显改善"],
        ["显著增强", "显著增强"],
        ["不断加强", "得到加强"],
        ["进一步提高", "进一步提高"],
      ] as const);
      return insert(form, inBenefit, { name: effect, target: words(target), actual: met(form, actual) });
    },
  },
  {
    code: "AR-52",
    title: "没有算法的空洞比率",
    assist: true,
    plant: (form, random) =>
      insert(form, inBenefit, {
        name: random.pick(["社会效益", "社会影响力", "项目综合效益", "经济社会发展促进作用"]),
        target: typed(form, "≥", "95", "%"),
        actual: typed(form, "", "97", "%"),
      }),
  },
  {
    code: "AR-54",
    title: "没有满意度指标",
    also: ["AR-02"],
    // The form of Hubei has output and benefit only.
    plant: (form) => (form.template === "hubei" ? null : { form: without(form, inSatisfaction), at: [] }),
  },
  {
    code: "AR-120",
    title: "受益人数或产出用≤",
    plant: (form, random) => {
      const open = rowsWhere(
        form,
        (row) => isCount(row) && full(row) && !/投诉|事故|问题/.test(row.name ?? ""),
      );
      if (open.length === 0) return null;
      const index = random.pick(open);
      const row = form.indicators[index] as Indicator;
      const unit = row.target.unit ?? "";
      const sign = random.pick(["≤", "<"] as const);
      // The actual stays within the bound: only the direction is wrong.
      const bound = amount(row.actual) + random.between(1, 9);
      return {
        form: withRow(form, index, { target: typed(form, sign, String(bound), unit) }),
        at: at(index),
      };
    },
  },
  {
    code: "AR-121",
    title: "超出≤或偏离=，仍按超额完成计分",
    plant: (form, random) => {
      const below = rowsWhere(form, (row) => inTime(row) && row.target.comparison === "≤" && full(row));
      // Without points nobody sees how such a row was marked.
      if (random.chance(50) && below.length > 0 && shapeOf(form.template).points) {
        const index = random.pick(below);
        const row = form.indicators[index] as Indicator;
        const value = Math.ceil((amount(row.target) * random.between(125, 260)) / 100);
        return {
          form: withRow(form, index, { actual: typed(form, "", String(value), row.target.unit ?? "") }),
          at: at(index),
        };
      }
      const open = rowsWhere(form, (row) => isCount(row) && full(row));
      if (open.length === 0) return null;
      const index = random.pick(open);
      const row = form.indicators[index] as Indicator;
      const value = Math.ceil((amount(row.target) * random.between(130, 400)) / 100);
      return {
        form: restate(
          withRow(form, index, { target: typed(form, "=", plain(row.target), row.target.unit ?? "") }),
          index,
          value,
          {
            deviation: shapeOf(form.template).formReason ? null : "超额完成年度任务。",
          },
        ),
        at: at(index),
      };
    },
  },
  {
    code: "AR-122",
    title: "不由单位决定的数量用=",
    plant: (form, random) => {
      const name = random.pick([
        "接待来访群众人次",
        "受理咨询电话数量",
        "群众报名参加人数",
        "申请办理补贴人数",
      ]);
      const unit = name.endsWith("人次") ? "人次" : name.endsWith("人数") ? "人" : "个";
      const value = String(random.between(120, 960));
      return insert(form, inQuantity, {
        name,
        target: typed(form, "=", value, unit),
        actual: typed(form, "", value, unit),
      });
    },
  },
  {
    code: "AR-123",
    title: "满意度等于100%",
    plant: (form) => {
      const index = first(form, inSatisfaction);
      if (index === null) return null;
      return {
        form: withRow(form, index, {
          target: typed(form, "=", "100", "%"),
          actual: typed(form, "", "100", "%"),
        }),
        at: at(index),
      };
    },
  },
  {
    code: "AR-124",
    title: "满意度指标不量满意度，或问的是管理者",
    assist: true,
    also: ["AR-125"],
    plant: (form, random) => {
      const index = first(form, inSatisfaction);
      const material = materialOf(form);
      if (index === null || !material) return null;
      if (random.chance(50))
        return { form: withRow(form, index, { name: material.managers }), at: at(index) };
      const [name, target, actual] = random.pick([
        ["服务纪律执行情况", "无违纪", "无违纪"],
        ["信访投诉情况", "无投诉", "无投诉"],
        ["长效机制建设情况", "健全", "健全"],
      ] as const);
      return {
        form: withRow(form, index, { name, target: words(target), actual: met(form, actual) }),
        at: at(index),
      };
    },
  },
  {
    code: "AR-125",
    title: "名称与二级指标类别不符",
    also: ["AR-46"],
    plant: (form, random) => {
      const [where, name, sign, target, actual, unit] = random.pick([
        [inQuantity, "巡查任务完成率", "≥", "95", "98", "%"],
        [inQuantity, "补贴发放覆盖率", "≥", "90", "95", "%"],
        [inQuality, "设备购置台数", "≥", "20", "21", "台"],
        [inQuality, "资金发放及时率", "≥", "95", "97", "%"],
      ] as const);
      if (random.chance(25))
        return insert(form, inSatisfaction, {
          name: "长效管理机制健全性",
          target: words("健全"),
          actual: met(form, "健全"),
        });
      return insert(form, where, {
        name,
        target: typed(form, sign, target, unit),
        actual: typed(form, "", actual, unit),
      });
    },
  },
  {
    code: "AR-127",
    title: "二级指标名称写在一级指标栏",
    plant: (form, random) => {
      const level = random.pick(["质量指标", "时效指标"]);
      const indexes = rowsWhere(form, (row) => row.level2 === level);
      const index = indexes[0];
      if (index === undefined) return null;
      return {
        form: {
          ...form,
          indicators: form.indicators.map((row) => (row.level2 === level ? { ...row, level1: level } : row)),
        },
        at: indexes.map((each) => `indicators[${each}]`),
      };
    },
  },
  {
    code: "AR-128",
    title: "把预算执行或资金到位当作指标",
    also: ["AR-45", "AR-46", "AR-125"],
    plant: (form, random) =>
      insert(form, random.pick([inQuantity, inQuality, inTime]), {
        name: random.pick(["预算执行率", "项目资金到位率", "专项资金支付进度", "财政资金拨付率"]),
        target: typed(form, "≥", "90", "%"),
        actual: typed(form, "", "95", "%"),
      }),
  },
  {
    code: "AR-129",
    title: "计量单位与所计事物不符",
    plant: (form, random) => {
      const [name, value, unit] = random.pick([
        ["举办技能竞赛", "3", "人次"],
        ["开展业务培训期数", "6", "人"],
        ["受益学生人数", "4200", "公里"],
        ["购置办公电脑数量", "24", "人"],
        ["改造校舍面积", "3600", "人次"],
        ["植树株数", "5200", "场"],
        ["维修道路里程", "26", "件"],
      ] as const);
      return insert(form, inQuantity, {
        name,
        target: typed(form, "≥", value, unit),
        actual: typed(form, "", String(Number(value) + 1), unit),
      });
    },
  },
  {
    code: "AR-130",
    title: "指标值与完成值单位不同",
    plant: (form, random) => {
      if (form.template === "yunnan" || form.template === "sichuan-0013zp") return null;
      const open = rowsWhere(form, (row) => isCount(row) && full(row));
      if (open.length === 0) return null;
      const index = random.pick(open);
      const row = form.indicators[index] as Indicator;
      const other = random.pick(["%", "件", "公里", "人次"].filter((unit) => unit !== row.target.unit));
      return {
        form: withRow(form, index, {
          actual: typed(form, "", other === "%" ? "100" : plain(row.actual), other),
        }),
        at: at(index),
      };
    },
  },
  {
    code: "AR-131",
    title: "名称许诺比率、比较或日期，值却是文字",
    plant: (form, random) => {
      const [where, name, target, actual] = random.pick([
        [inQuality, "设施完好率", "良好", "良好"],
        [inBenefit, "户均收入同比增长", "同比增长", "增长"],
        [inTime, "项目完工时间", "及时", "及时"],
        [inQuality, "巡检覆盖率", "全面覆盖", "全面覆盖"],
        [inTime, "任务按期完成率", "按时", "按时"],
      ] as const);
      return insert(form, where, { name, target: words(target), actual: met(form, actual) });
    },
  },
  {
    code: "AR-132",
    title: "指标名称不明确",
    assist: true,
    plant: (form, random) =>
      insert(form, inQuantity, {
        name: random.pick([
          "宣传活动、培训等",
          "各项工作完成数量",
          "上级考核指标",
          "其他工作数量",
          "工作完成情况数",
        ]),
        target: typed(form, "≥", "12", "次"),
        actual: typed(form, "", "13", "次"),
      }),
  },
  {
    code: "AR-133",
    title: "现有设备当作产出",
    assist: true,
    plant: (form, random) => {
      const stock = materialOf(form)?.stock;
      if (!stock) return null;
      const value = random.between(8, 40);
      return insert(form, inQuantity, {
        name: stock[0],
        target: typed(form, "≥", String(value), stock[1]),
        actual: typed(form, "", String(value), stock[1]),
      });
    },
  },
  {
    code: "AR-135",
    title: "两行完全相同",
    also: ["AR-11"],
    plant: (form, random) => {
      const index = random.pick(rowsWhere(form, (row) => full(row) && row.level1 !== "成本指标"));
      const row = form.indicators[index] as Indicator;
      const changed = splitRow(form, index, { name: row.name, target: row.target, actual: row.actual });
      return changed ? { form: changed, at: [...at(index), ...at(index + 1)] } : null;
    },
  },
  {
    code: "AR-136",
    title: "近义重复的指标",
    assist: true,
    also: ["AR-11", "AR-135"],
    plant: (form, random) => {
      const [a, b] = random.pick([
        ["任务完成及时性", "任务完成及时率"],
        ["培训次数", "开展培训次数"],
        ["宣传活动场次", "举办宣传活动场次"],
      ] as const);
      const time = a.startsWith("任务");
      const value = random.between(4, 12);
      const row = (name: string, sign: string) => ({
        name,
        target: time
          ? typed(form, sign, "90", "%")
          : typed(form, sign, String(value), a === "培训次数" ? "次" : "场"),
        actual: time
          ? typed(form, "", "95", "%")
          : typed(form, "", String(value), a === "培训次数" ? "次" : "场"),
      });
      const where = time ? inTime : inQuantity;
      const one = insert(form, where, row(a, time ? "≥" : "="));
      if (!one) return null;
      const two = insert(one.form, (each) => where(each) && each.name !== a, row(b, "≥"));
      if (!two) return null;
      return {
        form: two.form,
        at: rowsWhere(two.form, (each) => each.name === a || each.name === b).map(
          (index) => `indicators[${index}]`,
        ),
      };
    },
  },
  {
    code: "AR-137",
    title: "完成值几乎都与指标值完全相同",
    plant: (form) => {
      let changed = form;
      for (const index of rowsWhere(form, (row) => row.target.value !== null && row.level1 !== "成本指标")) {
        const row = changed.indicators[index] as Indicator;
        if (row.target.value === null) continue;
        changed = restate(changed, index, amount(row.target), {
          score: row.points ?? row.score,
          deviation: null,
        });
      }
      return { form: retotal(changed), at: [] };
    },
  },
  {
    code: "AR-138",
    title: "完成值与相邻的另一类指标相同",
    plant: (form, random) => {
      const open = rowsWhere(form, (row) => isCount(row) && full(row));
      const pair = open.find((index, at) => open[at + 1] === index + 1);
      if (pair === undefined) return null;
      const a = form.indicators[pair] as Indicator;
      const b = form.indicators[pair + 1] as Indicator;
      if (a.target.unit === b.target.unit) return null;
      const value = Math.max(amount(a.actual), 20) + random.between(0, 3);
      const low = Math.ceil(value * 0.95);
      const first = restate(
        withRow(form, pair, { target: typed(form, "≥", String(low), a.target.unit ?? "") }),
        pair,
        value,
      );
      return {
        form: restate(
          withRow(first, pair + 1, { target: typed(form, "≥", String(low), b.target.unit ?? "") }),
          pair + 1,
          value,
        ),
        at: [`indicators[${pair}]`, `indicators[${pair + 1}]`],
      };
    },
  },
  {
    code: "AR-139",
    title: "指标值与完成值说的不是一件事",
    assist: true,
    plant: (form, random) => {
      const [where, name, target, actual] = random.pick([
        [inQuantity, "主题宣传活动", "发放宣传册5000册", "拍摄宣传短片2部"],
        [inQuality, "人员培训质量", "考试合格率90%以上", "完成设备检修12台"],
        [inBenefit, "服务群众成效", "新增就业岗位300个", "清理河道15公里"],
      ] as const);
      return insert(form, where, { name, target: words(target), actual: words(actual) });
    },
  },
  {
    code: "AR-140",
    title: "多数分值的完成值只重复指标值",
    plant: (form, random) => {
      if (!shapeOf(form.template).points) return null;
      let changed = form;
      for (const index of rowsWhere(form, (row) => row.level1 !== "成本指标" && !inQuantity(row))) {
        const row = changed.indicators[index] as Indicator;
        const text = random.pick(["达标", "良好", "及时", "健全"]);
        changed = withRow(changed, index, {
          target: words(text),
          actual: met(form, text),
          score: row.points ?? row.score,
          deviation: null,
        });
      }
      return { form: retotal(changed), at: [] };
    },
  },
  {
    code: "AR-141",
    title: "一条定性指标占20分以上",
    also: ["AR-62"],
    plant: (form, random) => {
      if (!shapeOf(form.template).points || form.indicators.length === 0) return null;
      const index = first(form, (row) => inBenefit(row) && isFull(row));
      if (index === null) return null;
      let changed = withRow(form, index, {
        name: materialOf(form)?.effect ?? "治理水平",
        target: words(random.pick(["提升", "增强", "改善"])),
        actual: met(form, random.pick(["已提升", "得到增强"])),
      });
      for (const other of rowsWhere(changed, (row) => inBenefit(row) && isFull(row))) {
        if (other === index) continue;
        changed = movePoints(
          changed,
          other,
          index,
          Number(
            plain({
              text: null,
              comparison: null,
              unit: null,
              value: changed.indicators[other]?.points ?? "1",
            }),
          ) - 1,
        );
      }
      const reached = Number(changed.indicators[index]?.points ?? 0);
      return reached >= 20 ? { form: changed, at: at(index) } : null;
    },
  },
  {
    code: "AR-142",
    title: "指标很多、分值很碎",
    plant: (form) => {
      if (!shapeOf(form.template).points || !form.indicators.every(isFull)) return null;
      let changed = form;
      const parts = ["东部片区", "西部片区", "南部片区", "北部片区", "中部片区", "城区", "郊区", "开发区"];
      for (const [round, base] of rowsWhere(
        form,
        (row) => row.target.value !== null && row.level1 !== "成本指标",
      )
        .reverse()
        .entries()) {
        for (const part of parts.slice(0, 4 + (round % 3))) {
          const source = changed.indicators[base];
          const split = source
            ? splitRow(changed, base, {
                name: `${part}${source.name}`,
                target: source.target,
                actual: source.actual,
              })
            : null;
          if (split) changed = split;
        }
      }
      return changed.indicators.length >= 25 ? { form: changed, at: [] } : null;
    },
  },
  {
    code: "AR-144",
    title: "产出只有比率没有数量",
    plant: (form, random) => {
      let changed = form;
      for (const index of rowsWhere(form, inQuantity)) {
        const row = changed.indicators[index] as Indicator;
        changed = withRow(changed, index, {
          name: `${(row.name ?? "").replace(/(?:数量|人数|场次|座数|期数|面积|长度|里程|台数|件数|份数|株数|栋数|户数|册数|总天数|总时长|数)$/, "")}完成率`,
          target: typed(form, "≥", "90", "%"),
          actual: typed(form, "", String(random.between(93, 99)), "%"),
          score: row.points ?? row.score,
          deviation: null,
        });
      }
      for (const index of rowsWhere(changed, (row) => inTime(row))) {
        const row = changed.indicators[index] as Indicator;
        changed = withRow(changed, index, {
          name: "任务按期完成率",
          target: typed(form, "≥", "90", "%"),
          actual: typed(form, "", "96", "%"),
          score: row.points ?? row.score,
        });
        break;
      }
      return { form: retotal(changed), at: [] };
    },
  },
  {
    code: "AR-146",
    title: "一级指标分值偏离规定结构",
    plant: (form, random) => {
      if (!shapeOf(form.template).points) return null;
      const outputs = rowsWhere(form, (row) => row.level1 === "产出指标" && isFull(row));
      const benefits = rowsWhere(form, (row) => inBenefit(row) && isFull(row));
      const to = benefits[0];
      if (to === undefined || outputs.length < 3) return null;
      let changed = form;
      for (const from of outputs)
        changed = movePoints(
          changed,
          from,
          to,
          Math.max(1, Number(form.indicators[from]?.points) - random.between(2, 4)),
        );
      return { form: changed, at: [] };
    },
  },
  {
    code: "AR-147",
    title: "效益指标背后没有产出",
    assist: true,
    plant: (form, random) => {
      const [name, value, unit] = random.pick([
        ["新增光伏发电量", "36000", "千瓦时"],
        ["带动游客消费金额", "860", "万元"],
        ["减少二氧化碳排放量", "1200", "吨"],
      ] as const);
      return insert(form, inBenefit, {
        name,
        target: typed(form, "≥", value, unit),
        actual: typed(form, "", String(Number(value) + 20), unit),
      });
    },
  },
];
