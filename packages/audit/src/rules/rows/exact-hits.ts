import { compare, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import type { FormFacts } from "../../facts/form-facts.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: fewer counts may all be fixed numbers by chance. */
const FEWEST_ROWS = 4;
/** Ours: "nearly all" (9 of 10). */
const NEARLY_ALL = [9, 10] as const;

type Figures = { hits: string; rows: string; names: string };

/** Counted rows whose target a year's work could miss, and those of them that hit it to the unit. Rates, money limits and zeros are left out. */
export function countedHits(facts: FormFacts): {
  readonly rows: readonly number[];
  readonly hits: readonly number[];
} {
  const rows: number[] = [];
  const hits: number[] = [];
  for (const { facts: row, unit, actualUnit, name, category } of rowMeanings(facts)) {
    if (!row.target || !row.actual || row.target.units <= 0n) continue;
    if (
      (unit ?? actualUnit) === "percent" ||
      name.isRate ||
      name.kind === "satisfaction" ||
      category === "cost"
    )
      continue;
    rows.push(row.index);
    if (compare(row.actual, row.target) === 0) hits.push(row.index);
  }
  return { rows, hits };
}

/** Nearly every count hits its target to the unit: the actuals may have been copied. */
export const exactHits: Rule = formRule<Figures>({
  id: "exact-hits",
  code: "AR-137",
  title: "完成值几乎都与指标值一模一样",
  explains:
    "四个以上的数量类指标中九成以上完成值恰好等于指标值，可能照抄。比率、满意度、成本和为零的指标不计。",
  kind: "auto",
  basis: [cite("reading", "精确相符")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const { rows, hits } = countedHits(facts);
    if (rows.length < FEWEST_ROWS) return notApplicable("数量类指标少于四个");
    const many = hits.length * NEARLY_ALL[1] >= rows.length * NEARLY_ALL[0];
    return outcomeOf<Figures>(
      many
        ? [
            {
              at: hits.map((index) => place.indicator(index, "actual")),
              figures: {
                hits: String(hits.length),
                rows: String(rows.length),
                names: hits
                  .slice(0, 3)
                  .map((index) => `「${facts.rows[index]?.name ?? ""}」`)
                  .join("、"),
              },
            },
          ]
        : [],
    );
  },
  message: ({ hits, rows, names }) =>
    `${rows}个数量类指标中有${hits}个的完成值与指标值完全相等（${names}等），像是照抄指标值。`,
  remedy: () => "核对这些完成值的统计来源，按实际数填写。",
  examples: {
    fails: [
      {
        says: "五个数量个个相等",
        given: exampleForm({
          rows: [
            ["数量指标", "新建公厕座数", "≥18座", "18座", "10", "10"],
            ["数量指标", "改造户厕户数", "≥1250户", "1250户", "10", "10"],
            ["数量指标", "清运垃圾吨数", "≥3600吨", "3600吨", "20", "20"],
            ["数量指标", "保洁道路里程", "≥86公里", "86公里", "20", "20"],
            ["社会效益指标", "受益人口数", "≥9800人", "9800人", "20", "20"],
            ["服务对象满意度指标", "村民满意度", "≥90%", "95%", "10", "10"],
          ],
        }),
      },
    ],
    passes: [
      { says: "数量各有出入", given: exampleForm() },
      {
        says: "比率恰好100%不算",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管道维护验收合格率", "=100%", "100%", "15", "15"] }),
        }),
      },
    ],
  },
});
