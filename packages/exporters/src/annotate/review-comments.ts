import type { BatchFinding, Review } from "@jiheng/audit";
import { describePlace, type Finding, type Force, type Form, type Origin, type Place } from "@jiheng/domain";
import type { CellComment } from "./cell-comment.ts";

/** The forces of findings as every document of a review names them. */
export const FORCE_WORDS: Readonly<Record<Force, string>> = {
  must: "必须更正",
  should: "应当说明",
  hint: "可以改进",
};

const FORCE_ORDER: readonly Force[] = ["must", "should", "hint"];

/** Where a comment on a whole form goes: its title, else the cell of its project, else its first cell. */
function homeOf(form: Form): Origin[] {
  const known = ["title", "project", "unit"].flatMap((at) => form.origins[at]?.at ?? []);
  const cells = Object.values(form.origins).map(({ at }) => at);
  const first = cells.find((at) => "table" in at || "sheet" in at);
  return first ? [...known, first] : known;
}

function placesInWords(form: Form, at: readonly Place[]): string {
  const words = [...new Set(at.slice(0, 3).map((each) => describePlace(form, each)))];
  return words.join("、") + (at.length > 3 ? `等${at.length}处` : "");
}

function bodyOf(finding: Finding | BatchFinding): readonly string[] {
  return [finding.message, finding.remedy, `依据：${finding.basis.join("；")}`];
}

/**
 * The findings of a review as comments for the file the forms came from: those of a form at the first cell concerned, by
 * form and force; those across forms at every form concerned, naming the others.
 */
export function reviewComments(review: Review): readonly CellComment[] {
  const comments: CellComment[] = [];
  const across = new Map<number, BatchFinding[]>();
  for (const finding of review.batch.findings)
    for (const form of new Set(finding.at.map((each) => each.form))) {
      const known = across.get(form);
      if (known) known.push(finding);
      else across.set(form, [finding]);
    }
  for (const [index, { dossier, findings }] of review.forms.entries()) {
    const { form } = dossier;
    const otherwise = homeOf(form);
    const put = (finding: Finding | BatchFinding, at: Origin | null, where: string, beside: string): void => {
      comments.push({
        at,
        otherwise,
        lead: `【${FORCE_WORDS[finding.force]}】${where}（${finding.code}）`,
        lines: [...bodyOf(finding), ...(beside === "" ? [] : [beside])],
      });
    };
    const batch = across.get(index) ?? [];
    for (const force of FORCE_ORDER) {
      for (const finding of findings)
        if (finding.force === force)
          put(finding, finding.cells[0] ?? null, placesInWords(form, finding.at), "");
      for (const finding of batch) {
        if (finding.force !== force) continue;
        const here = finding.at.filter((each) => each.form === index).map((each) => each.at);
        const cell = finding.cells.find((each) => each.form === index)?.at ?? null;
        const others = [...new Set(finding.at.map((each) => each.form))].filter((each) => each !== index);
        const names = others
          .slice(0, 3)
          .map((each) => `第${each + 1}张${review.forms[each]?.dossier.form.project ?? ""}`);
        const beside =
          others.length === 0
            ? ""
            : `同时涉及：${names.join("、")}${others.length > 3 ? `等${others.length}张表` : ""}`;
        put(finding, cell, placesInWords(form, here), beside);
      }
    }
  }
  return comments;
}
