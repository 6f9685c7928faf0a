import {
  absolute,
  compactLabel,
  compare,
  type Decimal,
  decimal,
  type Figure,
  fundSourceOf,
  type Heading,
  isSideLabel,
  isZero,
  MONEY_UNITS,
  multiply,
  parseDecimal,
  percentOf,
  place,
  ratio,
  rowFieldLabel,
  subtract,
} from "@jiheng/domain";
import type { Line, Slot } from "../recognise/lines.ts";
import {
  allColumnsOf,
  type Column,
  type ColumnKey,
  columnAt,
  isUnknown,
  overlaid,
  withExtents,
  withoutRepeats,
} from "./columns.ts";
import { addField, addNote, clip, countRow, type Draft, takeFigure, takeText, trace } from "./draft.ts";
import { looksLikeFigure, readFigure, shareInPercent } from "./figure.ts";
import { oneLine } from "./plain-text.ts";

const WANTED: ReadonlySet<Heading> = new Set<Heading>([
  "initialBudget",
  "adjustedBudget",
  "expenditure",
  "points",
  "executionRate",
  "score",
  "deviation",
]);

/** The heading of a table of funds, ready for its rows. */
export interface FundsTable {
  readonly columns: readonly Column[];
  /** How far the cells of the last decided row stood from their headings: a doubtful row follows its neighbours. */
  drift: number | null;
  /** Points printed in the words of the heading (预算执行情况（20分）), for the scored row. */
  points: { readonly figure: string; readonly slot: Slot } | null;
}

const UNITS = MONEY_UNITS.join("|");
const MONEY_UNIT = new RegExp(`[（(【:：\\s]\\s*(?:单位\\s*[:：]\\s*)?(${UNITS})\\s*[）)】]?`);
const UNIT_LINE = new RegExp(`^(?:金额)?单位[:：]?(${UNITS})$`);

/** The money unit a heading or caption prints ("项目资金（万元）", "单位：元"), or null. */
export function moneyUnitOf(text: string): string | null {
  if (text.length > 60) return null;
  return MONEY_UNIT.exec(text)?.[1] ?? UNIT_LINE.exec(compactLabel(text))?.[1] ?? null;
}

/** Reads the heading of a table of funds; a second heading row right below the first is laid over it. */
export function openFunds(draft: Draft, line: Line, above: FundsTable | null): FundsTable {
  const found = allColumnsOf(line, WANTED);
  let columns = above ? overlaid(above.columns, found) : found;
  const initial = columns.find((column) => column.heading === "initialBudget");
  // 年度预算数 left of the other budgets heads the labels of the rows, not a column of figures.
  if (initial)
    columns = columns.filter(
      (column) =>
        column.heading !== "adjustedBudget" ||
        column.from > initial.from ||
        columns.filter((other) => other.heading === "adjustedBudget").length === 1,
    );
  if (initial && columns.filter((column) => column.heading === "adjustedBudget").length > 1)
    columns = columns.filter(
      (column) => !(column.heading === "adjustedBudget" && column.from < initial.from),
    );
  // 预算执行率（10分）in the margin names the section; the column of that name stands behind the amounts.
  const money = columns.find(
    (column) =>
      column.heading === "initialBudget" ||
      column.heading === "adjustedBudget" ||
      column.heading === "expenditure",
  );
  const rates = columns.filter((column) => column.heading === "executionRate");
  if (money && rates.length > 1 && rates.some((column) => column.from > money.from))
    columns = columns.filter((column) => column.heading !== "executionRate" || column.from > money.from);
  let points = above?.points ?? null;
  for (const slot of line.filled) {
    draft.moneyUnit ??= moneyUnitOf(slot.text);
    const match = /[（(]\s*(\d{1,3}(?:\.\d+)?)\s*分/.exec(slot.text);
    if (match?.[1] && !points) points = { figure: match[1], slot };
  }
  const exact = line.table?.shape === "exact";
  return { columns: withExtents(withoutRepeats(columns), exact), drift: null, points };
}

type Assignment = Map<ColumnKey, Slot>;

/** Reads one row below the heading. False where the row is no row of funds. */
export function readFundRow(draft: Draft, table: FundsTable, line: Line): boolean {
  const exact = line.table?.shape === "exact";
  const reasons = table.columns.find((column) => column.heading === "deviation");
  const labels: Slot[] = [];
  const values: Slot[] = [];
  for (const slot of line.slots) {
    if (slot.text === "") continue;
    const figure = looksLikeFigure(slot.text);
    // Of what reaches down from above only the margin labels concern this row.
    if (!slot.own && (figure || values.length > 0)) continue;
    const reason = reasons !== undefined && slot.column >= reasons.from && slot.column <= reasons.to;
    if (figure || reason || values.length > 0) values.push(slot);
    else labels.push(slot);
  }
  const named = labels.filter((slot) => !isSideLabel(slot.text) || fundSourceOf(slot.text) !== "unnamed");
  const figures = values.filter((slot) => looksLikeFigure(slot.text)).length;
  // A row of amounts under nothing but the label of the section is the one row of the section.
  const bare = named.length === 0 && exact && figures >= 3 && draft.funds.length === 0;
  const labelSlot = named.at(-1) ?? (bare ? (labels.at(-1) ?? null) : null);
  if (!labelSlot) return false;
  const label = oneLine(labelSlot.text).replace(/[:：]\s*$/, "");
  const source = bare ? "total" : fundSourceOf(label);
  if (
    figures === 0 &&
    (source === "unnamed" ||
      values.length > 0 ||
      /[:：]\s*\S/.test(labelSlot.text.replace(/^其中\s*[:：]/, "")))
  ) {
    // Parts of the total printed as words (按收入性质分：…) are kept, but they are no row with columns.
    for (const slot of [...named, ...values]) splitField(draft, slot);
    return true;
  }
  if (figures === 0 && source === "unnamed") return false;
  if (values.length > 12) return false;

  const index = draft.funds.length;
  const at = place.fund(index);
  // Where spans are known, what stands beyond the last column is a remark beside the table.
  const edge = exact ? Math.max(...table.columns.map((column) => column.to)) : Number.POSITIVE_INFINITY;
  const beyond = values.filter((slot) => slot.column > edge);
  if (beyond.length > 0) values.splice(values.length - beyond.length, beyond.length);
  const direct = directly(table.columns, values);
  let chosen: Assignment = direct.assignment;
  let left = direct.left;
  if (!exact || left.length > 0) {
    const decided = decide(table, values, exact);
    if (decided) {
      chosen = decided.assignment;
      left = decided.left;
      if (decided.moved) {
        addNote(
          draft,
          "guessed",
          "shifted-row",
          `“${clip(label)}”一行的数值与表头错开，已按${decided.why}对回各栏（原列：${values.map((slot) => `${slot.column}列${clip(slot.text)}`).join("，")}）`,
          at,
          labelSlot.at,
        );
      }
    }
  }
  for (const slot of [...left, ...beyond])
    addNote(
      draft,
      "lost",
      "cell-without-column",
      `“${clip(label)}”一行的“${clip(slot.text)}”没有对应的栏目，未取数`,
      at,
      slot.at,
    );

  takeChangedBudget(draft, table, chosen, label, at);
  const cell = (heading: Heading): Slot | null =>
    chosen.get(heading) ?? emptyAt(table, line, heading, chosen);
  const fund = {
    source,
    label,
    initialBudget: null as Figure,
    adjustedBudget: null as Figure,
    expenditure: null as Figure,
    points: null as Figure,
    executionRate: null as Figure,
    score: null as Figure,
    deviation: null as string | null,
  };
  trace(draft, place.fund(index, "label"), labelSlot);
  fund.initialBudget = takeFigure(
    draft,
    place.fund(index, "initialBudget"),
    cell("initialBudget"),
    "年初预算数",
  );
  fund.adjustedBudget = takeFigure(
    draft,
    place.fund(index, "adjustedBudget"),
    cell("adjustedBudget"),
    "全年预算数",
  );
  fund.expenditure = takeFigure(draft, place.fund(index, "expenditure"), cell("expenditure"), "全年执行数");
  fund.points = takeFigure(draft, place.fund(index, "points"), cell("points"), "分值");
  fund.score = takeFigure(draft, place.fund(index, "score"), cell("score"), "得分");
  fund.executionRate = takeRate(
    draft,
    place.fund(index, "executionRate"),
    cell("executionRate"),
    fund.adjustedBudget ?? fund.initialBudget,
    fund.expenditure,
  );
  fund.deviation = takeText(draft, place.fund(index, "deviation"), cell("deviation"));
  const hasPointsColumn = table.columns.some((column) => column.heading === "points");
  if (!hasPointsColumn && table.points && (source === "total" || index === 0) && fund.points === null) {
    fund.points = table.points.figure;
    trace(draft, place.fund(index, "points"), table.points.slot);
  }
  const cellLabel = countRow(draft, "funds", label);
  const isSpentKnown = table.columns.some((column) => column.heading === "expenditure");
  for (const column of table.columns) {
    const slot = isUnknown(column) ? chosen.get(column.heading) : undefined;
    if (!slot) continue;
    addField(draft, cellLabel(oneLine(column.text)), slot.text, slot);
    // Where what was spent was not found, it may stand in a column of an unknown name.
    if (!isSpentKnown && readFigure(slot.text).kind === "figure")
      addNote(
        draft,
        "lost",
        "unknown-heading",
        `没有识别出执行数一栏，“${clip(label)}”一行“${clip(oneLine(column.text))}”栏的${clip(slot.text)}只作其他内容保留，请核对`,
        place.fund(index, "expenditure"),
        slot.at,
      );
  }
  draft.funds.push(fund);
  return true;
}

/**
 * 预算调整数 may be the change or the budget after it. Beside no other adjusted budget, the printed rate decides: where it
 * is what was spent of this figure, the figure is the budget.
 */
function takeChangedBudget(
  draft: Draft,
  table: FundsTable,
  chosen: Assignment,
  label: string,
  at: string,
): void {
  if (table.columns.some((column) => column.heading === "adjustedBudget")) return;
  const column = table.columns.find(
    (candidate) =>
      isUnknown(candidate) &&
      /^(?:年中|全年)?(?:预算)?调整(?:数|金额|预算)$/.test(compactLabel(candidate.text)),
  );
  const slot = column ? chosen.get(column.heading) : undefined;
  if (!column || !slot) return;
  const figureIn = (cell: Slot | undefined): Decimal | null => {
    const read = cell ? readFigure(cell.text) : null;
    return read?.kind === "figure" ? parseDecimal(read.figure) : null;
  };
  const budget = figureIn(slot);
  const spent = figureIn(chosen.get("expenditure"));
  const rate = figureIn(chosen.get("executionRate"));
  if (!budget || !spent || !rate || isZero(budget) || !rateFits(spent, budget, rate)) return;
  chosen.set("adjustedBudget", slot);
  chosen.delete(column.heading);
  addNote(
    draft,
    "guessed",
    "changed-budget",
    `“${clip(label)}”一行的“${oneLine(column.text)}”按执行率勾稽为调整后的预算数`,
    `${at}.adjustedBudget`,
    slot.at,
  );
}

interface BarePair {
  readonly label: Slot;
  readonly text: string;
  readonly amount: Slot | null;
}

/** Labels of sources with the amounts beside them; the last may be blank where an amount stands elsewhere in the row. */
function barePairs(line: Line, known: boolean): BarePair[] {
  const pairs: BarePair[] = [];
  let label: Slot | null = null;
  const close = (amount: Slot | null): void => {
    if (label) pairs.push({ label, text: oneLine(label.text).replace(/[:：]\s*$/, ""), amount });
    label = null;
  };
  for (const slot of line.filled) {
    const read = readFigure(slot.text);
    if (label && read.kind === "figure") close(slot);
    else if (read.kind === "unreadable") {
      close(null);
      const source = fundSourceOf(slot.text);
      // 项目支出 heads a section; 单位资金 reads like such a heading and is a source.
      const isSource = source !== "unnamed" && (source === "unit" || !isSideLabel(slot.text));
      label = isSource && slot.text.length <= 24 ? slot : null;
    }
  }
  close(null);
  return known || pairs.some((pair) => pair.amount !== null) ? pairs : [];
}

/** Whether the left of two amounts is meant for the whole period and the right one for the year. */
function isOfPeriod(pair: BarePair, right: BarePair | undefined): boolean {
  if (/中期|实施期/.test(pair.text)) return true;
  if (!right) return false;
  if (pair.text === right.text) return true;
  const totals = fundSourceOf(pair.text) === "total" && fundSourceOf(right.text) === "total";
  return totals && /年度/.test(right.text) && !/年度/.test(pair.text);
}

/**
 * Amounts beside their labels without any heading (年度资金总额： | 100): taken as the budget of the start of the year.
 * What is meant for the whole period is kept as a field beside it.
 */
export function readBareFunds(draft: Draft, line: Line): boolean {
  const pairs = barePairs(line, draft.funds.length > 0);
  for (const [position, { label, text, amount }] of pairs.entries()) {
    const right = position === 0 ? pairs[1] : undefined;
    if (isOfPeriod({ label, text, amount }, right)) {
      const name =
        text === right?.text ? rowFieldLabel({ heading: "中期资金", row: text, occurrence: 1 }) : text;
      addField(draft, name, amount?.text ?? null, amount ?? label);
      continue;
    }
    const index = draft.funds.length;
    trace(draft, place.fund(index, "label"), label);
    const at = place.fund(index, "initialBudget");
    draft.funds.push({
      source: fundSourceOf(text),
      label: text,
      initialBudget: amount ? takeFigure(draft, at, amount, text) : null,
      adjustedBudget: null,
      expenditure: null,
      points: null,
      executionRate: null,
      score: null,
      deviation: null,
    });
    if (amount)
      addNote(
        draft,
        "guessed",
        "fund-without-heading",
        `“${clip(text)}”没有表头，金额按年初预算数理解`,
        at,
        amount.at,
      );
  }
  return pairs.length > 0;
}

function splitField(draft: Draft, slot: Slot): void {
  const match = /^(?:其中\s*[:：])?\s*([^:：]{1,30})[:：]\s*([\s\S]*)$/.exec(slot.text);
  if (match?.[1] !== undefined) addField(draft, oneLine(match[1]), match[2] ?? null, slot);
  else addField(draft, oneLine(slot.text), null, slot);
}

function emptyAt(table: FundsTable, line: Line, heading: Heading, chosen: Assignment): Slot | null {
  const column = table.columns.find((candidate) => candidate.heading === heading);
  if (!column) return null;
  const used = new Set(chosen.values());
  return (
    line.slots.find(
      (slot) => slot.text === "" && slot.column >= column.from && slot.column <= column.to && !used.has(slot),
    ) ?? null
  );
}

function directly(
  columns: readonly Column[],
  values: readonly Slot[],
): { assignment: Assignment; left: Slot[] } {
  const assignment: Assignment = new Map();
  const left: Slot[] = [];
  for (const slot of values) {
    const column = columnAt(columns, slot);
    if (column && !assignment.has(column.heading)) assignment.set(column.heading, slot);
    else left.push(slot);
  }
  return { assignment, left };
}

interface Decision {
  readonly assignment: Assignment;
  readonly left: Slot[];
  readonly moved: boolean;
  readonly why: string;
}

/** Every way to set the values in order under the headings, judged by place and arithmetic; the best one, if it is one. */
function decide(table: FundsTable, values: readonly Slot[], exact: boolean): Decision | null {
  const columns = table.columns;
  const n = columns.length;
  const k = values.length;
  if (k === 0 || k > n || n > 9) return null;
  let best: { picks: number[]; cost: number; arithmetic: boolean } | null = null;
  const picks: number[] = [];
  const visit = (from: number): void => {
    if (picks.length === k) {
      const { cost, arithmetic } = costOf(table, columns, values, picks);
      if (!best || cost < best.cost - 1e-9) best = { picks: [...picks], cost, arithmetic };
      return;
    }
    for (let j = from; j <= n - (k - picks.length); j++) {
      picks.push(j);
      visit(j + 1);
      picks.pop();
    }
  };
  visit(0);
  const found = best as { picks: number[]; cost: number; arithmetic: boolean } | null;
  if (!found) return null;
  const assignment: Assignment = new Map();
  let moved = false;
  found.picks.forEach((pick, index) => {
    const column = columns[pick];
    const slot = values[index];
    if (!column || !slot) return;
    assignment.set(column.heading, slot);
    if (slot.column > column.to || slot.end < column.from) moved = true;
  });
  if (exact && !found.arithmetic) return null;
  if (found.arithmetic) table.drift = driftOf(columns, values, found.picks) ?? table.drift;
  return {
    assignment,
    left: [],
    moved,
    why: found.arithmetic ? "执行率、得分的勾稽关系" : "本表相邻各行的错位情况",
  };
}

function offsetOf(column: Column, slot: Slot): number {
  return slot.column > column.to
    ? slot.column - column.to
    : slot.column < column.from
      ? slot.column - column.from
      : 0;
}

/** How far all cells of a row stand from their headings, or null where they do not stand equally far. */
function driftOf(
  columns: readonly Column[],
  values: readonly Slot[],
  picks: readonly number[],
): number | null {
  let drift: number | null = null;
  for (const [index, pick] of picks.entries()) {
    const column = columns[pick];
    const slot = values[index];
    if (!column || !slot) return null;
    const offset = offsetOf(column, slot);
    if (drift !== null && drift !== offset) return null;
    drift = offset;
  }
  return drift;
}

const TOLERANCE = decimal("0.06");

function costOf(
  table: FundsTable,
  columns: readonly Column[],
  values: readonly Slot[],
  picks: readonly number[],
): { cost: number; arithmetic: boolean } {
  let cost = 0;
  let previous = 0;
  const figures = new Map<ColumnKey, Decimal>();
  picks.forEach((pick, index) => {
    const column = columns[pick];
    const slot = values[index];
    if (!column || !slot) return;
    const offset = offsetOf(column, slot);
    if (offset !== previous) cost += (index === 0 ? 1 : 2) + 0.2 * Math.abs(offset - previous);
    previous = offset;
    const read = readFigure(slot.text);
    const heading = column.heading;
    const money = heading === "initialBudget" || heading === "adjustedBudget" || heading === "expenditure";
    if (isUnknown(column)) return;
    if (heading === "deviation") cost += read.kind === "unreadable" ? 0 : 5;
    else if (read.kind === "unreadable") cost += 8;
    if (read.kind === "figure") {
      if (read.percent && heading !== "executionRate") cost += heading === "score" || money ? 8 : 4;
      const value = parseDecimal(read.figure);
      if (value) figures.set(heading, value);
    }
    // Dashes stand where a row has no points and no score.
    if (read.kind === "dash" && money) cost += 1;
    if (read.kind === "dash" && heading === "executionRate") cost += 0.5;
  });
  const has = (heading: Heading): boolean => figures.has(heading);
  // A row of money has a budget and what was spent of it before it has anything else.
  if (figures.size > 0 && !has("initialBudget") && !has("adjustedBudget") && !has("expenditure")) cost += 4;
  if ((has("initialBudget") || has("adjustedBudget")) && !has("expenditure")) cost += 2.5;
  if (
    has("initialBudget") &&
    !has("adjustedBudget") &&
    columns.some((column) => column.heading === "adjustedBudget")
  )
    cost += 1;
  if (table.drift !== null && driftOf(columns, values, picks) === table.drift) cost -= 2;

  let arithmetic = false;
  const spent = figures.get("expenditure");
  const rate = figures.get("executionRate");
  const budgets = [figures.get("adjustedBudget"), figures.get("initialBudget")];
  if (spent && rate && !isZero(rate)) {
    const fits = budgets.map((budget) => budget !== undefined && rateFits(spent, budget, rate));
    if (fits[0]) {
      cost -= 6;
      arithmetic = true;
    } else if (fits[1] && !budgets[0]) {
      cost -= 4;
      arithmetic = true;
    } else if (budgets[0] || budgets[1]) cost += 4;
  }
  const points = figures.get("points");
  const score = figures.get("score");
  if (points && score && rate && !isZero(rate)) {
    const due = multiply(points, rate);
    const hundredfold = multiply(score, decimal("100"));
    const near =
      compare(absolute(subtract(due, hundredfold)), decimal("3")) <= 0 || compare(points, score) === 0;
    if (near) {
      cost -= 3;
      arithmetic = true;
    } else cost += 3;
    if (compare(score, points) > 0) cost += 4;
  }
  if (points && compare(points, decimal("100")) > 0) cost += 3;
  return { cost, arithmetic };
}

function rateFits(spent: Decimal, budget: Decimal, rate: Decimal): boolean {
  const exact = ratio(spent, budget);
  if (!exact) return false;
  const percent = percentOf(exact, 4, "half-up");
  if (compare(absolute(subtract(percent, rate)), TOLERANCE) <= 0) return true;
  // Whole-number rates (40%) and shares of one (0.958) are printed too.
  if (rate.scale === 0 && compare(absolute(subtract(percent, rate)), decimal("0.5")) <= 0) return true;
  const share = multiply(rate, decimal("100"));
  return (
    compare(rate, decimal("1.5")) <= 0 && compare(absolute(subtract(percent, share)), decimal("0.5")) <= 0
  );
}

/** An execution rate in percent, whatever way it is printed: 0.958 in a cell without a percent sign is 95.8. */
function takeRate(draft: Draft, at: string, slot: Slot | null, budget: Figure, spent: Figure): Figure {
  const figure = takeFigure(draft, at, slot, "执行率");
  if (figure === null || !slot) return figure;
  const read = readFigure(slot.text);
  if (read.kind !== "figure" || read.percent) return figure;
  const value = parseDecimal(figure);
  if (!value || isZero(value) || compare(absolute(value), decimal("1.5")) > 0) return figure;
  const exact = budget && spent ? quotient(spent, budget) : null;
  if (exact) {
    const asShare = absolute(subtract(exact, multiply(value, decimal("100"))));
    const asPercent = absolute(subtract(exact, value));
    if (compare(asShare, asPercent) >= 0) return figure;
    addNote(
      draft,
      "normalised",
      "rate-in-percent",
      `执行率“${slot.text}”按小数填写，已换算为${shareInPercent(figure)}%`,
      at,
      slot.at,
    );
    return shareInPercent(figure);
  }
  addNote(
    draft,
    "guessed",
    "rate-in-percent",
    `执行率“${slot.text}”未带百分号，按小数理解为${shareInPercent(figure)}%`,
    at,
    slot.at,
  );
  return shareInPercent(figure);
}

function quotient(spent: string, budget: string): Decimal | null {
  const a = parseDecimal(spent);
  const b = parseDecimal(budget);
  const exact = a && b ? ratio(a, b) : null;
  return exact ? percentOf(exact, 4, "half-up") : null;
}
