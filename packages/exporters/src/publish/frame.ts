import { escapeHtml } from "../writers/escape-html.ts";

/** What every page of the site shares. */
export interface Frame {
  /** Name of the site. */
  readonly site: string;
  /** Title of this page, without the site's. */
  readonly title: string;
  /** How many folders the page lies below the root. */
  readonly depth: 0 | 1;
  /** Which entry of the navigation this page belongs to. */
  readonly under: "home" | "withheld" | "about" | "data" | null;
  /** Links above the heading, from the root to the page: [words, path from the root]. */
  readonly trail: readonly (readonly [string, string])[];
  readonly body: string;
  /** Whether the page searches. */
  readonly searches?: boolean;
}

/** No page takes anything from elsewhere, sends anything, or runs what a form says. */
const POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

const NAVIGATION = [
  ["home", "首页", "index.html"],
  ["withheld", "未公开的项目", "withheld.html"],
  ["data", "数据下载", "data.html"],
  ["about", "说明", "about.html"],
] as const;

/** A whole page. Links are relative, so that the site works from a folder, a disk or any address. */
export function pageOf({ site, title, depth, under, trail, body, searches }: Frame): string {
  const root = depth === 0 ? "" : "../";
  const navigation = NAVIGATION.map(
    ([id, words, path]) =>
      `<li><a href="${root}${path}"${id === under && (depth === 0 || trail.length === 0) ? ' aria-current="page"' : ""}>${words}</a></li>`,
  ).join("");
  const steps = trail
    .map(([words, path]) => `<li><a href="${root}${path}">${escapeHtml(words)}</a></li>`)
    .join("");
  const crumbs = trail.length > 0 ? `<nav class="trail" aria-label="当前位置"><ol>${steps}</ol></nav>\n` : "";
  const script = searches ? `<script src="${root}assets/site.js" defer></script>` : "";
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(title === site ? site : `${title} — ${site}`)}</title><link rel="stylesheet" href="${root}assets/style.css">${script}</head>
<body><a class="skip" href="#main">跳到正文</a>
<header class="top"><p class="site"><a href="${root}index.html">${escapeHtml(site)}</a></p><nav aria-label="主导航"><ul>${navigation}</ul></nav></header>
<main id="main" tabindex="-1">
${crumbs}${body}
</main>
<footer><p>由绩衡从各单位填报的自评表生成。表上的数字照录，未作改动；重算结果另列。</p></footer>
</body></html>
`;
}

/** A column of a list: its heading and the HTML of each cell. */
export interface ListColumn<Row> {
  readonly title: string;
  readonly figure?: boolean;
  /** Marks the cell that names the row. */
  readonly names?: boolean;
  readonly html: (row: Row) => string;
}

/** A table of a list, in a region that scrolls by itself on narrow screens. */
export function listTable<Row>(
  id: string,
  caption: string,
  columns: readonly ListColumn<Row>[],
  rows: readonly Row[],
): string {
  const head = columns
    .map(({ title, figure }) => `<th scope="col"${figure ? ' class="n"' : ""}>${escapeHtml(title)}</th>`)
    .join("");
  const body = rows
    .map(
      (row) =>
        `<tr>${columns
          .map(({ figure, names, html }) =>
            names
              ? `<th scope="row">${html(row)}</th>`
              : `<td${figure ? ' class="n"' : ""}>${html(row)}</td>`,
          )
          .join("")}</tr>`,
    )
    .join("\n");
  return `<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0"><table class="list"><caption id="${id}">${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div>`;
}

/** What a list prints for a figure that the form does not state. */
export const BLANK = '<span class="blank">未填</span>';

/** A figure as a list prints it, or that it is not filled in. */
export function orBlank(text: string | null | undefined): string {
  return text === null || text === undefined || text === "" ? BLANK : escapeHtml(text);
}
