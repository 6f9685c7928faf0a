import { type Decimal, decimal, halfWidth, multiply, remembered } from "@jiheng/domain";

/** A printed unit as its base (人) and the factor of the scale word before it (万人 → 10000). */
export interface UnitMeaning {
  readonly base: string;
  readonly factor: Decimal;
  readonly printed: string;
  /** The usual spelling of the printed unit: 公里 for 千米 and km. */
  readonly name: string;
}

/** Units of one measure in powers of ten: added up, they are brought to the smaller one. */
const MEASURES: Readonly<Record<string, readonly [base: string, factor: number | string]>> = {
  "‰": ["%", "0.1"],
  公里: ["毫米", 1_000_000],
  米: ["毫米", 1000],
  厘米: ["毫米", 10],
  吨: ["克", 1_000_000],
  公斤: ["克", 1000],
  平方公里: ["平方米", 1_000_000],
  公顷: ["平方米", 10_000],
};

/** Spellings of one unit. 人 and 人次, 个 and 家 count different things and stay apart. */
const SAME: Readonly<Record<string, string>> = {
  名: "人",
  位: "人",
  人员: "人",
  人·次: "人次",
  "人(次)": "人次",
  "人/次": "人次",
  m: "米",
  cm: "厘米",
  mm: "毫米",
  g: "克",
  平方千米: "平方公里",
  km2: "平方公里",
  平米: "平方米",
  "㎡": "平方米",
  m2: "平方米",
  千米: "公里",
  km: "公里",
  千克: "公斤",
  kg: "公斤",
  t: "吨",
  m3: "立方米",
  立方: "立方米",
  日: "天",
  自然日: "天",
  个自然日: "天",
  工作日: "个工作日",
  月: "个月",
  学时: "课时",
  个课时: "课时",
  个学时: "课时",
  百分比: "%",
  百分之: "%",
  百分点: "个百分点",
  圆: "元",
  场次: "场",
  批次: "批",
  班次: "班",
  "台(套)": "台套",
  "套(台)": "台套",
  "台/套": "台套",
};

const SCALES: Readonly<Record<string, Decimal>> = {
  百: decimal(100),
  千: decimal(1000),
  万: decimal(10_000),
  百万: decimal(1_000_000),
  千万: decimal(10_000_000),
  亿: decimal(100_000_000),
  万亿: decimal("1000000000000"),
};

// 千米, 千克 and 千瓦 are units of their own; 百分比 is no hundred of anything.
const SCALED = /^(百万|千万|万亿|万|亿|千|百)(?!米|克|瓦|分)(.+)$/;
const ONE = decimal(1);

/** What a printed unit means; null where none is printed. */
export const unitOf: (printed: string) => UnitMeaning = remembered((printed) => {
  const bare = halfWidth(printed)
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/^[([](.*)[)\]]$/, "$1");
  const whole = SAME[bare];
  const match = whole === undefined ? SCALED.exec(bare) : null;
  const scale = match?.[1] === undefined ? undefined : SCALES[match[1]];
  const [prefix, rest] = match?.[2] && scale ? [match[1] ?? "", match[2]] : ["", whole ?? bare];
  const unit = SAME[rest] ?? rest;
  const [base, size] = MEASURES[unit] ?? [unit, 1];
  return {
    base,
    factor: multiply(scale ?? ONE, decimal(size)),
    printed: bare,
    name: `${prefix}${unit}`,
  };
});
