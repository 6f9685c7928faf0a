import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { normaliseText } from "../../text/index.ts";

const NO_COMPLAINT =
  /(?:无|零|没有|未(?:发生|收到|接到))(?:有效|重大|群众|服务)?(?:投诉|信访|举报)|0(?:起|件|次)?投诉/;

type Said = { row: string; said: string };

/** AR-86: a satisfaction row that rests on the absence of complaints; surveys themselves are for a person to see. */
export const satisfactionWithoutSurvey = formRule<Said>({
  id: "satisfaction-without-survey",
  code: "AR-86",
  title: "满意度没有调查依据",
  explains:
    "满意度行的指标值、完成值或佐证只说没有投诉的，指出：没有投诉不等于做过调查；另附佐证清单而满意度行没有材料的，也指出。其余满意度是否做过调查、样本是否足够，需要人工查看问卷，本项不判断。",
  kind: "auto",
  basis: [cite("reviewers", "满意度调查"), cite("checkers", "满意度调查")],
  force: "should",
  needs: ["indicators"],
  check({ facts, context }) {
    const rows = facts.rows.filter(({ name }) => /满意/.test(name));
    if (rows.length === 0) return notApplicable("没有满意度指标");
    const found: Found<Said>[] = [];
    const attached = context.evidence
      ? new Set(context.evidence.map((at) => /^indicators\[\d+\]/.exec(at)?.[0]))
      : null;
    for (const { row, index } of rows) {
      if (attached && !attached.has(place.indicator(index)) && !row.evidence) {
        found.push({
          at: [place.indicator(index)],
          figures: { row: row.name ?? "", said: "没有附调查材料" },
        });
        continue;
      }
      const cells = [row.target.text, row.actual.text, row.evidence].filter((text) => text !== null);
      const said = cells.find((text) => NO_COMPLAINT.test(normaliseText(text)));
      if (
        said === undefined ||
        cells.some((text) => /问卷|调查|回访|测评|[0-9０-９]+(?:\.[0-9]+)?\s*[%％]/.test(text))
      )
        continue;
      found.push({ at: [place.indicator(index)], figures: { row: row.name ?? "", said } });
    }
    return found.length > 0
      ? outcomeOf(found)
      : { kind: "notChecked", why: "满意度的问卷、样本量和回收情况需要人工查看" };
  },
  message: ({ row, said }) =>
    said === "没有附调查材料"
      ? `「${row}」没有附问卷、回访等调查材料。`
      : `「${row}」以“${said}”为依据，没有投诉不等于做过满意度调查。`,
  remedy: ({ row }) => `为「${row}」开展问卷或回访，写明样本量和结果；投诉情况可另设指标。`,
  examples: {
    fails: [
      {
        says: "以无投诉代替满意度",
        given: exampleForm({
          rows: withRows({ 6: ["服务对象满意度指标", "用水户满意度", "无投诉", "达成指标", "10", "10"] }),
        }),
      },
    ],
    passes: [
      { says: "有百分比的满意度，问卷由人查看", given: exampleForm() },
      {
        says: "投诉另设指标",
        given: exampleForm({
          rows: withRows({ 5: ["社会效益指标", "供水投诉情况", "零投诉", "0", "15", "15"] }),
        }),
      },
    ],
  },
});
