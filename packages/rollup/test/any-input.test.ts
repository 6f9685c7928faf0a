import { type Form, parseDecimal, sum } from "@jiheng/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rollUp, sourceOf } from "../src/index.ts";
import { project, type Row } from "./example.ts";

const CELLS = [
  null,
  "",
  "≥95%",
  "0.95",
  "=120.00(人)",
  "≥120人次",
  "≤3天",
  "前三",
  "11月底",
  "2024年12月31日前",
  "达成指标",
  "未达成指标",
  "部分达成指标",
  "已建立制度",
  "95%（19/20）",
  "1.2万元",
  "3000元",
  "-5%",
  "0",
  "99999999999999999999999999999999人",
  "12/24",
  "约100人",
];
const cell = fc.constantFrom(...CELLS);
const row: fc.Arbitrary<Row> = fc
  .tuple(
    fc.constantFrom("数量指标", "质量指标", "时效指标", "社会效益指标", "其他", ""),
    fc.constantFrom("人数", "合格率", "完成时限", "平均天数", "制度建设", "排名", ""),
    cell,
    cell,
    fc.constantFrom("10", "0", "-1", "x", ""),
    fc.constantFrom("10", "8", "0", "x", ""),
  )
  .map((cells) => cells);
const money = fc
  .tuple(...[1, 2, 3].map(() => fc.constantFrom("0", "10.00", "-3", "abc", null, "123456789.12")))
  .map(([a, b, c]) => [a ?? null, b ?? null, c ?? null] as const);
const form = (name: string): fc.Arbitrary<Form> =>
  fc
    .record({
      money,
      rows: fc.array(row, { maxLength: 6 }),
      moneyUnit: fc.constantFrom("万元", "元", "亿元", "万元", null),
      template: fc.constantFrom("national", "shanghai-bureau-a"),
    })
    .map(({ money: figures, rows, ...head }) => project(name, figures, rows, head));

describe("any input", () => {
  test("is rolled up or refused with reasons, never thrown at; points make 100 wherever they are given", () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 4 })
          .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => form(`项目${at}`)))),
        fc.constantFrom("equal" as const, "money" as const, "weights" as const),
        fc.constantFrom<readonly string[]>([], ["人数", "完成时限"]),
        fc.constantFrom(undefined, "national"),
        (forms, points, names, template) => {
          const result = rollUp(
            forms.map((each) => sourceOf(each)),
            {
              points,
              apart: names,
              strictest: ["完成时限"],
              once: ["人数"],
              ...(template ? { template } : {}),
            },
          );
          if (result.kind === "refused") {
            expect(result.conflicts.length).toBeGreaterThan(0);
            for (const conflict of result.conflicts)
              expect([conflict.says, conflict.remedy]).not.toContain("");
            return;
          }
          const given = [
            result.form.funds[0]?.points,
            ...result.form.indicators.map((each) => each.points),
          ].map(parseDecimal);
          if (result.form.totalPoints === "100.00" && forms.length > 1) {
            const total = sum(given.filter((each) => each !== null));
            expect(`${total.units}e-${total.scale}`).toBe("10000e-2");
          }
          for (const trace of Object.values(result.traces)) expect(trace.says).not.toBe("");
          expect(JSON.parse(JSON.stringify(result.form))).toEqual(result.form);
        },
      ),
      { numRuns: 400 },
    );
  });
});
