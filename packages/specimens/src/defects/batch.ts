import { decimal, type Form, formatDecimal, type Indicator, parseDecimal, sum, ZERO } from "@jiheng/domain";
import {
  amount,
  gradeFor,
  isCount,
  isFull,
  points,
  refund,
  restate,
  retotal,
  rowsWhere,
  splitRow,
  tellGoal,
  tellResult,
  typed,
  withFund,
  withGoal,
  withRow,
  words,
} from "../edit.ts";
import type { Random } from "../random.ts";
import { shapeOf } from "../shapes.ts";
import type { BatchDefect, PlantedBatch } from "./defect.ts";

function replace(forms: readonly Form[], changes: Readonly<Record<number, Form>>): Form[] {
  return forms.map((form, index) => changes[index] ?? form);
}

/** Two different forms of the batch. */
function two(forms: readonly Form[], random: Random): [number, number] {
  const [a, b] = random.shuffle(forms.map((_, index) => index));
  return [a ?? 0, b ?? 1];
}

/** A row put into a form beside a full one of some level 2. */
function added(form: Form, level2: string, row: Partial<Indicator>): Form | null {
  for (const index of rowsWhere(
    form,
    (each) => each.level2 === level2 && (each.points === null || isFull(each)),
  )) {
    const changed = splitRow(form, index, row);
    if (changed) return changed;
  }
  return null;
}

/** The same row, or two that differ, put into two forms. */
function inTwo(
  forms: readonly Form[],
  random: Random,
  level2: string,
  rows: (a: Form, b: Form) => readonly [Partial<Indicator>, Partial<Indicator>],
  tell?: (form: Form, which: 0 | 1) => Form,
): PlantedBatch | null {
  const [a, b] = two(forms, random);
  const [first, second] = [forms[a], forms[b]];
  if (!first || !second) return null;
  const [x, y] = rows(first, second);
  const one = added(first, level2, x);
  const other = added(second, level2, y);
  if (!one || !other) return null;
  return {
    forms: replace(forms, { [a]: tell ? tell(one, 0) : one, [b]: tell ? tell(other, 1) : other }),
    at: [a, b],
  };
}

/** Whether the layout prints the project's name. */
function named(forms: readonly Form[]): boolean {
  return forms.every((form) => shapeOf(form.template).project);
}

const SHARED = [
  ["享受岗位补贴人数", "人", 300, 900],
  ["接受技能培训人数", "人", 200, 700],
  ["慰问困难家庭户数", "户", 120, 480],
  ["维修公共设施处数", "处", 40, 160],
  ["发放宣传手册册数", "册", 2000, 8000],
] as const;

function count(
  form: Form,
  name: string,
  sign: string,
  target: number,
  actual: number,
  unit: string,
): Partial<Indicator> {
  return {
    name,
    target: typed(form, sign, String(target), unit),
    actual: typed(form, "", String(actual), unit),
  };
}

const ALLOWANCE =
  "对符合条件的困难家庭按月发放生活补贴，补贴标准随最低生活保障标准同步调整，由街道逐户核实、公示后通过社会保障卡发放";
const SERVICE =
  "委托具备资质的服务机构对服务对象开展需求评估，根据评估结果制定服务方案，每季度回访一次并建立电子档案";
const EQUIPMENT =
  "统一采购信息采集终端并完成与市级平台的数据对接，实现基础数据一次采集、多部门共享，减少基层重复填报";
const PASSAGES = [ALLOWANCE, SERVICE, EQUIPMENT];

function spentOf(forms: readonly Form[]) {
  return sum(forms.map((form) => parseDecimal(form.funds[0]?.expenditure) ?? ZERO));
}

function exceeded(form: Form, random: Random, deduct: boolean): Form | null {
  const open = rowsWhere(form, (row) => isCount(row) && isFull(row) && amount(row.target) >= 10);
  if (open.length === 0 || !shapeOf(form.template).points) return null;
  const index = random.pick(open);
  const row = form.indicators[index] as Indicator;
  const value = Math.ceil((amount(row.target) * random.between(215, 245)) / 100);
  const reason =
    "偏差原因：上级年中追加任务，数量增加一倍。改进措施：由业务科在翌年2月底前按任务文件调整指标值。";
  const full = Number(row.points);
  const changed = restate(form, index, value, {
    deviation: shapeOf(form.template).formReason ? null : reason,
    ...(deduct ? { score: points(form, Math.floor(full * 0.8)) } : {}),
  });
  return retotal(changed);
}

/** Defects between forms of one department and between the years of one project. */
export const BATCH: readonly BatchDefect[] = [
  {
    code: "AR-09",
    title: "批复项目没有自评表",
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      return {
        forms,
        at: [],
        outside: {
          projectList: [
            ...forms.map((form) => form.project ?? ""),
            random.pick(["农村饮水安全巩固提升", "基层文化设施修缮", "社区矫治中心建设"]),
          ],
        },
      };
    },
  },
  {
    code: "AR-10",
    title: "自评的项目不在批复清单",
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      const gone = random.between(0, forms.length - 1);
      return {
        forms,
        at: [gone],
        outside: {
          projectList: forms.filter((_, index) => index !== gone).map((form) => form.project ?? ""),
        },
      };
    },
  },
  {
    code: "AR-12",
    title: "一个单位两张表项目名称相同",
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      const [a, b] = two(forms, random);
      const [first, second] = [forms[a], forms[b]];
      if (!first || !second) return null;
      return {
        forms: replace(forms, {
          [b]: { ...second, project: first.project, unit: first.unit, department: first.department },
        }),
        at: [a, b],
      };
    },
  },
  {
    code: "AR-32",
    title: "项目支出合计与部门数不符",
    also: ["AR-35"],
    plantBatch: (forms, random) => ({
      forms,
      at: [],
      outside: {
        departmentReport: {
          expenditure: decimal(
            formatDecimal(
              decimal(
                String(Math.ceil(Number(formatDecimal(spentOf(forms))) * random.pick([1.2, 0.7, 1.5]))),
              ),
              2,
            ),
          ),
        },
      },
    }),
  },
  {
    code: "AR-35",
    title: "自评资金超过部门项目支出",
    plantBatch: (forms, random) => ({
      forms,
      at: [],
      outside: {
        departmentReport: {
          expenditure: decimal(
            String(Math.floor(Number(formatDecimal(spentOf(forms))) * random.pick([0.5, 0.7, 0.85]))),
          ),
        },
      },
    }),
  },
  {
    code: "AR-88",
    title: "部门报告的项目数与自评表不符",
    plantBatch: (forms, random) => ({
      forms,
      at: [],
      outside: { departmentReport: { projects: forms.length + random.pick([-1, 1, 3]) } },
    }),
  },
  {
    code: "AR-67",
    title: "各项目全部100分",
    plantBatch: (forms) => {
      if (!forms.every((form) => shapeOf(form.template).points)) return null;
      return {
        forms: forms.map((form) => {
          const rows = form.indicators.map((row) => {
            const target = row.target;
            const fits = row.score !== null && parseDecimal(row.score) !== null && row.score !== row.points;
            return fits
              ? {
                  ...row,
                  actual: {
                    ...row.actual,
                    value: target.value,
                    text: target.text?.replace(/^[≥≤=]/, "") ?? null,
                  },
                  score: row.points,
                  deviation: null,
                }
              : row;
          });
          const funds = form.funds.map((fund) => ({ ...fund, expenditure: fund.adjustedBudget }));
          const missed = form.indicators.findIndex((row) => row.score !== row.points);
          const told =
            missed >= 0 ? restate(form, missed, amount((form.indicators[missed] as Indicator).target)) : form;
          return refund({ ...told, indicators: rows, funds });
        }),
        at: [],
      };
    },
  },
  {
    code: "AR-72",
    title: "同样的完成情况得分不同",
    also: ["AR-151"],
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      if (!forms.every((form) => shapeOf(form.template).points)) return null;
      const [target, actual] = random.pick([
        ["健全", "基本健全"],
        ["完备", "部分完备"],
        ["及时", "部分及时"],
      ] as const);
      const planted = inTwo(forms, random, "质量指标", () => [
        {
          name: "过程资料管理情况",
          target: words(target),
          actual: words(actual),
          deviation: "偏差原因：人员调整。改进措施：办公室于翌年3月底前补齐。",
        },
        { name: "过程资料管理情况", target: words(target), actual: words(actual) },
      ]);
      if (!planted) return null;
      const [a] = planted.at;
      const form = planted.forms[a ?? 0];
      if (!form) return null;
      const index = rowsWhere(form, (row) => row.name === "过程资料管理情况")[0] ?? 0;
      const of = Number(form.indicators[index]?.points);
      const marked = retotal(withRow(form, index, { score: points(form, Math.floor(of * 0.6)) }));
      return { ...planted, forms: replace(planted.forms, { [a ?? 0]: marked }) };
    },
  },
  {
    code: "AR-89",
    title: "文字与别的单位雷同",
    also: ["AR-174"],
    plantBatch: (forms, random) => {
      const [a, b] = two(forms, random);
      const [first, second] = [forms[a], forms[b]];
      if (!first || !second) return null;
      const cell = random.pick(["achieved", "expected"] as const);
      return {
        forms: replace(forms, {
          [b]: {
            ...withGoal(second, { [cell]: first.goal[cell] }),
            unit: `${second.unit?.slice(0, 3) ?? ""}产业发展服务中心`,
          },
        }),
        at: [a, b],
      };
    },
  },
  {
    code: "AR-126",
    title: "同名指标在多数表里属于另一类",
    plantBatch: (forms, random) => {
      const [name, right, wrong] = random.pick([
        ["管护制度落实情况", "可持续影响指标", "服务对象满意度指标"],
        ["信息公开情况", "社会效益指标", "质量指标"],
        ["资料归档规范性", "质量指标", "社会效益指标"],
      ] as const);
      const odd = random.between(0, forms.length - 1);
      const changed = forms.map((form, index) => {
        const home = index === odd ? wrong : right;
        const row = { name, target: words("落实"), actual: words("已落实") };
        return (
          added(form, home, row) ??
          added(form, index === odd ? "质量指标" : "社会效益指标", {
            ...row,
            ...(index === odd
              ? {}
              : { level2: right, level1: right === "质量指标" ? "产出指标" : "效益指标" }),
          })
        );
      });
      if (changed.some((form) => form === null)) return null;
      return { forms: changed as Form[], at: [odd] };
    },
  },
  {
    code: "AR-137",
    title: "整批表的完成值几乎都等于指标值",
    plantBatch: (forms) => ({
      forms: forms.map((form) => {
        let changed = form;
        for (const index of rowsWhere(
          form,
          (row) => row.target.value !== null && row.level1 !== "成本指标",
        )) {
          const row = changed.indicators[index] as Indicator;
          changed = restate(changed, index, amount(row.target), {
            score: row.points ?? row.score,
            deviation: null,
          });
        }
        return retotal(changed);
      }),
      at: [],
    }),
  },
  {
    code: "AR-143",
    title: "各表都有的套话指标",
    plantBatch: (forms, random) => {
      const [name, target] = random.pick([
        ["成本节约情况", "未超预算"],
        ["长效管理机制健全性", "健全"],
        ["工作完成及时性", "及时"],
      ] as const);
      const level2 = name.startsWith("工作")
        ? "时效指标"
        : name.startsWith("成本")
          ? "经济成本指标"
          : "社会效益指标";
      const changed = forms.map(
        (form) =>
          added(form, level2, { name, target: words(target), actual: words("达成指标") }) ??
          added(form, "质量指标", { name, target: words(target), actual: words("达成指标") }),
      );
      return changed.some((form) => form === null) ? null : { forms: changed as Form[], at: [] };
    },
  },
  {
    code: "AR-145",
    title: "别的表都有的二级指标，这张表没有",
    plantBatch: (forms, random) => {
      const everywhere = ["时效指标", "质量指标", "经济成本指标"].filter((level) =>
        forms.every((form) => form.indicators.some((row) => row.level2 === level)),
      );
      if (everywhere.length === 0) return null;
      const level = random.pick(everywhere);
      const odd = random.between(0, forms.length - 1);
      const form = forms[odd] as Form;
      const gone = rowsWhere(form, (row) => row.level2 === level);
      const heir = rowsWhere(form, (row) => row.level2 === "数量指标")[0];
      if (heir === undefined) return null;
      const freed = gone.reduce((total, index) => total + Number(form.indicators[index]?.points ?? 0), 0);
      const row = form.indicators[heir] as Indicator;
      const more = row.points === null ? null : points(form, Number(row.points) + freed);
      const changed = withRow(form, heir, {
        points: more,
        score: row.score === null ? null : (more ?? row.score),
        actual: row.actual,
      });
      return {
        forms: replace(forms, {
          [odd]: { ...changed, indicators: changed.indicators.filter((_, index) => !gone.includes(index)) },
        }),
        at: [odd],
      };
    },
  },
  {
    code: "AR-151",
    title: "同样超额一倍多，有的扣分有的不扣",
    also: ["AR-72"],
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      const [a, b] = two(forms, random);
      const one = exceeded(forms[a] as Form, random, true);
      const other = exceeded(forms[b] as Form, random, false);
      return one && other ? { forms: replace(forms, { [a]: one, [b]: other }), at: [a, b] } : null;
    },
  },
  {
    code: "AR-155",
    title: "所有项目都评优，其中执行率很低",
    plantBatch: (forms, random) => {
      if (!forms.every((form) => form.grade !== null)) return null;
      const low = random.between(0, forms.length - 1);
      return {
        forms: forms.map((form, index) => {
          const spent = index === low ? 45 : 96;
          const funds = form.funds.map((fund) => {
            const budget = parseDecimal(fund.adjustedBudget);
            return {
              ...fund,
              expenditure: budget
                ? formatDecimal({ units: (budget.units * BigInt(spent)) / 100n, scale: budget.scale }, 2)
                : null,
            };
          });
          const total = sum(funds.slice(1).map((fund) => parseDecimal(fund.expenditure) ?? ZERO));
          const changed = refund({
            ...form,
            funds: funds.map((fund, at) =>
              at === 0 ? { ...fund, expenditure: formatDecimal(total, 2) } : fund,
            ),
          });
          return { ...changed, grade: gradeFor(decimal(95)) };
        }),
        at: [],
      };
    },
  },
  {
    code: "AR-158",
    title: "各表执行率有的四舍五入、有的截尾",
    plantBatch: (forms, random) => {
      const [a, b] = two(forms, random);
      const way = (form: Form, up: boolean): Form => {
        const [budget, spent] = up ? ["523.00", "498.76"] : ["347.00", "331.28"];
        const rate = up ? "95.37" : "95.46";
        const none = (fund: Form["funds"][number]) => ({
          ...fund,
          initialBudget: fund.initialBudget === null ? null : "0.00",
          adjustedBudget: "0.00",
          expenditure: "0.00",
          executionRate: "0.00",
        });
        const [total, own, ...rest] = form.funds;
        if (!total || !own) return form;
        const all = {
          initialBudget: total.initialBudget === null ? null : budget,
          adjustedBudget: budget,
          expenditure: spent,
          executionRate: rate,
        };
        const changed = refund({
          ...form,
          funds: [{ ...total, ...all }, { ...own, ...all }, ...rest.map(none)],
        });
        return withFund(withFund(changed, 0, { executionRate: rate }), 1, { executionRate: rate });
      };
      return {
        forms: replace(forms, { [a]: way(forms[a] as Form, true), [b]: way(forms[b] as Form, false) }),
        at: [a, b],
      };
    },
  },
  {
    code: "AR-170",
    title: "同名指标方向相反",
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      const [name, unit, low, high] = random.pick(SHARED);
      const value = random.between(low, high);
      return inTwo(forms, random, "数量指标", (a, b) => [
        count(a, name, "≥", value, value + 12, unit),
        count(b, name, "≤", value + 40, value + 25, unit),
      ]);
    },
  },
  {
    code: "AR-171",
    title: "同名同组，完成值不同",
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      const [name, unit, low, high] = random.pick(SHARED);
      const value = random.between(low, high);
      const tell = (form: Form, which: 0 | 1): Form =>
        tellResult(form, `全区${name}为${which === 0 ? value + 12 : value + 67}${unit}。`);
      if (forms.some((form) => shapeOf(form.template).resultLimit !== null)) return null;
      return inTwo(
        forms,
        random,
        "数量指标",
        (a, b) => [
          count(a, name, "≥", value, value + 12, unit),
          count(b, name, "≥", value, value + 67, unit),
        ],
        tell,
      );
    },
  },
  {
    code: "AR-172",
    title: "同一政策的同名指标，指标值高低不同",
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      const name = random.pick(["惠民政策知晓率", "补贴政策知晓率", "救助政策知晓率"]);
      return inTwo(forms, random, "社会效益指标", (a, b) => [
        count(a, name, "≥", 70, 82, "%"),
        count(b, name, "≥", 95, 97, "%"),
      ]);
    },
  },
  {
    code: "AR-173",
    title: "两个项目报同一个成果",
    also: ["AR-174"],
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      if (forms.some((form) => shapeOf(form.template).resultLimit !== null)) return null;
      const [a, b] = two(forms, random);
      const number = random.between(312, 987);
      const [one, other] = random.pick([
        [`为${number}家小微企业减免房租。`, `全年减免房租惠及${number}家小微企业。`],
        [`完成${number}户困难家庭住房修缮。`, `修缮困难家庭住房${number}户，全部入住。`],
        [`新安装路灯${number}盏。`, `同步安装路灯${number}盏，夜间出行条件改善。`],
        [`慰问高龄老人${number}人。`, `年内慰问高龄老人${number}人，发放慰问品。`],
      ] as const);
      return {
        forms: replace(forms, {
          [a]: tellResult(forms[a] as Form, one),
          [b]: tellResult(forms[b] as Form, other),
        }),
        at: [a, b],
      };
    },
  },
  {
    code: "AR-174",
    title: "两张表有相同的段落",
    also: ["AR-89"],
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      if (forms.some((form) => shapeOf(form.template).resultLimit !== null)) return null;
      const [a, b] = two(forms, random);
      const passage = `${random.pick(PASSAGES)}。`;
      const tell = random.chance(50) ? tellGoal : tellResult;
      return {
        forms: replace(forms, { [a]: tell(forms[a] as Form, passage), [b]: tell(forms[b] as Form, passage) }),
        at: [a, b],
      };
    },
  },
  {
    code: "AR-175",
    title: "两个项目有多个指标同名",
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      const [a, b] = two(forms, random);
      let one: Form | null = forms[a] as Form;
      let other: Form | null = forms[b] as Form;
      for (const [name, unit, low, high] of random.shuffle(SHARED).slice(0, 4)) {
        const value = random.between(low, high);
        const home: string =
          rowsWhere(
            one as Form,
            (row) => row.level2 === "数量指标" && (row.points === null || Number(row.points) >= 2),
          )[0] === undefined
            ? "质量指标"
            : "数量指标";
        one =
          one && added(one, home, { ...count(one, name, "≥", value, value + 3, unit), level2: "数量指标" });
        other =
          other && (added(other, "数量指标", count(other, name, "≥", value + 10, value + 13, unit)) ?? null);
        if (!one || !other) return null;
      }
      return { forms: replace(forms, { [a]: one as Form, [b]: other as Form }), at: [a, b] };
    },
  },
  {
    code: "AR-177",
    title: "一批表里版式不一",
    plantBatch: (forms, random) => {
      const layouts = ["national", "shanghai-bureau-a", "yunnan", "anhui"].filter(
        (id) => id !== forms[0]?.template,
      );
      if (!["national", "shanghai-bureau-a", "yunnan", "anhui"].includes(forms[0]?.template ?? ""))
        return null;
      const odd = random.between(0, forms.length - 1);
      const form = forms[odd] as Form;
      return { forms: replace(forms, { [odd]: { ...form, template: random.pick(layouts) } }), at: [] };
    },
  },
  {
    code: "AR-92",
    title: "上一年的问题今年仍在",
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      const form = forms[0] as Form;
      const problem = random.pick([
        "偏差原因：设备采购流程启动较晚，供货延迟。改进措施：由采购科在翌年3月底前完成招标。",
        "偏差原因：村级协管员流动大，巡查频次不足。改进措施：由管理科在翌年2月底前补足人员。",
      ]);
      const open = rowsWhere(form, (row) => isCount(row) && isFull(row) && amount(row.target) >= 20);
      const index = open[0];
      if (index === undefined || shapeOf(form.template).formReason) return null;
      const miss = (each: Form, part: number): Form => {
        const row = each.indicators[index] as Indicator;
        const value = Math.floor((amount(row.target) * part) / 100);
        const score = points(each, Math.floor((Number(row.points) * value) / amount(row.target)));
        return retotal(restate(each, index, value, { score, deviation: problem }));
      };
      const now = miss(form, 82);
      return { forms: [now, lastYear(miss(form, 78))], at: [0, 1] };
    },
  },
  {
    code: "AR-190",
    title: "文字与上一年的表雷同",
    plantBatch: (forms) => {
      if (!named(forms)) return null;
      const form = forms[0] as Form;
      return { forms: [form, lastYear(form)], at: [0, 1] };
    },
  },
  {
    code: "AR-191",
    title: "指标值低于上一年的完成值",
    plantBatch: (forms, random) => {
      if (!named(forms)) return null;
      const form = forms[0] as Form;
      const index = rowsWhere(
        form,
        (row) => isCount(row) && row.deviation === null && amount(row.actual) >= amount(row.target),
      )[0];
      if (index === undefined) return null;
      const row = form.indicators[index] as Indicator;
      const before = lastYear(form);
      const higher = Math.ceil((amount(row.target) * random.between(135, 180)) / 100);
      return {
        forms: [
          form,
          withRow(before, index, {
            target: typed(form, "≥", String(Math.floor(higher * 0.95)), row.target.unit ?? ""),
            actual: typed(form, "", String(higher), row.target.unit ?? ""),
          }),
        ],
        at: [0, 1],
      };
    },
  },
];

/** The same form a year before: its years moved back, nothing else. */
export function lastYear(form: Form): Form {
  const year = form.year ?? 2024;
  const back = (text: string | null): string | null => text?.replaceAll(`${year}年`, `${year - 1}年`) ?? null;
  return {
    ...withGoal(form, { expected: back(form.goal.expected), achieved: back(form.goal.achieved) }),
    id: `${form.id}-before`,
    year: year - 1,
  };
}
