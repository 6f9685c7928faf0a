import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { contentOf, sharedRuns } from "../../text/index.ts";
import { yearPairs } from "./year-pairs.ts";

/** Ours: shorter results are alike of themselves. */
const SHORTEST = 30;
const SHORTEST_RUN = 10;
/** Ours: so much of this year's result stands in last year's (4 of 5). */
const ALIKE = [4, 5] as const;

type Figures = { project: string; years: string; percent: string; words: string };

/** Years are blanked, figures kept: new figures make a new result. */
function wording(text: string): string {
  return contentOf(text.replace(/(?:19|20)\d{2}(?=年|学年|-)/g, "")).text;
}

/** This year's result tells last year's in the same words and figures. */
export const textAlikeToLastYear: Rule = batchRule<Figures>({
  id: "text-alike-to-last-year",
  code: "AR-190",
  level: "cross-year",
  title: "完成情况与上年雷同",
  explains:
    "同一项目连续两年的实际完成情况，去掉年份后五分之四以上的文字和数字相同。延续性项目的目标可以相同，不查；文字相同而数字已更新的，相同部分会断开，一般不提示。",
  kind: "auto",
  basis: [cite("reading", "跨年雷同")],
  force: "should",
  needs: ["previousYear"],
  check: (batch) => {
    const pairs = yearPairs(batch);
    if (pairs.length === 0) return notApplicable("没有同一项目连续两年的表");
    const found: Found<Figures, BatchPlace>[] = [];
    for (const { earlier, later, earlierForm, laterForm } of pairs) {
      const before = wording(earlier.facts.achieved);
      const now = wording(later.facts.achieved);
      if (now.length < SHORTEST || before.length < SHORTEST) continue;
      let covered = 0;
      let reach = 0;
      let longest = "";
      for (const { startB, length } of sharedRuns(before, now, SHORTEST_RUN)) {
        covered += Math.max(0, startB + length - Math.max(reach, startB));
        reach = Math.max(reach, startB + length);
        if (length > longest.length) longest = now.slice(startB, startB + length);
      }
      if (covered * ALIKE[1] < now.length * ALIKE[0]) continue;
      // All figures renewed is a new result told in the old words.
      const figures = now.match(/\d+/g) ?? [];
      const old = new Set(before.match(/\d+/g) ?? []);
      if (figures.length >= 2 && figures.every((figure) => !old.has(figure))) continue;
      found.push({
        at: [
          { form: laterForm, at: "goal.achieved" },
          { form: earlierForm, at: "goal.achieved" },
        ],
        figures: {
          project: later.form.project?.trim() ?? "",
          years: `${earlier.form.year}年度和${later.form.year}年度`,
          percent: String(Math.floor((covered * 100) / now.length)),
          words: longest.length > 30 ? `${longest.slice(0, 30)}…` : longest,
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ project, years, percent, words }) =>
    `“${project}”${years}的实际完成情况雷同，本年${percent}%的文字与上年相同：“${words}”。`,
  remedy: () => "按本年实际完成的工作和数据重写实际完成情况。",
  examples: {
    fails: [
      {
        says: "只改了年份",
        given: [
          exampleForm({
            year: 2023,
            achieved:
              "2023年组织开展水源地巡查和标识维护，及时清理漂浮物，保障了城乡居民的饮水安全和水源水质稳定。",
          }),
          exampleForm({
            achieved:
              "2024年组织开展水源地巡查和标识维护，及时清理漂浮物，保障了城乡居民的饮水安全和水源水质稳定。",
          }),
        ],
      },
    ],
    passes: [
      {
        says: "说法相同，数字都已更新",
        given: [
          exampleForm({
            year: 2023,
            achieved: "2023年完成6个乡镇供水管道维护118公里，报修平均21小时处理完毕，7920名农村居民受益。",
          }),
          exampleForm({
            achieved: "2024年完成8个乡镇供水管道维护126公里，报修平均19小时处理完毕，8630名农村居民受益。",
          }),
        ],
      },
    ],
  },
});
