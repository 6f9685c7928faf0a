import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { formRule, outcomeOf } from "../../rule.ts";
import { narrativesOf } from "../../text/index.ts";

/** Punctuation between Chinese words; a comma inside a number or beside Latin letters says nothing about the style. */
const HALF =
  /(?<=[\u4e00-\u9fff》”）)0-9])[,;:](?=\s*[\u4e00-\u9fff《“（(])|(?<=[\u4e00-\u9fff])\.(?=\s*(?:[\u4e00-\u9fff]|$))/g;
const FULL = /(?<=[\u4e00-\u9fff》”）)0-9])[，；：](?=\s*[\u4e00-\u9fff《“（(0-9])/g;
/** How many marks of each width make a habit of it, not a slip of one key. */
const HABIT = 2;

const FULL_OF: Readonly<Record<string, string>> = { ",": "，", ";": "；", ":": "：", ".": "。" };

/** The text with the marks this rule counts as half-width in full width. */
export function fullWidthMarks(text: string): string {
  return text.replace(HALF, (mark) => FULL_OF[mark] ?? mark);
}

type Said = { half: string; full: string; halfCount: string; fullCount: string };

/** AR-181: half-width and full-width punctuation mixed in the prose of one form. */
export const widthMixed = formRule<Said>({
  id: "width-mixed",
  code: "AR-181",
  title: "标点全角半角混用",
  explains:
    "同一张表的文字中，中文词语之间的逗号、分号、冒号有的全角、有的半角，各在两处以上的，指出一次。数字中的千分位逗号不算。",
  kind: "auto",
  basis: [cite("form", "符号成对")],
  force: "hint",
  needs: [],
  check({ form }) {
    let half = 0;
    let full = 0;
    const at: string[] = [];
    let sampleHalf = "";
    let sampleFull = "";
    for (const narrative of narrativesOf(form)) {
      const halves = [...narrative.text.matchAll(HALF)];
      const fulls = [...narrative.text.matchAll(FULL)];
      half += halves.length;
      full += fulls.length;
      if (halves.length > 0) at.push(narrative.at);
      const around = (index: number): string =>
        narrative.text.slice(Math.max(0, index - 6), index + 7).replace(/\s+/g, "");
      if (sampleHalf === "" && halves[0]) sampleHalf = around(halves[0].index);
      if (sampleFull === "" && fulls[0]) sampleFull = around(fulls[0].index);
    }
    if (half < HABIT || full < HABIT) return outcomeOf<Said>([]);
    return outcomeOf<Said>([
      {
        at,
        figures: { half: sampleHalf, full: sampleFull, halfCount: String(half), fullCount: String(full) },
      },
    ]);
  },
  message: ({ half, full, halfCount, fullCount }) =>
    `文字中半角标点${halfCount}处（如“…${half}…”）、全角标点${fullCount}处（如“…${full}…”），写法不一。`,
  remedy: () => "中文标点统一用全角。",
  examples: {
    fails: [
      {
        says: "两种逗号并用",
        given: exampleForm({
          expected: "维护管道120公里,更换水表,检修泵站。",
          achieved: "维护管道126公里，更换水表，检修泵站。",
        }),
      },
    ],
    passes: [
      {
        says: "全用全角，数字有千分位",
        given: exampleForm({ achieved: "维护管道126公里，受益8,630人，满意度93%，投入1,230元。" }),
      },
      {
        says: "全用半角",
        given: exampleForm({
          expected: "维护管道120公里,更换水表.",
          achieved: "维护管道126公里,更换水表,检修泵站.",
        }),
      },
    ],
  },
});
