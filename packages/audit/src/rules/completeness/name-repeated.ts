import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import type { RowFacts } from "../../facts/form-facts.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; times: string; rows: string; groups: string; points: string };

/** One indicator name on several rows of a form. */
export const nameRepeated: Rule = formRule<Figures>({
  id: "name-repeated",
  code: "AR-11",
  title: "同一指标名称重复出现",
  explains:
    "同一目标之下，同名的三级指标出现两次以上，或同时列在产出和效益之下。指标值、完成值也完全相同的由重复计分检查报告。分属不同目标、不同上级行的不算重复。",
  kind: "auto",
  basis: [cite("reviewers", "指标重复"), cite("form", "重复指标")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const groups = new Map<string, { readonly rows: RowFacts[]; readonly levels: Set<string> }>();
    for (const { facts: row, name } of rowMeanings(facts)) {
      if (name.bare === "") continue;
      const key = `${row.row.goal}|${row.row.parent ?? ""}|${name.bare}`;
      const group = groups.get(key) ?? { rows: [], levels: new Set<string>() };
      group.rows.push(row);
      group.levels.add(row.row.level2 ?? row.row.level1 ?? "");
      groups.set(key, group);
    }
    const found: Found<Figures>[] = [];
    for (const { rows, levels } of groups.values()) {
      const first = rows[0];
      if (!first || rows.length < 2) continue;
      const named = [...levels].filter((level) => level !== "");
      const points = rows.map((row) => row.points).filter((value) => value !== null);
      found.push({
        at: rows.map(({ index }) => place.indicator(index, "name")),
        figures: {
          row: first.name,
          times: String(rows.length),
          rows: rows
            .slice(0, 4)
            .map(({ row }) => `${said(row.target)}／${said(row.actual)}`)
            .join("，"),
          groups: named.length > 1 ? named.join("、") : "",
          points:
            points.length === rows.length && points.length <= 6 ? points.map(showDecimal).join("、") : "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, times, rows, groups, points }) =>
    `「${row}」在表内出现${times}次${groups ? `，分列在${groups}` : ""}（指标值／完成值：${rows}）${points ? `，分值${points}分` : ""}。`,
  remedy: ({ row }) => `「${row}」合并为一行；衡量不同事项的，名称写明各自的对象。`,
  examples: {
    fails: [
      {
        says: "同名两行，指标值不同",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "培训人次", "≥100人次", "120人次", "10", "10"],
            2: ["数量指标", "培训人次", "≥60人次", "66人次", "20", "20"],
          }),
        }),
      },
      {
        says: "同列在产出和效益之下",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "受益农户数", "≥2000户", "2100户", "15", "15"],
            4: ["社会效益指标", "受益农户数", "≥1800户", "2100户", "15", "15"],
          }),
        }),
      },
    ],
    passes: [
      { says: "名称各不相同", given: exampleForm() },
      {
        says: "分属两个目标",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "培训人次", "≥100人次", "120人次", "15", "15"],
            2: ["数量指标", "培训人次", "≥60人次", "66人次", "15", "15"],
          }),
          patch: { 2: { goal: 1 } },
        }),
      },
    ],
  },
});
