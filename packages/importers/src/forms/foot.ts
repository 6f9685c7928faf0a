import {
  add,
  compactLabel,
  type Decimal,
  equals,
  gradeOf,
  headingsOf,
  isGradeLabel,
  isTotalLabel,
  parseDecimal,
  ZERO,
} from "@jiheng/domain";
import type { Line, Slot } from "../recognise/lines.ts";
import { inlineTotal, isFinalScoreLabel, labelledGrade } from "../recognise/roles.ts";
import { columnAt, isUnknownKey } from "./columns.ts";
import { addField, addNote, clip, type Draft, takeFigure, takeText, trace } from "./draft.ts";
import { readFigure } from "./figure.ts";
import type { IndicatorTable } from "./indicators.ts";
import { oneLine } from "./plain-text.ts";

/** The row that sums up the table of indicators; it may print the grade too. */
export function readTotalRow(draft: Draft, table: IndicatorTable | null, line: Line): void {
  const figures = line.filled.filter((slot) => readFigure(slot.text).kind === "figure");
  for (const slot of line.filled) {
    const labelled = labelledGrade(slot.text);
    const grade = gradeOf(slot.text) ?? labelled?.grade ?? null;
    if (grade && draft.grade === null) {
      draft.grade = grade;
      trace(draft, "grade", slot);
    } else if (
      slot !== line.filled[0] &&
      !isTotalLabel(slot.text) &&
      !isGradeLabel(slot.text) &&
      !grade &&
      !labelled &&
      readFigure(slot.text).kind === "unreadable"
    )
      addField(draft, oneLine(line.filled[0]?.text ?? ""), slot.text, slot);
  }
  const columns = table?.columns ?? [];
  const pointsColumn = columns.find((column) => column.heading === "points");
  const scoreColumn = columns.find((column) => column.heading === "score");
  const placed = new Map<"points" | "score", Slot>();
  for (const slot of figures) {
    const heading = columnAt(columns, slot)?.heading;
    if ((heading === "points" || heading === "score") && !placed.has(heading)) placed.set(heading, slot);
  }
  const exact = line.table?.shape === "exact";
  // Sums of other columns (复核得分) are accounted for too; only a figure over no column of figures shows a shift.
  const sure = figures.every((slot) => {
    const heading = columnAt(columns, slot)?.heading;
    return (
      [...placed.values()].includes(slot) ||
      (placed.size > 0 && (heading === "reviewScore" || heading === "coefficient")) ||
      // 扣分 and the like: where spans are known, a sum over a column of another meaning stands where it belongs.
      (exact && placed.size === 2 && heading !== undefined && isUnknownKey(heading))
    );
  });
  let points = placed.get("points");
  let score = placed.get("score");
  if (!sure || (!pointsColumn && !scoreColumn)) {
    const [first, second] = figures;
    if (figures.length >= 2 && first && second) {
      const forward = !pointsColumn || !scoreColumn || pointsColumn.from <= scoreColumn.from;
      points = forward ? first : second;
      score = forward ? second : first;
    } else if (first) {
      if (pointsColumn && scoreColumn && !exact) {
        const asPoints = sums(draft, "points", first);
        const asScore = sums(draft, "score", first);
        points = asPoints && !asScore ? first : undefined;
        score = asPoints && !asScore ? undefined : first;
      } else score = first;
    }
    if (figures.length > 0 && (pointsColumn || scoreColumn))
      addNote(
        draft,
        "guessed",
        "shifted-row",
        `“${clip(line.filled[0]?.text ?? "总分")}”一行与表头错开，已按先分值后得分的次序取数（原列：${figures.map((slot) => `${slot.column}列${clip(slot.text)}`).join("，")}）`,
        score ? "totalScore" : "totalPoints",
        figures[0]?.at ?? null,
      );
  }
  const [alone] = figures;
  if (alone && figures.length === 1 && line.filled[0] && isFinalScoreLabel(line.filled[0].text)) {
    points = undefined;
    score = alone;
  }
  const own = line.filled[0]?.text ?? "";
  const inline =
    figures.length === 0 ? (inlineTotal(own) ?? /[:：]\s*(\d[\d.]*)\s*分?$/.exec(own)?.[1] ?? null) : null;
  if (inline !== null && line.filled[0]) score = { ...line.filled[0], text: inline };
  if (points && draft.totalPoints === null)
    draft.totalPoints = takeFigure(draft, "totalPoints", points, "总分分值");
  if (score && draft.totalScore === null) draft.totalScore = takeFigure(draft, "totalScore", score, "总分");
  else if (score && line.filled[0] && isFinalScoreLabel(line.filled[0].text)) {
    const read = readFigure(score.text);
    if (read.kind !== "figure" || read.figure === draft.totalScore) return;
    addNote(
      draft,
      "guessed",
      "second-total",
      `“${clip(line.filled[0].text)}”为${read.figure}，上面的合计为${draft.totalScore}，总分按“${clip(line.filled[0].text)}”取数`,
      "totalScore",
      score.at,
    );
    draft.totalScore = takeFigure(draft, "totalScore", score, "总分");
  }
}

/** Whether the figure is the sum of the column, with or without the scored row of the funds. */
function sums(draft: Draft, column: "points" | "score", slot: Slot): boolean {
  const read = readFigure(slot.text);
  const stated = read.kind === "figure" ? parseDecimal(read.figure) : null;
  if (!stated) return false;
  let total: Decimal = ZERO;
  for (const indicator of draft.indicators) {
    const value = indicator.parent === null ? parseDecimal(indicator[column]) : null;
    if (value) total = add(total, value);
  }
  if (equals(total, stated)) return true;
  const execution = draft.funds.map((fund) => parseDecimal(fund[column])).find((value) => value !== null);
  return execution ? equals(add(total, execution), stated) : false;
}

/** The line of the grade: 评分等级 | 优. */
export function readGradeRow(draft: Draft, line: Line): void {
  const [label, ...rest] = line.filled;
  const slot = rest.find((candidate) => gradeOf(candidate.text) !== null);
  if (slot) {
    draft.grade ??= gradeOf(slot.text);
    trace(draft, "grade", slot);
    return;
  }
  const inline = label ? (/[:：]\s*(.+)$/.exec(label.text)?.[1] ?? label.text) : undefined;
  if (label && inline && gradeOf(inline)) {
    draft.grade ??= gradeOf(inline);
    trace(draft, "grade", label);
  } else if (label) {
    const printed = rest[0];
    if (printed) {
      addNote(
        draft,
        "lost",
        "unreadable-grade",
        `等级“${clip(printed.text)}”看不出是哪一档`,
        "grade",
        printed.at,
      );
      addField(draft, oneLine(label.text), printed.text, printed);
    } else trace(draft, "grade", line.slots.find((candidate) => candidate.text === "") ?? label);
  }
}

const FIELD_LABEL =
  /^(?:评价结论|自评结论|绩效自评结论|结论|(?:绩效|自评|项目)?(?:目前)?存在的?(?:主要)?问题.*|(?:下一步|下步)?改进(?:措施|意见|建议).*|整改措施.*|其[他它]需要?说明.*|其他说明.*|需要?说明的?(?:事项|问题).*|说明|情况说明|备注|项目负责人.*|财务负责人.*|单位负责人.*|填报人.*|填表人.*|填报单位.*|填报日期.*|填表日期.*|联系人.*|联系电话.*|负责人.*|审核人.*|经办人.*|主管部门(?:审核)?意见.*|财政部门(?:审核)?意见.*|审核意见.*|签字.*|盖章.*|经验做法.*|(?:项目)?(?:实施|立项|工作)[^:]{0,10}(?:概述|情况|简介|内容)|项目(?:概况|简介|概述).*|主要经验.*|结果应用.*|复核(?:结论|意见|说明|人|日期).*|项目(?:属性|性质|类别|类型|期|起止(?:时间|日期))|(?:计划)?(?:开始|完成|结束)(?:日期|时间)|.*(?:签字|签章|盖章|审核意见|应用方案|工作建议))$/;

/** Whether the label opens a row of words at the foot of a form: 评价结论, 存在问题, 填报人. */
export function isFieldLabel(text: string): boolean {
  if (text.length > 60) return false;
  const label = compactLabel(text)
    .replace(/[:].*$/, "")
    .replace(/^\d+[.、]/, "");
  return FIELD_LABEL.test(label.replace(/\([^()]*\)/g, ""));
}

/** A row of words: label and text beside it, the one explanation of a whole form, remarks under the table. */
export function readFieldRow(draft: Draft, line: Line): void {
  const { filled } = line;
  const [label, text] = filled;
  if (!label) return;
  const isReason = headingsOf(label.text).includes("deviation");
  if (isReason && filled.length <= 2) {
    if (draft.deviation === null) draft.deviation = takeText(draft, "deviation", text ?? null);
    if (!text) trace(draft, "deviation", line.slots.find((slot) => slot.text === "") ?? null);
    return;
  }
  const inline = /^([^:：\n]{1,30})[:：]\s*([\s\S]*)$/.exec(label.text);
  if (filled.length === 1) {
    if (!inline?.[1]) {
      if (isFieldLabel(label.text)) addField(draft, oneLine(label.text), null, label);
      else addField(draft, "备注", label.text, label);
      return;
    }
    const several = [
      ...label.text.matchAll(/([^\s:：　]{2,14})\s*[:：]\s*([^:：]*?)(?=[\s　]+[^\s:：　]{2,14}\s*[:：]|$)/g),
    ];
    if (several.length > 1 && label.text.length < 160)
      for (const match of several) addField(draft, oneLine(match[1] ?? ""), (match[2] ?? "").trim(), label);
    else if (headingsOf(inline[1]).includes("deviation") && draft.deviation === null) {
      draft.deviation = inline[2]?.trim() || null;
      trace(draft, "deviation", label);
    } else addField(draft, oneLine(inline[1]), inline[2] ?? null, label);
    return;
  }
  // Label and text take turns: 填报人 | 甲 | 联系电话 | 乙.
  let open: Slot | null = null;
  for (const slot of filled) {
    if (open === null) {
      const pair: RegExpExecArray | null = /^([^:：\n]{1,20})[:：]\s*(\S[\s\S]*)$/.exec(slot.text);
      if (pair?.[1]) addField(draft, oneLine(pair[1]), pair[2] ?? null, slot);
      else open = slot;
    } else if (isFieldLabel(slot.text) && isFieldLabel(open.text)) {
      addField(draft, oneLine(open.text).replace(/[:：]$/, ""), null, open);
      open = slot;
    } else {
      addField(draft, oneLine(open.text).replace(/[:：]$/, ""), slot.text, slot);
      open = null;
    }
  }
  if (open) addField(draft, oneLine(open.text).replace(/[:：]$/, ""), null, open);
}
