import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { indexOf } from "./batch-index.ts";
import { projectIdentity } from "./kinship.ts";

type Figures = { project: string; times: string; unit: string; forms: string };

/** One unit handed in two forms of one name for one year. */
export const projectNameTwice: Rule = batchRule<Figures>({
  id: "project-name-twice",
  code: "AR-12",
  title: "同一单位项目名称重复",
  explains:
    "同一单位、同一年度的两张表项目名称相同：重复报送，或两个项目用了同一个名称。名称里写明期次、批次、编号、年度或地点而不同的，是不同的项目；不同单位的同名项目不算。",
  kind: "auto",
  basis: [cite("checkers", "重复项目")],
  force: "should",
  needs: [],
  check: (batch) => {
    if (batch.forms.length < 2) return notApplicable("只有一张表");
    const { bodies } = indexOf(batch);
    const groups = new Map<string, number[]>();
    batch.forms.forEach(({ form }, index) => {
      const name = projectIdentity(form.project);
      if (name === "") return;
      const key = `${form.kind}|${bodies[index]}|${name}`;
      const group = groups.get(key);
      if (group) group.push(index);
      else groups.set(key, [index]);
    });
    const found: Found<Figures, BatchPlace>[] = [];
    for (const group of groups.values()) {
      const form = batch.forms[group[0] ?? 0]?.form;
      if (group.length < 2 || !form) continue;
      found.push({
        at: group.map((index) => ({ form: index, at: "project" })),
        figures: {
          project: form.project?.trim() ?? "",
          times: String(group.length),
          unit: form.unit?.trim() ?? form.department?.trim() ?? "同一单位",
          forms: group.map((index) => `第${index + 1}张`).join("、"),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ project, times, unit, forms }) =>
    `${unit}的“${project}”有${times}张自评表（${forms}），项目名称重复。`,
  remedy: ({ project }) => `重复报送的“${project}”只留一张；确为不同项目的，在名称里区分。`,
  examples: {
    fails: [{ says: "交了两遍", given: [exampleForm(), exampleForm()] }],
    passes: [
      {
        says: "两个单位的同名项目，同一项目的两个年度",
        given: [exampleForm(), exampleForm({ unit: "白石镇水务站" }), exampleForm({ year: 2023 })],
      },
      {
        says: "同一工程的两期",
        given: [exampleForm(), exampleForm({ project: "农村供水管网管护（二期）" })],
      },
    ],
  },
});
