import type { overviewSchema, usageSchema } from "@jiheng/contract/http";
import type { z } from "zod";
import { yuanOf } from "../../platform/money.ts";
import type { FormCount, Usage } from "./store.ts";

type Overview = z.input<typeof overviewSchema>;
type Body = Overview["totals"];

/** What was counted of one body, or of all of them together. */
export function presentCounts(
  counts: readonly FormCount[],
  projects: readonly { readonly projects: bigint; readonly placeholders: bigint }[],
): Body {
  const evaluations = counts.filter(({ kind }) => kind === "self-evaluation");
  const total = (figures: readonly (string | null)[]): bigint =>
    figures.reduce((sum, figure) => sum + BigInt(figure ?? "0"), 0n);
  const grades = Map.groupBy(
    evaluations.filter(({ priced, grade }) => priced > 0n || grade !== null),
    ({ grade }) => grade,
  );
  return {
    projects: Number(projects.reduce((sum, row) => sum + row.projects, 0n)),
    placeholders: Number(projects.reduce((sum, row) => sum + row.placeholders, 0n)),
    forms: [...Map.groupBy(counts, ({ kind, state }) => `${kind} ${state}`).values()].map((same) => ({
      kind: same[0]?.kind ?? "",
      state: same[0]?.state ?? "",
      forms: Number(same.reduce((sum, { forms }) => sum + forms, 0n)),
    })),
    grades: [...grades].map(([grade, same]) => ({
      grade,
      forms: Number(same.reduce((sum, { forms }) => sum + forms, 0n)),
      expenditure: yuanOf(total(same.map(({ expenditure }) => expenditure))),
    })),
    money: {
      initialBudget: yuanOf(total(evaluations.map((row) => row.initial_budget))),
      adjustedBudget: yuanOf(total(evaluations.map((row) => row.adjusted_budget))),
      expenditure: yuanOf(total(evaluations.map((row) => row.expenditure))),
    },
    formsWithoutMoney: Number(evaluations.reduce((sum, { forms, priced }) => sum + forms - priced, 0n)),
    must: Number(counts.reduce((sum, { must }) => sum + must, 0n)),
    should: Number(counts.reduce((sum, { should }) => sum + should, 0n)),
  };
}

function quantiles(values: readonly (string | null)[] | null): z.input<typeof usageSchema>["targets"] {
  const [low, quarter, middle, threeQuarters, high] = values ?? [];
  if (low == null || quarter == null || middle == null || threeQuarters == null || high == null) return null;
  return { low, quarter, middle, threeQuarters, high };
}

/** How indicators of one name and unit are used. */
export function presentUsage(usage: Usage): z.input<typeof usageSchema> {
  return {
    name: usage.name,
    level1: usage.level1,
    level2: usage.level2,
    unit: usage.unit,
    rows: Number(usage.rows),
    measured: Number(usage.measured),
    projects: Number(usage.projects),
    comparisons: [...usage.comparisons],
    targets: quantiles(usage.targets),
    actuals: quantiles(usage.actuals),
    scored: Number(usage.scored),
    missed: Number(usage.missed),
    exact: Number(usage.exact),
    boilerplate: Number(usage.boilerplate),
  };
}
