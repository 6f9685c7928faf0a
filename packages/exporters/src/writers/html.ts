import { type DocumentBlock, type DocumentModel, type TextBinding, titleLines } from "../document.ts";
import type { FormModel, TableModel } from "../model.ts";
import type { ChartDrawings } from "./chart-drawings.ts";
import { escapeHtml } from "./escape-html.ts";
import { htmlTable } from "./html-table.ts";
import { planForm, planTable, textArea } from "./page-plan.ts";

/** How a form stands in a page. */
export interface FormFragmentOptions {
  /** Begins every id of the fragment; different for every form of a page. */
  readonly idPrefix: string;
  /** Level of the heading that is the form's title. */
  readonly headingLevel: 1 | 2 | 3 | 4;
}

/** The rules a page needs for the forms, tables and prose in it. */
export const FORM_STYLE = [
  ".jh-form{margin:0 auto;max-width:62rem}",
  ".jh-form.jh-landscape{max-width:84rem}",
  '.jh-title{font-family:"FZXiaoBiaoSong-B05S","方正小标宋简体",SimSun,"Songti SC",serif;font-weight:normal;font-size:1.6rem;line-height:1.4;text-align:center;margin:.3rem 0}',
  ".jh-caption{text-align:center;margin:.2rem 0}",
  ".jh-number{text-align:left;margin:.2rem 0}",
  ".jh-foot{margin:.4rem 0;text-align:left}",
  ".jh-scroll{overflow-x:auto}",
  ".jh-table{border-collapse:collapse;width:100%;table-layout:fixed;background:#fff;color:#000}",
  ".jh-form .jh-table{min-width:42rem}",
  ".jh-table+.jh-table{margin-top:-1px}",
  ".jh-table th,.jh-table td{border:1px solid #000;padding:.25rem .35rem;font-weight:normal;line-height:1.4;overflow-wrap:anywhere;vertical-align:middle}",
  ".jh-table th,.jh-table .c{text-align:center;text-wrap:balance}",
  ".jh-table td,.jh-table .l{text-align:left}",
  ".jh-table .n{text-align:right;font-variant-numeric:tabular-nums}",
  ".jh-table .oa{border-top:0}.jh-table .ob{border-bottom:0}",
  ".jh-table .v{display:inline-block;writing-mode:vertical-rl;text-orientation:upright;letter-spacing:.1em}",
  ".jh-table :target{outline:3px solid #b00020;outline-offset:-3px}",
  "@media print{.jh-form,.jh-form.jh-landscape{max-width:none}.jh-form .jh-table{min-width:0}.jh-scroll{overflow:visible}.jh-table{font-size:10.5pt}.jh-table.d{font-size:9pt}.jh-table th,.jh-table td{padding:1pt 3pt;line-height:1.25}.jh-table tr{break-inside:avoid}.jh-table tr.long{break-inside:auto}.jh-table thead{display:table-header-group}.jh-title{font-size:18pt}.jh-landscape{page:landscape}}",
].join("\n");

const PAGE_STYLE = [
  'body{font-family:"仿宋_GB2312",FangSong,STFangsong,"Noto Serif SC",serif;color:#000;background:#fff;margin:1.5rem auto;padding:0 1rem;max-width:90rem;line-height:1.6}',
  ".jh-body{max-width:62rem;margin:0 auto}",
  '.jh-body h2,.jh-body h3,.jh-body h4{font-family:SimHei,"Heiti SC",sans-serif;font-weight:normal;margin:1.2rem 0 .4rem}',
  ".jh-body h3{font-family:KaiTi,STKaiti,serif}",
  ".jh-body h4{font-family:inherit;font-weight:bold}",
  ".jh-body p{margin:.3rem 0}",
  ".jh-body p.in{text-indent:2em}",
  ".jh-body p.c{text-align:center}.jh-body p.r{text-align:right}.jh-body p.s,.jh-body li.s{font-size:.875rem}",
  ".jh-body figure{margin:1rem 0}.jh-body figcaption{text-align:center;margin:.3rem 0}",
  ".jh-body svg{max-width:100%;height:auto;display:block;margin:0 auto}",
  "nav.jh-contents{max-width:62rem;margin:0 auto 2rem}",
  ".jh-body a[data-figure]{color:inherit;text-decoration:underline;text-decoration-style:dotted;text-underline-offset:.2em}",
  "nav.jh-contents a{color:#00458a}",
  "hr.jh-break{border:0;border-top:1px dashed #767676;margin:2.5rem 0}",
  ".jh-table{font-size:.9375rem}.jh-table.d{font-size:.875rem}",
  "@page{size:A4;margin:16mm 18mm}@page landscape{size:A4 landscape;margin:16mm 18mm}",
  "@media print{body{margin:0;padding:0;max-width:none}.jh-body{max-width:none}hr.jh-break{break-after:page;border:0;margin:0}nav.jh-contents{break-after:page}h2,h3,h4{break-after:avoid}}",
].join("\n");

/** The id of the cell that shows a place: `f1` and `indicators[3].score` give `f1-indicators-3-score`. */
export function placeId(idPrefix: string, place: string): string {
  return `${idPrefix}-${place.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/-$/, "")}`;
}

/**
 * One form as HTML to stand in a page: caption, table, foot. Every cell with a place has the id `placeId(idPrefix, place)`,
 * every figure names its headings. Wants FORM_STYLE in the page.
 */
export function formFragment(form: FormModel, options: FormFragmentOptions): string {
  const { idPrefix, headingLevel } = options;
  const prefix = escapeHtml(idPrefix);
  const caption = form.caption
    .map((line, index) => {
      if (index === form.titleLine)
        return `<h${headingLevel} class="jh-title" id="${prefix}-title">${escapeHtml(line)}</h${headingLevel}>`;
      return `<p class="${index < form.titleLine ? "jh-number" : "jh-caption"}">${escapeHtml(line)}</p>`;
    })
    .join("\n");
  const plan = planForm(form);
  const tables = plan.parts
    .map((part, index) =>
      htmlTable(part, {
        idPrefix: index === 0 ? idPrefix : `${idPrefix}-b`,
        placeId: (place) => placeId(idPrefix, place),
        labelledBy: `${prefix}-title`,
        dense: plan.points < 10,
        heights: plan.heights[index] ?? [],
      }),
    )
    .join("\n");
  const foot = form.foot.map((line) => `<p class="jh-foot">${escapeHtml(line)}</p>`).join("\n");
  return `<section class="jh-form${form.orientation === "landscape" ? " jh-landscape" : ""}">\n${caption}\n<div class="jh-scroll" role="group" aria-labelledby="${prefix}-title" tabindex="0">\n${tables}\n</div>\n${foot}</section>`;
}

function plainTable(
  table: TableModel,
  caption: string | null,
  idPrefix: string,
  model: DocumentModel,
  figureId: (figure: string) => string | null,
): string {
  const plan = planTable(table, textArea(model.orientation));
  return plan.parts
    .map((part, index) =>
      htmlTable(part, {
        idPrefix: `${idPrefix}-${index}`,
        placeId: figureId,
        labelledBy: null,
        caption: index === 0 ? caption : null,
        dense: plan.points < 10,
        heights: plan.heights[index] ?? [],
      }),
    )
    .join("\n");
}

interface Numbering {
  forms: number;
  tables: number;
  headings: number;
  /** Figures that the prose speaks of and a table shows: the first such cell is where the prose leads. */
  readonly shown: ReadonlySet<string>;
  readonly anchored: Set<string>;
}

function figureId(figure: string): string {
  return `n-${figure.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/-$/, "")}`;
}

function headingId(block: { readonly id?: string }, number: number): string {
  return block.id ?? `s${number}`;
}

function blockHtml(
  block: DocumentBlock,
  n: Numbering,
  model: DocumentModel,
  drawings: ChartDrawings,
): string {
  const anchor = (figure: string): string | null => {
    if (!n.shown.has(figure) || n.anchored.has(figure)) return null;
    n.anchored.add(figure);
    return figureId(figure);
  };
  switch (block.kind) {
    case "heading":
      n.headings += 1;
      return `<h${block.level + 1} id="${escapeHtml(headingId(block, n.headings))}">${escapeHtml(block.text)}</h${block.level + 1}>`;
    case "paragraph": {
      const classes = [
        block.align === "center" ? "c" : block.align === "right" ? "r" : "",
        block.indent ? "in" : "",
        block.small ? "s" : "",
      ].filter((each) => each !== "");
      const text = boundHtml(block.text, block.bindings ?? [], n.shown);
      return `<p${classes.length > 0 ? ` class="${classes.join(" ")}"` : ""}>${text}</p>`;
    }
    case "list": {
      const tag = block.ordered ? "ol" : "ul";
      return `<${tag}>${block.items.map((item) => `<li>${escapeHtml(item).replaceAll("\n", "<br>")}</li>`).join("")}</${tag}>`;
    }
    case "table":
      n.tables += 1;
      return `<div class="jh-scroll">${plainTable(block.table, block.caption, `t${n.tables}`, model, anchor)}</div>`;
    case "chart": {
      n.tables += 1;
      const { chart } = block;
      const picture = drawings.svg ? drawings.svg(chart) : `<p>${escapeHtml(chart.description)}</p>`;
      return `<figure>${picture}<figcaption>${escapeHtml(chart.title)}</figcaption></figure>\n<div class="jh-scroll">${plainTable(chart.table, `${chart.title}（数据）`, `t${n.tables}`, model, anchor)}</div>`;
    }
    case "form":
      n.forms += 1;
      return formFragment(block.form, { idPrefix: `f${n.forms}`, headingLevel: model.printTitle ? 2 : 1 });
    case "page-break":
      return '<hr class="jh-break">';
  }
}

/** Text in which every figure of the document is marked with its name, and leads to the table cell that shows it. */
function boundHtml(text: string, bindings: readonly TextBinding[], shown: ReadonlySet<string>): string {
  const plain = (piece: string): string => escapeHtml(piece).replaceAll("\n", "<br>");
  let html = "";
  let from = 0;
  for (const { start, end, figure } of bindings) {
    const tag = shown.has(figure) ? "a" : "span";
    const link = tag === "a" ? ` href="#${escapeHtml(figureId(figure))}"` : "";
    html += `${plain(text.slice(from, start))}<${tag}${link} data-figure="${escapeHtml(figure)}">${plain(text.slice(start, end))}</${tag}>`;
    from = end;
  }
  return html + plain(text.slice(from));
}

/** The figures that both the prose and the tables of a document show. */
function shownFigures(document: DocumentModel): ReadonlySet<string> {
  const spoken = new Set<string>();
  for (const block of document.blocks)
    if (block.kind === "paragraph") for (const { figure } of block.bindings ?? []) spoken.add(figure);
  const shown = new Set<string>();
  for (const block of document.blocks) {
    const table = block.kind === "table" ? block.table : block.kind === "chart" ? block.chart.table : null;
    for (const row of table?.rows ?? [])
      for (const { place } of row) if (place !== undefined && spoken.has(place)) shown.add(place);
  }
  return shown;
}

function contentsOf(model: DocumentModel): string {
  let forms = 0;
  let headings = 0;
  const items: string[] = [];
  for (const block of model.blocks) {
    if (block.kind === "heading") {
      headings += 1;
      if (block.level === 1)
        items.push(`<a href="#${escapeHtml(headingId(block, headings))}">${escapeHtml(block.text)}</a>`);
    } else if (block.kind === "form") {
      forms += 1;
      items.push(`<a href="#f${forms}-title">${escapeHtml(block.form.name)}</a>`);
    }
  }
  const list = items.map((item) => `<li>${item}</li>`).join("\n");
  return `<nav class="jh-contents" aria-labelledby="contents"><h2 class="jh-title" id="contents">目录</h2>\n<ol>\n${list}\n</ol></nav>`;
}

/** A document as one accessible HTML page without scripts; it prints on A4. Charts are drawn by `drawings.svg`. */
export function writeHtml(document: DocumentModel, drawings: ChartDrawings = {}): string {
  const numbering: Numbering = {
    forms: 0,
    tables: 0,
    headings: 0,
    shown: shownFigures(document),
    anchored: new Set(),
  };
  const bodies = document.blocks.map((block) => blockHtml(block, numbering, document, drawings));
  const title = document.printTitle
    ? `<header><h1 class="jh-title">${titleLines(document).map(escapeHtml).join("<br>")}</h1>\n${document.subtitle.map((line) => `<p class="jh-caption">${escapeHtml(line)}</p>`).join("\n")}</header>\n`
    : "";
  const contents = document.contents ? `${contentsOf(document)}\n` : "";
  return `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(document.title)}</title><style>\n${FORM_STYLE}\n${PAGE_STYLE}\n</style></head><body>\n<main class="jh-body">\n${title}${contents}${bodies.join("\n")}\n</main>\n</body></html>\n`;
}
