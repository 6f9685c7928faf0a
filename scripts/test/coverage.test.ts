import { describe, expect, test } from "vitest";
import {
  beyondTheList,
  coverageAtHand,
  coverageFaults,
  listedFindings,
  reviewBureau,
  type Said,
} from "../check-coverage.ts";
import { COVERAGE, tally } from "../coverage-bureau-2024.ts";

/** The list as the table has it, where the list itself is not needed. */
const OWN_LIST = new Map(
  COVERAGE.map(({ id, severity, outcome }) => [id, { severity, trap: outcome === "trap" }] as const),
);

/** A review that says exactly what the table claims. */
function claimed(): Said[] {
  return COVERAGE.flatMap(({ outcome, seen }) =>
    seen.map(({ where, code, at, names }) => ({
      where,
      kind: outcome === "unclear" ? ("unclear" as const) : ("finding" as const),
      code,
      force: "should",
      at: [at],
      message: names.join("；"),
    })),
  );
}

describe("the table of the eleven published forms", () => {
  test("an entry whose finding is gone is told by its id", () => {
    const said = claimed().filter(({ where, code }) => !(where === 2 && code === "AR-60"));
    expect(coverageFaults(said, OWN_LIST)).toContain("S02-01: not found: 2 AR-60 totalPoints 90分、100分");
  });

  test("a finding that is only asked about does not count as found", () => {
    const said = claimed().map((each) =>
      each.where === 2 && each.code === "AR-60" ? { ...each, kind: "unclear" as const } : each,
    );
    expect(coverageFaults(said, OWN_LIST).some((fault) => fault.startsWith("S02-01: not found"))).toBe(true);
  });

  test("an id of the list that the table lacks, and one of another severity, are told", () => {
    const list = new Map(OWN_LIST)
      .set("S12-01", { severity: "error", trap: false })
      .set("S01-03", { severity: "error", trap: false });
    const faults = coverageFaults(claimed(), list);
    expect(faults).toContain("S12-01: not in the table");
    expect(faults).toContain("S01-03: warning, the list says error");
  });

  test("a finding on what is right is told, but not a longer figure with the same end", () => {
    const right: Said = {
      where: 7,
      kind: "finding",
      code: "AR-100",
      force: "must",
      at: ["goal.achieved"],
      message: "各项合计123人",
    };
    const told = (message: string) =>
      coverageFaults([...claimed(), { ...right, message }], OWN_LIST).filter((fault) =>
        fault.startsWith("S07-16"),
      );
    expect(told("各项合计123人")).toHaveLength(1);
    expect(told("各项合计1123人")).toHaveLength(0);
  });

  test("no error is without a place, and four of five warnings are found", () => {
    expect(tally("error").none).toBe(0);
    const { all, found } = tally("warning");
    expect(found * 5).toBeGreaterThanOrEqual(all * 4);
  });
});

// The forms and the list are not part of the project: without the folder beside the checkout there is nothing to hold.
describe.skipIf(!coverageAtHand())(
  "the review of the published forms (../shared/forms, skipped where it is absent)",
  () => {
    test("says what the table claims, entry by entry, and nothing on what is right", () => {
      expect(coverageFaults(reviewBureau(), listedFindings())).toEqual([]);
    });

    test("says little of force must or should that the reviewer does not", () => {
      const said = reviewBureau();
      const grave = said.filter(({ force }) => force === "must" || force === "should");
      expect(beyondTheList(said).length * 10).toBeLessThanOrEqual(grave.length);
    });
  },
);
