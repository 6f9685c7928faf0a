import { formSchema } from "@jiheng/contract/read";
import { type Form, parseDecimal } from "@jiheng/domain";
import { LONGEST } from "@jiheng/workflow";

/** One thing that keeps a form from being kept. */
export interface FormFault {
  readonly at: string;
  readonly says: string;
}

/** Most of each part of a form: far beyond every official layout, near enough that one form cannot hold up the others. */
const MOST = { indicators: 400, funds: 60, goals: 60, fields: 1_200, notes: 1_500, origins: 12_000 } as const;
const MOST_FAULTS = 30;
/** Texts of fields, origins and notes. */
const LONGEST_TEXT = LONGEST["long-text"];
const LONG_KEYS = new Set([
  "deviation",
  "criteria",
  "evidence",
  "expected",
  "achieved",
  "adjusted",
  "text",
  "raw",
  "says",
]);
const FIGURES = new Set([
  "initialBudget",
  "adjustedBudget",
  "expenditure",
  "points",
  "executionRate",
  "score",
  "value",
  "groupPoints",
  "coefficient",
  "reviewScore",
  "totalPoints",
  "totalScore",
]);

/**
 * What is wrong with a form before it may be kept: its shape, the number of its rows, the length of its texts, figures that are none,
 * rows that hang on nothing. Whether its content is right is the review's to say, and never keeps it from being saved.
 */
export function formFaults(form: unknown): FormFault[] {
  const parsed = formSchema.strict().safeParse(form);
  if (!parsed.success)
    return parsed.error.issues
      .slice(0, MOST_FAULTS)
      .map((issue) => ({ at: issue.path.join("."), says: "不是交换格式的表" }));
  const faults: FormFault[] = [];
  const given = parsed.data;
  for (const part of ["indicators", "funds", "goals", "fields", "notes"] as const)
    if (given[part].length > MOST[part])
      faults.push({ at: part, says: `有${given[part].length}行，不能超过${MOST[part]}行` });
  if (Object.keys(given.origins).length > MOST.origins)
    faults.push({ at: "origins", says: `不能超过${MOST.origins}处` });
  if (faults.length > 0) return faults;
  visit(given, "", faults);
  rowFaults(given as Form, faults);
  return faults.slice(0, MOST_FAULTS);
}

function visit(value: unknown, at: string, faults: FormFault[], key = ""): void {
  if (typeof value === "string") {
    const most = LONG_KEYS.has(key) ? LONGEST_TEXT : FIGURES.has(key) ? LONGEST.figure : LONGEST.text;
    if (value.length > most) faults.push({ at, says: `有${value.length}个字符，不能超过${most}个` });
    else if (FIGURES.has(key) && parseDecimal(value) === null)
      faults.push({ at, says: "不是数字；没有数字的请留空" });
    return;
  }
  if (value === null || typeof value !== "object") return;
  for (const [name, part] of Object.entries(value)) {
    const inList = Array.isArray(value);
    visit(part, inList ? `${at}[${name}]` : at === "" ? name : `${at}.${name}`, faults, inList ? key : name);
  }
}

function rowFaults(form: Form, faults: FormFault[]): void {
  const ids = new Set<string>();
  form.indicators.forEach(({ id }, index) => {
    if (ids.has(id)) faults.push({ at: `indicators[${index}].id`, says: "与前面的行编号相同" });
    ids.add(id);
  });
  form.indicators.forEach(({ id, parent, goal }, index) => {
    if (parent !== null && (parent === id || !ids.has(parent)))
      faults.push({ at: `indicators[${index}].parent`, says: "所属的行不在表中" });
    if (goal < 0 || goal > Math.max(0, form.goals.length - 1))
      faults.push({ at: `indicators[${index}].goal`, says: "没有这个年度目标" });
  });
}
