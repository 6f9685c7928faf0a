import {
  compare,
  type Decimal,
  HUNDRED,
  multiply,
  type Ratio,
  ratio,
  roundRatio,
  subtract,
  within,
} from "@jiheng/domain";
import type { NumberedText, Quantity } from "./numbers.ts";
import { sentencesOf } from "./sentences.ts";

/** A percentage beside the two numbers it is said to be made of. */
export interface PercentClaim {
  readonly percent: Quantity;
  readonly numerator: Quantity;
  readonly denominator: Quantity;
  /** share: numerator ÷ denominator; growth: (numerator − denominator) ÷ denominator. */
  readonly kind: "share" | "growth" | "decline";
  /** The right value, two decimals. */
  readonly computed: Decimal;
  readonly verdict: "right" | "wrong";
}

/** Rate → what its numerator is called. Satisfaction and awareness come from surveys and are no quotient of the text. */
const NUMERATOR: readonly (readonly [RegExp, RegExp])[] = [
  [/合格率$/, /(?<!不)(?:合格|符合)/],
  [/(?<!不)(?:及格|通过)率$/, /及格|通过|合格/],
  [/达标率$/, /(?<!不)(?:达标|符合|合格)/],
  [/优良率$/, /优良/],
  [/优秀率$/, /优秀/],
  [/(?:办结|结案|处置|调处|化解|处理)率$/, /办结|结案|处置|调处|化解|处理|审结/],
  [/(?:回收|有效)率$/, /回收|收回|有效/],
  [/(?:支付|执行|支出|使用)(?:进度|率)$/, /支付|支出|执行|使用|拨付/],
  [/到位率$/, /到位/],
  [/(?:参训|参与|参加|出勤|到课|到会)率$/, /参训|参与|参加|实到|到课|到会|出勤/],
  [/(?:录取|招录|招聘)(?:完成)?率$/, /录取|实招|实际招|招录|招聘|录用/],
  [/就业率$/, /就业/],
  [/(?:体检|筛查|受检|检查)率$/, /体检|筛查|实检|受检|检查/],
  [/(?:成活|保存)率$/, /成活|保存/],
  [/(?:覆盖|普及|惠及)(?:率|面)$/, /覆盖|普及|惠及/],
  [
    /(?:接种|参保|签约|入学|安置|发放|建档|整改|竣工|开工|验收|完工|采纳|回访|修复|脱贫|巡查|检测|抽检|完成)率$/,
    /接种|参保|签约|入学|安置|发放|建档|整改|竣工|开工|验收|完工|采纳|回访|修复|脱贫|巡查|检测|抽检|完成|实际|实招|实有/,
  ],
];
const WHOLE =
  /计划|应(?!急|用|对)|目标|任务|总|共|拟|下达|安排|预算|申请|申报|报名|抽检|抽查|抽样|检测|发出|发放|受理|接到|收到|排查|发现|全[市县区省镇乡村校]|在册|登记|指标/;
const PLAN = /计划|目标|任务|应(?!急|用|对)|拟|指标|预算/;
const ACTUAL = /实际|完成|已|实/;

function fitsRounded(percent: Quantity, value: Ratio): boolean {
  const places = percent.step.scale;
  const shown = percent.value;
  const computed = { numerator: multiply(value.numerator, HUNDRED), denominator: value.denominator };
  const step: Decimal = { units: 1n, scale: places };
  if (percent.step.units !== 1n) return true;
  return (
    within(roundRatio(computed, places, "half-up"), shown, { units: 0n, scale: 0 }) ||
    within(roundRatio(computed, places, "truncate"), shown, { units: 0n, scale: 0 }) ||
    (percent.approximate && within(roundRatio(computed, places, "half-up"), shown, step))
  );
}

function judged(
  kind: PercentClaim["kind"],
  percent: Quantity,
  numerator: Quantity,
  denominator: Quantity,
): PercentClaim | null {
  if (percent.unit !== "%" || percent.limit || numerator.approximate || denominator.approximate) return null;
  const top =
    kind === "share"
      ? numerator.value
      : kind === "growth"
        ? subtract(numerator.value, denominator.value)
        : subtract(denominator.value, numerator.value);
  const value = ratio(top, denominator.value);
  if (!value || top.units < 0n) return null;
  return {
    percent,
    numerator,
    denominator,
    kind,
    computed: roundRatio({ numerator: multiply(top, HUNDRED), denominator: value.denominator }, 2, "half-up"),
    verdict: fitsRounded(percent, value) ? "right" : "wrong",
  };
}

function amounts(list: readonly Quantity[]): Quantity[] {
  return list.filter(
    (quantity) =>
      (quantity.kind === "count" || quantity.kind === "money") &&
      quantity.per.length === 0 &&
      !quantity.worded &&
      !quantity.limit,
  );
}

/** "占…120人的50%", "占比50%": the part before, the whole after 占 or said to be the whole. */
function shareClaim(percent: Quantity, before: readonly Quantity[]): PercentClaim | null {
  const list = amounts(before);
  const last = list.at(-1);
  if (/^的$/.test(percent.lead)) {
    const part = list.at(-2);
    if (!last || !part || !/占[^占]*$/.test(last.lead) || last.family !== part.family) return null;
    return judged("share", percent, part, last);
  }
  if (!/占比?(?:为|达到?)?$/.test(percent.lead) || !last) return null;
  const same = list.filter((quantity) => quantity !== last && quantity.family === last.family);
  const whole =
    same.length === 1
      ? same[0]
      : same.filter((quantity) => quantity.isTotal || /总|全/.test(quantity.lead)).at(-1);
  if (!whole || !(whole.isTotal || WHOLE.test(whole.lead))) return null;
  return compare(last.value, whole.value) <= 0 ? judged("share", percent, last, whole) : null;
}

/** "由100增加到120，增长20%". */
function growthClaim(percent: Quantity, before: readonly Quantity[], normal: string): PercentClaim | null {
  const list = amounts(before);
  const now = list.at(-1);
  const then = list.at(-2);
  if (!now || !then || now.family !== then.family || now.kind !== then.kind) return null;
  const up = /(?:增长|增加|提高|上升|提升|增幅)(?:了|达到?|为)?$/.test(percent.lead);
  const down = /(?:下降|减少|降低|降幅)(?:了|达到?|为)?$/.test(percent.lead);
  if (!up && !down) return null;
  if (
    !/(?:由|从)[^由从,;。\n]*$/.test(normal.slice(Math.max(0, then.start - 24), then.start)) ||
    !/(?:到|至|为)$/.test(now.lead)
  )
    return null;
  return judged(up ? "growth" : "decline", percent, now, then);
}

/** "抽检200批次，合格196批次，合格率98%": the numerator is named by the rate, the other number is the whole. */
function rateClaim(percent: Quantity, before: readonly Quantity[]): PercentClaim | null {
  const name = percent.lead.replace(/(?:达到?了?|为|是|约|实现|[:：])*$/, "");
  const named = NUMERATOR.find(([rate]) => rate.test(name));
  if (!named) return null;
  const list = amounts(before);
  const isPart = (quantity: Quantity): boolean =>
    (named[1].test(quantity.lead + quantity.tail) || (ACTUAL.test(quantity.lead) && /完成率$/.test(name))) &&
    !/不(?:合格|达标|及格|符合)|未/.test(quantity.lead) &&
    !(PLAN.test(quantity.lead) && !ACTUAL.test(quantity.lead));
  const part = list.findLast(isPart);
  if (!part) return null;
  const wholes = list.filter(
    (quantity) =>
      quantity !== part &&
      quantity.family === part.family &&
      quantity.kind === part.kind &&
      WHOLE.test(quantity.lead) &&
      // The same name on both numbers ("完成甲120公里，完成乙80公里") makes them two parts, not part and whole.
      (!named[1].test(quantity.lead) || PLAN.test(quantity.lead) || !named[1].test(part.lead)),
  );
  const claims = wholes
    .map((whole) => judged("share", percent, part, whole))
    .filter((claim) => claim !== null);
  const right = claims.find(({ verdict }) => verdict === "right");
  if (right) return right;
  const others = list.filter(
    (quantity) => quantity !== part && quantity.family === part.family && quantity.kind === part.kind,
  );
  return claims.length === 1 && others.length === 1 ? (claims[0] ?? null) : null;
}

const CACHE = new WeakMap<NumberedText, readonly PercentClaim[]>();

/** Every percentage of the text whose numerator and denominator stand beside it. Computed once per text. */
export function percentClaimsOf(numbered: NumberedText): readonly PercentClaim[] {
  const known = CACHE.get(numbered);
  if (known) return known;
  const claims: PercentClaim[] = [];
  const { quantities, text } = numbered;
  if (quantities.some((quantity) => quantity.kind === "percent")) {
    let next = 0;
    for (const sentence of sentencesOf(text)) {
      while (next < quantities.length && (quantities[next]?.start ?? 0) < sentence.start) next += 1;
      let from = next;
      for (; next < quantities.length && (quantities[next]?.start ?? 0) < sentence.end; next++) {
        const percent = quantities[next];
        if (percent?.kind !== "percent") continue;
        // Only what stands between the percentage before and this one can be its figures.
        const before = quantities.slice(Math.max(from, next - 6), next);
        const claim =
          shareClaim(percent, before) ??
          growthClaim(percent, before, numbered.normal) ??
          rateClaim(percent, before);
        if (claim) claims.push(claim);
        if (claim) from = next + 1;
      }
    }
  }
  CACHE.set(numbered, claims);
  return claims;
}
