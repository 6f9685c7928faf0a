import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { bareWords, holdsFigure, namesDate, onlySaysReached, vagueWord } from "../../lexicon/wording.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: so few characters only reword the target (得到加强). */
const SHORT_ANSWER = 6;

type Figures = { rows: string; list: string };

/** Targets of degree words without a standard, answered without a fact. One finding for the form. */
export const vagueTargets: Rule = formRule<Figures>({
  id: "vague-targets",
  code: "AR-51",
  title: "空泛用语没有标准和依据",
  explains:
    "指标值用有效、明显、显著、进一步、加强等程度词，没有写明标准，完成值又只写达成或照抄。写有评分标准、佐证，或完成值写出数字、日期、事实的不提示；只写“提升”“健全”等的由分值占比检查反映。",
  kind: "assist",
  basis: [cite("checkers", "空泛用语"), cite("reviewers", "定性扣减")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const worded = rowMeanings(facts).filter(({ facts: { kind } }) => kind === "worded");
    if (worded.length === 0) return notApplicable("没有文字指标");
    const at: string[] = [];
    const list: string[] = [];
    for (const { facts: row, name, title } of worded) {
      const { target, actual, criteria, evidence } = row.row;
      if (name.kind === "satisfaction" || row.target || row.actual || criteria !== null || evidence !== null)
        continue;
      const word = vagueWord(target.text);
      if (word === null || holdsFigure(target.text) || namesDate(target.text)) continue;
      const words = bareWords(actual.text);
      if (
        words === "" ||
        holdsFigure(actual.text) ||
        namesDate(actual.text) ||
        !(
          onlySaysReached(actual.text) ||
          words === bareWords(target.text) ||
          /^达成预期/.test(words) ||
          words.length <= SHORT_ANSWER
        )
      )
        continue;
      at.push(place.indicator(row.index, "target"));
      list.push(`「${title}」${said(target)}`);
    }
    if (at.length === 0) return outcomeOf<Figures>([]);
    return outcomeOf<Figures>([
      {
        at,
        figures: {
          rows: String(at.length),
          list: list.slice(0, 4).join("、") + (list.length > 4 ? "等" : ""),
        },
      },
    ]);
  },
  message: ({ rows, list }) => `${rows}行的年度指标值用语空泛，没有写明标准，完成值也没有依据：${list}。`,
  remedy: () => "写明达到什么程度算完成、以什么数据或事实为依据，并据此填写完成值。",
  examples: {
    fails: [
      {
        says: "显著增强，达成",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "群众法治意识", "显著增强", "达成指标", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "都有数字", given: exampleForm() },
      {
        says: "完成值写出了事实",
        given: exampleForm({
          rows: withRows({
            4: ["社会效益指标", "群众法治意识", "显著增强", "普法测试平均分由71分提高到86分", "15", "15"],
          }),
        }),
      },
    ],
  },
});
