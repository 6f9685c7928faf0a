import { formSchema, noteSchema } from "@jiheng/contract/read";
import { type Document, type Form, type Note, parseDecimal, parseMeasure } from "@jiheng/domain";
import type { Refusal } from "../grid.ts";
import { LIMITS } from "./limits.ts";
import { RefusedError, refuse, tooLarge } from "./refusals.ts";
import { plainNumber } from "./sheet.ts";
import { decodeText } from "./text-encoding.ts";

type Json = Record<string, unknown>;

const REMEDY = "请提供 jiheng read --json 输出的文件，或原来的 Word、Excel 文件";

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const FORM_TEXTS =
  "title formNumber project projectCode department departmentCode unit unitCode jurisdiction moneyUnit grade deviation".split(
    " ",
  );
const FORM_FIGURES = ["totalPoints", "totalScore"];
const FUND_FIGURES = ["initialBudget", "adjustedBudget", "expenditure", "points", "executionRate", "score"];
const GOAL_TEXTS = ["name", "expected", "adjusted", "achieved"];
const GOAL_FIGURES = ["points", "score"];
const INDICATOR_TEXTS = ["level1", "level2", "name", "criteria", "evidence", "deviation"];
const INDICATOR_FIGURES = ["groupPoints", "points", "score", "coefficient", "reviewScore"];

/** Brings one form of a JSON file into the full shape: absent keys become null, figures must be decimals. */
class FormFiller {
  readonly notes: Note[] = [];

  fill(source: Json, id: string): Json {
    this.missing(source);
    const form: Json = {
      kind: "unknown",
      template: "unknown",
      year: null,
      ...source,
      id: typeof source.id === "string" && source.id !== "" ? source.id : id,
      notes: listOf(source.notes),
      origins: isObject(source.origins) ? source.origins : {},
      fields: listOf(source.fields),
    };
    this.absent(form, FORM_TEXTS);
    this.figures(form, FORM_FIGURES, "");
    form.funds = listOf(source.funds).map((each, index) => {
      if (!isObject(each)) return each;
      const fund: Json = { source: "unnamed", label: "", ...each };
      this.absent(fund, ["deviation"]);
      this.figures(fund, FUND_FIGURES, `funds[${index}].`);
      return fund;
    });
    const goal: Json = { expected: null, achieved: null, ...(isObject(source.goal) ? source.goal : {}) };
    form.goal = goal;
    const goals = listOf(source.goals).map((each, index) => {
      if (!isObject(each)) return each;
      const filled: Json = { ...each };
      this.absent(filled, GOAL_TEXTS);
      this.figures(filled, GOAL_FIGURES, `goals[${index}].`);
      return filled;
    });
    if (goals.length === 0 && (goal.expected !== null || goal.achieved !== null))
      goals.push({ name: null, adjusted: null, points: null, score: null, ...goal });
    form.goals = goals;
    form.indicators = listOf(source.indicators).map((each, index) => this.indicator(each, index));
    return form;
  }

  /** A key that the format always prints and this file does not: not read, which is not the same as blank. */
  private missing(source: Json): void {
    const lost = (place: string, key: string): void => {
      this.notes.push({
        level: "lost",
        code: "missing-key",
        says: `JSON 中没有“${key}”一项，未读取`,
        place,
        at: null,
      });
    };
    for (const key of [...FORM_TEXTS, ...FORM_FIGURES, "year"]) if (!(key in source)) lost(key, key);
    if ("goals" in source) return;
    const goal = isObject(source.goal) ? source.goal : {};
    for (const key of ["expected", "achieved"]) if (!(key in goal)) lost(`goal.${key}`, `goal.${key}`);
  }

  private indicator(source: unknown, index: number): unknown {
    if (!isObject(source)) return source;
    const at = `indicators[${index}].`;
    const row: Json = { parent: null, goal: 0, core: null, ...source };
    if (typeof row.id !== "string") row.id = `i${index + 1}`;
    this.absent(row, INDICATOR_TEXTS);
    this.figures(row, INDICATOR_FIGURES, at);
    row.target = this.measure(source.target, `${at}target`);
    row.actual = this.measure(source.actual, `${at}actual`);
    row.initialTarget =
      source.initialTarget === undefined || source.initialTarget === null
        ? null
        : this.measure(source.initialTarget, `${at}initialTarget`);
    return row;
  }

  private measure(source: unknown, at: string): unknown {
    if (source === undefined || source === null)
      return { text: null, comparison: null, value: null, unit: null };
    if (!isObject(source)) return source;
    // Only the words given: they are understood as they would be in a form.
    if (typeof source.text === "string" && !("value" in source) && !("comparison" in source))
      return { ...parseMeasure(source.text).measure, ...source };
    const measure: Json = { text: null, comparison: null, unit: null, ...source };
    this.figures(measure, ["value"], `${at}.`);
    return measure;
  }

  private absent(target: Json, keys: readonly string[]): void {
    for (const key of keys) target[key] ??= null;
  }

  private figures(target: Json, keys: readonly string[], at: string): void {
    for (const key of keys) {
      const value = target[key];
      if (value === undefined || value === null || value === "") {
        target[key] = null;
        continue;
      }
      if (typeof value === "number") {
        target[key] = plainNumber(value);
        continue;
      }
      if (typeof value === "string" && parseDecimal(value) !== null) continue;
      target[key] = null;
      this.notes.push({
        level: "lost",
        code: "bad-number",
        says: `“${String(value).slice(0, 20)}”不是数字，未读取`,
        place: `${at}${key}`,
        at: null,
      });
    }
  }
}

/** Forms of a JSON value: the answer of `read`, one document, a list of forms, or one form. */
function formsIn(value: unknown): { forms: readonly unknown[]; notes: readonly unknown[] } {
  if (Array.isArray(value)) return { forms: value, notes: [] };
  if (!isObject(value)) return { forms: [], notes: [] };
  if (Array.isArray(value.documents)) {
    const documents = value.documents.filter(isObject);
    return {
      forms: documents.flatMap((each) => listOf(each.forms)),
      notes: documents.flatMap((each) => listOf(each.notes)),
    };
  }
  if (Array.isArray(value.forms)) return { forms: value.forms, notes: listOf(value.notes) };
  return "indicators" in value || "funds" in value ? { forms: [value], notes: [] } : { forms: [], notes: [] };
}

/** A reading nests some eight deep. */
const DEPTH = 64;

/** Whether brackets nest deeper than any reading: the parser would spend some hundred bytes on each before it fails. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > DEPTH) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}

function parse(text: string): unknown {
  if (isTooDeep(text))
    throw new RefusedError("json-too-deep", `JSON 的括号嵌套超过 ${DEPTH} 层，不是读表结果`, REMEDY);
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedError("damaged-json", "JSON 文件不完整或有语法错误", REMEDY);
  }
}

/**
 * Reads the answer of `jiheng read --json` back into one document; the forms keep their ids, notes and places, which
 * speak of the file they were first read from. Keys that are absent become null. Never throws.
 */
export function readJsonDocument(file: {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}): { readonly kind: "document"; readonly document: Document } | Refusal {
  try {
    const { text, notes: decoding } = decodeText(file.bytes);
    const source = formsIn(parse(text));
    let rows = 0;
    for (const each of source.forms)
      if (isObject(each)) rows += listOf(each.indicators).length + listOf(each.funds).length;
    if (rows > LIMITS.jsonRows || source.forms.length > LIMITS.jsonRows) throw tooLarge("JSON 文件");
    const notes: Note[] = [...decoding];
    for (const each of source.notes) {
      const note = noteSchema.safeParse(each);
      if (note.success) notes.push(note.data);
    }
    const forms = source.forms.map((each, index): Form => {
      const broken = (where: string): RefusedError =>
        new RefusedError("not-a-reading", `JSON 中第 ${index + 1} 张表不合格式（${where}）`, REMEDY);
      if (!isObject(each)) throw broken("不是对象");
      const filler = new FormFiller();
      const filled = formSchema.safeParse(filler.fill(each, `${file.sha256.slice(0, 12)}-${index + 1}`));
      if (!filled.success) throw broken(filled.error.issues[0]?.path.join(".") ?? "");
      return { ...filled.data, notes: [...filled.data.notes, ...filler.notes] };
    });
    if (forms.length === 0) throw new RefusedError("not-a-reading", "JSON 中没有自评表", REMEDY);
    return { kind: "document", document: { file: file.name, sha256: file.sha256, notes, forms } };
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    return refuse("damaged-json", "JSON 文件无法读取", REMEDY);
  }
}
