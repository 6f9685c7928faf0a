import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { keyOf } from "../narrative/count-joins.ts";
import { type Copied, copyMapOf, goalStories, opening, passagesOf } from "./goal-story.ts";

/** A run of this many characters does not arise by chance, whatever stands around it. Ours. */
const LONG_RUN = 50;
/** A paragraph of the result counts as copied when this share of it, in percent, stands in the goal. Ours. */
const COPIED_SHARE = 80;
/** Shorter paragraphs are headings or set phrases. Ours. */
const SHORTEST_PARAGRAPH = 12;

/** An item of a list below this length that states a figure reports it, where other items report new ones. Ours. */
const SHORT_ITEM = 40;

type Said = {
  result: string;
  longest: string;
  covered: string;
  total: string;
  share: string;
  sample: string;
};

function figuresOf(result: string, part: Copied): Said {
  return {
    result,
    longest: String(part.longest),
    covered: String(part.covered),
    total: String(part.total),
    share: String(Math.round((part.covered * 100) / Math.max(1, part.total))),
    sample: opening(part.sample, 30),
  };
}

/** AR-111: the result repeats the goal word for word. */
export const resultCopiesGoal = formRule<Said>({
  id: "result-copies-goal",
  code: "AR-111",
  title: "完成情况照抄预期目标",
  explains:
    "不计空白、标点和全角半角，找出完成情况与目标连续相同的文字。连续50字以上相同，或某一段八成以上相同而没有写出新的数字的，指出并给出最长的一段和所占比例。《》内的文件名不算；换了数字的报告不算照抄，分项报告中恰好完成的短项也不算。",
  kind: "auto",
  basis: [cite("reading", "结果照抄目标")],
  force: "should",
  needs: ["goal", "achieved"],
  check({ form }) {
    const stories = goalStories(form);
    if (stories.length === 0) return notApplicable("没有成对的目标和完成情况");
    const found: Found<Said>[] = [];
    for (const { expected, achieved } of stories) {
      const copies = copyMapOf(expected.text, achieved.text);
      const whole = copies.partOf(0, achieved.text.length);
      if (whole.longest >= LONG_RUN) {
        found.push({ at: [achieved.at, expected.at], figures: figuresOf(achieved.name, whole) });
        continue;
      }
      if (whole.longest === 0) continue;
      const promised = new Set(expected.quantities.map(({ value }) => keyOf(value)));
      const paragraphs = passagesOf(achieved);
      const isNew = ({ kind, value }: (typeof expected.quantities)[number]): boolean =>
        kind !== "label" && !promised.has(keyOf(value));
      const reports = paragraphs.some(({ quantities }) => quantities.some(isNew));
      for (const paragraph of paragraphs) {
        const part = copies.partOf(paragraph.start, paragraph.end);
        if (part.total < SHORTEST_PARAGRAPH || part.covered * 100 < part.total * COPIED_SHARE) continue;
        if (paragraph.quantities.some(isNew)) continue;
        // A target just reached reads like the target.
        if (reports && part.total < SHORT_ITEM && paragraph.quantities.some(({ kind }) => kind !== "label"))
          continue;
        const name =
          paragraphs.length > 1 ? `${achieved.name}“${opening(paragraph.text, 16)}”一段` : achieved.name;
        found.push({ at: [achieved.at, expected.at], figures: figuresOf(name, part) });
      }
    }
    return outcomeOf(found);
  },
  message: ({ result, longest, covered, total, share, sample }) =>
    `${result}照抄目标：连续${longest}字与目标相同（“${sample}”），不计文件名共${total}字，其中${covered}字（${share}%）是目标原文。`,
  remedy: ({ result }) => `把${result}改写为实际做了什么、做了多少、取得什么结果，不重复目标的措辞。`,
  examples: {
    fails: [
      {
        says: "大段照抄，标点全半角不同",
        given: exampleForm({
          expected:
            "围绕农村供水安全，健全县、乡、村三级管护队伍，落实管护责任和经费，定期开展管网巡检、水质检测和设施维修，建立报修台账，及时处理用水户诉求，稳步提高供水保证率。",
          achieved:
            "围绕农村供水安全,健全县、乡、村三级管护队伍,落实管护责任和经费,定期开展管网巡检、水质检测和设施维修,建立报修台账,及时处理用水户诉求,稳步提高供水保证率。",
        }),
      },
      {
        says: "短目标原样作为结果",
        given: exampleForm({
          expected: "保障山区学生喝上干净的自来水。",
          achieved: "保障山区学生喝上干净的自来水。",
        }),
      },
    ],
    passes: [
      { says: "用自己的话和数字报告", given: exampleForm() },
      {
        says: "句式相同而换成了实际数字",
        given: exampleForm({
          expected: "对6个乡镇的农村供水管道开展巡检和维护，维护管道120公里。",
          achieved: "对6个乡镇的农村供水管道开展巡检和维护，维护管道126公里。",
        }),
      },
      {
        says: "分项报告，其中一项恰好完成",
        given: exampleForm({
          expected: "1.维护供水管道120公里；\n2.更换乡镇供水站加压水泵等设备36台；\n3.培训管护人员90人次。",
          achieved: "1.维护供水管道126公里；\n2.更换乡镇供水站加压水泵等设备36台；\n3.培训管护人员102人次。",
        }),
      },
      {
        says: "只有文件名相同",
        given: exampleForm({
          expected:
            "落实《云溪区人民政府办公室关于进一步加强农村饮水安全工程运行管理和水源保护工作的若干意见》，维护管道120公里。",
          achieved:
            "依据《云溪区人民政府办公室关于进一步加强农村饮水安全工程运行管理和水源保护工作的若干意见》完成126公里管道维护。",
        }),
      },
    ],
  },
});
