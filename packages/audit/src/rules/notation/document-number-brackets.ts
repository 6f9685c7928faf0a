import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { narrativesOf, normaliseText } from "../../text/index.ts";

/** A document number whose year stands in brackets: 云水〔2023〕5号. */
const DOCUMENT =
  /[\u4e00-\u9fff]{1,12}\s*([[(【〔])\s*((?:19|20)[0-9]{2})\s*([\])】〕])\s*(?:第\s*)?([0-9]{1,4})\s*号/g;

/** The text with the year of every document number in hexagonal brackets, everything else to the letter. */
export function hexagonalYears(text: string): string {
  let mended = "";
  let from = 0;
  // Normalising keeps every character at its place.
  for (const match of normaliseText(text).matchAll(DOCUMENT)) {
    const written = text.slice(match.index, match.index + match[0].length);
    mended +=
      text.slice(from, match.index) + written.replace(/[[(（【〔]/, "〔").replace(/[\])）】〕]/, "〕");
    from = match.index + match[0].length;
  }
  return mended + text.slice(from);
}

type Said = { where: string; written: string; right: string };

/** AR-181: the year of a document number not in hexagonal brackets. */
export const documentNumberBrackets = formRule<Said>({
  id: "document-number-brackets",
  code: "AR-181",
  title: "文号的年份没有用六角括号",
  explains: "发文字号的年份应写在六角括号〔〕内，写成[ ]、（）、【】的指出。一格之内合并为一条。",
  kind: "auto",
  basis: [cite("form", "符号成对")],
  force: "hint",
  needs: [],
  check({ form }) {
    const found: Found<Said>[] = [];
    let seen = 0;
    for (const { at, name, text } of narrativesOf(form)) {
      const wrong: string[] = [];
      const right: string[] = [];
      for (const match of normaliseText(text).matchAll(DOCUMENT)) {
        seen += 1;
        if (match[1] === "〔" && match[3] === "〕") continue;
        wrong.push(`“${text.slice(match.index, match.index + match[0].length)}”`);
        right.push(`〔${match[2]}〕${match[4]}号`);
      }
      if (wrong.length > 0) {
        found.push({
          at: [at],
          figures: {
            where: name,
            written: [...new Set(wrong)].join("、"),
            right: [...new Set(right)].join("、"),
          },
        });
      }
    }
    return seen === 0 ? notApplicable("文字中没有发文字号") : outcomeOf(found);
  },
  message: ({ where, written }) => `${where}中${written}，年份没有用六角括号〔〕。`,
  remedy: ({ right }) => `写作${right}。`,
  examples: {
    fails: [
      { says: "方括号", given: exampleForm({ expected: "按照云水[2023]5号文件，维护管道120公里。" }) },
      { says: "圆括号", given: exampleForm({ expected: "按照云水（2023）5号文件，维护管道120公里。" }) },
    ],
    passes: [
      { says: "六角括号", given: exampleForm({ expected: "按照云水〔2023〕5号文件，维护管道120公里。" }) },
      { says: "括号里的年份不是文号", given: exampleForm({ expected: "维护管道（2024年）120公里。" }) },
    ],
  },
});
