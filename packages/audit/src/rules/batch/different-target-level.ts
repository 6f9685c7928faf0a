import { absolute, compare, decimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { bigramsOf, objectOf } from "../../lexicon/wording.ts";
import { type BatchPlace, batchRule, type Found, outcomeOf, type Rule } from "../../rule.ts";
import {
  acrossForms,
  type BatchRow,
  formTitle,
  indexOf,
  joinedForms,
  rowPlace,
  severalProjects,
} from "./batch-index.ts";

/** Ours: 90 and 92 % are one level. */
const APART = decimal(5);
/** Ours: a shorter name ends too many others. */
const SHORTEST_END = 5;

type Figures = { row: string; values: string };

function isShare({ meaning }: BatchRow): boolean {
  const { facts, name, unit, actualUnit } = meaning;
  if (!facts.target || facts.target.units <= 0n) return false;
  return unit === "percent" || (unit === null && (actualUnit === "percent" || name.isRate));
}

function apart(rows: readonly BatchRow[]): boolean {
  const values = rows.flatMap(({ meaning: { facts } }) => (facts.target ? [facts.target] : [])).sort(compare);
  const [low, high] = [values[0], values.at(-1)];
  return low !== undefined && high !== undefined && compare(absolute(subtract(high, low)), APART) >= 0;
}

function severalForms(rows: readonly BatchRow[]): boolean {
  return rows.some(({ form }) => form !== rows[0]?.form);
}

/** One body's policy is measured by one name at clearly different levels. */
export const differentTargetLevel: Rule = batchRule<Figures>({
  id: "different-target-level",
  code: "AR-172",
  title: "同一政策的指标值高低不一",
  explains:
    "同一部门、同一年度的同名比率，指标值相差5个百分点以上。满意度和名称只有后半相同的，另须文字表明说的是同一对象。",
  kind: "auto",
  basis: [cite("reading", "同批·目标水平")],
  force: "hint",
  needs: ["indicators"],
  check: (batch) => {
    const index = indexOf(batch);
    // Names that end in a known shorter name (就业…覆盖率 and …覆盖率) are looked at together with it.
    const families = new Map<string, BatchRow[]>();
    for (const [bare, rows] of index.byName) {
      const shares = rows.filter(isShare);
      if (shares.length === 0) continue;
      let head = bare;
      for (let cut = bare.length - SHORTEST_END; cut > 0; cut--) {
        const end = bare.slice(cut);
        if (index.byName.has(end)) head = end;
        if (head !== bare) break;
      }
      for (const name of new Set([bare, head])) {
        const family = families.get(name);
        if (family) family.push(...shares);
        else families.set(name, [...shares]);
      }
    }
    const found: Found<Figures, BatchPlace>[] = [];
    for (const [name, rows] of families) {
      for (const group of acrossForms(rows, ({ form }) => index.departments[form] ?? null)) {
        if (
          !apart(group) ||
          !severalProjects(
            batch,
            group.map(({ form }) => form),
          )
        )
          continue;
        const exact = group.filter(
          ({ meaning }) => meaning.name.bare === name && meaning.name.kind !== "satisfaction",
        );
        const told = new Set<BatchRow>(severalForms(exact) && apart(exact) ? exact : []);
        const forms = [...new Set(group.map(({ form }) => form))];
        const pairs = bigramsOf(objectOf(name).replace(/人员|对象/g, ""));
        for (const members of joinedForms(index, forms, pairs)) {
          const own = group.filter(({ form }) => members.includes(form));
          const oneName = own.every(({ meaning }) => meaning.name.bare === own[0]?.meaning.name.bare);
          // Rows that all bear one longer name are told under that name.
          if (members.length < 2 || !apart(own) || (oneName && own[0]?.meaning.name.bare !== name)) continue;
          for (const row of own) told.add(row);
        }
        if (told.size === 0) continue;
        const list = [...told].sort((a, b) => a.form - b.form);
        found.push({
          at: list.map((row) => rowPlace(row, "target")),
          figures: {
            row: name,
            values: list
              .slice(0, 4)
              .map((row) => `${formTitle(batch, row.form)}为${said(row.meaning.facts.row.target)}`)
              .join("，"),
          },
        });
      }
    }
    return outcomeOf(found);
  },
  message: ({ row, values }) => `同一部门同一年度的「${row}」指标值高低不一：${values}。`,
  remedy: ({ row }) => `统一「${row}」的指标值，或说明各项目为什么要求不同。`,
  examples: {
    fails: [
      {
        says: "同名知晓率一高一低",
        given: [
          exampleForm({
            rows: withRows({ 4: ["社会效益指标", "医保政策知晓率", "≥70%", "82%", "15", "15"] }),
          }),
          exampleForm({
            project: "异地就医",
            rows: withRows({ 4: ["社会效益指标", "医保政策知晓率", "≥95%", "96%", "15", "15"] }),
          }),
        ],
      },
    ],
    passes: [
      {
        says: "相差不大",
        given: [
          exampleForm({
            rows: withRows({ 4: ["社会效益指标", "医保政策知晓率", "≥88%", "90%", "15", "15"] }),
          }),
          exampleForm({
            project: "异地就医",
            rows: withRows({ 4: ["社会效益指标", "医保政策知晓率", "≥90%", "92%", "15", "15"] }),
          }),
        ],
      },
      {
        says: "满意度问的对象不同",
        given: [
          exampleForm({ project: "林道维修", expected: "维修林道。", achieved: "林道维修完成。" }),
          exampleForm({
            project: "校车",
            expected: "购置校车。",
            achieved: "校车投入使用。",
            rows: withRows({ 6: ["服务对象满意度指标", "用水户满意度", "≥80%", "93%", "10", "10"] }),
          }),
        ],
      },
    ],
  },
});
