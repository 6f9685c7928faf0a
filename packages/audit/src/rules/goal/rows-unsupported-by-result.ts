import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { contentPairs, countedNoun, sharedPairs } from "../../text/index.ts";
import { keyOf } from "../narrative/count-joins.ts";
import { goalStories } from "./goal-story.ts";

const MOST_NAMED = 5;
/** So many different telling pairs in the names do not all miss the text by a mere choice of words. Ours. */
const ENOUGH_PAIRS = 8;
/** A result text with fewer telling pairs cannot be held against rows. Ours. */
const FEWEST_PAIRS = 10;

/** A name with fewer telling pairs (享受补贴人数) could be anything. Ours. */
const FEWEST_NAME_PAIRS = 2;

type Said = { rows: string; count: string };

/** AR-117: output rows reported as met of which the result text says nothing. */
export const rowsUnsupportedByResult = formRule<Said>({
  id: "rows-unsupported-by-result",
  code: "AR-117",
  title: "指标全部达成，完成情况却不支撑",
  explains:
    "看满分的数量指标：名称中的实词在完成情况中一个也没有出现、完成值也没有出现的。名称只有通用词的不看。所有数量指标都得不到印证的，指出；部分得不到印证的，列出请人核对。完成情况太短的不判断。",
  kind: "assist",
  basis: [cite("reading", "结果不支撑")],
  force: "should",
  needs: ["indicators", "achieved"],
  check({ form, facts }) {
    const stories = goalStories(form);
    const achieved = new Set(stories.flatMap(({ achievedPairs }) => [...achievedPairs]));
    if (achieved.size < FEWEST_PAIRS) return notApplicable("完成情况过短，不能判断");
    const said = new Set(
      stories.flatMap((story) => story.achieved.quantities.map(({ value }) => keyOf(value))),
    );
    const rows = facts.rows.filter(
      ({ row, lostPoints, name }) =>
        /数量/.test(row.level2 ?? "") &&
        lostPoints !== true &&
        row.actual.text !== null &&
        contentPairs(countedNoun(name)).size >= FEWEST_NAME_PAIRS,
    );
    if (rows.length === 0) return notApplicable("没有满分的数量指标");
    const loose = rows.filter(
      ({ name, actual }) =>
        !(actual && said.has(keyOf(actual))) && sharedPairs(contentPairs(countedNoun(name)), achieved) === 0,
    );
    if (loose.length === 0) return outcomeOf<Said>([]);
    const named =
      loose
        .slice(0, MOST_NAMED)
        .map(({ row }) => `「${row.name}」${row.actual.text}`)
        .join("、") + (loose.length > MOST_NAMED ? `等${loose.length}行` : "");
    const at = loose.map(({ index }) => place.indicator(index, "actual"));
    const found: Found<Said>[] =
      loose.length === rows.length &&
      rows.length > 1 &&
      new Set(loose.flatMap(({ name }) => [...contentPairs(countedNoun(name))])).size >= ENOUGH_PAIRS
        ? [{ at, figures: { rows: named, count: String(loose.length) } }]
        : [];
    const unclear: Doubt[] =
      found.length > 0 ? [] : [{ at, why: `${named}为满分，完成情况没有提到相应工作，请核对` }];
    return outcomeOf(found, unclear);
  },
  message: ({ rows, count }) => `${count}行数量指标均为满分（${rows}），完成情况没有一处提到相应工作。`,
  remedy: () => "在实际完成情况中写明各项产出，或核对这些指标是否确已完成。",
  examples: {
    fails: [
      {
        says: "数量指标没有一项在完成情况中提到",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "古树名木复壮株数", "≥30株", "30株", "15", "15"],
            2: ["数量指标", "林区防火瞭望塔数量", "≥4座", "4座", "15", "15"],
          }),
        }),
      },
      {
        says: "一部分数量指标没有提到，请人核对",
        given: exampleForm({
          rows: withRows({ 2: ["数量指标", "林区防火瞭望塔数量", "≥4座", "4座", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "数量指标都有提到", given: exampleForm() },
      { says: "完成情况太短", given: exampleForm({ achieved: "已按计划完成。" }) },
    ],
  },
});
