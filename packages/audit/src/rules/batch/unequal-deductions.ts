import {
  add,
  compare,
  compareRatio,
  decimal,
  multiply,
  percentOf,
  showDecimal,
  subtract,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { type BatchRow, formTitle, indexOf, rowPlace } from "./batch-index.ts";

/** From here on provincial practice asks for a reason; below it nobody deducts. */
const FAR = decimal("1.3");
const ONE = decimal(1);
/** Ours: loss of points beyond the shortfall of a row that fell short more, as a share of the points. */
const APART = decimal("0.2");

type Figures = { kind: string; deducted: string; spared: string };

function percent(row: BatchRow): string {
  const { completion } = row.meaning.facts;
  return completion ? `${showDecimal(percentOf(completion, 1, "half-up"))}%` : "";
}

function show(rows: readonly BatchRow[], title: (form: number) => string): string {
  const list = rows.slice(0, 4).map((row) => {
    const { points, score, row: printed } = row.meaning.facts;
    return `${title(row.form)}「${row.meaning.title}」${said(printed.target)}，完成${percent(row)}，${points ? showDecimal(points) : ""}分得${score ? showDecimal(score) : ""}分`;
  });
  return list.join("；") + (rows.length > 4 ? `等${rows.length}行` : "");
}

/** Points lost ÷ points, compared without dividing: whether a lost more than b by over a fifth of the points. */
function lostMore(a: BatchRow, b: BatchRow): boolean {
  const [x, y] = [a.meaning.facts, b.meaning.facts];
  if (!x.score || !x.points || !y.score || !y.points) return false;
  const lostA = multiply(subtract(x.points, x.score), y.points);
  const lostB = multiply(subtract(y.points, y.score), x.points);
  return compare(lostA, add(lostB, multiply(APART, multiply(x.points, y.points)))) > 0;
}

/** Like deviations are treated unlike within a batch: points taken at 148 % here, none at 337 % there. */
export const unequalDeductions: Rule = batchRule<Figures>({
  id: "unequal-deductions",
  code: "AR-151",
  title: "同类偏离扣分不一",
  explains:
    "同一部门的表里，有的行超出指标值被扣分，有的行超出得差不多或更多却没有扣；或完成得更好的行反而比完成得更差的行多扣分值的20%以上。成本、投诉等越少越好的行不比较。",
  kind: "auto",
  basis: [cite("reading", "尺度不一"), cite("form-bureau-2024", "超出·未扣分")],
  force: "should",
  refines: ["AR-72"],
  needs: ["scores"],
  check: (batch) => {
    if (batch.forms.length < 2) return notApplicable("只有一张表");
    const index = indexOf(batch);
    const over = new Map<string, BatchRow[]>();
    const under = new Map<string, BatchRow[]>();
    for (const list of index.byName.values())
      for (const row of list) {
        const { completion, points, score, comparison, target, actual } = row.meaning.facts;
        if (
          !completion ||
          !points ||
          !score ||
          points.units <= 0n ||
          !target ||
          target.units <= 0n ||
          !actual
        )
          continue;
        if (row.meaning.name.smallIsGood || row.meaning.name.saysCost || row.meaning.category === "cost")
          continue;
        const far = compareRatio(completion, FAR) > 0;
        const short =
          compareRatio(completion, ONE) < 0 && comparison !== "≤" && comparison !== "<" && actual.units > 0n;
        if (!far && !short) continue;
        const groups = far ? over : under;
        const key = index.departments[row.form] ?? "";
        const group = groups.get(key);
        if (group) group.push(row);
        else groups.set(key, [row]);
      }
    const title = (form: number): string => formTitle(batch, form);
    const found: Found<Figures, BatchPlace>[] = [];
    for (const rows of over.values()) {
      const deducted = rows.filter(({ meaning }) => meaning.facts.lostPoints === true).sort(byCompletion);
      const least = deducted[0];
      if (!least) continue;
      const spared = rows
        .filter((row) => row.meaning.facts.lostPoints === false && nearlyAsFar(row, least))
        .sort((a, b) => byCompletion(b, a));
      if (spared.length === 0) continue;
      found.push({
        at: [...deducted, ...spared].map((row) => rowPlace(row, "score")),
        figures: { kind: "超出指标值", deducted: show(deducted, title), spared: show(spared, title) },
      });
    }
    for (const rows of under.values()) {
      // From the best completion down: whoever did worse must not lose clearly less than somebody who did better.
      const sorted = [...rows].sort((a, b) => byCompletion(b, a));
      let hardest: BatchRow | undefined;
      for (const row of sorted) {
        if (hardest && byCompletion(hardest, row) > 0 && lostMore(hardest, row)) {
          found.push({
            at: [hardest, row].map((one) => rowPlace(one, "score")),
            figures: { kind: "没有完成指标值", deducted: show([hardest], title), spared: show([row], title) },
          });
          break;
        }
        if (!hardest || lostShareAbove(row, hardest)) hardest = row;
      }
    }
    return outcomeOf(found);
  },
  message: ({ kind, deducted, spared }) =>
    kind === "超出指标值"
      ? `超出指标值的行扣分不一。扣分的：${deducted}；超出相近或更多而没有扣分的：${spared}。`
      : `没有完成指标值的行扣分不一：${deducted}；完成得更差的${spared}，反而扣得少。`,
  remedy: () => "按同一口径重新计分，写明扣分规则；“≤”“=”实为下限的，先更正比较号。",
  examples: {
    fails: [
      {
        says: "超出一半的扣了，超出两倍的没扣",
        given: [
          exampleForm({ rows: withRows({ 1: ["数量指标", "巡河里程", "=200公里", "310公里", "10", "8"] }) }),
          exampleForm({
            project: "水源地巡护",
            rows: withRows({ 1: ["数量指标", "巡护次数", "≥50次", "160次", "10", "10"] }),
          }),
        ],
      },
      {
        says: "完成九成的扣一半，完成六成的扣两成",
        given: [
          exampleForm({ rows: withRows({ 1: ["数量指标", "清淤河段", "≥100段", "90段", "10", "5"] }) }),
          exampleForm({
            project: "水源地巡护",
            rows: withRows({ 1: ["数量指标", "安装标识牌", "≥100块", "60块", "10", "8"] }),
          }),
        ],
      },
    ],
    passes: [
      {
        says: "一律按比例",
        given: [
          exampleForm({ rows: withRows({ 1: ["数量指标", "清淤河段", "≥100段", "90段", "10", "9"] }) }),
          exampleForm({
            project: "水源地巡护",
            rows: withRows({ 1: ["数量指标", "安装标识牌", "≥100块", "60块", "10", "6"] }),
          }),
        ],
      },
      {
        says: "用时少、投诉少不是超额",
        given: [
          exampleForm({
            rows: withRows({ 3: ["时效指标", "报修故障平均处理时间", "≤24小时", "40小时", "10", "4"] }),
          }),
          exampleForm({ project: "水源地巡护" }),
        ],
      },
    ],
  },
});

/** Ours: three quarters of another's completion is still the same kind of excess. */
const NEARLY = [3n, 4n] as const;

function nearlyAsFar(row: BatchRow, than: BatchRow): boolean {
  const [x, y] = [row.meaning.facts, than.meaning.facts];
  if (!x.actual || !x.target || !y.actual || !y.target) return false;
  const own = multiply(multiply(x.actual, y.target), decimal(NEARLY[1]));
  return compare(own, multiply(multiply(y.actual, x.target), decimal(NEARLY[0]))) >= 0;
}

function byCompletion(a: BatchRow, b: BatchRow): number {
  const [x, y] = [a.meaning.facts, b.meaning.facts];
  if (!x.actual || !x.target || !y.actual || !y.target) return 0;
  return compare(multiply(x.actual, y.target), multiply(y.actual, x.target));
}

function lostShareAbove(a: BatchRow, b: BatchRow): boolean {
  const [x, y] = [a.meaning.facts, b.meaning.facts];
  if (!x.score || !x.points || !y.score || !y.points) return false;
  return (
    compare(
      multiply(subtract(x.points, x.score), y.points),
      multiply(subtract(y.points, y.score), x.points),
    ) > 0
  );
}
