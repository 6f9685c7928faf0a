/** What an official layout has room for; what it prints no column for, a specimen meant for it leaves blank. */
export interface Shape {
  /** Points of the execution; those of the levels make up the rest of 100. */
  readonly execution: number;
  readonly levels: Readonly<Record<string, number>>;
  readonly points: boolean;
  readonly scores: boolean;
  readonly initialBudget: boolean;
  readonly grade: boolean;
  readonly department: boolean;
  readonly project: boolean;
  /** Reasons stand in one place for the whole form instead of one a row. */
  readonly formReason: boolean;
  /** The form asks at its foot for problems and measures: where points are lost, they are written there too. */
  readonly asksProblems: boolean;
  /** Figures as `120.00(人)` and 达成指标 instead of `120人` and the words of the target. */
  readonly bracketed: boolean;
  /** Longest result the place allows, in characters. */
  readonly resultLimit: number | null;
}

const NATIONAL: Shape = {
  execution: 10,
  levels: { 成本指标: 10, 产出指标: 40, 效益指标: 30, 满意度指标: 10 },
  points: true,
  scores: true,
  initialBudget: true,
  grade: true,
  department: true,
  project: true,
  formReason: false,
  asksProblems: false,
  bracketed: false,
  resultLimit: null,
};

const SHAPES: Readonly<Record<string, Shape>> = {
  national: NATIONAL,
  "shanghai-bureau-a": { ...NATIONAL, bracketed: true },
  anhui: { ...NATIONAL, grade: false },
  yunnan: NATIONAL,
  "sichuan-0013zp": { ...NATIONAL, grade: false, resultLimit: 100, asksProblems: true },
  hubei: {
    ...NATIONAL,
    execution: 20,
    levels: { 成本指标: 10, 产出指标: 30, 效益指标: 30, 满意度指标: 10 },
    points: false,
    initialBudget: false,
    grade: false,
    formReason: true,
  },
  "rural-revitalisation": { ...NATIONAL, initialBudget: false, grade: false },
  "transfer-payment": { ...NATIONAL, points: false, scores: false, initialBudget: false, grade: false },
  "department-hunan": { ...NATIONAL, grade: false, department: false, project: false },
};

/** Templates of which varied specimens leave blank exactly what they do not print. */
export const SHAPED_TEMPLATES: readonly string[] = Object.keys(SHAPES);

/** Layouts nothing is planted in: they differ from others by headings alone. */
const LIKE: Readonly<Record<string, string>> = {
  "county-unscored": "transfer-payment",
  regional: "transfer-payment",
};

/** The shape of a layout; an unknown one is taken as the national. */
export function shapeOf(template: string): Shape {
  return SHAPES[LIKE[template] ?? template] ?? NATIONAL;
}
