import { cite } from "@jiheng/law";
import { type ExampleRow, exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { countedHits } from "../rows/exact-hits.ts";

/** Ours: a batch speaks from so many counts in so many forms. */
const FEWEST_ROWS = 15;
const FEWEST_FORMS = 3;
/** Ours: "nearly all" (9 of 10). */
const NEARLY_ALL = [9, 10] as const;

type Figures = { hits: string; rows: string; forms: string };

const COPIED: readonly ExampleRow[] = [
  ["数量指标", "新建公厕座数", "≥18座", "18座", "20", "20"],
  ["数量指标", "改造户厕户数", "≥1250户", "1250户", "20", "20"],
  ["数量指标", "清运垃圾吨数", "≥3600吨", "3600吨", "20", "20"],
  ["数量指标", "保洁道路里程", "≥86公里", "86公里", "10", "10"],
  ["社会效益指标", "受益人口数", "≥9800人", "9800人", "20", "20"],
];

/** Nearly every count of a batch hits its target to the unit. */
export const exactHitsInBatch: Rule = batchRule<Figures>({
  id: "exact-hits-in-batch",
  code: "AR-137",
  title: "整批完成值几乎都与指标值一模一样",
  explains:
    "三张以上的表共有十五个以上数量类指标，九成以上的完成值恰好等于指标值。比率、满意度、成本和为零的指标不计。",
  kind: "auto",
  basis: [cite("reading", "精确相符")],
  force: "hint",
  needs: ["indicators"],
  check: ({ forms }) => {
    let rows = 0;
    let hits = 0;
    const at: BatchPlace[] = [];
    forms.forEach(({ facts }, form) => {
      const counted = countedHits(facts);
      rows += counted.rows.length;
      hits += counted.hits.length;
      for (const index of counted.hits) at.push({ form, at: `indicators[${index}].actual` });
    });
    if (forms.length < FEWEST_FORMS || rows < FEWEST_ROWS) return notApplicable("表或数量类指标太少");
    if (hits * NEARLY_ALL[1] < rows * NEARLY_ALL[0]) return outcomeOf<Figures, BatchPlace>([]);
    return outcomeOf<Figures, BatchPlace>([
      { at, figures: { hits: String(hits), rows: String(rows), forms: String(forms.length) } },
    ]);
  },
  message: ({ hits, rows, forms }) =>
    `${forms}张表的${rows}个数量类指标中有${hits}个的完成值与指标值完全相等，像是照抄指标值。`,
  remedy: () => "抽查这些完成值的统计来源。",
  examples: {
    fails: [
      {
        says: "三张表十五个数个个相等",
        given: ["东片", "西片", "北片"].map((project) => exampleForm({ project, rows: COPIED })),
      },
    ],
    passes: [
      { says: "各有出入", given: ["东片", "西片", "北片"].map((project) => exampleForm({ project })) },
    ],
  },
});
