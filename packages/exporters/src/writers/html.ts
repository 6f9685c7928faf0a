import type { FormModel, ModelCell } from "../model.ts";

/** Text made safe for HTML content and attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function writeCell(each: ModelCell): string {
  const tag = each.role === "label" ? "th" : "td";
  const spans = `${each.columnSpan > 1 ? ` colspan="${each.columnSpan}"` : ""}${each.rowSpan > 1 ? ` rowspan="${each.rowSpan}"` : ""}`;
  const number = each.role === "number" ? ' class="n"' : "";
  return `<${tag}${spans}${number}>${escapeHtml(each.text).replaceAll("\n", "<br>")}</${tag}>`;
}

const STYLE =
  "body{font-family:FangSong,STFangsong,serif;max-width:60rem;margin:2rem auto}h1{text-align:center;font-size:1.4rem}p{text-align:center}p.foot{text-align:left}table{border-collapse:collapse;width:100%}th,td{border:1px solid #000;padding:.3rem;font-weight:normal}td.n{text-align:right}";

/** Forms as one accessible HTML document without scripts. */
export function writeHtml(models: readonly FormModel[]): string {
  const bodies = models.map((model) => {
    const caption = model.caption
      .map((line, index) =>
        index === model.titleLine ? `<h1>${escapeHtml(line)}</h1>` : `<p>${escapeHtml(line)}</p>`,
      )
      .join("\n");
    const rows = model.rows.map((cells) => `<tr>${cells.map(writeCell).join("")}</tr>`).join("\n");
    const foot = model.foot.map((line) => `<p class="foot">${escapeHtml(line)}</p>`).join("\n");
    return `<section>\n${caption}\n<table>\n${rows}\n</table>\n${foot}</section>`;
  });
  const title = models[0]?.caption[models[0].titleLine] ?? "绩效自评表";
  return `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>\n${bodies.join("\n")}\n</body></html>\n`;
}
