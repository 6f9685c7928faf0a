import { parseMeasure, plainMeasure } from "@jiheng/domain";
import { cleanForm } from "@jiheng/specimens";
import { expect, test } from "vitest";
import { exampleForm, withRows } from "../src/example-form.ts";
import { fixesOf, openDossier, RULES, reviewForm } from "../src/index.ts";

const fixesIn = (form: ReturnType<typeof exampleForm>, rule: string) =>
  reviewForm(openDossier(form), RULES)
    .findings.filter((finding) => finding.rule === rule)
    .flatMap((finding) => fixesOf(form, finding));

test("a comparison in words or full width is written as a sign, and understood as before", () => {
  for (const [from, to] of [
    ["大于等于９５％", "≥95%"],
    [">=8000人", "≥8000人"],
    ["不超过3天", "≤3天"],
    ["95%以上", "≥95%"],
    ["≧ 12个", "≥12个"],
  ] as const) {
    expect(plainMeasure(from)).toBe(to);
    const { text: _, ...before } = parseMeasure(from).measure;
    expect(parseMeasure(to).measure).toMatchObject(before);
  }
});

test("what is more than notation, or stands as it should, is left alone", () => {
  for (const text of [
    "≥95%",
    "约100人",
    "1,200人",
    "完成120公里",
    "120(人)",
    "11月底前",
    "较好",
    "3-5天",
    "",
  ])
    expect(plainMeasure(text)).toBeNull();
});

test("a mixture of signs is put right in every row, in no other and by no other figure", () => {
  const form = exampleForm({
    rows: withRows({
      2: ["质量指标", "水质检测合格率", "大于等于95%", "97%", "15", "15"],
      4: ["社会效益指标", "受益农村人口数", ">=8000人", "8630人", "15", "15"],
    }),
  });
  expect(fixesIn(form, "notation-mixed")).toEqual(
    expect.arrayContaining([
      { at: "indicators[2].target", from: "大于等于95%", to: "≥95%" },
      { at: "indicators[4].target", from: ">=8000人", to: "≥8000人" },
    ]),
  );
  expect(new Set(fixesIn(form, "notation-mixed").map(({ at }) => at)).size).toBe(2);
});

test("document numbers, punctuation and slips of the keyboard are put right to the letter", () => {
  const text = "按照云水[2023]5号文件，维护管道120公里。";
  expect(fixesIn(exampleForm({ expected: text }), "document-number-brackets").map(({ to }) => to)).toEqual([
    "按照云水〔2023〕5号文件，维护管道120公里。",
  ]);
  const mixed = exampleForm({
    expected: "维护管道120公里,更换水表,检修泵站。",
    achieved: "维护管道126公里，更换水表，检修泵站。",
  });
  expect(fixesIn(mixed, "width-mixed").map(({ to }) => to)).toEqual([
    "维护管道120公里，更换水表，检修泵站。",
  ]);
  const slip = exampleForm({
    rows: withRows({ 5: ["可持续影响指标", "管护责任制度", "健全", "己全部落实", "15", "15"] }),
  });
  expect(fixesIn(slip, "miswritten-word")).toEqual([
    { at: "indicators[5].actual", from: "己全部落实", to: "已全部落实" },
  ]);
});

test("figures that a person must decide have no fix", () => {
  const form = cleanForm({ seed: 7 });
  const wrong = {
    ...form,
    totalScore: "12",
    indicators: form.indicators.map((row) => ({ ...row, score: "0" })),
  };
  const { findings } = reviewForm(openDossier(wrong), RULES);
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.flatMap((finding) => fixesOf(wrong, finding))).toEqual([]);
});
