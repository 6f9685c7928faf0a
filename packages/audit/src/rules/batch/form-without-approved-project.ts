import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, type Found, outcomeOf, type Rule } from "../../rule.ts";
import { bareBody } from "./kinship.ts";

type Figures = { project: string };

/** A form whose project is not in the approved list. */
export const formWithoutApprovedProject: Rule = batchRule<Figures>({
  id: "form-without-approved-project",
  code: "AR-10",
  title: "自评的项目没有批复的绩效目标",
  explains: "本批自评表的项目不在批复项目清单里，没有随预算批复的绩效目标。需要提供清单。",
  kind: "auto",
  basis: [cite("reviewers", "未批目标")],
  force: "should",
  needs: ["projectList"],
  check: ({ forms, projectList }) => {
    const approved = new Set((projectList ?? []).map(bareBody));
    const found: Found<Figures, BatchPlace>[] = [];
    forms.forEach(({ form: { project } }, form) => {
      if (project !== null && bareBody(project) !== "" && !approved.has(bareBody(project)))
        found.push({ at: [{ form, at: "project" }], figures: { project: project.trim() } });
    });
    return outcomeOf(found);
  },
  message: ({ project }) => `“${project}”不在批复项目清单里。`,
  remedy: ({ project }) => `说明“${project}”绩效目标的批复依据；名称与批复不同的，改用批复的名称。`,
  examples: {
    fails: [{ says: "清单里没有这个项目", given: [exampleForm()], outside: { projectList: ["水源地巡护"] } }],
    passes: [{ says: "清单里有", given: [exampleForm()], outside: { projectList: ["农村供水管网管护"] } }],
  },
});
