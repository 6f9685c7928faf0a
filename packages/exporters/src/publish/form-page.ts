import { describePlace, type Form, type Place, type Score, type Step, showDecimal } from "@jiheng/domain";
import { showCitation } from "@jiheng/law";
import { explainScore, scoreWords, totalWords } from "@jiheng/scoring";
import { layOut, lostBy } from "../layouts/lay-out.ts";
import { layoutFor } from "../layouts/plans.ts";
import { escapeHtml } from "../writers/escape-html.ts";
import { formFragment, placeId } from "../writers/html.ts";
import type { SiteEntry } from "./entry.ts";
import { type ListColumn, listTable, orBlank } from "./frame.ts";

/** Rows of indicators on one page: with their derivations some 1.5 kilobytes each. */
const ROWS_PER_PART = 60;

/** How people reach someone is not part of what is published. */
const PERSONAL = /电话|手机|邮箱|电子邮件|联系方式|身份证|微信|QQ/i;

/** The same within other words (负责人：王某 139…): numbers of mobile and fixed telephones, of identity cards, mail addresses. */
const CONTACT =
  /(?<![\d.])1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?![\d.万亿元人])|(?<!\d)0\d{2,3}[-—－\s]\d{7,8}(?!\d)|(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const MASKED = "（不公开）";

/** Masks texts one by one and remembers the names of those in which something was. */
class Mask {
  readonly names: string[] = [];

  of<T extends string | null>(text: T, name: () => string): T {
    const masked = text?.replace(CONTACT, MASKED) ?? null;
    if (masked === text) return text;
    const said = name();
    if (!this.names.includes(said)) this.names.push(said);
    return masked as T;
  }
}

/** The form with its texts masked. Names, figures and values are shown as typed: a long number there is no telephone. */
function maskTexts(form: Form, mask: Mask): Form {
  const at = <T extends string | null>(text: T, place: Place): T =>
    mask.of(text, () => describePlace(form, place));
  return {
    ...form,
    goal: {
      expected: at(form.goal.expected, "goal.expected"),
      achieved: at(form.goal.achieved, "goal.achieved"),
    },
    goals: form.goals.map((goal, index) => ({
      ...goal,
      // The only goal is told by the words for the goal of the form.
      expected: at(goal.expected, index === 0 ? "goal.expected" : `goals[${index}].expected`),
      adjusted: at(goal.adjusted, index === 0 ? "goal.expected" : `goals[${index}].expected`),
      achieved: at(goal.achieved, index === 0 ? "goal.achieved" : `goals[${index}].achieved`),
    })),
    funds: form.funds.map((fund, index) => ({
      ...fund,
      deviation: at(fund.deviation, `funds[${index}].deviation`),
    })),
    indicators: form.indicators.map((row, index) => ({
      ...row,
      actual: worded(row.actual, (text) => at(text, `indicators[${index}].actual`)),
      target: worded(row.target, (text) => at(text, `indicators[${index}].target`)),
      criteria: at(row.criteria, `indicators[${index}].criteria`),
      evidence: at(row.evidence, `indicators[${index}].evidence`),
      deviation: at(row.deviation, `indicators[${index}].deviation`),
    })),
    deviation: at(form.deviation, "deviation"),
  };
}

/** A value in words is a text; one with a figure is not. */
function worded<T extends { readonly text: string | null; readonly value: string | null } | null>(
  value: T,
  mask: (text: string | null) => string | null,
): T {
  return value === null || value.value !== null ? value : { ...value, text: mask(value.text) };
}

/**
 * What of a form is published: without telephone numbers and addresses, without the notes and origins of reading. `leftOut` are
 * the labels that are not shown, `masked` those in whose text something is not.
 */
export function publicForm(form: Form): {
  readonly form: Form;
  readonly leftOut: readonly string[];
  readonly masked: readonly string[];
} {
  const leftOut = form.fields.filter(({ label, text }) => PERSONAL.test(label) && text !== null);
  const mask = new Mask();
  const texts = maskTexts(form, mask);
  const fields = form.fields
    .filter(({ label }) => !PERSONAL.test(label))
    .map((field) => ({ ...field, text: mask.of(field.text, () => field.label) }));
  return {
    form: { ...texts, fields, notes: [], origins: {} },
    leftOut: leftOut.map(({ label }) => label),
    masked: mask.names,
  };
}

/** What is said under a form that is not shown whole. */
function omissions(shown: Form, leftOut: readonly string[], masked: readonly string[]): string {
  const names = (labels: readonly string[]): string => labels.map(escapeHtml).join("、");
  const said = [
    ...(leftOut.length > 0 ? [`表上的${names(leftOut)}属于个人联系方式，不在这里公开。`] : []),
    ...(masked.length > 0 ? [`${names(masked)}里的个人联系方式写作“${MASKED}”。`] : []),
    ...lostBy(shown, layoutFor(shown.template)).map((lost) => `${escapeHtml(lost)}。JSON 文件和数据包里有。`),
  ];
  return said.map((each) => `<p class="soft">${each}</p>\n`).join("");
}

/** Citations of a page, each printed once and referred to by its number. */
class References {
  readonly list: string[] = [];
  of(steps: readonly Step[]): string {
    const numbers = new Set<number>();
    for (const step of steps)
      for (const basis of step.basis) {
        const words = showCitation(basis);
        const known = this.list.indexOf(words);
        numbers.add(known >= 0 ? known + 1 : this.list.push(words));
      }
    return [...numbers]
      .map((n) => `<sup><a href="#basis-${n}" aria-label="依据${n}">[${n}]</a></sup>`)
      .join("");
  }
}

interface MarkRow {
  readonly name: string;
  readonly points: string | null;
  readonly printed: string | null;
  readonly mark: string;
  readonly steps: readonly Step[];
  readonly link: string | null;
}

function stepsOf(score: Score): readonly Step[] {
  return score.kind === "notApplicable" ? [] : score.steps;
}

function markRows(entry: SiteEntry, from: number, to: number): MarkRow[] {
  const { form, score } = entry;
  const rows: MarkRow[] = [];
  if (from === 0)
    for (const { fund, score: mark } of score.executionRows) {
      const row = form.funds[fund];
      rows.push({
        name: `预算执行（${row?.label ?? ""}）`,
        points: row?.points ?? null,
        printed: row?.score ?? null,
        mark: scoreWords(mark),
        steps: stepsOf(mark),
        link: placeId("form", `funds[${fund}].score`),
      });
    }
  for (let index = from; index < to; index++) {
    const row = form.indicators[index];
    const mark = score.indicators[index];
    if (!row || !mark) continue;
    rows.push({
      name: row.name ?? "未填三级指标",
      points: row.points,
      printed: row.score,
      mark: scoreWords(mark),
      steps: stepsOf(mark),
      link: placeId("form", `indicators[${index - from}].${row.score === null ? "actual" : "score"}`),
    });
  }
  return rows;
}

function totals(entry: SiteEntry, references: References): string {
  const { form, policy, score, entered } = entry;
  const item = (name: string, printed: string | null, mark: string, at: "totalScore" | "grade"): string => {
    const steps = explainScore(form, policy, at, { score, entered })?.steps ?? [];
    const list = steps.map((step) => `<li>${escapeHtml(step.says)}${references.of([step])}</li>`).join("");
    return `<h3>${name}</h3><p>表上填报：${orBlank(printed)}；${escapeHtml(mark)}</p>${list ? `<details><summary>${name}的计算过程</summary><ol>${list}</ol></details>` : ""}`;
  };
  const again = entered.totalScore ? `${showDecimal(entered.totalScore)}分` : "不能计算";
  const grades = score.possibleGrades.length > 0 ? score.possibleGrades.join("或") : "不评等级";
  return `${item("总分", form.totalScore, `按表上各行得分加总：${again}；按政策包：${totalWords(score.total)}。`, "totalScore")}
${item("等级", form.grade, `按加总的总分：${entered.grade ?? "不评等级"}；按政策包：${grades}。`, "grade")}`;
}

/** One part of the page of a form: a form of many rows takes several. */
export interface FormPart {
  /** Path from the root of the site. */
  readonly path: string;
  readonly title: string;
  readonly body: string;
}

/** The page of a form: official layout, how the marks came about, the same project in other years, downloads. */
export function formParts(
  entry: SiteEntry,
  others: readonly SiteEntry[],
  downloads: readonly { readonly words: string; readonly path: string }[],
): FormPart[] {
  const { form: shown, leftOut, masked } = publicForm(entry.form);
  const plan = layoutFor(shown.template);
  const count = Math.max(1, Math.ceil(shown.indicators.length / ROWS_PER_PART));
  const pathOf = (part: number): string => `forms/${entry.id}${part === 0 ? "" : `-part${part + 1}`}.html`;
  const heading = `${entry.name}${shown.year === null ? "" : `（${shown.year}年度）`}`;
  return Array.from({ length: count }, (_, part): FormPart => {
    const from = part * ROWS_PER_PART;
    const to = Math.min(from + ROWS_PER_PART, shown.indicators.length);
    const references = new References();
    const rows = shown.indicators.slice(from, to);
    const model = layOut(count === 1 ? shown : { ...shown, indicators: rows }, plan);
    const parts =
      count === 1
        ? ""
        : `<p>本表共${shown.indicators.length}行指标，分${count}页显示，本页为第${from + 1}至${to}行。下载的文件是完整的一张表。</p><ul class="pages">${Array.from(
            { length: count },
            (__, each) =>
              each === part
                ? `<li aria-current="page">第${each + 1}页</li>`
                : `<li><a href="../${pathOf(each)}">第${each + 1}页</a></li>`,
          ).join("")}</ul>`;
    const columns: ListColumn<MarkRow>[] = [
      {
        title: "指标",
        names: true,
        html: ({ name, link }) => (link ? `<a href="#${link}">${escapeHtml(name)}</a>` : escapeHtml(name)),
      },
      { title: "分值", figure: true, html: ({ points }) => orBlank(points) },
      { title: "填报得分", figure: true, html: ({ printed }) => orBlank(printed) },
      { title: "按政策包", html: ({ mark }) => escapeHtml(mark) },
      {
        title: "怎么算的",
        html: ({ steps }) =>
          steps.map((step) => `${escapeHtml(step.says)}${references.of([step])}`).join("；") || "—",
      },
    ];
    const marks = listTable("marks", "各行得分", columns, markRows(entry, from, to));
    const sums = part === 0 ? totals(entry, references) : "";
    const basis = references.list
      .map((words, index) => `<li id="basis-${index + 1}">${escapeHtml(words)}</li>`)
      .join("");
    const links = downloads
      .map(({ words, path }) => `<li><a href="../${path}" download>${words}</a></li>`)
      .join("");
    const years = others
      .map(
        (other) =>
          `<li><a href="${other.id}.html">${other.form.year === null ? "未填年度" : `${other.form.year}年度`}${other.form.totalScore === null ? "" : `：${escapeHtml(other.form.totalScore)}分`}${other.form.grade === null ? "" : `（${escapeHtml(other.form.grade)}）`}</a></li>`,
      )
      .join("");
    const body = `<h1>${escapeHtml(heading)}</h1>
<p>${escapeHtml(entry.department)}${shown.unit && shown.unit !== entry.department ? `　${escapeHtml(shown.unit)}` : ""}</p>
${parts}<ul class="downloads" aria-label="下载">${links}</ul>
<div class="sheet">${formFragment(model, { idPrefix: "form", headingLevel: 2 })}</div>
${omissions(shown, leftOut, masked)}<h2 id="how">得分是怎么来的</h2>
<p>按政策包“${escapeHtml(entry.policy.title)}”（${escapeHtml(entry.policy.id)} ${escapeHtml(entry.policy.version)}）逐行重算；须由人判断的只给出范围。表上填报的数不作改动。</p>
${sums}
${marks}
${basis ? `<h3>依据</h3><ol class="basis">${basis}</ol>` : ""}
${years ? `<h2 id="years">这个项目的其他年度</h2><ul class="plain">${years}</ul>` : ""}`;
    return { path: pathOf(part), title: part === 0 ? heading : `${heading}第${part + 1}页`, body };
  });
}
