import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { formRule, outcomeOf, type Rule } from "../../rule.ts";

const BUNDLE_NAME = /类$|类项目$|等项目$|[（(]汇总[)）]$|打捆|合并填报|若干项目/;
const SUMMED = /[（(]汇总[)）]/;
/** Ours: a form of one project seldom has so many rows. */
const MANY_ROWS = 15;

type Figures = { name: string; rows: string; why: string };

/** A form that bundles several projects without telling them apart. */
export const bundledProjects: Rule = formRule<Figures>({
  id: "bundled-projects",
  code: "AR-176",
  title: "一张表捆绑多个项目",
  explains:
    "项目名称是“…类”“…等项目”“（汇总）”，或单位标有汇总而指标很多，说明若干项目合填一张表，没有分项的资金和指标，无法看出每个项目的绩效。",
  kind: "auto",
  basis: [cite("reading", "打包填报"), cite("form-bureau-2024", "打包填报")],
  force: "hint",
  needs: ["indicators"],
  check: ({ form, facts }) => {
    const project = form.project?.trim() ?? "";
    const summed = SUMMED.test(`${form.department ?? ""}${form.unit ?? ""}`);
    const names = rowMeanings(facts).map(({ name }) => name.bare);
    const repeated = names.length - new Set(names).size;
    let why = "";
    if (BUNDLE_NAME.test(project)) why = `项目名称“${project}”是一类项目`;
    else if (summed && (names.length > MANY_ROWS || repeated > 0))
      why = `单位标有“汇总”，${names.length}行指标${repeated > 0 ? `中有${repeated}行重名` : ""}`;
    const children = facts.rows.some(({ row }) => row.goal > 0 || row.parent !== null);
    return outcomeOf<Figures>(
      why === "" || children
        ? []
        : [{ at: ["project"], figures: { name: project, rows: String(names.length), why } }],
    );
  },
  message: ({ why }) => `${why}，若干项目合填一张表，没有分项。`,
  remedy: () => "按二级项目分别填表，或在表内按项目分列资金、目标和指标。",
  examples: {
    fails: [
      { says: "名称是一类项目", given: exampleForm({ project: "农村水利维修养护类" }) },
      { says: "名称标有汇总", given: exampleForm({ project: "基层医疗补助（汇总）" }) },
    ],
    passes: [
      { says: "一个项目", given: exampleForm() },
      {
        says: "单位标有汇总而只有一个项目的指标",
        given: exampleForm({ department: "云溪区水务局（汇总）" }),
      },
    ],
  },
});
