import {
  add,
  type Figure,
  type Form,
  formatDecimal,
  halfWidth,
  headLabelOf,
  type Indicator,
  type Measure,
  parseDecimal,
  parseMeasure,
  parseSign,
  place,
  rowFieldLabels,
  ZERO,
} from "@jiheng/domain";
import type { CellFormula, FormModel } from "../model.ts";
import { fundFormula, sumOfSources, totalFormula } from "./formulas.ts";
import { lostParts } from "./lost-parts.ts";
import type { FundsPlan, GoalPlan, LayoutPlan, PlannedColumn } from "./plan.ts";
import { LAYOUT_TITLES } from "./plans.ts";
import { boundsOf, gridFromStrips, type Piece, piece } from "./strips.ts";

type Span = readonly [number, number];

const MARGIN = 22;
const GOAL_MARGIN = 52;
/** A label of the margin up to this length stands upright; a longer one would stretch its rows. */
const UPRIGHT = 6;
const SIGNED =
  /^(?:(?:项目|财务|单位|填报)?负责人|填[报表]人|填[报表]日期|联系人|联系电话|电话|复核人|复核日期|审核人|经办人)(?:[（(]?签[字章][）)]?)?$/;

/** A form while it is laid out: the strips so far and which parts of the form they show. */
class Sheet {
  readonly form: Form;
  readonly plan: LayoutPlan;
  readonly strips: Piece[][] = [];
  readonly shown = new Set<string>();
  readonly remarks: string[] = [];
  readonly width: number;
  readonly margin: number;
  /** Bounds of the columns of indicators. */
  readonly guides: readonly number[];
  private readonly usedFields = new Set<number>();
  /** Whether rows stand under the names of their goals. */
  readonly byGoal: boolean;

  constructor(form: Form, plan: LayoutPlan) {
    this.form = form;
    this.plan = plan;
    const period = plan.goal?.midTerm ?? null;
    const goals = form.goals.filter(({ name }) => name === null || name !== period);
    this.byGoal =
      form.indicators.some((row) => row.goal > 0) &&
      goals.every(
        (goal) => goal.name !== null && /^(?:年度)?(?:绩效)?目标[一二三四五六七八九十\d]+$/.test(goal.name),
      );
    this.margin = this.byGoal ? GOAL_MARGIN : plan.side === null ? 0 : MARGIN;
    const guides = [0, ...(this.margin > 0 ? [this.margin] : [])];
    let at = this.margin;
    for (const { width } of plan.columns) {
      at += Math.round(width * 10);
      guides.push(at);
    }
    this.width = at;
    this.guides = guides;
  }

  show(...places: readonly string[]): void {
    for (const each of places) this.shown.add(each);
  }

  /** The next field of that label that is not printed yet; its index, or -1. */
  takeField(label: string): number {
    const index = this.form.fields.findIndex(
      (field, at) => field.label === label && !this.usedFields.has(at),
    );
    if (index >= 0) {
      this.usedFields.add(index);
      this.show(`fields[${index}]`);
    }
    return index;
  }

  restOfFields(): number[] {
    return this.form.fields.flatMap((_, index) => (this.usedFields.has(index) ? [] : [index]));
  }

  /** The cell of a field by its label, there or not yet. */
  fieldCell(wanted: string, span: Span, extra: Partial<Piece> = {}): Piece {
    return this.fieldPiece(this.takeField(wanted), wanted, span, extra);
  }

  fieldPiece(index: number, wanted: string, span: Span, extra: Partial<Piece> = {}): Piece {
    const text = this.form.fields[index]?.text ?? null;
    const at = index >= 0 ? { place: `fields[${index}]` } : wanted === "" ? {} : { field: wanted };
    return piece(text, "text", span, { ...at, ...extra });
  }

  /** Width of the label at the left of rows of words: the margin and the first column. */
  get labelEnd(): number {
    const first = this.margin + Math.round((this.plan.columns[0]?.width ?? 5) * 10);
    return this.plan.columns[0]?.key === "level1" ? Math.max(first, 52) : this.margin + 52;
  }
}

function label(text: string, span: Span, extra: Partial<Piece> = {}): Piece {
  return piece(text, "label", span, extra);
}

function figurePiece(
  text: Figure,
  span: Span,
  at: string,
  formula?: CellFormula,
  percentSign = false,
): Piece {
  return piece(text === null ? null : `${text}${percentSign ? "%" : ""}`, "number", span, {
    align: "center",
    place: at,
    ...(text === null ? {} : { figure: text }),
    ...(text !== null && percentSign ? { percent: true } : {}),
    ...(formula ? { formula } : {}),
  });
}

const HEAD_CODES = [
  ["projectCode", "项目编码"],
  ["departmentCode", "主管部门编码"],
  ["unitCode", "单位编码"],
] as const;

function headStrips(sheet: Sheet): void {
  const { form, plan } = sheet;
  const joined = form.project !== null && /^[0-9A-Z]{10,40}$/.test(form.projectCode ?? "");
  const pairsIn = (pairs: readonly (readonly [string, Piece])[]): void => {
    const { width, guides, labelEnd } = sheet;
    const halves = boundsOf(
      pairs.map(() => 1),
      [0, width],
      guides,
    );
    const strip = pairs.flatMap(([title, value], index) => {
      const from = halves[index] ?? 0;
      const to = halves[index + 1] ?? width;
      const middle = index === 0 ? labelEnd : (boundsOf([64, to - from - 64], [from, to], guides)[1] ?? from);
      return [label(title, [from, middle]), { ...value, from: middle, to }];
    });
    sheet.strips.push(strip);
  };
  const none: Span = [0, 0];
  for (const pairs of plan.head) {
    pairsIn(
      pairs.map(({ label: title, value }) => {
        if (value === "field") return [title, sheet.fieldCell(title, none)] as const;
        sheet.show(value);
        if (value === "project" && joined) {
          sheet.show("projectCode");
          return [
            title,
            piece(`${form.projectCode}-${form.project}`, "text", none, { place: value }),
          ] as const;
        }
        return [title, piece(form[value], "text", none, { place: value })] as const;
      }),
    );
  }
  // A further name of a body (单位名称 beside 实施单位) stands in the head too: at the foot it would open another form.
  for (const index of sheet.restOfFields()) {
    const title = form.fields[index]?.label ?? "";
    if (headLabelOf(title) !== null) pairsIn([[title, sheet.fieldCell(title, none)]]);
  }
  // Names of bodies often begin with their codes.
  for (const [code, body] of [
    ["departmentCode", "department"],
    ["unitCode", "unit"],
  ] as const)
    if (form[code] !== null && sheet.shown.has(body) && form[body]?.startsWith(form[code])) sheet.show(code);
  // The form of a department names one body: it reports for itself.
  if (plan.kind === "department-self-evaluation" && form.department === form.unit)
    sheet.show("department", "unit");
  const codes = HEAD_CODES.filter(([key]) => form[key] !== null && !sheet.shown.has(key));
  for (const [key, title] of codes) {
    sheet.show(key);
    pairsIn([[title, piece(form[key], "text", none, { place: key })]]);
  }
  for (const title of plan.headFields) {
    const index = sheet.takeField(title);
    if (index >= 0) wordStrip(sheet, title, index);
  }
}

/** A row of words: its label, and the text of a field over the rest of the width. */
function wordStrip(sheet: Sheet, title: string, index: number): void {
  sheet.strips.push([
    label(title, [0, sheet.labelEnd]),
    sheet.fieldPiece(index, title.replace(/：$/, ""), [sheet.labelEnd, sheet.width]),
  ]);
}

function withUnit(sheet: Sheet, side: string): string {
  if (sheet.form.moneyUnit === null) return side;
  sheet.show("moneyUnit");
  return `${side}\n（${sheet.form.moneyUnit}）`;
}

function fundStrips(sheet: Sheet): void {
  const { form, plan, width, labelEnd, guides } = sheet;
  const { funds } = plan;
  if (funds === null) return;
  if (funds.kind === "pairs") {
    pairedFunds(sheet, funds);
    return;
  }
  const points = form.funds.find((fund) => fund.source === "total")?.points ?? form.funds[0]?.points ?? null;
  const worded = (text: string): string =>
    funds.pointsInSide && points !== null ? text.replace("20分", `${points}分`) : text;
  const side = `${withUnit(sheet, funds.side)}${funds.pointsInSide ? worded("（20分）") : ""}`;
  const columns = funds.columns;
  const planned = columns.reduce((sum, column) => sum + Math.round(column.width * 10), 0);
  // The labels of the rows take what the figures leave.
  const first = labelEnd + Math.max(70, width - labelEnd - planned);
  const bounds = boundsOf(
    [first - labelEnd, ...columns.map((column) => column.width * 10)],
    [labelEnd, width],
    guides,
  );
  const span = (index: number): Span => [bounds[index] ?? 0, bounds[index + 1] ?? width];
  const parts = partsOfFunds(sheet, funds);
  sheet.strips.push([
    label(side, [0, labelEnd], { rowSpan: form.funds.length + 1 + parts.length }),
    label("", span(0)),
    ...columns.map((column, index) => label(worded(column.heading), span(index + 1))),
  ]);
  const keys = new Set<string>(columns.map((column) => column.key));
  const names = form.funds.map((fund) => fund.label);
  const fieldLabels = new Map(
    columns.flatMap(({ key, heading }) =>
      key === "field" ? [[heading, rowFieldLabels(heading, names)]] : [],
    ),
  );
  for (const [index, fund] of form.funds.entries()) {
    sheet.show(place.fund(index, "label"));
    const cells = columns.map(({ key, heading }, position): Piece => {
      const at = span(position + 1);
      if (key === "field") {
        return sheet.fieldCell(fieldLabels.get(heading)?.[index] ?? "", at, { align: "center" });
      }
      const here = place.fund(index, key);
      sheet.show(here);
      if (key === "deviation") return piece(fund.deviation, "text", at, { place: here });
      const value = fund[key];
      if (value === null && (key === "points" || key === "score") && fund.source !== "total")
        return piece(funds.dash, "text", at, { align: "center", place: here });
      return figurePiece(
        value,
        at,
        here,
        fundFormula(form, index, key, keys),
        key === "executionRate" && funds.percentSign,
      );
    });
    if (funds.pointsInSide && fund.points === points) sheet.show(place.fund(index, "points"));
    sheet.strips.push([
      label(fund.label, span(0), { place: place.fund(index, "label"), align: "left" }),
      ...cells,
    ]);
  }
  sheet.strips.push(...parts);
}

/** Rows of words below the money that divide the total by kinds; only where the form has any. */
function partsOfFunds(sheet: Sheet, funds: FundsPlan & { kind: "table" }): Piece[][] {
  const columns = (funds.parts ?? []).map(({ title, labels }) => ({
    title,
    fields: labels.flatMap((each) => {
      const isThere = sheet.form.fields.some((field) => field.label === each && field.text !== null);
      return isThere ? [sheet.takeField(each)] : [];
    }),
  }));
  const rows = Math.max(0, ...columns.map(({ fields }) => fields.length));
  if (rows === 0) return [];
  const bounds = boundsOf(
    columns.map(() => 1),
    [sheet.labelEnd, sheet.width],
    sheet.guides,
  );
  const span = (index: number): Span => [bounds[index] ?? 0, bounds[index + 1] ?? sheet.width];
  const words = (index: number | undefined, at: Span): Piece => {
    const field = index === undefined ? undefined : sheet.form.fields[index];
    if (!field) return piece("", "text", at);
    return piece(`${field.label}：${field.text ?? ""}`, "text", at, { place: `fields[${index}]` });
  };
  return [
    columns.map(({ title }, index) => piece(`${title}：`, "text", span(index))),
    ...Array.from({ length: rows }, (_, row) =>
      columns.map(({ fields }, index) => words(fields[row], span(index))),
    ),
  ];
}

/** Money in pairs of label and amount; what is meant for the whole period stands left of what is meant for the year. */
function pairedFunds(sheet: Sheet, funds: FundsPlan & { kind: "pairs" }): void {
  const { form, width, labelEnd, guides } = sheet;
  const bounds = boundsOf([6, 4, 6, 4], [labelEnd, width], guides);
  const span = (index: number): Span => [bounds[index] ?? 0, bounds[index + 1] ?? width];
  const amount = (index: number, position: number): Piece[] => {
    const fund = form.funds[index];
    if (!fund) return [label("", span(position)), piece("", "text", span(position + 1))];
    const at = place.fund(index, "initialBudget");
    sheet.show(place.fund(index, "label"), at);
    return [
      label(fund.label, span(position), { place: place.fund(index, "label"), align: "left" }),
      figurePiece(fund.initialBudget, span(position + 1), at, sumOfSources(form, index)),
    ];
  };
  const period = (title: string, field: string): Piece[] => {
    const index = sheet.takeField(field);
    const text = form.fields[index]?.text ?? null;
    const here = index < 0 ? { field } : { place: `fields[${index}]` };
    return [
      label(title, span(0), { align: "left" }),
      parseDecimal(text)
        ? { ...figurePiece(text, span(1), ""), ...here }
        : piece(text, "text", span(1), { align: "center", ...here }),
    ];
  };
  const rows: Piece[][] = [[...period(funds.period, funds.period), ...amount(0, 2)]];
  if (funds.periodBySource)
    for (let index = 1; index < form.funds.length; index++) {
      const name = form.funds[index]?.label ?? "";
      rows.push([...period(name, periodLabel(name)), ...amount(index, 2)]);
    }
  else
    for (let index = 1; index < form.funds.length; index += 2)
      rows.push([...amount(index, 0), ...amount(index + 1, 2)]);
  for (const [row, strip] of rows.entries())
    sheet.strips.push(
      row === 0
        ? [label(withUnit(sheet, funds.side), [0, labelEnd], { rowSpan: rows.length }), ...strip]
        : strip,
    );
}

/** The field that holds the amount of the whole period of one source. */
function periodLabel(source: string): string {
  return rowFieldLabels("中期资金", [source])[0] ?? source;
}

function statementStrips(sheet: Sheet): void {
  const { plan, width, labelEnd, guides } = sheet;
  const { statements } = plan;
  if (statements === null) return;
  const bounds = boundsOf([30, ...statements.headings.map(() => 60)], [labelEnd, width], guides);
  const span = (index: number): Span => [bounds[index] ?? 0, bounds[index + 1] ?? width];
  sheet.strips.push([
    label(statements.side, [0, labelEnd], { rowSpan: statements.rows.length + 1 }),
    label("", span(0)),
    ...statements.headings.map((heading, index) => label(heading, span(index + 1))),
  ]);
  for (const row of statements.rows)
    sheet.strips.push([
      label(row, span(0)),
      ...statements.headings.map((heading, index) =>
        sheet.fieldCell(index === 0 ? row : (rowFieldLabels(heading, [row])[0] ?? ""), span(index + 1)),
      ),
    ]);
}

type GoalPart = "expected" | "adjusted" | "achieved";

function goalAt(index: number, part: GoalPart): string {
  return part === "adjusted" ? `goals[${index}].adjusted` : place.goal(index, part);
}

function goalStrips(sheet: Sheet): void {
  const { plan } = sheet;
  if (plan.goal === null) return;
  if (plan.goal.kind === "rows") goalRows(sheet, plan.goal);
  else goalTable(sheet, plan.goal);
}

/** Indexes of the goals of the year, and of the goal of the whole period where the form has a place for it. */
function goalsBy(form: Form, midTerm: string | null): { year: number[]; period: number } {
  const period = midTerm === null ? -1 : form.goals.findIndex((goal) => goal.name === midTerm);
  return { year: form.goals.flatMap((_, index) => (index === period ? [] : [index])), period };
}

function goalRows(sheet: Sheet, goal: GoalPlan & { kind: "rows" }): void {
  const { form, labelEnd, width } = sheet;
  const { year, period } = goalsBy(form, goal.midTerm);
  const strip = (title: string, index: number): void => {
    if (index >= 0) sheet.show(place.goal(index, "expected"));
    sheet.strips.push([
      label(title, [0, labelEnd]),
      piece(
        form.goals[index]?.expected ?? null,
        "text",
        [labelEnd, width],
        index >= 0 ? { place: place.goal(index, "expected") } : {},
      ),
    ]);
  };
  if (goal.midTerm !== null) {
    if (period >= 0) sheet.show(`goals[${period}].name`);
    strip(goal.midTerm, period);
  }
  // A form without a list of goals keeps the one of the year by itself.
  for (const index of year.length > 0 ? year : [0]) strip(goal.expected, index);
}

function goalTable(sheet: Sheet, goal: GoalPlan & { kind: "table" }): void {
  const { form, width, guides, margin, labelEnd } = sheet;
  const { year, period } = goalsBy(form, goal.midTerm);
  const upright = margin === MARGIN && goal.side.length <= UPRIGHT;
  const end = upright ? margin : labelEnd;
  const named = year.some((index) => form.goals[index]?.name !== null);
  const parts: readonly (readonly [GoalPart | "midTerm", string])[] = [
    ...(goal.midTerm === null ? [] : [["midTerm", goal.midTerm] as const]),
    ["expected", goal.expected],
    ...(goal.adjusted === null ? [] : [["adjusted", goal.adjusted] as const]),
    ...(goal.achieved === null ? [] : [["achieved", goal.achieved] as const]),
  ];
  const bounds = boundsOf([...(named ? [20] : []), ...parts.map(() => 60)], [end, width], guides);
  const shift = named ? 1 : 0;
  const span = (index: number): Span => [bounds[index] ?? 0, bounds[index + 1] ?? width];
  const rows = Math.max(1, year.length);
  sheet.strips.push([
    // In the narrow column the last of its six characters would stand alone on a second line.
    label(upright ? goal.side : goal.side.replace(/^(年度)(?=总体目标$)/, "$1\n"), [0, end], {
      rowSpan: rows + 1,
      ...(upright ? { vertical: true } : {}),
    }),
    ...(named ? [label("目标名称", span(0))] : []),
    ...parts.map(([, heading], index) => label(heading, span(index + shift))),
  ]);
  for (let row = 0; row < rows; row++) {
    const index = year[row] ?? 0;
    const each = form.goals[index];
    const strip: Piece[] = [];
    if (named) {
      sheet.show(`goals[${index}].name`);
      strip.push(label(each?.name ?? "", span(0), { place: `goals[${index}].name` }));
    }
    for (const [position, [part]] of parts.entries()) {
      const whole = part === "midTerm";
      const of = whole ? period : index;
      const at = goalAt(Math.max(0, of), whole ? "expected" : part);
      if (whole && (row > 0 || period < 0)) {
        strip.push(piece("", "text", span(position + shift)));
        continue;
      }
      sheet.show(at);
      if (whole) sheet.show(`goals[${period}].name`);
      strip.push(
        piece(form.goals[of]?.[whole ? "expected" : part] ?? null, "text", span(position + shift), {
          place: at,
        }),
      );
    }
    sheet.strips.push(strip);
  }
}

/** Sign as typed, value and unit of a typed target apart, or null where they would not give it back. */
function split(measure: Measure | null): { sign: string; value: string; unit: string } | null {
  if (!measure || measure.text === null || measure.value === null) return null;
  const sign = /^[^\d.+-]*/.exec(halfWidth(measure.text).trim())?.[0].trim() ?? "";
  // 约300人次: words that are no sign stay with the figure.
  if (parseSign(sign) !== measure.comparison || (sign !== "" && measure.comparison === null)) return null;
  const unit = measure.unit ?? "";
  const joined = `${sign}${measure.value}${unit}`;
  const again = parseMeasure(joined).measure;
  if (again.value !== measure.value || again.unit !== measure.unit || again.comparison !== measure.comparison)
    return null;
  const bare = (text: string): string =>
    halfWidth(text)
      .replace(/\s+/g, "")
      .replace(/,(?=\d{3})/g, "")
      .replace(/\(([^()]*)\)$/, "$1");
  return bare(measure.text) === bare(joined) ? { sign, value: measure.value, unit } : null;
}

interface TargetParts {
  readonly sign: string;
  readonly unit: string;
  readonly value: string;
  readonly initialValue: string;
}

/** What the columns of a divided target show; words and approximations stay whole in the column of the value. */
function partsOfTarget(row: Indicator): TargetParts {
  const target = split(row.target);
  const initial = split(row.initialTarget);
  const whole = {
    sign: "",
    unit: "",
    value: row.target.text ?? "",
    initialValue: row.initialTarget?.text ?? "",
  };
  if (!target) return whole;
  const none = row.initialTarget === null || row.initialTarget.text === null;
  if (!none && (!initial || initial.sign !== target.sign || initial.unit !== target.unit)) return whole;
  return { ...target, initialValue: initial?.value ?? "" };
}

const CENTRED = new Set<string>([
  "sign",
  "value",
  "unit",
  "initialValue",
  "target",
  "initialTarget",
  "actual",
]);

/** Points of a group: those of its label where the form has them, else their sum where the form prints one. */
function pointsOfGroup(rows: readonly Indicator[], summed: boolean): Figure {
  const [first] = rows;
  if (first?.groupPoints != null)
    return rows.every((row) => row.groupPoints === first.groupPoints) ? first.groupPoints : null;
  if (!summed) return null;
  let total = ZERO;
  for (const row of rows) {
    if (row.groupPoints !== null) return null;
    const points = parseDecimal(row.points);
    if (!points) return null;
    total = add(total, points);
  }
  return formatDecimal(total);
}

function indicatorStrips(sheet: Sheet): { row: number; count: number } {
  const { form, plan, margin, byGoal } = sheet;
  const { columns } = plan;
  const rows = form.indicators;
  const bounds = sheet.guides.filter((guide) => guide >= margin);
  const span = (index: number, count = 1): Span => [bounds[index] ?? 0, bounds[index + count] ?? sheet.width];
  const headRows = columns.some((column) => column.group !== undefined) ? 2 : 1;
  const start = sheet.strips.length;
  const upper: Piece[] = [];
  const lower: Piece[] = [];
  if (margin > 0)
    upper.push(
      label(plan.side ?? "", [0, margin], {
        rowSpan: byGoal ? headRows : rows.length + headRows,
        ...(byGoal ? {} : { vertical: true }),
      }),
    );
  for (const [index, column] of columns.entries()) {
    const upright = column.vertical ? { vertical: true } : {};
    if (column.group === undefined) {
      upper.push(label(column.heading, span(index), { rowSpan: headRows, ...upright }));
      continue;
    }
    lower.push(label(column.heading, span(index), upright));
    if (columns[index - 1]?.group === column.group) continue;
    const until = columns.findIndex((each, at) => at > index && each.group !== column.group);
    upper.push(label(column.group, span(index, (until < 0 ? columns.length : until) - index)));
  }
  sheet.strips.push(upper);
  if (headRows === 2) sheet.strips.push(lower);

  const names = rows.map((row) => row.name);
  const fieldLabels = new Map(
    columns.flatMap(({ key, heading, group }) =>
      key === "field" ? [[`${group}/${heading}`, rowFieldLabels(headingOf({ heading, group }), names)]] : [],
    ),
  );
  const hasCore = columns.some((column) => column.key === "core");
  const mainOf = rows.map((row, index) =>
    row.parent === null ? null : (rows.slice(0, index).findLast((each) => each.parent === null)?.id ?? null),
  );
  const divided = columns.some((column) => column.key === "value");
  const until = { goal: 0, level1: 0, level2: 0 };
  for (const [index, row] of rows.entries()) {
    const strip: Piece[] = [];
    const at = (key: keyof Indicator): string => place.indicator(index, key);
    const run = (same: (other: Indicator) => boolean): number => {
      let length = 1;
      for (let next = rows[index + length]; next && same(next); next = rows[index + length]) length += 1;
      return length;
    };
    if (byGoal && index >= until.goal) {
      const length = run((other) => other.goal === row.goal);
      until.goal = index + length;
      const goal = form.goals[row.goal];
      const points = goal?.points ? `（${goal.points}分）` : "";
      sheet.show(`goals[${row.goal}].points`);
      strip.push(
        label(`${goal?.name ?? ""}${points}`, [0, margin], {
          rowSpan: length,
          place: `goals[${row.goal}].points`,
        }),
      );
    }
    if (byGoal || row.goal === 0) sheet.show(at("goal"));
    const parts = divided ? partsOfTarget(row) : null;
    for (const [position, column] of columns.entries()) {
      const { key } = column;
      const upright = column.vertical ? { vertical: true } : {};
      if (key === "field") {
        const wanted = fieldLabels.get(`${column.group}/${column.heading}`)?.[index] ?? "";
        strip.push(sheet.fieldCell(wanted, span(position), { align: "center" }));
        continue;
      }
      if (key === "level1" || key === "level2") {
        sheet.show(at(key));
        if (index < until[key]) continue;
        const same = (other: Indicator): boolean =>
          other.goal === row.goal &&
          other.level1 === row.level1 &&
          (key === "level1" || other.level2 === row.level2);
        const length = run(same);
        until[key] = index + length;
        if (key === "level1") until.level2 = Math.min(until.level2, index);
        const group = rows.slice(index, index + length);
        let points: Figure = null;
        if (plan.levelPoints) {
          const taken = sheet.shown.has(at("groupPoints"));
          points = taken ? null : pointsOfGroup(group, key === "level1");
          if (points !== null)
            for (const [offset, each] of group.entries())
              if (each.groupPoints !== null) sheet.show(place.indicator(index + offset, "groupPoints"));
        }
        strip.push(
          label(`${row[key] ?? ""}${points === null ? "" : `（${points}分）`}`, span(position), {
            rowSpan: length,
            place: at(key),
            ...upright,
          }),
        );
        continue;
      }
      strip.push(
        indicatorPiece(sheet, row, index, key, span(position), parts, hasCore, mainOf[index] ?? null),
      );
    }
    sheet.strips.push(strip);
  }
  return { row: start, count: headRows };
}

function headingOf({ heading, group }: { heading: string; group?: string | undefined }): string {
  return group === undefined ? heading : `${group}（${heading}）`;
}

function indicatorPiece(
  sheet: Sheet,
  row: Indicator,
  index: number,
  key: Exclude<PlannedColumn["key"], "field" | "level1" | "level2">,
  span: Span,
  parts: TargetParts | null,
  hasCore: boolean,
  main: string | null,
): Piece {
  const at = (field: keyof Indicator): string => place.indicator(index, field);
  const centre = CENTRED.has(key) ? ({ align: "center" } as const) : {};
  const words = (text: string | null, field: keyof Indicator): Piece => {
    sheet.show(at(field));
    return piece(text, "text", span, { place: at(field), ...centre });
  };
  switch (key) {
    case "name": {
      let text = row.name ?? "";
      if (row.parent !== null) {
        if (!/^其中/.test(text)) text = `其中：${text}`;
        if (main === row.parent) sheet.show(at("parent"));
      } else sheet.show(at("parent"));
      if (!hasCore && row.core === true) {
        text = `★${text}`;
        sheet.show(at("core"));
      }
      return { ...words(text, "name"), align: "left" };
    }
    case "target":
      return words(row.target.text, "target");
    case "initialTarget":
      return words(row.initialTarget?.text ?? null, "initialTarget");
    case "actual":
      return words(row.actual.text, "actual");
    case "sign":
    case "unit":
      return piece(parts?.[key] ?? "", "text", span, centre);
    case "value":
    case "initialValue": {
      const field = key === "value" ? "target" : "initialTarget";
      const text = parts?.[key] ?? "";
      sheet.show(at(field));
      return parseDecimal(text)
        ? figurePiece(text, span, at(field))
        : piece(text, "text", span, { place: at(field), ...centre });
    }
    case "points":
    case "score":
    case "coefficient":
    case "reviewScore":
      sheet.show(at(key));
      return figurePiece(row[key], span, at(key));
    case "core":
      return { ...words(row.core === null ? "" : row.core ? "是" : "否", "core"), align: "center" };
    case "criteria":
    case "evidence":
    case "deviation":
      return words(row[key], key);
  }
}

function totalStrip(sheet: Sheet): void {
  const { form, plan, margin, width } = sheet;
  if (plan.total === null) return;
  const bounds = sheet.guides.filter((guide) => guide >= margin);
  const figures = new Map<number, Piece>();
  const fundColumns = plan.funds?.kind === "table" ? plan.funds.columns.map((column) => column.key) : [];
  for (const [key, total, value] of [
    ["points", "totalPoints", form.totalPoints],
    ["score", "totalScore", form.totalScore],
  ] as const) {
    const index = plan.columns.findIndex((column) => column.key === key);
    if (index < 0) continue;
    sheet.show(total);
    const span: Span = [bounds[index] ?? 0, bounds[index + 1] ?? width];
    figures.set(index, figurePiece(value, span, total, totalFormula(form, key, fundColumns.includes(key))));
  }
  const first = Math.min(...figures.keys());
  const strip: Piece[] = [label(plan.total, [0, bounds[first] ?? width])];
  for (let index = first; index < plan.columns.length; index++)
    strip.push(figures.get(index) ?? piece("", "text", [bounds[index] ?? 0, bounds[index + 1] ?? width]));
  const last = strip.at(-1);
  if (plan.grade === "total" && last && last.text === "" && !figures.has(plan.columns.length - 1)) {
    sheet.show("grade");
    strip[strip.length - 1] = { ...last, text: form.grade ?? "", place: "grade", align: "center" };
  }
  sheet.strips.push(strip);
}

function footStrips(sheet: Sheet): string[] {
  const { form, plan, labelEnd, width } = sheet;
  const row = (title: string, text: string | null, at: string): void => {
    sheet.show(at);
    sheet.strips.push([label(title, [0, labelEnd]), piece(text, "text", [labelEnd, width], { place: at })]);
  };
  if (plan.grade === "line" || (plan.grade === "line-if-any" && form.grade !== null))
    row("评分等级", form.grade, "grade");
  const reasonsByRow = plan.columns.some((column) => column.key === "deviation");
  if (plan.formDeviation !== null || form.deviation !== null) {
    const title = plan.formDeviation ?? "偏差原因分析及改进措施";
    const reasons = form.indicators.flatMap((each, index) =>
      each.deviation === null ? [] : [{ text: `${each.name ?? ""}：${each.deviation}`, index }],
    );
    if (form.deviation === null && !reasonsByRow && reasons.length > 0) {
      for (const { index } of reasons) sheet.show(place.indicator(index, "deviation"));
      sheet.remarks.push(`本表样只有一处“${title}”，${reasons.length}行指标的偏差原因已合并写入`);
      row(title, reasons.map(({ text }) => text).join("\n"), "deviation");
    } else row(title, form.deviation, "deviation");
  }
  for (const title of plan.fieldRows) wordStrip(sheet, title, sheet.takeField(title));

  const signatures = plan.signatures.map((title) => ({ title, index: sheet.takeField(title) }));
  const lines: string[] = [];
  for (const index of sheet.restOfFields()) {
    const field = form.fields[index];
    // A cell of a column this layout does not have is no row of words.
    if (!field || /[:：]/.test(field.label) || field.label.trim() === "") continue;
    const taken = sheet.takeField(field.label);
    const short = (field.text ?? "").length <= 20 && !/[\n:：]/.test(field.text ?? "");
    if (SIGNED.test(field.label) && short) signatures.push({ title: field.label, index: taken });
    else if (field.text === null) wordStrip(sheet, `${field.label}：`, taken);
    else wordStrip(sheet, field.label, taken);
  }
  for (let at = 0; at < signatures.length; at += 4)
    lines.push(
      signatures
        .slice(at, at + 4)
        .map(({ title, index }) => `${title}：${form.fields[index]?.text ?? "　　　　"}`)
        .join("　　　　"),
    );
  return lines;
}

function laidOut(form: Form, plan: LayoutPlan): { readonly model: FormModel; readonly sheet: Sheet } {
  const sheet = new Sheet(form, plan);
  headStrips(sheet);
  fundStrips(sheet);
  statementStrips(sheet);
  goalStrips(sheet);
  const repeat = indicatorStrips(sheet);
  totalStrip(sheet);
  const foot = footStrips(sheet);

  // A title of its own stays; that of another official layout, or of another kind of form, gives way.
  const own =
    form.title !== null &&
    (form.template === plan.id ||
      (form.kind === plan.kind && !LAYOUT_TITLES.has(form.title)) ||
      form.title === plan.title);
  const title = own && form.title !== null ? form.title : plan.title;
  if (own || form.title === null || LAYOUT_TITLES.has(form.title)) sheet.show("title");
  const number = form.formNumber ?? plan.formNumber;
  sheet.show("formNumber", "year");
  const caption = [
    ...(number === null ? [] : [/^公开\d+表$/.test(number) ? number : `报表编号：${number}`]),
    title,
    ...(form.year === null ? [] : [`（${form.year}年度）`]),
  ];
  const { widths, rows } = gridFromStrips(sheet.strips);
  return {
    sheet,
    model: {
      caption,
      titleLine: number === null ? 0 : 1,
      widths,
      rows,
      repeat,
      foot,
      orientation: plan.orientation,
      name: form.project ?? form.unit ?? title,
    },
  };
}

/** Lays a form out by a plan. A figure is printed as it was typed; what the plan has no place for is named by `lostBy`. */
export function layOut(form: Form, plan: LayoutPlan): FormModel {
  return laidOut(form, plan).model;
}

/** What of the form the layout has no place for, each part in a Chinese sentence; empty where everything is printed. */
export function lostBy(form: Form, plan: LayoutPlan): readonly string[] {
  const { sheet } = laidOut(form, plan);
  return [...sheet.remarks, ...lostParts(form, sheet.shown)];
}
