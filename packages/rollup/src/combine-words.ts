import {
  add,
  compare,
  compareRatio,
  type Decimal,
  decimal,
  equals,
  formatDecimal,
  type Measure,
  multiply,
  NO_MEASURE,
  type Note,
  parseDecimal,
  percentOf,
  place,
  type Ratio,
  ratio,
  showDecimal,
  sum,
  ZERO,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { type Attainment, attainmentOf, type PolicyPack, type Tier } from "@jiheng/scoring";
import type { Conflict, Derivation, RollUpChoices, Term } from "./derivation.ts";
import { type Member, moneyOf, sidesOf, termOf } from "./leaf.ts";
import { nameKey } from "./lexicon/names.ts";

/** A row in words of the roll-up: its cells, what is said where projects differ, and the share of points its sources earned. */
export interface CombinedWords {
  readonly target: Measure;
  readonly actual: Measure;
  /** Why the projects together stand where they stand, for the column of reasons; null where they all agree. */
  readonly remark: string | null;
  /** Share of the points, from the sources' own marks; null where one of them is not marked or cannot be weighted. */
  readonly earned: {
    readonly share: Ratio;
    readonly trace: Extract<Derivation, { kind: "weighted" | "same" }>;
  } | null;
  readonly traces: Readonly<{ target?: Derivation; actual?: Derivation }>;
  readonly notes: readonly Pick<Note, "level" | "code" | "says">[];
  readonly conflicts: readonly Conflict[];
}

const ONE = decimal(1);
const MOST_NAMED = 3;
const BY_MONEY = cite("form-hubei-2020", "汇总·定性");
const WORDS: Readonly<Record<Tier["attainment"], string>> = {
  reached: "达成指标",
  partly: "部分达成指标",
  "not-reached": "未达成指标",
};
const GROUP_WORDS: Readonly<Record<Exclude<Attainment, "not-applicable">, string>> = {
  reached: "达成",
  partly: "部分达成",
  "not-reached": "未达成",
};

function words(text: string | null): Measure {
  return text === null ? NO_MEASURE : { text, comparison: null, value: null, unit: null };
}

function termsOf(
  members: readonly Member[],
  field: "target" | "actual" | "score",
  weight: (member: Member) => Decimal | null = () => null,
): readonly Term[] {
  return members.map((member) => {
    const shown = weight(member);
    return termOf(
      member.leaf,
      place.indicator(member.index, field),
      field === "score" ? member.row.score : member.row[field].text,
      null,
      shown === null ? null : formatDecimal(shown),
    );
  });
}

/** The distinct texts with the projects they belong to: one text alone where all say the same. */
function joinTexts(members: readonly Member[], field: "target" | "actual"): string | null {
  const said = new Map<string, { text: string; titles: string[] }>();
  for (const { leaf, row } of members) {
    const text = row[field].text?.trim();
    if (!text) continue;
    const known = said.get(nameKey(text));
    if (known) known.titles.push(leaf.title);
    else said.set(nameKey(text), { text, titles: [leaf.title] });
  }
  const sides = [...said.values()];
  if (sides.length < 2) return sides[0]?.text ?? null;
  return sides.map(({ text, titles }) => `${titles.join("、")}：${text}`).join("；");
}

/** 达成：甲、乙；未达成：丙. */
function groupsOf(members: readonly Member[], attained: ReadonlyMap<Member, Tier["attainment"]>): string {
  return (["reached", "partly", "not-reached"] as const)
    .flatMap((each) => {
      const titles = members
        .filter((member) => attained.get(member) === each)
        .map((member) => member.leaf.title);
      if (titles.length === 0) return [];
      // Who missed it is what a reader looks for; many who reached it are counted.
      const shown =
        each === "reached" && titles.length > MOST_NAMED ? `${titles.length}个项目` : titles.join("、");
      return [`${GROUP_WORDS[each]}：${shown}`];
    })
    .join("；");
}

/** The tier just below a share that is not reached itself: 80 % as the open end of 80–60 lies in that tier. */
function tierBelow(share: Ratio, tiers: readonly Tier[]): Tier | null {
  return (
    tiers.find((tier) => compareRatio(share, tier.to) > 0 && compareRatio(share, tier.from) <= 0) ?? null
  );
}

function tierAt(share: Ratio, tiers: readonly Tier[]): Tier | null {
  return (
    tiers.find(
      (tier, index) =>
        compareRatio(share, tier.to) >= 0 &&
        (index === 0 ? compareRatio(share, tier.from) <= 0 : compareRatio(share, tier.from) < 0),
    ) ?? null
  );
}

/** The share of its points each project gave itself, weighted by money unless all are equal. */
function earnedBy(members: readonly Member[]): CombinedWords["earned"] {
  const shares: Ratio[] = [];
  for (const { row } of members) {
    const [score, points] = [parseDecimal(row.score), parseDecimal(row.points)];
    const share = score && points && points.units > 0n ? ratio(score, points) : null;
    if (!share) return null;
    shares.push(share);
  }
  const [first] = shares;
  if (!first) return null;
  const equal = shares.every((each) =>
    equals(multiply(each.numerator, first.denominator), multiply(first.numerator, each.denominator)),
  );
  const shown = (share: Ratio): string => `${showDecimal(percentOf(share, 2, "half-up"))}%`;
  if (equal)
    return {
      share: first,
      trace: {
        kind: "same",
        value: shown(first),
        says: `各项目自评得分都是分值的${shown(first)}`,
        basis: [BY_MONEY],
        terms: termsOf(members, "score"),
      },
    };
  const weights = members.map((member) => member.leaf.spent);
  if (weights.some((each) => each === null || each.units < 0n)) return null;
  const total = sum(weights.filter((each) => each !== null));
  if (total.units <= 0n) return null;
  // Over the product of all points: every share is brought to one denominator, nothing is rounded.
  const points = shares.map((share) => share.denominator);
  const product = points.reduce(multiply, ONE);
  let numerator = ZERO;
  for (const [index, share] of shares.entries()) {
    const others = points.filter((_, at) => at !== index).reduce(multiply, ONE);
    numerator = add(numerator, multiply(multiply(share.numerator, others), weights[index] ?? ZERO));
  }
  const share: Ratio = { numerator, denominator: multiply(product, total) };
  return {
    share,
    trace: {
      kind: "weighted",
      value: shown(share),
      by: "全年执行数",
      numerator: showDecimal(share.numerator),
      denominator: showDecimal(share.denominator),
      says: `各项目自评得分占分值的比例按全年执行数加权，得${shown(share)}`,
      basis: [BY_MONEY],
      terms: termsOf(members, "score", (member) => member.leaf.spent),
    },
  };
}

/** Combines rows whose targets are words: attained as a whole by the share of money of the projects that attained it. */
export function combineWords(
  members: readonly Member[],
  policy: PolicyPack,
  deadline: Deadline | null = null,
): CombinedWords {
  const notes: Pick<Note, "level" | "code" | "says">[] = [];
  const title = members[0]?.row.name?.trim() || "未命名指标";
  const targetText = joinTexts(members, "target");
  const target: Derivation = {
    kind: "joined",
    says: members.length === 1 ? "照原样列入" : "各项目的年度指标值相同的只列一次，不同的写明项目",
    basis: [],
    terms: termsOf(members, "target"),
  };
  const done = (text: string | null, actual: Derivation, remark: string | null = null): CombinedWords => ({
    target: words(targetText),
    actual: words(text),
    remark,
    earned: earnedBy(members),
    traces: {
      ...(targetText === null ? {} : { target }),
      ...(text === null && actual.kind !== "unavailable" ? {} : { actual }),
    },
    notes,
    conflicts: [],
  });
  const blank = members.filter((member) => (member.row.actual.text?.trim() ?? "") === "");
  if (blank.length > 0) {
    const why = `${blank.map((member) => `“${member.leaf.title}”`).join("、")}的实际完成值未填，不能汇总`;
    notes.push({ level: "lost", code: "rollup-unavailable", says: `「${title}」${why}` });
    return done(null, { kind: "unavailable", says: why, basis: [], terms: termsOf(members, "actual") });
  }
  const joined = joinTexts(members, "actual");
  const attained = new Map<Member, Tier["attainment"]>();
  for (const member of members) {
    const found = deadline
      ? attainedBy(member, deadline)
      : attainmentOf(member.row.target.text, member.row.actual.text ?? "");
    if (found !== null && found !== "not-applicable") attained.set(member, found);
  }
  const texts = new Set(members.map((member) => nameKey(member.row.actual.text ?? "")));
  const settled = attained.size === 0 || new Set(attained.values()).size === 1;
  const isLater = deadline?.tightened === true && attained.size < members.length;
  if (members.length === 1 || (texts.size === 1 && settled && !isLater))
    return done(joined, {
      kind: "same",
      value: joined ?? "",
      says:
        members.length === 1
          ? `只有“${members[0]?.leaf.title}”一个项目有这一行，照原样列入`
          : `各项目都填“${joined}”`,
      basis: [],
      terms: termsOf(members, "actual"),
    });
  const weight = (member: Member): Decimal | null => member.leaf.spent;
  const terms = termsOf(members, "actual", weight);
  const listed = members
    .map(({ leaf, row }) => `${leaf.title}（${row.target.text?.trim()}）：${row.actual.text?.trim()}`)
    .join("；");
  const asWords = (why: string): CombinedWords => {
    notes.push({ level: "guessed", code: "rollup-joined-words", says: `「${title}」${why}` });
    return done(isLater ? listed : joined, { kind: "joined", says: why, basis: [], terms });
  };
  if (isLater) return asWords("有的项目只按自己较晚的时限达成，不能说达到最早的时限，逐项目列出，由人判断");
  if (attained.size < members.length) return asWords("各项目的完成情况不能归为一档，逐项目列出，由人判断");
  if (deadline && texts.size > 1)
    notes.push({
      level: "normalised",
      code: "rollup-by-date",
      says: `「${title}」按填写的日期对照时限：${groupsOf(members, attained)}（${joined}）`,
    });
  const [only, ...others] = new Set(attained.values());
  if (only !== undefined && others.length === 0)
    return done(WORDS[only], {
      kind: "byMoney",
      value: WORDS[only],
      share: only === "reached" ? "100" : null,
      says: `各项目均为${GROUP_WORDS[only]}`,
      basis: [BY_MONEY],
      terms,
    });
  const rule = policy.qualitative.value;
  const money = moneyOf(
    members.map((member) => member.leaf),
    "spent",
  );
  if (rule.kind !== "tiers" || money === null || money.units <= 0n)
    return asWords(
      rule.kind === "tiers"
        ? "有的项目达成、有的未达成，缺少全年执行数，不能按资金归档，逐项目列出"
        : "有的项目达成、有的未达成，逐项目列出，由人判断",
    );
  const partly = rule.tiers.find((tier) => tier.attainment === "partly");
  let low = ZERO;
  let high = ZERO;
  for (const member of members) {
    const spent = member.leaf.spent ?? ZERO;
    const state = attained.get(member);
    if (state === "reached") [low, high] = [add(low, spent), add(high, spent)];
    else if (state === "partly" && partly)
      [low, high] = [add(low, multiply(spent, partly.to)), add(high, multiply(spent, partly.from))];
  }
  const [least, most] = [ratio(low, money), ratio(high, money)];
  const open = compare(low, high) !== 0;
  const [tier, upper] = [
    least && tierAt(least, rule.tiers),
    most && (open ? tierBelow(most, rule.tiers) : tierAt(most, rule.tiers)),
  ];
  if (!least || !most || !tier || tier !== upper)
    return asWords("按资金计，各项目合在一起不能确定属于哪一档，逐项目列出，由人判断");
  const percent = (share: Ratio): string => `${showDecimal(percentOf(share, 2, "half-up"))}%`;
  const share = percent(least) === percent(most) ? percent(least) : `${percent(least)}至${percent(most)}`;
  const text = WORDS[tier.attainment];
  const remark = `${groupsOf(members, attained)}；按全年执行数计达成${share}`;
  notes.push({
    level: "guessed",
    code: "rollup-by-money",
    says: `「${title}」按资金归为“${tier.title}”一档：${remark}`,
  });
  return done(
    text,
    {
      kind: "byMoney",
      value: text,
      share: percent(least) === percent(most) ? percent(least).slice(0, -1) : null,
      says: `${remark}，归为“${tier.title}”一档`,
      basis: [BY_MONEY, policy.qualitative.basis],
      terms,
    },
    remark,
  );
}

const MONTH = /(?:(\d{4})年|(?:当|本)年)?(\d{1,2})月份?(?:(\d{1,2})[日号]|(初|上旬)|(中旬)|(下旬|底|末)?)/;
const YEAR_END = /^(?:(\d{4})年|当年|本年|年)(?:底|末)/;

function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A day by which something had to be done; tightened where it is earlier than some projects were asked. */
interface Deadline {
  readonly day: number;
  readonly tightened: boolean;
}

interface Days {
  readonly first: number;
  readonly last: number;
  /** What the words say besides the date. */
  readonly rest: string;
}

/**
 * The days that words may mean as numbers that can be ordered (20241130), or null where they name none or several dates. A date
 * without its year lies in the year of the form.
 */
function daysOf(text: string | null, formYear: number | null): Days | null {
  const compact = (text ?? "").normalize("NFKC").replace(/\s+/g, "");
  const end = YEAR_END.exec(compact);
  if (end) {
    const day = Number(end[1] ?? formYear ?? 0) * 10_000 + 1231;
    return { first: day, last: day, rest: compact.slice(end[0].length) };
  }
  const match = MONTH.exec(compact);
  if (!match) return null;
  const rest = compact.slice(0, match.index) + compact.slice(match.index + match[0].length);
  if (MONTH.test(rest)) return null;
  const [year, month] = [Number(match[1] ?? formYear ?? 0), Number(match[2])];
  const days = daysIn(month, year);
  const [first, last] = match[3]
    ? [Number(match[3]), Number(match[3])]
    : match[4]
      ? [1, 10]
      : match[5]
        ? [11, 20]
        : match[6]
          ? [21, days]
          : [1, days];
  const start = year * 10_000 + month * 100;
  return { first: start + first, last: start + last, rest };
}

/** The last day that a target in words allows. */
function dayOf(text: string | null, formYear: number | null): number | null {
  return daysOf(text, formYear)?.last ?? null;
}

function deadlineOn(day: number | null): Deadline | null {
  return day === null ? null : { day, tightened: false };
}

/** A date alone or with a word that something was done on it; 11月启动 and 12月10日完成90% say something else. */
const DONE_ON =
  /^(?:[前内底末]|之前|以前|已|均|全部|按期|按时|完成|完工|竣工|发放|拨付|到位|下达|支付|验收)*$/;
const NO_DEADLINE = /[起后始]/;
/** 未完工, 尚未拨付; but 未延期 and 未发生拖欠 say that it was done, 未全部完工 leaves open how much. */
const NOT_DONE = /^(?:尚未|未能|没有|未)(?!全部|完全|延|逾|超|发生|拖|出现)/;

/** Whether a project met a deadline: by the date it printed, else by its words, which speak of its own deadline only. */
function attainedBy({ leaf, row }: Member, { day, tightened }: Deadline): Attainment | null {
  const { year } = leaf.form;
  const done = daysOf(row.actual.text, year);
  if (done !== null && DONE_ON.test(done.rest) && !NO_DEADLINE.test(row.target.text ?? "")) {
    if (done.last <= day) return "reached";
    return done.first > day ? "not-reached" : null;
  }
  const said = NOT_DONE.test(row.actual.text?.trim() ?? "")
    ? "not-reached"
    : attainmentOf(row.target.text, row.actual.text ?? "");
  const own = dayOf(row.target.text, year);
  return tightened && said !== "not-reached" && (own === null || own > day) ? null : said;
}

/** One day in several spellings (12月底前, 2024年12月31日): the fullest stands for all. */
function sameDay(members: readonly Member[], policy: PolicyPack, title: string, day: number): CombinedWords {
  const texts = members.map((member) => member.row.target.text?.trim() ?? "");
  const [text = ""] = texts.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const says = `时限是同一天，写法不同（${[...new Set(texts)].join("、")}），统一写作“${text}”`;
  const combined = combineWords(members, policy, deadlineOn(day));
  const terms = termsOf(members, "target");
  return {
    ...combined,
    target: words(text),
    traces: { ...combined.traces, target: { kind: "same", value: text, says, basis: [], terms } },
    notes: [...combined.notes, { level: "normalised", code: "rollup-date", says: `「${title}」${says}` }],
  };
}

/** Combines rows whose targets are dates: they must agree, unless the strictest was asked for. */
export function combineDates(
  members: readonly Member[],
  policy: PolicyPack,
  choices: RollUpChoices,
): CombinedWords {
  const title = members[0]?.row.name?.trim() || "未命名指标";
  const wanted = new Set(members.map((member) => nameKey(member.row.target.text ?? "")));
  const days = members.map((member) => dayOf(member.row.target.text, member.leaf.form.year));
  const [first] = days;
  if (wanted.size < 2) return combineWords(members, policy, deadlineOn(first ?? null));
  if (first !== null && first !== undefined && days.every((day) => day === first))
    return sameDay(members, policy, title, first);
  const terms = termsOf(members, "target");
  const asked = choices.strictest.some((name) => nameKey(name) === nameKey(title));
  const known =
    days.every((day) => day !== null) && new Set(days.map((day) => (day ?? 0) >= 10_000)).size === 1;
  if (!asked || !known) {
    const sides = sidesOf(
      members.map(({ leaf, row }) => [leaf.title, row.target.text ?? "空白"] as const),
      "年度指标值",
    );
    const how = asked ? "；日期写法不能比较先后，请先统一写法" : `；或用 --strictest ${title} 取最早的`;
    const conflict: Conflict = {
      code: "time-limit",
      says: `「${title}」的时限不同：${sides}`,
      remedy: `请统一时限${how}，或用 --apart ${title} 分列`,
      row: title,
      terms,
    };
    return {
      target: NO_MEASURE,
      actual: NO_MEASURE,
      remark: null,
      earned: null,
      traces: {},
      notes: [],
      conflicts: [conflict],
    };
  }
  const least = Math.min(...days.map((day) => day ?? 0));
  const text = members[days.indexOf(least)]?.row.target.text ?? null;
  const says = `各项目时限不同，按指定取最早的“${text}”`;
  const combined = combineWords(members, policy, { day: least, tightened: true });
  return {
    ...combined,
    target: words(text),
    traces: { ...combined.traces, target: { kind: "strictest", value: text ?? "", says, basis: [], terms } },
    notes: [...combined.notes, { level: "guessed", code: "rollup-strictest", says: `「${title}」${says}` }],
  };
}
