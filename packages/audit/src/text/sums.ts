import {
  add,
  compare,
  type Decimal,
  divideIntegers,
  multiply,
  subtract,
  sum,
  within,
  ZERO,
} from "@jiheng/domain";
import { firstAt, type NumberedText, type Quantity, quantitiesBetween } from "./numbers.ts";
import type { Span } from "./sentences.ts";
import { periodsOf } from "./sentences.ts";

/**
 * How a text states a sum: items in brackets after it, items before a 共计, items after 其中 or 分别 or a colon, numbered items,
 * or the same sum said again in brackets.
 */
export type SumStyle = "bracket" | "closing" | "among" | "apart" | "numbered" | "restated";

/** A stated sum with the items that are said to make it up. `doubtful`: the list may be open or overlap. */
export interface SumClaim {
  readonly style: SumStyle;
  readonly total: Quantity;
  readonly items: readonly Quantity[];
  readonly sum: Decimal;
  readonly verdict: "right" | "wrong" | "doubtful";
  /** Why a person has to look; "" unless doubtful. */
  readonly why: string;
  /** Markers of numbered items（一）…; empty otherwise. */
  readonly markers: readonly string[];
  /** For a wrong numbered list: the item whose own parts, put in its place, make the sum right. */
  readonly repaired: { readonly item: number; readonly value: Decimal } | null;
}

/** Words that say a list names only some of its parts. */
const OPEN_LIST =
  /等(?!级|次|额|值|候|待|同|于|比|离|效|号|奖)|包括|包含|主要(?!用于)|部分|其余|剩余|另有|另外|以及其他|……|\.\.\./;
/** Words that make an amount a base of comparison or another measure, not a part of the sum. */
const NOT_PART =
  /(?<!部门|专项|项目|纳入)预算(?!编制|评审|审核|管理|绩效|项目|内|外|支出)|计划(?!生育)|年初|年末|年底|结余|结转|剩余|节约|节省|上年|去年|往年|同比|环比|相比|较(?=上|去|年|原|计)|调整|原(?=有|计|定|预|来)|实际|执行率|执行数|到位|截至|截止|累计|目标(?!责任)|应(?=发|付|收|到|参|完|支)|申请|批复|下达|追加|核减|调减|增加|减少|增长|下降|标准(?!化)|限额|不含|含税|折合|约|人均|户均|平均|单价|不足|超额|超出|其中|合格|及格/;
const CLOSING =
  /^(?:以上|上述|各项|全部|费用|经费|资金|人员|人数|总)*(?:共计|合计|总计|总共|一共|共|小计)(?:需要?|支出|投入|使用|安排|资金|费用|金额|经费|人数|数量|为|有|[:：])*$/;
/** A sum that says with its own verb what is summed (共培训, 共计发放). */
const CLOSING_VERB =
  /^(?:以上|上述|各项|全部|总)*(?:共计|合计|总计|总共|一共|共)(培训|发放|完成|建设|建成|新建|改造|修建|维修|维护|购置|采购|补助|救助|资助|服务|慰问|检查|安置|种植|治理|处理|举办|开展|组织|覆盖|惠及|受益|支付|拨付|投资|支出|使用|招收|招录|聘用|印制|制作|整治|清理|修缮|铺设|安装|更换|接待|办理|受理)[\u4e00-\u9fff]{0,6}$/;
const GENERIC_DEED = /^(?:完成|开展|举办|组织|投入|投资|支出|使用|支付)$/;
const MULTIPLICATION = /[×*]|乘以?/;
const LIST_GAP = /^(?:[。,;:\s]|其中|具体|明细|构成|分项|内容|如下|包括|包含|主要|分别|用于|为|是)*$/;
/** Below this share of the total a list after 其中 is taken for a mere selection. Ours. */
const NEARLY_ALL: Decimal = { units: 7n, scale: 1 };

/** From here on a sum with its own verb counts more than the parts named: another kind of remark (AR-103). Ours. */
const FAR_ABOVE: Decimal = { units: 15n, scale: 1 };

/** Half a step of every figure printed with decimals, and of a total printed coarser than its items. */
function toleranceOf(total: Quantity, items: readonly Quantity[]): Decimal {
  let doubled: Decimal = ZERO;
  let finest = total.step;
  for (const item of items) {
    if (item.hasDecimals) doubled = add(doubled, item.step);
    if (compare(item.step, finest) < 0) finest = item.step;
  }
  if (total.hasDecimals || compare(finest, total.step) < 0) doubled = add(doubled, total.step);
  // Halves are kept exact by one more place.
  return { units: divideIntegers(doubled.units * 10n, 2n, "half-up"), scale: doubled.scale + 1 };
}

function fits(total: Quantity, items: readonly Quantity[]): boolean {
  return within(sum(items.map((item) => item.value)), total.value, toleranceOf(total, items));
}

function addable(quantity: Quantity): boolean {
  return (quantity.kind === "money" || quantity.kind === "count") && !quantity.worded;
}

function exact(quantity: Quantity): boolean {
  return !quantity.approximate && !quantity.limit;
}

function claim(
  style: SumStyle,
  total: Quantity,
  items: readonly Quantity[],
  verdict: SumClaim["verdict"],
  why = "",
  markers: readonly string[] = [],
): SumClaim {
  return {
    style,
    total,
    items,
    sum: sum(items.map((item) => item.value)),
    verdict,
    why,
    markers,
    repaired: null,
  };
}

/** Whether one of the items alone exceeds the total. */
function anyAbove(total: Quantity, items: readonly Quantity[]): boolean {
  return items.some((item) => compare(item.value, total.value) > 0);
}

const COST_WORD =
  /(?:费|费用|款|金|资金|支出|经费|开支|补贴|补助|工资|薪酬|报酬|津贴|租金|采购|购置|维修|印刷|餐|住宿|交通)(?:一天|一次|一人|一项)?$/;

function bracketClaims(
  numbered: NumberedText,
  byGroup: ReadonlyMap<number, readonly Quantity[]>,
): SumClaim[] {
  const { normal, groups, quantities } = numbered;
  const claims: SumClaim[] = [];
  let before = 0;
  groups.forEach((group, index) => {
    while (before < quantities.length && (quantities[before]?.start ?? 0) < group.open) before += 1;
    let back = before - 1;
    while (back >= 0 && quantities[back]?.group !== group.parent) {
      if ((quantities[back]?.end ?? 0) < group.open - 30) return;
      back -= 1;
    }
    const total = quantities[back];
    if (!total || !addable(total) || !exact(total)) return;
    const gap = normal.slice(total.end, group.open);
    if (gap.length > (total.kind === "money" ? 8 : 20) || /[,;。:、\n)]/.test(gap)) return;
    const inside = normal.slice(group.open + 1, group.close);
    const own = (byGroup.get(index) ?? []).filter(
      (quantity) => quantity.kind === total.kind && quantity.family === total.family,
    );
    if (own.length === 0 || MULTIPLICATION.test(inside)) return;
    const totals = own.filter((quantity) => quantity.isTotal);
    const parts = own.filter((quantity) => !quantity.isTotal && quantity.per.length === 0);
    const restated = totals.length === 1 ? totals[0] : undefined;
    if (restated && total.per.length === 0) {
      if (/预算|计划|累计|上年|往年|历年/.test(inside)) return;
      if (fits(total, [restated])) claims.push(claim("restated", total, [restated], "right"));
      else if (/安排|预算|计划|下达|拨付/.test(total.lead) || !/(?:共计|合计|总计|共)$/.test(restated.lead)) {
        claims.push(claim("restated", total, [restated], "doubtful", "括号前后可能不是同一笔数"));
      } else claims.push(claim("restated", total, [restated], "wrong"));
      return;
    }
    if (totals.length > 0 || parts.length < 2 || parts.length < own.length) return;
    if (parts.some((part) => !exact(part) || NOT_PART.test(part.lead.replace(/^其中/, "")))) return;
    if (perOneWithCount(inside, parts, byGroup.get(index) ?? [])) return;
    if (fits(total, parts)) {
      claims.push(claim("bracket", total, parts, "right"));
      return;
    }
    const among = /^(?:其中|含)/.test(inside);
    const open = OPEN_LIST.test(inside) && !/其他[^,;、]*$/.test(parts.at(-1)?.lead ?? "");
    const short = compare(sum(parts.map((part) => part.value)), total.value) < 0;
    if (open && short) return;
    if (total.kind === "count") {
      if (anyAbove(total, parts) || (among && short)) return;
      const disjoint = !short && exclusive(itemHeads(inside), total);
      claims.push(
        (among || !short) && !disjoint
          ? claim("bracket", total, parts, "doubtful", "括号内各类之间可能有重叠")
          : claim("bracket", total, parts, "wrong"),
      );
      return;
    }
    const named = parts.every((part) => COST_WORD.test(part.lead));
    const closed = /其他|其它|其余/.test(parts.at(-1)?.lead ?? "");
    if (among && short && !closed) {
      if (nearlyAll(total, parts))
        claims.push(claim("bracket", total, parts, "doubtful", "“其中”可能只列出部分"));
    } else if (anyAbove(total, parts) && !named) {
      claims.push(claim("bracket", total, parts, "doubtful", "括号内的金额可能不是它的分项"));
    } else claims.push(claim("bracket", total, parts, "wrong"));
  });
  return claims;
}

/** Classes of which nothing belongs to two: places, kinds, levels, grades, schools, sexes, waters, works. */
const DISJOINT: readonly RegExp[] = [
  /^(?:[东西南北中]|东南|东北|西南|西北)(?:片|部|区|线|段|路|岸|侧|院|校区)/,
  /^(?![^类]*[残保困孤老党妇])[\u4e00-\u9fff]{1,6}类(?:$|[^别])/,
  /^(?:国|省|市|县|区|乡|镇|村|国家)(?:道|级|管|属)/,
  /^(?:[一二三四五六甲乙丙丁特]级|特大型|大型|中型|小型|微型|小\(?[12一二]\)?型|山塘)/,
  /^(?:幼儿园|学前|小学|初中|高中|中职|大学|本科|专科)/,
  /^[男女](?:性|生|童|职工|学员)?$/,
  /^(?:干流|支流|湖库|水库|河流|湖泊|地下水)/,
  /^(?:新建|改建|扩建|续建|迁建|重建)/,
];
/** Things said to lie in a named place. */
const IN_PLACE =
  /^(?![^县区乡镇村]*(?:贫困|示范|先进|重点|试点|整治|帮扶|脱贫|薄弱|文明|美丽|老旧|宜居|特色|平安|民族|边境|易))[\u4e00-\u9fff]{1,5}(?:县|区|乡|镇|村|街道|社区|标段)$/;
/** Places counted themselves are of several kinds at once. */
const PLACE_UNIT = /^(?:个|县|区|乡|镇|村|街道|社区|处)$/;
/** One after another in time: the same person or household may come again, the same event not. */
const TURNS =
  /^(?:第[一二三四五六七八九十0-9]+(?:批|期|轮|季度|阶段|次)|[一二三四]季度|[上下]半年|[0-9]{1,2}月)/;

function exclusive(heads: readonly string[], total: Quantity): boolean {
  if (heads.length < 2 || new Set(heads).size < heads.length) return false;
  if (DISJOINT.some((kind) => heads.every((head) => kind.test(head)))) return true;
  if (!PLACE_UNIT.test(total.unit ?? "") && heads.every((head) => IN_PLACE.test(head))) return true;
  return /[次场期]$/.test(total.unit ?? "") && heads.every((head) => TURNS.test(head));
}

/** What stands before the number in each item of a list in brackets. A name with brackets of its own stays whole. */
function itemHeads(inside: string): string[] {
  return inside.split(/[,、;]/).map((item) => headOf(/^(.*?)[0-9.]+[^0-9()]*$/.exec(item)?.[1] ?? ""));
}

function headsOf(normal: string, from: number, items: readonly Quantity[]): string[] {
  return items.map((item, index) => headOf(normal.slice(items[index - 1]?.end ?? from, item.start)));
}

function headOf(words: string): string {
  return words.replace(/^[\s,、;:]*(?:其中|包括|含)?[\s:]*/, "").trim();
}

/** "场地费一天6000元" beside "2天": the amount is for one of several, not a part by itself. */
function perOneWithCount(inside: string, parts: readonly Quantity[], own: readonly Quantity[]): boolean {
  return parts.some((part) => {
    const unit = /一(天|次|场|期|人|组|个|家|户|月|年|辆|台)$/.exec(part.lead)?.[1];
    return (
      unit !== undefined &&
      own.some((other) => other.family === unit && other.kind !== "money") &&
      inside.length > 0
    );
  });
}

function nearlyAll(total: Quantity, parts: readonly Quantity[]): boolean {
  return compare(sum(parts.map((part) => part.value)), multiply(total.value, NEARLY_ALL)) >= 0;
}

function closingClaims({ normal, quantities }: NumberedText, periods: readonly Span[]): SumClaim[] {
  const claims: SumClaim[] = [];
  let period = 0;
  for (let i = 0; i < quantities.length; i++) {
    const total = quantities[i];
    if (!total) continue;
    while (period < periods.length && (periods[period]?.end ?? 0) <= total.start) period += 1;
    if (!total.isTotal || !addable(total) || !exact(total) || total.per.length > 0) continue;
    const plain = CLOSING.test(total.lead);
    const verb = plain ? null : CLOSING_VERB.exec(total.lead);
    if (!plain && !verb) continue;
    // "…；3.差旅费1300元。合计23300元。": a sum that opens a sentence closes the list before it.
    const opensPeriod = CLOSING.test(normal.slice(periods[period]?.start ?? 0, total.start));
    const from = Math.max(periods[opensPeriod ? period - 1 : period]?.start ?? 0, total.start - 2000);
    const items: Quantity[] = [];
    const subtotals: Quantity[] = [];
    let pure = 0;
    let stopped = false;
    for (let k = i - 1; k >= 0; k--) {
      const quantity = quantities[k];
      if (!quantity || quantity.start < from) break;
      if (quantity.group !== total.group || quantity.kind === "label") continue;
      const same =
        quantity.kind === total.kind && quantity.family === total.family && quantity.per.length === 0;
      if (!same || quantity.worded) {
        stopped ||= items.length > 0;
        continue;
      }
      if (quantity.isTotal) {
        subtotals.push(quantity);
        stopped = true;
        continue;
      }
      items.unshift(quantity);
      if (!stopped) pure += 1;
    }
    if (items.length < 2) continue;
    if (items.some((item) => !exact(item))) continue;
    const run = items.slice(items.length - pure);
    if (hasContiguousSum(total, items) || (subtotals.length > 1 && fits(total, subtotals))) {
      claims.push(claim("closing", total, fits(total, run) ? run : items, "right"));
      continue;
    }
    const plainItems = sum(items.map((item) => item.value));
    if (
      subtotals.length > 1 &&
      compare(sum(subtotals.map((subtotal) => subtotal.value)), plainItems) === 0 &&
      !items.some((item) => NOT_PART.test(item.lead))
    ) {
      claims.push(claim("closing", total, subtotals.reverse(), "wrong"));
      continue;
    }
    if (pure < 2 || run.some((item) => NOT_PART.test(item.lead))) continue;
    const listed = normal.slice(run[0]?.start ?? 0, total.start);
    const named = sum(run.map((item) => item.value));
    const short = compare(named, total.value) < 0;
    if (short && OPEN_LIST.test(listed)) continue;
    if (!plain && short && compare(multiply(named, FAR_ABOVE), total.value) < 0) continue;
    // "续保30人，共计发放50人": the sum may be of something else than the items.
    const sameDeed =
      !verb?.[1] || GENERIC_DEED.test(verb[1]) || run.some((item) => item.lead.includes(verb[1] ?? ""));
    const doubt =
      subtotals.length > 0
        ? "同一句中有几个合计"
        : items.length > pure
          ? "同一句中还有别的数"
          : sameDeed
            ? ""
            : "合计与各项所说的事不完全相同";
    claims.push(claim("closing", total, run, doubt ? "doubtful" : "wrong", doubt));
  }
  return claims;
}

/** Whether some unbroken run of the items, one alone included, makes the total. Two pointers: all amounts are positive. */
function hasContiguousSum(total: Quantity, items: readonly Quantity[]): boolean {
  const tolerance = toleranceOf(total, items);
  let low = 0;
  let running: Decimal = ZERO;
  for (let high = 0; high < items.length; high++) {
    running = add(running, items[high]?.value ?? ZERO);
    while (low < high && compare(subtract(running, total.value), tolerance) > 0) {
      running = subtract(running, items[low]?.value ?? ZERO);
      low += 1;
    }
    if (within(running, total.value, tolerance)) return true;
  }
  return false;
}

const AMONG = /其中|分别(?:用于|为|是|安排|支出)?|:/g;

function amongClaims(numbered: NumberedText, periods: readonly Span[]): SumClaim[] {
  const { normal, quantities, groups } = numbered;
  const claims: SumClaim[] = [];
  const opens = new Set(groups.map(({ open }) => open));
  let next = 0;
  let period = 0;
  AMONG.lastIndex = 0;
  for (let match = AMONG.exec(normal); match; match = AMONG.exec(normal)) {
    const at = match.index;
    const word = match[0];
    while (next < quantities.length && (quantities[next]?.start ?? 0) < at) next += 1;
    while (period < periods.length && (periods[period]?.end ?? 0) <= at) period += 1;
    const total = quantities[next - 1];
    if (!total || !addable(total) || !exact(total) || total.per.length > 0) continue;
    const gap = normal.slice(total.end, at);
    const gapIsShort =
      word === "其中"
        ? gap.length <= 30 && !/[;)]/.test(gap) && !/。.*[^。,\s]/.test(gap)
        : /^[,。\s]*$/.test(gap);
    if (!gapIsShort) continue;
    const insideOwnBracket = opens.has(
      at - 1 - (/\s*$/.exec(normal.slice(Math.max(0, at - 4), at))?.[0].length ?? 0),
    );
    if (insideOwnBracket) continue;
    const group = total.group;
    let end = Math.min(periods[period]?.end ?? normal.length, at + LONGEST_ITEM);
    const colon = /^(?:[,:\s])*:/.test(normal.slice(at + word.length, at + word.length + 3)) || word === ":";
    if (!colon) {
      const semicolon = normal.slice(at, end).indexOf(";");
      if (semicolon !== -1) end = at + semicolon;
    }
    const again = normal.slice(at + word.length, end).indexOf("其中");
    if (again !== -1) end = at + word.length + again;
    const head = normal.slice(at + word.length, at + word.length + 12);
    if (
      /^[,:\s]*(?:\([一二三四五六七八九十0-9]|[一二三四五六七八九十][、.是]|[0-9]{1,2}[、.)][^0-9]|[①-⑳])/.test(
        head,
      )
    )
      continue;
    const items: Quantity[] = [];
    let reached = false;
    for (let k = next; k < quantities.length; k++) {
      const quantity = quantities[k];
      if (!quantity || quantity.start >= end || reached) break;
      if (quantity.group !== group || quantity.kind === "label") continue;
      if (quantity.kind !== total.kind || quantity.family !== total.family) {
        if (total.kind === "count" && quantity.kind !== "time") break;
        continue;
      }
      if (
        quantity.isTotal ||
        !exact(quantity) ||
        quantity.per.length > 0 ||
        quantity.worded ||
        NOT_PART.test(quantity.lead.replace(/^.*其中/, ""))
      )
        break;
      items.push(quantity);
      reached = fits(total, items);
    }
    if (items.length === 0) continue;
    const style: SumStyle = word === "其中" ? "among" : "apart";
    if (reached) {
      if (items.length > 1) claims.push(claim(style, total, items, "right"));
      continue;
    }
    const above = compare(sum(items.map((item) => item.value)), total.value) > 0;
    const listed = normal.slice(at + word.length, end);
    if (MULTIPLICATION.test(listed)) continue;
    const open = OPEN_LIST.test(listed);
    if (style === "among") {
      if (anyAbove(total, items)) {
        claims.push(
          claim(
            style,
            total,
            items,
            items.length === 1 || total.kind === "money" ? "wrong" : "doubtful",
            total.kind === "money" ? "" : "其中各类可能有重叠",
          ),
        );
      } else if (items.length < 2) continue;
      else if (above)
        claims.push(
          total.kind === "money" || exclusive(headsOf(normal, at + word.length, items), total)
            ? claim(style, total, items, "wrong")
            : claim(style, total, items, "doubtful", "其中各类可能有重叠"),
        );
      else if (total.kind === "money" && !open && nearlyAll(total, items))
        claims.push(claim(style, total, items, "doubtful", "“其中”可能只列出部分"));
    } else if (items.length > 1 && !(open && !above)) {
      const contiguous = listedWithoutGaps(normal, at + word.length, items);
      const shared =
        word.startsWith("分别") || (above && exclusive(headsOf(normal, at + word.length, items), total));
      if (contiguous && (total.kind === "money" || (shared && !anyAbove(total, items))))
        claims.push(claim(style, total, items, "wrong"));
      else if (contiguous && !anyAbove(total, items))
        claims.push(claim(style, total, items, "doubtful", "所列各项可能不是它的分项"));
    }
  }
  return claims;
}

/** Whether the items follow each other clause by clause, each with its own name before it. */
function listedWithoutGaps(normal: string, from: number, items: readonly Quantity[]): boolean {
  let at = from;
  for (const item of items) {
    const between = normal.slice(at, item.start);
    if (/[。;].*[。;]/.test(between) || between.replace(/[^,、;]/g, "").length > 1 || between.length > 40)
      return false;
    at = item.end;
  }
  return true;
}

/** The head of an item, where its amount stands, is looked for within this many characters. */
const LONGEST_ITEM = 2000;

interface Marker {
  readonly at: number;
  readonly end: number;
  readonly style: string;
  readonly n: number;
  readonly text: string;
  /** Where the next marker of another style stands; the end of the text where none follows. */
  readonly otherAt: number;
}

const MARKER =
  /\(([一二三四五六七八九十]{1,3}|[0-9]{1,2})\)|([①-⑳])|(?<=^|[\n。;:,\s])([一二三四五六七八九十]{1,3})(?=[、.])|(?<=^|[\n。;:,\s])([一二三四五六七八九十])(?=是)|(?<=^|[\n。;:,\s])([0-9]{1,2})(?=[、)](?!\s*[0-9])|\.(?![0-9]))/g;
const CHINESE_DIGITS = "一二三四五六七八九十";

function numeral(word: string): number {
  if (/[0-9]/.test(word)) return Number(word);
  if (word.length === 1) return CHINESE_DIGITS.indexOf(word) + 1;
  if (word.startsWith("十")) return 10 + CHINESE_DIGITS.indexOf(word.charAt(1)) + 1;
  return (
    (CHINESE_DIGITS.indexOf(word.charAt(0)) + 1) * 10 +
    (word.length > 2 ? CHINESE_DIGITS.indexOf(word.charAt(2)) + 1 : 0)
  );
}

function markersOf({ normal, text: printed }: NumberedText): Marker[] {
  const markers: Marker[] = [];
  MARKER.lastIndex = 0;
  for (let match = MARKER.exec(normal); match; match = MARKER.exec(normal)) {
    const [text, bracketed, circled, dotted, worded, arabic] = match;
    const word = bracketed ?? dotted ?? worded ?? arabic ?? "";
    const style = circled
      ? "①"
      : bracketed
        ? /[0-9]/.test(word)
          ? "(1)"
          : "(一)"
        : dotted
          ? "一、"
          : worded
            ? "一是"
            : "1.";
    const n = circled ? circled.charCodeAt(0) - "①".charCodeAt(0) + 1 : numeral(word);
    markers.push({
      at: match.index,
      end: match.index + text.length,
      style,
      n,
      text: printed.slice(match.index, match.index + text.length),
      otherAt: normal.length,
    });
  }
  // Read from the end, each marker knows the next one of another style in one step.
  let other = normal.length;
  return markers
    .map((_, index) => markers.length - 1 - index)
    .map((index): Marker | undefined => {
      const marker = markers[index];
      const next = markers[index + 1];
      if (marker && next && next.style !== marker.style) other = next.at;
      return marker && { ...marker, otherAt: other };
    })
    .filter((marker) => marker !== undefined)
    .reverse();
}

/** Sequences of markers of one style counting up from 1. */
function sequencesOf(markers: readonly Marker[]): { readonly items: readonly Marker[] }[] {
  const open = new Map<string, Marker[]>();
  const sequences: Marker[][] = [];
  for (const marker of markers) {
    const current = open.get(marker.style);
    if (marker.n === 1) {
      const started = [marker];
      open.set(marker.style, started);
      sequences.push(started);
    } else if (current && current.at(-1)?.n === marker.n - 1) current.push(marker);
    else open.delete(marker.style);
  }
  return sequences.filter((items) => items.length > 1).map((items) => ({ items }));
}

/** A numbered item with its text and the one amount that stands for it. */
export interface NumberedItem {
  readonly marker: string;
  readonly start: number;
  readonly end: number;
}

/** The numbered lists of a text, each with the range of its items: （一）…（二）…, 1. 2., 一是…二是…. */
export function numberedLists(numbered: NumberedText): readonly (readonly NumberedItem[])[] {
  const { normal } = numbered;
  const markers = markersOf(numbered);
  return sequencesOf(markers).map(({ items }) =>
    items.map((marker, index) => {
      const following = items[index + 1]?.at;
      const line =
        following === undefined ? normal.slice(marker.end, marker.end + LONGEST_ITEM).indexOf("\n") : -1;
      const end =
        following ?? (line === -1 ? Math.min(normal.length, marker.end + LONGEST_ITEM) : marker.end + line);
      return { marker: marker.text, start: marker.end, end };
    }),
  );
}

function numberedClaims(numbered: NumberedText, parts: readonly SumClaim[]): SumClaim[] {
  const { normal, quantities } = numbered;
  const markers = markersOf(numbered);
  if (markers.length < 2) return [];
  const claims: SumClaim[] = [];
  for (const { items: sequence } of sequencesOf(markers)) {
    const first = sequence[0];
    if (!first) continue;
    const total = quantities[firstAt(quantities, first.at) - 1];
    if (!total || !addable(total) || !exact(total) || total.per.length > 0) continue;
    const gap = normal.slice(total.end, first.at);
    if (gap.length > 24 || !LIST_GAP.test(gap)) continue;
    const amounts: Quantity[] = [];
    for (let i = 0; i < sequence.length; i++) {
      const marker = sequence[i];
      if (!marker) break;
      const end0 = Math.min(sequence[i + 1]?.at ?? normal.length, marker.otherAt);
      const stop = /[。\n]/.exec(normal.slice(marker.end, Math.min(end0, marker.end + LONGEST_ITEM)));
      const end = stop ? marker.end + stop.index : end0;
      const own = quantitiesBetween(quantities, marker.end, end).filter(
        (quantity) =>
          quantity.kind === total.kind &&
          quantity.family === total.family &&
          quantity.group === total.group &&
          quantity.per.length === 0,
      );
      const sums = own.filter((quantity) => quantity.isTotal);
      const amount = own.length === 1 ? own[0] : sums.length === 1 ? sums[0] : headOfAmong(normal, own);
      if (!amount || !exact(amount)) break;
      amounts.push(amount);
    }
    if (amounts.length !== sequence.length) continue;
    const labels = sequence.map((marker) => marker.text);
    if (fits(total, amounts)) {
      claims.push(claim("numbered", total, amounts, "right", "", labels));
      continue;
    }
    const short = compare(sum(amounts.map((amount) => amount.value)), total.value) < 0;
    if (short && /包括|包含|主要/.test(gap)) continue;
    if (short && sequence.length === 2 && /其中/.test(gap)) {
      if (nearlyAll(total, amounts))
        claims.push(claim("numbered", total, amounts, "doubtful", "“其中”可能只列出部分", labels));
      continue;
    }
    const wrong = claim("numbered", total, amounts, "wrong", "", labels);
    claims.push({ ...wrong, repaired: repairOf(wrong, parts) });
  }
  return claims;
}

/** The first of several amounts where the others are said to be part of it. */
function headOfAmong(normal: string, own: readonly Quantity[]): Quantity | undefined {
  const [head, second] = own;
  if (!head || !second) return undefined;
  return /其中|包括|:/.test(normal.slice(head.end, second.start)) ? head : undefined;
}

function repairOf(wrong: SumClaim, parts: readonly SumClaim[]): SumClaim["repaired"] {
  for (const [index, item] of wrong.items.entries()) {
    const own = parts.find((part) => part.total === item && part.verdict !== "right");
    if (!own) continue;
    const others = subtract(wrong.sum, item.value);
    if (compare(add(others, own.sum), wrong.total.value) === 0) return { item: index, value: own.sum };
  }
  return null;
}

const CACHE = new WeakMap<NumberedText, readonly SumClaim[]>();

/** Every sum that the text states together with its parts, with the verdict of exact addition. Computed once per text. */
export function sumClaimsOf(numbered: NumberedText): readonly SumClaim[] {
  const known = CACHE.get(numbered);
  if (known) return known;
  const { quantities, text } = numbered;
  let claims: SumClaim[] = [];
  if (quantities.length > 1) {
    const byGroup = new Map<number, Quantity[]>();
    for (const quantity of quantities) {
      const list = byGroup.get(quantity.group);
      if (list) list.push(quantity);
      else byGroup.set(quantity.group, [quantity]);
    }
    const periods = periodsOf(text);
    const parts = [
      ...bracketClaims(numbered, byGroup),
      ...closingClaims(numbered, periods),
      ...amongClaims(numbered, periods),
    ];
    const lists = numberedClaims(numbered, parts);
    // A list that comes right with an item's own parts in its place decides what was doubtful about that item.
    const decided = new Set(lists.flatMap(({ items, repaired }) => (repaired ? [items[repaired.item]] : [])));
    claims = [
      ...parts.map((part) =>
        decided.has(part.total) && part.verdict === "doubtful"
          ? { ...part, verdict: "wrong" as const, why: "" }
          : part,
      ),
      ...lists,
    ];
  }
  CACHE.set(numbered, claims);
  return claims;
}
