import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { factsOf, type RowFacts, sameFigure } from "../../facts/form-facts.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { sameUnit } from "../../lexicon/units.ts";
import { bareWords } from "../../lexicon/wording.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; printed: string; approved: string; what: string };

function sameTarget(a: RowFacts, b: RowFacts): boolean {
  if (!a.target || !b.target) return bareWords(a.row.target.text) === bareWords(b.row.target.text);
  if (!sameFigure(a.target, b.target) || a.comparison !== b.comparison) return false;
  const [first, second] = [a.row.target.unit, b.row.target.unit];
  return first === null || second === null || sameUnit(first, second);
}

/** Targets are those approved with the budget: none changed, none left out, none added. */
export const targetDiffersFromApproved: Rule = formRule<Figures>({
  id: "target-differs-from-approved",
  code: "AR-40",
  title: "指标值与批复的绩效目标不一致",
  explains:
    "按指标名称逐行核对随预算批复的绩效目标：指标值改变、批复的指标没有列出、列出了没有批复的指标。需要提供批复的绩效目标。",
  kind: "auto",
  basis: [cite("reviewers", "批复一致"), cite("mof-2015-88", "目标批复")],
  force: "pack",
  needs: ["indicators", "approvedTargets"],
  check: ({ facts, context }) => {
    const approvedForm = context.approvedTargets;
    if (!approvedForm) return notApplicable("没有提供批复的绩效目标");
    const approved = new Map<string, RowFacts[]>();
    for (const { facts: row, name } of rowMeanings(factsOf(approvedForm))) {
      if (name.bare === "") continue;
      const list = approved.get(name.bare);
      if (list) list.push(row);
      else approved.set(name.bare, [row]);
    }
    if (approved.size === 0) return notApplicable("批复的绩效目标中没有指标");
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, title } of rowMeanings(facts)) {
      const list = approved.get(name.bare);
      const at = [place.indicator(row.index, "target")];
      if (!list || list.length === 0) {
        if (name.bare !== "")
          found.push({
            at,
            figures: { row: title, printed: said(row.row.target), approved: "", what: "added" },
          });
        continue;
      }
      // Several rows of one name pair up with an equal target first.
      const equal = list.findIndex((one) => sameTarget(row, one));
      const [one] = list.splice(Math.max(equal, 0), 1);
      if (equal >= 0 || !one) continue;
      found.push({
        at,
        figures: {
          row: title,
          printed: said(row.row.target),
          approved: said(one.row.target),
          what: "changed",
        },
      });
    }
    for (const list of approved.values())
      for (const one of list)
        found.push({
          at: ["indicators"],
          figures: { row: one.name, printed: "", approved: said(one.row.target), what: "missing" },
        });
    return outcomeOf(found);
  },
  message: ({ row, printed, approved, what }) =>
    what === "changed"
      ? `「${row}」的年度指标值为“${printed}”，批复的是“${approved}”。`
      : what === "missing"
        ? `批复的指标「${row}」（${approved}）没有列入自评表。`
        : `「${row}」（${printed}）不在批复的绩效目标中。`,
  remedy: ({ row, what }) =>
    what === "missing"
      ? `补列「${row}」并填写完成值。`
      : `按批复填写「${row}」；确有调整的，附调整的批准文件。`,
  examples: {
    fails: [
      {
        says: "自评时把目标改低",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥100公里", "126公里", "15", "15"] }),
        }),
        context: { approvedTargets: exampleForm() },
      },
    ],
    passes: [
      { says: "与批复一致", given: exampleForm(), context: { approvedTargets: exampleForm() } },
      {
        says: "写法不同而数值相同",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", "≥95.00(%)", "97%", "15", "15"] }),
        }),
        context: { approvedTargets: exampleForm() },
      },
    ],
  },
});
