import {
  type Comparison,
  compare,
  type Decimal,
  decimal,
  equals,
  type Figure,
  formatDecimal,
  halfWidth,
  type Indicator,
  isZero,
  larger,
  type Measure,
  multiply,
  NO_MEASURE,
  type Note,
  parseDecimal,
  parseMeasure,
  parseSign,
  percentOf,
  place,
  powerOfTen,
  type Ratio,
  roundRatio,
  showDecimal,
  smaller,
  sum,
  trimDecimal,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import type { Conflict, Derivation, RollUpChoices, Term } from "./derivation.ts";
import { type Member, sidesOf, termOf } from "./leaf.ts";
import { nameKey } from "./lexicon/names.ts";
import type { RowKind } from "./lexicon/row-kind.ts";
import { type UnitMeaning, unitOf } from "./lexicon/units.ts";

/** A cell that may hold a target or an actual. */
export type MeasureField = "target" | "initialTarget" | "actual";

/** A counted row of the roll-up: its cells, where they come from, and what stands against it. */
export interface CombinedRow {
  readonly target: Measure;
  readonly initialTarget: Measure | null;
  readonly actual: Measure;
  readonly traces: Readonly<Partial<Record<MeasureField, Derivation>>>;
  readonly notes: readonly Pick<Note, "level" | "code" | "says">[];
  readonly conflicts: readonly Conflict[];
  /** True where figures were weighted by money for want of a better weight. */
  readonly byMoney: boolean;
}

const ONE = decimal(1);
const HUNDRED = decimal(100);
const UPWARD: readonly (Comparison | null)[] = ["≥", ">"];
const DOWNWARD: readonly (Comparison | null)[] = ["≤", "<"];
/** Places a weighted figure is printed with at least, and at most where fewer would change whether the target is met. */
const PLACES = 2;
const MOST_PLACES = 8;

const FIELD_WORDS: Readonly<Record<MeasureField, string>> = {
  target: "年度指标值",
  initialTarget: "年初指标值",
  actual: "实际完成值",
};
const ADDED = cite("form-hubei-2020", "汇总·绝对数");
const WEIGHTED = cite("form-hubei-2020", "汇总·相对数");

/** The name of a row in messages. */
function titleOf(members: readonly Member[]): string {
  return members[0]?.row.name?.trim() || "未命名指标";
}

function termsOf(
  members: readonly Member[],
  field: MeasureField,
  figure: (member: Member) => Decimal | null = () => null,
  weight: (member: Member) => Decimal | null = () => null,
): readonly Term[] {
  const shown = (value: Decimal | null): Figure => (value === null ? null : formatDecimal(value));
  return members.map((member) =>
    termOf(
      member.leaf,
      place.indicator(member.index, field),
      member.row[field]?.text ?? null,
      shown(figure(member)),
      shown(weight(member)),
    ),
  );
}

/** “甲”、“乙”的年度指标值为“≥100人”，“丙”…: the sides of a conflict, projects that say the same together. */
function saidBy(members: readonly Member[], field: MeasureField): string {
  return sidesOf(
    members.map(({ leaf, row }) => [leaf.title, row[field]?.text ?? "空白"] as const),
    FIELD_WORDS[field],
  );
}

/** The unit all figures of the row are brought to, with what a figure of a member is multiplied by. */
interface CommonUnit {
  readonly printed: string | null;
  readonly base: string | null;
  readonly converted: boolean;
  readonly bring: (value: Decimal, unit: string | null) => Decimal;
}

function commonUnit(members: readonly Member[]): CommonUnit | Conflict {
  const met: { meaning: UnitMeaning; member: Member; field: "target" | "actual" }[] = [];
  for (const member of members)
    for (const field of ["target", "actual"] as const) {
      const { unit: printed, value } = member.row[field];
      if (printed !== null && value !== null) met.push({ meaning: unitOf(printed), member, field });
    }
  const [first] = met;
  if (!first) return { printed: null, base: null, converted: false, bring: (value) => value };
  const other = met.find((each) => each.meaning.base !== first.meaning.base);
  if (other) {
    const sides = [first, other].map(
      ({ member, field, meaning }) =>
        `“${member.leaf.title}”的${FIELD_WORDS[field]}为“${member.row[field].text ?? ""}”（${meaning.printed}）`,
    );
    return {
      code: "unit",
      says: `「${titleOf(members)}」的单位不同，不能汇总：${sides.join("，")}`,
      remedy: `请统一单位；如不是同一指标，请改名，或用 --apart ${titleOf(members)} 分列`,
      row: titleOf(members),
      terms: [first, other].map(({ member, field }) =>
        termOf(member.leaf, place.indicator(member.index, field), member.row[field].text),
      ),
    };
  }
  const unclear = first.meaning.base === "%" ? unmarkedShare(members) : null;
  if (unclear) return unclear;
  const factors = met.map((each) => each.meaning.factor);
  const least = factors.reduce(smaller);
  const wan = factors.find((each) => equals(each, decimal(10_000)));
  const factor = first.meaning.base === "元" && wan ? wan : least;
  const spellings = new Set(
    met.filter((each) => equals(each.meaning.factor, factor)).map((each) => each.meaning.printed),
  );
  const [only] = spellings;
  const [usual = first.meaning.name] = met
    .filter((each) => equals(each.meaning.factor, factor))
    .map((each) => each.meaning.name)
    .sort();
  const bringTo = (value: Decimal, unit: string | null): Decimal => {
    const own = unit === null ? factor : unitOf(unit).factor;
    if (equals(own, factor)) return value;
    const raised = multiply(value, own);
    // Factors are powers of ten, so dividing by one only moves the point.
    const scale = raised.scale + String(factor.units).length - 1 - factor.scale;
    return scale < 0
      ? { units: raised.units * powerOfTen(-scale), scale: 0 }
      : trimDecimal({ units: raised.units, scale });
  };
  return {
    printed: spellings.size === 1 && only !== undefined ? only : usual,
    base: first.meaning.base,
    converted: factors.some((each) => !equals(each, factor)),
    bring: bringTo,
  };
}

/** Beside percentages a bare 0.95 may be 95 % or 0.95 %: nobody but the project can tell. */
function unmarkedShare(members: readonly Member[]): Conflict | null {
  for (const member of members)
    for (const field of ["target", "actual"] as const) {
      const { unit, value, text } = member.row[field];
      const figure = parseDecimal(value);
      if (unit !== null || figure === null || figure.units <= 0n || compare(figure, ONE) > 0) continue;
      const at = place.indicator(member.index, field);
      const other = members.find((each) => each.row.target.unit !== null && each !== member) ?? member;
      return {
        code: "unit",
        says: `「${titleOf(members)}」不能判断“${member.leaf.title}”的${FIELD_WORDS[field]}“${text ?? ""}”是小数还是百分数（“${other.leaf.title}”为“${other.row.target.text ?? ""}”）`,
        remedy: "请在该行写明单位，例如95%",
        terms: [termOf(member.leaf, at, text)],
      };
    }
  return null;
}

function isPercent(unit: string): boolean {
  const { base, factor } = unitOf(unit);
  return base === "%" && equals(factor, ONE);
}

/** Whether a row wants all of something in percent: 100 % and no more was reached. */
function isWhole({ row, kind }: Member): boolean {
  const [target, actual] = [parseDecimal(row.target.value), parseDecimal(row.actual.value)];
  const isShare = kind === "rate" && row.target.unit !== null && isPercent(row.target.unit);
  return isShare && target !== null && equals(target, HUNDRED) && !(actual && compare(actual, HUNDRED) > 0);
}

/** The comparison all targets share, or the conflict; a bare figure beside a printed sign is taken to mean it. */
function commonComparison(
  members: readonly Member[],
  field: "target" | "initialTarget",
): { readonly sign: Comparison | null; readonly guessed: boolean } | Conflict {
  // A share cannot be more than the whole: "≥100%" wants what "=100%" wants.
  const typed = members.map((member) => member.row[field]?.comparison ?? null);
  const signs =
    typed.includes("=") && members.every(isWhole) ? typed.map((sign) => (sign === "≥" ? "=" : sign)) : typed;
  const printed = [...new Set(signs.filter((sign) => sign !== null))];
  if (printed.length < 2)
    return { sign: printed[0] ?? null, guessed: printed.length === 1 && signs.includes(null) };
  const opposite =
    printed.some((sign) => UPWARD.includes(sign)) && printed.some((sign) => DOWNWARD.includes(sign));
  const sides = printed.flatMap(
    (sign) => members.find((member) => member.row[field]?.comparison === sign) ?? [],
  );
  return {
    code: "comparison",
    says: `「${titleOf(members)}」的${opposite ? "方向相反" : "比较号不同"}：${saidBy(sides, field)}`,
    remedy: `请统一比较号；如不是同一指标，请改名，或用 --apart ${titleOf(members)} 分列`,
    row: titleOf(members),
    terms: termsOf(sides, field),
  };
}

/** Text of a figure in the manner of the sources: `≥120.00(人)` where they bracket the unit, else `≥120人`. */
function measureOf(
  value: Decimal,
  comparison: Comparison | null,
  unit: string | null,
  members: readonly Member[],
  field: MeasureField,
): Measure {
  const bracketed = members.every((member) => {
    const { text, unit: own } = member.row[field] ?? NO_MEASURE;
    // 75%（150/200） brackets its parts, not its unit.
    return own !== null && new RegExp(`[(（]${escaped(own)}[)）]$`).test(text ?? "");
  });
  const figure = formatDecimal(value);
  const spelled = new Set(
    members.map((member) => SPELLED.exec(halfWidth(member.row[field]?.text ?? ""))?.[0]),
  );
  const [sign] = spelled;
  const printed =
    spelled.size === 1 && sign !== undefined && parseSign(sign) === comparison ? sign : comparison;
  const text = `${printed ?? ""}${figure}${unit === null ? "" : bracketed ? `(${unit})` : unit}`;
  return { text, comparison, value: figure, unit };
}

/** 万人 and the like: beside 3万人 a bare 32000 may be 32000 people. */
const SCALED_UNIT = /^[百千万亿](?![分米克瓦])/;
const SPELLED = /^(?:[<>]=|[≥≤≧≦⩾⩽<>=])/;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

const PARTS = /(?<![\d.])(\d+(?:\.\d+)?)\s*[/／÷]\s*(\d+(?:\.\d+)?)(?![\d.])/;

/** Numerator and denominator that an actual states beside its rate (95.00%（95/100）); only where they give that rate. */
function statedParts(measure: Measure): Ratio | null {
  const match = PARTS.exec(halfWidth(measure.text ?? ""));
  const [numerator, denominator] = [parseDecimal(match?.[1]), parseDecimal(match?.[2])];
  if (!numerator || !denominator || isZero(denominator)) return null;
  const value = parseDecimal(measure.value);
  if (value === null) return compare(numerator, denominator) <= 0 ? { numerator, denominator } : null;
  const fits = (["half-up", "truncate"] as const).some((rounding) =>
    equals(percentOf({ numerator, denominator }, value.scale, rounding), value),
  );
  return fits ? { numerator, denominator } : null;
}

function difference(a: Ratio, b: Ratio): number {
  return compare(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator));
}

/** “甲”、“乙” and what is said of them, or nothing where there is nobody. */
function titlesOf(members: readonly Member[], says: string): string {
  return members.length === 0 ? "" : `${members.map(({ leaf }) => `“${leaf.title}”`).join("、")}${says}`;
}

/** Combines the counted rows of several projects into one. A single row stays as it is printed. */
export function combineRow(members: readonly Member[], kind: RowKind, choices: RollUpChoices): CombinedRow {
  return new Combination(members, kind, choices).run();
}

class Combination {
  private readonly members: readonly Member[];
  private readonly kind: RowKind;
  private readonly choices: RollUpChoices;
  private readonly notes: Pick<Note, "level" | "code" | "says">[] = [];
  private readonly conflicts: Conflict[] = [];
  private readonly traces: Partial<Record<MeasureField, Derivation>> = {};
  private byMoney = false;

  constructor(members: readonly Member[], kind: RowKind, choices: RollUpChoices) {
    this.members = members;
    this.kind = kind;
    this.choices = choices;
  }

  run(): CombinedRow {
    const { members } = this;
    const [first] = members;
    if (members.length === 1 && first) return this.alone(first);
    const unit = commonUnit(members);
    if ("code" in unit) return this.refused(unit);
    const wanted = commonComparison(members, "target");
    if ("code" in wanted) return this.refused(wanted);
    if (wanted.guessed) this.note("guessed", "rollup-sign", `有的项目没有印比较号，按“${wanted.sign}”汇总`);
    if (unit.converted) this.note("normalised", "rollup-unit", `单位不一，统一换算为${unit.printed}`);
    const unitless = members.some(
      (member) => member.row.target.unit === null && member.row.target.value !== null,
    );
    if (unit.printed !== null && unitless)
      this.note("guessed", "rollup-unit-missing", `有的项目没有印单位，按“${unit.printed}”汇总`);
    const scaled = members.filter(
      ({ row }) =>
        row.actual.value !== null && row.actual.unit === null && SCALED_UNIT.test(row.target.unit ?? ""),
    );
    if (scaled.length > 0)
      this.note(
        "guessed",
        "rollup-unit-missing",
        `${titlesOf(scaled, "的实际完成值没有印单位")}，按年度指标值的单位“${scaled[0]?.row.target.unit}”计`,
      );
    const hasInitial = members.every((member) => member.row.initialTarget?.value != null);
    const fields: readonly MeasureField[] = hasInitial
      ? ["initialTarget", "target", "actual"]
      : ["target", "actual"];
    const exact: Partial<Record<MeasureField, Ratio>> = {};
    const values: Partial<Record<MeasureField, Decimal>> = {};
    for (const field of fields) {
      const found = this.combineField(field, unit, wanted.sign);
      if (!found) continue;
      exact[field] = found.ratio;
      values[field] = found.value;
    }
    this.keepVerdict(exact, values);
    const measure = (field: MeasureField): Measure => {
      const value = values[field];
      if (!value) return NO_MEASURE;
      return measureOf(value, field === "actual" ? null : wanted.sign, unit.printed, members, field);
    };
    this.describe(unit.printed, values, exact);
    return {
      target: measure("target"),
      initialTarget: hasInitial ? measure("initialTarget") : null,
      actual: measure("actual"),
      ...this.outcome(),
    };
  }

  private outcome(): Pick<CombinedRow, "traces" | "notes" | "conflicts" | "byMoney"> {
    const { traces, notes, conflicts, byMoney } = this;
    return { traces, notes, conflicts, byMoney };
  }

  private note(level: Note["level"], code: string, says: string): void {
    const whole = `「${titleOf(this.members)}」${says}`;
    // Target and actual often lack the same thing.
    if (!this.notes.some((each) => each.says === whole)) this.notes.push({ level, code, says: whole });
  }

  private refused(conflict: Conflict): CombinedRow {
    this.conflicts.push(conflict);
    return { target: NO_MEASURE, initialTarget: null, actual: NO_MEASURE, ...this.outcome() };
  }

  private alone(member: Member): CombinedRow {
    const { row } = member;
    for (const field of ["target", "initialTarget", "actual"] as const) {
      const measure = row[field];
      if (measure?.text == null) continue;
      const value = parseDecimal(measure.value);
      this.traces[field] = {
        kind: "same",
        value: measure.text,
        says: `只有“${member.leaf.title}”一个项目有这一行，照原样列入`,
        basis: [],
        terms: termsOf([member], field, () => value),
      };
    }
    return { target: row.target, initialTarget: row.initialTarget, actual: row.actual, ...this.outcome() };
  }

  private combineField(
    field: MeasureField,
    unit: CommonUnit,
    sign: Comparison | null,
  ): { readonly value: Decimal; readonly ratio: Ratio } | null {
    const { members } = this;
    const brought = new Map<Member, Decimal>();
    const lacking: Member[] = [];
    const ranged: Member[] = [];
    const parted = this.parts(field);
    for (const member of members) {
      const measure = member.row[field];
      const value = parseDecimal(measure?.value);
      const stated = parted?.get(member);
      if (field === "actual" && measure?.comparison != null && measure.comparison !== "=")
        ranged.push(member);
      if (value !== null) brought.set(member, unit.bring(value, measure?.unit ?? member.row.target.unit));
      else if (!stated) lacking.push(member);
    }
    const figure = (member: Member): Decimal | null => brought.get(member) ?? null;
    const what = FIELD_WORDS[field];
    if (lacking.length > 0 || ranged.length > 0) {
      const names = (list: readonly Member[]): string =>
        list.map((member) => `“${member.leaf.title}”（${member.row[field]?.text ?? "空白"}）`).join("、");
      const isBlank = (member: Member): boolean => (member.row[field]?.text?.trim() ?? "") === "";
      const worded = lacking.filter((member) => !isBlank(member));
      const reasons = [
        titlesOf(lacking.filter(isBlank), `的${what}没有填`),
        worded.length > 0 ? `${names(worded)}的${what}不是数字` : "",
        lacking.length === 0 ? `${names(ranged)}的${what}是一个范围` : "",
      ].filter((each) => each !== "");
      const why = `${reasons.join("，")}，${what}不能汇总`;
      this.traces[field] = {
        kind: "unavailable",
        says: why,
        basis: [],
        terms: termsOf(members, field, figure),
      };
      this.note("lost", "rollup-unavailable", why);
      return null;
    }
    const rough = members.filter((member) =>
      parseMeasure(member.row[field]?.text ?? null).remarks.some((each) => each.code === "approximate-value"),
    );
    if (rough.length > 0)
      this.note(
        "guessed",
        "rollup-approximate",
        `的${what}有约数，按所写的数计：${rough.map(({ leaf, row }) => `“${leaf.title}”（${row[field]?.text}）`).join("、")}`,
      );
    const values = members.map((member) => brought.get(member)).filter((value) => value !== undefined);
    const [first] = values;
    const agree =
      first !== undefined && values.length === members.length && values.every((v) => equals(v, first));
    if (this.kind === "quantity") return this.add(field, values, agree, figure);
    if (this.kind === "time-limit" || this.kind === "rank")
      return this.limit(field, sign, values, agree, figure, unit.printed);
    if (parted && (field === "actual" || !agree)) return this.fromParts(field, parted, figure);
    if (agree && first) {
      this.traces[field] = {
        kind: "same",
        value: showDecimal(first),
        says: `各项目都是${showDecimal(first)}${unit.printed ?? ""}`,
        basis: [],
        terms: termsOf(members, field, figure),
      };
      return { value: widest(values), ratio: { numerator: first, denominator: ONE } };
    }
    return this.weigh(field, figure);
  }

  private add(
    field: MeasureField,
    values: readonly Decimal[],
    agree: boolean,
    figure: (member: Member) => Decimal | null,
  ): { readonly value: Decimal; readonly ratio: Ratio } | null {
    const { members } = this;
    const [first] = values;
    if (this.choices.once.some((name) => nameKey(name) === nameKey(titleOf(members)))) {
      if (!agree || !first) {
        this.conflicts.push({
          code: "measure",
          says: `「${titleOf(members)}」指定只计一次，但各项目数值不同：${saidBy(members, field)}`,
          remedy: "请核对是否为同一批对象；不是同一批的，去掉 --once",
          row: titleOf(members),
          terms: termsOf(members, field, figure),
        });
        return null;
      }
      this.traces[field] = {
        kind: "same",
        value: showDecimal(first),
        says: `各项目针对同一批对象，按指定只计一次：${showDecimal(first)}`,
        basis: [],
        terms: termsOf(members, field, figure),
      };
      return { value: widest(values), ratio: { numerator: first, denominator: ONE } };
    }
    const value = sum(values);
    this.traces[field] = {
      kind: "sum",
      value: formatDecimal(value),
      says: `${values.map(showDecimal).join("+")}=${showDecimal(value)}`,
      basis: [ADDED],
      terms: termsOf(members, field, figure),
      left: [],
    };
    return { value, ratio: { numerator: value, denominator: ONE } };
  }

  /** A limit of time holds for the whole only where it holds for the slowest; differing limits need a decision. */
  private limit(
    field: MeasureField,
    sign: Comparison | null,
    values: readonly Decimal[],
    agree: boolean,
    figure: (member: Member) => Decimal | null,
    unit: string | null,
  ): { readonly value: Decimal; readonly ratio: Ratio } | null {
    const { members } = this;
    const title = titleOf(members);
    const upward = UPWARD.includes(sign);
    // ≥200天 is no limit but a length of time: opening days, months of support.
    const what = this.kind === "rank" ? "名次" : upward ? "时长" : "时限";
    const terms = termsOf(members, field, figure);
    if (agree) {
      const value = widest(values);
      this.traces[field] = {
        kind: "same",
        value: showDecimal(value),
        says: `各项目都是${showDecimal(value)}`,
        basis: [],
        terms,
      };
      return { value, ratio: { numerator: value, denominator: ONE } };
    }
    const wanted = this.choices.strictest.some((name) => nameKey(name) === nameKey(title));
    if (field !== "actual" && !wanted) {
      this.conflicts.push({
        code: "time-limit",
        says: `「${title}」的${what}不同，不能相加也不能平均：${saidBy(members, field)}`,
        remedy: `请统一${what}；或用 --strictest ${title} 取最严的，或用 --apart ${title} 分列`,
        row: title,
        terms,
      });
      return null;
    }
    const least = (field === "actual") === upward;
    const value = values.reduce(least ? smaller : larger);
    const says =
      field === "actual"
        ? `${what}不能相加，取各项目中${upward ? "最少" : this.kind === "rank" ? "最后" : "最慢"}的${showDecimal(value)}${unit ?? ""}`
        : `各项目${what}不同，按指定取最严的${showDecimal(value)}${unit ?? ""}`;
    this.traces[field] = { kind: "strictest", value: showDecimal(value), says, basis: [], terms };
    this.note("guessed", "rollup-strictest", says);
    return { value, ratio: { numerator: value, denominator: ONE } };
  }

  /** Stated numerators and denominators of every member, or null where one lacks them. */
  private parts(field: MeasureField): ReadonlyMap<Member, Ratio> | null {
    if (this.kind !== "rate") return null;
    const found = new Map<Member, Ratio>();
    for (const member of this.members) {
      const ratio = statedParts(member.row.actual);
      if (!ratio) return null;
      found.set(member, ratio);
    }
    // Parts give percent; beside ‰ and the like their rate would be off by a power of ten.
    const units = this.members.flatMap(({ row }) => [row.target.unit, row.actual.unit]);
    return field !== "actual" || units.every((unit) => unit === null || isPercent(unit)) ? found : null;
  }

  private fromParts(
    field: MeasureField,
    parts: ReadonlyMap<Member, Ratio>,
    figure: (member: Member) => Decimal | null,
  ): { readonly value: Decimal; readonly ratio: Ratio } | null {
    const { members } = this;
    const over = (member: Member): Decimal => parts.get(member)?.denominator ?? ONE;
    const denominator = sum(members.map(over));
    const terms = termsOf(members, field, figure, over);
    if (field !== "actual") {
      const numerator = sum(members.map((member) => multiply(figure(member) ?? ONE, over(member))));
      return this.ratioOf(field, { numerator, denominator }, "各项目的分母", terms);
    }
    const numerator = sum(members.flatMap((member) => parts.get(member)?.numerator ?? []));
    const ratio: Ratio = { numerator: multiply(numerator, HUNDRED), denominator };
    const value = roundRatio(ratio, PLACES, "half-up");
    this.traces[field] = {
      kind: "fromParts",
      value: formatDecimal(value),
      numerator: showDecimal(numerator),
      denominator: showDecimal(denominator),
      says: `分子合计${showDecimal(numerator)}÷分母合计${showDecimal(denominator)}`,
      basis: [],
      terms,
    };
    return { value, ratio };
  }

  private weigh(
    field: MeasureField,
    figure: (member: Member) => Decimal | null,
  ): { readonly value: Decimal; readonly ratio: Ratio } | null {
    const { members } = this;
    const counted = this.denominatorRow();
    const by = counted === null ? "全年执行数" : `「${counted}」的实际完成值`;
    const weight = (member: Member): Decimal | null =>
      counted === null ? member.leaf.spent : actualOf(member, counted);
    const terms = termsOf(members, field, figure, weight);
    const weights = members.map(weight);
    const below = members.filter((_, index) => (weights[index]?.units ?? 0n) < 0n);
    const total = weights.includes(null) ? null : sum(weights.filter((each) => each !== null));
    if (total === null || total.units <= 0n || below.length > 0) {
      const without = members
        .filter((_, index) => weights[index] === null)
        .map((each) => `“${each.leaf.title}”`);
      const why =
        without.length > 0
          ? `${without.join("、")}没有${by}，不能加权，也不能简单平均`
          : below.length > 0
            ? `${titlesOf(below, `的${by}是负数`)}，不能加权，也不能简单平均`
            : `${by}合计为0，不能加权，也不能简单平均`;
      this.traces[field] = { kind: "unavailable", says: why, basis: [WEIGHTED], terms };
      this.note("lost", "rollup-unavailable", why);
      return null;
    }
    const numerator = sum(members.map((member) => multiply(figure(member) ?? ONE, weight(member) ?? ONE)));
    const weightless = members.filter((_, index) => weights[index] && isZero(weights[index]));
    if (weightless.length > 0) {
      const without = weightless.map(({ leaf, row }) => `“${leaf.title}”（${row[field]?.text ?? "空白"}）`);
      this.note(
        "lost",
        "rollup-no-weight",
        `${without.join("、")}的${by}为0，加权后的${FIELD_WORDS[field]}里没有它的份量`,
      );
    }
    if (counted === null) this.byMoney = true;
    return this.ratioOf(field, { numerator, denominator: total }, by, terms);
  }

  private ratioOf(
    field: MeasureField,
    ratio: Ratio,
    by: string,
    terms: readonly Term[],
  ): { readonly value: Decimal; readonly ratio: Ratio } {
    const scale = Math.max(PLACES, ...terms.map((each) => parseDecimal(each.figure)?.scale ?? 0));
    const value = roundRatio(ratio, scale, "half-up");
    this.traces[field] = {
      kind: "weighted",
      value: formatDecimal(value),
      by,
      numerator: showDecimal(ratio.numerator),
      denominator: showDecimal(ratio.denominator),
      says: "",
      basis: [WEIGHTED],
      terms,
    };
    return { value, ratio };
  }

  /** The counted row that was named as the denominator of this rate, or null. */
  private denominatorRow(): string | null {
    const title = nameKey(titleOf(this.members));
    return this.choices.denominators.find(([rate]) => nameKey(rate) === title)?.[1] ?? null;
  }

  /** More places where two would turn a target missed into one met, or the other way. */
  private keepVerdict(
    exact: Partial<Record<MeasureField, Ratio>>,
    values: Partial<Record<MeasureField, Decimal>>,
  ): void {
    const { target, actual } = exact;
    if (!target || !actual) return;
    const verdict = Math.sign(difference(actual, target));
    for (let places = PLACES + 1; places <= MOST_PLACES; places++) {
      const [wanted, reached] = [values.target, values.actual];
      if (!wanted || !reached || Math.sign(compare(reached, wanted)) === verdict) return;
      for (const field of ["target", "actual"] as const) {
        const ratio = exact[field];
        const trace = this.traces[field];
        if (!ratio || (trace?.kind !== "weighted" && trace?.kind !== "fromParts")) continue;
        const value = roundRatio(ratio, places, "half-up");
        values[field] = value;
        this.traces[field] = { ...trace, value: formatDecimal(value) };
      }
    }
  }

  /** Words and notes of weighted figures, once their places are settled. */
  private describe(
    unit: string | null,
    values: Partial<Record<MeasureField, Decimal>>,
    exact: Partial<Record<MeasureField, Ratio>>,
  ): void {
    const weighted: { field: MeasureField; by: string; printed: string }[] = [];
    for (const [field, trace] of Object.entries(this.traces) as [MeasureField, Derivation][]) {
      const value = values[field];
      if (!value || !exact[field]) continue;
      if (trace.kind === "fromParts") {
        const says = `${trace.says}${equalTo(value, exact[field])}%`;
        this.traces[field] = { ...trace, says };
        this.note("normalised", "rollup-from-parts", `按分子、分母重新计算：${says}`);
      }
      if (trace.kind !== "weighted") continue;
      const products = trace.terms.map((each) => `${each.figure}×${each.weight}`).join("+");
      const says = `按${trace.by}加权：（${products}）÷${trace.denominator}${equalTo(value, exact[field])}`;
      this.traces[field] = { ...trace, says };
      const printed = `${formatDecimal(value)}${unit ?? ""}`;
      weighted.push({ field, by: trace.by, printed });
    }
    const [first, ...more] = weighted;
    if (!first) return;
    const figures =
      more.length === 0 && first.field === "actual"
        ? first.printed
        : weighted.map(({ field, printed }) => `${FIELD_WORDS[field]}${printed}`).join("、");
    this.note("guessed", "rollup-weighted", `不能相加，按${first.by}加权平均得${figures}`);
  }
}

/** "=95.3", or what a figure was rounded to: an equals sign only stands before what is equal. */
function equalTo(value: Decimal, exact: Ratio | undefined): string {
  const equal = exact !== undefined && equals(multiply(value, exact.denominator), exact.numerator);
  return `${equal ? "=" : "≈"}${showDecimal(value)}`;
}

/** The figure with the most places among equal ones, so that none printed is dropped. */
function widest(values: readonly Decimal[]): Decimal {
  return values.reduce((a, b) => (b.scale > a.scale ? b : a));
}

/** The actual of another row of the same project, by name. */
function actualOf(member: Member, name: string): Decimal | null {
  const found = member.leaf.form.indicators.find(
    (row: Indicator) => nameKey(row.name ?? "") === nameKey(name),
  );
  const value = parseDecimal(found?.actual.value);
  return value && found?.actual.unit ? multiply(value, unitOf(found.actual.unit).factor) : value;
}
