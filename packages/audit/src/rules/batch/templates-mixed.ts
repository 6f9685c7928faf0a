import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { indexOf } from "./batch-index.ts";

type Figures = { kinds: string; list: string };

/** Forms of one department, kind and year are printed in different templates. */
export const templatesMixed: Rule = batchRule<Figures>({
  id: "templates-mixed",
  code: "AR-177",
  title: "同一批表混用版式",
  explains:
    "同一部门、同一年度、同一种自评表用了两种以上版式，栏目名称、单位写法不一，不便汇总和公开。版式由读入时识别，识别不出的不计。",
  kind: "auto",
  basis: [cite("reading", "版式混用")],
  force: "hint",
  needs: [],
  check: (batch) => {
    if (batch.forms.length < 2) return notApplicable("只有一张表");
    const { departments } = indexOf(batch);
    const groups = new Map<string, Map<string, number[]>>();
    batch.forms.forEach(({ form }, index) => {
      if (form.template === "" || form.template === "unknown") return;
      const key = `${form.kind}|${departments[index]}`;
      let templates = groups.get(key);
      if (!templates) {
        templates = new Map();
        groups.set(key, templates);
      }
      const forms = templates.get(form.template);
      if (forms) forms.push(index);
      else templates.set(form.template, [index]);
    });
    const found: Found<Figures, BatchPlace>[] = [];
    for (const templates of groups.values()) {
      if (templates.size < 2) continue;
      const sorted = [...templates.values()].sort((a, b) => a.length - b.length);
      found.push({
        at: sorted.flat().map((form) => ({ form, at: "template" })),
        figures: {
          kinds: String(sorted.length),
          list: sorted
            .map((forms) => {
              const shown = forms.slice(0, 6).map((form) => `第${form + 1}张`);
              return shown.join("、") + (forms.length > 6 ? `等${forms.length}张` : "");
            })
            .join("；"),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ kinds, list }) => `同一部门的自评表用了${kinds}种版式：${list}。`,
  remedy: () => "统一使用财政部门下发的版式。",
  examples: {
    fails: [
      {
        says: "两种版式",
        given: [exampleForm(), exampleForm({ project: "水源地巡护", template: "shanghai-a" })],
      },
    ],
    passes: [
      { says: "一种版式", given: [exampleForm(), exampleForm({ project: "水源地巡护" })] },
      {
        says: "部门整体自评表本来就是另一种表",
        given: [
          exampleForm(),
          exampleForm({ project: null, kind: "department-self-evaluation", template: "department" }),
        ],
      },
    ],
  },
});
