import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { formRule, notApplicable, outcomeOf } from "../../rule.ts";

const MOST_NAMED = 5;
const BLANK = /^[\s\-—–/无。.]*$/;

type Said = { rows: string; count: string };

/** AR-85: rows with an actual but without evidence, where the form or the caller keeps evidence by row. */
export const actualWithoutEvidence = formRule<Said>({
  id: "actual-without-evidence",
  code: "AR-85",
  title: "完成值没有佐证材料",
  explains:
    "表上设有佐证材料列、或另附了佐证清单的，逐行核对有完成值的行是否有佐证；既没有该列也没有清单的，本项不检查。佐证是否真实、充分由人核对。",
  kind: "auto",
  basis: [cite("reviewers", "佐证")],
  force: "should",
  needs: ["indicators"],
  check({ facts, context }) {
    const listed = context.evidence
      ? new Set(context.evidence.map((at) => /^indicators\[\d+\]/.exec(at)?.[0] ?? at))
      : null;
    const column = facts.rows.some(({ row }) => row.evidence !== null && !BLANK.test(row.evidence));
    if (!listed && !column) return { kind: "notChecked", why: "没有提供佐证材料清单，表上也没有佐证材料列" };
    const reported = facts.rows.filter(({ row }) => row.actual.text !== null && !BLANK.test(row.actual.text));
    if (reported.length === 0) return notApplicable("没有填写完成值");
    const lacking = reported.filter(
      ({ row, index, name }) =>
        // Satisfaction rests on a survey: a check of its own.
        !(listed && /满意/.test(name)) &&
        !(row.evidence !== null && !BLANK.test(row.evidence)) &&
        !listed?.has(place.indicator(index)),
    );
    if (lacking.length === 0) return outcomeOf<Said>([]);
    const named = lacking
      .slice(0, MOST_NAMED)
      .map(({ row, index }) => `「${row.name ?? `第${index + 1}行`}」`);
    return outcomeOf<Said>([
      {
        at: lacking.map(({ index }) => place.indicator(index, "evidence")),
        figures: {
          rows: named.join("") + (lacking.length > MOST_NAMED ? `等${lacking.length}行` : ""),
          count: String(lacking.length),
        },
      },
    ]);
  },
  message: ({ rows, count }) => `${rows}填有完成值，共${count}行没有佐证材料。`,
  remedy: () => "补充各行完成值的佐证材料；复核时没有佐证的不予计分。",
  examples: {
    fails: [
      {
        says: "有佐证列，一行空白",
        given: exampleForm({
          patch: {
            0: { evidence: "支付凭证" },
            1: { evidence: "验收单" },
            2: { evidence: "验收报告" },
            3: { evidence: "报修台账" },
            4: { evidence: "用户名册" },
            6: { evidence: "回访问卷" },
          },
        }),
      },
    ],
    passes: [
      { says: "没有佐证列，不检查", given: exampleForm() },
      {
        says: "各行都有佐证",
        given: exampleForm({
          patch: Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((index) => [index, { evidence: "台账" }])),
        }),
      },
    ],
  },
});
