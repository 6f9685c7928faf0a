import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type RowMeaning, rowMeanings } from "../../lexicon/row-meaning.ts";
import { bareWords, bigramsOf, objectOf } from "../../lexicon/wording.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; other: string; why: string };

/** In a form of very many rows a shared pair of characters says little; groups beyond this size are left alone. */
const LARGEST_GROUP = 12;
const TIMELY_WORDS = /及时率|及时性|按时完成|按期完成|及时完成|及时|按时|按期|完成率|完成|率|性|情况/g;
/** Ours: shorter objects are contained in too many names. */
const SHORTEST_OBJECT = 4;

/** Whether all characters of `short` stand in `long` in their order. */
function within(short: string, long: string): boolean {
  let at = 0;
  for (const sign of long) if (sign === short.charAt(at)) at += 1;
  return at === short.length;
}

/** One count under "=" and again under "≥". */
function sameCount(a: RowMeaning, b: RowMeaning): boolean {
  const { target: first, actual: firstActual, comparison: firstSign } = a.facts;
  const { target: second, actual: secondActual, comparison: secondSign } = b.facts;
  if (!first || !second || !firstActual || !secondActual) return false;
  if (!(firstSign === "=" && secondSign === "≥") && !(firstSign === "≥" && secondSign === "=")) return false;
  if (a.unit === "percent" || b.unit === "percent") return false;
  return (
    showDecimal(first) === showDecimal(second) &&
    showDecimal(firstActual) === showDecimal(secondActual) &&
    (a.facts.row.target.unit ?? "") === (b.facts.row.target.unit ?? "")
  );
}

/** Target and actual alike to the digit. */
function sameFigures(a: RowMeaning, b: RowMeaning): boolean {
  const { target: first, actual: firstActual, comparison } = a.facts;
  const { target: second, actual: secondActual } = b.facts;
  if (!first || !second || !firstActual || !secondActual || comparison !== b.facts.comparison) return false;
  return showDecimal(first) === showDecimal(second) && showDecimal(firstActual) === showDecimal(secondActual);
}

function synonymous(a: RowMeaning, b: RowMeaning): string | null {
  if (a.name.bare === b.name.bare) return null;
  if (sameCount(a, b))
    return `指标值和完成值都是${a.facts.row.actual.text ?? ""}，一行用“${a.facts.comparison}”，一行用“${b.facts.comparison}”，像是同一个数量`;
  if ((a.facts.target || b.facts.target) && !sameFigures(a, b)) return null;
  if (a.category === "timeliness" && b.category === "timeliness") {
    const first = a.name.bare.replace(TIMELY_WORDS, "");
    const second = b.name.bare.replace(TIMELY_WORDS, "");
    if (first !== "" && second !== "" && (first.includes(second) || second.includes(first)))
      return "都是同一事项是否及时完成";
    return null;
  }
  const target = bareWords(a.facts.row.target.text);
  if (target === "" || target !== bareWords(b.facts.row.target.text)) return null;
  const first = a.name.bare.replace(/(?:提升|提高|改善|增强|效率|水平|程度|情况|性|度)/g, "");
  const second = b.name.bare.replace(/(?:提升|提高|改善|增强|效率|水平|程度|情况|性|度)/g, "");
  const [short, long] = first.length <= second.length ? [first, second] : [second, first];
  return short.length >= SHORTEST_OBJECT && within(short, long)
    ? `指标值都是“${a.facts.row.target.text?.trim()}”，名称近义`
    : null;
}

/** Two rows of one category that ask nearly the same. */
export const nearSynonyms: Rule = formRule<Figures>({
  id: "near-synonyms",
  code: "AR-136",
  title: "含义相近的指标",
  explains:
    "同一二级类别下，同一数量一行用“=”一行用“≥”；同一事项的几种及时性；名称只差修饰词、指标值相同的文字指标。名称含义是否相同由人工最终判断。",
  kind: "assist",
  basis: [cite("reading", "近似指标")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const groups: RowMeaning[][] = [];
    const byKind = new Map<string, Map<string, RowMeaning[]>>();
    for (const row of rowMeanings(facts)) {
      if (row.name.bare === "" || row.category === null) continue;
      const kind = `${row.facts.row.goal}|${row.category}`;
      const byPair = byKind.get(kind) ?? new Map<string, RowMeaning[]>();
      byKind.set(kind, byPair);
      for (const pair of bigramsOf(
        row.category === "timeliness" ? row.name.bare : objectOf(row.name.bare) + row.name.bare,
      )) {
        const group = byPair.get(pair);
        if (!group) {
          const begun = [row];
          groups.push(begun);
          byPair.set(pair, begun);
        } else if (group.at(-1) !== row) group.push(row);
      }
    }
    const found: Found<Figures>[] = [];
    const said = new Set<number>();
    for (const group of groups) {
      if (group.length < 2 || group.length > LARGEST_GROUP) continue;
      for (const [i, a] of group.entries()) {
        for (const b of group.slice(i + 1)) {
          const key = a.facts.index * facts.rows.length + b.facts.index;
          if (said.has(key)) continue;
          said.add(key);
          const why = synonymous(a, b);
          if (why === null) continue;
          found.push({
            at: [place.indicator(b.facts.index, "name"), place.indicator(a.facts.index, "name")],
            figures: { row: a.title, other: b.title, why },
          });
        }
      }
    }
    return outcomeOf(
      found.sort((x, y) => (x.at[0] ?? "").localeCompare(y.at[0] ?? "", "en", { numeric: true })),
    );
  },
  message: ({ row, other, why }) => `「${row}」与「${other}」含义相近：${why}。`,
  remedy: ({ row, other }) => `合并「${row}」与「${other}」，或写明两者衡量的不同对象。`,
  examples: {
    fails: [
      {
        says: "一个次数列了两遍",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "巡河次数", "=12次", "12次", "8", "8"],
            2: ["数量指标", "巡河活动开展情况", "≥12次", "12次", "7", "7"],
          }),
        }),
      },
      {
        says: "两行都问同一事项是否及时",
        given: exampleForm({
          rows: withRows({
            2: ["时效指标", "助学金发放及时性", "及时", "及时", "15", "15"],
            3: ["时效指标", "助学金按时发放情况", "及时", "及时", "10", "10"],
          }),
        }),
      },
    ],
    passes: [
      { says: "各问各的", given: exampleForm() },
      {
        says: "小学与初中是两个对象，数值不同",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "小学受助学生人数", "≥120人", "130人", "8", "8"],
            2: ["数量指标", "初中受助学生人数", "≥80人", "92人", "7", "7"],
          }),
        }),
      },
    ],
  },
});
