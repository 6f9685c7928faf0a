import { showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { isCounting } from "../../lexicon/units.ts";
import { bigramsOf, objectOf } from "../../lexicon/wording.ts";
import {
  type BatchDossier,
  type BatchPlace,
  batchRule,
  type Doubt,
  type Found,
  outcomeOf,
  type Rule,
} from "../../rule.ts";
import {
  acrossForms,
  type BatchIndex,
  type BatchRow,
  formTitle,
  indexOf,
  joinedForms,
  rowPlace,
} from "./batch-index.ts";
import { areSisters, bareBody, projectIdentity } from "./kinship.ts";

type Figures = { row: string; values: string };

function isCount({ meaning }: BatchRow): boolean {
  const { facts, name, unit, actualUnit } = meaning;
  if (!facts.actual || facts.actual.units <= 0n || name.isRate || name.kind === "satisfaction") return false;
  const counted = unit ?? actualUnit;
  return counted === null ? name.isCount : isCounting(counted);
}

function actualOf({ meaning: { facts } }: BatchRow): string {
  return facts.actual ? showDecimal(facts.actual) : "";
}

function differ(rows: readonly BatchRow[]): boolean {
  return new Set(rows.map(actualOf)).size > 1;
}

/** A count said to be that of the whole place or body: two units of it may then report one and the same. */
const OF_THE_WHOLE = /全(?:区|县|市|省|州|旗|镇|乡|街道|局|系统|校|院|域|辖区)|辖区内?所有|区域内/;
/** More forms than these are compared with the first of them only. */
const MOST_COMPARED = 40;

/** Whether two forms may count one and the same thing: never sisters of one kind of work, and of two units only what is the whole's. */
function mayCountOne(batch: BatchDossier, index: BatchIndex, a: number, b: number): boolean {
  const [one, other] = [batch.forms[a]?.form, batch.forms[b]?.form];
  if (!one || !other || projectIdentity(one.project) === projectIdentity(other.project)) return false;
  if (areSisters(one, other)) return false;
  if (bareBody(one.unit) === bareBody(other.unit)) return true;
  return OF_THE_WHOLE.test(index.wording(a)) && OF_THE_WHOLE.test(index.wording(b));
}

/** The rows that another form with another actual stands against. */
function atOdds(batch: BatchDossier, index: BatchIndex, rows: readonly BatchRow[]): BatchRow[] {
  const first = rows.slice(0, MOST_COMPARED);
  return rows.filter((row) =>
    first.some(
      (one) =>
        one.form !== row.form &&
        actualOf(one) !== actualOf(row) &&
        mayCountOne(batch, index, one.form, row.form),
    ),
  );
}

/** One count of one body in one year, with different actuals in two forms. */
export const differentActual: Rule = batchRule<Figures>({
  id: "different-actual",
  code: "AR-171",
  title: "同名指标的完成值不同",
  explains:
    "同一部门、同一年度的两张表里，同名的数量指标完成值不同，而且两张表的目标或完成情况用同样的话说到这一对象。没有文字表明是同一对象的，列为待人工判断。同一类工作在各乡镇、各单位实施或分期实施的，数本来不同，不比；不同单位之间，只有两张表都说的是全区（全县等）的数才比；汇总表不与来源表比。",
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
        if (!differ(group)) continue;
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
          const own = atOdds(
            batch,
            index,
            group.filter(({ form }) => members.includes(form)),
          );
          if (own.length === 0) continue;
          for (const form of members) sure.add(form);
          found.push({
            at: own.map((row) => rowPlace(row, "actual")),
            figures: { row: own[0]?.meaning.title ?? bare, values: show(own) },
          });
        }
        // What is already found is not asked about once more.
        const odd = new Set(atOdds(batch, index, group));
        const open = group.filter((row) => odd.has(row) && !sure.has(row.form));
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
        says: "同一部门的两个单位，各做各的片",
        given: [
          exampleForm({
            project: "东片农村供水管网管护",
            unit: "云溪区东片供水站",
            achieved: "组织巡检和维护，维护供水管道长度126公里，群众用水得到保障。",
          }),
          exampleForm({
            project: "西片农村供水管网管护",
            unit: "云溪区西片供水站",
            achieved: "组织巡检和维护，维护供水管道长度63公里，群众用水得到保障。",
            rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥60公里", "63公里", "15", "15"] }),
          }),
        ],
      },
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
