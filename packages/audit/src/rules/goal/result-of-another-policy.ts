import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { contentPairs, sharedPairs } from "../../text/index.ts";
import { goalStories, opening } from "./goal-story.ts";

/** Telling pairs a text needs before its subject can be named. Ours. */
const FEWEST_PAIRS = 12;
/** Share of the shorter text's pairs that both have, in percent, below which they speak of different things. Ours. */
const NOTHING_SHARED = 5;
/** Share that leaves a doubt. Ours. */
const HARDLY_SHARED = 12;

type Said = { goal: string; result: string; about: string; instead: string };

/** AR-112: the result reports another policy than the goal. */
export const resultOfAnotherPolicy = formRule<Said>({
  id: "result-of-another-policy",
  code: "AR-112",
  title: "完成情况所述与目标不是同一件事",
  explains:
    "去掉通用词和本单位、本地名称后，比较目标与完成情况的实词：几乎没有共同内容，完成情况又与项目名称、指标名称几乎无关的，指出；与目标相差较远而与指标还有联系的，请人核对。过短的文字不判断。",
  kind: "assist",
  basis: [cite("reading", "政策不符")],
  force: "should",
  needs: ["goal", "achieved"],
  check({ form }) {
    const stories = goalStories(form);
    if (stories.length === 0) return notApplicable("没有成对的目标和完成情况");
    // Names of the unit and its place stand in every text of the form and prove nothing.
    const own = contentPairs(`${form.unit ?? ""} ${form.department ?? ""} ${form.jurisdiction ?? ""}`);
    const without = (pairs: ReadonlySet<string>): Set<string> =>
      new Set([...pairs].filter((pair) => !own.has(pair)));
    const names = without(
      contentPairs([form.project ?? "", ...form.indicators.map(({ name }) => name ?? "")].join(" ")),
    );
    const found: Found<Said>[] = [];
    const unclear: Doubt[] = [];
    let seen = 0;
    for (const { expected, achieved, expectedPairs, achievedPairs } of stories) {
      const goal = without(expectedPairs.all);
      const result = without(achievedPairs);
      const shorter = Math.min(goal.size, result.size);
      if (shorter < FEWEST_PAIRS) continue;
      seen += 1;
      const shared = (sharedPairs(goal, result) * 100) / shorter;
      if (shared >= HARDLY_SHARED) continue;
      const named = (sharedPairs(names, result) * 100) / Math.max(1, Math.min(names.size, result.size));
      if (shared < NOTHING_SHARED && named < HARDLY_SHARED) {
        found.push({
          at: [achieved.at, expected.at],
          figures: {
            goal: expected.name,
            result: achieved.name,
            about: opening(expected.text, 30),
            instead: opening(achieved.text, 30),
          },
        });
      } else {
        unclear.push({
          at: [achieved.at, expected.at],
          why: `${achieved.name}“${opening(achieved.text, 30)}”与目标“${opening(expected.text, 30)}”少有共同内容，请核对是否同一事项`,
        });
      }
    }
    return seen === 0 ? notApplicable("目标或完成情况过短，不能判断") : outcomeOf(found, unclear);
  },
  message: ({ result, about, instead }) =>
    `目标写的是“${about}”，${result}写的是“${instead}”，两者几乎没有共同内容。`,
  remedy: ({ result }) => `对照本项目的目标改写${result}；如政策已经调整，说明调整依据和原目标的处理。`,
  examples: {
    fails: [
      {
        says: "目标是供水，结果写的是另一项政策",
        given: exampleForm({
          achieved:
            "兑现电商物流园租金减免，引导快递网点入驻，举办直播带货节，助力特产销往外省，园区商户活跃度上升。",
        }),
      },
    ],
    passes: [
      { says: "目标和结果说的是同一件事", given: exampleForm() },
      { says: "文字太短不判断", given: exampleForm({ expected: "保障供水。", achieved: "已完成。" }) },
    ],
  },
});
