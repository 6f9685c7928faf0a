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
  readonly quotes: readonly MeasureQuote[];
}

const QUOTES = 12;
/** A sentence about what comes: what will be done, not why it came so. */
const INTENT =
  /改进措施|整改措施|下一步|今后|今年将|明年|下年度?|拟(?:采取|定|于)|将(?:进一步|继续|加强|加大|严格|完善|优化|及时|按|通过|合理|强化|积极)|进一步(?:加强|完善|优化|提高|规范|加大|强化|细化)/;
const MEASURE_FIELD = /改进措施|整改措施|改进建议|下一步/;
const EMPTY = /^[\s\-—/无。.]*$/;
const LONGEST = 160;

function sentencesOf(text: string): string[] {
  const found = text.replace(/\s+/g, "").match(/[^。；;！!]+[。；;！!]?/g);
  return found?.map((each) => each) ?? [];
}

function statedIn(text: string | null): string | null {
  if (text === null || EMPTY.test(text)) return null;
  const said = sentencesOf(text).filter((sentence) => INTENT.test(sentence));
  const joined = said.join("").replace(/[；;]$/, "。");
  return joined === "" ? null : joined;
}

function placesOf(form: FormFigures): { text: string; source: FigureSource }[] {
  const { form: printed } = form.source;
  const found: { text: string; source: FigureSource }[] = [];
  const take = (text: string | null, at: string): void => {
    const said = statedIn(text);
    if (said) found.push({ text: said, source: cellOf(form, at) });
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
  const perForm = forms.map((form) => ({ form, stated: placesOf(form) }));
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
    quotes,
  };
}
