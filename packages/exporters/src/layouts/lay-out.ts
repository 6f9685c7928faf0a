import { add, type Form, type Fund, formatDecimal, type Indicator, parseDecimal, ZERO } from "@jiheng/domain";
import { type CellRole, cell, type FormModel, type ModelCell } from "../model.ts";
import type { IndicatorColumn, LayoutPlan } from "./plan.ts";

const NUMERIC = new Set<IndicatorColumn>(["points", "score", "coefficient"]);

/** Cells of a row stretched to the full width: the cell at `flexible` takes what the others leave. */
function stretch(cells: readonly ModelCell[], columns: number, flexible: number): ModelCell[] {
  const taken = cells.reduce((sum, each) => sum + each.columnSpan, 0);
  return cells.map((each, index) =>
    index === flexible ? { ...each, columnSpan: each.columnSpan + columns - taken } : each,
  );
}

function signOf(row: Indicator): string {
  return row.target.comparison ?? "";
}

function coreText(core: boolean | null): string {
  return core === null ? "" : core ? "是" : "否";
}

function textOf(row: Indicator, key: IndicatorColumn, splitsTarget: boolean): string {
  switch (key) {
    case "level1":
      return row.level1 ?? "";
    case "level2":
      return row.level2 ?? "";
    case "name":
      return row.name ?? "";
    case "target":
      return row.target.text ?? "";
    case "sign":
      return signOf(row);
    case "value":
      return row.target.value ?? row.target.text ?? "";
    case "unit":
      return row.target.unit ?? "";
    case "initialTarget":
      return row.initialTarget?.text ?? "";
    case "actual":
      // Where the unit has a column of its own, the actual is printed as the bare figure, as those forms are filled.
      return splitsTarget && row.actual.value !== null && row.actual.unit === row.target.unit
        ? row.actual.value
        : (row.actual.text ?? "");
    case "points":
      return row.points ?? "";
    case "score":
      return row.score ?? "";
    case "coefficient":
      return row.coefficient ?? "";
    case "core":
      return coreText(row.core);
    case "deviation":
      return row.deviation ?? "";
  }
}

/** Length of the run of rows from `start` that share a label (and, for level 2, its level 1). */
function runLength(
  rows: readonly Indicator[],
  start: number,
  same: (a: Indicator, b: Indicator) => boolean,
): number {
  const first = rows[start];
  let length = 1;
  while (first && start + length < rows.length) {
    const next = rows[start + length];
    if (!next || !same(first, next)) break;
    length += 1;
  }
  return length;
}

function groupPointsOf(rows: readonly Indicator[]): string | null {
  let total = ZERO;
  for (const row of rows) {
    const points = parseDecimal(row.points);
    if (!points) return null;
    total = add(total, points);
  }
  return formatDecimal(total);
}

function fundCell(fund: Fund, key: LayoutPlan["funds"]["columns"][number][0], plan: LayoutPlan): ModelCell {
  const value = fund[key];
  if (key === "executionRate" && value !== null && plan.funds.percentSign) return cell(`${value}%`, "text");
  if (value === null && (key === "points" || key === "score") && fund.source !== "total")
    return cell(plan.funds.dash);
  return cell(value, "number");
}

/** Lays a form out by a plan. What the plan has no column for is not shown; a figure is printed as it was typed. */
export function layOut(form: Form, plan: LayoutPlan): FormModel {
  const side = plan.side === null ? 0 : 1;
  const columns = Math.max(plan.columns.length + side, plan.funds.columns.length + 2, 4);
  const rows: ModelCell[][] = [];
  const label = (text: string, columnSpan = 1, rowSpan = 1): ModelCell =>
    cell(text, "label", columnSpan, rowSpan);

  for (const pairs of plan.head) {
    const each = Math.floor(columns / pairs.length);
    const cells = pairs.flatMap(([title, field]) => [label(title), cell(form[field], "text", each - 1)]);
    rows.push(stretch(cells, columns, cells.length - 1));
  }

  const fundHead = [
    label(plan.funds.side, 1, form.funds.length + 1),
    label(""),
    ...plan.funds.columns.map(([, heading]) => label(heading)),
  ];
  rows.push(stretch(fundHead, columns, 1));
  for (const fund of form.funds) {
    rows.push(
      stretch(
        [label(fund.label), ...plan.funds.columns.map(([key]) => fundCell(fund, key, plan))],
        columns - 1,
        0,
      ),
    );
  }

  const half = Math.ceil((columns - 1) / 2);
  rows.push([
    label(plan.goal.side, 1, 2),
    label(plan.goal.expected, half),
    label(plan.goal.achieved, columns - 1 - half),
  ]);
  rows.push([cell(form.goal.expected, "text", half), cell(form.goal.achieved, "text", columns - 1 - half)]);

  const grouped = plan.columns.some((column) => column.group !== undefined);
  const nameAt = plan.columns.findIndex((column) => column.key === "name");
  const extra = columns - side - plan.columns.length;
  const widthOf = (index: number): number => (index === nameAt ? 1 + extra : 1);
  const headRows = grouped ? 2 : 1;
  const firstHead: ModelCell[] =
    plan.side === null ? [] : [label(plan.side, 1, form.indicators.length + headRows)];
  const secondHead: ModelCell[] = [];
  for (const [index, column] of plan.columns.entries()) {
    if (column.group === undefined) {
      firstHead.push(label(column.heading, widthOf(index), headRows));
      continue;
    }
    secondHead.push(label(column.heading, widthOf(index)));
    if (plan.columns[index - 1]?.group !== column.group) {
      const span = plan.columns.filter((each) => each.group === column.group).length;
      firstHead.push(label(column.group, span));
    }
  }
  const repeat = { row: rows.length, count: headRows };
  rows.push(firstHead);
  if (grouped) rows.push(secondHead);

  const splitsTarget = plan.columns.some((column) => column.key === "value");
  const indicators = form.indicators;
  const sameLevel1 = (a: Indicator, b: Indicator): boolean => a.level1 === b.level1;
  const sameLevel2 = (a: Indicator, b: Indicator): boolean => sameLevel1(a, b) && a.level2 === b.level2;
  const until = { level1: 0, level2: 0 };
  for (const [index, row] of indicators.entries()) {
    const cells: ModelCell[] = [];
    for (const [position, { key }] of plan.columns.entries()) {
      if (key === "level1" || key === "level2") {
        if (index < until[key]) continue;
        const length = runLength(indicators, index, key === "level1" ? sameLevel1 : sameLevel2);
        until[key] = index + length;
        const points =
          key === "level1" && plan.levelPoints
            ? groupPointsOf(indicators.slice(index, index + length))
            : null;
        cells.push(
          label(`${row[key] ?? ""}${points === null ? "" : `（${points}分）`}`, widthOf(position), length),
        );
        continue;
      }
      const role: CellRole = NUMERIC.has(key) ? "number" : "text";
      cells.push(cell(textOf(row, key, splitsTarget), role, widthOf(position)));
    }
    rows.push(cells);
  }

  if (plan.total !== null) {
    const at = (key: IndicatorColumn): number => {
      const index = plan.columns.findIndex((column) => column.key === key);
      return index < 0 ? -1 : side + index + (index > nameAt ? extra : 0);
    };
    const figures = new Map<number, ModelCell>();
    if (at("points") >= 0) figures.set(at("points"), cell(form.totalPoints, "number"));
    if (at("score") >= 0) figures.set(at("score"), cell(form.totalScore, "number"));
    const first = Math.min(...figures.keys());
    const cells = [label(plan.total, first)];
    for (let column = first; column < columns; column++) cells.push(figures.get(column) ?? cell(""));
    if (plan.grade === "total" && form.grade !== null) {
      const last = cells.at(-1);
      if (last && last.text === "") cells[cells.length - 1] = cell(form.grade);
    }
    rows.push(cells);
  }
  if (plan.grade === "line") rows.push(stretch([label("评分等级"), cell(form.grade)], columns, 1));
  if (plan.formDeviation !== null)
    rows.push(stretch([label(plan.formDeviation), cell(form.deviation)], columns, 1));

  const widths = Array.from({ length: columns }, (_, index) => {
    const planned = plan.columns[index - side - (index - side > nameAt ? extra : 0)];
    return planned && index >= side ? planned.width : 6;
  });
  const caption = [
    ...(plan.formNumber ? [plan.formNumber] : []),
    form.title ?? plan.title,
    ...(form.year === null ? [] : [`（${form.year}年度）`]),
  ];
  return {
    caption,
    titleLine: plan.formNumber ? 1 : 0,
    widths,
    rows,
    repeat,
    foot: plan.foot,
    orientation: "portrait",
    name: form.project ?? form.unit ?? form.title ?? plan.title,
  };
}
