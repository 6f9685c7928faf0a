import { STANDING_WORDS } from "@jiheng/law";
import { expect, test } from "vitest";
import { headedUnit, ownDesks } from "../src/features/reviews/own-desks.ts";
import { citedOf, opinionOf } from "../src/features/reviews/return-many.ts";
import { riskReasons } from "../src/features/reviews/risk-reasons.ts";
import { opinionChanged, opinionFrom } from "../src/ui/opinion.ts";

const finding = (fingerprint: string, force: "must" | "should" | "hint") => ({
  fingerprint,
  force,
  message: `问题${fingerprint}。`,
  remedy: `处理${fingerprint}。`,
  basis:
    force === "must"
      ? [`依据${fingerprint}（${STANDING_WORDS.primary}）`, `听说（${STANDING_WORDS.secondary}）`]
      : [],
});
const calm = {
  must: 0,
  should: 0,
  unclear: 0,
  totalScore: "92",
  recomputed: ["92", "92"] as const,
  adjustedBudget: "50000.00",
};

test("a head decides about the forms of the one body headed", () => {
  const head = (organisation: string) => ({ role: "unit-head" as const, organisation });
  expect(headedUnit([{ role: "clerk", organisation: "a" }, head("b"), head("b")])).toBe("b");
  expect(headedUnit([head("a"), head("b")])).toBeNull();
  expect(headedUnit([{ role: "department-reviewer", organisation: "a" }])).toBeNull();
});

test("an opinion numbers what must be put right apart from what should be explained, with basis", () => {
  expect(opinionFrom([finding("甲", "must"), finding("乙", "should"), finding("丙", "must")])).toBe(
    [
      "请更正以下问题：",
      "1. 问题甲。处理甲。（依据甲）",
      "2. 问题丙。处理丙。（依据丙）",
      "请核对并说明以下问题：",
      "1. 问题乙。处理乙。",
    ].join("\n"),
  );
  expect(opinionFrom([])).toBe("");
});

test("an opinion changed by hand follows another choice and leaves what was written", () => {
  const [first, second] = [finding("甲", "must"), finding("乙", "should")];
  const typed = `${opinionFrom([first])}\n请于月底前更正。`;
  const more = opinionChanged(typed, [second], []);
  expect(more).toEqual({ text: `${typed}\n2. 问题乙。处理乙。`, kept: [] });
  expect(opinionChanged(more.text, [], [first]).text).toBe(
    "请更正以下问题：\n请于月底前更正。\n2. 问题乙。处理乙。",
  );
  const rewritten = opinionChanged(typed.replace("处理甲", "改甲"), [], [first]);
  expect(rewritten.kept).toEqual([first]);
  expect(rewritten.text).toContain("改甲");
});

test("whoever reviews sees the own desk", () => {
  expect(ownDesks(["clerk"])).toEqual([]);
  expect(ownDesks(["department-reviewer"])).toEqual(["department"]);
  expect(ownDesks(["finance-officer", "unit-head"])).toEqual(["unit", "finance"]);
});

test("a list says why a form stands where it stands, and says so where nothing does", () => {
  expect(riskReasons(calm)).toEqual(["没有突出的风险"]);
  expect(riskReasons({ ...calm, must: 2, should: 1, unclear: 1 })).toEqual([
    "2个问题必须更正",
    "1个问题应当说明",
    "1处要人来判断",
  ]);
  expect(riskReasons({ ...calm, totalScore: "94.09", recomputed: ["84.09", "84.09"] })).toEqual([
    "表上总分与重算相差10分",
  ]);
  expect(riskReasons({ ...calm, totalScore: "80", recomputed: ["84.09", "90"] })).toEqual([
    "表上总分与重算相差4.09分",
  ]);
  expect(riskReasons({ ...calm, totalScore: "88", recomputed: ["84", "90"] })).toEqual(["没有突出的风险"]);
  expect(riskReasons({ ...calm, totalScore: null, recomputed: [null, null] })).toEqual(["没有突出的风险"]);
  expect(riskReasons({ ...calm, adjustedBudget: "1000000.00" })).toEqual(["预算100.00万元"]);
  expect(riskReasons({ ...calm, totalScore: "100", recomputed: ["100", "100"] })).toEqual(["各项全部满分"]);
});

test("each of many gets the words of its own findings as deep as was chosen, unless it has words of its own", () => {
  const findings = [finding("丁", "hint"), finding("乙", "should"), finding("甲", "must")];
  expect(citedOf(findings, "must").map(({ fingerprint }) => fingerprint)).toEqual(["甲"]);
  expect(citedOf(findings, "should").map(({ fingerprint }) => fingerprint)).toEqual(["甲", "乙"]);
  expect(citedOf(findings, "hint")).toHaveLength(3);
  expect(opinionOf(findings, "must", undefined, "")).toBe("请更正以下问题：\n1. 问题甲。处理甲。（依据甲）");
  expect(opinionOf(findings, "hint", "自己写的。 ", " 请三日内报来。")).toBe("自己写的。\n请三日内报来。");
  // A closing sentence alone is no opinion, and words that were deleted do not come back.
  expect(opinionOf([], "hint", undefined, "")).toBe("");
  expect(opinionOf(findings, "must", "", "")).toBe("");
});
