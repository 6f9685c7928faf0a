import { type Decimal, multiply, parseDecimal, powerOfTen } from "@jiheng/domain";
import { bracketsOf } from "./brackets.ts";
import { normaliseText } from "./normalise.ts";
import { isThousands } from "./sentences.ts";
import { isTimeUnit, unitAt, unitFamily } from "./units.ts";

/**
 * What a number in prose is. `money` in 元; `percent`; `count` with a unit; `time` a stretch of time; `label` what is no quantity:
 * years, dates, document numbers, ordinals, numbers inside 《》 or grown together with Latin letters; `bare` without any unit.
 */
export type QuantityKind = "money" | "percent" | "count" | "time" | "label" | "bare";

/** One number of a text with its unit and surroundings. Places are those of the text as printed. */
export interface Quantity {
  readonly kind: QuantityKind;
  /** Exact, with 万 and 亿 worked out; money in 元, percent in percent. */
  readonly value: Decimal;
  /** As printed, unit included ("2.5万名"). */
  readonly raw: string;
  /** Unit as printed without 万 or 亿; null where none. */
  readonly unit: string | null;
  /** The unit's family (名 → 人); "" where none. */
  readonly family: string;
  /** Power of ten of 万 or 亿 printed after the digits; 0 where none. */
  readonly scale: number;
  /** Value of one step of the last printed digit. */
  readonly step: Decimal;
  /** Whether decimals are printed. */
  readonly hasDecimals: boolean;
  readonly start: number;
  readonly end: number;
  /** 约, 余, 左右: not meant exactly. */
  readonly approximate: boolean;
  /** 不少于, 以上, 不超过: a limit, not an amount. */
  readonly limit: boolean;
  /** Units this is a price or rate for (每人每天400元 → 人, 天); empty for an amount. */
  readonly per: readonly string[];
  /** Said to be a sum by 共, 共计, 合计, 总计 before it. */
  readonly isTotal: boolean;
  /** Index of the innermost pair of round brackets, or -1. */
  readonly group: number;
  /** Words before it in its clause, after the number before. */
  readonly lead: string;
  /** Words after it in its clause, before the next number. */
  readonly tail: string;
  /** Written in Chinese numerals (五年). */
  readonly worded: boolean;
}

/** A pair of round brackets that is more than an ordinal such as （一）. */
export interface Group {
  readonly open: number;
  readonly close: number;
  readonly parent: number;
}

/** A text analysed once: its numbers in order and its brackets. */
export interface NumberedText {
  readonly text: string;
  readonly normal: string;
  readonly quantities: readonly Quantity[];
  readonly groups: readonly Group[];
}

const NUMBER = /[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百]{1,5}/g;
const ORDINAL_BRACKET = /^\([一二三四五六七八九十0-9]{1,3}\)$/;
const SCALE: readonly (readonly [string, number])[] = [
  ["万亿", 12],
  ["千万", 7],
  ["百万", 6],
  ["十万", 5],
  ["亿", 8],
  ["万", 4],
  ["千", 3],
];
const APPROXIMATE_BEFORE = /(?:约|大约|近|将近|超|超过|逾|估计|预计约|左右)$/;
const APPROXIMATE_AFTER = /^(?:左右|上下|余|多(?!次)|不等|有余)/;
const LIMIT_BEFORE =
  /(?:不少于|不低于|不小于|不超过|不高于|不大于|至少|最多|最少|最高|低于|高于|小于|大于|少于|多于|以内|[≥≤><]=?|达到?.{0,2}以上)$/;
const LIMIT_AFTER = /^(?:\([^()]{1,4}\))?[^,，;；。、()（）0-9]{0,6}?(?:以上|以下|以内|之内|及以上)/;
const TOTAL =
  /(?:共计|合计|总计|总共|一共|共|小计)(?:需要?|支出|投入|发放|使用|安排|完成|资金|费用|金额|经费|人数|数量|为|有|达到?|[:：])*$/;
const TOTAL_VERB = /(?:^|以上|上述|活动|全年|各类)(?:共计|合计|总计|总共|一共|共)[\u4e00-\u9fff]{1,8}$/;
const PER_BEFORE = /每(?:一)?(万|千|百)?([^\s每0-9,;:。、()]{1,3})/g;
const PER_ONE = /(?:人均|户均|亩均|村均|家均|校均|生均|次均|日均|月均|年均)/;
const SEPARATOR = /[,;:。、!?\n\r()"“”]/;
const MEAN_OF: Readonly<Record<string, string>> = {
  人: "人",
  户: "户",
  亩: "亩",
  村: "村",
  家: "家",
  校: "校",
  生: "人",
  次: "次",
  日: "天",
  月: "月",
  年: "年",
};
const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** 十二 → 12, 两百 → 200, 三十五 → 35; null where it is no number. */
function readChineseNumber(word: string): number | null {
  let total = 0;
  let digit: number | null = null;
  for (const sign of word) {
    const value = DIGITS[sign];
    if (value !== undefined) {
      if (digit !== null) return null;
      digit = value;
    } else {
      total += (digit ?? 1) * (sign === "十" ? 10 : 100);
      digit = null;
    }
  }
  return total + (digit ?? 0) || null;
}

/** The units a rate is for, read backwards from the number within its clause: 每人每天, 人均. */
function perBefore(lead: string): string[] {
  const found: string[] = [];
  const mean = PER_ONE.exec(lead);
  if (mean) found.push(MEAN_OF[mean[0].charAt(0)] ?? mean[0].charAt(0));
  PER_BEFORE.lastIndex = 0;
  for (let match = PER_BEFORE.exec(lead); match; match = PER_BEFORE.exec(lead)) {
    const unit = unitAt(lead, match.index + match[0].length - (match[2] ?? "").length);
    PER_BEFORE.lastIndex = match.index + 1;
    if (unit) found.push(unitFamily(unit));
    else if (/^(?:位|所|学校|项目|生|学生)/.test(match[2] ?? ""))
      found.push((match[2] ?? "").startsWith("学校") ? "校" : "人");
    else if (match[1]) found.push("人");
    else found.push(match[2] ?? "");
  }
  return found;
}

/** The units after a slash or 每: 元/人·天, 元每人. Returns them and where they end. */
function perAfter(normal: string, at: number, isMoney: boolean): { per: string[]; end: number } {
  const per: string[] = [];
  let end = at;
  for (;;) {
    const sign = normal.charAt(end);
    if (sign !== "/" && !(sign === "每" && isMoney) && !(per.length > 0 && (sign === "·" || sign === ".")))
      break;
    const unit = unitAt(normal, end + 1);
    if (!unit) break;
    per.push(unitFamily(unit));
    end += 1 + unit.length;
  }
  return { per, end };
}

/** A year: 2024年, 2023-2025年, 2024年度; a four-digit number from 1949 to 2099. */
function isYear(digits: string, after: string): boolean {
  return (
    /^(?:19[4-9][0-9]|20[0-9]{2})$/.test(digits) &&
    /^(?:\s*年|\s*[-~—至到]+\s*[0-9]{4}\s*年|\/|学年|\.[0-9]{1,2}\b)/.test(after)
  );
}

/** The numbers of a text with unit, surroundings and brackets. Linear in its length. */
export function numbersIn(text: string): NumberedText {
  const normal = normaliseText(text);
  const brackets = bracketsOf(normal).pairs;
  const groups: Group[] = [];
  const titles: { open: number; close: number }[] = [];
  const documents: { open: number; close: number }[] = [];
  for (const pair of brackets) {
    if (pair.kind === "《" || pair.kind === "〈") titles.push(pair);
    else if (pair.kind === "〔" || pair.kind === "[" || pair.kind === "【") documents.push(pair);
    else if (pair.kind === "(" && !ORDINAL_BRACKET.test(normal.slice(pair.open, pair.close + 1))) {
      let parent = groups.length - 1;
      while (parent >= 0 && (groups[parent]?.close ?? 0) < pair.open) parent = groups[parent]?.parent ?? -1;
      groups.push({ open: pair.open, close: pair.close, parent });
    }
  }
  const quantities: Quantity[] = [];
  let nextGroup = 0;
  let group = -1;
  let title = 0;
  let document = 0;
  let previousEnd = 0;
  NUMBER.lastIndex = 0;
  for (let match = NUMBER.exec(normal); match; match = NUMBER.exec(normal)) {
    const start = match.index;
    let digits = match[0];
    let end = start + digits.length;
    const worded = !/[0-9]/.test(digits.charAt(0));
    if (!worded && !digits.includes(".")) {
      while (isThousands(text, end)) {
        digits += normal.slice(end + 1, end + 4);
        end += 4;
        const fraction = /^\.[0-9]+/.exec(normal.slice(end, end + 12));
        if (fraction) {
          digits += fraction[0];
          end += fraction[0].length;
          break;
        }
      }
      NUMBER.lastIndex = end;
    }
    while (nextGroup < groups.length && (groups[nextGroup]?.open ?? 0) < start) {
      group = nextGroup;
      nextGroup += 1;
    }
    while (group >= 0 && (groups[group]?.close ?? 0) < start) group = groups[group]?.parent ?? -1;
    while (title < titles.length && (titles[title]?.close ?? 0) < start) title += 1;
    while (document < documents.length && (documents[document]?.close ?? 0) < start) document += 1;
    const inTitle = title < titles.length && (titles[title]?.open ?? 0) < start;
    const inDocument = document < documents.length && (documents[document]?.open ?? 0) < start;

    let leadStart = start;
    while (leadStart > previousEnd && start - leadStart < 60 && !SEPARATOR.test(normal.charAt(leadStart - 1)))
      leadStart -= 1;
    const lead = normal.slice(leadStart, start).trim();

    let value: Decimal | null;
    if (worded) {
      const read = readChineseNumber(digits);
      // 一 is an article more often than a number (一次性, 一定, 一批); "一" alone never enters arithmetic.
      if (read === null || read === 1 || normal.charAt(start - 1) === "第" || inTitle || inDocument) continue;
      value = parseDecimal(String(read));
    } else value = parseDecimal(digits);
    if (!value) continue;
    let after = end;
    while (normal.charAt(after) === " ") after += 1;
    let unit = unitAt(normal, after);
    let scale = 0;
    let vague = false;
    if (unit === null || unit === "千米" || unit === "千克" || unit === "千瓦") {
      for (const [word, power] of unit === null ? SCALE : []) {
        if (!normal.startsWith(word, after)) continue;
        scale = power;
        after += word.length;
        break;
      }
      if (/[余多]/.test(normal.charAt(after))) {
        vague = true;
        after += 1;
      }
      unit ??= unitAt(normal, after);
    }
    if (worded && unit === null) continue;
    const percent = unit === null && /[%‰]/.test(normal.charAt(after));
    const stop = unit !== null ? after + unit.length : percent ? after + 1 : scale > 0 || vague ? after : end;
    const rest = normal.slice(end, end + 14);
    const beforeSign = normal.charAt(start - 1);
    const label =
      inTitle ||
      inDocument ||
      (scale === 0 && isYear(digits, rest)) ||
      (quantities.at(-1)?.kind === "label" &&
        /^\s*[-~—至到]\s*$/.test(normal.slice(quantities.at(-1)?.end ?? 0, start)) &&
        /^\s*[年月日]/.test(rest)) ||
      /第$/.test(lead) ||
      /[A-Za-z#№_]$/.test(lead) ||
      (beforeSign === "." && /[0-9]/.test(normal.charAt(start - 2))) ||
      (/^[A-Za-z]/.test(rest) && unit === null) ||
      /^\s*号/.test(rest) ||
      (unit === "月" && !/^(?:\s*月)(?:租|薪)/.test(rest) && !/每$/.test(lead)) ||
      (unit === "日" && /[0-9月]\s*$/.test(normal.slice(Math.max(0, start - 3), start))) ||
      (unit === "点" && /^(?:\s*点)(?:[前后半钟整]|至|到|[0-9])/.test(rest)) ||
      (unit === null &&
        /^\s*[、.)]/.test(rest) &&
        /(?:^|[\s。;(])$/.test(normal.slice(Math.max(0, start - 1), start)) &&
        digits.length <= 2);
    const following = perAfter(normal, stop, unit === "元");
    const per = [...perBefore(lead), ...following.per];
    // "40台，单价260元" is a price for one of the things counted before.
    const priced = /(?:单价|均价)(?:为|约)?$/.test(lead)
      ? quantities.findLast((one) => one.kind === "count" && one.per.length === 0)
      : undefined;
    if (priced && per.length === 0) per.push(priced.family);
    // "2人一组" counts people for one group.
    const perGroup =
      unit !== null ? /^(?:为|成)?一(组|班|队|期|车|批)/.exec(normal.slice(stop, stop + 4)) : null;
    if (perGroup?.[1]) per.push(perGroup[1]);
    const tailStart = following.end;
    let tailEnd = tailStart;
    while (
      tailEnd < normal.length &&
      tailEnd - tailStart < 40 &&
      !SEPARATOR.test(normal.charAt(tailEnd)) &&
      !/[0-9]/.test(normal.charAt(tailEnd))
    )
      tailEnd += 1;
    const tail = normal.slice(tailStart, tailEnd);
    const factor: Decimal = { units: powerOfTen(scale), scale: 0 };
    const kind: QuantityKind = label
      ? "label"
      : percent || unit === "个百分点" || unit === "百分点"
        ? "percent"
        : unit === "元"
          ? "money"
          : unit === null
            ? "bare"
            : isTimeUnit(unit)
              ? "time"
              : "count";
    quantities.push({
      kind,
      value: multiply(value, factor),
      raw: text.slice(start, following.end),
      unit: percent ? normal.charAt(after) : unit,
      family: unit === null ? (percent ? "%" : "") : unitFamily(unit),
      scale,
      step: multiply({ units: 1n, scale: value.scale }, factor),
      hasDecimals: value.scale > 0,
      start,
      end: following.end,
      approximate:
        vague || APPROXIMATE_BEFORE.test(lead) || APPROXIMATE_AFTER.test(normal.slice(stop, stop + 3)),
      limit: LIMIT_BEFORE.test(lead) || LIMIT_AFTER.test(normal.slice(stop, stop + 16)),
      per,
      isTotal: TOTAL.test(lead) || TOTAL_VERB.test(lead),
      group,
      lead,
      tail,
      worded,
    });
    previousEnd = following.end;
    NUMBER.lastIndex = Math.max(NUMBER.lastIndex, following.end);
  }
  return { text, normal, quantities, groups };
}

/** Index of the first quantity that starts at or after a place; the length of the list where none does. */
export function firstAt(quantities: readonly Quantity[], place: number): number {
  let low = 0;
  let high = quantities.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((quantities[middle]?.start ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The quantities that start in [from, to). */
export function quantitiesBetween(quantities: readonly Quantity[], from: number, to: number): Quantity[] {
  const found: Quantity[] = [];
  for (let i = firstAt(quantities, from); i < quantities.length; i++) {
    const quantity = quantities[i];
    if (!quantity || quantity.start >= to) break;
    found.push(quantity);
  }
  return found;
}
