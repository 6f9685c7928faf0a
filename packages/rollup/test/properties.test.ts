import { type Form, formatDecimal, parseDecimal, sum } from "@jiheng/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allot } from "../src/allot.ts";
import { rollUp, sourceOf, sourceOfRollUp, splitRollUp } from "../src/index.ts";
import { project, type Row, rolled } from "./example.ts";

const figure = (most: number) =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: BigInt(most) }), fc.integer({ min: 0, max: 3 }))
    .map(([units, scale]) => formatDecimal({ units, scale }));
const NAMES = ["培训人数", "检查家数", "补贴份数"];
const RATES = ["合格率", "及时率", "满意度"];

/** A project with some of six rows; its money may be blank. */
const anyProject = (name: string): fc.Arbitrary<Form> =>
  fc
    .record({
      money: fc.tuple(figure(99999), figure(99999), fc.option(figure(99999), { freq: 8 })),
      counts: fc.array(
        fc.tuple(fc.constantFrom(...NAMES), figure(9999), fc.option(figure(9999), { freq: 8 })),
        {
          maxLength: 3,
        },
      ),
      rates: fc.array(fc.tuple(fc.constantFrom(...RATES), fc.integer({ min: 50, max: 100 }), figure(9999)), {
        maxLength: 3,
      }),
    })
    .map(({ money, counts, rates }) => {
      const once = <T extends readonly [string, ...unknown[]]>(list: readonly T[]): readonly T[] => [
        ...new Map(list.map((each) => [each[0], each])).values(),
      ];
      return project(name, money, [
        ...once(counts).map(
          ([title, target, actual]): Row => [
            "数量指标",
            title,
            `≥${target}人`,
            actual === null ? null : `${actual}人`,
          ],
        ),
        ...once(rates).map(
          ([title, target, actual]): Row => ["质量指标", title, `≥${target}%`, `${actual}%`],
        ),
        ["社会效益指标", "影响", "扩大", "达成指标"],
      ]);
    });

const anyProjects = fc
  .integer({ min: 2, max: 5 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyProject(`项目${index + 1}`))));

/** Every figure of a form by what it says, whatever the order of its rows. */
function figuresOf(form: Form): unknown {
  return {
    funds: form.funds.map(({ deviation: _, ...fund }) => fund),
    rows: form.indicators
      .map((row) => [row.level1, row.level2, row.name, row.target, row.actual, row.points, row.score])
      .sort((a, b) => (String(a) < String(b) ? -1 : 1)),
    total: [form.totalPoints, form.totalScore, form.grade],
  };
}

describe("properties", () => {
  test("sums are exact: every added figure is the sum of its terms", () => {
    fc.assert(
      fc.property(anyProjects, (forms) => {
        for (const trace of Object.values(rolled(forms).traces)) {
          if (trace.kind !== "sum") continue;
          const values = trace.terms.map((term) => parseDecimal(term.figure));
          expect(values).not.toContain(null);
          const total = sum(values.filter((value) => value !== null));
          expect(formatDecimal(total)).toBe(trace.value);
        }
      }),
    );
  });

  test("a sum is given only where every project that has the row has the figure", () => {
    fc.assert(
      fc.property(anyProjects, (forms) => {
        const result = rolled(forms);
        for (const row of result.form.indicators.filter((each) => NAMES.includes(each.name ?? ""))) {
          const parts = forms.flatMap((form) => form.indicators.filter((each) => each.name === row.name));
          expect(row.actual.value === null).toBe(parts.some((part) => part.actual.value === null));
        }
      }),
    );
  });

  test("the order of the inputs changes no figure", () => {
    fc.assert(
      fc.property(
        anyProjects.chain((forms) =>
          fc.tuple(fc.constant(forms), fc.shuffledSubarray(forms, { minLength: forms.length })),
        ),
        fc.constantFrom("equal" as const, "money" as const),
        ([forms, shuffled], points) => {
          const [one, two] = [forms, shuffled].map((each) =>
            rollUp(
              each.map((form) => sourceOf(form)),
              { points, name: "类" },
            ),
          );
          expect(one?.kind).toBe(two?.kind);
          if (one?.kind === "rolled" && two?.kind === "rolled")
            expect(figuresOf(two.form)).toEqual(figuresOf(one.form));
        },
      ),
    );
  });

  test("points add up to exactly 100", () => {
    fc.assert(
      fc.property(anyProjects, (forms) => {
        const { form } = rolled(forms);
        const all = [form.funds[0]?.points, ...form.indicators.map((row) => row.points)].map(parseDecimal);
        expect(formatDecimal(sum(all.filter((value) => value !== null)))).toBe("100.00");
      }),
    );
  });

  test("hundredths are allotted whole, whatever the weights", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10_000n }),
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 }),
        (amount, weights) => {
          const shares = allot(
            amount,
            weights.map((units, index) => ({ key: String(index), weight: { units, scale: 2 } })),
          );
          if (weights.every((weight) => weight === 0n)) expect(shares).toBeNull();
          else expect(shares?.reduce((a, b) => a + b, 0n)).toBe(amount);
        },
      ),
    );
  });

  test("a roll-up splits back into the forms it was made of", () => {
    fc.assert(
      fc.property(anyProjects, (forms) => {
        expect(splitRollUp(rolled(forms))).toEqual(forms);
      }),
    );
  });

  test("the roll-up of one form has that form's figures", () => {
    fc.assert(
      fc.property(anyProject("甲"), (form) => {
        const result = rolled([form]).form;
        const money = (each: Form) =>
          each.funds.map((fund) => [fund.initialBudget, fund.adjustedBudget, fund.expenditure]);
        const rows = (each: Form) => each.indicators.map((row) => [row.name, row.target, row.actual]);
        expect(money(result)).toEqual(money(form));
        expect(rows(result)).toEqual(rows(form));
        expect(result.goal).toEqual(form.goal);
      }),
    );
  });

  test("rolling up in steps gives what rolling up at once gives", () => {
    fc.assert(
      fc.property(anyProjects, fc.integer({ min: 1, max: 4 }), (forms, cut) => {
        const at = Math.min(cut, forms.length - 1);
        const [head, tail] = [forms.slice(0, at), forms.slice(at)];
        const inner = rolled(head, { name: "内" });
        const outer = rollUp([sourceOfRollUp(inner), ...tail.map((form) => sourceOf(form))], { name: "类" });
        if (outer.kind === "refused") throw new Error("refused");
        expect(outer.form).toEqual(rolled(forms, { name: "类" }).form);
      }),
    );
  });

  test("a weighted figure lies between the least and the greatest it was made of", () => {
    fc.assert(
      fc.property(anyProjects, (forms) => {
        for (const trace of Object.values(rolled(forms).traces)) {
          if (trace.kind !== "weighted" || !trace.terms.every((term) => term.figure !== null)) continue;
          const values = trace.terms.map((term) => Number(term.figure));
          const value = Number(trace.value);
          expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 0.01);
          expect(value).toBeLessThanOrEqual(Math.max(...values) + 0.01);
        }
      }),
    );
  });

  test("every figure of a roll-up has a derivation", () => {
    fc.assert(
      fc.property(anyProjects, (forms) => {
        const { form, traces } = rolled(forms);
        const lacking: string[] = [];
        for (const [index, fund] of form.funds.entries())
          for (const field of [
            "initialBudget",
            "adjustedBudget",
            "expenditure",
            "points",
            "executionRate",
            "score",
          ] as const)
            if (fund[field] !== null && !traces[`funds[${index}].${field}`])
              lacking.push(`funds[${index}].${field}`);
        for (const [index, row] of form.indicators.entries()) {
          for (const field of ["points", "score", "name", "deviation"] as const)
            if (row[field] !== null && !traces[`indicators[${index}].${field}`])
              lacking.push(`indicators[${index}].${field}`);
          for (const field of ["target", "actual"] as const)
            if (row[field].text !== null && !traces[`indicators[${index}].${field}`])
              lacking.push(`indicators[${index}].${field}`);
        }
        for (const at of ["totalPoints", "totalScore", "grade"] as const)
          if (form[at] !== null && !traces[at]) lacking.push(at);
        expect(lacking).toEqual([]);
      }),
    );
  });
});
