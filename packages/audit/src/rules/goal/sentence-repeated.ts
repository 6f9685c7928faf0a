import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, outcomeOf } from "../../rule.ts";
import { clausesOf, contentOf, narrativesOf, type Span, sentencesOf } from "../../text/index.ts";
import { blankTitles } from "./goal-story.ts";

/** Shorter clauses come again by nature (共计, 按照标准执行). Ours. */
const SHORTEST_CLAUSE = 12;
const SHORTEST_SENTENCE = 8;
const MOST_NAMED = 3;

type Said = { where: string; repeated: string; times: string };

/** The spans that stand twice or more, blanks and punctuation apart; names of documents do not count. */
function repeatedOf(
  text: string,
  cut: (text: string) => readonly Span[],
  shortest: number,
): Map<string, { text: string; times: number }> {
  const counted = new Map<string, { text: string; times: number }>();
  for (const span of cut(text)) {
    if (span.text.length < shortest) continue;
    const content = contentOf(span.text).text;
    if (content.length < shortest) continue;
    const known = counted.get(content);
    if (known) known.times += 1;
    else counted.set(content, { text: span.text, times: 1 });
  }
  for (const [content, { times }] of counted) if (times < 2) counted.delete(content);
  return counted;
}

/** AR-116: a sentence or long clause stands twice in one cell. */
export const sentenceRepeated = formRule<Said>({
  id: "sentence-repeated",
  code: "AR-116",
  title: "同一格内句子重复",
  explains:
    "同一格文字中完全相同的句子（8字以上），或完全相同的较长分句（12字以上），不计空白和标点。《》内的文件名重复出现不算。",
  kind: "auto",
  basis: [cite("form", "文字重复")],
  force: "hint",
  needs: [],
  check({ form }) {
    const found: Found<Said>[] = [];
    for (const narrative of narrativesOf(form)) {
      const text = blankTitles(narrative.text);
      const sentences = repeatedOf(text, sentencesOf, SHORTEST_SENTENCE);
      const repeated = sentences.size > 0 ? sentences : repeatedOf(text, clausesOf, SHORTEST_CLAUSE);
      if (repeated.size === 0) continue;
      const list = [...repeated.values()];
      found.push({
        at: [narrative.at],
        figures: {
          where: narrative.name,
          repeated: list
            .slice(0, MOST_NAMED)
            .map((one) => `“${one.text.trim()}”${one.times}次`)
            .join("、"),
          times: String(Math.max(...list.map((one) => one.times))),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ where, repeated }) => `${where}中同样的话重复出现：${repeated}。`,
  remedy: () => "删去重复的句子；如属不同事项，分别写明。",
  examples: {
    fails: [
      {
        says: "整句写了两遍",
        given: exampleForm({ expected: "全年维护管道120公里以上。做好用水户回访服务。做好用水户回访服务。" }),
      },
      {
        says: "两句的后半句一样",
        given: exampleForm({
          expected:
            "通过管网改造，持续改善农村居民的用水条件和水质。通过水源保护，持续改善农村居民的用水条件和水质。",
        }),
      },
    ],
    passes: [
      { says: "没有重复", given: exampleForm() },
      {
        says: "同一个文件名出现两次",
        given: exampleForm({
          expected:
            "根据《云溪区农村供水工程运行管护实施办法》维护管道120公里；根据《云溪区农村供水工程运行管护实施办法》检测水质。",
        }),
      },
    ],
  },
});
