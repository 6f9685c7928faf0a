import {
  type Form,
  type FormKind,
  type Fund,
  type Goal,
  type Indicator,
  type Measure,
  NO_MEASURE,
  parseDecimal,
  rowFieldLabels,
} from "@jiheng/domain";
import { bindFields, printFields, sameCell } from "../editing/cells.ts";
import type { Kind } from "../vocabulary.ts";

/** What a row was last year: shown beside the new target, never mixed with it. */
export interface RowHistory {
  readonly year: number | null;
  readonly target: Measure;
  readonly actual: Measure;
  readonly points: string | null;
  readonly score: string | null;
}

/** A new form, and for each row that it took over by identity what it was before. */
export interface Started {
  readonly form: Form;
  readonly history: Readonly<Record<string, RowHistory>>;
}

/** What the new form is called and which year it is of; the layout where it is not the usual one of its kind. */
export interface Start {
  readonly id: string;
  readonly year: number;
  readonly template?: string;
  readonly title?: string;
}

const FORMS: Readonly<
  Record<Kind, { readonly kind: FormKind; readonly template: string; readonly title: string }>
> = {
  "target-declaration": {
    kind: "target-declaration",
    template: "target-declaration",
    title: "项目支出绩效目标申报表",
  },
  adjustment: { kind: "target-declaration", template: "target-declaration", title: "项目支出绩效目标调整表" },
  monitoring: { kind: "monitoring", template: "monitoring", title: "项目支出绩效运行监控表" },
  "self-evaluation": { kind: "project-self-evaluation", template: "national", title: "项目支出绩效自评表" },
  review: { kind: "review", template: "review", title: "项目支出绩效自评复核表" },
};

const SOURCES: readonly (readonly [string, string])[] = [
  ["total", "年度资金总额"],
  ["current-appropriation", "其中：当年财政拨款"],
  ["carry-over", "上年结转资金"],
  ["other", "其他资金"],
];

/**
 * The form a submission of this kind begins with. `source` is what it rests on: the approved targets for a self-evaluation, a
 * monitoring and an adjustment, last year's declaration for a declaration, the self-evaluation for a review. Every row keeps its
 * identity; what is to be reported anew is blank, never 0.
 */
export function startFrom(kind: Kind, source: Form, start: Start): Started {
  const base = emptied(kind, source, start);
  switch (kind) {
    case "self-evaluation":
    case "monitoring":
      return {
        form: { ...base, indicators: source.indicators.map(toReport), goals: ofTheYear(source) },
        history: {},
      };
    case "adjustment":
      return {
        form: {
          ...base,
          indicators: source.indicators.map(toAdjust),
          goals: source.goals.map((goal) => ({ ...goal, achieved: null, score: null })),
          funds: source.funds.map((fund) => ({
            ...fund,
            expenditure: null,
            executionRate: null,
            score: null,
          })),
          fields: source.fields,
        },
        history: {},
      };
    case "target-declaration":
      return {
        form: {
          ...base,
          goals: withMidTerm(base.goals, base.template),
          indicators: source.indicators.map(toDeclare),
          funds: base.funds.map((fund) => ({ ...fund, points: null })),
          fields: blankFigures(source),
        },
        history: Object.fromEntries(source.indicators.map((row) => [row.id, historyOf(source, row)])),
      };
    case "review":
      return { form: reviewSheet(base, source), history: {} };
  }
}

/** A form of this kind with nothing in it but the rows of money. */
export function blankForm(
  kind: Kind,
  head: Pick<
    Form,
    "project" | "projectCode" | "department" | "departmentCode" | "unit" | "unitCode" | "jurisdiction"
  >,
  start: Start & { readonly moneyUnit: string },
): Form {
  const { kind: formKind, template, title } = FORMS[kind];
  const goal = { expected: null, achieved: null };
  const goals = [{ name: null, adjusted: null, points: null, score: null, ...goal }];
  return {
    id: start.id,
    kind: formKind,
    template: start.template ?? template,
    title: start.title ?? title,
    formNumber: null,
    year: start.year,
    ...head,
    moneyUnit: start.moneyUnit,
    funds: SOURCES.map(([source, label]) => blankFund(source, label)),
    goal,
    goals: kind === "target-declaration" ? withMidTerm(goals, start.template ?? template) : goals,
    indicators: [],
    totalPoints: null,
    totalScore: null,
    grade: null,
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
  };
}

/** Everything the kinds have in common: the head and the goal as expected; money and marks blank. */
function emptied(kind: Kind, source: Form, start: Start): Form {
  const { kind: formKind, template, title } = FORMS[kind];
  const goal = { expected: effective(source.goals[0]) ?? source.goal.expected, achieved: null };
  return {
    ...source,
    id: start.id,
    kind: formKind,
    template: start.template ?? template,
    title: start.title ?? title,
    formNumber: null,
    year: start.year,
    funds: blankFunds(source),
    goal,
    goals: goalsOf(source),
    totalScore: null,
    grade: null,
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
  };
}

/** What the goal of the whole period is called in layouts of declarations that ask for it beside that of the year. */
const MID_TERM: Readonly<Record<string, string>> = {
  "target-declaration": "中期目标",
  "target-declaration-shanghai": "项目总目标",
};

/** The goals with a place for the one of the whole period, blank where it was not there. */
function withMidTerm(goals: Form["goals"], template: string): Form["goals"] {
  const name = MID_TERM[template];
  if (name === undefined || goals.some((goal) => goal.name === name)) return goals;
  return [...goals, { name, expected: null, achieved: null, adjusted: null, points: null, score: null }];
}

/** The goal that counts: the adjusted one where there is one. */
function effective(goal: Goal | undefined): string | null {
  return goal?.adjusted ?? goal?.expected ?? null;
}

/** Goals as expected, what was reached of them blank. */
function goalsOf(source: Form): Form["goals"] {
  return source.goals.map((goal) => ({
    ...goal,
    expected: effective(goal),
    adjusted: null,
    achieved: null,
    score: null,
  }));
}

/** Without the goals of the middle term, which belong to the declaration alone. */
function ofTheYear(source: Form): Form["goals"] {
  const used = new Set(source.indicators.map(({ goal }) => goal));
  const goals = goalsOf(source);
  // Rows name their goal by its place, so only goals behind the last one in use can go.
  const last = goals.findLastIndex(
    ({ name }, index) => index === 0 || used.has(index) || !/中期|实施期/.test(name ?? ""),
  );
  return goals.slice(0, last + 1);
}

function blankFunds(source: Form): readonly Fund[] {
  const present = source.funds.map((fund) => ({
    ...blankFund(fund.source, fund.label),
    points: fund.points,
  }));
  const known = new Set(present.map(({ source: name }) => name));
  // Only the national sources are completed: where a form divides its money otherwise, it keeps its own rows.
  if (present.some(({ source: name }) => !SOURCES.some(([one]) => one === name))) return present;
  const missing = SOURCES.filter(([name]) => !known.has(name)).map(([name, label]) => blankFund(name, label));
  const order = SOURCES.map(([name]) => name);
  return [...present, ...missing].toSorted((a, b) => order.indexOf(a.source) - order.indexOf(b.source));
}

function blankFund(source: string, label: string): Fund {
  return {
    source,
    label,
    initialBudget: null,
    adjustedBudget: null,
    expenditure: null,
    points: null,
    executionRate: null,
    score: null,
    deviation: null,
  };
}

/** A row whose target stands and whose result is to be reported. */
function toReport(row: Indicator): Indicator {
  const { initialTarget } = row;
  return {
    ...row,
    // An adjustment that left this target as it was has nothing to show beside it.
    initialTarget: initialTarget !== null && sameCell(initialTarget, row.target) ? null : initialTarget,
    actual: NO_MEASURE,
    score: null,
    coefficient: null,
    reviewScore: null,
    deviation: null,
  };
}

/** A row whose target may be changed: the one approved first is kept beside it for good. */
function toAdjust(row: Indicator): Indicator {
  return { ...toReport(row), initialTarget: row.initialTarget ?? row.target };
}

/** A row as a start for the next year's target. */
function toDeclare(row: Indicator): Indicator {
  return { ...toReport(row), initialTarget: null, evidence: null };
}

function historyOf(source: Form, row: Indicator): RowHistory {
  const { target, actual, points, score } = row;
  return { year: source.year, target, actual, points, score };
}

/** Fields as they were, but for the figures: last year's money is not this year's. */
function blankFigures(source: Form): Form["fields"] {
  const fields = bindFields(source).map((field) =>
    parseDecimal(field.text) === null ? field : { ...field, text: null },
  );
  return printFields(fields, source.indicators);
}

/** The unit's figures as they stand, the reviewer's own beside them blank. */
function reviewSheet(base: Form, source: Form): Form {
  const names = source.indicators.map(({ name }) => name);
  const columns = ["复核完成值", "复核说明"].flatMap((heading) => rowFieldLabels(heading, names));
  return {
    ...base,
    funds: source.funds,
    goal: source.goal,
    goals: source.goals,
    indicators: source.indicators.map((row) => ({ ...row, reviewScore: null })),
    fields: [...columns, "复核结论", "复核人"].map((label) => ({ label, text: null })),
  };
}
