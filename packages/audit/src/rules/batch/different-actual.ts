import { showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { isCounting } from "../../lexicon/units.ts";
import { bigramsOf, objectOf } from "../../lexicon/wording.ts";
import { type BatchPlace, batchRule, type Doubt, type Found, outcomeOf, type Rule } from "../../rule.ts";
import {
  acrossForms,
  type BatchRow,
  formTitle,
  indexOf,
  joinedForms,
  rowPlace,
  severalProjects,
} from "./batch-index.ts";

type Figures = { row: string; values: string };

function isCount({ meaning }: BatchRow): boolean {
  const { facts, name, unit, actualUnit } = meaning;
  if (!facts.actual || facts.actual.units <= 0n || name.isRate || name.kind === "satisfaction") return false;
  const counted = unit ?? actualUnit;
  return counted === null ? name.isCount : isCounting(counted);
}

function differ(rows: readonly BatchRow[]): boolean {
  return (
    new Set(rows.map(({ meaning: { facts } }) => (facts.actual ? showDecimal(facts.actual) : ""))).size > 1
  );
}

/** One count of one body in one year, with different actuals in two forms. */
export const differentActual: Rule = batchRule<Figures>({
  id: "different-actual",
  code: "AR-171",
  title: "同名指标的完成值不同",
  explains:
    "同一部门、同一年度的两张表里，同名的数量指标完成值不同，而且两张表的目标或完成情况用同样的话说到这一对象。没有文字表明是同一对象的，列为待人工判断。",
  kind: "auto",
  basis: [cite("form", "同批·完成值")],
  force: "should",
  needs: ["indicators"],
  check: (batch) => {
    const index = indexOf(batch);
    const found: Found<Figures, BatchPlace>[] = [];
    const unclear: Doubt<BatchPlace>[] = [];
    for (const [bare, rows] of index.byName) {
      if (rows.length < 2) continue;
      const groups = acrossForms(rows.filter(isCount), ({ form }) => index.departments[form] ?? null);
      for (const group of groups) {
        if (
          !differ(group) ||
          !severalProjects(
            batch,
            group.map(({ form }) => form),
          )
        )
          continue;
        const pairs = bigramsOf(objectOf(bare).replace(/享受|人员|对象/g, ""));
        const forms = [...new Set(group.map(({ form }) => form))];
        const joined = pairs.length > 0 ? joinedForms(index, forms, pairs) : forms.map((form) => [form]);
        const show = (list: readonly BatchRow[]): string =>
          list
            .slice(0, 4)
            .map((row) => `${formTitle(batch, row.form)}为${said(row.meaning.facts.row.actual)}`)
            .join("，");
        const sure = new Set<number>();
        for (const members of joined) {
          const own = group.filter(({ form }) => members.includes(form));
          if (!severalProjects(batch, members) || !differ(own)) continue;
          for (const form of members) sure.add(form);
          found.push({
            at: own.map((row) => rowPlace(row, "actual")),
            figures: { row: own[0]?.meaning.title ?? bare, values: show(own) },
          });
        }
        // What is already found is not asked about once more.
        const open = group.filter(({ form }) => !sure.has(form));
        if (open.length > 0)
          unclear.push({
            at: open.map((row) => rowPlace(row, "actual")),
            why: `「${group[0]?.meaning.title ?? bare}」的完成值不同：${show(open)}${
              sure.size > 0 ? "，与其他表不一" : ""
            }；是否同一对象需人工判断。`,
          });
      }
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, values }) =>
    `同一部门同一年度的「${row}」完成值不同：${values}；各表的文字说的是同一对象。`,
  remedy: ({ row }) => `核对「${row}」的统计口径，填写一致的完成值，或在名称里写明各自的对象。`,
  examples: {
    fails: [
      {
        says: "同一批健康档案两个数",
        given: [
          exampleForm({
            expected: "为辖区六十五岁以上常住老年人健康档案实行统一管理。",
            rows: withRows({ 1: ["数量指标", "健康档案管理份数", "≥30000份", "31200份", "15", "15"] }),
          }),
          exampleForm({
            project: "基层卫生信息化",
            expected: "把六十五岁以上常住老年人健康档案录入平台。",
            rows: withRows({ 1: ["数量指标", "健康档案管理份数", "=30000份", "30000份", "15", "15"] }),
          }),
        ],
      },
      {
        says: "没有文字表明是同一对象，留待人工判断",
        given: [
          exampleForm({ rows: withRows({ 1: ["数量指标", "培训人次", "≥300人次", "310人次", "15", "15"] }) }),
          exampleForm({
            project: "安全监管",
            expected: "开展安全检查。",
            achieved: "检查完成。",
            rows: withRows({ 1: ["数量指标", "培训人次", "≥80人次", "92人次", "15", "15"] }),
          }),
        ],
      },
    ],
    passes: [
      { says: "完成值一致", given: [exampleForm(), exampleForm({ project: "水源地巡护" })] },
      {
        says: "不同单位各报各的",
        given: [
          exampleForm(),
          exampleForm({
            unit: "白石镇水务站",
            department: "白石镇人民政府",
            rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥60公里", "63公里", "15", "15"] }),
          }),
        ],
      },
    ],
  },
});
