import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { contentPairs, periodsOf, type Quantity, quoteOf, sharedPairs, storiesOf } from "../../text/index.ts";
import { goalStories, opening, passagesOf } from "./goal-story.ts";

/** Levels from the state down, with the words that name their whole territory. */
const LEVELS: readonly (readonly [RegExp, number])[] = [
  [territory("全国|我国"), 0],
  [territory("全省|我省|全自治区"), 1],
  [territory("全市|我市"), 2],
];

/** The word at the head of a clause with what is done there after it: 全国文明城市 is a title, 全国每年选拔 a plan. */
function territory(words: string): RegExp {
  return new RegExp(
    `(?:^|[,:、(“])(${words})(?:范围内|每年|年均|共|计划|拟|将|要|新增|新建|改造|改建|选|招|培训|建设|建成|完成|累计|安排|投入|种植|治理|实施|开展|推广|创建|需|约|[0-9])`,
  );
}

/** The level of the body that fills the form, by the end of its own name: 省 1, 市 2, 区 县 3, 乡镇 4; null where it does not say. */
function levelOf(name: string | null): number | null {
  const bare = (name ?? "").replace(/[(（].*$/, "");
  if (bare === "") return null;
  if (/(?:乡|镇|街道)(?:人民政府|办事处|中心|所|站|[\u4e00-\u9fff]{0,8}$)/.test(bare)) return 4;
  if (/[区县旗](?![域块间])/.test(bare) && !/自治区(?!.*[县区市旗])/.test(bare)) return 3;
  if (/市/.test(bare)) return 2;
  if (/省|自治区/.test(bare)) return 1;
  return null;
}

/** A paragraph of the goal with fewer telling pairs is not judged. Ours. */
const FEWEST_PAIRS = 14;

type Said = { where: string; quote: string; word: string; unit: string };

/** AR-114: the goal counts for a higher level than the body that reports, or a paragraph has nothing to do with the project. */
export const higherLevelFigures = formRule<Said>({
  id: "higher-level-figures",
  code: "AR-114",
  title: "目标引用上级的数字，或段落与项目不相干",
  explains:
    "目标中“全国”“全省”（市、县填报时还有“全市”）的数量，不是本单位本年的目标，指出。目标中某一段与项目名称、指标名称和完成情况都没有共同内容的，请人核对是否为别的项目的文字；同一段中带两个以上数量的一句也这样看。",
  kind: "assist",
  basis: [cite("reading", "段落不相干")],
  force: "should",
  needs: ["goal"],
  check({ form }) {
    const level = levelOf(form.unit ?? form.department) ?? levelOf(form.department);
    const found: Found<Said>[] = [];
    const unclear: Doubt[] = [];
    for (const narrative of storiesOf(form)) {
      if (narrative.side !== "expected" || level === null) continue;
      const seen = new Set<string>();
      for (const quantity of narrative.quantities) {
        if ((quantity.kind !== "count" && quantity.kind !== "money") || quantity.worded) continue;
        const word = higherWord(narrative.normal, quantity, level);
        if (word === null || seen.has(word)) continue;
        seen.add(word);
        found.push({
          at: [narrative.at],
          figures: {
            where: narrative.name,
            quote: quoteOf(quantity),
            word,
            unit: form.unit ?? form.department ?? "本单位",
          },
        });
      }
    }
    const names = contentPairs(
      [form.project ?? "", ...form.indicators.map(({ name }) => name ?? "")].join(" "),
    );
    const stories = goalStories(form);
    for (const { expected, expectedPairs, achievedPairs } of stories) {
      const paragraphs = passagesOf(expected);
      if (paragraphs.length < 2) continue;
      for (const paragraph of paragraphs) {
        const pairs = expectedPairs.between(paragraph.start, paragraph.end);
        if (
          pairs.size < FEWEST_PAIRS ||
          sharedPairs(pairs, names) > 0 ||
          sharedPairs(pairs, achievedPairs) > 1
        )
          continue;
        unclear.push({
          at: [expected.at],
          why: `${expected.name}“${opening(paragraph.text, 40)}”一段与项目名称、指标和完成情况都没有共同内容，请核对是否属于本项目`,
        });
      }
    }
    // In one paragraph a single sentence with figures of its own may have strayed in from another form.
    for (const { expected, expectedPairs, achievedPairs } of unclear.length > 0 ? [] : stories) {
      const sentences = passagesOf(expected, periodsOf);
      if (sentences.length < 2) continue;
      for (const sentence of sentences) {
        const pairs = expectedPairs.between(sentence.start, sentence.end);
        if (
          sentence.quantities.filter(({ kind }) => kind === "count" || kind === "money").length < 2 ||
          pairs.size < FEWEST_PAIRS ||
          sharedPairs(pairs, names) > 0 ||
          sharedPairs(pairs, achievedPairs) > 0
        )
          continue;
        unclear.push({
          at: [expected.at],
          why: `${expected.name}“${opening(sentence.text, 40)}”一句与项目名称、指标和完成情况都没有共同内容，请核对是否属于本项目`,
        });
      }
    }
    if (found.length === 0 && unclear.length === 0 && stories.length === 0 && level === null)
      return notApplicable("看不出填报单位的层级");
    return outcomeOf(found, unclear);
  },
  message: ({ where, quote, word, unit }) => `${where}中${quote}是“${word}”的数字，不是${unit}本年度的目标。`,
  remedy: ({ quote }) => `把${quote}改为本单位承担的数量，或只作背景说明。`,
  examples: {
    fails: [
      {
        says: "区级单位写全国的数量",
        given: exampleForm({ expected: "全国每年改造农村管网3.5万公里。云溪区维护管道120公里以上。" }),
      },
      {
        says: "一段与项目毫不相干，请人核对",
        given: exampleForm({
          expected:
            "全年维护管道120公里以上，8000名居民用水得到保障。\n扶持手工刺绣合作社参加博览会，邀请非遗传承人驻村授艺，打造民俗体验街区。",
        }),
      },
    ],
    passes: [
      { says: "本单位的数量", given: exampleForm() },
      {
        says: "省级单位写全省的数量",
        given: exampleForm({
          department: "云溪省水利厅",
          unit: "云溪省水利厅",
          expected: "全省维护管道1200公里。",
        }),
      },
    ],
  },
});

/** The word for a higher level's whole territory that governs this number, or null. */
function higherWord(normal: string, quantity: Quantity, level: number): string | null {
  const before = (
    normal
      .slice(Math.max(0, quantity.start - 40), quantity.start)
      .split(/[。;\n]/)
      .at(-1) ?? ""
  ).trim();
  for (const [words, rank] of LEVELS) {
    const match = words.exec(before);
    // Between the two a narrower place would take the number over.
    if (
      match &&
      rank < level &&
      !/[本我][省市区县乡镇局校院]|其中/.test(before.slice(match.index + match[0].length))
    )
      return match[1] ?? null;
  }
  return null;
}
