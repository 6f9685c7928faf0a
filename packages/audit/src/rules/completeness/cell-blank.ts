import { equals, type Place, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { budgetOf } from "@jiheng/scoring";
import { exampleForm, withRows } from "../../example-form.ts";
import { FULL_TOTAL, marksOf } from "../../facts/marks.ts";
import { hasCell, hasColumn } from "../../facts/printed-cells.ts";
import { doubtAt } from "../../facts/reading-doubts.ts";
import { type Doubt, type FormDossier, type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; cells: string; all: string };

/** Places named in one finding about a whole column. */
const SHOWN = 20;

/** The cells left blank in the fund row that is scored; null where it has no money or lacks nothing. */
function fundBlanks(dossier: FormDossier): Found<Figures> | null {
  const { facts, form } = dossier;
  const fund = facts.scoredFund;
  if (!fund || !(fund.adjustedBudget ?? fund.expenditure)) return null;
  const blank: (readonly [Place, string])[] = [];
  const lacks = (field: "points" | "executionRate" | "score", title: string): void => {
    const at = place.fund(fund.index, field);
    if (!fund[field] && hasCell(form, at) && !doubtAt(form, at)) blank.push([at, title]);
  };
  if (!fund.expenditure) blank.push([place.fund(fund.index, "expenditure"), "全年执行数"]);
  if (!fund.adjustedBudget && !fund.initialBudget)
    blank.push([place.fund(fund.index, "adjustedBudget"), "全年预算数"]);
  const { rowPoints } = marksOf(dossier);
  // Where the rows alone make up 100, execution carries no points; without a budget it has neither rate nor score.
  const scored = rowPoints === null || !equals(rowPoints, FULL_TOTAL);
  const budget = budgetOf(fund.row, dossier.policy);
  if (scored && hasColumn(form, "points")) lacks("points", "预算执行分值");
  if (budget && budget.units > 0n && fund.expenditure) {
    lacks("executionRate", "执行率");
    if (scored && facts.hasScores) lacks("score", "预算执行得分");
  }
  if (blank.length === 0) return null;
  return {
    at: blank.map(([at]) => at),
    figures: {
      row: (fund.row.label || "资金计分行").replace(/^其中[:：]?/, ""),
      cells: blank.map(([, title]) => title).join("、"),
      all: "",
    },
  };
}

/** What a declaration cannot do without: the money it asks for, and a name and a target in each row. */
function declarationBlanks({ form, facts }: FormDossier): readonly Found<Figures>[] {
  const found: Found<Figures>[] = [];
  const total = facts.totalFund ?? facts.scoredFund ?? facts.funds[0];
  const isAsked = facts.funds.some(({ initialBudget, adjustedBudget }) => initialBudget ?? adjustedBudget);
  if (total && !isAsked) {
    const at = (["adjustedBudget", "initialBudget"] as const)
      .map((field) => place.fund(total.index, field))
      .find((each) => hasCell(form, each));
    if (at && !doubtAt(form, at))
      found.push({ at: [at], figures: { row: total.row.label || "年度资金总额", cells: "金额", all: "" } });
  }
  const parents = new Set(form.indicators.map(({ parent }) => parent));
  for (const { index, name, row } of facts.rows) {
    if (parents.has(row.id)) continue;
    const blank: (readonly [Place, string])[] = [];
    if (name === "") blank.push([place.indicator(index, "name"), "三级指标名称"]);
    if (row.target.text === null) blank.push([place.indicator(index, "target"), "年度指标值"]);
    if (blank.length === 0 || blank.some(([at]) => doubtAt(form, at))) continue;
    found.push({
      at: blank.map(([at]) => at),
      figures: {
        row: name || `第${index + 1}行`,
        cells: blank.map(([, title]) => title).join("、"),
        all: "",
      },
    });
  }
  return found;
}

/** A compulsory cell is blank: of a row of indicators, of the scored funds, or the total. */
export const cellBlank: Rule = formRule<Figures>({
  id: "cell-blank",
  code: "AR-04",
  title: "必填的格空白",
  explains:
    "申报表应有申请的资金总额，每行指标有名称和指标值。自评表每行指标应有名称、指标值、完成值；设有分值、得分的表，每行应有分值和得分；资金计分行应有预算数、执行数、分值、执行率和得分（预算为零的没有执行率和得分，指标分值合计100分的不另计分）；各行都有得分的，应有总分，表上有评分等级一栏的应有等级。整列都没有填的合并为一条；表上没有这一列、这一格的不算空白；读不到、不能判断的，列为待人工判断。有其中项的上级行、不另计分的其中项不要求齐全；读取时已注明缺失或存疑的行，列为待人工判断。",
  kind: "auto",
  basis: [cite("form", "必填栏")],
  force: "must",
  needs: [],
  check: (dossier) => {
    const { facts, form } = dossier;
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    if (form.kind === "target-declaration") return outcomeOf(declarationBlanks(dossier));
    if (!form.kind.endsWith("self-evaluation") && form.kind !== "unknown") return outcomeOf<Figures>([]);
    const parents = new Set(form.indicators.map(({ parent }) => parent).filter((parent) => parent !== null));
    const counted = new Set(marksOf(dossier).rows.map(({ index }) => index));
    const own = facts.rows.filter(({ row }) => !parents.has(row.id));
    const marked = own.filter(({ index }) => counted.has(index));
    const noActual = own.length > 0 && own.every(({ row }) => row.actual.text === null);
    const noPoints = marked.length > 0 && !facts.hasPoints && hasColumn(form, "points");
    const noScores = marked.length > 0 && !facts.hasScores && hasColumn(form, "score");
    const columns: (readonly ["actual" | "points" | "score", string])[] = [];
    if (noActual) columns.push(["actual", "实际完成值"]);
    if (noPoints) columns.push(["points", "分值"]);
    if (noScores) columns.push(["score", "得分"]);
    if (columns.length > 0 && form.kind !== "unknown")
      found.push({
        at: columns.flatMap(([column]) =>
          own.slice(0, SHOWN).map(({ index }) => place.indicator(index, column)),
        ),
        figures: { row: "", cells: columns.map(([, title]) => title).join("、"), all: String(own.length) },
      });
    if (facts.hasPoints && !facts.hasScores && !noScores)
      unclear.push({
        at: ["indicators"],
        why: `${own.length}行填了分值而没有一行填得分，不能判断是没有填还是表式不设得分`,
      });
    for (const { index, name, row, points, score } of own) {
      const blank: (readonly [Place, string])[] = [];
      if (name === "") blank.push([place.indicator(index, "name"), "三级指标名称"]);
      if (row.target.text === null) blank.push([place.indicator(index, "target"), "年度指标值"]);
      if (!noActual && row.actual.text === null) blank.push([place.indicator(index, "actual"), "实际完成值"]);
      if (counted.has(index)) {
        if (facts.hasPoints && !points) blank.push([place.indicator(index, "points"), "分值"]);
        if (facts.hasScores && !score) blank.push([place.indicator(index, "score"), "得分"]);
      }
      if (blank.length === 0) continue;
      const doubt = blank.map(([at]) => doubtAt(form, at)).find((note) => note !== null);
      if (doubt) {
        unclear.push({
          at: blank.map(([at]) => at),
          why: `「${name || `第${index + 1}行`}」没有读到${blank.map(([, title]) => title).join("、")}，读取时已有存疑（${doubt.says}）`,
        });
        continue;
      }
      found.push({
        at: blank.map(([at]) => at),
        figures: {
          row: name || `第${index + 1}行`,
          cells: blank.map(([, title]) => title).join("、"),
          all: "",
        },
      });
    }
    const fund = fundBlanks(dossier);
    if (fund) found.push(fund);
    const foot: (readonly [Place, string])[] = [];
    if (facts.hasScores && marksOf(dossier).withoutScore.length === 0) {
      if (!facts.totalScore && hasCell(form, "totalScore")) foot.push(["totalScore", "总分"]);
      if (form.grade === null && hasCell(form, "grade")) foot.push(["grade", "评分等级"]);
    }
    for (const [at, title] of foot) {
      const doubt = doubtAt(form, at);
      if (doubt) unclear.push({ at: [at], why: `没有读到${title}，读取时已有存疑（${doubt.says}）` });
      else found.push({ at: [at], figures: { row: "", cells: title, all: "" } });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, cells, all }) =>
    all
      ? `${all}行指标的${cells}全部没有填写。`
      : row
        ? `「${row}」没有填写${cells}。`
        : `${cells}没有填写。`,
  remedy: ({ row, cells, all }) =>
    all ? `逐行补填${cells}。` : row ? `补填「${row}」的${cells}。` : `补填${cells}。`,
  examples: {
    fails: [
      {
        says: "一行没有完成值和得分",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", "≥95%", null, "15", null] }),
        }),
      },
      {
        says: "申报表没有填资金，一行没有指标值",
        given: exampleForm({
          kind: "target-declaration",
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", null, null, null, null] }),
          fundRows: [
            ["total", "年度资金总额", null, null, null],
            ["current-appropriation", "其中：财政拨款", null, null, null],
          ],
        }),
      },
      {
        says: "完成值一行也没有填",
        given: exampleForm({
          rows: withRows({}).map(
            ([level2, name, target, , points]) => [level2, name, target, null, points, null] as const,
          ),
          totalScore: null,
          grade: null,
        }),
      },
      {
        says: "各行都有得分，没有填总分",
        given: exampleForm({ totalScore: null }),
      },
      {
        says: "资金计分行没有填分值、执行率和得分",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "93.10", null, null, null]],
        }),
      },
    ],
    passes: [
      { says: "都填了", given: exampleForm() },
      {
        says: "申报表填了资金和指标值",
        given: exampleForm({
          kind: "target-declaration",
          rows: withRows({}).map(
            ([level2, name, target]) => [level2, name, target, null, null, null] as const,
          ),
          fundRows: [["total", "年度资金总额", "98.00", null, null]],
        }),
      },
      {
        says: "不设分值、得分的表",
        given: exampleForm({
          template: "county-unscored",
          rows: withRows({}).map(
            ([level2, name, target, actual]) => [level2, name, target, actual, null, null] as const,
          ),
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "93.10", null, "95.00", null]],
          totalPoints: null,
          totalScore: null,
          grade: null,
        }),
      },
    ],
  },
});
