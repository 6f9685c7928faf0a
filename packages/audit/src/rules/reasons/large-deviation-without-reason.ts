import {
  compare,
  compareRatio,
  type Decimal,
  decimal,
  HUNDRED,
  type Indicator,
  type Measure,
  multiply,
  parseDecimal,
  percentOf,
  place,
  scaleRatio,
  showDecimal,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import type { PolicyPack } from "@jiheng/scoring";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { formExplanation, readReason } from "../../text/index.ts";

/** Completion in percent outside which a reason is asked where the pack names no bounds: pidu-2026-11, 偏离分析. */
const LOW = decimal(70);
const HIGH = decimal(130);
const ONE = decimal(1);

interface Bounds {
  readonly low: Decimal;
  readonly high: Decimal;
  readonly highInclusive: boolean;
}

function boundsOf(policy: PolicyPack): Bounds {
  let bounds: Bounds = { low: LOW, high: HIGH, highInclusive: false };
  for (const { value } of policy.reasonCompulsory) {
    if (value.kind === "completion-below") bounds = { ...bounds, low: value.percent };
    if (value.kind === "completion-above")
      bounds = { ...bounds, high: value.percent, highInclusive: value.inclusive };
  }
  return bounds;
}

/** 100% without a sign can only be reached from below. */
function isFull(target: Measure): boolean {
  return target.unit === "%" && Number(target.value) === 100;
}

/** A share written as a decimal, or a very small percentage: 0.98 beside 97%. */
function mayBeShare({ target, actual }: Indicator): boolean {
  const value = parseDecimal(actual.value);
  return (
    target.unit === "%" &&
    actual.unit === null &&
    value !== null &&
    value.units > 0n &&
    compare(value, ONE) <= 0 &&
    compare(parseDecimal(target.value) ?? ONE, ONE) > 0
  );
}

type Said = { row: string; target: string; actual: string; completion: string; bound: string; score: string };

/** AR-81: completion far below or far above the target, and no reason given. */
export const largeDeviationWithoutReason = formRule<Said>({
  id: "large-deviation-without-reason",
  code: "AR-81",
  title: "完成率过低或过高没有说明原因",
  explains:
    "完成率（完成值÷指标值）低于70%或高于130%（各地另有规定的从其规定）而偏差原因栏空白的行。“≤”“<”的行数值低是完成得好，不看低端；不计分的表没有达到指标值就应说明；监控表填的是阶段数，不看低端；百分数的指标完成值写成不大于1的数、没有百分号的，不能判断是小数还是百分数，列为待人工判断；失分而无原因的由失分检查指出，不重复。",
  kind: "auto",
  basis: [cite("pidu-2026-11", "偏离分析"), cite("provincial", "偏离说明")],
  force: "pack",
  refines: ["AR-41"],
  needs: ["indicators"],
  check({ form, facts, policy }) {
    const counted = facts.rows.filter(({ completion }) => completion !== null);
    if (counted.length === 0) return notApplicable("没有可以计算完成率的指标");
    if (formExplanation(form) !== null) return outcomeOf<Said>([]);
    const { low, high, highInclusive } = boundsOf(policy);
    // Where nothing is scored, the column of reasons is all that answers for a target missed.
    const unscored = facts.rows.every(({ points, score }) => points === null && score === null);
    // What was reached by the middle of a year is not what the year missed.
    const isInterim = form.kind === "monitoring";
    const found: Found<Said>[] = [];
    const unclear: Doubt[] = [];
    for (const { row, index, completion, comparison, lostPoints, score, points } of counted) {
      if (!completion || lostPoints === true || !readReason(row.deviation).isHollow) continue;
      const percent = scaleRatio(completion, HUNDRED);
      const ceiling = comparison === "≤" || comparison === "<";
      const above = compareRatio(percent, high);
      const isHigh = highInclusive ? above >= 0 : above > 0;
      const isLow = !isInterim && !ceiling && compareRatio(percent, low) < 0;
      const past = compareRatio(percent, HUNDRED);
      const isMissed =
        unscored &&
        (ceiling ? past > 0 : !isInterim && past < 0 && (comparison !== null || isFull(row.target)));
      if (!isHigh && !isLow && !isMissed) continue;
      if (mayBeShare(row)) {
        const actual = parseDecimal(row.actual.value) ?? ONE;
        unclear.push({
          at: [place.indicator(index, "actual"), place.indicator(index, "target")],
          why: `「${row.name ?? `第${index + 1}行`}」的指标值为“${row.target.text}”，完成值只写“${row.actual.text}”，不能判断是${showDecimal(actual)}%还是${showDecimal(multiply(actual, HUNDRED))}%，请写明百分号`,
        });
        continue;
      }
      found.push({
        at: [place.indicator(index, "deviation"), place.indicator(index, "actual")],
        figures: {
          row: row.name ?? `第${index + 1}行`,
          target: row.target.text ?? "",
          actual: row.actual.text ?? "",
          completion: `${showDecimal(percentOf(completion, 1, "half-up"))}%`,
          bound: isHigh ? `高于${showDecimal(high)}%` : isLow ? `低于${showDecimal(low)}%` : "没有达到指标值",
          score: score && points ? `，得${showDecimal(score)}分（分值${showDecimal(points)}）` : "",
        },
      });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, target, actual, completion, bound, score }) =>
    `「${row}」指标值${target}，完成值${actual}，完成率${completion}，${bound}${score}，没有说明原因。`,
  remedy: ({ row }) =>
    `在偏差原因栏写明「${row}」偏离的原因；因指标值设置不当的，写明应有的值和下年如何调整。`,
  examples: {
    fails: [
      {
        says: "完成指标值的两倍多，没有说明",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "276公里", "15", "15"] }),
        }),
      },
      {
        says: "完成不到七成，没有说明",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "60公里", "15", "15"] }),
        }),
      },
      {
        says: "不计分的表没有达到指标值，没有说明",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "117公里", "15", "15"] }).map(
            ([level2, name, target, actual]) => [level2, name, target, actual, null, null] as const,
          ),
        }),
      },
    ],
    passes: [
      {
        says: "计分的表差得不多，由失分检查过问",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "117公里", "15", "15"] }),
        }),
      },
      {
        says: "超出较多但写明了原因",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "276公里",
              "15",
              "15",
              "年中并入两个供水站的管网156公里，下年按实有管网设定。",
            ],
          }),
        }),
      },
      {
        says: "“≤”的时长很短是完成得好",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "报修故障平均处理时间", "≤24小时", "9小时", "10", "10"] }),
        }),
      },
      {
        says: "满意度写成小数，由人判断",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", "≥95%", "0.98", "15", "15"] }),
        }),
      },
      { says: "各行都在范围内", given: exampleForm() },
      {
        says: "监控表到七月完成一半",
        given: exampleForm({
          kind: "monitoring",
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "62公里", "15", "15"] }).map(
            ([level2, name, target, actual]) => [level2, name, target, actual, null, null] as const,
          ),
        }),
      },
    ],
  },
});
