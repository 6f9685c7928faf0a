import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decimal, type Form, type Indicator, showDecimal } from "@jiheng/domain";
import { describe, expect, it } from "vitest";
import {
  acceptedExecutionScores,
  acceptedRates,
  explainScore,
  findPolicy,
  type PolicyPack,
  recomputeEntered,
  scoreForm,
} from "../src/index.ts";
import { form, fund, row } from "./build-form.ts";

const national = findPolicy("national-2020") as PolicyPack;

describe("scoreForm", () => {
  it("adds what is scored and grades it", () => {
    const scored = scoreForm(form(), national);
    expect(scored.total).toMatchObject({ kind: "number" });
    expect(scored.total.kind === "number" && showDecimal(scored.total.value)).toBe("94.5");
    expect(scored.grade).toBe("优");
    expect(scored.steps[0]?.says).toBe("3项指标得分合计87分，加预算执行7.5分，总分94.5分");
  });

  it("says where the points do not make up 100", () => {
    const says = (points: string): string[] =>
      scoreForm(form({ indicators: [row({ points, score: points })] }), national).steps.map(
        (each) => each.says,
      );
    expect(says("80")).toContain("参与计分的分值合计90分，不是100分");
    expect(says("90").join()).not.toContain("不是100分");
  });

  it("says bounds and what is lacking instead of a number", () => {
    const rows = [
      row({ points: "50", score: "50" }),
      row({ name: "工期", target: "≤30 天", actual: "45 天", points: "30", score: "20" }),
      row({ name: "村民满意度", target: "≥95%", actual: null, points: "10", score: null }),
    ];
    const scored = scoreForm(form({ indicators: rows }), national);
    expect(scored.total.kind).toBe("bounds");
    if (scored.total.kind !== "bounds") return;
    expect(scored.total.between?.map(showDecimal)).toEqual(["57.5", "97.5"]);
    expect(scored.total.lacking.map((each) => each.at)).toEqual([
      "indicators[1].score",
      "indicators[2].score",
    ]);
    expect(scored.possibleGrades).toEqual(["优", "良", "中", "差"]);
    expect(scored.grade).toBeNull();
  });

  it("gives no bounds where points are unknown", () => {
    const scored = scoreForm(form({ indicators: [row({ points: null })] }), national);
    expect(scored.total).toMatchObject({ kind: "bounds", between: null });
  });

  it("never marks an empty or zero budget", () => {
    for (const adjustedBudget of [null, "0", "0.00"]) {
      const scored = scoreForm(form({ funds: [fund({ adjustedBudget, expenditure: "0.00" })] }), national);
      expect(scored.execution.kind).toBe("missing");
      expect(
        recomputeEntered(form({ funds: [fund({ adjustedBudget, expenditure: "0.00" })] }), national)
          .totalScore,
      ).toBeNull();
    }
  });

  it("keeps printed points and takes the pack's only where they complete the total", () => {
    const twenty = scoreForm(form({ funds: [fund({ points: "20" })] }), national);
    expect(twenty.execution).toMatchObject({ kind: "scored", of: decimal(20) });
    const blank = scoreForm(form({ funds: [fund({ points: null })] }), national);
    expect(blank.execution).toMatchObject({ kind: "scored", of: decimal(10) });
    const whole = form({
      funds: [fund({ points: null })],
      indicators: [row({ points: "100", score: "100" })],
    });
    expect(scoreForm(whole, national).execution.kind).toBe("notApplicable");
    const odd = form({ funds: [fund({ points: null })], indicators: [row({ points: "70", score: "70" })] });
    expect(scoreForm(odd, national).execution.kind).toBe("missing");
  });

  it("adds the execution rows where the total row carries no points, and the total row alone where it does", () => {
    const parts = [
      fund({ points: null, score: null }),
      fund({ source: "basic-expenditure", points: "4", adjustedBudget: "50", expenditure: "50", score: "4" }),
      fund({
        source: "project-expenditure",
        points: "6",
        adjustedBudget: "30",
        expenditure: "10",
        score: "2",
      }),
    ];
    const apart = scoreForm(form({ funds: parts }), national);
    expect(apart.execution.kind === "scored" && showDecimal(apart.execution.awarded)).toBe("6");
    expect(apart.executionRows.map((each) => each.fund)).toEqual([1, 2]);
    const whole = scoreForm(form({ funds: [fund(), ...parts.slice(1)] }), national);
    expect(whole.executionRows.map((each) => each.fund)).toEqual([0]);
    const broken = scoreForm(
      form({ funds: [parts[1] ?? fund(), fund({ source: "other", adjustedBudget: null })] }),
      national,
    );
    expect(broken.execution.kind).toBe("missing");
    expect(broken.execution).toMatchObject({ of: decimal(14) });
  });

  it("has no total for a form without points and scores", () => {
    const rows = [row({ points: null, score: null }), row({ points: null, score: null })];
    const bare = form({ funds: [fund({ points: null, score: null })], indicators: rows });
    const scored = scoreForm(bare, national);
    expect(scored.total.kind).toBe("notApplicable");
    expect(scored.indicators.every((score) => score.kind === "notApplicable")).toBe(true);
  });

  it("does not count sub-rows twice", () => {
    const rows: Indicator[] = [
      row({ id: "a", name: "培训", points: "90", score: "90" }),
      row({ id: "b", name: "其中：骨干", parent: "a", points: "40", score: "40" }),
      row({ id: "c", name: "其中：新任", parent: "a", points: "50", score: "50" }),
    ];
    const scored = scoreForm(form({ indicators: rows }), national);
    expect(scored.total.kind === "number" && showDecimal(scored.total.value)).toBe("97.5");
    const entered = recomputeEntered(form({ indicators: rows }), national);
    expect(entered.totalScore && showDecimal(entered.totalScore)).toBe("97.5");
  });

  it("takes rows that do not apply out of the denominator where the pack says so", () => {
    const pidu = findPolicy("pidu-2025") as PolicyPack;
    const rows = [
      row({ points: "60", score: "60" }),
      row({ name: "验收", target: "完成验收", actual: "不适用", points: "20", score: null }),
    ];
    const scored = scoreForm(form({ funds: [fund({ points: "20" })], indicators: rows }), pidu);
    expect(scored.total.kind === "number" && showDecimal(scored.total.value)).toBe("93.75");
  });
});

describe("recomputeEntered", () => {
  it("adds printed row scores and the recomputed execution score", () => {
    const wrong = form({ funds: [fund({ executionRate: "76.00", score: "7.60" })], totalScore: "94.60" });
    const entered = recomputeEntered(wrong, national);
    expect(entered.totalScore && showDecimal(entered.totalScore)).toBe("94.5");
    expect(entered.grade).toBe("优");
    expect(entered.parts.execution && showDecimal(entered.parts.execution)).toBe("7.5");
  });

  it("names the row without a score", () => {
    const blank = form({ indicators: [row({ score: "50" }), row({ name: "工期", score: null })] });
    const entered = recomputeEntered(blank, national);
    expect(entered.totalScore).toBeNull();
    expect(entered.lacking).toEqual([{ at: "indicators[1].score", what: "“工期”得分未填" }]);
  });

  it("works where a form prints scores and no points", () => {
    const hubei = findPolicy("hubei-2020") as PolicyPack;
    const rows = [row({ points: null, score: "40" }), row({ points: null, score: "36" })];
    const entered = recomputeEntered(form({ funds: [fund({ points: "20" })], indicators: rows }), hubei);
    expect(entered.totalScore && showDecimal(entered.totalScore)).toBe("91");
  });
});

describe("printed rates", () => {
  const bureau = findPolicy("shanghai-bureau-2024") as PolicyPack;

  it("may be rounded or truncated", () => {
    const rates = (spent: string, budget: string): string[] =>
      acceptedRates(decimal(spent), decimal(budget), bureau).map(showDecimal);
    expect(rates("35.60", "36.60")).toEqual(["97.27", "97.26"]);
    expect(rates("4.00", "4.00")).toEqual(["100"]);
    expect(rates("0", "0")).toEqual([]);
  });

  it("lead to the same or a neighbouring execution score", () => {
    const scores = acceptedExecutionScores(decimal("35.60"), decimal("36.60"), decimal(10), bureau);
    expect(scores.map(showDecimal)).toEqual(["9.73"]);
    expect(acceptedExecutionScores(decimal(3), decimal(2), decimal(10), bureau).map(showDecimal)).toEqual([
      "10",
    ]);
  });

  it("are explained in the rounding of the template", () => {
    const cut = form({
      template: "shanghai-bureau-a",
      funds: [fund({ adjustedBudget: "36.60", expenditure: "35.60" })],
    });
    expect(explainScore(cut, bureau, "funds[0].executionRate")?.mark).toBe("97.26%");
    const scored = (of: Form) => explainScore(of, bureau, "funds[0].score")?.steps[0]?.says;
    expect(scored(cut)).toMatch(/^35\.6÷36\.6=97\.26%（截断到2位小数），/);
    expect(scored({ ...cut, funds: [fund({ adjustedBudget: "80", expenditure: "60" })] })).toMatch(
      /^60÷80=75\.00%，/,
    );
    const rounded = { ...cut, template: "shanghai-bureau-b" };
    expect(explainScore(rounded, bureau, "funds[0].executionRate")?.mark).toBe("97.27%");
  });
});

describe("explainScore", () => {
  it("tells the arithmetic and the clause of one mark", () => {
    const told = explainScore(form(), national, "indicators[1].score");
    expect(told?.steps[0]?.says).toBe("81÷90=90.00%，30分×81÷90=27分");
    expect(told?.steps[0]?.basis[0]).toMatchObject({ instrument: "mof-2020-10", clause: "定量·未完成" });
    const met = explainScore(form(), national, "indicators[0].score");
    expect(met?.steps[0]?.says).toBe("100≥100，达到指标值，得满分50分");
    expect(met?.steps[0]?.basis[0]).toMatchObject({ instrument: "mof-2020-10", clause: "定量·完成" });
    expect(explainScore(form(), national, "funds[0].score")?.steps[0]?.says).toBe(
      "60÷80=75.00%，10分×60÷80=7.5分",
    );
    expect(explainScore(form(), national, "totalScore")?.mark).toContain("按填报重算94.5分");
    expect(explainScore(form(), national, "grade")?.mark).toContain("优");
  });

  it("has nothing to tell of a place without a mark", () => {
    for (const at of ["project", "indicators[9].score", "funds[3].score", "goal.expected", ""])
      expect(explainScore(form(), national, at)).toBeNull();
  });
});

const sample = fileURLToPath(new URL("../../../../shared/forms/bureau-2024.reading.json", import.meta.url));

describe.skipIf(!existsSync(sample))(
  "the published forms of a bureau (skipped: ../shared is not here)",
  () => {
    const empty = { text: null, comparison: null, value: null, unit: null };
    const load = (): Form[] => {
      const read = JSON.parse(readFileSync(sample, "utf8")) as Form[];
      return read.map((each, index) =>
        form({
          ...each,
          template: index === 1 || index === 3 ? "shanghai-bureau-b" : "shanghai-bureau-a",
          indicators: each.indicators.map((indicator) => ({
            ...row(),
            ...indicator,
            target: { ...empty, ...indicator.target },
            actual: { ...empty, ...indicator.actual },
          })),
        }),
      );
    };

    it("recompute to the totals of the review", () => {
      const bureau = findPolicy("shanghai-bureau-2024") as PolicyPack;
      const found = load().map((each) => {
        const entered = recomputeEntered(each, bureau);
        return `${entered.totalScore ? showDecimal(entered.totalScore) : "缺"}${entered.grade ?? ""}`;
      });
      expect(found).toEqual(
        "96.59优 84.09良 99.61优 94.02优 99.86优 98.86优 94.3优 98.64优 99.73优 100优 100优".split(" "),
      );
    });
  },
);
