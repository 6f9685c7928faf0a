import {
  absolute,
  add,
  type Decimal,
  equals,
  place,
  round,
  showDecimal,
  subtract,
  sum,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { FULL_TOTAL, marksOf } from "../../facts/marks.ts";
import { lostInReading } from "../../facts/reading-doubts.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { addition: string; sum: string; printed: string; difference: string; rounded: string };

/** The printed total is not the sum of the printed scores. */
export const totalScoreMismatch: Rule = formRule<Figures>({
  id: "total-score-mismatch",
  code: "AR-66",
  title: "总分不等于各项得分之和",
  explains:
    "各行得分加预算执行得分应等于表上印的总分。预算执行得分没有印的按预算和执行数重算；口径规定总分封顶、不适用项目折算的，按口径算得相符也可以；总分只印整数且四舍五入相符的，作为建议。有行没有填得分的，不能相加，列为待人工判断。",
  kind: "auto",
  basis: [cite("form", "总分"), cite("mof-2020-10", "总分")],
  force: "must",
  needs: ["totalScore", "scores"],
  check: (dossier) => {
    const { facts, entered, score } = dossier;
    const marks = marksOf(dossier);
    const printed = facts.totalScore;
    if (!printed) return notApplicable("本表没有填列总分");
    if (!marks.rowScores || !marks.scores) {
      const some = sum(marks.rows.map((row) => row.score).filter((value) => value !== null));
      const known = marks.fundScores ? add(some, marks.fundScores) : some;
      return outcomeOf<Figures>(
        [],
        [
          {
            at: [
              "totalScore",
              ...marks.withoutScore.slice(0, 20).map((row) => place.indicator(row.index, "score")),
            ],
            why: `${marks.withoutScore.length}行没有填得分，已填的得分共${showDecimal(known)}分，不能核对总分${showDecimal(printed)}分`,
          },
        ],
      );
    }
    const right: Decimal[] = [marks.scores];
    if (!marks.fundScores && entered.totalScore) right.push(entered.totalScore);
    if (score.total.kind === "number" && dossier.policy.totalCap !== null) right.push(score.total.value);
    if (score.total.kind === "number" && dossier.policy.rescaleNotApplicable !== null)
      right.push(score.total.value);
    // Where the rows alone make up 100 the form leaves execution out of its total; the sum of points reports that.
    if (marks.rowPoints && equals(marks.rowPoints, FULL_TOTAL)) right.unshift(marks.rowScores);
    if (right.some((value) => equals(value, printed))) return outcomeOf<Figures>([]);
    // The execution score is put right in the total while the funds row still prints another: that row is the defect.
    if (marks.fundScores && entered.totalScore && equals(entered.totalScore, printed))
      return outcomeOf<Figures>([]);
    const lost = lostInReading(dossier.form, "score");
    if (lost) {
      const why = `读到的得分共${showDecimal(marks.scores)}分，总分印为${showDecimal(printed)}分；但读取时有缺失（${lost.says}），不能判断是表上的错`;
      return outcomeOf<Figures>([], [{ at: ["totalScore"], why }]);
    }
    const total = right.at(-1) ?? marks.scores;
    const execution = marks.fundScores ?? entered.parts.execution;
    const shown = marks.fundScores || !entered.totalScore ? marks.scores : entered.totalScore;
    const rounded = printed.scale < total.scale && equals(round(total, printed.scale, "half-up"), printed);
    const found: Found<Figures> = {
      at: ["totalScore"],
      figures: {
        addition: `${marks.rows.length}项指标得分共${showDecimal(marks.rowScores)}分${
          execution ? `，加预算执行${showDecimal(execution)}分，合计${showDecimal(shown)}分` : ""
        }`,
        sum: showDecimal(shown),
        printed: showDecimal(printed),
        difference: showDecimal(absolute(subtract(printed, shown))),
        rounded: rounded ? "是" : "",
      },
      ...(rounded ? { force: "hint" as const } : {}),
    };
    return outcomeOf([found]);
  },
  message: ({ addition, printed, difference, rounded }) =>
    `${addition}，表上总分印为${printed}分，${rounded ? "是取整后的数" : `相差${difference}分`}。`,
  remedy: ({ sum: total, rounded }) =>
    rounded
      ? `按各项得分印出总分${total}分，不取整。`
      : `总分：按各项得分重新相加为${total}分，或核对是否漏列、误填了某一行得分，并核对等级。`,
  examples: {
    fails: [
      { says: "得分合计99.50分，印为100分", given: exampleForm({ totalScore: "100.00" }) },
      { says: "得分合计99.50分，印为95.50分", given: exampleForm({ totalScore: "95.50" }) },
    ],
    passes: [
      { says: "总分等于各项之和", given: exampleForm() },
      { says: "写作99.5也相等", given: exampleForm({ totalScore: "99.5" }) },
    ],
  },
});
