import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { periodsOf, type Quantity, sharedPairs, unitFamily } from "../../text/index.ts";
import { keyOf } from "../narrative/count-joins.ts";
import { goalStories, opening, passagesOf, withoutTitles } from "./goal-story.ts";

/** A passage of the goal with fewer telling pairs than this is too short to be missed. Ours. */
const FEWEST_PAIRS = 6;
/** Share of a passage's pairs that the result must have for the passage to count as reported, in percent. Ours. */
const SPOKEN_OF = 12;
/** Below this share a sentence of the goal is put before a person. Ours. */
const HARDLY_SPOKEN_OF = 20;
const MOST_NAMED = 6;
const BACKGROUND =
  /^(?:为(?!了?[0-9])|为了|根据|依据|按照|通过.{0,6}$|随着|在.{0,40}(?:下|基础上)|充分认识|深入贯彻)/;

/** What is hoped for, not what will be done. */
const EFFECT =
  /^(?:进一步|不断|持续|有效|切实|全面|更好地?|逐步|最终|从而|以)*(?:提升|提高|增强|改善|控制|稳定|保障|促进|推动|优化|缓解|确保|保证|维护|营造|助力|巩固|满足|增加|扩大|减少|降低|实现|带动|发挥|激发|形成|打造|充分认识|为.{2,24}(?:提供|奠定|打下|注入))/;

type Said = { goal: string; passage: string; figures: string; count: string };

function share(pairs: ReadonlySet<string>, result: ReadonlySet<string>): number {
  return pairs.size === 0 ? 100 : (sharedPairs(pairs, result) * 100) / pairs.size;
}

/** The passage without the documents it begins by citing. */
function substance(text: string): string {
  const bare = withoutTitles(text).replace(
    /^[\s,，、]*(?:根据|按照|依据|贯彻落实|贯彻|落实)[\s、和及与(（)）的,，]*(?:通知|意见|文件|精神|要求|规定)?[\s、和及与(（)）的,，]*/,
    "",
  );
  return bare.trim() === "" ? text : bare;
}

/** AR-110: what the goal promises with figures, and the result does not mention. */
export const promiseNotReported = formRule<Said>({
  id: "promise-not-reported",
  code: "AR-110",
  title: "目标承诺的事项在完成情况中没有交代",
  explains:
    "逐段、逐句看目标：写有两个以上数量或金额的段落，其数字在完成情况和指标完成值中一个也没有、内容也几乎不提的，指出；其余几乎没有提到的句子列出请人核对。政策依据、背景说明、所期望的效果和引用的文件名不算承诺。",
  kind: "assist",
  basis: [cite("reading", "目标未报告"), cite("mof-2020-10", "自评内容")],
  force: "should",
  needs: ["goal", "achieved"],
  check({ form, facts }) {
    const stories = goalStories(form);
    if (stories.length === 0) return notApplicable("没有成对的目标和完成情况");
    const actuals = new Set(
      facts.rows.flatMap(({ actual, row }) =>
        actual ? [`${keyOf(actual)} ${unitFamily((row.actual.unit ?? "").replace(/[()（）]/g, ""))}`] : [],
      ),
    );
    const found: Found<Said>[] = [];
    const unclear: Doubt[] = [];
    for (const { expected, achieved, expectedPairs, achievedPairs } of stories) {
      const said = new Set(achieved.quantities.map(({ value }) => keyOf(value)));
      const reported = (quantity: Quantity): boolean =>
        said.has(keyOf(quantity.value)) || actuals.has(`${keyOf(quantity.value)} ${quantity.family}`);
      const missing: string[] = [];
      for (const paragraph of passagesOf(expected)) {
        const pairs = expectedPairs.between(paragraph.start, paragraph.end);
        const promised = paragraph.quantities.filter(
          ({ kind, worded }) => !worded && (kind === "money" || kind === "count"),
        );
        if (
          promised.length > 1 &&
          pairs.size >= FEWEST_PAIRS &&
          !promised.some(reported) &&
          share(pairs, achievedPairs) < SPOKEN_OF
        ) {
          found.push({
            at: [achieved.at, expected.at],
            figures: {
              goal: expected.name,
              passage: opening(substance(paragraph.text), 40),
              figures: [...new Set(promised.map(({ raw }) => raw))].slice(0, MOST_NAMED).join("、"),
              count: String(promised.length),
            },
          });
          continue;
        }
        for (const sentence of periodsOf(paragraph.text)) {
          const own = expectedPairs.between(paragraph.start + sentence.start, paragraph.start + sentence.end);
          if (own.size < FEWEST_PAIRS || BACKGROUND.test(sentence.text)) continue;
          if (EFFECT.test(sentence.text) && !/[0-9０-９]/.test(sentence.text)) continue;
          if (share(own, achievedPairs) < HARDLY_SPOKEN_OF)
            missing.push(opening(substance(sentence.text), 28));
        }
      }
      if (missing.length > 0) {
        const more = missing.length > MOST_NAMED ? `等${missing.length}句` : "";
        unclear.push({
          at: [achieved.at, expected.at],
          why: `${expected.name}中${missing
            .slice(0, MOST_NAMED)
            .map((words) => `“${words}”`)
            .join("、")}${more}，完成情况几乎没有提到，请核对是否已完成、是否漏报`,
        });
      }
    }
    return outcomeOf(found, unclear);
  },
  message: ({ goal, passage, figures, count }) =>
    `${goal}写有“${passage}”（${figures}等${count}个数），完成情况中一个数也没有，内容也没有提到。`,
  remedy: ({ passage }) => `补充“${passage}”的完成结果；没有实施的说明原因。`,
  examples: {
    fails: [
      {
        says: "一段写有数量和经费的工作完全没有交代",
        given: exampleForm({
          expected:
            "全年维护管道120公里以上，8000名居民用水得到保障。\n对72座老旧水塔开展鉴定加固，聘请检测单位驻场，安排加固材料费43万元，逐座出具鉴定结论。",
        }),
      },
      {
        says: "一项活动几乎没有提到，请人核对",
        given: exampleForm({
          expected: "全年维护管道120公里以上。组织青少年节水夏令营，编印中小学节水读本并送书进校园。",
        }),
      },
    ],
    passes: [
      { says: "目标各项都有交代", given: exampleForm() },
      {
        says: "指标完成值里有交代",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "老旧水塔加固数量", "≥72座", "72座", "15", "15"] }),
          expected: "全年维护管道120公里以上。\n加固72座水塔，安排2名驻场监理。",
        }),
      },
    ],
  },
});
