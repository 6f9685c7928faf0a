import { describePlace, GRADES } from "@jiheng/domain";
import type {
  AcrossProblem,
  FormFigures,
  FormLine,
  Problem,
  ReportFigure,
  ReportFigures,
  Stated,
} from "@jiheng/rollup";
import { FORCE_WORDS } from "../annotate/index.ts";
import type { DocumentBlock, DocumentModel } from "../document.ts";
import { type BoundColumn, boundTable } from "./bound-table.ts";
import { type BoundText, body, join, plain, say } from "./bound-text.ts";
import { type BoundChart, budgetChart, executionChart, lossChart, scoreChart } from "./report-charts.ts";

/** What only the caller knows: versions, and forms that were read and left out. */
export interface ReportCircumstances {
  /** The department's name for the title, where the caller gives one. */
  readonly name: string | null;
  /** Engine, rules and policies with their versions, as printed at the end. */
  readonly versions: readonly string[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  readonly order: readonly number[];
  readonly unread: readonly { readonly file: string; readonly what: string }[];
  /** Forms that are not approved yet; the report is marked as a draft where there are any. Null where nobody approves forms. */
  readonly unapproved: number | null;
}

/** A text of the report that stands outside paragraphs, with its bindings. */
export interface PlacedText extends BoundText {
  /** `title`, `blocks[3].chart.description`. */
  readonly at: string;
}

/** A report: the document to print, the figures it is made of, and the bindings of texts that are no paragraphs. */
export interface Report {
  readonly document: DocumentModel;
  readonly figures: ReadonlyMap<string, ReportFigure>;
  readonly texts: readonly PlacedText[];
  /** Which form of the review each `form` of a source means: sources count the forms of the year first, then those of the year before. */
  readonly order: readonly number[];
}

/** A blank for what no form states and the department fills in. */
const BLANK = "＿＿＿＿＿＿";
const BLANK_LINE = "＿".repeat(24);
/** Names in a sentence; the tables have the rest. */
const NAMED = 5;
/** Rows in the tables of examples. */
const LISTED = 20;
const CHAPTERS = ["一", "二", "三", "四", "五", "六", "七", "八"];
const PROBLEMS_IN_WORDS = 5;
const REMEDIES = 8;
/** Characters of a title on one line of the page. */
const TITLE_LINE = 20;
/** Matters to improve in the table of problems. */
const HINTS = 10;
/** Typesetting one table takes more than twice as long for twice the rows. */
const LONGEST_TABLE = 100;

class Composer {
  readonly blocks: DocumentBlock[] = [];
  readonly texts: PlacedText[] = [];
  /** Figures that come from the making of the report, not from forms. */
  readonly own = new Map<string, ReportFigure>();
  #chapter = 0;
  #section = 0;

  chapter(title: string): void {
    this.#section = 0;
    const numeral = CHAPTERS[this.#chapter] ?? "";
    this.#chapter += 1;
    this.blocks.push({
      kind: "heading",
      level: 1,
      text: `${numeral}、${title}`,
      id: `chapter-${this.#chapter}`,
    });
  }

  given(id: string, text: string): ReportFigure {
    const figure = { id, text, value: null, how: "编制报告时给出", sources: [{ basis: "编制报告时给出" }] };
    this.own.set(id, figure);
    return figure;
  }

  section(title: string | BoundText): void {
    const numeral = CHAPTERS[this.#section] ?? "";
    this.#section += 1;
    const text = say`（${plain(numeral)}）${typeof title === "string" ? plain(title) : title}`;
    if (text.bindings.length > 0) this.texts.push({ at: `blocks[${this.blocks.length}].text`, ...text });
    this.blocks.push({ kind: "heading", level: 2, text: text.text });
  }

  say(...texts: readonly (BoundText | null)[]): void {
    const text = join(texts);
    if (text.text !== "") this.blocks.push(body(text));
  }

  note(text: BoundText): void {
    this.blocks.push(body(text, true));
  }

  toFill(what: string): void {
    this.blocks.push(
      body(plain(`【由编报部门填写：${what}】`)),
      { kind: "paragraph", text: BLANK_LINE, indent: true },
      { kind: "paragraph", text: BLANK_LINE, indent: true },
    );
  }

  table<Row>(caption: string | BoundText, columns: readonly BoundColumn<Row>[], rows: readonly Row[]): void {
    const text = typeof caption === "string" ? plain(caption) : caption;
    if (text.bindings.length > 0) this.texts.push({ at: `blocks[${this.blocks.length}].caption`, ...text });
    this.blocks.push({ kind: "table", caption: text.text, table: boundTable(columns, rows) });
  }

  chart({ chart, description }: BoundChart): void {
    this.texts.push({ at: `blocks[${this.blocks.length}].chart.description`, ...description });
    this.blocks.push({ kind: "chart", chart });
  }
}

function nameOf(figures: ReportFigures, form: FormFigures): ReportFigure | null {
  return figures.lines[form.index]?.name ?? null;
}

/** "「甲」「乙」等N张", with N only where not all are named. */
function named(figures: ReportFigures, forms: readonly FormFigures[], count: ReportFigure): BoundText {
  const shown = forms.slice(0, NAMED).map((form) => say`“${nameOf(figures, form)}”`);
  return forms.length > NAMED ? say`${join(shown, "、")}等${count}张` : join(shown, "、");
}

function blanks(figures: ReportFigures, name: string, { blank, blankForms }: Stated): BoundText | null {
  if (blankForms.length === 0) return null;
  return say`${plain(name)}未填或未计入的${blank}张（${named(figures, blankForms, blank)}），不作零计。`;
}

const ordinal = <Row>(): BoundColumn<Row> => ({
  title: "序号",
  width: 7,
  of: (_, index) => String(index + 1),
  align: "center",
});

const orDash = (figure: ReportFigure | null): ReportFigure | string => figure ?? "—";

function basics(to: Composer, figures: ReportFigures): void {
  const { execution: money, forms, departments, units } = figures;
  to.chapter("基本情况");
  to.section("部门（单位）概况");
  to.toFill("主要职能、机构设置、人员情况、年度重点工作");
  to.section("项目和资金情况");
  to.say(
    say`本次纳入报告的绩效自评表共${forms}张`,
    departments.text === "0" ? null : say`，表上所印主管部门${departments}个`,
    units.text === "0" ? null : say`、实施单位${units}个`,
    plain("。"),
    money.initialBudget.total && say`年初预算数合计${money.initialBudget.total}万元，`,
    money.adjustedBudget.total && say`全年预算数合计${money.adjustedBudget.total}万元，`,
    money.expenditure.total && say`全年执行数合计${money.expenditure.total}万元，`,
    money.rate
      ? say`预算执行率${money.rate}%（全年执行数合计÷全年预算数合计，按两项均已填报的${money.rateForms}张计算）。`
      : plain("表上没有可以计算预算执行率的资金数。"),
  );
  to.say(
    blanks(figures, "年初预算数", money.initialBudget),
    blanks(figures, "全年预算数", money.adjustedBudget),
    blanks(figures, "全年执行数", money.expenditure),
    money.noUnit.text === "0" ? null : say`未印金额单位的${money.noUnit}张，按万元计入。`,
    money.unknownUnit.text === "0" ? null : say`金额单位不能识别的${money.unknownUnit}张，金额没有计入。`,
    money.mixedUnits.text === "0"
      ? null
      : say`金额前后悬殊、疑似混用金额单位的${money.mixedUnits}张，金额没有计入：${money.mixedNames}。更正后请重新生成本报告。`,
  );
  if (figures.departmentBudget)
    to.say(
      say`部门项目支出预算${figures.departmentBudget}万元`,
      figures.coveredShare
        ? say`，自评项目全年预算数占${figures.coveredShare}%。`
        : plain("，自评项目所占比重不能计算。"),
    );
  else
    to.say(
      plain(`自评项目占本部门项目支出预算的比重：${BLANK}（部门项目支出预算总额未提供，由编报部门填写）。`),
    );
  const stated = [money.initialBudget, money.adjustedBudget, money.expenditure];
  if (stated.some(({ total }) => total !== null)) to.chart(budgetChart(figures));
}

function work(to: Composer, figures: ReportFigures): void {
  const { problems, forms } = figures;
  to.chapter("绩效自评工作开展情况");
  to.section("组织实施情况");
  to.toFill("工作部署、职责分工、时间安排、复核和抽查情况");
  to.section("审核情况");
  to.say(
    say`对${forms}张自评表按固定规则逐项核对，发现必须更正的问题${problems.must}处（涉及${problems.mustForms}张）、应当说明的问题${problems.should}处、可以改进的事项${problems.hint}处${problems.cleanForms.text === "0" ? null : say`；没有必须更正和应当说明问题的${problems.cleanForms}张`}。`,
    problems.across.text === "0" ? null : say`另在各表之间发现问题${problems.across}处，没有计入以上处数。`,
  );
}

function conclusions(to: Composer, figures: ReportFigures): void {
  const { scores, groups, lines, execution } = figures;
  to.chapter("综合评价结论");
  to.section("自评得分");
  if (scores.printed.text === "0") to.say(plain("各表均未填总分。"));
  else
    to.say(
      say`填报总分的${scores.printed}张`,
      scores.mean && say`，表列总分算术平均${scores.mean}分`,
      scores.highest && say`，最高${scores.highest}分`,
      scores.lowest && say`，最低${scores.lowest}分`,
      plain("。"),
      scores.blankForms.length === 0
        ? null
        : say`未填总分的${scores.blank}张（${named(figures, scores.blankForms, scores.blank)}）。`,
    );
  if (scores.recomputed.text === "0") to.say(plain("各表均不能按表内各行得分重算总分。"));
  else
    to.say(
      say`按表内各行得分和按资金数重算的预算执行得分加总，能够重算的${scores.recomputed}张；表列总分和重算总分都有的${scores.compared}张`,
      scores.totalsDifferForms.length === 0
        ? plain(scores.compared.text === "0" ? "。" : "，两者全部一致。")
        : say`，其中两者不一致的${scores.totalsDiffer}张。`,
    );
  if (scores.printed.text !== "0" || scores.recomputed.text !== "0") to.chart(scoreChart(figures));
  const unlike = new Set([...scores.totalsDifferForms, ...scores.gradesDifferForms]);
  const differing = lines.filter((line) => unlike.has(line.form));
  if (differing.length > 0) {
    to.table(
      differing.length > LISTED ? "表列与重算结果不一致的自评表（部分）" : "表列与重算结果不一致的自评表",
      [
        ordinal<FormLine>(),
        { title: "项目名称", width: 34, of: (line) => line.name },
        { title: "表列总分", width: 12, of: (line) => line.score },
        { title: "重算总分", width: 12, of: (line) => orDash(line.recomputedScore), align: "right" },
        { title: "表列等级", width: 12, of: (line) => line.grade, align: "center" },
        { title: "重算等级", width: 12, of: (line) => orDash(line.recomputedGrade), align: "center" },
      ],
      differing.slice(0, LISTED),
    );
    if (differing.length > LISTED) to.note(plain("其余见附表。"));
  }
  to.section("评分等级");
  const counted = scores.grades.filter(
    ({ printed, recomputed }) => printed.text !== "0" || recomputed.text !== "0",
  );
  to.say(
    counted.length === 0
      ? plain("各表均未填评分等级。")
      : join([
          plain("表列等级："),
          join(
            counted.map(({ name, printed }) => say`${name}${printed}张`),
            "，",
          ),
          plain("。重算等级："),
          join(
            counted.map(({ name, recomputed }) => say`${name}${recomputed}张`),
            "，",
          ),
          plain("。"),
        ]),
    scores.ungraded.text === "0" ? null : say`未填等级的${scores.ungraded}张。`,
    scores.gradesDifferForms.length === 0
      ? null
      : say`表列等级与重算等级不一致的${scores.gradesDiffer}张：${named(figures, scores.gradesDifferForms, scores.gradesDiffer)}。`,
  );
  to.section("执行与得分对照");
  if (figures.scatterPoints.text === "0") to.say(plain("没有同时可以计算执行率、填有总分的表，不作对照。"));
  else {
    to.say(
      say`预算执行率低于${execution.threshold}%的${execution.below}张，其中表列等级为优的${figures.lowRateTopGrade}张。`,
    );
    to.chart(executionChart(figures));
  }
  if (groups.length === 0) return;
  const what = figures.groupedBy === "department" ? "主管部门" : "实施单位";
  to.section(`分${what}情况`);
  to.table(
    `各${what}自评情况`,
    [
      ordinal(),
      { title: what, width: 24, of: (group) => group.name },
      { title: "表数", width: 7, of: (group) => group.forms },
      { title: "全年预算数（万元）", width: 14, of: (group) => group.money.adjustedBudget.total },
      { title: "执行率（%）", width: 10, of: (group) => orDash(group.money.rate), align: "right" },
      { title: "平均表列总分", width: 10, of: (group) => orDash(group.meanScore), align: "right" },
      ...GRADES.map((grade, index) => ({
        title: grade,
        width: 5,
        of: (group: (typeof groups)[number]) => group.grades[index]?.forms ?? null,
        align: "center" as const,
      })),
      { title: "总分不一致", width: 8, of: (group) => group.differing, align: "center" },
      { title: "有必须更正问题", width: 9, of: (group) => group.must, align: "center" },
    ],
    groups,
  );
}

function completion(to: Composer, figures: ReportFigures): void {
  const { execution, attainment: rows, loss, lines } = figures;
  to.chapter("预算执行和绩效目标完成情况");
  to.section("预算执行情况");
  to.say(
    execution.rate ? say`总体预算执行率${execution.rate}%。` : null,
    say`执行率低于${execution.threshold}%的${execution.below}张`,
    execution.overForms.length === 0
      ? plain("。")
      : say`；全年执行数大于全年预算数的${execution.over}张（${named(figures, execution.overForms, execution.over)}）。`,
    execution.withoutRateForms.length === 0
      ? null
      : say`不能计算执行率的${execution.withoutRate}张（${named(figures, execution.withoutRateForms, execution.withoutRate)}）。`,
  );
  to.table(
    "预算执行率分布",
    [
      { title: "预算执行率", width: 20, of: (band) => band.name, align: "center" },
      { title: "表数（张）", width: 20, of: (band) => band.forms, align: "center" },
    ],
    execution.bands,
  );
  const below = execution.belowForms.flatMap((form) => lines[form.index] ?? []);
  if (below.length > 0)
    to.table(
      below.length > LISTED ? "执行率偏低的自评表（由低到高，部分）" : "执行率偏低的自评表（由低到高）",
      [
        ordinal<FormLine>(),
        { title: "项目名称", width: 34, of: (line) => line.name },
        { title: "全年预算数（万元）", width: 14, of: (line) => line.adjustedBudget },
        { title: "全年执行数（万元）", width: 14, of: (line) => line.expenditure },
        { title: "执行率（%）", width: 10, of: (line) => line.rate },
        { title: "表列总分", width: 12, of: (line) => line.score },
      ],
      below.slice(0, LISTED),
    );
  to.section("绩效指标完成情况");
  to.say(
    say`各表绩效指标共${rows.rows}项。`,
    rows.counted.text === "0"
      ? plain("没有指标值和完成值均为同一单位数值的指标。")
      : say`指标值和完成值均为同一单位数值的${rows.counted}项，其中达到指标值的${rows.met}项、未达到的${rows.missed}项；完成值为指标值${rows.farOverLimit}%及以上的${rows.farOver}项（不含以低为优的指标）。`,
    rows.worded.text === "0"
      ? null
      : say`以文字表述的${rows.worded}项，其中表述为已达成的${rows.wordedReached}项、部分达成或未达成的${rows.wordedShort}项，须由人工判断的${rows.wordedOpen}项。`,
    rows.missing.text === "0" ? null : say`缺指标值或完成值、或完成值不是数值的${rows.missing}项。`,
    rows.incomparable.text === "0" ? null : say`两个数值不能直接比较的${rows.incomparable}项。`,
  );
  const quoted = (list: typeof rows.missedExamples, caption: string): void => {
    if (list.length === 0) return;
    to.table(
      caption,
      [
        ordinal(),
        { title: "项目名称", width: 26, of: (row) => nameOf(figures, row.form) },
        { title: "指标名称", width: 24, of: (row) => row.name },
        { title: "年度指标值", width: 14, of: (row) => row.target },
        { title: "实际完成值", width: 14, of: (row) => row.actual },
        { title: "完成率（%）", width: 11, of: (row) => orDash(row.completion), align: "right" },
      ],
      list,
    );
  };
  quoted(rows.missedExamples, "未达到指标值的指标（完成率由低到高，举例）");
  quoted(rows.farOverExamples, "大幅超过指标值的指标（完成率由高到低，举例）");
  to.section("失分情况");
  if (loss.marked.text === "0") to.say(plain("各表没有同时填有分值和得分的行，不能统计失分。"));
  else if (loss.rows.text === "0") to.say(plain("填有分值和得分的各行均没有失分。"));
  else {
    to.say(
      say`得分低于分值的共${loss.rows}行，合计失分${loss.total}分。`,
      loss.unscored.text === "0" ? null : say`有分值而未填得分的${loss.unscored}行，没有计入失分。`,
    );
    to.chart(lossChart(figures));
    to.table(
      "失分较多的指标",
      [
        ordinal(),
        { title: "项目名称", width: 30, of: (row) => nameOf(figures, row.form) },
        { title: "指标名称", width: 30, of: (row) => row.name },
        { title: "分值", width: 9, of: (row) => row.points },
        { title: "得分", width: 9, of: (row) => row.score },
        { title: "失分", width: 9, of: (row) => row.lost },
      ],
      loss.top,
    );
  }
}

function problems(to: Composer, figures: ReportFigures): void {
  const all = figures.problems.problems;
  to.chapter("存在的主要问题");
  if (all.length === 0)
    to.say(
      plain(
        figures.problems.across.text === "0"
          ? "已检查的事项未发现问题。"
          : "各表已检查的事项未发现问题，各表之间的问题见下表。",
      ),
    );
  else problemsOfForms(to, all, figures);
  if (figures.problems.acrossProblems.length > 0)
    to.table("各表之间的问题（按规则）", PROBLEM_COLUMNS, figures.problems.acrossProblems);
}

const PROBLEM_COLUMNS: readonly BoundColumn<AcrossProblem>[] = [
  ordinal(),
  { title: "编号", width: 9, of: (problem) => problem.codeText, align: "center" },
  { title: "问题", width: 40, of: (problem) => problem.title },
  { title: "性质", width: 12, of: (problem) => FORCE_WORDS[problem.force], align: "center" },
  { title: "处数", width: 8, of: (problem) => problem.findings, align: "center" },
  { title: "表数", width: 8, of: (problem) => problem.forms, align: "center" },
];

function problemsOfForms(to: Composer, all: readonly Problem[], figures: ReportFigures): void {
  const hints = all.filter(({ force }) => force === "hint");
  const main = all.filter(({ force }) => force !== "hint").slice(0, PROBLEMS_IN_WORDS);
  if (main.length === 0) to.say(plain("没有发现必须更正和应当说明的问题，可以改进的事项见下表。"));
  for (const problem of main) {
    to.section(say`${problem.title}`);
    to.say(
      say`${plain(FORCE_WORDS[problem.force])}，共${problem.findings}处，涉及${problem.forms}张（规则${problem.codeText}）。`,
      join(
        problem.examples.map(({ form, message }) => say`如“${nameOf(figures, form)}”：${message}`),
        "",
      ),
    );
  }
  to.table("审核发现的问题（按规则）", PROBLEM_COLUMNS, [
    ...all.filter(({ force }) => force !== "hint"),
    ...hints.slice(0, HINTS),
  ]);
  if (hints.length > HINTS) to.note(plain("可以改进的事项只列涉及表数较多的，其余见逐表审核意见。"));
}

function measures(to: Composer, figures: ReportFigures): void {
  const { measures: stated, problems: found } = figures;
  to.chapter("改进措施和结果应用");
  to.section("各项目自评表所填改进措施");
  if (stated.read.text === "0") to.say(plain("各表的偏差原因栏和改进措施栏都是空的，没有填改进措施。"));
  else if (stated.stated.text === "0")
    to.say(
      say`各表偏差原因栏和改进措施栏填有文字的共${stated.read}处，其中没有查到改进措施；写法特别的可能没有认出，请逐表核对。`,
    );
  else if (stated.quotes.length === 0)
    to.say(say`写明改进措施的${stated.forms}张，共${stated.stated}处，文字较长，不在此摘录，见各自评表。`);
  else {
    to.say(say`写明改进措施的${stated.forms}张，共${stated.stated}处，以下摘录原文：`);
    to.table(
      "自评表所填改进措施（摘录）",
      [
        ordinal(),
        { title: "项目名称", width: 28, of: (quote) => nameOf(figures, quote.form) },
        { title: "改进措施原文", width: 62, of: (quote) => quote.text },
      ],
      stated.quotes,
    );
  }
  const remedies = found.problems.filter(({ force }) => force !== "hint").slice(0, REMEDIES);
  if (remedies.length > 0) {
    to.section("审核提出的处理意见");
    to.table(
      "审核提出的处理意见（涉及表数较多的事项）",
      [
        ordinal(),
        { title: "问题", width: 34, of: (problem) => problem.title },
        { title: "表数", width: 8, of: (problem) => problem.forms, align: "center" },
        { title: "处理意见（以其中一处为例）", width: 48, of: (problem) => problem.remedy },
      ],
      remedies,
    );
  }
  to.section("结果应用");
  to.toFill("与预算安排挂钩、问题整改、信息公开等情况");
}

function comparison(to: Composer, figures: ReportFigures): void {
  const before = figures.lastYear;
  if (!before) return;
  const { execution: now, scores } = figures;
  to.chapter("与上年度比较");
  to.say(
    say`上年度（${before.year}年度）自评表${before.forms}张。两个年度都有的项目${before.matched}个（按项目代码，没有代码的按单位和项目名称），本年度新增${before.added}个，上年度有而本年度没有的${before.ended}个。`,
    say`两个年度都有的项目中，总分高于上年度的${before.better}个、低于上年度的${before.worse}个。`,
  );
  to.table(
    "两个年度的情况",
    [
      { title: "事项", width: 34, of: (row) => row.what },
      { title: "上年度", width: 20, of: (row) => row.before, align: "right" },
      { title: "本年度", width: 20, of: (row) => row.now, align: "right" },
    ],
    [
      { what: "自评表（张）", before: before.forms, now: figures.forms },
      { what: "年初预算数（万元）", before: before.money.initialBudget.total, now: now.initialBudget.total },
      {
        what: "全年预算数（万元）",
        before: before.money.adjustedBudget.total,
        now: now.adjustedBudget.total,
      },
      { what: "全年执行数（万元）", before: before.money.expenditure.total, now: now.expenditure.total },
      { what: "预算执行率（%）", before: before.money.rate, now: now.rate },
      { what: "表列总分算术平均（分）", before: before.meanScore, now: scores.mean },
    ],
  );
}

/** Numbers of the prose that no table of the report shows, each with what it is and where it comes from. */
function sources(to: Composer, figures: ReportFigures): void {
  const spoken = new Set<string>();
  const shown = new Set<string>();
  for (const block of to.blocks) {
    if (block.kind === "paragraph") for (const { figure } of block.bindings ?? []) spoken.add(figure);
    const table = block.kind === "table" ? block.table : block.kind === "chart" ? block.chart.table : null;
    for (const row of table?.rows ?? [])
      for (const { place } of row) if (place !== undefined) shown.add(place);
  }
  const rows = [...spoken].flatMap((id) => {
    const figure = figures.book.get(id);
    return figure?.value && !shown.has(id) ? [figure] : [];
  });
  if (rows.length === 0) return;
  to.blocks.push({ kind: "heading", level: 1, text: "附表　正文数字来源", id: "sources" });
  to.table(
    "正文中未在以上各表列示的数字",
    [
      { title: "数字", width: 12, of: (figure) => figure, align: "right" },
      { title: "含义", width: 44, of: (figure) => figure.how },
      { title: "所依据的单元格", width: 44, of: (figure) => sourceWords(figures, figure) },
    ],
    rows,
  );
}

function sourceWords(figures: ReportFigures, { sources: all }: ReportFigure): string {
  const [first] = all;
  if (!first) return "无";
  if ("basis" in first) return first.basis;
  const line = figures.lines[first.form];
  const name = line ? `“${line.name.text}”${describePlace(line.form.source.form, first.at)}` : "上年度自评表";
  return all.length > 1 ? `${name}等${all.length}处` : name;
}

function annex(to: Composer, figures: ReportFigures, circumstances: ReportCircumstances): void {
  to.blocks.push({ kind: "page-break" });
  to.blocks.push({ kind: "heading", level: 1, text: "附表　项目绩效自评情况一览表", id: "annex" });
  const columns: BoundColumn<FormLine>[] = [
    { title: "序号", width: 6, of: ({ form }) => String(form.index + 1), align: "center" },
    { title: "项目名称", width: 22, of: (line) => line.name },
    figures.groupedBy === null
      ? { title: "年初预算数", width: 11, of: (line) => line.initialBudget }
      : { title: "实施单位", width: 16, of: (line) => line.body },
    { title: "全年预算数", width: 11, of: (line) => line.adjustedBudget },
    { title: "全年执行数", width: 11, of: (line) => line.expenditure },
    { title: "执行率（%）", width: 8, of: (line) => orDash(line.rate), align: "right" },
    { title: "表列总分", width: 8, of: (line) => line.score },
    { title: "重算总分", width: 8, of: (line) => orDash(line.recomputedScore), align: "right" },
    { title: "表列等级", width: 6, of: (line) => line.grade, align: "center" },
    { title: "重算等级", width: 6, of: (line) => orDash(line.recomputedGrade), align: "center" },
    { title: "必须更正", width: 6, of: (line) => line.must, align: "center" },
    { title: "应当说明", width: 6, of: (line) => line.should, align: "center" },
  ];
  if (figures.groupedBy === "department")
    for (const { name, members } of figures.groups)
      to.table(
        say`${name}（金额单位：万元）`,
        columns,
        members.flatMap(({ index }) => figures.lines[index] ?? []),
      );
  else
    for (let from = 0; from < figures.lines.length; from += LONGEST_TABLE)
      to.table(
        from === 0 ? "金额单位：万元" : "金额单位：万元（续）",
        columns,
        figures.lines.slice(from, from + LONGEST_TABLE),
      );
  sources(to, figures);
  to.blocks.push({ kind: "heading", level: 1, text: "编制说明", id: "notes" });
  for (const text of [
    "本报告中的数字均取自所附自评表或由其计算得出，没有另行填写；同样的表、规则和政策包得出同样的报告。金额合计为精确加总，比率由合计数相除，四舍五入到两位小数，不取比率的平均。",
    "“未填”表示表上没有填写，不作零计；“—”表示不能计算。“重算总分”是表内各行得分与按资金数重算的预算执行得分之和，只用于核对，不替代填报结果。",
    "标有“由编报部门填写”的部分，自评表没有相应内容，由编报部门补充。",
  ])
    to.note(plain(text));
  const given = to.given.bind(to);
  for (const [index, { name, why }] of circumstances.leftOut.entries())
    to.note(
      say`未计入本报告：${given(`leftOut[${index}].name`, name)}（${given(`leftOut[${index}].why`, why)}）。`,
    );
  for (const [index, { file, what }] of circumstances.unread.entries())
    to.note(
      say`未能读取的文件：${given(`unread[${index}].file`, file)}（${given(`unread[${index}].what`, what)}）。`,
    );
  to.note(
    say`版本：${join(
      circumstances.versions.map((version, index) => say`${given(`version[${index}]`, version)}`),
      "；",
    )}。`,
  );
  to.blocks.push({ kind: "paragraph", text: `编报部门（盖章）：${BLANK}`, align: "right" });
  to.blocks.push({ kind: "paragraph", text: "日期：＿＿＿＿年＿＿月＿＿日", align: "right" });
}

/** What the forms evaluate, in the words of their titles; nothing where they are of several kinds. */
function subjectOf({ lines }: ReportFigures): string {
  const kinds = new Set(lines.map(({ form }) => form.source.form.kind));
  const [kind] = kinds;
  if (kinds.size !== 1) return "";
  if (kind === "department-self-evaluation") return "部门整体支出";
  return kind === "transfer-self-evaluation"
    ? "转移支付"
    : kind === "project-self-evaluation"
      ? "项目支出"
      : "";
}

/**
 * The department's report on its self-evaluations. Every number of the prose is bound to a named figure; what the forms do not state
 * is a marked blank for the department. No clock: the date is left to be filled.
 */
export function composeReport(figures: ReportFigures, circumstances: ReportCircumstances): Report {
  const to = new Composer();
  if (circumstances.unapproved !== null && circumstances.unapproved > 0)
    to.say(
      say`草稿：其中${to.given("unapproved", String(circumstances.unapproved))}张自评表尚未审核通过，数字还会变化，不作为正式报告。`,
    );
  basics(to, figures);
  work(to, figures);
  conclusions(to, figures);
  completion(to, figures);
  problems(to, figures);
  measures(to, figures);
  comparison(to, figures);
  annex(to, figures, circumstances);
  const several = figures.groupedBy === "department";
  const name = circumstances.name === null ? figures.department : to.given("name", circumstances.name);
  const year = figures.year ? say`${figures.year}年度` : null;
  const title = say`${name}${year}${plain(`${several ? "各部门" : ""}${subjectOf(figures)}绩效自评情况${several ? "汇总" : ""}报告`)}`;
  return {
    document: {
      title: title.text,
      ...(name !== null && title.text.length > TITLE_LINE ? { titleBreak: name.text.length } : {}),
      subtitle: [],
      printTitle: true,
      contents: false,
      orientation: "portrait",
      blocks: to.blocks,
    },
    figures: new Map([...figures.book, ...to.own]),
    texts: [{ at: "title", ...title }, ...to.texts],
    order: circumstances.order,
  };
}
