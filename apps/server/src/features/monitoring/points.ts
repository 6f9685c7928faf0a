import { type Form, formatDecimal, parseDecimal } from "@jiheng/domain";

/** Points of 100 by level, as the Ministry's reference weights have them: with a row of costs and without. */
const WEIGHTS: readonly Readonly<Record<string, number>>[] = [
  { 产出: 50, 效益: 30, 满意度: 10 },
  { 成本: 20, 产出: 40, 效益: 20, 满意度: 10 },
];
const EXECUTION = 10;

/**
 * A form with points to estimate by: its own where every row has them, else those of the approved targets, else the reference weights in
 * equal parts. `assumption` says which, and is null where the form has its own. Only for a forecast; no form is changed by it.
 */
export function withPoints(
  form: Form,
  approved: Form | null,
): { readonly form: Form; readonly assumption: string | null } {
  const has = (rows: readonly { readonly points: string | null }[]): boolean =>
    rows.length > 0 && rows.every(({ points }) => parseDecimal(points) !== null);
  if (has(form.indicators)) return { form, assumption: null };
  const known = new Map(approved?.indicators.map(({ id, points }) => [id, points]));
  const lent = form.indicators.map((row) => ({ ...row, points: known.get(row.id) ?? null }));
  if (has(lent))
    return {
      form: { ...form, indicators: lent },
      assumption: "监控表没有分值，按批复的绩效目标的分值估算。",
    };
  return {
    form: {
      ...form,
      indicators: allotted(form),
      funds: form.funds.map((fund, index) => executionPoints(fund, index)),
    },
    assumption:
      "表上没有分值，按参考权重（执行10分，其余按一级指标）在各指标间均分估算，正式分值以自评表为准。",
  };
}

function levelOf(level1: string | null, level2: string | null): string {
  const said = `${level1 ?? ""}${level2 ?? ""}`;
  return ["满意度", "成本", "效益", "产出"].find((level) => said.includes(level)) ?? "产出";
}

/** In hundredths, so that every level adds up; a level without rows gives its points to the outputs. */
function allotted({ indicators }: Form): Form["indicators"] {
  const groups = Map.groupBy(indicators, ({ level1, level2 }) => levelOf(level1, level2));
  const weights = groups.has("成本") ? WEIGHTS[1] : WEIGHTS[0];
  const present = Object.entries(weights ?? {}).filter(([level]) => groups.has(level));
  const left = 100 - EXECUTION - present.reduce((sum, [, points]) => sum + points, 0);
  const shares = new Map<string, string>();
  for (const [index, [level, points]] of present.entries()) {
    const rows = groups.get(level) ?? [];
    const hundredths = (points + (index === 0 ? left : 0)) * 100;
    rows.forEach((row, at) => {
      const share = Math.floor(hundredths / rows.length) + (at < hundredths % rows.length ? 1 : 0);
      shares.set(row.id, formatDecimal({ units: BigInt(share), scale: 2 }, 2));
    });
  }
  return indicators.map((row) => ({ ...row, points: shares.get(row.id) ?? null }));
}

function executionPoints(fund: Form["funds"][number], index: number): Form["funds"][number] {
  const isTotal = fund.source === "total" || index === 0;
  return isTotal ? { ...fund, points: String(EXECUTION) } : fund;
}
