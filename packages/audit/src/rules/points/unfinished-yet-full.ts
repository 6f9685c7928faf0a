import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { isFull } from "../../facts/marks.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { objectOf } from "../../lexicon/wording.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";

const UNFINISHED =
  /(?:未|尚未|没有|暂未|未能)(?:全部|完全|按期|按时|如期)?(?:完工|竣工|完成|验收|建成|交付|投用|投入使用|启动|开工|实施|开展|通过验收|达到|达标)|在建|正在(?:施工|建设|实施|推进|办理|招标|验收)|停工|待验收|验收未通过|未通过验收|仅完成|只完成|部分完成/;
/** Prose that leaves a part of the work to be done. */
const PART_LEFT =
  /(?:尚未|仍未|还未|未能|(?<![无零不])未|没有)(?:全部|完全|按期|如期|按时)?(?:竣工|完工)?(?:完工|竣工|完成|验收|交付|建成|投用)[^,，。；;]{0,12}/;
/** What is denied to be unfinished is finished: 无未完成事项. */
const DENIED = /(?:无|没有|不存在|杜绝|零)[^，。；;]{0,4}(?:未|没有)/;

type Figures = { row: string; words: string; where: string; points: string };

/** The match with the words of its clause before it. */
function wordsAround(text: string, at: number, length: number): string {
  let from = at;
  while (from > 0 && at - from < 16 && !/[,;。、\n]/.test(text.charAt(from - 1))) from -= 1;
  return text.slice(from, at + length).slice(0, 34);
}

/** Words say unfinished or not accepted, the row has all its points. */
export const unfinishedYetFull: Rule = formRule<Figures>({
  id: "unfinished-yet-full",
  code: "AR-70",
  title: "没有完工或验收，却得满分",
  explains:
    "完成值或原因里写明未完工、未验收、在建、仅完成一部分，而该行得满分。质量指标得零分、同一对象的数量指标却得满分的，以及实际完成情况说还有一部分没有完成、数量指标却得满分的，列为待人工判断。",
  kind: "assist",
  basis: [cite("reviewers", "完成质量")],
  force: "should",
  refines: ["AR-65", "AR-69"],
  needs: ["indicators", "points", "scores"],
  check: ({ form, facts }) => {
    const rows = rowMeanings(facts).filter(
      ({ facts: { points, score } }) => points !== null && score !== null,
    );
    if (rows.length === 0) return notApplicable("没有既填分值又填得分的行");
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    const fullByObject = new Map<string, number>();
    const anyZero = rows.some(
      ({ category, facts: row }) => category === "quality" && row.score?.units === 0n,
    );
    for (const { facts: row, category, name } of anyZero ? rows : [])
      if (category === "quantity" && isFull(row)) {
        const object = objectOf(name.bare);
        if (object.length >= 2 && !fullByObject.has(object)) fullByObject.set(object, row.index);
      }
    for (const { facts: row, category, name, title } of rows) {
      if (isFull(row)) {
        const actual = row.row.actual.text ?? "";
        // Fewer unfinished cases may be the very thing the row counts.
        if (/未|不/.test(name.bare)) continue;
        const inActual = !row.actual && UNFINISHED.test(actual) && !DENIED.test(actual);
        const reason = row.reason ?? "";
        const inReason = UNFINISHED.test(reason) && !DENIED.test(reason);
        if (!inActual && !inReason) continue;
        // The target itself may be a stage (正在施工 meets 开工建设).
        if (inActual && row.row.target.text !== null && UNFINISHED.test(row.row.target.text)) continue;
        found.push({
          at: [
            place.indicator(row.index, "score"),
            place.indicator(row.index, inActual ? "actual" : "deviation"),
          ],
          figures: {
            row: title,
            words: inActual ? said(row.row.actual) : reason.slice(0, 40),
            where: inActual ? "实际完成值" : "原因",
            points: row.points ? showDecimal(row.points) : "",
          },
        });
      } else if (
        category === "quality" &&
        row.score &&
        row.score.units === 0n &&
        row.points &&
        row.points.units > 0n
      ) {
        const other = fullByObject.get(objectOf(name.bare));
        if (other !== undefined)
          unclear.push({
            at: [place.indicator(row.index, "score"), place.indicator(other, "score")],
            why: `「${title}」质量得0分，而同一对象的数量指标「${facts.rows[other]?.name ?? ""}」得满分，是否同一事实需人工判断`,
          });
      }
    }
    const full = rows.filter(({ facts: row, category }) => category === "quantity" && isFull(row));
    if (full.length > 0)
      for (const story of storiesOf(form)) {
        const said = story.side === "achieved" ? PART_LEFT.exec(story.normal) : null;
        if (!said || DENIED.test(said[0])) continue;
        unclear.push({
          at: [story.at, ...full.slice(0, 10).map(({ facts: row }) => place.indicator(row.index, "score"))],
          why: `${story.name}写明“${wordsAround(story.normal, said.index, said[0].length)}”，而${full.length}项数量指标得满分，是否包括未完成的部分需人工判断`,
        });
      }
    return outcomeOf(found, unclear);
  },
  message: ({ row, words, where, points }) => `「${row}」的${where}写明“${words}”，却得满分${points}分。`,
  remedy: ({ row }) => `「${row}」的得分：没有完工或验收的部分不得分，并说明原因和完成时限。`,
  examples: {
    fails: [
      {
        says: "正在施工，得满分",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "新建清水池", "2座", "1座在建，尚未验收", "15", "15"] }),
        }),
      },
      {
        says: "原因写明未验收，得满分",
        given: exampleForm({
          rows: withRows({
            2: [
              "质量指标",
              "管道维护验收合格率",
              "≥95%",
              "97%",
              "15",
              "15",
              "两处工程尚未验收，计划明年5月验收。",
            ],
          }),
        }),
      },
      {
        says: "质量零分、数量满分，列为待人工判断",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "清水池清洗数量", "≥60座", "60座", "15", "15"],
            2: [
              "质量指标",
              "清水池清洗合格率",
              "≥95%",
              "40%",
              "15",
              "0",
              "清洗后水质复检不合格，已要求返工。",
            ],
          }),
        }),
      },
    ],
    passes: [
      { says: "都完成了", given: exampleForm() },
      {
        says: "未完成的已扣分",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "新建清水池", "2座", "1座在建，尚未验收", "15", "7.5", "征地延误，明年6月完工。"],
          }),
        }),
      },
      {
        says: "没有未完成的事项",
        given: exampleForm({
          rows: withRows({
            5: ["可持续影响指标", "管护责任落实", "全部落实", "全部落实，无未完成事项", "15", "15"],
          }),
        }),
      },
    ],
  },
});
