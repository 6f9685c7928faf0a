import { compareRatio, decimal, percentOf, place } from "@jiheng/domain";
import { attainmentOf, completionOf, markedRows, rowValues } from "@jiheng/scoring";
import type { FormFigures } from "./form-figures.ts";
import { cellOf, type FigureMaker } from "./make-figure.ts";
import type { FigureSource, ReportFigure } from "./report-figure.ts";

/** One row of an indicator, quoted. */
export interface QuotedRow {
  readonly form: FormFigures;
  readonly name: ReportFigure;
  readonly target: ReportFigure;
  readonly actual: ReportFigure;
  /** actual ÷ target in percent; null where it cannot be computed. */
  readonly completion: ReportFigure | null;
}

/** How far targets were reached, by rows of indicators. */
export interface AttainmentFigures {
  readonly rows: ReportFigure;
  readonly counted: ReportFigure;
  readonly met: ReportFigure;
  readonly missed: ReportFigure;
  /** Met with an actual of at least 130 % of a target that is a floor. */
  readonly farOver: ReportFigure;
  readonly farOverLimit: ReportFigure;
  readonly worded: ReportFigure;
  readonly wordedReached: ReportFigure;
  readonly wordedShort: ReportFigure;
  /** Words from which only a person can tell whether the target was reached. */
  readonly wordedOpen: ReportFigure;
  readonly missing: ReportFigure;
  readonly incomparable: ReportFigure;
  readonly missedExamples: readonly QuotedRow[];
  readonly farOverExamples: readonly QuotedRow[];
}

const FAR_OVER = decimal("1.3");
const EXAMPLES = 10;

type Bin = "met" | "missed" | "reached" | "short" | "open" | "missing" | "incomparable";

interface Row {
  readonly form: FormFigures;
  readonly index: number;
  readonly bin: Bin;
  readonly farOver: boolean;
}

function binsOf(form: FormFigures): Row[] {
  const { indicators } = form.source.form;
  const rows: Row[] = [];
  for (const [index, row] of indicators.entries()) {
    const values = rowValues(row);
    const bin = ((): Bin => {
      if (values.kind === "comparable") return values.met ? "met" : "missed";
      if (values.kind !== "words") return values.kind;
      const said = attainmentOf(values.target, values.actual);
      if (values.actual === "") return "missing";
      if (said === "reached") return "reached";
      return said === "partly" || said === "not-reached" ? "short" : "open";
    })();
    const completion = completionOf(row);
    const floor = row.target.comparison !== "≤" && row.target.comparison !== "<";
    rows.push({
      form,
      index,
      bin,
      farOver: floor && completion !== null && compareRatio(completion, FAR_OVER) >= 0,
    });
  }
  return rows;
}

/** Figures of attainment: rows that carry no target and no actual at all are headings and are left out. */
export function attainmentFigures(forms: readonly FormFigures[], make: FigureMaker): AttainmentFigures {
  const rows = forms.flatMap((form) => {
    const { counted } = markedRows(form.source.form);
    return binsOf(form).filter(({ index }) => {
      const row = form.source.form.indicators[index];
      return counted.has(index) || row?.target.text != null || row?.actual.text != null;
    });
  });
  const at = (list: readonly Row[]): FigureSource[] =>
    list.map(({ form, index }) => cellOf(form, place.indicator(index, "actual")));
  const of = (...bins: Bin[]): Row[] => rows.filter(({ bin }) => bins.includes(bin));
  const count = (id: string, list: readonly Row[], how: string) =>
    make.count(`rows.${id}`, list.length, how, at(list));
  const counted = of("met", "missed");
  const worded = of("reached", "short", "open");
  const farOver = rows.filter((row) => row.farOver);
  const ratioOf = ({ form, index }: Row) => {
    const row = form.source.form.indicators[index];
    return row ? completionOf(row) : null;
  };
  const byCompletion = (list: readonly Row[], way: 1 | -1): Row[] =>
    [...list]
      .map((row) => ({ row, completion: ratioOf(row) }))
      .sort((a, b) => {
        const x = a.completion ? percentOf(a.completion, 4, "half-up").units : null;
        const y = b.completion ? percentOf(b.completion, 4, "half-up").units : null;
        if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
        return x === y ? 0 : x < y ? -way : way;
      })
      .map(({ row }) => row);
  const quoted = (id: string, list: readonly Row[]): QuotedRow[] =>
    list.slice(0, EXAMPLES).flatMap((each, nth) => {
      const { form, index } = each;
      const row = form.source.form.indicators[index];
      if (!row) return [];
      const own = `rows.${id}[${nth}]`;
      const completion = completionOf(row);
      const quote = (part: "name" | "target" | "actual", text: string | null, how: string) =>
        make.quote(`${own}.${part}`, text?.replace(/\s+/g, "") || "（未填）", how, [
          cellOf(form, place.indicator(index, part)),
        ]);
      return [
        {
          form,
          name: quote("name", row.name, "指标名称"),
          target: quote("target", row.target.text, "年度指标值"),
          actual: quote("actual", row.actual.text, "实际完成值"),
          completion: completion
            ? make.number(
                `${own}.completion`,
                percentOf(completion, 2, "half-up"),
                "实际完成值÷年度指标值（%）",
                [
                  cellOf(form, place.indicator(index, "actual")),
                  cellOf(form, place.indicator(index, "target")),
                ],
              )
            : null,
        },
      ];
    });
  return {
    rows: count("all", rows, "绩效指标行数"),
    counted: count("counted", counted, "指标值和完成值均为同一单位数值的指标数"),
    met: count("met", of("met"), "数值达到指标值的指标数"),
    missed: count("missed", of("missed"), "数值未达到指标值的指标数"),
    farOver: count("farOver", farOver, "完成值达到指标值一定倍数以上的指标数"),
    farOverLimit: make.book.put({
      id: "rows.farOverLimit",
      text: "130",
      value: decimal(130),
      how: "列示超额完成指标的界线（%）",
      sources: [{ basis: "列示参数：各地要求说明偏差原因的常见界线" }],
    }),
    worded: count("worded", worded, "以文字表述的指标数"),
    wordedReached: count("wordedReached", of("reached"), "文字表明已达成的指标数"),
    wordedShort: count("wordedShort", of("short"), "文字表明部分达成或未达成的指标数"),
    wordedOpen: count("wordedOpen", of("open"), "须由人工判断是否达成的指标数"),
    missing: count("missing", of("missing"), "缺指标值或完成值的指标数"),
    incomparable: count("incomparable", of("incomparable"), "两个数值不能直接比较的指标数"),
    missedExamples: quoted("missedExample", byCompletion(of("missed"), 1)),
    farOverExamples: quoted("farOverExample", byCompletion(farOver, -1)),
  };
}
