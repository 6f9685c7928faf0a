import { type Place, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { factsOf, type RowFacts, sameFigure } from "../../facts/form-facts.ts";
import { type RowMeaning, rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { sameUnit } from "../../lexicon/units.ts";
import { bareWords, bigramsOf } from "../../lexicon/wording.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { count: string; list: string; advice: string };

/** How many differences of one kind a message spells out; the rest are counted. */
const MOST_NAMED = 8;

function sameTarget(a: RowFacts, b: RowFacts): boolean {
  if (!a.target || !b.target) return bareWords(a.row.target.text) === bareWords(b.row.target.text);
  if (!sameFigure(a.target, b.target) || a.comparison !== b.comparison) return false;
  const [first, second] = [a.row.target.unit, b.row.target.unit];
  return first === null || second === null || sameUnit(first, second);
}

/** Every character of the shorter name in the order of the longer: 改造食堂数 and 改造学校食堂数. */
function isWithin(short: string, long: string): boolean {
  let at = 0;
  for (const sign of short) {
    at = long.indexOf(sign, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** How alike two names are, from 0 to 1; 0 where they are no two spellings of one indicator. */
function likeness(a: RowMeaning, b: RowMeaning): number {
  const [one, other] = [a.name.bare, b.name.bare];
  if (a.category !== null && b.category !== null && a.category !== b.category) return 0;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const [p, q] = [new Set(bigramsOf(one)), new Set(bigramsOf(other))];
  let common = 0;
  for (const pair of p) if (q.has(pair)) common += 1;
  const shared = p.size + q.size === 0 ? 0 : (2 * common) / (p.size + q.size);
  const within = short.length >= 3 && short.length * 2 >= long.length && isWithin(short, long);
  return within ? Math.max(shared, 0.6) : shared;
}

/** Ours: below this two names are two indicators. */
const ALIKE = 0.6;

/** Pairs what the form added with what it left out where the names are near: probably one indicator under two names. */
function nearNames(
  added: readonly RowMeaning[],
  missing: readonly RowMeaning[],
): readonly (readonly [RowMeaning, RowMeaning])[] {
  const all = added.flatMap((one) =>
    missing.map((other) => ({ one, other, like: likeness(one, other) })).filter(({ like }) => like >= ALIKE),
  );
  const taken = new Set<RowMeaning>();
  const pairs: (readonly [RowMeaning, RowMeaning])[] = [];
  for (const { one, other } of all.sort((a, b) => b.like - a.like)) {
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one).add(other);
    pairs.push([one, other]);
  }
  return pairs;
}

function named(parts: readonly string[], joint: string): string {
  const rest = parts.length > MOST_NAMED ? `等${parts.length}项` : "";
  return parts.slice(0, MOST_NAMED).join(joint) + rest;
}

/** Targets are those approved with the budget: none changed, none left out, none added. */
export const targetDiffersFromApproved: Rule = formRule<Figures>({
  id: "target-differs-from-approved",
  code: "AR-40",
  title: "指标值与批复的绩效目标不一致",
  explains:
    "按指标名称逐行核对随预算批复的绩效目标：指标值改变、批复的指标没有列出、列出了没有批复的指标，一张表合为一条；名称相近的一增一缺成对列出，多半是同一指标换了名称。需要提供批复的绩效目标。",
  kind: "auto",
  basis: [cite("reviewers", "批复一致"), cite("mof-2015-88", "目标批复")],
  force: "pack",
  needs: ["indicators", "approvedTargets"],
  check: ({ facts, context }) => {
    const approvedForm = context.approvedTargets;
    if (!approvedForm) return notApplicable("没有提供批复的绩效目标");
    const approved = new Map<string, RowMeaning[]>();
    for (const one of rowMeanings(factsOf(approvedForm))) {
      const { bare } = one.name;
      if (bare === "") continue;
      const list = approved.get(bare);
      if (list) list.push(one);
      else approved.set(bare, [one]);
    }
    if (approved.size === 0) return notApplicable("批复的绩效目标中没有指标");
    const at: Place[] = [];
    const changed: string[] = [];
    const added: RowMeaning[] = [];
    for (const meaning of rowMeanings(facts)) {
      const { facts: row, name, title } = meaning;
      const list = approved.get(name.bare);
      if (!list || list.length === 0) {
        if (name.bare !== "") added.push(meaning);
        continue;
      }
      // Several rows of one name pair up with an equal target first.
      const equal = list.findIndex((one) => sameTarget(row, one.facts));
      const [one] = list.splice(Math.max(equal, 0), 1);
      if (equal >= 0 || !one) continue;
      at.push(place.indicator(row.index, "target"));
      changed.push(
        `「${title}」的年度指标值为“${said(row.row.target)}”，批复的是“${said(one.facts.row.target)}”`,
      );
    }
    const missing = [...approved.values()].flat();
    const near = nearNames(added, missing);
    const paired = new Set(near.flat());
    const renamed = near.map(([own, other]) => {
      const [mine, theirs] = [said(own.facts.row.target), said(other.facts.row.target)];
      return sameTarget(own.facts, other.facts)
        ? `「${own.title}」批复的是「${other.title}」（${theirs}），名称相近`
        : `「${own.title}」（${mine}）批复的是「${other.title}」（${theirs}），名称相近而指标值不同`;
    });
    const extra = added.filter((one) => !paired.has(one));
    const gone = missing.filter((one) => !paired.has(one));
    for (const { facts: row } of added) at.push(place.indicator(row.index, "target"));
    if (gone.length > 0) at.push("indicators");
    const count = changed.length + near.length + extra.length + gone.length;
    if (count === 0) return outcomeOf<Figures>([]);
    const told = (list: readonly RowMeaning[]): string =>
      named(
        list.map(({ title, facts: { row } }) => `「${title}」（${said(row.target)}）`),
        "、",
      );
    const parts = [
      named(changed, "；"),
      named(renamed, "；"),
      extra.length > 0 ? `${told(extra)}不在批复的绩效目标中` : "",
      gone.length > 0 ? `批复的指标${told(gone)}没有列入` : "",
    ].filter((part) => part !== "");
    const advice = [
      changed.length > 0 || extra.length > 0 ? "按批复填写" : "",
      near.length > 0 ? "名称相近的确认是否同一指标，改用批复的名称" : "",
      gone.length > 0 ? "补列没有列入的指标并填写完成值" : "",
    ].filter((part) => part !== "");
    return outcomeOf<Figures>([
      { at, figures: { count: String(count), list: parts.join("；"), advice: advice.join("，") } },
    ]);
  },
  message: ({ count, list }) =>
    count === "1" ? `${list}。` : `指标与批复的绩效目标有${count}处不一致：${list}。`,
  remedy: ({ advice }) => `${advice}；确有调整的，附调整的批准文件。`,
  examples: {
    fails: [
      {
        says: "自评时把目标改低",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥100公里", "126公里", "15", "15"] }),
        }),
        context: { approvedTargets: exampleForm() },
      },
    ],
    passes: [
      { says: "与批复一致", given: exampleForm(), context: { approvedTargets: exampleForm() } },
      {
        says: "写法不同而数值相同",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", "≥95.00(%)", "97%", "15", "15"] }),
        }),
        context: { approvedTargets: exampleForm() },
      },
    ],
  },
});
