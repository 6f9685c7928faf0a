import { add, compare, type Decimal, parseDecimal, showDecimal, subtract, ZERO } from "@jiheng/domain";
import type { Answered } from "../../api/operations-of.ts";

type Money = Answered<"getMoneyStatistics">;
type Flow = Money["totals"];

/** The places money passes; a body's initial budget is `body:` with its identity. */
export type Place =
  | `body:${string}`
  | "rest"
  | "increased"
  | "adjusted"
  | "decreased"
  | "overspent"
  | "spent"
  | "unspent";

/** Money that goes from one place to another, in yuan, exact; `forms` are those it is the sum of. */
export interface Stream {
  readonly from: Place;
  readonly to: Place;
  readonly yuan: string;
  readonly forms: number;
  /** The body it is of; null where it is of all. */
  readonly organisation: string | null;
}

/** The flow of the money: all streams for the table, and those that are drawn, small bodies together as `rest`. */
export interface Streams {
  readonly all: readonly Stream[];
  readonly drawn: readonly Stream[];
  /** How many bodies stand in `rest`. */
  readonly together: number;
}

const exact = (yuan: string): Decimal => parseDecimal(yuan) ?? ZERO;
const isSome = ({ yuan }: Stream): boolean => compare(exact(yuan), ZERO) !== 0;
const text = (value: Decimal): string => {
  const [whole = "0", part = ""] = showDecimal(value).split(".");
  return `${whole}.${part.padEnd(2, "0")}`;
};
const sumOf = (streams: readonly Stream[]): string =>
  text(streams.reduce((sum, { yuan }) => add(sum, exact(yuan)), ZERO));

function ofBody(id: string, { initialBudget, decreased, forms, formsDecreased }: Flow): Stream[] {
  const from = `body:${id}` as const;
  const kept = text(subtract(exact(initialBudget), exact(decreased)));
  return [
    { from, to: "adjusted", yuan: kept, forms, organisation: id },
    { from, to: "decreased", yuan: decreased, forms: formsDecreased, organisation: id },
  ];
}

/**
 * Where the money came from and where it went: initial budgets by body and what was added become the adjusted budget, but what was cut;
 * of that some was spent. Every place gives as much as it gets; streams of nothing are left out.
 */
export function streamsOf({ totals, bodies }: Money, most: number): Streams {
  const sorted = bodies
    .filter(({ forms }) => forms > 0)
    .toSorted((a, b) => compare(exact(b.initialBudget), exact(a.initialBudget)));
  const own = sorted.flatMap((body) => ofBody(body.organisation, body)).filter(isSome);
  const whole: Omit<Stream, "organisation">[] = [
    { from: "increased", to: "adjusted", yuan: totals.increased, forms: totals.formsIncreased },
    {
      from: "adjusted",
      to: "spent",
      yuan: text(subtract(exact(totals.adjustedBudget), exact(totals.unspent))),
      forms: totals.forms,
    },
    { from: "overspent", to: "spent", yuan: totals.overspent, forms: totals.formsOverspent },
    { from: "adjusted", to: "unspent", yuan: totals.unspent, forms: totals.formsUnspent },
  ];
  const after = whole.map((stream): Stream => ({ ...stream, organisation: null })).filter(isSome);
  const kept = new Set(sorted.slice(0, most).map(({ organisation }) => organisation));
  const small = own.filter(({ organisation }) => organisation !== null && !kept.has(organisation));
  const rest = (["adjusted", "decreased"] as const)
    .map((to): Stream => {
      const same = small.filter((stream) => stream.to === to);
      return {
        from: "rest",
        to,
        yuan: sumOf(same),
        forms: same.reduce((sum, { forms }) => sum + forms, 0),
        organisation: null,
      };
    })
    .filter(isSome);
  return {
    all: [...own, ...after],
    drawn: [...own.filter((stream) => !small.includes(stream)), ...rest, ...after],
    together: Math.max(0, sorted.length - most),
  };
}
