import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { formTitle } from "./batch-index.ts";
import { isCopiedResult, sharedPassages } from "./shared-passages.ts";

type Figures = { forms: string; words: string; length: string; percent: string };

const SHOWN = 40;

/** The result text of one unit stands in another unit's form. */
export const copiedFromOtherUnit: Rule = batchRule<Figures>({
  id: "copied-from-other-unit",
  code: "AR-89",
  title: "完成情况照抄其他单位",
  explains:
    "不同单位的实际完成情况有一半以上的文字相同。目标由上级统一下达，不查；文件名称、政策用语和单位名称不算；同一类工作的通用写法（没有数字、不是整篇相同的）不算；汇总表与它的来源表不比。",
  kind: "auto",
  basis: [cite("reviewers", "文字雷同")],
  force: "should",
  needs: [],
  check: (batch) => {
    if (batch.forms.length < 2) return notApplicable("只有一张表");
    const found: Found<Figures, BatchPlace>[] = [];
    for (const passage of sharedPassages(batch)) {
      if (!isCopiedResult(batch, passage)) continue;
      const { words, places, percent } = passage;
      const results = places.filter(({ at }) => /achieved$/.test(at));
      const forms = [...new Set(results.map(({ form }) => form))];
      if (forms.length < 2) continue;
      found.push({
        at: results,
        figures: {
          forms: forms
            .slice(0, 4)
            .map((form) => formTitle(batch, form))
            .join("、"),
          words: words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words,
          length: String(words.length),
          percent: String(percent),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ forms, words, length, percent }) =>
    `${forms}分属不同单位，实际完成情况有${length}个字相同，占较短一篇的${percent}%：“${words}”。`,
  remedy: () => "由各单位按自己的工作重写实际完成情况。",
  examples: {
    fails: [
      {
        says: "两个镇的成果一字不差",
        given: [
          exampleForm({
            unit: "青河镇人民政府",
            achieved: "全年疏通村级排水沟渠，组织村民义务清淤，汛期未发生内涝险情，群众出行条件得到改善。",
          }),
          exampleForm({
            unit: "白石镇人民政府",
            achieved: "全年疏通村级排水沟渠，组织村民义务清淤，汛期未发生内涝险情，群众出行条件得到改善。",
          }),
        ],
      },
    ],
    passes: [
      {
        says: "目标相同而成果各写各的",
        given: [
          exampleForm({ unit: "青河镇人民政府", achieved: "青河镇疏通沟渠9条，组织清淤4次。" }),
          exampleForm({ unit: "白石镇人民政府", achieved: "白石镇完成两座泵站检修，处理积水点7处。" }),
        ],
      },
    ],
  },
});
