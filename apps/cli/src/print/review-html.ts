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
import type { Words } from "./words.ts";

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
  words: Words,
): string {
  return FORCES.flatMap(({ force }) =>
    findings
      .filter((finding) => finding.force === force)
      .map(
        (finding) =>
          `<tr><td class="${force}">${e(words.force[force])}</td><td class="k">${e(finding.code)}</td><td>${e(
            finding.message,
          )}<div class="where">${e(where(finding))}</div></td><td>${e(finding.remedy)}</td><td>${finding.basis
            .map(e)
            .join("<br>")}</td></tr>`,
      ),
  ).join("\n");
}

/** A table that scrolls by itself on a narrow screen, with its headings marked as such. */
function tableOf(caption: string, headings: readonly string[], rows: string): string {
  const head = headings.map((heading) => `<th scope="col">${e(heading)}</th>`).join("");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${e(caption)}"><table><caption class="made">${e(
    caption,
  )}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function findingTable(rows: string, caption: string, words: Words): string {
  if (rows === "") return `<p>${e(words.nothing)}</p>`;
  const { nature, code, problem, remedy } = words.columns;
  return tableOf(caption, [nature, code, problem, remedy, words.basis.replace(/[：:]\s*$/, "")], rows);
}

function listOf(heading: string, items: readonly string[]): string {
  return items.length > 0
    ? `<h3>${e(heading)}</h3><ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`
    : "";
}

function overviewOf({ review, words }: PrintedReview): string {
  const rows = review.forms.map((each, index) => {
    const { form, entered } = each.dossier;
    const number = (text: string | number): string => `<td class="n">${e(String(text))}</td>`;
    return `<tr>${number(index + 1)}<td><a href="#form-${index + 1}">${e(form.project ?? words.noProject)}</a></td>${number(
      form.totalScore ?? "—",
    )}${number(entered.totalScore ? formatDecimal(entered.totalScore, 2) : "—")}<td>${e(form.grade ?? "—")}</td><td>${e(
      entered.grade ?? "—",
    )}</td>${FORCES.map(({ force }) =>
      number(each.findings.filter((finding) => finding.force === force).length),
    ).join("")}${number(each.unclear.length)}</tr>`;
  });
  return tableOf(
    words.overview,
    [
      words.number,
      words.project,
      words.printedTotal,
      words.recomputedTotal,
      words.printedGrade,
      words.recomputedGrade,
      ...FORCES.map(({ force }) => words.force[force]),
      words.toJudge,
    ],
    rows.join("\n"),
  );
}

/** The review opinion as one HTML file without scripts, readable on paper, on a phone and by a screen reader. */
export function reviewHtml(printed: PrintedReview): string {
  const { review, files, words } = printed;
  const small = (text: string): string => ` <span class="where">${e(text)}</span>`;
  const forms = review.forms.map((each, index) => {
    const { form } = each.dossier;
    const title = formTitle(each, index, words);
    const rows = findingRows(each.findings, ({ at, cells }) => whereOf(form, at, cells, words), words);
    const doubts = each.unclear.map(
      ({ why, code, at }) => e(why) + small(`${code} ${whereOf(form, at, [], words)}`),
    );
    const notes = each.notes
      .filter((note) => note.level !== "normalised")
      .map((note) => e(note.says) + (note.at ? small(describeOrigin(note.at)) : ""));
    return `<section id="form-${index + 1}"><h2>${e(title)}</h2><p class="where">${e(files[index] ?? "")}</p><p>${e(
      totalsLine(each, words),
    )}</p>
${findingTable(rows, words.problemsOf(title), words)}
${listOf(words.toJudge, doubts)}
${listOf(words.guesses, notes)}
${each.errors.map((error) => `<p class="must">${e(words.broken(error.rule, error.what))}</p>`).join("")}</section>`;
  });
  const batchRows = findingRows(
    review.batch.findings,
    ({ at }) => at.map((each) => batchPlace(review, each, words)).join("、"),
    words,
  );
  const batchDoubts = review.batch.unclear.map(({ why, code }) => e(why) + small(code));
  const batch = `<section><h2>${e(words.across)}</h2>${findingTable(
    batchRows,
    words.problemsOf(words.across),
    words,
  )}${listOf(words.toJudge, batchDoubts)}</section>`;
  const unchecked = notCheckedOf(review, words).map((line) => `<li>${e(notCheckedText(line))}</li>`);
  return `<!doctype html>
<html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${e(words.opinion)}</title><style>${STYLE}</style></head><body><main>
<h1>${e(words.opinion)}</h1><p class="made">${e(printed.made)}</p>
${printed.unread.map(({ file, what }) => `<p class="must">${e(words.unread(file, what))}</p>`).join("")}
${overviewOf(printed)}
${forms.join("\n")}
${review.forms.length > 1 ? batch : ""}
<section><h2>${e(words.notChecked)}</h2><ul>${unchecked.join("")}</ul></section>
</main></body></html>
`;
}
