import { add, type Decimal, equals, formatDecimal, place, showDecimal, subtract, sum } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { FULL_TOTAL, marksOf, sumWords } from "../../facts/marks.ts";
import { lostInReading } from "../../facts/reading-doubts.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = {
  addition: string;
  sum: string;
  expected: string;
  full: string;
  difference: string;
  printed: string;
};

/** Points of the rows and of execution do not make up 100. */
export const pointsSumMismatch: Rule = formRule<Figures>({
  id: "points-sum-mismatch",
  code: "AR-60",
  title: "分值合计不等于100分",
  explains:
    "把各行指标的分值和预算执行的分值相加，应为100分，并与表上印的分值合计相符。其中项另列的不重复相加；预算执行没有印分值的，按所用口径的执行分值补足后为100分的不提示；有行没有填分值的，不能相加，列为待人工判断。表内自洽而合计不是100分的、总分不含预算执行的，请说明。",
  kind: "auto",
  basis: [cite("form", "分值合计"), cite("form-zhongjiang-2022", "分值合计")],
  force: "must",
  needs: ["indicators", "points"],
  check: (dossier) => {
    const marks = marksOf(dossier);
    const { totalPoints } = dossier.facts;
    const { rows, rowPoints, fundPoints, points } = marks;
    if (rows.length === 0) return notApplicable("没有计分的指标行");
    if (!rowPoints || !points) {
      const lacking = marks.withoutPoints;
      const some = sum(rows.map((row) => row.points).filter((value) => value !== null));
      const most = fundPoints ? add(some, fundPoints) : some;
      const doubts: Doubt[] = [
        {
          at: ["indicators", ...lacking.slice(0, 20).map((row) => place.indicator(row.index, "points"))],
          why: `${lacking.length}行没有填分值，其余各行和预算执行共${showDecimal(most)}分，不能判断合计是否为100分`,
        },
      ];
      return outcomeOf<Figures>([], doubts);
    }
    const printedFits = (value: Decimal): boolean => totalPoints === null || equals(totalPoints, value);
    if (equals(points, FULL_TOTAL) && (printedFits(points) || printedFits(rowPoints)))
      return outcomeOf<Figures>([]);
    const assumed = dossier.policy.execution.points.value;
    if (
      !fundPoints &&
      equals(add(rowPoints, assumed), FULL_TOTAL) &&
      (printedFits(FULL_TOTAL) || printedFits(rowPoints))
    )
      return outcomeOf<Figures>([]);
    const lost = lostInReading(dossier.form, "points");
    if (lost) {
      const why = `${sumWords(rows.length, rowPoints, fundPoints, points)}，不是100分；但读取时有缺失（${lost.says}），不能判断是表上的错`;
      return outcomeOf<Figures>([], [{ at: ["indicators"], why }]);
    }
    const expected = totalPoints && equals(points, FULL_TOTAL) ? totalPoints : FULL_TOTAL;
    const difference = subtract(points, expected);
    const { totalScore } = dossier.facts;
    const leftOut =
      equals(rowPoints, FULL_TOTAL) &&
      totalScore !== null &&
      marks.rowScores !== null &&
      equals(totalScore, marks.rowScores);
    const found: Found<Figures> = {
      at: ["indicators", "totalPoints"],
      figures: {
        addition: sumWords(rows.length, rowPoints, fundPoints, points),
        sum: formatDecimal(points, 2),
        expected: formatDecimal(FULL_TOTAL, 2),
        full: showDecimal(FULL_TOTAL),
        difference: showDecimal(difference),
        printed: totalPoints && !equals(totalPoints, points) ? showDecimal(totalPoints) : "",
      },
      // A form that says itself how much it is out of, or leaves execution out of its total, does not contradict itself.
      ...((totalPoints && equals(totalPoints, points)) || leftOut ? { force: "should" as const } : {}),
    };
    return outcomeOf([found]);
  },
  message: ({ addition, expected, full, printed, sum: total }) =>
    `${addition}，${
      total === expected
        ? `表上分值合计印为${printed}分`
        : `应为${full}分${printed && printed !== full ? `（表上分值合计印为${printed}分）` : ""}`
    }。`,
  remedy: ({ sum: total, expected, difference }) =>
    total === expected
      ? "分值合计一格，与各行分值之和一致。"
      : difference.startsWith("-")
        ? `各行分值：核对是否漏列了指标行，或将短少的${difference.slice(1)}分补到应有的行。`
        : `各行分值：核对是否有重复的行，将多出的${difference}分调减。`,
  examples: {
    fails: [
      {
        says: "少了一行，分值合计90分而印100分",
        given: exampleForm({
          rows: withRows({}).slice(0, 6),
          totalScore: "89.50",
        }),
      },
      {
        says: "一行的分值多了5分",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", "≥95%", "97%", "20", "20"] }),
        }),
      },
    ],
    passes: [
      { says: "指标90分，预算执行10分", given: exampleForm() },
      {
        says: "表上的分值合计只计指标",
        given: exampleForm({ totalPoints: "90" }),
      },
      { says: "没有印分值合计", given: exampleForm({ totalPoints: null }) },
    ],
  },
});
