import { place } from "@jiheng/domain";
import type { FormFigures } from "./form-figures.ts";
import { cellOf, type FigureMaker } from "./make-figure.ts";
import type { FigureSource, ReportFigure } from "./report-figure.ts";

/** What a form itself says it will do about a deviation, quoted as it stands. */
export interface MeasureQuote {
  readonly form: FormFigures;
  readonly text: ReportFigure;
}

/** The measures the forms state. */
export interface MeasureFigures {
  readonly stated: ReportFigure;
  readonly forms: ReportFigure;
  /** Cells with words that were looked through: explanations of deviations and fields of measures. */
  readonly read: ReportFigure;
  readonly quotes: readonly MeasureQuote[];
}

const QUOTES = 12;
/** A sentence about what comes: what will be done, not why it came so. */
const INTENT =
  /改进措施|整改措施|下一步|今后|今年将|明年|下年度?|拟(?:采取|定|于)|将(?:进一步|继续|加强|加大|严格|完善|优化|及时|按|通过|合理|强化|积极)|进一步(?:加强|完善|优化|提高|规范|加大|强化|细化)/;
/** What was done about it already, or will be by a date. */
const REMEDY =
  /已(?:经)?[^,，。；;未不没]{0,8}(?:补|加派|增派|增配|增加|重新|调整|修订|修改|变更|约定|签订|更换|追回|纳入|落实|启动|安排|申请|协调|移交|整改|改正|改进|完善|优化)|(?:月|季度|年)(?:底|末|内|初)?(?:以|之)?前[^未不没。；;]{0,12}(?:补|完成|到位|解决|实施|验收|建成|支付|拨付)|(?:翌年|次年|来年)[^未不没。；;]{0,12}(?:再|补|完成|实施|安排|调查|采购)|督促/;
const MEASURE_FIELD = /改进措施|整改措施|改进建议|下一步/;
const EMPTY = /^[\s\-—/无。.]*$/;
const LONGEST = 160;

function sentencesOf(text: string): string[] {
  const found = text.replace(/\s+/g, "").match(/[^。；;！!]+[。；;！!]?/g);
  return found?.map((each) => each) ?? [];
}

function statedIn(text: string | null): string | null {
  if (text === null || EMPTY.test(text)) return null;
  const said = sentencesOf(text).filter((sentence) => INTENT.test(sentence) || REMEDY.test(sentence));
  const joined = said.join("").replace(/[；;]$/, "。");
  return joined === "" ? null : joined;
}

/** Cells that may state a measure and are not blank, each with what it states; null where no measure is made out in it. */
function placesOf(form: FormFigures): { text: string | null; source: FigureSource }[] {
  const { form: printed } = form.source;
  const found: { text: string | null; source: FigureSource }[] = [];
  const take = (text: string | null, at: string): void => {
    if (text !== null && !EMPTY.test(text)) found.push({ text: statedIn(text), source: cellOf(form, at) });
  };
  for (const [index, fund] of printed.funds.entries()) take(fund.deviation, place.fund(index, "deviation"));
  for (const [index, row] of printed.indicators.entries())
    take(row.deviation, place.indicator(index, "deviation"));
  take(printed.deviation, "deviation");
  for (const [index, field] of printed.fields.entries()) {
    if (!MEASURE_FIELD.test(field.label) || field.text === null || EMPTY.test(field.text)) continue;
    found.push({ text: field.text.replace(/\s+/g, ""), source: cellOf(form, `fields[${index}]`) });
  }
  return found;
}

/** Measures in the forms' own words; one a form first, the same words once. Long ones are left out of the text, not cut. */
export function measureFigures(forms: readonly FormFigures[], make: FigureMaker): MeasureFigures {
  const read = forms.map((form) => ({ form, cells: placesOf(form) }));
  const perForm = read.map(({ form, cells }) => ({
    form,
    stated: cells.flatMap(({ text, source }) => (text === null ? [] : [{ text, source }])),
  }));
  const all = perForm.flatMap(({ stated }) => stated);
  const seen = new Set<string>();
  const quotes: MeasureQuote[] = [];
  for (const { form, stated } of perForm) {
    if (quotes.length >= QUOTES) break;
    const short = stated.find(({ text }) => text.length <= LONGEST && !seen.has(text));
    if (!short) continue;
    seen.add(short.text);
    quotes.push({
      form,
      text: make.quote(`measure[${quotes.length}]`, short.text, "自评表所填改进措施原文", [short.source]),
    });
  }
  return {
    stated: make.count(
      "measures.stated",
      all.length,
      "自评表写明改进措施的处数",
      all.map(({ source }) => source),
    ),
    forms: make.count(
      "measures.forms",
      perForm.filter(({ stated }) => stated.length > 0).length,
      "写明改进措施的表数",
      all.map(({ source }) => source),
    ),
    read: make.count(
      "measures.read",
      read.reduce((sum, { cells }) => sum + cells.length, 0),
      "填有文字的偏差原因和改进措施栏",
      read.flatMap(({ cells }) => cells.map(({ source }) => source)),
    ),
    quotes,
  };
}
