import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { objectOf } from "../../lexicon/wording.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { formTitle, indexOf } from "./batch-index.ts";
import { areSisters } from "./kinship.ts";

/** Ours: so many names of their own that two projects share. */
const FEWEST_NAMES = 3;
/** Ours: a name in more forms of a body than this is nobody's own. */
const MOST_FORMS = 3;
/** Ours: names without an object of so many characters fit any project. */
const SHORTEST_OBJECT = 2;

type Figures = { forms: string; count: string; names: string };

/** Two projects of one body share several names that no other project has: the same work twice? */
export const namesSharedByProjects: Rule = batchRule<Figures>({
  id: "names-shared-by-projects",
  code: "AR-175",
  title: "两个项目有多个同名指标",
  explains:
    "同一部门、同一年度的两个项目有三个以上别的项目没有的同名指标，可能是同一工作。满意度、成本节约、长效机制等通用指标不计；同一类工作在各乡镇、各单位或分期实施的，指标本来同名，不比；汇总表不与来源表比。",
  kind: "auto",
  basis: [cite("reading", "同批·工作重叠")],
  force: "hint",
  needs: ["indicators"],
  check: (batch) => {
    if (batch.forms.length < 2) return notApplicable("只有一张表");
    const index = indexOf(batch);
    const pairs = new Map<string, { a: number; b: number; names: string[]; rows: [number, number][] }>();
    for (const rows of index.byName.values()) {
      const { name, title } = rows[0]?.meaning ?? {};
      if (
        !name ||
        rows.length < 2 ||
        name.kind === "satisfaction" ||
        name.kind === "mechanism" ||
        name.saysCost
      )
        continue;
      if (objectOf(name.bare).length < SHORTEST_OBJECT || /政策知晓|成本|资金|预算/.test(name.bare)) continue;
      const byBody = new Map<string, Map<number, number>>();
      for (const { form, meaning } of rows) {
        const key = index.departments[form] ?? "";
        let forms = byBody.get(key);
        if (!forms) {
          forms = new Map();
          byBody.set(key, forms);
        }
        if (!forms.has(form)) forms.set(form, meaning.facts.index);
      }
      for (const forms of byBody.values()) {
        if (forms.size < 2 || forms.size > MOST_FORMS) continue;
        const list = [...forms];
        for (const [i, [a, rowA]] of list.entries())
          for (const [b, rowB] of list.slice(i + 1)) {
            const key = `${a}-${b}`;
            const pair = pairs.get(key);
            if (pair) {
              pair.names.push(title ?? name.bare);
              pair.rows.push([rowA, rowB]);
            } else pairs.set(key, { a, b, names: [title ?? name.bare], rows: [[rowA, rowB]] });
          }
      }
    }
    const found: Found<Figures, BatchPlace>[] = [];
    for (const { a, b, names, rows } of pairs.values()) {
      const same = batch.forms[a]?.form.project?.trim() === batch.forms[b]?.form.project?.trim();
      // Two forms of one project are told by the check of project names.
      if (names.length < FEWEST_NAMES || same) continue;
      const [one, other] = [batch.forms[a]?.form, batch.forms[b]?.form];
      if (one && other && areSisters(one, other)) continue;
      found.push({
        at: rows.flatMap(([rowA, rowB]) => [
          { form: a, at: `indicators[${rowA}].name` },
          { form: b, at: `indicators[${rowB}].name` },
        ]),
        figures: {
          forms: `${formTitle(batch, a)}与${formTitle(batch, b)}`,
          count: String(names.length),
          names: names
            .slice(0, 5)
            .map((one) => `「${one}」`)
            .join("、"),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ forms, count, names }) =>
    `${forms}有${count}个同名指标（${names}），可能是同一工作分在两个项目里。`,
  remedy: () => "说明两个项目各自承担的部分，避免同一工作重复申报。",
  examples: {
    fails: [
      {
        says: "两个项目都管同一批泵站",
        given: [
          exampleForm({
            project: "泵站运行",
            rows: withRows({
              1: ["数量指标", "泵站巡检次数", "≥120次", "130次", "15", "15"],
              2: ["质量指标", "泵站设备完好率", "≥95%", "96%", "15", "15"],
              3: ["时效指标", "泵站抢修及时率", "≥95%", "98%", "10", "10"],
            }),
          }),
          exampleForm({
            project: "排涝保障",
            rows: withRows({
              1: ["数量指标", "泵站巡检次数", "≥120次", "130次", "15", "15"],
              2: ["质量指标", "泵站设备完好率", "≥95%", "96%", "15", "15"],
              3: ["时效指标", "泵站抢修及时率", "≥95%", "98%", "10", "10"],
            }),
          }),
        ],
      },
    ],
    passes: [
      {
        says: "只有通用指标同名",
        given: [
          exampleForm({
            rows: withRows({ 1: ["数量指标", "泵站巡检次数", "≥120次", "130次", "15", "15"] }),
          }),
          exampleForm({
            project: "义务教育补助",
            rows: [
              ["数量指标", "受助学生人数", "≥500人", "520人", "50", "50"],
              ["社会效益指标", "政策知晓率", "≥90%", "95%", "30", "30"],
              ["服务对象满意度指标", "用水户满意度", "≥90%", "93%", "10", "10"],
            ],
          }),
        ],
      },
    ],
  },
});
