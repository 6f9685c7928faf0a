import { type Form, type Measure, type Score, showDecimal } from "@jiheng/domain";
import { scoreWords } from "@jiheng/scoring";
import { csvField } from "../writers/csv.ts";
import type { SiteEntry, SiteFile, SiteSource } from "./entry.ts";
import { FORM_KIND_TITLES } from "./kinds.ts";

const encoder = new TextEncoder();

type Value = string | number | boolean | null;

/** A field of a table: what it is called, what it means, and how it is taken from a row. */
interface DataField<Row> {
  readonly name: string;
  readonly title: string;
  readonly type: "string" | "number" | "integer" | "boolean" | "year";
  readonly description: string;
  readonly constraints?: Readonly<Record<string, unknown>>;
  readonly of: (row: Row) => Value;
}

interface DataTable<Row> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly key: readonly string[];
  /** Whether its rows belong to a row of the table of forms. */
  readonly ofForms: boolean;
  readonly fields: readonly DataField<Row>[];
  readonly rows: Iterable<Row>;
}

/** A row of a form: the form, where it stands (from 1), and what it says. */
interface Numbered<Item> {
  readonly entry: SiteEntry;
  readonly row: number;
  readonly item: Item;
}

const required = { required: true } as const;
const SIGNS = ["=", "≥", ">", "≤", "<"];

function text<Row>(
  name: string,
  title: string,
  description: string,
  of: (row: Row) => string | null,
  constraints?: DataField<Row>["constraints"],
): DataField<Row> {
  return { name, title, type: "string", description, ...(constraints ? { constraints } : {}), of };
}

function figure<Row>(
  name: string,
  title: string,
  description: string,
  of: (row: Row) => string | null,
): DataField<Row> {
  return { name, title, type: "number", description, of };
}

/** What begins every row that belongs to a form. */
function placeFields<Item>(): readonly DataField<Numbered<Item>>[] {
  return [
    text("form_id", "表的标识", "所属自评表，见 forms 的 form_id", ({ entry }) => entry.id, required),
    {
      name: "row",
      title: "行序",
      type: "integer",
      description: "在这张表里的次序，从1起",
      constraints: { required: true, minimum: 1 },
      of: ({ row }) => row,
    },
  ];
}

function measureFields<Row>(
  prefix: string,
  title: string,
  of: (row: Row) => Measure | null,
): readonly DataField<Row>[] {
  return [
    text(`${prefix}_text`, title, `${title}，照表上原文`, (row) => of(row)?.text ?? null),
    text(
      `${prefix}_comparison`,
      `${title}的符号`,
      "原文里的比较符号；没有符号的空白",
      (row) => of(row)?.comparison ?? null,
      { enum: SIGNS },
    ),
    figure(
      `${prefix}_value`,
      `${title}的数值`,
      "原文里的数；文字和日期没有数值",
      (row) => of(row)?.value ?? null,
    ),
    text(`${prefix}_unit`, `${title}的计量单位`, "原文里的计量单位", (row) => of(row)?.unit ?? null),
  ];
}

function formFields(): readonly DataField<SiteEntry>[] {
  const entered: readonly [string, string, string, (form: Form) => string | null][] = [
    ["title", "表名", "表上印的名称", (form) => form.title],
    ["form_number", "报表编号", "表上印的编号", (form) => form.formNumber],
    ["jurisdiction", "地区", "表上写明的地区", (form) => form.jurisdiction],
    ["money_unit", "金额单位", "表上金额的单位", (form) => form.moneyUnit],
    ["project", "项目名称", "表上填写的项目名称", (form) => form.project],
    ["project_code", "项目编码", "表上填写的项目编码", (form) => form.projectCode],
    ["department", "主管部门", "表上填写的主管部门", (form) => form.department],
    ["department_code", "主管部门编码", "表上填写的主管部门编码", (form) => form.departmentCode],
    ["unit", "实施单位", "表上填写的实施单位", (form) => form.unit],
    ["unit_code", "实施单位编码", "表上填写的实施单位编码", (form) => form.unitCode],
  ];
  return [
    text("form_id", "表的标识", "一张表一个，由项目标识和年度组成；再次公布时不变", ({ id }) => id, {
      required: true,
      unique: true,
      pattern: "[a-z0-9-]+",
    }),
    text(
      "project_id",
      "项目标识",
      "同一项目各年度相同；由项目编码，或由主管部门、单位和项目名称得出",
      ({ projectId }) => projectId,
      required,
    ),
    text("department_id", "部门标识", "同一主管部门各年度相同", ({ departmentId }) => departmentId, required),
    {
      name: "year",
      title: "年度",
      type: "year",
      description: "表上写明的年度",
      of: ({ form }) => form.year,
    },
    text("kind", "表的种类", "取值之一，中文名称见 kind_title", ({ form }) => form.kind, {
      required: true,
      enum: [...FORM_KIND_TITLES.keys()],
    }),
    text(
      "kind_title",
      "表的种类名称",
      "种类的中文名称",
      ({ form }) => FORM_KIND_TITLES.get(form.kind) ?? null,
    ),
    text("template", "表样", "识别出的表样标识", ({ form }) => form.template, required),
    ...entered.map(([name, title, description, of]) =>
      text<SiteEntry>(name, title, description, ({ form }) => of(form)),
    ),
    figure("total_points", "总分值", "表上填报的分值合计", ({ form }) => form.totalPoints),
    figure("total_score", "总分", "表上填报的总分，照录", ({ form }) => form.totalScore),
    text("grade", "等级", "表上填报的评分等级，照录", ({ form }) => form.grade),
    text("deviation", "偏差原因", "整张表合写一处的偏差原因分析及改进措施", ({ form }) => form.deviation),
    figure(
      "entered_total",
      "加总的总分",
      "表上各行得分与重算的预算执行得分之和；有一行得分没填的空白",
      ({ entered: sums }) => (sums.totalScore ? showDecimal(sums.totalScore) : null),
    ),
    text(
      "entered_grade",
      "加总总分对应的等级",
      "按政策包的等级划分；不评等级的空白",
      ({ entered: sums }) => sums.grade,
    ),
    figure("policy_total", "按政策包重算的总分", "能够逐行算出的才有；不能算出的空白，不是零", ({ score }) =>
      score.total.kind === "number" ? showDecimal(score.total.value) : null,
    ),
    text("policy", "政策包", "重算所依据的政策包标识", ({ policy }) => policy.id, required),
    text("policy_version", "政策包版本", "政策包的版本", ({ policy }) => policy.version, required),
    text("page", "网页", "这张表的网页，从网站根目录起", ({ id }) => `forms/${id}.html`, required),
  ];
}

type FundRow = Numbered<Form["funds"][number]>;
type GoalRow = Numbered<Form["goals"][number]>;
type IndicatorRow = Numbered<Form["indicators"][number]>;
type FieldRow = Numbered<Form["fields"][number]>;
type WithheldRow = { readonly item: SiteSource["withheld"][number]; readonly row: number };

function fundFields(): readonly DataField<FundRow>[] {
  return [
    ...placeFields<FundRow["item"]>(),
    text(
      "source",
      "资金来源",
      "total 是年度资金总额；其余是其中各来源，名称以 label 为准",
      ({ item }) => item.source,
      required,
    ),
    text("label", "资金来源名称", "表上印的名称", ({ item }) => item.label),
    figure("initial_budget", "年初预算数", "单位见 forms 的 money_unit", ({ item }) => item.initialBudget),
    figure("adjusted_budget", "全年预算数", "单位见 forms 的 money_unit", ({ item }) => item.adjustedBudget),
    figure("expenditure", "全年执行数", "单位见 forms 的 money_unit", ({ item }) => item.expenditure),
    figure("points", "分值", "预算执行的分值", ({ item }) => item.points),
    figure("execution_rate", "执行率", "表上填报的执行率，百分数", ({ item }) => item.executionRate),
    figure("score", "得分", "表上填报的预算执行得分", ({ item }) => item.score),
    text("deviation", "偏差原因", "这一行的说明", ({ item }) => item.deviation),
  ];
}

function goalFields(): readonly DataField<GoalRow>[] {
  return [
    ...placeFields<GoalRow["item"]>(),
    text("name", "目标名称", "分列几个目标的表才有", ({ item }) => item.name),
    text("expected", "预期目标", "年度总体目标", ({ item }) => item.expected),
    text("adjusted", "调整后的目标", "有调整栏的表才有", ({ item }) => item.adjusted),
    text("achieved", "实际完成情况", "年度总体目标的实际完成情况", ({ item }) => item.achieved),
    figure("points", "分值", "目标的分值", ({ item }) => item.points),
    figure("score", "得分", "目标的得分", ({ item }) => item.score),
  ];
}

/** The score of a row under the policy, where the row has one. */
function markOf({ entry, row }: IndicatorRow): Score | undefined {
  return entry.score.indicators[row - 1];
}

function indicatorFields(): readonly DataField<IndicatorRow>[] {
  return [
    ...placeFields<IndicatorRow["item"]>(),
    {
      name: "parent_row",
      title: "上级行",
      type: "integer",
      description: "“其中”各行所属的那一行的行序",
      constraints: { minimum: 1 },
      of: ({ entry, item }) => {
        if (item.parent === null) return null;
        const at = entry.form.indicators.findIndex(({ id }) => id === item.parent);
        return at < 0 ? null : at + 1;
      },
    },
    {
      name: "goal_row",
      title: "所属目标",
      type: "integer",
      description: "所属目标在 goals 里的行序；没有写目标的表空白",
      constraints: { minimum: 1 },
      of: ({ entry, item }) => (item.goal < entry.form.goals.length ? item.goal + 1 : null),
    },
    {
      name: "core",
      title: "核心指标",
      type: "boolean",
      description: "标明是否核心指标的表才有",
      of: ({ item }) => item.core,
    },
    text("level1", "一级指标", "成本、产出、效益、满意度等", ({ item }) => item.level1),
    text("level2", "二级指标", "照表上原文", ({ item }) => item.level2),
    figure("group_points", "指标组分值", "印在一级或二级指标名称里的分值", ({ item }) => item.groupPoints),
    text("name", "三级指标", "照表上原文", ({ item }) => item.name),
    ...measureFields<IndicatorRow>("target", "年度指标值", ({ item }) => item.target),
    ...measureFields<IndicatorRow>("initial_target", "年初指标值", ({ item }) => item.initialTarget),
    ...measureFields<IndicatorRow>("actual", "实际完成值", ({ item }) => item.actual),
    figure("points", "分值", "表上的分值", ({ item }) => item.points),
    figure("score", "得分", "表上填报的得分，照录", ({ item }) => item.score),
    figure("coefficient", "完成系数", "有这一栏的表才有", ({ item }) => item.coefficient),
    figure("review_score", "复核得分", "有这一栏的表才有", ({ item }) => item.reviewScore),
    text("criteria", "评分标准", "有这一栏的表才有", ({ item }) => item.criteria),
    text("evidence", "佐证材料", "有这一栏的表才有", ({ item }) => item.evidence),
    text("deviation", "偏差原因", "偏差原因分析及改进措施", ({ item }) => item.deviation),
    figure("policy_score", "按政策包重算的得分", "能够算出的才有；要由人判断或缺数的空白，不是零", (row) => {
      const mark = markOf(row);
      return mark?.kind === "scored" ? showDecimal(mark.awarded) : null;
    }),
    text("policy_words", "重算的说明", "得分、范围，或缺什么", (row) => {
      const mark = markOf(row);
      return mark ? scoreWords(mark) : null;
    }),
  ];
}

function fieldFields(): readonly DataField<FieldRow>[] {
  return [
    ...placeFields<FieldRow["item"]>(),
    text("label", "栏目", "表上印的栏目名称", ({ item }) => item.label),
    text("text", "内容", "填写的内容；个人联系方式不公开", ({ item }) => item.text),
  ];
}

function withheldFields(): readonly DataField<WithheldRow>[] {
  return [
    {
      name: "row",
      title: "行序",
      type: "integer",
      description: "在名单里的次序，从1起",
      constraints: { required: true, minimum: 1 },
      of: ({ row }) => row,
    },
    text("project", "项目名称", "名单上的名称", ({ item }) => item.project, required),
    { name: "year", title: "年度", type: "year", description: "名单上的年度", of: ({ item }) => item.year },
    text("department", "主管部门", "名单上的主管部门", ({ item }) => item.department),
    text("reason", "不公开的理由", "名单上的理由", ({ item }) => item.reason, required),
  ];
}

function* numbered<Item>(
  entries: readonly SiteEntry[],
  of: (form: Form) => readonly Item[],
): Generator<Numbered<Item>> {
  for (const entry of entries)
    for (const [index, item] of of(entry.form).entries()) yield { entry, row: index + 1, item };
}

const COMPARISON = /_comparison$/;

/** Signs of comparison stand alone in their field, where no spreadsheet runs them; other text is kept from being run. */
function csvText(name: string, value: Value): string {
  if (value === null) return "";
  return COMPARISON.test(name) ? String(value) : csvField(String(value));
}

function csvOf<Row>({ fields, rows }: DataTable<Row>): string {
  const lines = [fields.map(({ name }) => name).join(",")];
  for (const row of rows) lines.push(fields.map(({ name, of }) => csvText(name, of(row))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

/** Figures stay decimal strings: a number of JSON would lose zeros and digits. */
function jsonOf<Row>({ fields, rows }: DataTable<Row>): string {
  const lines: string[] = [];
  for (const row of rows)
    lines.push(JSON.stringify(Object.fromEntries(fields.map(({ name, of }) => [name, of(row)]))));
  return `[\n${lines.join(",\n")}\n]\n`;
}

function schemaOf<Row>({ fields, key, ofForms }: DataTable<Row>): object {
  return {
    $schema: "https://datapackage.org/profiles/2.0/tableschema.json",
    fields: fields.map(({ of: _, ...described }) => described),
    missingValues: [""],
    primaryKey: key,
    ...(ofForms
      ? { foreignKeys: [{ fields: ["form_id"], reference: { resource: "forms", fields: ["form_id"] } }] }
      : {}),
  };
}

/** A table of the package: what it holds, and its files as CSV and as JSON. */
interface WrittenTable {
  readonly title: string;
  readonly description: string;
  readonly files: readonly SiteFile[];
  readonly described: readonly object[];
}

/** The data package of a site: its description, and every table in two formats. */
export interface DataPackage {
  readonly descriptor: SiteFile;
  readonly tables: readonly WrittenTable[];
}

function written<Row>(table: DataTable<Row>): WrittenTable {
  const { name, title, description } = table;
  const schema = schemaOf(table);
  const made = [
    { name, format: "csv", mediatype: "text/csv", content: csvOf(table) },
    { name: `${name}-json`, format: "json", mediatype: "application/json", content: jsonOf(table) },
  ].map(({ name: resource, format, mediatype, content }) => {
    const file = { path: `data/${name}.${format}`, bytes: encoder.encode(content) };
    const dialect = { header: true, delimiter: ",", lineTerminator: "\r\n" };
    const described = {
      name: resource,
      type: "table",
      title,
      description,
      path: file.path,
      format,
      mediatype,
      encoding: "utf-8",
      bytes: file.bytes.length,
      ...(format === "csv" ? { dialect } : {}),
      schema,
    };
    return { file, described };
  });
  return {
    title,
    description,
    files: made.map(({ file }) => file),
    described: made.map(({ described }) => described),
  };
}

/**
 * The published forms as a data package (Frictionless, version 2): every table as CSV and as JSON.
 * Wants forms from which what is not published has been taken out.
 */
export function dataPackage(
  entries: readonly SiteEntry[],
  { title, withheld, versions }: SiteSource,
): DataPackage {
  const tables = [
    written({
      name: "forms",
      title: "自评表",
      description: "每张公开的表一行",
      key: ["form_id"],
      ofForms: false,
      fields: formFields(),
      rows: entries,
    }),
    written<FundRow>({
      name: "funds",
      title: "资金",
      description: "每张表的资金各行：总额与来源",
      key: ["form_id", "row"],
      ofForms: true,
      fields: fundFields(),
      rows: [...numbered(entries, ({ funds }) => funds)],
    }),
    written<GoalRow>({
      name: "goals",
      title: "年度总体目标",
      description: "每张表的目标和完成情况",
      key: ["form_id", "row"],
      ofForms: true,
      fields: goalFields(),
      rows: [...numbered(entries, ({ goals }) => goals)],
    }),
    written<IndicatorRow>({
      name: "indicators",
      title: "绩效指标",
      description: "每张表的指标各行，附按政策包重算的得分",
      key: ["form_id", "row"],
      ofForms: true,
      fields: indicatorFields(),
      rows: [...numbered(entries, ({ indicators }) => indicators)],
    }),
    written<FieldRow>({
      name: "fields",
      title: "其他栏目",
      description: "表上其他栏目：存在问题、改进措施等",
      key: ["form_id", "row"],
      ofForms: true,
      fields: fieldFields(),
      rows: [...numbered(entries, ({ fields }) => fields)],
    }),
    written({
      name: "withheld",
      title: "未公开的项目",
      description: "列入不公开名单的项目，只有名称和理由",
      key: ["row"],
      ofForms: false,
      fields: withheldFields(),
      rows: withheld.map((item, index) => ({ item, row: index + 1 })),
    }),
  ];
  const descriptor = {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: "jiheng-self-evaluations",
    title,
    description:
      "从公开的绩效自评表整理。表上的数字照录，未作改动；名称以 entered_ 或 policy_ 开头的字段是重算的。空白表示表上没有填写，不是零。CSV 中以等号、加号、减号、@ 开头的文字，前面加了一个半角单引号，免得表格软件当作公式运行；JSON 中是原文。JSON 中的数用字符串写，保留位数。数据的使用许可由发布单位说明。",
    version: versions.join("；"),
    resources: tables.flatMap(({ described }) => described),
  };
  return {
    descriptor: {
      path: "datapackage.json",
      bytes: encoder.encode(`${JSON.stringify(descriptor, null, 2)}\n`),
    },
    tables,
  };
}
