import { compare } from "@jiheng/domain";
import type { FormLine, MoneyFigures, ReportFigure, ReportFigures } from "@jiheng/rollup";
import { FEW_POINTS } from "../charts/chart-shape.ts";
import type { ChartModel } from "../document.ts";
import { type BoundColumn, boundTable } from "./bound-table.ts";
import { type BoundText, join, plain, say } from "./bound-text.ts";

/** A chart of the report; its description is bound like the prose. */
export interface BoundChart {
  readonly chart: ChartModel;
  readonly description: BoundText;
}

/** Bodies or projects in the chart of the budget. */
const GROUPS = 12;

/** The figure as printed: an exact decimal of a fixed number of places. */
const exact = (figure: ReportFigure | null): string | null => (figure?.value ? figure.text : null);

const ordinal = <Row>(): BoundColumn<Row> => ({
  title: "序号",
  width: 7,
  of: (_, index) => String(index + 1),
  align: "center",
});

function chartOf(chart: Omit<ChartModel, "description">, description: BoundText): BoundChart {
  return { chart: { ...chart, description: description.text }, description };
}

/** How many forms lie in each band of scores, as printed and as recomputed. */
export function scoreChart({ scores }: ReportFigures): BoundChart {
  const said = scores.bands.map((band) => say`${band.label}${band.printed}张`);
  return chartOf(
    {
      kind: "bars",
      title: "自评得分分布",
      xAxis: "总分（含下限、不含上限）",
      yAxis: "表数（张）",
      categories: scores.bands.map(({ name }) => name),
      series: [
        { name: "表列总分", points: scores.bands.map((band) => ({ x: null, y: exact(band.printed) })) },
        { name: "重算总分", points: scores.bands.map((band) => ({ x: null, y: exact(band.recomputed) })) },
      ],
      table: boundTable(
        [
          { title: "总分区间", width: 20, of: (band) => band.name, align: "center" },
          { title: "表列总分（张）", width: 20, of: (band) => band.printed, align: "center" },
          { title: "重算总分（张）", width: 20, of: (band) => band.recomputed, align: "center" },
        ],
        scores.bands,
      ),
    },
    say`柱状图：按表列总分和重算总分分别统计各得分区间的表数。表列总分中，${join(said, "，")}；能够重算的${scores.recomputed}张中，与表列总分不一致的${scores.totalsDiffer}张。`,
  );
}

/** Rate of execution against printed score, a point a form. */
export function executionChart(figures: ReportFigures): BoundChart {
  const shown = figures.lines.filter((line) => line.rate && line.score);
  const count = figures.scatterPoints;
  const few = shown.length <= FEW_POINTS;
  const columns: BoundColumn<FormLine>[] = [
    ordinal(),
    { title: "项目名称", width: 40, of: (line) => line.name },
    { title: "预算执行率（%）", width: 14, of: (line) => line.rate },
    { title: "表列总分", width: 12, of: (line) => line.score },
  ];
  return chartOf(
    {
      kind: "scatter",
      title: "预算执行率与自评得分",
      xAxis: "预算执行率（%）",
      yAxis: "表列总分（分）",
      categories: shown.map((line) => line.name.text),
      series: [
        { name: "自评表", points: shown.map((line) => ({ x: exact(line.rate), y: exact(line.score) })) },
      ],
      table: few
        ? boundTable(columns, shown)
        : boundTable<ReportFigures["rateByScore"][number]>(
            [
              { title: "预算执行率", width: 20, of: (row) => row.name, align: "center" },
              ...figures.scores.bands.map((band, index) => ({
                title: band.name,
                width: 12,
                of: (row: ReportFigures["rateByScore"][number]) => row.forms[index] ?? null,
                align: "center" as const,
              })),
            ],
            figures.rateByScore,
          ),
    },
    say`散点图：横轴为预算执行率，纵轴为表列总分，每点为一张自评表，共${count}张${few ? say`，点旁数字为下表序号` : say`，下表为两项交叉的表数，各表的数值见附表`}。执行率低于${figures.execution.threshold}%的${figures.execution.below}张，其中表列等级为优的${figures.lowRateTopGrade}张。`,
  );
}

interface BudgetRow {
  /** Null in the row of the sums over all forms. */
  readonly name: ReportFigure | null;
  readonly initial: ReportFigure | null;
  readonly adjusted: ReportFigure | null;
  readonly spent: ReportFigure | null;
  readonly rate: ReportFigure | null;
}

function moneyRow(name: ReportFigure | null, money: MoneyFigures): BudgetRow {
  return {
    name,
    initial: money.initialBudget.total,
    adjusted: money.adjustedBudget.total,
    spent: money.expenditure.total,
    rate: money.rate,
  };
}

/** Budget at the start, adjusted and spent: by body where there are several, else by project; the largest where there are many. */
export function budgetChart(figures: ReportFigures): BoundChart {
  const { execution, groups, lines } = figures;
  const byGroup = groups.length > 1;
  const rows: BudgetRow[] = byGroup
    ? groups.map((group) => moneyRow(group.name, group.money))
    : lines.map((line) => ({
        name: line.name,
        initial: line.initialBudget,
        adjusted: line.adjustedBudget,
        spent: line.expenditure,
        rate: line.rate,
      }));
  const stated = rows.filter((row) => row.initial || row.adjusted || row.spent);
  const size = ({ adjusted, spent, initial }: BudgetRow) =>
    adjusted?.value ?? spent?.value ?? initial?.value ?? { units: 0n, scale: 0 };
  const largest = [...stated].sort((a, b) => compare(size(b), size(a))).slice(0, GROUPS);
  const what = byGroup ? (figures.groupedBy === "department" ? "主管部门" : "实施单位") : "项目";
  const series = (name: string, of: (row: BudgetRow) => ReportFigure | null) => ({
    name,
    points: largest.map((row) => ({ x: null, y: exact(of(row)) })),
  });
  return chartOf(
    {
      kind: "bars",
      title: "预算安排、调整和执行情况",
      xAxis: what,
      yAxis: "金额（万元）",
      categories: largest.map(({ name }) => name?.text ?? ""),
      series: [
        series("年初预算数", (row) => row.initial),
        series("全年预算数", (row) => row.adjusted),
        series("全年执行数", (row) => row.spent),
      ],
      table: boundTable<BudgetRow>(
        [
          {
            title: "序号",
            width: 7,
            of: (row, index) => (row.name ? String(index + 1) : ""),
            align: "center",
          },
          { title: what, width: 32, of: (row) => row.name ?? "合计（全部自评表）" },
          { title: "年初预算数（万元）", width: 15, of: (row) => row.initial },
          { title: "全年预算数（万元）", width: 15, of: (row) => row.adjusted },
          { title: "全年执行数（万元）", width: 15, of: (row) => row.spent },
          { title: "执行率（%）", width: 11, of: (row) => row.rate ?? "—", align: "right" },
        ],
        [...largest, moneyRow(null, execution)],
      ),
    },
    say`条形图：${largest.length < stated.length ? say`按全年预算数由大到小列示金额最大的一部分` : say`列示填有金额的全部`}${plain(what)}的年初预算数、全年预算数和全年执行数（各条的含义见图例）。${join(
      [
        execution.initialBudget.total && say`年初预算数合计${execution.initialBudget.total}万元`,
        execution.adjustedBudget.total && say`全年预算数合计${execution.adjustedBudget.total}万元`,
        execution.expenditure.total && say`全年执行数合计${execution.expenditure.total}万元`,
      ],
      "，",
    )}${execution.rate ? say`，预算执行率${execution.rate}%` : null}。`,
  );
}

/** Points lost by level 1, the execution of the budget among them. */
export function lossChart({ loss }: ReportFigures): BoundChart {
  const said = loss.groups.map((group) => say`${group.name}${group.lost}分`);
  return chartOf(
    {
      kind: "bars",
      title: "各级指标失分情况",
      xAxis: "一级指标",
      yAxis: "失分（分）",
      categories: loss.groups.map(({ name }) => name.text),
      series: [{ name: "失分", points: loss.groups.map(({ lost }) => ({ x: null, y: exact(lost) })) }],
      table: boundTable(
        [
          { title: "一级指标", width: 24, of: (group) => group.name, align: "center" },
          { title: "分值合计", width: 14, of: (group) => group.points },
          { title: "失分合计", width: 14, of: (group) => group.lost },
          { title: "失分行数", width: 12, of: (group) => group.rows, align: "center" },
          { title: "占全部失分（%）", width: 16, of: (group) => group.share ?? "—", align: "right" },
        ],
        loss.groups,
      ),
    },
    say`柱状图：按一级指标统计失分（分值减得分）。合计失分${loss.total}分，涉及${loss.rows}行；${join(said, "，")}。`,
  );
}
