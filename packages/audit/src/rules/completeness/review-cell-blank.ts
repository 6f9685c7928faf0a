import {
  compare,
  type Form,
  type Place,
  parseDecimal,
  parseRowFieldLabel,
  place,
  rowFieldLabels,
  showDecimal,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { marksOf } from "../../facts/marks.ts";
import { isTraced } from "../../facts/printed-cells.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; self: string; reviewed: string; all: string };

/** What the column of reasons for a reviewer's mark is called. */
const REASON = /^(?:复核说明|复核意见|扣分(?:原因|理由|说明)|复核扣分(?:原因|理由|说明))$/;
const SHOWN = 20;

/** Where the reasons of the reviewer stand, by the index of the row; null where the form has no column for them. */
function reasonsOf(
  form: Form,
): ReadonlyMap<number, { readonly at: Place | null; readonly text: string }> | null {
  const heading =
    form.fields
      .map(({ label }) => parseRowFieldLabel(label)?.heading ?? "")
      .find((each) => REASON.test(each)) ?? (isTraced(form) ? null : "复核说明");
  if (heading === null) return null;
  const labels = rowFieldLabels(
    heading,
    form.indicators.map(({ name }) => name),
  );
  return new Map(
    labels.map((label, index) => {
      const field = form.fields.findIndex((each) => each.label === label);
      return [
        index,
        { at: field < 0 ? null : `fields[${field}]`, text: form.fields[field]?.text?.trim() ?? "" },
      ];
    }),
  );
}

/** A review sheet that does not mark a row, or takes points without saying why. */
export const reviewCellBlank: Rule = formRule<Figures>({
  id: "review-cell-blank",
  code: "AR-04",
  title: "复核得分没有填，或扣分没有说明",
  explains:
    "复核表每行计分的指标都应有复核得分；复核得分低于自评得分的，应在这一行写明复核说明。表上没有说明一列的，不要求说明。一行也没有填的合并为一条。",
  kind: "auto",
  basis: [cite("form", "必填栏")],
  force: "must",
  needs: ["indicators"],
  check: (dossier) => {
    const { form } = dossier;
    if (form.kind !== "review") return notApplicable("不是复核表");
    const rows = marksOf(dossier).rows.filter(({ points, score }) => points !== null || score !== null);
    const found: Found<Figures>[] = [];
    const blank = rows.filter(({ row }) => parseDecimal(row.reviewScore) === null);
    if (blank.length > 0 && blank.length === rows.length)
      found.push({
        at: blank.slice(0, SHOWN).map(({ index }) => place.indicator(index, "reviewScore")),
        figures: { row: "", self: "", reviewed: "", all: String(rows.length) },
      });
    else
      for (const { index, name } of blank)
        found.push({
          at: [place.indicator(index, "reviewScore")],
          figures: { row: name || `第${index + 1}行`, self: "", reviewed: "", all: "" },
        });
    const reasons = reasonsOf(form);
    for (const { index, name, row, score } of reasons === null ? [] : rows) {
      const reviewed = parseDecimal(row.reviewScore);
      const reason = reasons?.get(index);
      if (!reviewed || !score || compare(reviewed, score) >= 0 || reason?.text) continue;
      found.push({
        at: [place.indicator(index, "reviewScore"), ...(reason?.at ? [reason.at] : [])],
        figures: {
          row: name || `第${index + 1}行`,
          self: showDecimal(score),
          reviewed: showDecimal(reviewed),
          all: "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, self, reviewed, all }) =>
    all
      ? `${all}行指标都没有填复核得分。`
      : self
        ? `「${row}」自评${self}分，复核${reviewed}分，没有写明为什么扣分。`
        : `「${row}」没有填复核得分。`,
  remedy: ({ row, self, all }) =>
    all
      ? "逐行填写复核得分；与自评一致的也要填。"
      : self
        ? `在「${row}」的复核说明中写明扣分的事实和依据。`
        : `填写「${row}」的复核得分；与自评一致的也要填。`,
  examples: {
    fails: [
      { says: "一行也没有填复核得分", given: exampleForm({ kind: "review", template: "review" }) },
      {
        says: "扣了分没有写说明",
        given: exampleForm({
          kind: "review",
          template: "review",
          patch: Object.fromEntries(
            ["10", "12", "15", "10", "15", "15", "10"].map((reviewScore, index) => [index, { reviewScore }]),
          ),
        }),
      },
    ],
    passes: [
      {
        says: "都填了，扣分写了说明",
        given: exampleForm({
          kind: "review",
          template: "review",
          patch: Object.fromEntries(
            ["10", "12", "15", "10", "15", "15", "10"].map((reviewScore, index) => [index, { reviewScore }]),
          ),
          fields: [{ label: "复核说明：维护供水管道长度", text: "现场核对台账为101公里，按比例扣分" }],
        }),
      },
      { says: "不是复核表", given: exampleForm() },
    ],
  },
});
