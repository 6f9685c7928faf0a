import { add, type Decimal, gradeOf, parseDecimal, sum } from "@jiheng/domain";
import { addField, addNote, trace } from "../forms/draft.ts";
import { type Context, figure, slotOf } from "./context.ts";
import { pointsInHundredths } from "./field-kinds.ts";
import type { RowColumn, Span } from "./row-search.ts";
import { type Ending, findTotal } from "./tail.ts";

/** Figures of the total, the grade and the words under the form. */
export function readTail(context: Context, ending: Ending, to: number, columns: readonly RowColumn[]): void {
  const { flat, style, draft } = context;
  if (ending.kind === "open") return;
  let k = ending.at;
  const total = ending.kind === "total" ? ending : findTotal(flat, style, ending.end, to);
  if (total) {
    if (ending.kind === "grade" && total.at > ending.end) {
      const from = ending.end + (flat.chars[ending.end] === ":" ? 1 : 0);
      const grade = gradeIn(flat.chars.slice(from, total.at));
      if (grade) {
        draft.grade = grade;
        trace(draft, "grade", slotOf(flat, { start: from, end: from + grade.length }));
      }
    }
    k = total.end;
    if (flat.chars[k] === ":") k += 1;
    let end = k;
    while (end < to && /[\d.分]/.test(flat.chars[end] ?? "")) end += 1;
    const figures: Span[] = [];
    let start = k;
    for (let n = k + 1; n <= end; n += 1)
      if (n === end || flat.gapBefore(n) !== "none" || flat.chars[n - 1] === "分") {
        const text = flat.chars.slice(start, n);
        if (/\d/.test(text)) figures.push({ start, end: n, text });
        start = n;
      }
    takeTotals(context, figures, columns);
    k = end;
  } else if (ending.kind === "grade") k = ending.end;
  const rest = flat.chars.slice(k, Math.min(to, k + 400));
  if (draft.grade === null) {
    const labelled =
      /(?:评分|自评|评价|绩效|综合|评定|考核)*(?:结果|得分)?(?:等级|等次|档次):?([^。;]{1,30})/.exec(
        !total && ending.kind === "grade" ? `等级${rest}` : rest,
      );
    const first = total
      ? /^(优秀|优|良好|良|中等|中|较差|差|合格|不合格)(?![\u4e00-\u9fff])/.exec(rest)
      : null;
    const bordered =
      first &&
      (flat.gapBefore(k + first[0].length) !== "none" ||
        k + first[0].length >= to ||
        /[\d(:]/.test(flat.chars[k + first[0].length] ?? ""))
        ? first[1]
        : null;
    const label = labelled ? labelled[0].length - (labelled[1] ?? "").length : 0;
    const from = k + (labelled?.index ?? 0) + label - (!total && ending.kind === "grade" ? 2 : 0);
    let until = from + 1;
    while (until < to && !style.parts(flat.gapBefore(until))) until += 1;
    const grade =
      bordered ?? gradeIn((labelled?.[1] ?? "").slice(0, until - from)) ?? gradeIn(labelled?.[1] ?? "");
    if (grade) {
      draft.grade = gradeOf(grade) ?? grade;
      const at = k + Math.max(0, rest.indexOf(grade));
      trace(draft, "grade", slotOf(flat, { start: at, end: at + grade.length }));
    }
  }
  readFoot(context, ending.kind === "total" ? k : ending.at, to);
}

function gradeIn(text: string): string | null {
  const known = gradeOf(text);
  if (known) return known;
  return /^(优秀|优|良好|良|中等|中|较差|差)(?![\u4e00-\u9fff])/.exec(text)?.[1] ?? null;
}

function takeTotals(context: Context, figures: readonly Span[], columns: readonly RowColumn[]): void {
  const { flat, draft } = context;
  const both = columns.includes("points") && columns.includes("score");
  let [points, score]: (Span | undefined)[] = [figures[0], figures[1]];
  if (both && columns.indexOf("points") > columns.indexOf("score")) [points, score] = [score, points];
  if (figures.length === 1 && points) {
    const only = points;
    const cut = /^(100(?:\.0{1,2})?)(\d{1,3}(?:\.\d{1,2})?)$/.exec(only.text);
    if (both && cut?.[1] && cut[2] && pointsInHundredths(cut[2]) !== null) {
      points = { start: only.start, end: only.start + cut[1].length, text: cut[1] };
      score = { start: points.end, end: only.end, text: cut[2] };
    } else if (!both) {
      score = columns.includes("points") ? undefined : only;
      points = columns.includes("points") ? only : undefined;
    } else {
      // One figure for two columns: which it is can be told only by the sum of the rows.
      score = only;
      points = undefined;
    }
  }
  if (points) draft.totalPoints = figure(draft, flat, "totalPoints", points, "总分分值");
  if (score) draft.totalScore = figure(draft, flat, "totalScore", score, "总分");
}

/** One figure printed for total points and total score: the sum of the rows tells which it is. */
export function settleTotal(context: Context): void {
  const { draft } = context;
  if (draft.totalPoints !== null || draft.totalScore === null) return;
  const points = draft.indicators.map((row) => parseDecimal(row.points)).filter((value) => value !== null);
  if (points.length === 0) return;
  const scores = draft.indicators.map((row) => parseDecimal(row.score)).filter((value) => value !== null);
  const execution = draft.funds.find((fund) => fund.points !== null);
  const whole = (rows: readonly Decimal[], own: string | null | undefined): Decimal =>
    add(sum(rows), parseDecimal(own) ?? { units: 0n, scale: 0 });
  const stated = parseDecimal(draft.totalScore);
  if (!stated) return;
  const same = (a: Decimal, b: Decimal): boolean =>
    a.units * 10n ** BigInt(b.scale) === b.units * 10n ** BigInt(a.scale);
  const asPoints = same(whole(points, execution?.points), stated);
  const asScore = same(whole(scores, execution?.score), stated);
  if (asPoints && !asScore) {
    draft.totalPoints = draft.totalScore;
    draft.totalScore = null;
    const known = draft.origins.totalScore;
    if (known) {
      draft.origins.totalPoints = known;
      delete draft.origins.totalScore;
    }
  } else if (!asScore || asPoints)
    addNote(
      draft,
      "guessed",
      "one-total",
      `合计只有一个数“${draft.totalScore}”，已作为总得分`,
      "totalScore",
      draft.origins.totalScore?.at ?? null,
    );
}

const FOOT =
  /(?:备注|(?<![\u4e00-\u9fff])注|填表说明|评价结论|自评结论|(?:目前)?存在的?(?:主要)?问题|改进措施及结果应用方案|(?<!及)改进措施|其[他它]需要?说明(?:的?(?:事项|问题|情况))?|偏差大或目标未完成原因分析|项目负责人|财务负责人|单位负责人|填报人|填表人|联系人|联系电话|审核人|填报日期)(?:[:：]|(?=[(（]|[^\u4e00-\u9fff]|无))/g;

/** Words under the form, each under its label. */
function readFoot(context: Context, from: number, to: number): void {
  const { flat, draft } = context;
  const text = flat.chars.slice(from, Math.min(to, from + 6000));
  const labels = [...text.matchAll(FOOT)];
  labels.forEach((label, index) => {
    const start = from + label.index + label[0].length;
    const end = from + (labels[index + 1]?.index ?? text.length);
    const slot = slotOf(flat, { start, end: Math.max(start, end) });
    const name = label[0].replace(/[:：]$/, "");
    if (/^偏差大/.test(name)) {
      draft.deviation = slot.text === "" ? null : slot.text;
      trace(draft, "deviation", slot);
    } else addField(draft, name, slot.text, slot);
  });
}
