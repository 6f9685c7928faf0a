import type { FormLine } from "@jiheng/rollup";
import { chartSvg } from "../charts/index.ts";
import type { ChartModel } from "../document.ts";
import { gridOf } from "../model.ts";
import { escapeHtml } from "../writers/escape-html.ts";
import type { SiteEntry, Withheld } from "./entry.ts";
import { figuresOf, sumWords } from "./figures.ts";
import { BLANK, type ListColumn, listTable, orBlank } from "./frame.ts";

/** Rows of one page of a list: some 600 bytes each. */
const ROWS_PER_PAGE = 150;

/** A published form and the figures a list shows of it. */
export interface ListedForm {
  readonly entry: SiteEntry;
  readonly line: FormLine;
}

/** Every entry with its figures, in the order given. */
export function listed(entries: readonly SiteEntry[]): ListedForm[] {
  const { lines } = figuresOf(entries);
  const byIndex = new Map(lines.map((line) => [line.form.index, line]));
  return entries.flatMap((entry, index) => {
    const line = byIndex.get(index);
    return line ? [{ entry, line }] : [];
  });
}

/** The printed total, with the recomputed one beside it where they differ. */
function totalHtml({ line }: ListedForm): string {
  const printed = orBlank(line.score?.text);
  const again = line.recomputedScore?.text;
  const differs = line.score && again !== undefined && again !== line.score.text;
  return differs ? `${printed} <span class="differs">重算 ${escapeHtml(again)}</span>` : printed;
}

/** What a list prints where figures are there and no rate can be made of them: a budget of 0. */
const CANNOT = "不能计算";

function rateHtml(rate: string | undefined, budget: unknown, spent: unknown): string {
  if (rate === undefined && budget && spent) return CANNOT;
  return orBlank(rate);
}

/** The list of forms: the same columns wherever forms are listed. */
export function formList(
  id: string,
  caption: string,
  forms: readonly ListedForm[],
  root: string,
  showYear: boolean,
): string {
  const columns: ListColumn<ListedForm>[] = [
    {
      title: "项目",
      names: true,
      html: ({ entry }) => `<a href="${root}forms/${entry.id}.html">${escapeHtml(entry.name)}</a>`,
    },
    ...(showYear
      ? [{ title: "年度", html: ({ entry }: ListedForm) => orBlank(entry.form.year?.toString()) }]
      : []),
    { title: "单位", html: ({ entry }) => orBlank(entry.form.unit) },
    { title: "全年预算数（万元）", figure: true, html: ({ line }) => orBlank(line.adjustedBudget?.text) },
    { title: "全年执行数（万元）", figure: true, html: ({ line }) => orBlank(line.expenditure?.text) },
    {
      title: "执行率（%）",
      figure: true,
      html: ({ line }) => rateHtml(line.rate?.text, line.adjustedBudget, line.expenditure),
    },
    { title: "自评总分", figure: true, html: totalHtml },
    { title: "等级", html: ({ line }) => orBlank(line.grade?.text) },
  ];
  return listTable(id, caption, columns, forms);
}

/** The list of withheld projects; nothing but name, body, year and reason is known of them here. */
export function withheldList(id: string, caption: string, withheld: readonly Withheld[]): string {
  return listTable<Withheld>(
    id,
    caption,
    [
      { title: "项目", names: true, html: ({ project }) => escapeHtml(project) },
      { title: "年度", html: ({ year }) => orBlank(year?.toString()) },
      { title: "主管部门", html: ({ department }) => orBlank(department) },
      { title: "不公开的理由", html: ({ reason }) => escapeHtml(reason) },
    ],
    withheld,
  );
}

/** One group of forms of a list of groups. */
export interface Group {
  readonly name: string;
  /** Path from the root of the site. */
  readonly path: string;
  readonly entries: readonly SiteEntry[];
}

/** Groups side by side: how many forms, what money, which grades. Rates are of sums, never means of rates. */
export function groupList(
  id: string,
  caption: string,
  what: string,
  groups: readonly Group[],
  root: string,
): string {
  const rows = groups.map((group) => ({ group, figures: figuresOf(group.entries) }));
  type Row = (typeof rows)[number];
  const grades = ({ figures: { scores } }: Row): string => {
    const counted = scores.grades
      .filter(({ printed }) => printed.text !== "0")
      .map(({ name, printed }) => `${escapeHtml(name.text)} ${printed.text}`);
    if (counted.length === 0) return BLANK;
    return [...counted, ...(scores.ungraded.text === "0" ? [] : [`未填 ${scores.ungraded.text}`])].join("，");
  };
  return listTable<Row>(
    id,
    caption,
    [
      {
        title: what,
        names: true,
        html: ({ group }) => `<a href="${root}${group.path}">${escapeHtml(group.name)}</a>`,
      },
      { title: "自评表（张）", figure: true, html: ({ group }) => String(group.entries.length) },
      {
        title: "全年预算数（万元）",
        figure: true,
        html: ({ figures }) => orBlank(sumWords(figures.execution.adjustedBudget)),
      },
      {
        title: "全年执行数（万元）",
        figure: true,
        html: ({ figures }) => orBlank(sumWords(figures.execution.expenditure)),
      },
      {
        title: "执行率（%）",
        figure: true,
        html: ({ figures: { execution } }) =>
          rateHtml(execution.rate?.text, execution.adjustedBudget.total, execution.expenditure.total),
      },
      { title: "自评等级（张）", html: grades },
    ],
    rows,
  );
}

/** Figures at a glance. */
export function glance(entries: readonly SiteEntry[], withheld: number): string {
  const { execution, scores } = figuresOf(entries);
  const pair = (name: string, value: string | null): string =>
    `<div><dt>${name}</dt><dd>${value === null ? BLANK : escapeHtml(value)}</dd></div>`;
  return `<dl class="figures">${[
    pair("已公开的自评表（张）", String(entries.length)),
    ...(withheld > 0 ? [pair("未公开（项）", String(withheld))] : []),
    pair("全年预算数（万元）", sumWords(execution.adjustedBudget)),
    pair("全年执行数（万元）", sumWords(execution.expenditure)),
    pair(
      "执行率（%）",
      execution.rate?.text ?? (execution.adjustedBudget.total && execution.expenditure.total ? CANNOT : null),
    ),
    pair("总分与重算不一致（张）", scores.totalsDiffer.text),
  ].join("")}</dl>`;
}

/** The figures of a chart as a list of its own, which carries its title. */
function figuresOfChart(id: string, chart: ChartModel, caption: string): string {
  const rows = gridOf(chart.table).map((positions) => positions.map(({ cell }) => cell.text));
  const [head = [], ...body] = rows;
  // The row of sums has no number: what names a row has words in every row.
  const naming = head.findIndex((_, index) => body.every((row) => (row[index] ?? "") !== ""));
  const columns = head.map(
    (title, index): ListColumn<readonly string[]> => ({
      title,
      html: (row) => escapeHtml(row[index] ?? ""),
      names: index === naming,
    }),
  );
  return listTable(id, caption, columns, body);
}

/** A chart with its description and its figures as a table below it. */
export function chartFigure(id: string, chart: ChartModel): string {
  return `<figure id="${id}"><figcaption>${escapeHtml(chart.title)}</figcaption><div class="paper">${chartSvg(chart)}</div>
<p class="soft">${escapeHtml(chart.description)}</p>
<details><summary>图中的数据</summary>${figuresOfChart(`${id}-data`, chart, `${chart.title}（数据）`)}</details></figure>`;
}

/** The figures of a chart that is not drawn, and why it is not. */
export function chartTable(id: string, chart: ChartModel, why: string): string {
  return `<div><p class="soft">${escapeHtml(why)}</p>${figuresOfChart(id, chart, chart.title)}</div>`;
}

/** What the lists of one page hold, cut so that no page grows too large. */
export function pagesOf<Row>(rows: readonly Row[]): (readonly Row[])[] {
  const pages: (readonly Row[])[] = [];
  for (let from = 0; from < Math.max(rows.length, 1); from += ROWS_PER_PAGE)
    pages.push(rows.slice(from, from + ROWS_PER_PAGE));
  return pages;
}
