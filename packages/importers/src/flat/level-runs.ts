import { type Level1, WORDINGS } from "@jiheng/domain";
import { valueKind } from "./field-kinds.ts";
import type { FlatText } from "./flat-text.ts";
import type { Style } from "./style.ts";

/** A stretch of text under one pair of labels. `torn`: the level-1 label was unreadable and is inferred from level 2. */
export interface LevelRun {
  readonly level1: Level1 | string | null;
  readonly level2: string | null;
  readonly groupPoints: string | null;
  readonly ownPoints: string | null;
  readonly group: number;
  readonly from: number;
  readonly to: number;
  readonly torn: string | null;
  readonly labelAt: number;
}

interface Label {
  start: number;
  readonly end: number;
  readonly text: string;
  readonly level1: Level1 | null;
  readonly home: Level1 | null;
  readonly points: string | null;
  torn: string | null;
}

interface Pattern {
  readonly text: string;
  readonly level1: Level1 | null;
  readonly home: Level1 | null;
  /** May be told from a name only where cells show. */
  readonly loose: boolean;
}

const PATTERNS = new Map<string, Pattern[]>();
function enter(text: string, level1: Level1 | null, home: Level1 | null, loose: boolean): void {
  const key = text.slice(0, 2);
  const list = PATTERNS.get(key) ?? [];
  const twin = list.findIndex((known) => known.text === text);
  if (twin >= 0) {
    const known = list[twin] as Pattern;
    list[twin] = {
      text,
      level1: known.level1 ?? level1,
      home: known.home ?? home,
      loose: known.loose && loose,
    };
  } else list.push({ text, level1, home, loose });
  list.sort((a, b) => b.text.length - a.text.length);
  PATTERNS.set(key, list);
}
for (const [word, level1] of WORDINGS.level1) enter(word, level1, null, !word.endsWith("指标"));
for (const [word, home] of WORDINGS.level2) {
  enter(`${word}指标`, null, home, false);
  enter(word, null, home, !(word.length >= 6));
}

const GROUP_POINTS =
  /^[([]?(\d{1,3}(?:\.\d{1,2})?)(?:分|%)?[)\]]|^[([](\d{1,3}(?:\.\d{1,2})?)分?[)\]]?|^(\d{1,3})分/;
const LABEL_LETTERS = new Set("产出效益成本满意度指标绩数量质时社会经济生态可持续影响服务对象");
const TORN_LETTERS = new Set("产出效益成本满意度指标绩");

function labelAt(flat: FlatText, style: Style, at: number, to: number, labelEnd: number): Label | null {
  const list = PATTERNS.get(flat.chars.slice(at, at + 2));
  if (!list) return null;
  const begins = !style.cells || style.parts(flat.gapBefore(at)) || at === labelEnd;
  for (const pattern of list) {
    if (!flat.chars.startsWith(pattern.text, at)) continue;
    let end = at + pattern.text.length;
    if (end > to) continue;
    const bare = end;
    let points: string | null = null;
    const match = GROUP_POINTS.exec(flat.chars.slice(end, Math.min(to, end + 10)));
    if (
      match &&
      (flat.chars[end] === "(" ||
        flat.chars[end] === "[" ||
        (match[0] !== "" && !/^\d+(?:\.\d+)?$/.test(match[0])))
    ) {
      points = match[1] ?? match[2] ?? match[3] ?? null;
      end += match[0].length;
      // 30%) can only be a share of points in a bracket; 30% alone is a value.
    }
    if (flat.chars[end] === "等" && (end + 1 >= to || flat.gapBefore(end + 1) !== "none")) end += 1;
    if (flat.chars[end] === ":") end += 1;
    const closes = end >= to || style.parts(flat.gapBefore(end)) || gluedLabel(flat, end);
    if (style.cells) {
      if (!begins || !closes) continue;
      // 服务对象满意度 alone is as often a name: then a value follows in the next cell.
      if (!pattern.text.endsWith("指标") && points === null && valueFollows(flat, style, end, to)) continue;
    } else {
      if (pattern.loose) continue;
      // Without 指标 at its end the same words are often a name: then a value follows at once.
      const next = flat.chars[bare] ?? "";
      if (!pattern.text.endsWith("指标") && points === null && /[\d≥≤≧≦═=><]/.test(next)) continue;
      if (
        !pattern.text.endsWith("指标") &&
        /[\u4e00-\u9fff]/.test(flat.chars[at - 1] ?? "") &&
        !afterLabel(flat, at)
      )
        continue;
    }
    return {
      start: at,
      end,
      text: pattern.text,
      level1: pattern.level1,
      home: pattern.home,
      points,
      torn: null,
    };
  }
  return null;
}

/** True where another full label begins at once: the border between the two was lost. */
function gluedLabel(flat: FlatText, at: number): boolean {
  const list = PATTERNS.get(flat.chars.slice(at, at + 2)) ?? [];
  return list.some((pattern) => pattern.text.endsWith("指标") && flat.chars.startsWith(pattern.text, at));
}

/** True where the next cell holds a value, not a name. */
function valueFollows(flat: FlatText, style: Style, at: number, to: number): boolean {
  let end = at + 1;
  while (end < to && end - at < 40 && !style.parts(flat.gapBefore(end))) end += 1;
  const kind = at < to ? valueKind(flat.chars.slice(at, end)) : "empty";
  return (
    kind === "number" || kind === "date" || kind === "quality" || /^[≥≤≧≦═=><]/.test(flat.chars[at] ?? "")
  );
}

function afterLabel(flat: FlatText, at: number): boolean {
  return /指标$/.test(flat.chars.slice(Math.max(0, at - 2), at)) || tornBefore(flat, at, 0) !== null;
}

/** Start of a stretch before `at` that holds nothing but the letters of a label in disorder. */
function tornBefore(flat: FlatText, at: number, floor: number): number | null {
  let k = at;
  let fit = 0;
  while (k > floor && at - k < 16) {
    const char = flat.chars[k - 1] ?? "";
    if (!/[\u4e00-\u9fff]/.test(char)) break;
    k -= 1;
    if (TORN_LETTERS.has(char)) fit += 1;
  }
  const n = at - k;
  if (n < 2 || n > 14) return null;
  return fit / n >= 0.55 ? k : null;
}

/** Cuts the region of rows by the labels of level 1 and level 2 that stand in it. */
export function levelRuns(
  flat: FlatText,
  style: Style,
  from: number,
  to: number,
  skip: readonly (readonly [number, number])[],
): LevelRun[] {
  const labels: Label[] = [];
  let k = from;
  while (k < to) {
    const over = skip.find(([a, b]) => k >= a && k < b);
    if (over) {
      k = over[1];
      continue;
    }
    const label = labelAt(flat, style, k, to, labels.at(-1)?.end ?? -1);
    if (!label) {
      k += 1;
      continue;
    }
    const floor = labels.at(-1)?.end ?? from;
    if (!style.cells) {
      const side = /(?:项目)?绩效指标$/.exec(flat.chars.slice(Math.max(floor, label.start - 8), label.start));
      if (side) label.start -= side[0].length;
      else {
        const torn = tornBefore(flat, label.start, floor);
        if (torn !== null) {
          label.torn = flat.chars.slice(torn, label.start);
          label.start = torn;
        }
      }
    }
    labels.push(label);
    k = label.end;
  }

  const runs: LevelRun[] = [];
  let level1: Level1 | string | null = null;
  let groupPoints: string | null = null;
  let group = 0;
  const push = (
    level2: string | null,
    ownPoints: string | null,
    start: number,
    end: number,
    torn: string | null,
    at: number,
  ): void => {
    runs.push({ level1, level2, groupPoints, ownPoints, group, from: start, to: end, torn, labelAt: at });
  };
  const first = labels[0];
  if (!first) {
    push(null, null, from, to, null, from);
    return runs;
  }
  if (first.start > from) push(null, null, from, first.start, null, from);
  labels.forEach((label, index) => {
    const next = labels[index + 1];
    const end = next?.start ?? to;
    const adjacent = next !== undefined && emptyBetween(flat, label.end, next.start);
    const asLevel1 =
      label.level1 !== null &&
      (label.home === null ||
        (label.level1 === "成本指标"
          ? level1 === null ||
            level1 === "满意度指标" ||
            (adjacent && next.home === "成本指标") ||
            (level1 !== "产出指标" && label.points !== null)
          : level1 !== label.level1));
    if (asLevel1) {
      if (level1 !== label.level1 || !followsOnPage(runs)) {
        group += level1 === label.level1 ? 0 : 1;
        groupPoints = level1 === label.level1 ? (label.points ?? groupPoints) : label.points;
        level1 = label.level1;
      }
      if (!adjacent) push(null, null, label.end, end, null, label.start);
      return;
    }
    const home = label.home;
    if (
      home !== null &&
      (level1 === null || (label.torn !== null && home !== level1 && label.text !== "成本指标"))
    ) {
      level1 = home;
      groupPoints = null;
      group += 1;
    }
    push(label.text, label.points, label.end, end, label.torn, label.start);
  });
  return runs.filter((run) => run.to > run.from || run.level2 !== null);
}

function followsOnPage(runs: readonly LevelRun[]): boolean {
  return runs.length > 0;
}

function emptyBetween(flat: FlatText, a: number, b: number): boolean {
  return flat.chars.slice(a, b).replace(/[.…·。]/g, "") === "";
}

/** True for text that holds nothing but letters of labels (a vertical label torn into pieces). */
export function isTornLabel(text: string): boolean {
  if (text.length === 0 || text.length > 16) return false;
  return [...text].every((char) => LABEL_LETTERS.has(char));
}
