import { add, parseDecimal, showDecimal, ZERO } from "@jiheng/domain";
import { describe, expect, it } from "vitest";
import { type Place, type Stream, streamsOf } from "../src/features/analysis/streams.ts";

type Money = Parameters<typeof streamsOf>[0];

type Form = readonly [bigint, bigint, bigint];

const most = (value: bigint) => (value > 0n ? value : 0n);

/** Forms as [initial, adjusted, spent] in whole yuan, added up as the server does. */
function flowOf(forms: readonly Form[]): Money["totals"] {
  const yuan = (of: (form: Form) => bigint) => `${forms.reduce((sum, form) => sum + of(form), 0n)}.00`;
  const count = (of: (form: Form) => boolean) => forms.filter(of).length;
  return {
    forms: forms.length,
    incomplete: 0,
    suspect: 0,
    negative: 0,
    initialBudget: yuan(([initial]) => initial),
    increased: yuan(([initial, adjusted]) => most(adjusted - initial)),
    decreased: yuan(([initial, adjusted]) => most(initial - adjusted)),
    adjustedBudget: yuan(([, adjusted]) => adjusted),
    unspent: yuan(([, adjusted, spent]) => most(adjusted - spent)),
    overspent: yuan(([, adjusted, spent]) => most(spent - adjusted)),
    expenditure: yuan(([, , spent]) => spent),
    formsZero: count((form) => form.every((each) => each === 0n)),
    formsIncreased: count(([initial, adjusted]) => adjusted > initial),
    formsDecreased: count(([initial, adjusted]) => adjusted < initial),
    formsUnspent: count(([, adjusted, spent]) => adjusted > spent),
    formsOverspent: count(([, adjusted, spent]) => spent > adjusted),
  };
}

function moneyOf(...bodies: readonly (readonly Form[])[]): Money {
  const forms = bodies.flat();
  return {
    forms: forms.length,
    rollups: 0,
    totals: flowOf(forms),
    bodies: bodies.map((own, index) => ({
      organisation: `b${index}`,
      name: `部门${index}`,
      ...flowOf(own),
    })),
  };
}

const total = (streams: readonly Stream[], of: (stream: Stream) => boolean): string =>
  showDecimal(streams.filter(of).reduce((sum, { yuan }) => add(sum, parseDecimal(yuan) ?? ZERO), ZERO));

describe("the flow of the money", () => {
  const money = moneyOf(
    [
      [100n, 120n, 110n],
      [50n, 20n, 20n],
    ],
    [[9007199254740993n, 9007199254740993n, 9007199254740990n]],
    [
      [0n, 40n, 45n],
      [0n, 0n, 0n],
    ],
    [[7n, 7n, 7n]],
  );

  it("gives from every place as much as it gets, to the fen, however much it is", () => {
    for (const streams of [streamsOf(money, 9).all, streamsOf(money, 9).drawn, streamsOf(money, 1).drawn]) {
      const into = (place: Place) => total(streams, ({ to }) => to === place);
      const outOf = (place: Place) => total(streams, ({ from }) => from === place);
      expect(into("adjusted")).toBe(outOf("adjusted"));
      expect(`${into("adjusted")}.00`).toBe(money.totals.adjustedBudget);
      expect(`${into("spent")}.00`).toBe(money.totals.expenditure);
      expect(`${into("unspent")}.00`).toBe(money.totals.unspent);
      expect(`${into("decreased")}.00`).toBe(money.totals.decreased);
      expect(`${total(streams, ({ from }) => from.startsWith("body:") || from === "rest")}.00`).toBe(
        money.totals.initialBudget,
      );
    }
  });

  it("draws no stream of nothing, and puts the small bodies together while the table keeps each", () => {
    const { all, drawn, together } = streamsOf(money, 1);
    expect(all.every(({ yuan }) => yuan !== "0.00")).toBe(true);
    expect(together).toBe(3);
    expect(drawn.map(({ from, to, yuan, forms }) => [from, to, yuan, forms])).toEqual([
      ["body:b1", "adjusted", "9007199254740993.00", 1],
      ["rest", "adjusted", "127.00", 3],
      ["rest", "decreased", "30.00", 1],
      ["increased", "adjusted", "60.00", 2],
      ["adjusted", "spent", "9007199254741167.00", 6],
      ["overspent", "spent", "5.00", 1],
      ["adjusted", "unspent", "13.00", 2],
    ]);
    expect(all.filter(({ from }) => from === "body:b2")).toEqual([]);
    expect(all.filter(({ organisation }) => organisation === "b0").map(({ to, yuan }) => [to, yuan])).toEqual(
      [
        ["adjusted", "120.00"],
        ["decreased", "30.00"],
      ],
    );
  });
});
