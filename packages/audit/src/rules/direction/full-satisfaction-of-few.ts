import { compare, decimal, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { bigramsOf, objectOf } from "../../lexicon/wording.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

const ALL = decimal(100);
/** Ours: a share of up to so many people says nothing. */
const HANDFUL = decimal(5);

/** Ours: pairs of characters two names must share to speak of the same people. */
const ENOUGH_ALIKE = 2;

type Figures = { row: string; actual: string; group: string; people: string };

/** 100 % satisfied, out of a handful of people that another row counts. */
export const fullSatisfactionOfFew: Rule = formRule<Figures>({
  id: "full-satisfaction-of-few",
  code: "AR-123",
  title: "少数几个人的100%满意",
  explains:
    "满意度完成值为100%，而本表另一行表明服务对象只有几个人，这个比率没有代表性。只在两行名称说的是同一类人时提示。",
  kind: "auto",
  basis: [cite("reading", "满意度目标")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts);
    const few = new Map<string, { index: number; title: string; people: string }>();
    for (const { facts: row, name, actualUnit, unit, title } of rows) {
      if (name.kind === "satisfaction" || !row.actual || row.actual.units <= 0n) continue;
      if ((actualUnit ?? unit) !== "people" || compare(row.actual, HANDFUL) > 0) continue;
      for (const pair of bigramsOf(objectOf(name.bare).replace(/人员|对象/g, "")))
        few.set(pair, { index: row.index, title, people: showDecimal(row.actual) });
    }
    if (few.size === 0) return outcomeOf<Figures>([]);
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, title } of rows) {
      if (name.kind !== "satisfaction" || !row.actual || compare(row.actual, ALL) !== 0) continue;
      const pairs = bigramsOf(objectOf(name.bare).replace(/人员|对象/g, ""));
      const same = pairs.map((pair) => few.get(pair)).filter((one) => one !== undefined);
      const first = same[0];
      if (!first || same.length < ENOUGH_ALIKE || same.length * 2 < pairs.length) continue;
      found.push({
        at: [place.indicator(row.index, "actual"), place.indicator(first.index, "actual")],
        figures: { row: title, actual: said(row.row.actual), group: first.title, people: first.people },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, actual, group, people }) =>
    `「${row}」的完成值为“${actual}”，而「${group}」的完成值只有${people}人，这个满意度没有代表性。`,
  remedy: ({ row }) => `写明「${row}」的调查人数；人数过少时改用访谈等方式说明。`,
  examples: {
    fails: [
      {
        says: "两名专家的满意度",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "引进特聘专家人数", "≥2人", "2人", "15", "15"],
            6: ["服务对象满意度指标", "特聘专家满意度", "≥90%", "100%", "10", "10"],
          }),
        }),
      },
    ],
    passes: [
      { says: "人数足够", given: exampleForm() },
      {
        says: "少数人与满意度说的不是同一类人",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "聘用管水员人数", "≥3人", "3人", "15", "15"] }),
        }),
      },
    ],
  },
});
