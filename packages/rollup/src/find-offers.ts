import { equals, isZero, parseDecimal, place } from "@jiheng/domain";
import type { Offer, RollUpChoices } from "./derivation.ts";
import type { Group } from "./join-rows.ts";
import { level1Key, level2Key } from "./lexicon/levels.ts";
import { coreOf, likeness, nameKey } from "./lexicon/names.ts";
import { unitOf } from "./lexicon/units.ts";

const LONGEST = 400;

function nameOf(group: Group): string {
  return group.members[0]?.row.name?.trim() ?? "";
}

function baseOf(group: Group): string | null {
  const unit = group.members[0]?.row.target.unit ?? group.members[0]?.row.actual.unit ?? null;
  return unit === null ? null : unitOf(unit).base;
}

/** Rows that may mean the same, better weights and objects that may be counted twice: offered with the reason, never done. */
export function findOffers(
  groups: readonly Group[],
  weighted: ReadonlySet<number>,
  choices: RollUpChoices,
): readonly Offer[] {
  const offers: Offer[] = [];
  const apart = new Set(choices.apart.map(nameKey));
  const byLevel = new Map<string, number[]>();
  for (const [index, group] of groups.entries()) {
    const row = group.members[0]?.row;
    if (!row || nameOf(group) === "") continue;
    const level = `${group.parent}|${level1Key(row.level1, row.level2)}|${level2Key(row.level2)}`;
    byLevel.set(level, [...(byLevel.get(level) ?? []), index]);
  }
  for (const indexes of [...byLevel.values()].flatMap((list) => comparedTogether(list, groups)))
    for (const [order, index] of indexes.entries())
      for (const other of indexes.slice(order + 1)) {
        const [a, b] = [groups[index], groups[other]];
        if (!a || !b || apart.has(nameKey(nameOf(a))) || apart.has(nameKey(nameOf(b)))) continue;
        const why = whyMerge(a, b);
        if (why === null) continue;
        const titles = [a, b].map(
          (group) => `「${nameOf(group)}」（${group.members.map((each) => each.leaf.title).join("、")}）`,
        );
        offers.push({
          kind: "merge",
          at: [place.indicator(index, "name"), place.indicator(other, "name")],
          says: `${titles.join("与")}可能是同一指标：${why}；确认后用 --merge ${nameOf(a)}=${nameOf(b)} 合并`,
          accept: [nameOf(a), nameOf(b)],
        });
      }
  for (const index of weighted) {
    const group = groups[index];
    const counted = group && countedRow(group, groups);
    if (!group || !counted) continue;
    offers.push({
      kind: "weight",
      at: [place.indicator(index, "actual")],
      says: `「${nameOf(group)}」按全年执行数加权；各项目都有「${nameOf(counted)}」，如它是分母，可用 --denominator ${nameOf(group)}=${nameOf(counted)} 按它加权`,
      accept: [nameOf(group), nameOf(counted)],
    });
  }
  for (const [index, group] of groups.entries()) {
    if (!sameFigures(group) || choices.once.some((name) => nameKey(name) === nameKey(nameOf(group))))
      continue;
    offers.push({
      kind: "once",
      at: [place.indicator(index, "target"), place.indicator(index, "actual")],
      says: `「${nameOf(group)}」在${group.members.map((each) => each.leaf.title).join("、")}中数值完全相同，如是同一批对象，相加会重复；可用 --once ${nameOf(group)} 只计一次`,
      accept: [nameOf(group), nameOf(group)],
    });
  }
  return offers;
}

/** In a very long list every row is held only against those of the same core: nobody could go through the rest. */
function comparedTogether(
  indexes: readonly number[],
  groups: readonly Group[],
): readonly (readonly number[])[] {
  if (indexes.length <= LONGEST) return [indexes];
  const byCore = new Map<string, number[]>();
  for (const index of indexes) {
    const group = groups[index];
    if (!group) continue;
    const core = coreOf(nameOf(group)) || nameOf(group);
    byCore.set(core, [...(byCore.get(core) ?? []), index]);
  }
  return [...byCore.values()];
}

function whyMerge(a: Group, b: Group): string | null {
  const [first, second] = [a.members[0]?.kind, b.members[0]?.kind];
  if (first !== second) return null;
  if (nameKey(nameOf(a)) === nameKey(nameOf(b))) {
    const [one, two] = [a.members[0]?.row.target.text ?? "空白", b.members[0]?.row.target.text ?? "空白"];
    return first === "words"
      ? `名称相同，年度指标值的文字不同（“${one}”与“${two}”）`
      : "名称相同，在同一张表里列了两行";
  }
  if (first !== "words" && first !== "date" && baseOf(a) !== baseOf(b)) return null;
  return likeness(nameOf(a), nameOf(b));
}

const MONEY_UNIT = "元";
/** A growth is a share of last year's figure, which no row of this year counts. */
const GROWTH = /增|降|减|升/;

/** A counted row that every project of a rate has and whose name shares an object with it. */
function countedRow(rate: Group, groups: readonly Group[]): Group | null {
  const object = nameKey(nameOf(rate)).slice(0, 2);
  if (GROWTH.test(nameOf(rate))) return null;
  const fitting = groups.filter(
    (group) =>
      group !== rate &&
      group.members[0]?.kind === "quantity" &&
      baseOf(group) !== MONEY_UNIT &&
      nameKey(nameOf(group)).includes(object) &&
      rate.members.every(({ leaf }) =>
        group.members.some(
          (member) => member.leaf === leaf && (parseDecimal(member.row.actual.value)?.units ?? 0n) > 0n,
        ),
      ),
  );
  return (
    fitting.find((group) => level2Key(group.members[0]?.row.level2 ?? null) === "数量") ?? fitting[0] ?? null
  );
}

/** Whether several projects print the very same target and actual of something counted. */
function sameFigures(group: Group): boolean {
  const [first] = group.members;
  if (!first || group.members.length < 2 || first.kind !== "quantity") return false;
  const target = parseDecimal(first.row.target.value);
  const actual = parseDecimal(first.row.actual.value);
  if (!target || !actual || isZero(target) || isZero(actual)) return false;
  return group.members.every(({ row }) => {
    const [a, b] = [parseDecimal(row.target.value), parseDecimal(row.actual.value)];
    return a !== null && b !== null && equals(a, target) && equals(b, actual);
  });
}
