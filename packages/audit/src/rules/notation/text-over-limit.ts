import type { Form, Place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";

/** The cells a limit of the pack speaks of, by the heading the form prints. */
function cellsOf(form: Form, field: string): { at: Place; text: string }[] {
  if (/目标完成情况/.test(field)) {
    return storiesOf(form)
      .filter(({ side }) => side === "achieved")
      .map(({ at, text }) => ({ at, text }));
  }
  const cells: { at: Place; text: string }[] = [];
  if (/执行率/.test(field)) {
    form.funds.forEach((fund, index) => {
      if (fund.deviation !== null) cells.push({ at: `funds[${index}].deviation`, text: fund.deviation });
    });
  }
  form.fields.forEach(({ label, text }, index) => {
    if (text !== null && label.replace(/\s/g, "").includes(field))
      cells.push({ at: `fields[${index}]`, text });
  });
  return cells;
}

type Said = { field: string; length: string; limit: string };

/** AR-06: an explanation is longer than the form allows. */
export const textOverLimit = formRule<Said>({
  id: "text-over-limit",
  code: "AR-06",
  title: "说明文字超过字数限制",
  explains:
    "本地表式对说明文字规定了字数的（如目标完成情况100字、评价结论200字），按规定核对；空白不计。没有规定字数的地方不检查。",
  kind: "auto",
  basis: [cite("form-sichuan-2023", "字数")],
  force: "pack",
  needs: [],
  check({ form, policy }) {
    if (policy.textLimits.length === 0) return notApplicable("本地没有规定说明文字的字数");
    const found: Found<Said>[] = [];
    for (const { value } of policy.textLimits) {
      for (const { at, text } of cellsOf(form, value.field)) {
        const length = [...text.replace(/\s+/g, "")].length;
        if (length <= value.characters) continue;
        found.push({
          at: [at],
          figures: { field: value.field, length: String(length), limit: String(value.characters) },
        });
      }
    }
    return outcomeOf(found);
  },
  message: ({ field, length, limit }) => `“${field}”共${length}字，限${limit}字以内。`,
  remedy: ({ field, limit }) => `把“${field}”压缩到${limit}字以内，保留结果和数字。`,
  examples: {
    fails: [
      {
        says: "四川表式，评价结论超过200字",
        given: exampleForm({
          template: "sichuan-510000-0013zp",
          jurisdiction: "四川省",
          fields: [{ label: "评价结论", text: "云溪区供水站完成了全年管道维护任务。".repeat(14) }],
        }),
      },
    ],
    passes: [
      {
        says: "四川表式，字数之内",
        given: exampleForm({
          jurisdiction: "四川省",
          fields: [{ label: "评价结论", text: "完成全年管道维护任务，总体达到预期。" }],
        }),
      },
      {
        says: "没有字数规定的地方",
        given: exampleForm({ fields: [{ label: "评价结论", text: "完成了全年任务。".repeat(60) }] }),
      },
    ],
  },
});
