import { expect, test } from "vitest";
import { riskReasons } from "../src/features/reviews/risk-reasons.ts";
import { opinionFrom } from "../src/ui/opinion.ts";

const finding = (fingerprint: string, force: "must" | "should" | "hint") => ({
  fingerprint,
  force,
  message: `问题${fingerprint}。`,
  remedy: `处理${fingerprint}。`,
  basis: force === "must" ? [`依据${fingerprint}`] : [],
});
const calm = {
  must: 0,
  should: 0,
  unclear: 0,
  totalScore: "92",
  recomputed: ["92", "92"] as const,
  adjustedBudget: "50000.00",
};

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
