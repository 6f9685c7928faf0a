import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { indexOf } from "./batch-index.ts";
import { isFullMarks } from "./full-marks.ts";

/** Ours: two projects of a unit may both be flawless. */
const FEWEST = 3;

type Figures = { unit: string; forms: string };

const FULL = exampleForm({
  totalScore: "100",
  fundRows: [["total", "年度资金总额", "98.00", "98.00", "98.00", "10", "100.00", "10"]],
});

/** All projects of a unit have full marks. */
export const allProjectsFullMarks: Rule = batchRule<Figures>({
  id: "all-projects-full-marks",
  code: "AR-67",
  title: "单位所有项目都是满分",
  explains: "同一单位、同一年度三个以上项目的自评全部满分。",
  kind: "auto",
  basis: [cite("reviewers", "满分集中")],
  force: "hint",
  needs: [],
  check: (batch) => {
    const { bodies } = indexOf(batch);
    const groups = new Map<string, number[]>();
    batch.forms.forEach((dossier, form) => {
      if (!dossier.facts.hasScores) return;
      const key = bodies[form] ?? "";
      const group = groups.get(key);
      if (group) group.push(form);
      else groups.set(key, [form]);
    });
    const found: Found<Figures, BatchPlace>[] = [];
    let looked = false;
    for (const group of groups.values()) {
      if (group.length < FEWEST) continue;
      looked = true;
      const forms = group.map((form) => batch.forms[form]);
      if (!forms.every((dossier) => dossier !== undefined && isFullMarks(dossier))) continue;
      const form = forms[0]?.form;
      found.push({
        at: group.map((index) => ({ form: index, at: "totalScore" })),
        figures: {
          unit: form?.unit?.trim() ?? form?.department?.trim() ?? "本批",
          forms: String(group.length),
        },
      });
    }
    return looked ? outcomeOf(found) : notApplicable("没有一个单位有三张以上计分的表");
  },
  message: ({ unit, forms }) => `${unit}的${forms}个项目自评全部满分。`,
  remedy: () => "由主管部门抽查这些项目完成值的依据。",
  examples: {
    fails: [
      {
        says: "三个项目都是100分",
        given: [FULL, { ...FULL, project: "水源地巡护" }, { ...FULL, project: "水表更换" }],
      },
    ],
    passes: [
      {
        says: "其中一个扣了分",
        given: [FULL, { ...FULL, project: "水源地巡护" }, exampleForm({ project: "水表更换" })],
      },
    ],
  },
});
