import {
  add,
  type Decimal,
  decimal,
  equals,
  formatDecimal,
  type Note,
  parseDecimal,
  round,
  showDecimal,
  subtract,
  sum,
} from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import type { PolicyPack } from "@jiheng/scoring";
import { allot } from "./allot.ts";
import type { Conflict, Derivation, RollUpChoices, Term } from "./derivation.ts";
import type { Group } from "./join-rows.ts";
import { type Leaf, moneyOf, termOf } from "./leaf.ts";
import { level1Key, tableOrder } from "./lexicon/levels.ts";
import { nameKey } from "./lexicon/names.ts";

const HUNDRED = decimal(100);
const ONE = decimal(1);
const COST = "成本指标";
const OUTPUT = "产出指标";

/** The points of a roll-up: of execution and of each row (null for sub-rows), or why they cannot be allotted. */
export interface AllottedPoints {
  readonly execution: string | null;
  readonly executionTrace: Derivation | null;
  readonly rows: readonly (string | null)[];
  readonly traces: readonly (Derivation | null)[];
  readonly notes: readonly Pick<Note, "level" | "code" | "says">[];
  readonly conflicts: readonly Conflict[];
}

/** Whole hundredths of a figure of points. */
function hundredths(value: Decimal): bigint {
  return round(value, 2, "half-up").units;
}

function shown(units: bigint): string {
  return formatDecimal({ units, scale: 2 });
}

const BY_WORDS = { equal: "平均", money: "按全年预算数", weights: "按指定的权重" } as const;

/** The points that one project alone prints, where they make up the full total: then nothing needs to be allotted. */
function ownPoints(leaves: readonly Leaf[], groups: readonly Group[]): AllottedPoints | null {
  const [leaf] = leaves;
  if (!leaf || leaves.length > 1) return null;
  const fund = leaf.form.funds.find((each) => parseDecimal(each.points) !== null);
  const rows = groups.map((group) => group.members[0]?.row.points ?? null);
  const all = rows.map(parseDecimal).filter((value) => value !== null);
  const execution = parseDecimal(fund?.points);
  const total = sum(execution ? [execution, ...all] : all);
  if (
    groups.some((group) => group.members.length > 1) ||
    !equals(total, parseDecimal(leaf.form.totalPoints) ?? HUNDRED)
  )
    return null;
  const same = (value: string, terms: readonly Term[]): Derivation => ({
    kind: "same",
    value,
    says: "只有一个项目，分值照原样列入",
    basis: [],
    terms,
  });
  const fundAt = fund ? leaf.form.funds.indexOf(fund) : 0;
  return {
    execution: fund?.points ?? null,
    executionTrace: fund?.points
      ? same(fund.points, [termOf(leaf, `funds[${fundAt}].points`, fund.points, fund.points)])
      : null,
    rows,
    traces: groups.map((group, index) => {
      const value = rows[index];
      const member = group.members[0];
      return value != null && member
        ? same(value, [termOf(leaf, `indicators[${member.index}].points`, value, value)])
        : null;
    }),
    notes: [],
    conflicts: [],
  };
}

/** Whether a form sets no points at all, as transfer payments do: then none are invented for it. */
function isUnscored(leaf: Leaf): boolean {
  const { funds, indicators } = leaf.form;
  return [...funds, ...indicators].every((row) => parseDecimal(row.points) === null);
}

function withoutPoints(groups: readonly Group[]): AllottedPoints {
  const none = groups.map(() => null);
  return { execution: null, executionTrace: null, rows: none, traces: none, notes: [], conflicts: [] };
}

/** Points of execution: what all projects print alike, else what the policy says. */
function executionPoints(
  leaves: readonly Leaf[],
  policy: PolicyPack,
): { readonly value: Decimal; readonly trace: Derivation } {
  const terms: Term[] = [];
  const printed: Decimal[] = [];
  for (const leaf of leaves)
    for (const [index, fund] of leaf.form.funds.entries()) {
      const value = parseDecimal(fund.points);
      if (value === null) continue;
      printed.push(value);
      terms.push(termOf(leaf, `funds[${index}].points`, fund.points, fund.points));
      break;
    }
  const [first] = printed;
  if (first && printed.length === leaves.length && printed.every((value) => equals(value, first)))
    return {
      value: first,
      trace: {
        kind: "same",
        value: formatDecimal(first, 2),
        says: `各项目预算执行分值都是${showDecimal(first)}分`,
        basis: [],
        terms,
      },
    };
  const { value, basis } = policy.execution.points;
  return {
    value,
    trace: {
      kind: "allotted",
      value: formatDecimal(value, 2),
      by: policy.title,
      says: `按${policy.title}，预算执行${showDecimal(value)}分`,
      basis: [basis],
      terms,
    },
  };
}

/**
 * Allots 100 points less those of execution: among the level-1 groups by the policy's default points where it has them (what a
 * missing group leaves goes to the others in proportion), inside a group by the chosen weight. All in exact hundredths.
 */
export function allotPoints(
  leaves: readonly Leaf[],
  groups: readonly Group[],
  policy: PolicyPack,
  choices: RollUpChoices,
): AllottedPoints {
  const own = ownPoints(leaves, groups);
  if (own) return own;
  const notes: Pick<Note, "level" | "code" | "says">[] = [];
  const conflicts: Conflict[] = [];
  if (groups.length > 0 && leaves.every(isUnscored)) return withoutPoints(groups);
  const marked = groups.flatMap((group, index) => (group.parent === null ? [index] : []));
  const hasFunds = leaves.some((leaf) => leaf.form.funds.length > 0);
  const execution = hasFunds ? executionPoints(leaves, policy) : null;
  const rest = hundredths(subtract(HUNDRED, execution?.value ?? decimal(0)));
  const weights = marked.map((index) => weightOf(groups[index] as Group, choices, conflicts));
  conflicts.push(
    ...unweighted(
      marked.flatMap((index) => groups[index] ?? []),
      choices,
    ),
  );
  const rows: (string | null)[] = groups.map(() => null);
  const traces: (Derivation | null)[] = groups.map(() => null);
  if (conflicts.length > 0 || marked.length === 0)
    return { execution: null, executionTrace: null, rows, traces, notes, conflicts };
  const levelOf = (index: number): string => levelOfGroup(groups[index]);
  const present = [...new Set(marked.map(levelOf))];
  const preset = policy.level1Points;
  // Packs without points for cost count it among the outputs, where the older level 2 成本指标 stood.
  const potOf = (level: string): string =>
    level === COST && preset?.value[COST] === undefined && preset?.value[OUTPUT] !== undefined
      ? OUTPUT
      : level;
  const usable = preset !== null && present.every((level) => preset.value[potOf(level)] !== undefined);
  const pots: { levels: readonly string[]; amount: bigint; says: string; basis: readonly Citation[] }[] = [];
  if (usable && preset) {
    const filled = [...new Set(present.map(potOf))];
    const amounts = allot(
      rest,
      filled.map((pot) => ({ key: pot, weight: preset.value[pot] ?? ONE })),
    );
    for (const [at, pot] of filled.entries()) {
      const amount = amounts?.[at] ?? 0n;
      const levels = present.filter((level) => potOf(level) === pot);
      pots.push({ levels, amount, says: `${levels.join("和")}共${shown(amount)}分`, basis: [preset.basis] });
    }
    const missing = Object.keys(preset.value).filter((level) => !filled.includes(level));
    if (missing.length > 0)
      notes.push({
        level: "guessed",
        code: "rollup-points",
        says: `没有${missing.join("、")}，其默认分值按比例分给其他一级指标：${pots.map((pot) => pot.says).join("，")}`,
      });
  } else {
    pots.push({ levels: present, amount: rest, says: `各指标共${shown(rest)}分`, basis: [] });
    if (preset)
      notes.push({
        level: "guessed",
        code: "rollup-points",
        says: `${present.filter((level) => preset.value[level] === undefined).join("、")}没有默认分值，${shown(rest)}分不分一级指标统一分配`,
      });
  }
  for (const pot of pots) {
    const inside = marked.flatMap((index, at) =>
      pot.levels.includes(levelOf(index)) ? [{ index, at }] : [],
    );
    const parts = inside.map(({ index, at }) => ({
      key: tieOf(groups[index]),
      weight: weights[at] ?? ONE,
    }));
    const shares = allot(pot.amount, parts);
    if (!shares) {
      conflicts.push({
        code: "points",
        says:
          choices.points === "money"
            ? `${pot.levels.join("、")}各行所属项目的全年预算数合计不大于0，分值不能按资金分配`
            : `${pot.levels.join("、")}各行的权重合计不大于0，分值不能分配`,
        remedy: "请改用平均分配（--points equal），或给出各行权重",
        terms: [],
      });
      continue;
    }
    for (const [order, { index, at }] of inside.entries()) {
      const value = shown(shares[order] ?? 0n);
      rows[index] = value;
      const weight = weights[at] ?? ONE;
      traces[index] = {
        kind: "allotted",
        value,
        by: BY_WORDS[choices.points],
        says:
          choices.points === "equal"
            ? `${pot.says}，${inside.length}行平均分配得${value}分`
            : `${pot.says}，${BY_WORDS[choices.points]}分配：本行权重${showDecimal(weight)}，共${showDecimal(sum(parts.map((part) => part.weight)))}，得${value}分`,
        basis: pot.basis,
        terms: (groups[index]?.members ?? []).map((member) =>
          termOf(
            member.leaf,
            `indicators[${member.index}].points`,
            member.row.points,
            member.row.points,
            choices.points === "money" && member.leaf.budget ? formatDecimal(member.leaf.budget) : null,
          ),
        ),
      };
    }
  }
  notes.push({
    level: "guessed",
    code: "rollup-points",
    says: `分值${BY_WORDS[choices.points]}分配到各行（尾差归余数最大的行），合计${showDecimal(sum([execution?.value ?? decimal(0), ...rows.map(parseDecimal).filter((value) => value !== null)]))}分`,
  });
  return {
    execution: execution ? formatDecimal(execution.value, 2) : null,
    executionTrace: execution?.trace ?? null,
    rows,
    traces,
    notes,
    conflicts,
  };
}

/** The level 1 a group stands under. */
function levelOfGroup(group: Group | undefined): string {
  const row = group?.members[0]?.row;
  return level1Key(row?.level1 ?? null, row?.level2 ?? null);
}

/** Ties go down the table, then by meaning: never by the order of the inputs. */
function tieOf(group: Group | undefined): string {
  const row = group?.members[0]?.row;
  const order = String(tableOrder(row?.level1 ?? null, row?.level2 ?? null)).padStart(3, "0");
  return `${order} ${group?.key ?? ""}`;
}

function nameOf(group: Group): string {
  return group.members[0]?.row.name?.trim() || "未命名指标";
}

function pointsOf(group: Group): readonly Term[] {
  return group.members.map((member) =>
    termOf(member.leaf, `indicators[${member.index}].points`, member.row.points),
  );
}

function weightTyped(group: Group, choices: RollUpChoices): string | undefined {
  const name = nameKey(nameOf(group));
  return Object.entries(choices.weights).find(([each]) => nameKey(each) === name)?.[1];
}

/** The rows without a weight, all in one conflict: they are typed in one go. */
function unweighted(groups: readonly Group[], choices: RollUpChoices): readonly Conflict[] {
  const without = groups.filter((group) => weightTyped(group, choices) === undefined);
  if (choices.points !== "weights" || without.length === 0) return [];
  const names = [...new Set(without.map((group) => `「${nameOf(group)}」`))];
  return [
    {
      code: "points",
      says: `没有给出${names.join("、")}的权重`,
      remedy: "请给出每一行的权重（--weight 指标=权重），或改用平均分配（--points equal）",
      terms: without.flatMap(pointsOf),
    },
  ];
}

function weightOf(group: Group, choices: RollUpChoices, conflicts: Conflict[]): Decimal {
  const name = nameOf(group);
  if (choices.points === "weights") {
    const typed = weightTyped(group, choices);
    const weight = parseDecimal(typed);
    if (typed === undefined || (weight && weight.units >= 0n)) return weight ?? ONE;
    conflicts.push({
      code: "points",
      says: `「${name}」的权重“${typed}”不是数字`,
      remedy: "请给出每一行的权重，或改用平均分配（--points equal）",
      terms: pointsOf(group),
    });
    return ONE;
  }
  if (choices.points === "equal") return ONE;
  const leaves = [...new Set(group.members.map((member) => member.leaf))];
  const money = moneyOf(leaves, "budget");
  if (money) return add(money, decimal(0));
  const without = leaves.filter((leaf) => leaf.budget === null).map((leaf) => `“${leaf.title}”`);
  conflicts.push({
    code: "points",
    says: `${without.join("、")}的全年预算数没有填，「${name}」的分值不能按资金分配`,
    remedy: "请补填全年预算数，或改用平均分配（--points equal）",
    terms: leaves.map((leaf) => termOf(leaf, "funds[0].adjustedBudget", null)),
  });
  return ONE;
}
