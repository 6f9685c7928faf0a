import { writeJson } from "../answers/present-reading.ts";
import { formsDocument, formsWorkbook } from "../document.ts";
import { layOut } from "../layouts/lay-out.ts";
import { layoutFor } from "../layouts/plans.ts";
import { budgetChart, executionChart, scoreChart } from "../report/report-charts.ts";
import { writeCsv } from "../writers/csv.ts";
import { writeDocx } from "../writers/docx.ts";
import { escapeHtml } from "../writers/escape-html.ts";
import { writeXlsx } from "../writers/xlsx.ts";
import { type DataPackage, dataPackage } from "./data-package.ts";
import {
  placeForms,
  type SiteEntry,
  type SiteFile,
  type SiteSource,
  settledName,
  type Withheld,
} from "./entry.ts";
import { figuresOf } from "./figures.ts";
import { formParts, publicForm } from "./form-page.ts";
import { type Frame, pageOf } from "./frame.ts";
import { FORM_KIND_TITLES } from "./kinds.ts";
import {
  chartFigure,
  chartTable,
  formList,
  type Group,
  glance,
  groupList,
  listed,
  pagesOf,
  withheldList,
} from "./lists.ts";
import { searchIndex } from "./search-index.ts";
import { SEARCH_SCRIPT } from "./search-script.ts";
import { SITE_STYLE } from "./style.ts";

const encoder = new TextEncoder();
/** Points of a scatter on one page; beyond, they hide one another and fill the page. */
const MOST_POINTS = 200;

const text = (path: string, content: string): SiteFile => ({ path, bytes: encoder.encode(content) });

function grouped(entries: readonly SiteEntry[], key: (entry: SiteEntry) => string): Map<string, SiteEntry[]> {
  const groups = new Map<string, SiteEntry[]>();
  for (const entry of entries) {
    const name = key(entry);
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return groups;
}

/** Newest year first, forms without a year last. */
function byYear(entries: readonly SiteEntry[]): [year: number | null, entries: readonly SiteEntry[]][] {
  const groups = grouped(entries, ({ form }) => String(form.year ?? ""));
  return [...groups]
    .map(([year, group]): [number | null, readonly SiteEntry[]] => [year === "" ? null : Number(year), group])
    .sort(([a], [b]) => (b ?? 0) - (a ?? 0));
}

const yearName = (year: number | null): string => (year === null ? "未填年度" : `${year}年度`);
const yearPath = (year: number | null): string => `years/${year ?? "undated"}.html`;

function charts(prefix: string, entries: readonly SiteEntry[]): string {
  const figures = figuresOf(entries);
  const drawn = [
    ...(figures.scores.printed.text === "0" ? [] : [scoreChart(figures)]),
    ...(figures.scatterPoints.text === "0" ? [] : [executionChart(figures)]),
    ...(figures.execution.adjustedBudget.total ? [budgetChart(figures)] : []),
  ];
  const shown = drawn.map(({ chart }, index) => {
    const id = `${prefix}-${index + 1}`;
    return chart.kind === "scatter" && Number(figures.scatterPoints.text) > MOST_POINTS
      ? chartTable(
          id,
          chart,
          `共${figures.scatterPoints.text}张表，点数太多，不画散点图；下面是两项交叉的表数。`,
        )
      : chartFigure(id, chart);
  });
  return `<div class="charts">${shown.join("\n")}</div>`;
}

function options(values: readonly string[]): string {
  return `<option value="">全部</option>${values.map((value) => `<option>${escapeHtml(value)}</option>`).join("")}`;
}

function searchBox(entries: readonly SiteEntry[]): string {
  const distinct = (of: (entry: SiteEntry) => string | null): string[] => [
    ...new Set(entries.flatMap((entry) => of(entry) ?? [])),
  ];
  const select = (id: string, words: string, values: readonly string[]): string =>
    `<div><label for="${id}">${words}</label><select id="${id}">${options(values)}</select></div>`;
  const years = distinct(({ form }) => form.year?.toString() ?? null)
    .sort()
    .reverse();
  return `<section class="search" id="search" hidden aria-label="检索">
<div class="fields"><div><label for="q">检索项目、部门、指标（汉字、拼音或拼音首字母）</label><input type="search" id="q" autocomplete="off" spellcheck="false"></div>
${select("year", "年度", years)}${select(
  "department",
  "主管部门",
  distinct(({ department }) => department),
)}${select(
  "grade",
  "自评等级",
  distinct(({ form }) => form.grade),
)}${select(
  "kind",
  "表的种类",
  distinct(({ form }) => FORM_KIND_TITLES.get(form.kind) ?? form.kind),
)}</div>
<p id="count" role="status"></p><ul id="results" aria-label="检索结果"></ul></section>
<noscript><p>检索需要脚本；不开启脚本可以按年度、按部门浏览，内容相同。</p></noscript>`;
}

/** A list that may take several pages: the first at `path`, the others numbered beside it. */
function* paged<Row>(
  frame: Omit<Frame, "body">,
  path: string,
  rows: readonly Row[],
  body: (rows: readonly Row[], page: number, pager: string) => string,
): Generator<SiteFile> {
  const pages = pagesOf(rows);
  const pathOf = (page: number): string =>
    page === 0 ? path : path.replace(/\.html$/, `-page${page + 1}.html`);
  const base = (page: number): string => pathOf(page).split("/").at(-1) ?? "";
  for (const [page, slice] of pages.entries()) {
    const links = pages.map((_, each) =>
      each === page
        ? `<li aria-current="page">第${each + 1}页</li>`
        : `<li><a href="${base(each)}">第${each + 1}页</a></li>`,
    );
    const pager =
      pages.length === 1 ? "" : `<nav aria-label="分页"><ul class="pages">${links.join("")}</ul></nav>`;
    const title = page === 0 ? frame.title : `${frame.title}第${page + 1}页`;
    yield text(pathOf(page), pageOf({ ...frame, title, body: body(slice, page, pager) }));
  }
}

function aboutPage({ versions }: SiteSource): string {
  return `<h1>说明</h1>
<h2>这些数从哪里来</h2>
<p>每张表都是单位填报的绩效自评表，按正式表样显示，表上的数字照录。没有填写的写“未填”，不当作零。</p>
<h2>重算</h2>
<p>总分按表上各行得分与预算执行得分重新相加，得数与表上不同的，列表中在表列总分旁写明。每一行得分另按该表适用的政策包重算，写出算式和依据；制度只给出范围、要由人判断的，只写范围。</p>
<h2>执行率</h2>
<p>几张表合起来的执行率，是全年执行数合计除以全年预算数合计，只计两项都填写的表；不取各表执行率的平均。</p>
<h2>网址</h2>
<p>同一个项目各年度的网址以同样的十二个字符开头，另加年度；以后再公布时不变。</p>
<h2>数据</h2>
<p>${'<a href="data.html">数据下载</a>'}提供全部公开数据的数据包，字段含义见其中的说明文件。</p>
<h2>生成这些页面的程序</h2>
<ul class="plain">${versions.map((version) => `<li>${escapeHtml(version)}</li>`).join("")}</ul>`;
}

function dataPage({ descriptor, tables }: DataPackage): string {
  const size = ({ bytes }: SiteFile): string => `${Math.ceil(bytes.length / 1024)} KB`;
  const rows = tables.map(
    ({ title, description, files }) =>
      `<tr><th scope="row">${escapeHtml(title)}</th><td>${escapeHtml(description)}</td>${files
        .map((file) => {
          const name = file.path.split("/").at(-1) ?? "";
          return `<td><a href="${file.path}" download>${escapeHtml(name)}</a>（${size(file)}）</td>`;
        })
        .join("")}</tr>`,
  );
  return `<h1>数据下载</h1>
<p>全部公开的自评表，整理成数据包（Frictionless Data Package）。每个文件、每个字段的含义、单位和取值见 <a href="${descriptor.path}" download>${descriptor.path}</a>（${size(descriptor)}）。空白表示表上没有填写，不是零。</p>
<div class="scroll" role="region" aria-labelledby="tables" tabindex="0"><table class="list"><caption id="tables">数据包里的表</caption><thead><tr><th scope="col">表</th><th scope="col">内容</th><th scope="col">CSV</th><th scope="col">JSON</th></tr></thead><tbody>
${rows.join("\n")}
</tbody></table></div>
<p>每张自评表另可在它自己的页面上下载 Word、Excel、CSV 和 JSON 文件。</p>`;
}

/**
 * The files of the public site, one after another: pages, style, script, search index, downloads and data package. Reading needs
 * neither a server nor JavaScript. The same source gives the same files; nothing of a withheld project but its line is written.
 */
export function* publishSite(source: SiteSource): Generator<SiteFile> {
  const entries = placeForms(source.forms);
  const site = source.title;
  const years = byYear(entries);
  const departments = [...grouped(entries, ({ departmentId }) => departmentId)].map(
    ([id, group]): Group & { readonly id: string } => ({
      id,
      name: group[0]?.department ?? "",
      path: `departments/${id}.html`,
      entries: group,
    }),
  );
  const projects = grouped(entries, ({ projectId }) => projectId);

  yield text("assets/style.css", SITE_STYLE);
  yield text("assets/site.js", SEARCH_SCRIPT);
  for (const [index, script] of searchIndex(entries, FORM_KIND_TITLES).entries())
    yield text(`assets/index-${index}.js`, script);

  const yearGroups = years.map(
    ([year, group]): Group => ({ name: yearName(year), path: yearPath(year), entries: group }),
  );
  const home = `<h1>${escapeHtml(site)}</h1>
${glance(entries, source.withheld.length)}
${searchBox(entries)}
<h2 id="years">按年度</h2>
${groupList("year-list", "各年度", "年度", yearGroups, "")}
<h2 id="departments">按部门</h2>
${groupList("department-list", "各主管部门", "主管部门", departments, "")}
<h2 id="charts">图表</h2>
${charts("chart", entries)}`;
  yield text(
    "index.html",
    pageOf({ site, title: site, depth: 0, under: "home", trail: [], body: home, searches: true }),
  );

  const top = ["首页", "index.html"] as const;
  for (const [year, group] of years) {
    const title = yearName(year);
    const within = departments
      .map((each) => ({ ...each, entries: each.entries.filter(({ form }) => form.year === year) }))
      .filter((each) => each.entries.length > 0);
    const withheld = source.withheld.filter((each) => each.year === year);
    yield* paged(
      { site, title, depth: 1, under: null, trail: [top] },
      yearPath(year),
      listed(group),
      (rows, page, pager) => `<h1>${title}绩效自评</h1>
${page === 0 ? glance(group, withheld.length) : ""}
${page === 0 ? groupList("department-list", "各主管部门", "主管部门", within, "../") : ""}
${formList("form-list", `${title}自评表（共${group.length}张）`, rows, "../", false)}
${pager}
${page === 0 && withheld.length > 0 ? `<h2>未公开的项目</h2>${withheldList("withheld-list", "未公开的项目", withheld)}` : ""}
${page === 0 ? `<h2>图表</h2>${charts("chart", group)}` : ""}`,
    );
  }

  for (const { name, path, entries: group } of departments) {
    const withheld = source.withheld.filter(
      ({ department }) => department !== null && settledName(department) === settledName(name),
    );
    const ordered = [...group].sort((a, b) => (b.form.year ?? 0) - (a.form.year ?? 0));
    yield* paged(
      { site, title: name, depth: 1, under: null, trail: [top] },
      path,
      listed(ordered),
      (rows, page, pager) => `<h1>${escapeHtml(name)}</h1>
${page === 0 ? glance(group, withheld.length) : ""}
${formList("form-list", `自评表（共${group.length}张）`, rows, "../", true)}
${pager}
${page === 0 && withheld.length > 0 ? `<h2>未公开的项目</h2>${withheldList("withheld-list", "未公开的项目", withheld)}` : ""}
${page === 0 ? `<h2>图表</h2>${charts("chart", group)}` : ""}`,
    );
  }

  for (const entry of entries) {
    const { form } = publicForm(entry.form);
    const model = layOut(form, layoutFor(form.template));
    const base = `forms/${entry.id}`;
    const engine = { name: "jiheng" as const, version: source.versions[0]?.replace(/^\S+\s/, "") ?? "" };
    const files = [
      {
        words: "Word（docx）",
        file: { path: `${base}.docx`, bytes: writeDocx(formsDocument([model], false)) },
      },
      {
        words: "Excel（xlsx）",
        file: { path: `${base}.xlsx`, bytes: writeXlsx(formsWorkbook([model], false)) },
      },
      { words: "CSV", file: text(`${base}.csv`, writeCsv([model])) },
      {
        words: "JSON",
        file: text(`${base}.json`, writeJson([form], { file: `${entry.id}.json`, sha256: null, engine })),
      },
    ];
    for (const { file } of files) yield file;
    const others = (projects.get(entry.projectId) ?? []).filter((other) => other !== entry);
    const downloads = files.map(({ words, file }) => ({ words, path: file.path }));
    const trail = [
      top,
      [yearName(entry.form.year), yearPath(entry.form.year)],
      [entry.department, `departments/${entry.departmentId}.html`],
    ] as const;
    for (const { path, title, body } of formParts(entry, others, downloads))
      yield text(path, pageOf({ site, title, depth: 1, under: null, trail, body }));
  }

  yield* paged<Withheld>(
    { site, title: "未公开的项目", depth: 0, under: "withheld", trail: [] },
    "withheld.html",
    source.withheld,
    (rows, _page, pager) =>
      `<h1>未公开的项目</h1>${
        rows.length === 0
          ? "<p>没有未公开的项目。</p>"
          : `<p>下列项目依照所列理由不公开，只列名称。</p>${withheldList("withheld-list", `未公开的项目（共${source.withheld.length}项）`, rows)}${pager}`
      }`,
  );
  yield text(
    "about.html",
    pageOf({ site, title: "说明", depth: 0, under: "about", trail: [], body: aboutPage(source) }),
  );
  const published = entries.map((entry) => ({ ...entry, form: publicForm(entry.form).form }));
  const data = dataPackage(published, source);
  yield data.descriptor;
  for (const { files } of data.tables) yield* files;
  yield text(
    "data.html",
    pageOf({ site, title: "数据下载", depth: 0, under: "data", trail: [], body: dataPage(data) }),
  );
}
