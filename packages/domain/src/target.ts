import type { Comparison, Measure } from "./form.ts";
import { halfWidth } from "./vocabulary.ts";

/** What was normalised or guessed about a typed target or actual (codes as in `Note`). */
export interface MeasureRemark {
  readonly level: "guessed" | "normalised";
  readonly code: string;
  /** Chinese, for people. */
  readonly says: string;
}

/** A typed target or actual as understood, with what was normalised or guessed about it. */
export interface ParsedMeasure {
  readonly measure: Measure;
  readonly remarks: readonly MeasureRemark[];
}

const SIGNS: Readonly<Record<string, Comparison>> = {
  "≥": "≥",
  "≧": "≥",
  "⩾": "≥",
  "≮": "≥",
  "﹥=": "≥",
  ">=": "≥",
  "=>": "≥",
  "≤": "≤",
  "≦": "≤",
  "⩽": "≤",
  "≯": "≤",
  "<=": "≤",
  "=<": "≤",
  ">": ">",
  "﹥": ">",
  "〉": ">",
  "<": "<",
  "﹤": "<",
  "〈": "<",
  "=": "=",
  "═": "=",
  "﹦": "=",
  "==": "=",
};

const WORDED_BEFORE: readonly (readonly [RegExp, Comparison])[] = [
  [
    /^(?:大于等于|大于或等于|大于、等于|高于或等于|不低于|不少于|不小于|不得低于|不得少于|至少|最低|达到或超过|高于等于)/,
    "≥",
  ],
  [
    /^(?:小于等于|小于或等于|低于或等于|不超过|不超出|不高于|不大于|不多于|不得超过|不得高于|至多|最多|最高|控制在|低于等于|不超)/,
    "≤",
  ],
  [/^(?:大于|超过|高于|多于|超出)/, ">"],
  [/^(?:小于|低于|少于|不足|不到)/, "<"],
  [/^等于/, "="],
];

const WORDED_AFTER: readonly (readonly [RegExp, Comparison])[] = [
  [/\(?(?:及其?以上|\(含\)以上|含以上|以上\(含\)|或以上|以上)\)?$/, "≥"],
  [/\(?(?:及其?以下|及以内|\(含\)以下|以下\(含\)|或以下|以下|以内|之内|内)\)?$/, "≤"],
];

const SIGN = /^(?:≥|≧|⩾|≮|﹥=|>=|=>|≤|≦|⩽|≯|<=|=<|==|>|﹥|〉|<|﹤|〈|=|═|﹦)/;
const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/;
const APPROXIMATE_BEFORE = /^(?:大约|约为|约|近|将近|接近|大概)/;
const APPROXIMATE_AFTER = /(?:左右|上下)$/;

// A unit is short, holds no figure and none of the words that make it a sentence or a date.
const UNIT = /^[\p{L}\p{No}%‰°℃\p{So}·/／.*²³]{1,10}$/u;
const NO_UNIT = /[完达提升降增减及前后底末止初成含按实超以之时]|全部|所有/;
const UNIT_WITH_SUCH_LETTERS =
  /^(?:小时|学时|课时|工时|人时|时|成|及格|工时\/人|课时\/人|小时\/天|万工时|立方米\/小时|小时\/次|千瓦时|万千瓦时)$/;
const DATE =
  /^(?:当年度?|本年度?|次年|全年)?(?:(?:19|20)\d\d(?:年|-\d{1,2}(?:-\d{1,2})?(?!\d)|([./])\d{1,2}\1\d{1,2}(?!\d))|\d{1,2}月|\d{1,2}[日号](?:前|之前|以前|底))/;

function signOf(text: string): { sign: Comparison; rest: string } | null {
  const match = SIGN.exec(text);
  if (!match) return null;
  const sign = SIGNS[match[0]];
  return sign ? { sign, rest: text.slice(match[0].length) } : null;
}

/** The comparison a cell of an operator column prints (≧, ＝, 不低于), or null where it prints none (定性). */
export function parseSign(text: string | null): Comparison | null {
  if (text === null) return null;
  const compact = halfWidth(text).replace(/[\s\u3000\u00a0]+/g, "");
  const printed = signOf(compact);
  if (printed) return printed.rest === "" ? printed.sign : null;
  for (const [pattern, comparison] of WORDED_BEFORE)
    if (compact !== "" && compact.replace(pattern, "") === "") return comparison;
  return null;
}

function approximation(printed: string, word: string, value: string): MeasureRemark {
  return {
    level: "guessed",
    code: "approximate-value",
    says: `“${printed}”是约数（${word}），按${value}取值`,
  };
}

/**
 * Reads a typed target or actual (`≥95%`, `=120.00(人)`, `不低于3次`, `11月底`) into comparison, number and unit. The text
 * stays as printed. Words, dates and ranges have no value; approximations have one and a `guessed` remark.
 */
export function parseMeasure(text: string | null): ParsedMeasure {
  const printed = text === null ? "" : text.trim();
  if (printed === "")
    return { measure: { text: null, comparison: null, value: null, unit: null }, remarks: [] };
  const remarks: MeasureRemark[] = [];
  const words = (comparison: Comparison | null = null): ParsedMeasure => ({
    measure: { text: printed, comparison, value: null, unit: null },
    remarks,
  });
  if (printed.length > 60) return words();

  let rest = halfWidth(printed).replace(/[\s\u3000\u00a0]+/g, "");
  let comparison: Comparison | null = null;
  const sign = signOf(rest);
  if (sign) {
    comparison = sign.sign;
    rest = sign.rest;
  } else {
    for (const [pattern, meaning] of WORDED_BEFORE) {
      const match = pattern.exec(rest);
      if (!match) continue;
      comparison = meaning;
      rest = rest.slice(match[0].length).replace(/^(?:在|到|为|于)/, "");
      break;
    }
  }
  rest = rest.replace(/^(?:达到|达|完成|为|共|共计)(?=[\d约近])/, "");
  let approximate = APPROXIMATE_BEFORE.exec(rest)?.[0] ?? null;
  if (approximate) rest = rest.slice(approximate.length);

  if (DATE.test(rest)) return words();
  const number = NUMBER.exec(rest);
  if (!number) return words();
  const value = number[0].replace(/^\+/, "").replaceAll(",", "");
  let unit = rest.slice(number[0].length).replace(/[。;；，,、]+$/, "");

  if (/^[%‰\p{L}]{0,4}(?:-|—|–|~|～|至|到|\+|\/|:|×|\*)[+-]?\d/u.test(unit)) {
    remarks.push({
      level: "guessed",
      code: "range-kept",
      says: `“${printed}”是一个区间或组合，只保留原文，未取数值`,
    });
    return words();
  }
  if (unit.startsWith("余") || unit.startsWith("多")) {
    approximate = unit.slice(0, 1);
    unit = unit.slice(1);
  }
  const around = APPROXIMATE_AFTER.exec(unit);
  if (around) {
    approximate = around[0];
    unit = unit.slice(0, around.index);
  }
  if (comparison === null)
    for (const [pattern, meaning] of WORDED_AFTER) {
      const match = pattern.exec(unit);
      // 内 alone also ends words such as 境内: only behind a unit of time, a share or a bare number does it bound.
      if (!match || (match[0] === "内" && !/(?:[天日周年]|个月|小时|分钟|%)内$/.test(unit))) continue;
      comparison = meaning;
      unit = unit.slice(0, match.index).replace(/\($/, "");
      break;
    }
  else unit = unit.replace(/\(?(?:以内|之内|以上|及以上|以下|及以下)\)?$/, "");

  const bracketed = /^\(([^()]{1,12})\)$/.exec(unit);
  if (bracketed?.[1] !== undefined && !/\d/.test(bracketed[1])) {
    if (approximate) remarks.push(approximation(printed, approximate, value));
    return { measure: { text: printed, comparison, value, unit: bracketed[1] }, remarks };
  }
  const comment = /^([^()]{0,10})\(([^()]*)\)$/.exec(unit);
  if (comment?.[1] !== undefined) {
    remarks.push({
      level: "guessed",
      code: "measure-comment",
      says: `“${printed}”按${value}${comment[1]}取值，括号内的说明只保留在原文中`,
    });
    unit = comment[1];
  }
  const plain = unit === "" || UNIT_WITH_SUCH_LETTERS.test(unit) || (UNIT.test(unit) && !NO_UNIT.test(unit));
  if (!plain) {
    remarks.push({
      level: "guessed",
      code: "measure-words",
      says: `“${printed}”数字后另有文字，按文字保留，未取数值`,
    });
    return words();
  }
  if (approximate) remarks.push(approximation(printed, approximate, value));
  return { measure: { text: printed, comparison, value, unit: unit === "" ? null : unit }, remarks };
}
