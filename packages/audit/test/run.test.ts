import { cite } from "@jiheng/law";
import { describe, expect, test } from "vitest";
import { exampleForm, withRows } from "../src/example-form.ts";
import {
  batchRule,
  factsOf,
  formRule,
  openDossier,
  outcomeOf,
  type Rule,
  review,
  reviewForm,
} from "../src/index.ts";

const base = {
  title: "试验规则",
  explains: "试验",
  kind: "auto" as const,
  basis: [cite("mof-2020-10", "权重")] as const,
  needs: [],
  examples: { fails: [], passes: [] },
};

function at(
  id: string,
  code: string,
  force: "must" | "should" | "hint",
  place: string,
  refines: string[] = [],
): Rule {
  return formRule({
    ...base,
    id,
    code,
    force,
    refines,
    basis: [...base.basis],
    check: () => outcomeOf([{ at: [place], figures: {} }]),
    message: () => id,
    remedy: () => "更正",
  });
}

const dossier = openDossier(exampleForm());
const found = (rules: Rule[]): string[] => reviewForm(dossier, rules).findings.map((finding) => finding.rule);

describe("one defect gives one finding", () => {
  test("the finer rule at the same row stays, the coarser one goes", () => {
    expect(
      found([
        at("coarse", "AR-901", "should", "indicators[1].score"),
        at("fine", "AR-902", "should", "indicators[1].actual", ["AR-901"]),
      ]),
    ).toEqual(["fine"]);
  });

  test("at another row both stay", () => {
    expect(
      found([
        at("coarse", "AR-901", "should", "indicators[1]"),
        at("fine", "AR-902", "should", "indicators[2]", ["AR-901"]),
      ]),
    ).toHaveLength(2);
  });

  test("a weaker finding never hides a stronger one", () => {
    expect(
      found([
        at("coarse", "AR-901", "must", "indicators[1]"),
        at("fine", "AR-902", "hint", "indicators[1]", ["AR-901"]),
      ]),
    ).toEqual(["coarse", "fine"]);
  });
});

describe("the run", () => {
  test("a rule that throws is an error of that rule; the others go on", () => {
    const broken = formRule({
      ...base,
      id: "broken",
      code: "AR-903",
      force: "hint",
      basis: [...base.basis],
      check: () => {
        throw new Error("boom");
      },
      message: () => "",
      remedy: () => "",
    });
    const outcome = reviewForm(dossier, [broken, at("other", "AR-904", "hint", "grade")]);
    expect(outcome.errors).toEqual([{ rule: "broken", what: "boom" }]);
    expect(outcome.counts.error).toBe(1);
    expect(outcome.findings).toHaveLength(1);
  });

  test("a rule whose wording throws is an error of that rule too", () => {
    const mute = formRule({
      ...base,
      id: "mute",
      code: "AR-908",
      force: "hint",
      basis: [...base.basis],
      check: () => outcomeOf([{ at: ["grade"], figures: {} }]),
      message: () => {
        throw new Error("no words");
      },
      remedy: () => "",
    });
    const outcome = reviewForm(dossier, [mute, at("other", "AR-904", "hint", "grade")]);
    expect(outcome.errors).toEqual([{ rule: "mute", what: "no words" }]);
    expect(outcome.findings.map((finding) => finding.rule)).toEqual(["other"]);
  });

  test("a rule whose part is missing is not checked, never a pass", () => {
    const needs = formRule({
      ...base,
      id: "needs",
      code: "AR-905",
      force: "hint",
      needs: ["grade"],
      basis: [...base.basis],
      check: () => ({ kind: "pass" }),
      message: () => "",
      remedy: () => "",
    });
    const outcome = reviewForm(openDossier(exampleForm({ grade: null })), [needs]);
    expect(outcome.counts).toMatchObject({ pass: 0, notChecked: 1 });
    expect(outcome.notChecked[0]?.why).toContain("等级");
  });

  test("findings come by code, then by place", () => {
    const codes = reviewForm(dossier, [
      at("b", "AR-120", "hint", "totalScore"),
      at("a", "AR-20", "hint", "grade"),
      at("c", "AR-20", "hint", "funds[0]"),
    ]).findings.map((f) => `${f.code} ${f.at[0]}`);
    expect(codes).toEqual(["AR-20 funds[0]", "AR-20 grade", "AR-120 totalScore"]);
  });

  test("a fingerprint survives rows that move and figures that change, and tells rows apart", () => {
    const rule = at("x", "AR-906", "hint", "indicators[1].score");
    const one = reviewForm(dossier, [rule]).findings[0]?.fingerprint;
    const rows = exampleForm().indicators;
    const moved = exampleForm({ totalScore: "1" });
    const shifted = { ...moved, indicators: [...rows.slice(1, 3), ...rows.slice(0, 1), ...rows.slice(3)] };
    const elsewhere = at("x", "AR-906", "hint", "indicators[0].score");
    expect(reviewForm(openDossier(shifted), [elsewhere]).findings[0]?.fingerprint).toBe(one);
    expect(reviewForm(dossier, [elsewhere]).findings[0]?.fingerprint).not.toBe(one);
  });

  test("batch findings name the forms they lie in", () => {
    const rule = batchRule({
      ...base,
      id: "batch",
      code: "AR-907",
      force: "should",
      basis: [...base.basis],
      check: () => outcomeOf([{ at: [{ form: 1, at: "grade" }], figures: {} }]),
      message: () => "m",
      remedy: () => "r",
    });
    const { batch } = review([exampleForm(), exampleForm()], [rule]);
    expect(batch.findings[0]?.at).toEqual([{ form: 1, at: "grade" }]);
  });
});

describe("facts", () => {
  test("completion and fulfilment are on one scale: 1.2万人 against 13100人 is reached, not 10,916 times the target", () => {
    const { rows } = factsOf(
      exampleForm({
        rows: withRows({ 4: ["社会效益指标", "受益农村人口数", "≥1.2万人", "13100人", "15", "15"] }),
      }),
    );
    expect(rows[4]?.met).toBe(true);
    expect(rows[4]?.completion?.denominator.units).toBe(120000n);
  });

  test("units that cannot be compared leave both unknown", () => {
    const { rows } = factsOf(
      exampleForm({ rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "95%", "15", "15"] }) }),
    );
    expect(rows[1]?.met).toBeNull();
    expect(rows[1]?.completion).toBeNull();
  });
});
