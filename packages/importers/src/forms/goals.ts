import { compactLabel, type Heading, headingsOf, isSideLabel } from "@jiheng/domain";
import type { Line, Slot } from "../recognise/lines.ts";
import { isGoalNameHeading } from "../recognise/roles.ts";
import { type Column, type ColumnKey, columnsOf } from "./columns.ts";
import { addNote, type Draft, takeText, trace } from "./draft.ts";
import { oneLine } from "./plain-text.ts";

const WANTED: ReadonlySet<Heading> = new Set<Heading>([
  "goalExpected",
  "goalAdjusted",
  "goalAchieved",
  "goalMidTerm",
]);

/** The heading of a table of goals, ready for its rows. */
export interface GoalTable {
  readonly columns: readonly Column[];
  /** The column of the names of goals (目标名称), where there is one. */
  readonly names: Slot | null;
  rows: number;
}

/** A heading row of goals: 预期目标 | 实际完成情况. */
export function openGoals(line: Line): GoalTable {
  let columns = columnsOf(line, WANTED);
  // 全年绩效目标 is the adjusted goal beside that of the start of the year; alone it is the goal.
  if (!columns.some((column) => column.heading === "goalExpected"))
    columns = columns.map((column) =>
      column.heading === "goalAdjusted" ? { ...column, heading: "goalExpected" as const } : column,
    );
  const names = line.filled.find((slot) => isGoalNameHeading(slot.text)) ?? null;
  if (columns.some((column) => column.heading === "goalExpected")) return { columns, names, rows: 0 };
  // 总体目标 | 实际完成情况: what stands right before the result is the goal itself.
  const achieved = columns.findLast((column) => column.heading === "goalAchieved");
  const before = line.filled.findLast((slot) => achieved !== undefined && slot.end < achieved.from);
  if (!achieved || !before || before === names) return { columns, names, rows: 0 };
  const expected: Column = {
    heading: "goalExpected",
    from: before.column,
    to: before.end,
    text: before.text,
  };
  return { columns: [expected, ...columns.filter((column) => column.from > before.end)], names, rows: 0 };
}

type GoalPart = "expected" | "adjusted" | "achieved" | "midTerm";
const PART: Partial<Record<ColumnKey, GoalPart>> = {
  goalExpected: "expected",
  goalAdjusted: "adjusted",
  goalAchieved: "achieved",
  goalMidTerm: "midTerm",
};

/** A goal of the whole period is a goal of its own, named by its heading, behind those of the year. */
function takeMidTerm(draft: Draft, heading: string, slot: Slot): void {
  const text = slot.text.trim();
  if (text === "") return;
  // The goal of the year is the first, also where its own text stands further down.
  if (draft.goals.length === 0) openGoal(draft);
  const index = openGoal(draft);
  const goal = draft.goals[index];
  if (!goal) return;
  goal.name = compactLabel(heading).replace(/\([^()]*\)/g, "");
  goal.expected = takeText(draft, goalPlace(index, "expected"), slot);
}

function goalPlace(index: number, part: Exclude<GoalPart, "midTerm">): string {
  return index === 0 && part !== "adjusted" ? `goal.${part}` : `goals[${index}].${part}`;
}

function openGoal(draft: Draft): number {
  draft.goals.push({ name: null, expected: null, adjusted: null, achieved: null, points: null, score: null });
  return draft.goals.length - 1;
}

/** Texts of a row below a heading of goals. False where the row holds no text for any column. */
export function readGoalRow(draft: Draft, table: GoalTable, line: Line): boolean {
  const { names } = table;
  const name = names
    ? line.filled.find((slot) => slot.column === names.column && slot.text.length <= 40)
    : undefined;
  const texts = line.filled.filter((slot) => slot !== name && !isSideLabel(slot.text));
  if (texts.length === 0 || table.columns.length === 0 || texts.length > table.columns.length + 1)
    return false;
  const parts = new Map<GoalPart, Slot>();
  // One text per column in order; otherwise by the column it stands in or the nearest one before it.
  const inOrder = texts.length === table.columns.length;
  texts.forEach((slot, position) => {
    const column = inOrder ? table.columns[position] : nearest(table.columns, slot);
    const part = column ? PART[column.heading] : undefined;
    if (part && !parts.has(part)) parts.set(part, slot);
  });
  if (parts.size === 0) return false;
  const last = draft.goals.length - 1;
  const before = draft.goals[last];
  const cut =
    table.rows > 0 &&
    before &&
    !name &&
    isContinuation(before.expected ?? before.achieved, [...parts.values()]);
  if (cut && before) {
    for (const [part, slot] of parts) {
      if (part === "midTerm") continue;
      before[part] = `${before[part] ?? ""}${slot.text}`;
      addNote(
        draft,
        "guessed",
        "joined-text",
        "本行文字接上一行未完的句子，已并入同一格",
        goalPlace(last, part),
        slot.at,
      );
    }
    return true;
  }
  const index = openGoal(draft);
  const goal = draft.goals[index];
  if (!goal) return false;
  if (name) {
    goal.name = oneLine(name.text);
    trace(draft, `goals[${index}].name`, name);
  }
  const whole = table.columns.find((column) => column.heading === "goalMidTerm");
  for (const [part, slot] of parts)
    if (part === "midTerm") takeMidTerm(draft, whole?.text ?? "", slot);
    else goal[part] = takeText(draft, goalPlace(index, part), slot);
  // A cell that is there and blank is traced too: left empty is something else than not printed.
  for (const column of table.columns) {
    const part = PART[column.heading];
    if (!part || part === "midTerm" || parts.has(part)) continue;
    const blank = line.slots.find((slot) => slot.text === "" && meetsColumn(column, slot));
    trace(draft, goalPlace(index, part), blank);
  }
  table.rows += 1;
  return true;
}

function meetsColumn(column: Column, slot: Slot): boolean {
  return slot.column <= column.to && slot.end >= column.from;
}

function nearest(columns: readonly Column[], slot: Slot): Column | undefined {
  let best = columns.find((column) => meetsColumn(column, slot));
  if (best) return best;
  for (const column of columns) if (column.from <= slot.column) best = column;
  return best ?? columns[0];
}

function isContinuation(text: string | null, slots: readonly Slot[]): boolean {
  if (!text || slots.some((slot) => /^(?:目标)?\s*\d+\s*[:：.、]|^目标/.test(slot.text))) return false;
  return !/[。！？；.!?;」』”）)]$/.test(text.trim()) && text.length > 20;
}

/** Labels of goals with their texts beside them: "年度总体目标 | text", "预期目标 | text | 实际完成情况 | text". */
export function readGoalPairs(draft: Draft, line: Line): boolean {
  let part: GoalPart | null = null;
  let heading = "";
  let taken = false;
  for (const slot of line.filled) {
    const found = headingsOf(slot.text)
      .map((heading) => PART[heading])
      .find((candidate) => candidate !== undefined);
    if (found) {
      part = found;
      heading = slot.text;
      continue;
    }
    if (isSideLabel(slot.text)) {
      part ??= "expected";
      continue;
    }
    if (!part) continue;
    const wanted: GoalPart = part;
    part = null;
    taken = true;
    if (wanted === "midTerm") {
      takeMidTerm(draft, heading, slot);
      continue;
    }
    // A goal of the whole period has a name and takes no part of that of the year.
    let index = draft.goals.findIndex((goal) => goal[wanted] === null && goal.name === null);
    if (index < 0) index = openGoal(draft);
    const goal = draft.goals[index];
    if (goal) goal[wanted] = takeText(draft, goalPlace(index, wanted), slot);
  }
  return taken;
}

const NAMED_GOAL =
  /^((?:年度)?(?:绩效)?目标\s*[一二三四五六七八九十\d]*)\s*(?:[:：]\s*([\s\S]*?))?\s*(?:[（(]\s*(\d{1,3}(?:\.\d+)?)\s*分?\s*[）)])?\s*$/;

/** A goal named in the margin of its own indicators: 年度绩效目标1（40分）. */
export function readNamedGoal(draft: Draft, slot: Slot): number | null {
  if (slot.text.length > 400) return null;
  const match = NAMED_GOAL.exec(slot.text.replace(/\n/g, ""));
  if (!match?.[1] || (match[3] === undefined && !/[一二三四五六七八九十\d]$/.test(match[1]))) return null;
  const name = match[1].replace(/\s+/g, "");
  const known = draft.goals.findIndex((goal) => goal.name === name);
  const listed = draft.goals[known];
  if (listed) {
    if (listed.points === null && match[3] !== undefined) {
      listed.points = match[3];
      trace(draft, `goals[${known}].points`, slot);
    }
    return known;
  }
  const index = openGoal(draft);
  const goal = draft.goals[index];
  if (!goal) return null;
  goal.name = name;
  goal.points = match[3] ?? null;
  goal.expected = match[2] ? match[2].trim() || null : null;
  trace(draft, `goals[${index}].name`, slot);
  if (goal.points !== null) trace(draft, `goals[${index}].points`, slot);
  if (goal.expected !== null) trace(draft, goalPlace(index, "expected"), slot);
  return index;
}
