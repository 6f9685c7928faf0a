import { compare, decimal, multiply, showDecimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { attainmentOf } from "@jiheng/scoring";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { bareWords } from "../../lexicon/wording.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { acrossForms, type BatchRow, formTitle, indexOf, rowPlace } from "./batch-index.ts";

/** Ours: the width of the tiers of qualitative rows. */
const APART = decimal("0.2");

type Figures = { answer: string; low: string; high: string };

function show(row: BatchRow, title: string): string {
  const { points, score } = row.meaning.facts;
  return `${title}「${row.meaning.title}」${points ? showDecimal(points) : ""}分得${score ? showDecimal(score) : ""}分`;
}

/** One answer in words (部分达成) earns clearly different shares of the points in two forms. */
export const likeAnswersScoredUnlike: Rule = batchRule<Figures>({
  id: "like-answers-scored-unlike",
  code: "AR-72",
  title: "同一种完成情况扣分不一",
  explains:
    "同一部门的表里，同名文字指标的指标值、完成值都相同而得分率不同；或完成值同样写“部分达成”“未达成”，得分率相差20%以上。定量指标的偏离由尺度检查指出。",
  kind: "auto",
  basis: [cite("reviewers", "尺度一致")],
  force: "should",
  needs: ["scores"],
  check: (batch) => {
    if (batch.forms.length < 2) return notApplicable("只有一张表");
    const index = indexOf(batch);
    const rows: BatchRow[] = [];
    for (const list of index.byName.values())
      for (const row of list) {
        const { points, score, row: printed, kind } = row.meaning.facts;
        if (kind !== "worded" || !points || !score || points.units <= 0n || printed.actual.text === null)
          continue;
        rows.push(row);
      }
    const answer = ({ meaning }: BatchRow): string => bareWords(meaning.facts.row.actual.text);
    // One row of one name in two forms has to be scored alike; rows of different names only by the tier their words say.
    const sameRow = acrossForms(
      rows,
      (row) =>
        `${index.departments[row.form]}|${row.meaning.name.bare}|${bareWords(row.meaning.facts.row.target.text)}|${answer(row)}`,
    );
    const sameTier = acrossForms(rows, (row) => {
      const { target, actual } = row.meaning.facts.row;
      const reached = actual.text === null ? null : attainmentOf(target.text, actual.text);
      return reached === "partly" || reached === "not-reached"
        ? `${index.departments[row.form]}|${answer(row)}`
        : null;
    });
    const found: Found<Figures, BatchPlace>[] = [];
    const told = new Set<BatchRow>();
    for (const group of [...sameTier, ...sameRow]) {
      const sorted = [...group].sort(byShare);
      const [low, high] = [sorted[0], sorted.at(-1)];
      if (!low || !high || told.has(low)) continue;
      const oneName = group.every(({ meaning }) => meaning.name.bare === low.meaning.name.bare);
      if (!(oneName ? byShare(low, high) < 0 : wideApart(low, high))) continue;
      told.add(low);
      found.push({
        at: [rowPlace(low, "score"), rowPlace(high, "score")],
        figures: {
          answer: said(low.meaning.facts.row.actual),
          low: show(low, formTitle(batch, low.form)),
          high: show(high, formTitle(batch, high.form)),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ answer, low, high }) => `完成值同为“${answer}”，${low}，${high}，扣分尺度不一。`,
  remedy: () => "按同一尺度重新计分，或说明两处差别的理由。",
  examples: {
    fails: [
      {
        says: "部分达成，一张得九成一张得五成",
        given: [
          exampleForm({
            rows: withRows({ 5: ["可持续影响指标", "管护制度", "健全", "部分达成", "10", "9"] }),
          }),
          exampleForm({
            project: "水源地巡护",
            rows: withRows({ 5: ["可持续影响指标", "巡护制度", "健全", "部分达成", "10", "5"] }),
          }),
        ],
      },
    ],
    passes: [
      {
        says: "尺度相近",
        given: [
          exampleForm({
            rows: withRows({ 5: ["可持续影响指标", "管护制度", "健全", "部分达成", "10", "7"] }),
          }),
          exampleForm({
            project: "水源地巡护",
            rows: withRows({ 5: ["可持续影响指标", "巡护制度", "健全", "部分达成", "10", "7.5"] }),
          }),
        ],
      },
    ],
  },
});

/** score ÷ points compared without dividing. */
function byShare(a: BatchRow, b: BatchRow): number {
  const [x, y] = [a.meaning.facts, b.meaning.facts];
  if (!x.score || !x.points || !y.score || !y.points) return 0;
  return compare(multiply(x.score, y.points), multiply(y.score, x.points));
}

function wideApart(low: BatchRow, high: BatchRow): boolean {
  const [x, y] = [low.meaning.facts, high.meaning.facts];
  if (!x.score || !x.points || !y.score || !y.points) return false;
  const difference = subtract(multiply(y.score, x.points), multiply(x.score, y.points));
  return compare(difference, multiply(APART, multiply(x.points, y.points))) > 0;
}
