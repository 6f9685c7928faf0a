import { add, decimal, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { bareWords, onlySaysReached } from "../../lexicon/wording.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { indexOf, rowPlace } from "./batch-index.ts";

/** Ours: in so many forms, and in more than half of the batch. */
const FEWEST_FORMS = 4;

type Figures = { row: string; rows: string; forms: string; all: string; points: string };

/** A row that most forms have, all with the same empty answer. */
export const boilerplateRows: Rule = batchRule<Figures>({
  id: "boilerplate-rows",
  code: "AR-143",
  title: "多数表都有的套话指标",
  explains: "同名文字指标出现在四张以上、半数以上的表里，完成值都只写达成或照抄指标值，不反映项目的特点。",
  kind: "auto",
  basis: [cite("reading", "套话指标")],
  force: "hint",
  needs: ["indicators"],
  check: (batch) => {
    if (batch.forms.length < FEWEST_FORMS) return notApplicable("不足四张表");
    const found: Found<Figures, BatchPlace>[] = [];
    for (const rows of indexOf(batch).byName.values()) {
      const forms = new Set(rows.map(({ form }) => form));
      if (forms.size < FEWEST_FORMS || forms.size * 2 <= batch.forms.length) continue;
      const empty = rows.every(({ meaning: { facts } }) => {
        const { target, actual } = facts.row;
        if (facts.target || facts.actual || actual.text === null) return false;
        return onlySaysReached(actual.text) || bareWords(actual.text) === bareWords(target.text);
      });
      if (!empty) continue;
      let points = decimal(0);
      for (const { meaning } of rows) if (meaning.facts.points) points = add(points, meaning.facts.points);
      found.push({
        at: rows.map((row) => rowPlace(row)),
        figures: {
          row: rows[0]?.meaning.title ?? "",
          rows: String(rows.length),
          forms: String(forms.size),
          all: String(batch.forms.length),
          points: points.units > 0n ? showDecimal(points) : "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, rows, forms, all, points }) =>
    `${all}张表中有${forms}张列有「${row}」（${rows}行${points ? `，合计${points}分` : ""}），完成值都只写达成或照抄指标值，是不反映项目特点的套话。`,
  remedy: ({ row }) => `把「${row}」换成能反映各项目特点、可以核对的指标。`,
  examples: {
    fails: [
      {
        says: "五张表都有同一句",
        given: ["一", "二", "三", "四", "五"].map((n) =>
          exampleForm({
            project: `项目${n}`,
            rows: withRows({ 5: ["可持续影响指标", "长效管护机制健全性", "健全", "达成指标", "15", "15"] }),
          }),
        ),
      },
    ],
    passes: [
      {
        says: "同名而有各自的数字",
        given: ["一", "二", "三", "四", "五"].map((n) => exampleForm({ project: `项目${n}` })),
      },
    ],
  },
});
