import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, type Found, outcomeOf, type Rule } from "../../rule.ts";
import { bareBody } from "./kinship.ts";

type Figures = { project: string };

/** A project of the approved list has no form in the batch. */
export const projectWithoutForm: Rule = batchRule<Figures>({
  id: "project-without-form",
  code: "AR-09",
  title: "批复的项目没有自评表",
  explains:
    "批复项目清单中的项目在本批自评表里没有对应的一张。需要提供清单；涉密项目不应列入清单，另行登记。",
  kind: "auto",
  basis: [cite("mof-notice", "自评范围")],
  force: "pack",
  needs: ["projectList"],
  check: ({ forms, projectList }) => {
    const have = new Set(forms.map(({ form }) => bareBody(form.project)));
    const found: Found<Figures, BatchPlace>[] = [];
    for (const project of new Set(projectList ?? []))
      if (!have.has(bareBody(project)))
        found.push({ at: [{ form: 0, at: "project" }], figures: { project } });
    return outcomeOf(found);
  },
  message: ({ project }) => `批复项目清单中的“${project}”没有自评表。`,
  remedy: ({ project }) => `补报“${project}”的自评表；按规定不公开或并入其他项目的，写明依据。`,
  examples: {
    fails: [
      {
        says: "清单两项，只交一张",
        given: [exampleForm()],
        outside: { projectList: ["农村供水管网管护", "水源地巡护"] },
      },
    ],
    passes: [{ says: "一一对应", given: [exampleForm()], outside: { projectList: ["农村供水管网管护"] } }],
  },
});
