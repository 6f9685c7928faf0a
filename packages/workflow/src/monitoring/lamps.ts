import {
  compare,
  type Decimal,
  decimal,
  type Form,
  type Fund,
  formatDecimal,
  HUNDRED,
  type Indicator,
  multiply,
  parseDecimal,
  percentOf,
  ratio,
  showDecimal,
} from "@jiheng/domain";
import { type Citation, cite } from "@jiheng/law";

/** Colour of a lamp: red far behind, yellow behind, green on the way, blue far ahead of it. */
export type Lamp = "red" | "yellow" | "green" | "blue";

/** What a lamp is called. */
export const LAMP_TITLES: Readonly<Record<Lamp, string>> = {
  red: "红灯",
  yellow: "黄灯",
  green: "绿灯",
  blue: "蓝灯",
};

/** A lamp with the percentage it rests on, or why none can be lit. */
export type Lit =
  | {
      readonly kind: "lit";
      readonly lamp: Lamp;
      /** Progress against the time gone, in percent; null where only within or beyond the target counts. */
      readonly percent: string | null;
      readonly says: string;
      readonly basis: Citation;
    }
  | { readonly kind: "unjudged"; readonly why: string };

/** Bounds in percent of the progress due: below `red` red, below `yellow` yellow, from `blue` on blue. */
export const LAMP_BOUNDS = {
  money: { red: "60", yellow: "80", blue: null, basis: cite("provincial", "资金灯") },
  indicator: { red: "60", yellow: "80", blue: "120", basis: cite("provincial", "指标灯") },
} as const;

const TWELVE = decimal(12);

/** Which units do not add up over the year: a rate of 95 % is due in July as in December. */
const NOT_CUMULATIVE = /^(?:%|％|‰|百分点|个百分点|度|分|倍|级|年)$/;
/** Units of time add up where a length of time is what is done, not how soon. */
const TIME = /^(?:天|日|小时|个小时|分钟|个工作日|工作日|学时|课时)$/;
const DURATION = /时长|时数|天数|日数|课时|学时|机时|工时|累计|总(?:时间|小时)|开放时间|服务时间|运行时间/;
/** Each of many has it at any time, so it does not grow with the months. */
const EACH = /平均|人均|户均|日均|月均|次均|场均|班均|每(?:人|户|次|场|班|日|天|月|周|例|件|台|车|个)/;
const MONEY = /元$/;

/** The lamp of a row of money (the total by default) after this many months: rate of execution ÷ share of the year gone. */
export function moneyLamp(form: Form, month: number, fund: Fund | undefined = totalOf(form)): Lit {
  if (!isMonth(month)) return unjudged(`月份应为1至12，现在是${month}。`);
  if (!fund) return unjudged("没有资金总额这一行，不能判断。");
  const budget = parseDecimal(fund.adjustedBudget) ?? parseDecimal(fund.initialBudget);
  const spent = parseDecimal(fund.expenditure);
  if (budget === null) return unjudged("预算数未填，不能判断资金进度。");
  if (spent === null) return unjudged("执行数未填，不能判断资金进度。");
  if (budget.units <= 0n) return unjudged(`预算数为${showDecimal(budget)}，不能计算执行率。`);
  return byProgress(spent, budget, month, LAMP_BOUNDS.money, "执行进度");
}

/**
 * The lamp of an indicator after this many months. A figure to be reached is held against the target in proportion to the months,
 * unless it does not add up over the year (rates, days); one not to be exceeded is green within the target, else red.
 */
export function indicatorLamp(row: Indicator, month: number): Lit {
  if (!isMonth(month)) return unjudged(`月份应为1至12，现在是${month}。`);
  const target = parseDecimal(row.target.value);
  const actual = parseDecimal(row.actual.value);
  if (row.target.text === null && target === null) return unjudged("没有指标值，不能判断。");
  if (target === null) return unjudged("指标值是文字或日期，须由人判断。");
  if (row.actual.text === null && actual === null) return unjudged("完成值未填，不能判断。");
  if (actual === null) return unjudged("完成值不是数字，须由人判断。");
  const [wanted, given] = [row.target.unit, row.actual.unit];
  if (wanted !== null && given !== null && wanted !== given)
    return unjudged(`指标值的单位是“${wanted}”，完成值的单位是“${given}”，不能比较。`);
  const { comparison } = row.target;
  const { basis } = LAMP_BOUNDS.indicator;
  if (comparison === "≤" || comparison === "<") {
    const order = compare(actual, target);
    const within = comparison === "≤" ? order <= 0 : order < 0;
    const says = `完成值${showDecimal(actual)}${within ? "在" : "超出"}指标值“${comparison}${showDecimal(target)}”${within ? "之内" : ""}`;
    return { kind: "lit", lamp: within ? "green" : "red", percent: null, says, basis };
  }
  if (target.units <= 0n) return unjudged(`指标值为${showDecimal(target)}，不能计算完成进度。`);
  const lit = byProgress(actual, target, isCumulative(row) ? month : 12, LAMP_BOUNDS.indicator, "完成进度");
  return lit.kind === "lit" && !isCumulative(row)
    ? { ...lit, says: `${lit.says}（不随月份累计，按全年指标值比）` }
    : lit;
}

/** The lamp of the whole: red where any is red, then yellow, else green; what could not be judged is counted, not passed over. */
export function goalLamp(lamps: readonly Lit[]): {
  readonly lamp: Lamp | null;
  readonly counts: Readonly<Record<Lamp, number>>;
  readonly unjudged: number;
  readonly says: string;
} {
  const counts = { red: 0, yellow: 0, green: 0, blue: 0 };
  for (const lit of lamps) if (lit.kind === "lit") counts[lit.lamp] += 1;
  const judged = counts.red + counts.yellow + counts.green + counts.blue;
  const lamp = judged === 0 ? null : counts.red > 0 ? "red" : counts.yellow > 0 ? "yellow" : "green";
  const missing = lamps.length - judged;
  const rest = missing > 0 ? `另有${missing}项不能判断。` : "";
  const says =
    lamp === null
      ? `没有可以判断的指标。${rest}`
      : lamp === "red"
        ? `有${counts.red}项红灯，目标为红灯，应下达整改通知并反馈。${rest}`
        : `目标为${LAMP_TITLES[lamp]}。${rest}`;
  return { lamp, counts, unjudged: missing, says };
}

/** Whether the figure of a row adds up over the year: counts, people, money, and lengths of time that are the work itself. */
export function isCumulative({ level1, level2, name, target, actual }: Indicator): boolean {
  if (/满意度/.test(level1 ?? "") || /时效|满意度/.test(level2 ?? "")) return false;
  const unit = target.unit ?? actual.unit ?? "";
  const isBounded = target.comparison === "≤" || target.comparison === "<";
  if (!isBounded && EACH.test(name ?? "")) return false;
  if (TIME.test(unit)) return !isBounded && (/数量/.test(level2 ?? "") || DURATION.test(name ?? ""));
  if (isBounded) return MONEY.test(unit);
  return !NOT_CUMULATIVE.test(unit);
}

/** The row of the whole sum: the one that says so, else the first. */
export function totalOf(form: Form): Fund | undefined {
  return form.funds.find(({ source }) => source === "total") ?? form.funds[0];
}

/** Whether it is one of the twelve. */
export function isMonth(month: number): boolean {
  return Number.isInteger(month) && month >= 1 && month <= 12;
}

function byProgress(
  value: Decimal,
  whole: Decimal,
  months: number,
  { red, yellow, blue, basis }: (typeof LAMP_BOUNDS)["money" | "indicator"],
  what: string,
): Lit {
  const due = ratio(multiply(value, TWELVE), multiply(whole, decimal(months)));
  if (due === null) return unjudged("不能计算进度。");
  // 60 % is not below 60 %: the exact figures are compared, not the printed one.
  const reaches = (bound: string): boolean =>
    compare(multiply(due.numerator, HUNDRED), multiply(due.denominator, decimal(bound))) >= 0;
  const lamp = !reaches(red)
    ? "red"
    : !reaches(yellow)
      ? "yellow"
      : blue !== null && reaches(blue)
        ? "blue"
        : "green";
  const percent = formatDecimal(percentOf(due, 2, "half-up"));
  const against = months === 12 ? "全年指标" : `${months}个月应达进度`;
  return { kind: "lit", lamp, percent, says: `${what}为${against}的${percent}%`, basis };
}

function unjudged(why: string): Lit {
  return { kind: "unjudged", why };
}
