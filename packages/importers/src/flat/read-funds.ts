import { fundSourceOf, type Heading, parseDecimal, place } from "@jiheng/domain";
import { addField, addNote, clip, trace } from "../forms/draft.ts";
import { shareInPercent } from "../forms/figure.ts";
import { type Context, figure, slotOf } from "./context.ts";
import { isDash } from "./field-kinds.ts";
import { fundRows, MOST_FUNDS } from "./fund-rows.ts";
import type { Heads } from "./sections.ts";

/** The rows of the funds table under its head. */
export function readFunds(context: Context, head: Heads, to: number): void {
  const { flat, style, draft } = context;
  let columns = head.columns.map((column) => column.heading);
  // 年度预算数 before 年初预算, 调整后预算数 … is the label of the whole block.
  const twice = columns.indexOf("adjustedBudget");
  if (twice >= 0 && columns.indexOf("adjustedBudget", twice + 1) > 0)
    columns = columns.filter((_, index) => index !== twice);
  columns = columns.filter((heading, index) => heading === null || columns.indexOf(heading) === index);
  const worded = /(?:执行情况|资金情况|项目资金)[^分]{0,10}?\((\d{1,3}(?:\.\d+)?)分\)$/.exec(
    flat.chars.slice(Math.max(0, head.start - 24), head.start),
  );
  const { rows, told } = fundRows(flat, style, columns, head.end, to);
  if (rows.length === 0 && to - head.end > 4)
    addNote(draft, "lost", "no-fund-rows", "资金表头之后没有读出任何一行资金", "funds", flat.at(head.end));
  for (const row of rows) {
    const index = draft.funds.length;
    const label = flat.text(row.label.start, row.label.end).replace(/[:：]$/, "");
    const take = (
      heading: Heading,
      field: "initialBudget" | "adjustedBudget" | "expenditure" | "points" | "executionRate" | "score",
      what: string,
    ): string | null => figure(draft, flat, place.fund(index, field), row.cells.get(heading), what);
    trace(draft, place.fund(index, "label"), slotOf(flat, row.label));
    const rateSpan = row.cells.get("executionRate");
    let rate = take("executionRate", "executionRate", "执行率");
    const adjusted = take("adjustedBudget", "adjustedBudget", "全年预算数");
    const expenditure = take("expenditure", "expenditure", "全年执行数");
    if (rate !== null && rateSpan && !rateSpan.text.endsWith("%") && isShare(rate, adjusted, expenditure)) {
      const percent = shareInPercent(rate);
      addNote(
        draft,
        "normalised",
        "rate-as-share",
        `执行率写作“${rate}”，按百分数记为${percent}`,
        place.fund(index, "executionRate"),
        flat.at(rateSpan.start),
      );
      rate = percent;
    }
    let points = take("points", "points", "分值");
    if (points === null && worded?.[1] && index === 0 && !columns.includes("points")) {
      points = worded[1];
      const at = head.start - worded[0].length + worded[0].lastIndexOf("(");
      trace(draft, place.fund(index, "points"), slotOf(flat, { start: at, end: head.start }));
    }
    const reason = row.cells.get("deviation");
    draft.funds.push({
      source: fundSourceOf(label),
      label,
      initialBudget: take("initialBudget", "initialBudget", "年初预算数"),
      adjustedBudget: adjusted,
      expenditure,
      points,
      executionRate: rate,
      score: take("score", "score", "得分"),
      deviation:
        reason && reason.text !== "" && !isDash(reason.text) ? flat.text(reason.start, reason.end) : null,
    });
    if (row.doubtful)
      addNote(
        draft,
        "guessed",
        "figures-cut",
        `“${label}”一行数字连写，已按栏次切分，请核对`,
        place.fund(index),
        flat.at(row.label.start),
      );
    if (row.left)
      addNote(
        draft,
        "lost",
        "unread-figures",
        `“${label}”一行的“${clip(row.left.text)}”没有对应的栏目，未取数`,
        place.fund(index),
        flat.at(row.left.start),
      );
  }
  if (told) addField(draft, "资金构成", flat.text(told.start, told.end), slotOf(flat, told));
  if (rows.length >= MOST_FUNDS)
    addNote(
      draft,
      "lost",
      "unread-text",
      `资金表只读取了前${MOST_FUNDS}行，其后没有读`,
      "funds",
      flat.at(head.end),
    );
}

/** True for a rate printed as a share of one (0.958): only where the two amounts say so, or it is a plain fraction below 1. */
function isShare(rate: string, adjusted: string | null, expenditure: string | null): boolean {
  const value = parseDecimal(rate);
  const a = parseDecimal(adjusted);
  const b = parseDecimal(expenditure);
  if (!value || value.units <= 0n) return false;
  if (value.units > 2n * 10n ** BigInt(value.scale)) return false;
  if (!a || !b || a.units <= 0n) return value.scale >= 2;
  // share ≈ b/a within a hundredth, against percent ≈ 100·b/a.
  const left = value.units * a.units * 100n * 10n ** BigInt(b.scale);
  const right = b.units * 100n * 10n ** BigInt(value.scale + a.scale);
  const off = left > right ? left - right : right - left;
  return off <= a.units * 10n ** BigInt(value.scale + b.scale);
}
