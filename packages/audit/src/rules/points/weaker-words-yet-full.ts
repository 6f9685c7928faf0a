import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { isFull } from "../../facts/marks.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { bareWords } from "../../lexicon/wording.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; target: string; actual: string; points: string; weak: string };

/** Words by which an actual says less than the word they stand before. */
const WEAK =
  /基本上?(?!公共|医|养老|农田|药物|生活|民生|保障|功能|建设)|较为|比较|较(?!上年|去年|往年|年初|前|[0-9])|初步|部分|大部分?|局部|有所|大体上?|大致|总体上?|一定程度上?|一定|有待|不够|不太|不甚|尚未完全|未完全|未全部|未能完全|没有完全|不完全|正在|逐步|尚/g;
const STRONG = /全面|完全|完整|全部|显著|明显|大幅度?|有效|充分|切实|持续|不断|进一步|十分|非常|更加/g;
const FILLER = /已经?|均|都|得到|得以|予以|实现|达到|达成|了|的|情况|程度|水平|目标|指标|年度/g;

function bare(words: string): string {
  return words.replace(WEAK, "").replace(STRONG, "").replace(FILLER, "");
}

/** The clause of the actual that says the target's words more weakly, with the weaker word; null where none does. */
function weakerWord(target: string, actual: string): string | null {
  const wanted = bareWords(target);
  WEAK.lastIndex = 0;
  if (wanted === "" || WEAK.test(wanted)) return null;
  const core = bare(wanted) || wanted.replace(WEAK, "").replace(STRONG, "");
  if (core === "") return null;
  for (const clause of actual.split(/[，,；;。！\n]/)) {
    const said = bareWords(clause);
    const [weak] = said.match(WEAK) ?? [];
    if (!weak || said === wanted) continue;
    const own = bare(said) || said.replace(WEAK, "").replace(STRONG, "");
    if (own === core || (core.length >= 2 && own.endsWith(core) && own.length <= core.length + 8))
      return weak;
  }
  return null;
}

/** Words that fall short of the target's own words, with all points. */
export const weakerWordsYetFull: Rule = formRule<Figures>({
  id: "weaker-words-yet-full",
  code: "AR-69",
  title: "完成情况说得比指标值弱却得满分",
  explains:
    "文字指标的完成值用同样的词而加上“基本、较为、初步、部分、有所”等减弱的词（要求健全而写基本健全），却得满分。指标值本来就这样要求的、说得更强的不提示。",
  kind: "auto",
  basis: [cite("form-zhongjiang-2022", "定性三档")],
  force: "should",
  needs: ["indicators", "points", "scores"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts).filter(
      ({ facts: row }) => isFull(row) && row.target === null && row.actual === null,
    );
    if (rows.length === 0) return notApplicable("没有得满分的文字指标");
    const found: Found<Figures>[] = [];
    for (const { facts: row, title } of rows) {
      const { target, actual } = row.row;
      const weak = weakerWord(target.text ?? "", actual.text ?? "");
      if (weak === null) continue;
      found.push({
        at: [place.indicator(row.index, "score"), place.indicator(row.index, "actual")],
        figures: {
          row: title,
          target: said(target),
          actual: said(actual),
          points: row.points ? showDecimal(row.points) : "",
          weak,
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target, actual, points, weak }) =>
    `「${row}」要求“${target}”，完成值为“${actual}”，“${weak}”没有说到要求的程度，却得满分${points}分。`,
  remedy: ({ row }) => `「${row}」没有完全达到的，按所属档次评分并说明差在哪里；已经达到的，完成值照实写明。`,
  examples: {
    fails: [
      {
        says: "要求健全，基本健全",
        given: exampleForm({
          rows: withRows({ 5: ["可持续影响指标", "管护责任制度", "健全", "基本健全", "15", "15"] }),
        }),
      },
      {
        says: "要求明显改善，有所改善",
        given: exampleForm({
          rows: withRows({
            5: ["可持续影响指标", "村庄水环境", "明显改善", "水环境有所改善，群众认可", "15", "15"],
          }),
        }),
      },
    ],
    passes: [
      {
        says: "说得与要求一样或更强",
        given: exampleForm({
          rows: withRows({
            4: ["社会效益指标", "群众节水意识", "提高", "有效提高", "15", "15"],
            5: ["可持续影响指标", "管护责任制度", "基本健全", "基本健全", "15", "15"],
          }),
        }),
      },
      {
        says: "没有达到的已扣分",
        given: exampleForm({
          rows: withRows({
            5: [
              "可持续影响指标",
              "管护责任制度",
              "健全",
              "基本健全",
              "15",
              "11",
              "两个村尚未签订，3月底前补签。",
            ],
          }),
          totalScore: "95.50",
        }),
      },
    ],
  },
});
