import type { BatchFinding } from "@jiheng/audit";
import { describeOrigin, type Finding, formatDecimal } from "@jiheng/domain";
import { escapeHtml as e } from "@jiheng/exporters";
import {
  batchPlace,
  FORCES,
  formTitle,
  notCheckedOf,
  notCheckedText,
  type PrintedReview,
  totalsLine,
  whereOf,
} from "./review-text.ts";

// One file, no script and nothing fetched: it can be mailed, archived and printed as it is.
const STYLE = `
:root{color-scheme:light dark;--line:#c9ced6;--soft:#f4f6f9;--must:#b42318;--should:#8a5a00;--hint:#175cd3}
@media (prefers-color-scheme:dark){:root{--line:#3b4350;--soft:#1c2129;--must:#ff8a7d;--should:#f0c05a;--hint:#84b6ff}}
body{font:16px/1.6 "Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;text-align:center}h2{font-size:1.2rem;margin-top:2.5rem;border-bottom:2px solid var(--line);padding-bottom:.3rem}
h3{font-size:1rem;margin:1.2rem 0 .4rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{border:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}
th{background:var(--soft)}td.must,td.should,td.hint,td.k{white-space:nowrap}td.n{text-align:right;font-variant-numeric:tabular-nums}.scroll{overflow-x:auto}
.made,.where{font-size:.85rem;opacity:.85}.must{color:var(--must)}.should{color:var(--should)}.hint{color:var(--hint)}
@media print{body{max-width:none;margin:0;font-size:11pt}h2{break-after:avoid}tr{break-inside:avoid}}
`;

function findingRows<T extends Finding | BatchFinding>(
  findings: readonly T[],
  where: (finding: T) => string,
): string {
  return FORCES.flatMap(({ force, title }) =>
    findings
      .filter((finding) => finding.force === force)
      .map(
        (finding) =>
          `<tr><td class="${force}">${title}</td><td class="k">${e(finding.code)}</td><td>${e(finding.message)}<div class="where">${e(
            where(finding),
          )}</div></td><td>${e(finding.remedy)}</td><td>${finding.basis.map(e).join("<br>")}</td></tr>`,
      ),
  ).join("\n");
}

function findingTable(rows: string, caption: string): string {
  if (rows === "") return "<p>未发现问题。</p>";
  return `<div class="scroll" tabindex="0" role="region" aria-label="${e(caption)}"><table><caption class="made">${e(
    caption,
  )}</caption><thead><tr><th scope="col">性质</th><th scope="col">编号</th><th scope="col">问题</th><th scope="col">处理</th><th scope="col">依据</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** The review opinion as one HTML file without scripts, readable on paper, on a phone and by a screen reader. */
export function reviewHtml(printed: PrintedReview): string {
  const { review, files } = printed;
  const overview = review.forms
    .map((each, index) => {
      const { form, entered } = each.dossier;
      const counts = FORCES.map(
        ({ force }) =>
          `<td class="n">${each.findings.filter((finding) => finding.force === force).length}</td>`,
      ).join("");
      return `<tr><td class="n">${index + 1}</td><td><a href="#form-${index + 1}">${e(form.project ?? "（未填）")}</a></td><td class="n">${e(
        form.totalScore ?? "—",
      )}</td><td class="n">${entered.totalScore ? formatDecimal(entered.totalScore, 2) : "—"}</td><td>${e(form.grade ?? "—")}</td><td>${e(
        entered.grade ?? "—",
      )}</td>${counts}<td class="n">${each.unclear.length}</td></tr>`;
    })
    .join("\n");
  const forms = review.forms
    .map((each, index) => {
      const title = formTitle(each, index);
      const doubts = each.unclear.map(
        (doubt) =>
          `<li>${e(doubt.why)} <span class="where">${e(doubt.code)} ${e(whereOf(each.dossier.form, doubt.at, []))}</span></li>`,
      );
      const notes = each.notes
        .filter((note) => note.level !== "normalised")
        .map(
          (note) =>
            `<li>${e(note.says)}${note.at ? ` <span class="where">${e(describeOrigin(note.at))}</span>` : ""}</li>`,
        );
      return `<section id="form-${index + 1}"><h2>${e(title)}</h2><p class="where">${e(files[index] ?? "")}</p><p>${e(totalsLine(each))}</p>
${findingTable(
  findingRows(each.findings, (finding) => whereOf(each.dossier.form, finding.at, finding.cells)),
  `${title}的问题`,
)}
${doubts.length > 0 ? `<h3>待人工判断</h3><ul>${doubts.join("")}</ul>` : ""}
${notes.length > 0 ? `<h3>读表时的推断和缺失</h3><ul>${notes.join("")}</ul>` : ""}
${each.errors.map((error) => `<p class="must">规则 ${e(error.rule)} 运行出错：${e(error.what)}</p>`).join("")}</section>`;
    })
    .join("\n");
  const batch =
    review.forms.length > 1
      ? `<section><h2>各表之间</h2>${findingTable(
          findingRows(review.batch.findings, (finding) =>
            finding.at.map((at) => batchPlace(review, at)).join("、"),
          ),
          "各表之间的问题",
        )}${
          review.batch.unclear.length > 0
            ? `<h3>待人工判断</h3><ul>${review.batch.unclear.map((doubt) => `<li>${e(doubt.why)} <span class="where">${e(doubt.code)}</span></li>`).join("")}</ul>`
            : ""
        }</section>`
      : "";
  const unchecked = `<ul>${notCheckedOf(review)
    .map((line) => `<li>${e(notCheckedText(line))}</li>`)
    .join("")}</ul>`;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>绩效自评表审核意见</title><style>${STYLE}</style></head><body><main>
<h1>绩效自评表审核意见</h1><p class="made">${e(printed.made)}</p>
${printed.unread.map(({ file, what }) => `<p class="must">未能读取：${e(file)}（${e(what)}）</p>`).join("")}
<div class="scroll" tabindex="0" role="region" aria-label="各表一览"><table><caption class="made">各表一览</caption><thead><tr><th scope="col">序号</th><th scope="col">项目</th><th scope="col">表列总分</th><th scope="col">重算总分</th><th scope="col">表列等级</th><th scope="col">重算等级</th>${FORCES.map(
    ({ title }) => `<th scope="col">${title}</th>`,
  ).join("")}<th scope="col">待人工判断</th></tr></thead><tbody>${overview}</tbody></table></div>
${forms}
${batch}
<section><h2>没有检查的事项（不等于通过）</h2>${unchecked}</section>
</main></body></html>
`;
}
