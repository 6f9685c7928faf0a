import {
  type Form,
  headingsOf,
  isSideLabel,
  level1Of,
  level2HomeOf,
  type Note,
  rowFieldLabel,
} from "@jiheng/domain";
import type { Line } from "../recognise/lines.ts";
import { formNumberOf, titleOf, yearOf } from "../recognise/roles.ts";
import type { Segment } from "../recognise/segments.ts";
import { jurisdictionOf, kindOf, type Layout, templateOf } from "../recognise/template.ts";
import { addField, addNote, clip, type Draft, openDraft, trace } from "./draft.ts";
import { looksLikeFigure } from "./figure.ts";
import { isFieldLabel, readFieldRow, readGradeRow, readTotalRow } from "./foot.ts";
import { type FundsTable, moneyUnitOf, openFunds, readBareFunds, readFundRow } from "./funds.ts";
import { type GoalTable, openGoals, readGoalPairs, readGoalRow } from "./goals.ts";
import { readHeadRow } from "./head.ts";
import {
  assumedIndicators,
  closeIndicators,
  type IndicatorTable,
  isHeaderBelow,
  openIndicators,
  readIndicatorRow,
} from "./indicators.ts";
import { oneLine } from "./plain-text.ts";

/** A reading of one form, and how much of a form was in it. */
export interface FormReading {
  readonly form: Form;
  /** False where the lines hold neither funds nor indicators nor a titled head: then it is no form. */
  readonly found: boolean;
}

/** Reads the lines of one form, section by section. */
export function readForm(segment: Segment, id: string): FormReading {
  const draft = openDraft();
  const layout: Layout = {
    headings: new Set(),
    labels: new Set(),
    margin: false,
    pointsFirst: false,
    flat: false,
  };
  let section: "head" | "funds" | "goal" | "indicators" | "foot" | "list" | "management" = "head";
  let funds: FundsTable | null = null;
  let goals: GoalTable | null = null;
  let indicators: IndicatorTable | null = null;
  let contents = false;
  let management: Line | null = null;
  let before = "";
  let table: Line["table"] = null;

  for (const { line, role: own } of segment.lines) {
    const role =
      before === "indicator-header" && indicators && isHeaderBelow(indicators, line)
        ? "indicator-header"
        : own;
    if (indicators && line.table && line.table !== table) indicators.fresh = true;
    table = line.table ?? table;
    const first = line.filled[0];
    switch (role) {
      case "blank":
        if (indicators) indicators.fresh = true;
        continue;
      case "list":
        for (const slot of line.filled) draft.moneyUnit ??= moneyUnitOf(slot.text);
        section = "list";
        continue;
      case "title":
        readTitle(draft, line);
        break;
      case "caption":
        if (first && draft.year === null) {
          draft.year = yearOf(first.text);
          trace(draft, "year", first);
        }
        break;
      case "head":
        if (section === "indicators" || section === "foot") readFieldRow(draft, line);
        else {
          readHeadRow(draft, line);
          section = "head";
        }
        for (const slot of line.filled) layout.labels.add(slot.text);
        break;
      case "funds-header":
        funds = openFunds(draft, line, before === "funds-header" ? funds : null);
        noteLayout(layout, line);
        section = "funds";
        break;
      case "goal-header":
        goals = openGoals(line);
        section = "goal";
        break;
      case "goal-pair":
        if (readGoalPairs(draft, line)) section = section === "indicators" ? section : "goal";
        else unread(draft, line);
        break;
      case "indicator-header":
        indicators = openIndicators(draft, line, indicators, before === "indicator-header");
        noteLayout(layout, line);
        section = "indicators";
        break;
      case "total":
        if (section === "funds" && funds && readFundRow(draft, funds, line)) break;
        if (section === "list") {
          readListed(draft, line);
          break;
        }
        readTotalRow(draft, indicators, line);
        section = "foot";
        break;
      case "grade":
        readGradeRow(draft, line);
        section = "foot";
        break;
      case "remark":
        readFieldRow(draft, line);
        break;
      default: {
        if (!first) break;
        for (const slot of line.filled) {
          // A unit behind a target (600(万元)) is that of the row, not of the form.
          if (section !== "indicators") draft.moneyUnit ??= moneyUnitOf(slot.text);
          if (draft.year === null && section === "head" && slot.text.length < 60) {
            const year = yearOf(slot.text);
            if (year !== null && !line.table) {
              draft.year = year;
              trace(draft, "year", slot);
            }
          }
        }
        if (!line.table) {
          // A list of contents in front of the forms repeats their names and says nothing of its own.
          contents ||= draft.title === null && /^目\s*录$/.test(first.text);
          if (contents && draft.title === null) break;
          readLoose(draft, line, section);
          break;
        }
        if (section === "funds" && isManagementHeader(line)) {
          section = "management";
          management = line;
          break;
        }
        if (section === "list" || section === "management") {
          readListed(draft, line, section === "management" ? management : null);
          break;
        }
        // 年度总体目标 | text right below the money is the goal, no source of money.
        if (isGoalPair(line) && readGoalPairs(draft, line)) {
          section = section === "indicators" ? section : "goal";
          break;
        }
        if (section === "funds" && funds) {
          if (readFundRow(draft, funds, line)) break;
          unread(draft, line);
          break;
        }
        // Labels of sections alone (项目基本情况 | 1.项目年度目标完成情况) say nothing of their own.
        if (line.filled.every((slot) => isSideLabel(slot.text) || headingsOf(slot.text).length > 0)) break;
        if (section === "goal" && goals && !isFieldLabel(first.text) && readGoalRow(draft, goals, line))
          break;
        if (section === "head" && line.filled.length === 1 && draft.formNumber === null) {
          const number = formNumberOf(first.text);
          if (number !== null) {
            draft.formNumber = number;
            trace(draft, "formNumber", first);
            break;
          }
        }
        if (section === "head" && readBareFunds(draft, line)) break;
        if (isFoot(line, indicators)) {
          readFieldRow(draft, line);
          if (section === "indicators" && headingsOf(first.text).includes("deviation")) section = "foot";
          break;
        }
        // Sums of a group are neither indicators nor the total.
        if (/^小\s*计|^分项(?:小计|得分)/.test(first.text)) {
          addField(
            draft,
            "小计",
            line.filled
              .slice(1)
              .map((slot) => slot.text)
              .join(" "),
            first,
          );
          break;
        }
        if (section === "indicators" && indicators) {
          // The label of the margin stands beside the heading or beside the first row below it.
          if (first.column < (indicators.columns[0]?.from ?? 0) && isMarginOfIndicators(first.text))
            layout.margin = true;
          if (!readIndicatorRow(draft, indicators, line, id)) unread(draft, line);
          break;
        }
        if (section !== "foot") {
          const assumed: IndicatorTable | null = assumedIndicators(draft, line);
          if (assumed) {
            indicators = assumed;
            section = "indicators";
            readIndicatorRow(draft, indicators, line, id);
            break;
          }
        }
        readFieldRow(draft, line);
      }
    }
    before = role;
  }
  if (indicators) closeIndicators(draft, indicators);
  if (indicators)
    layout.flat = !indicators.columns.some(
      (column) => column.heading === "level1" || column.heading === "level2",
    );
  return finishForm(draft, layout, id);
}

function readTitle(draft: Draft, line: Line): void {
  for (const slot of line.filled) {
    const title = titleOf(slot.text);
    if (title) {
      if (draft.title === null) {
        draft.title = title;
        trace(draft, "title", slot);
      }
      const year = yearOf(slot.text);
      if (year !== null && draft.year === null) {
        draft.year = year;
        trace(draft, "year", slot);
      }
      continue;
    }
    const number = formNumberOf(slot.text);
    if (number !== null) {
      draft.formNumber ??= number;
      trace(draft, "formNumber", slot);
    }
    draft.moneyUnit ??= moneyUnitOf(slot.text);
    if (draft.year === null) draft.year = yearOf(slot.text);
  }
}

/** The heading that follows the money in the forms of transfer payments: 资金管理情况 | 情况说明 | 存在问题和改进措施. */
function isManagementHeader(line: Line): boolean {
  const words = line.filled.filter((slot) =>
    /^(?:资金)?(?:管理|使用)情况$|^(?:具体)?情况说明$|^(?:存在的?)?(?:主要)?问题[和及与]?(?:改进|整改)措施$/.test(
      slot.text.replace(/\s+/g, ""),
    ),
  );
  return words.length >= 2;
}

/** "年度总体目标 | text": a goal whose label in the margin stands beside it. */
function isGoalPair(line: Line): boolean {
  const [first, second] = line.filled;
  return (
    line.filled.length === 2 &&
    first !== undefined &&
    second !== undefined &&
    /目标/.test(first.text) &&
    isSideLabel(first.text) &&
    headingsOf(second.text).length === 0
  );
}

/**
 * A row of a list of tasks or of notes on the use of the money: kept under its label. Under a heading of several
 * columns of words the first text is that of the label, each further one is named by its heading too.
 */
function readListed(draft: Draft, line: Line, heading: Line | null = null): void {
  const [label, ...rest] = line.filled;
  if (!label) return;
  const columns = heading?.filled.filter((slot) => slot.column > label.column) ?? [];
  if (columns.length >= 2) {
    const name = oneLine(label.text);
    for (const slot of rest) {
      const at = columns.findLastIndex((column) => column.column <= slot.column);
      const column = columns[at];
      addField(
        draft,
        at > 0 && column ? rowFieldLabel({ heading: oneLine(column.text), row: name, occurrence: 1 }) : name,
        slot.text,
        slot,
      );
    }
    if (rest.length === 0) addField(draft, name, null, label);
    return;
  }
  const text = rest.map((slot) => slot.text).join("；");
  addField(draft, oneLine(label.text), text === "" ? null : text, label);
}

/** Words between tables: numbers of the form, the money unit, remarks. */
function readLoose(draft: Draft, line: Line, section: string): void {
  const slot = line.filled[0];
  if (!slot) return;
  const number = formNumberOf(slot.text);
  if (number !== null && draft.formNumber === null) {
    draft.formNumber = number;
    trace(draft, "formNumber", slot);
    return;
  }
  if (moneyUnitOf(slot.text) && slot.text.length < 20) return;
  // Page numbers are of the paper, not of the form.
  if (
    /^(?:第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|[-—–]?\s*\d{1,4}\s*[-—–]?|\d+\s*\/\s*\d+)$/.test(
      slot.text,
    )
  )
    return;
  if (section === "head" && /^附\s*(?:件|表)?\s*[\d一二三四五六七八九十-]*\s*[:：]?$/.test(slot.text)) return;
  readFieldRow(draft, line);
}

/** A row of words at the foot: a known label, or a label with a text across columns that hold figures elsewhere. */
function isFoot(line: Line, table: IndicatorTable | null): boolean {
  const [first, second] = line.filled;
  if (!first) return false;
  if (level1Of(first.text) || level2HomeOf(first.text)) return false;
  if (isFieldLabel(first.text)) return true;
  if (headingsOf(first.text).includes("deviation") && line.filled.length <= 2) return true;
  if (!table) return false;
  if (isMarginNote(line, table)) return true;
  const name = table.columns.find((column) => column.heading === "name") ?? table.columns[0];
  if (!name || line.filled.some((slot) => looksLikeFigure(slot.text))) return false;
  // One cell across label and name columns: a heading or remark, not a row.
  const wide = first.end > first.column && first.column < name.from && first.end >= name.from;
  if (wide) return true;
  return (
    line.filled.length === 1 && first.column < name.from && !second && line.slots.every((slot) => slot.own)
  );
}

/** A label in the margin and one text beside it, over the rest of the row: words at the foot, not a row of the table. */
function isMarginNote(line: Line, table: IndicatorTable): boolean {
  const [label, text] = line.filled;
  const first = table.columns[0];
  const last = table.columns.at(-1);
  if (!label || !text || !first || !last || line.filled.length !== 2) return false;
  if (isSideLabel(label.text) || /^(?:年度)?(?:绩效)?目标/.test(label.text) || label.text.length > 20)
    return false;
  if (looksLikeFigure(text.text) || line.slots.some((slot) => !slot.own && slot.column < first.from))
    return false;
  if (line.table?.shape !== "exact") return label.column < first.from && text.column >= first.from;
  return text.end >= last.to && text.end - text.column >= 3;
}

function unread(draft: Draft, line: Line): void {
  const texts = line.filled.filter((slot) => !isSideLabel(slot.text));
  if (texts.length === 0) return;
  const first = texts[0];
  if (!first) return;
  addField(
    draft,
    texts.length > 1 ? clip(first.text) : "其他",
    texts
      .slice(texts.length > 1 ? 1 : 0)
      .map((slot) => slot.text)
      .join(" "),
    first,
  );
  addNote(
    draft,
    "guessed",
    "row-outside",
    `“${clip(first.text)}”一行不属于任何栏目，已按其他内容保留`,
    `fields[${draft.fields.length - 1}]`,
    first.at,
  );
}

function isMarginOfIndicators(text: string): boolean {
  return /^绩效指标/.test(text.replace(/\s+/g, ""));
}

function noteLayout(layout: Layout, line: Line): void {
  const order: string[] = [];
  for (const slot of line.filled) {
    for (const heading of headingsOf(slot.text)) {
      layout.headings.add(heading);
      order.push(heading);
    }
    if (headingsOf(slot.text).length === 0) layout.labels.add(slot.text);
    layout.labels.add(`=${slot.text.replace(/\s+/g, "")}`);
    if (isMarginOfIndicators(slot.text)) layout.margin = true;
  }
  const points = order.indexOf("points");
  const target = order.indexOf("target");
  if (order.includes("name") && points >= 0 && target >= 0 && points < target) layout.pointsFirst = true;
}

/** Closes a draft: kind, template and jurisdiction by what was read. */
export function finishForm(draft: Draft, layout: Layout, id: string): FormReading {
  const found =
    draft.indicators.length > 0 ||
    draft.funds.length > 0 ||
    (draft.title !== null && (draft.project !== null || draft.department !== null || draft.unit !== null));
  const kind = kindOf(draft, layout);
  // A department's form names one body: it reports for itself.
  if (kind === "department-self-evaluation") {
    if (draft.department === null && draft.unit !== null) copyBody(draft, "unit", "department");
    else if (draft.unit === null && draft.department !== null) copyBody(draft, "department", "unit");
  }
  const template = templateOf(draft, layout, kind);
  if (template === "unknown" && found)
    addNote(
      draft,
      "guessed",
      "unknown-template",
      "版式不在已知模板之内，已按表头逐栏读取",
      null,
      draft.origins.title?.at ?? null,
    );
  const goal = draft.goals[0];
  const notes: readonly Note[] = draft.notes;
  const form: Form = {
    id,
    kind,
    template,
    title: draft.title,
    formNumber: draft.formNumber,
    year: draft.year,
    project: draft.project,
    projectCode: draft.projectCode,
    department: draft.department,
    departmentCode: draft.departmentCode,
    unit: draft.unit,
    unitCode: draft.unitCode,
    jurisdiction: jurisdictionOf(draft),
    moneyUnit: draft.moneyUnit,
    funds: draft.funds,
    goal: { expected: goal?.expected ?? null, achieved: goal?.achieved ?? null },
    goals: draft.goals,
    indicators: draft.indicators,
    totalPoints: draft.totalPoints,
    totalScore: draft.totalScore,
    grade: draft.grade,
    deviation: draft.deviation,
    fields: draft.fields,
    notes,
    origins: draft.origins,
  };
  return { form, found };
}

function copyBody(draft: Draft, from: "unit" | "department", to: "unit" | "department"): void {
  draft[to] = draft[from];
  const known = draft.origins[from];
  if (known) draft.origins[to] = known;
}
