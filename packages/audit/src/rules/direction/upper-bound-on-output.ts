import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { isCounting } from "../../lexicon/units.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Staff paid for is an input: fewer for the same work is better. */
const STAFF = /聘用|聘请|编外|临聘|用工|雇用|购买服务(?:岗位|人员)|工作人员数|管理人员数/;

type Figures = { row: string; target: string; unit: string };

/** ≤ or < on a number of people helped or things produced: doing nothing would earn every point. */
export const upperBoundOnOutput: Rule = formRule<Figures>({
  id: "upper-bound-on-output",
  code: "AR-120",
  title: "服务人数或产出数量设了上限",
  explains:
    "受助、受益、参训等人数和产出数量用“≤”“<”时，一个都不做也能得满分，方向应为“≥”。成本、投诉、事故、天数、差错、排放、限额等越少越好的事项用“≤”是对的，不提示。",
  kind: "auto",
  basis: [cite("reading", "目标方向")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const bounded = rowMeanings(facts).filter(
      ({ facts: { comparison } }) => comparison === "≤" || comparison === "<",
    );
    if (bounded.length === 0) return notApplicable("没有设“≤”“<”的指标");
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, category, unit, title } of bounded) {
      if (
        !row.target ||
        row.target.units <= 0n ||
        category === "cost" ||
        name.smallIsGood ||
        STAFF.test(name.bare)
      )
        continue;
      if (
        name.isRate ||
        name.kind === "timeliness" ||
        name.kind === "cost" ||
        (name.kind === "time" && !name.isHelpOrOutput)
      )
        continue;
      if (unit !== null && !isCounting(unit) && !name.isGain && !(unit === "time" && name.kind === "time"))
        continue;
      // A row of 数量指标 that counts is an output by its place; elsewhere the name has to say so.
      const people = unit === "people" || unit === "visits";
      const byPlace = category === "quantity" && (unit !== null || name.isCount);
      if (
        !(byPlace || people || name.isGain || (name.isHelpOrOutput && (name.isCount || name.kind === "time")))
      )
        continue;
      const printed = row.row.target.unit ?? "";
      found.push({
        at: [place.indicator(row.index, "target")],
        figures: { row: title, target: said(row.row.target), unit: printed },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target, unit }) =>
    `「${row}」的年度指标值为“${target}”，是受益人数或产出数量的上限：完成0${unit}也算达到、可得满分，方向应为“≥”。`,
  remedy: ({ row }) => `说明「${row}」为什么设上限；如本意是至少完成，改用“≥”并按程序调整目标。`,
  examples: {
    fails: [
      {
        says: "参训人数不得超过",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "乡村教师培训人数", "≤300人", "286人", "15", "15"] }),
        }),
      },
      {
        says: "效益中的受益户数设了上限",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "受益脱贫户数", "<800户", "640户", "15", "15"] }),
        }),
      },
      {
        says: "名称带有不良事件，而指标数的是对其的处理",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "地质灾害隐患治理处数", "≤12处", "12处", "15", "15"] }),
        }),
      },
      {
        says: "提供的岗位设了上限",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "新增公益性岗位", "≤60个", "52个", "15", "15"] }),
        }),
      },
      {
        says: "挽回的损失设了上限",
        given: exampleForm({
          rows: withRows({ 4: ["经济效益指标", "挽回渔业损失", "≤900吨", "860吨", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "成本与用时的上限", given: exampleForm() },
      {
        says: "投诉、事故越少越好",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "有效投诉件数", "≤3件", "1件", "15", "15"],
            4: ["社会效益指标", "生产安全事故死亡人数", "≤2人", "0人", "15", "15"],
          }),
        }),
      },
      {
        says: "次均费用和控制数",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "门诊次均费用", "≤180元", "172元", "10", "10"],
            1: ["数量指标", "因公出国团组控制数", "≤2个", "1个", "15", "15"],
          }),
        }),
      },
    ],
  },
});
