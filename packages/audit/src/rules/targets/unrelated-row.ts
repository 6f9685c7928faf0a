import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, storyPairs } from "../../lexicon/row-meaning.ts";
import { bigramsOf, objectOf } from "../../lexicon/wording.ts";
import { type Doubt, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: shorter objects or texts share no words by chance. */
const SHORTEST_OBJECT = 5;
const SHORTEST_TEXT = 60;

/** A row whose object appears nowhere else in the form: copied from another project? */
export const unrelatedRow: Rule = formRule({
  id: "unrelated-row",
  code: "AR-47",
  title: "指标是否与项目有关",
  explains:
    "指标所说的对象在项目名称、目标、完成情况、单位名称和其他指标里都没有出现，可能从别的项目照抄。列为待人工判断；文字太短的表不查。",
  kind: "assist",
  basis: [cite("reviewers", "无关指标")],
  force: "should",
  needs: ["indicators", "goal"],
  check: ({ form, facts }) => {
    if (facts.expected.length + facts.achieved.length < SHORTEST_TEXT)
      return notApplicable("目标和完成情况的文字太短，无从比较");
    const rows = rowMeanings(facts);
    const story = storyPairs(facts);
    const head = new Set(bigramsOf(`${form.project ?? ""}。${form.department ?? ""}。${form.unit ?? ""}`));
    /** In how many rows a pair stands; asked for only where the text above does not have it. */
    const seenIn = (): Map<string, number> => {
      const seen = new Map<string, number>();
      for (const { name } of rows)
        for (const pair of new Set(bigramsOf(name.bare))) seen.set(pair, (seen.get(pair) ?? 0) + 1);
      return seen;
    };
    let seen: Map<string, number> | null = null;
    const unclear: Doubt[] = [];
    for (const { facts: row, name, category, group, title } of rows) {
      // Benefits are looked at against the outputs (AR-147).
      if (group === "benefit") continue;
      // How long, how well and how seldom something goes wrong qualify the work in words of their own.
      if (name.smallIsGood || name.kind === "timeliness" || name.kind === "time" || name.kind === "quality")
        continue;
      if (name.kind === "rate") continue;
      if (
        name.kind === "mechanism" ||
        name.kind === "satisfaction" ||
        name.kind === "cost" ||
        category === "cost"
      )
        continue;
      const object = objectOf(name.bare);
      if (object.length < SHORTEST_OBJECT) continue;
      const pairs = bigramsOf(object);
      if (pairs.length < 3 || pairs.some((pair) => story.has(pair) || head.has(pair))) continue;
      seen ??= seenIn();
      const inRows = seen;
      if (pairs.some((pair) => (inRows.get(pair) ?? 0) > 1)) continue;
      unclear.push({
        at: [place.indicator(row.index, "name")],
        why: `「${title}」所说的对象在项目名称、目标、完成情况和其他指标中都没有出现，是否与本项目有关需人工判断。`,
      });
    }
    return outcomeOf([], unclear);
  },
  message: () => "指标与项目无关。",
  remedy: () => "删去与项目无关的指标，改用反映本项目的指标。",
  examples: {
    fails: [
      {
        says: "供水项目里的博物馆藏品",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "馆藏文物数字化件数", "≥300件", "310件", "15", "15"] }),
        }),
      },
    ],
    passes: [{ says: "都说的是供水", given: exampleForm() }],
  },
});
