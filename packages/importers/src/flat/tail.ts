import { isTotalLabel } from "@jiheng/domain";
import type { FlatText } from "./flat-text.ts";
import type { Style } from "./style.ts";

/** Where the rows of indicators end, and by what. */
export interface Ending {
  readonly at: number;
  /** End of the label. */
  readonly end: number;
  readonly kind: "total" | "grade" | "words" | "open";
  readonly label: string;
}

const TOTAL = /(?:单位|项目|部门)?(?:自评)?(?:总分值|总得分|总分|合计得分|合计|总计|综合得分)/y;
const GRADE = /(?:评分|自评|评价|绩效|综合|评定|考核)+(?:结果|得分)?(?:等级|等次|级别|档次)/y;
/** Labels of rows of words that also occur inside reasons: only a whole cell of them counts. */
const CELL_WORDS = /^(?:(?:目前)?存在的?(?:主要)?问题|(?:下一步)?改进措施|整改措施|结论)(?:\([^()]*\))?:?$/;
const WORDS =
  /(?:备注|注|填表说明|填报说明|说明)(?=[:：1]|[^\u4e00-\u9fff])|说明(?=无|注)|评价结论|自评结论|其[他它]需要?说明|需要说明的(?:问题|事项)|项目负责人|财务负责人|单位负责人|填报人|填表人|联系人|审核人|经办人|偏差大或目标未完成原因|改进措施及结果应用|主管部门(?:审核)?意见|财政部门(?:审核)?意见|填报单位|填报日期|填表日期|自评报告/y;

function match(pattern: RegExp, flat: FlatText, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(flat.chars)?.[0] ?? null;
}

/** The row of totals that stands behind other labels at the foot, or null. */
export function findTotal(flat: FlatText, style: Style, from: number, to: number): Ending | null {
  let at = from;
  for (let tries = 0; tries < 12 && at < to; tries += 1) {
    const next = findEnding(flat, style, at, to);
    if (next.kind === "total") return next;
    at = next.end + (next.end === next.at ? 1 : 0);
  }
  return null;
}

/** Finds the first label behind the rows. */
export function findEnding(flat: FlatText, style: Style, from: number, to: number): Ending {
  for (let k = from; k < to; k += 1) {
    if (style.cells) {
      if (k > from && !style.parts(flat.gapBefore(k))) continue;
      let end = k + 1;
      while (end < to && end - k < 40 && !style.parts(flat.gapBefore(end))) end += 1;
      const cell = flat.chars.slice(k, end);
      if (isTotalLabel(cell)) return { at: k, end, kind: "total", label: cell };
      const grade = match(GRADE, flat, k);
      if (grade) return { at: k, end: k + grade.length, kind: "grade", label: grade };
      const total = match(TOTAL, flat, k);
      if (total && /^[:(\d]/.test(flat.chars.slice(k + total.length, k + total.length + 1)))
        return { at: k, end: k + total.length, kind: "total", label: total };
      const words = match(WORDS, flat, k);
      if (words) return { at: k, end: k + words.length, kind: "words", label: words };
      if (CELL_WORDS.test(cell)) return { at: k, end, kind: "words", label: cell };
      continue;
    }
    const before = flat.chars[k - 1] ?? "";
    const clear = k === from || flat.gapBefore(k) !== "none" || /[\d%…。.)—\-/]/.test(before);
    const total = match(TOTAL, flat, k);
    if (total) {
      const next = flat.chars.slice(k + total.length, k + total.length + 1);
      if (next === "" || /[\d:(]/.test(next) || (clear && flat.gapBefore(k + total.length) !== "none"))
        return { at: k, end: k + total.length, kind: "total", label: total };
    }
    if (!clear && !/[\u4e00-\u9fff]/.test(before)) continue;
    const grade = match(GRADE, flat, k);
    if (grade) return { at: k, end: k + grade.length, kind: "grade", label: grade };
    if (!clear) continue;
    const words = match(WORDS, flat, k);
    if (words) return { at: k, end: k + words.length, kind: "words", label: words };
  }
  return { at: to, end: to, kind: "open", label: "" };
}
