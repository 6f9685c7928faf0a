import type { Place } from "@jiheng/domain";
import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, outcomeOf } from "../../rule.ts";
import { bracketsOf, narrativesOf, normaliseText } from "../../text/index.ts";

type Said = { where: string; marks: string };

const PARTNER: Readonly<Record<string, string>> = {
  "(": "）",
  ")": "（",
  "《": "》",
  "》": "《",
  "〈": "〉",
  "〉": "〈",
  "〔": "〕",
  "〕": "〔",
  "[": "]",
  "]": "[",
  "【": "】",
  "】": "【",
};

const ANY = /[()（）[\]【】〔〕《》〈〉「」『』{}]/;

/** AR-181: a bracket or book-title mark without its partner. */
export const bracketsUnbalanced = formRule<Said>({
  id: "brackets-unbalanced",
  code: "AR-181",
  title: "括号、书名号不成对",
  explains:
    "文字、指标名称中的圆括号、方括号、六角括号、书名号逐格配对，缺一半的指出所在。“1）”“一）”这样的序号不算。",
  kind: "auto",
  basis: [cite("form", "符号成对")],
  force: "hint",
  needs: [],
  check({ form }) {
    const found: Found<Said>[] = [];
    const look = (at: Place, where: string, text: string): void => {
      if (!ANY.test(text)) return;
      const { unmatched } = bracketsOf(normaliseText(text));
      if (unmatched.length === 0) return;
      const marks = unmatched.slice(0, 3).map(({ at: index, sign }) => {
        const around = text.slice(Math.max(0, index - 8), index + 9).replace(/\s+/g, "");
        return `“${text.charAt(index)}”缺“${PARTNER[sign] ?? ""}”（…${around}…）`;
      });
      found.push({ at: [at], figures: { where, marks: marks.join("、") } });
    };
    for (const { at, name, text } of narrativesOf(form)) look(at, name, text);
    if (form.project) look("project", "项目名称", form.project);
    form.indicators.forEach(({ name }, index) => {
      if (name) look(place.indicator(index, "name"), `指标名称「${name}」`, name);
    });
    return outcomeOf(found);
  },
  message: ({ where, marks }) => `${where}中${marks}。`,
  remedy: () => "补上或删去缺了一半的符号。",
  examples: {
    fails: [
      {
        says: "括号没有合上",
        given: exampleForm({ expected: "维护管道120公里（其中主管30公里，受益居民8000人。" }),
      },
      {
        says: "书名号多一半",
        given: exampleForm({ expected: "贯彻《关于印发〈云溪区供水管理办法〉〉的通知》，维护管道120公里。" }),
      },
      {
        says: "指标名称的括号",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度（主管", "≥120公里", "126公里", "15", "15"] }),
        }),
      },
    ],
    passes: [
      {
        says: "成对",
        given: exampleForm({
          expected:
            "贯彻《关于印发〈云溪区供水管理办法〉的通知》（云水〔2023〕5号），维护管道120公里（其中主管30公里）。",
        }),
      },
      { says: "序号的半个括号", given: exampleForm({ expected: "1）维护管道120公里；2）受益居民8000人。" }) },
    ],
  },
});
