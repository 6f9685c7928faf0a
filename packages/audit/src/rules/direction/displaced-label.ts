import { level1Of, level2HomeOf, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; says: string };

/** Notes by which reading tells that a label of level 1 to 3 stood in another column, or began a row late. */
const LABEL_NOTES: ReadonlySet<string> = new Set(["displaced-label", "late-label", "merged-label"]);

/** A level-2 name printed in the column of level 1 or 3, or a merged label that begins a row late. */
export const displacedLabel: Rule = formRule<Figures>({
  id: "displaced-label",
  code: "AR-127",
  title: "级别名称放错了栏",
  explains:
    "二级指标名称出现在一级或三级栏，或合并的名称格晚了一行开始。读入时已经改正的，按读入说明指出；表上仍然如此的，直接指出。",
  kind: "auto",
  basis: [cite("form", "类别错位")],
  force: "should",
  needs: ["indicators"],
  check: ({ form, facts }) => {
    const found: Found<Figures>[] = [];
    const seen = new Set<string>();
    // A row that slid as a whole (page break, lost cells) is damage of the file, not a label in the wrong column.
    const slid = new Set(
      form.notes.flatMap(({ code, place: at }) => (code === "shifted-row" && at !== null ? [at] : [])),
    );
    for (const note of form.notes) {
      if (!LABEL_NOTES.has(note.code)) continue;
      const at = note.place ?? "indicators";
      const row = /^indicators\[(\d+)\]/.exec(at);
      if (seen.has(at) || (row && slid.has(row[0]))) continue;
      seen.add(at);
      const name = row ? (facts.rows[Number(row[1])]?.name ?? "") : "";
      found.push({ at: [at], figures: { row: name, says: note.says } });
    }
    let previous: string | null = null;
    for (const { index, row, name } of facts.rows) {
      const label = row.level1;
      if (label !== null && label !== previous && level1Of(label) === null && level2HomeOf(label) !== null) {
        const at = place.indicator(index, "level1");
        if (!seen.has(at))
          found.push({ at: [at], figures: { row: name, says: `一级栏印的是二级名称“${label.trim()}”` } });
      }
      previous = label;
      const compact = (row.name ?? "").replace(/\s+/g, "");
      if (/指标$/.test(compact) && (level1Of(compact) !== null || level2HomeOf(compact) !== null))
        found.push({
          at: [place.indicator(index, "name")],
          figures: { row: compact, says: `三级栏印的是级别名称“${compact}”` },
        });
    }
    return outcomeOf(found);
  },
  message: ({ row, says }) =>
    (row && !says.includes(row) ? `「${row}」：${says}。` : `${says}。`).replace(/。。$/, "。"),
  remedy: () => "按一级、二级、三级指标的栏目重新对齐，检查合并格是否从正确的行开始。",
  examples: {
    fails: [
      {
        says: "一级栏里是质量指标",
        given: exampleForm({ patch: { 2: { level1: "质量指标" } } }),
      },
      {
        says: "读入时发现名称错行",
        given: exampleForm({
          notes: [
            {
              level: "guessed",
              code: "displaced-label",
              says: "“时效指标”印在一级栏，按二级指标读入",
              place: "indicators[3].level2",
              at: null,
            },
          ],
        }),
      },
    ],
    passes: [
      { says: "栏目对齐", given: exampleForm() },
      {
        says: "整行错开是文件损坏，不是放错栏",
        given: exampleForm({
          notes: [
            {
              level: "guessed",
              code: "shifted-row",
              says: "本行与表头错开",
              place: "indicators[3]",
              at: null,
            },
            {
              level: "guessed",
              code: "displaced-label",
              says: "“时效指标”不在二级指标栏",
              place: "indicators[3].level2",
              at: null,
            },
          ],
        }),
      },
      {
        says: "其他读入说明与栏目无关",
        given: exampleForm({
          notes: [
            {
              level: "normalised",
              code: "full-width",
              says: "全角数字改为半角",
              place: "indicators[1].target",
              at: null,
            },
          ],
        }),
      },
    ],
  },
});
