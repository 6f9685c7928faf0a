import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { datesIn, dayOf, isBefore, type PrintedDate } from "../../facts/printed-dates.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const COMPLETION = /完工|竣工|完成(?:时间|日期|时限|及时|时点)|建成|交付|投用/;
const ACCEPTANCE = /验收/;
const TIME = /时间|日期|时限|及时|时点/;

type Figures = { row: string; completed: string; accepted: string; other: string };

/** The reported completion is earlier than the acceptance. */
export const completedBeforeAcceptance: Rule = formRule<Figures>({
  id: "completed-before-acceptance",
  code: "AR-73",
  title: "填报的完成时间早于验收时间",
  explains:
    "完成时间一行写的日期早于表内写明的验收日期。验收之前不算完成。只比较写到日或月的日期；表内有几个验收日期而看不出对应关系的，列为待人工判断。",
  kind: "auto",
  basis: [cite("reviewers", "完成时间")],
  force: "should",
  needs: ["indicators"],
  check: ({ form, facts }) => {
    const completions: { readonly index: number; readonly name: string; readonly date: PrintedDate }[] = [];
    const acceptances: {
      readonly name: string;
      readonly date: PrintedDate;
      readonly index: number | null;
    }[] = [];
    for (const { index, name, row } of facts.rows) {
      const date = datesIn(row.actual.text, form.year)[0];
      if (!date) continue;
      const accepts = ACCEPTANCE.test(name);
      // 竣工验收时间 is a reported date as well: it is held against what the result says.
      if (COMPLETION.test(name) || (accepts && TIME.test(name))) completions.push({ index, name, date });
      if (accepts) acceptances.push({ name: `「${name}」`, date, index });
    }
    for (const date of datesIn(facts.achieved, form.year))
      if (/^[^，。；,;]{0,12}(?:通过|完成|组织)?(?:了)?(?:竣工|完工|项目)?验收/.test(date.after))
        acceptances.push({ name: "实际完成情况", date, index: null });
    if (completions.length === 0 || acceptances.length === 0)
      return notApplicable("没有同时写明完成日期和验收日期");
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    const several = new Set(acceptances.map(({ date }) => dayOf(date))).size > 1;
    const latest = acceptances.reduce((a, b) => (dayOf(b.date) > dayOf(a.date) ? b : a));
    const others = completions.filter((each) => each.index !== latest.index).length;
    const told = acceptances.filter((each) => each.index === null).length;
    for (const { index, name, date } of completions) {
      if (index === latest.index || !isBefore(date, latest.date)) continue;
      const at = [
        place.indicator(index, "actual"),
        latest.index === null ? place.goal(0, "achieved") : place.indicator(latest.index, "actual"),
      ];
      // A row and the text on the acceptance of one thing differ; two rows or two texts may speak of two.
      const named = acceptances.some((each) => each.index === index);
      const sure =
        (named && told === 1 && latest.index === null) ||
        (others === 1 && (!several || acceptances.every((each) => each.index === index || each === latest)));
      if (sure)
        found.push({
          at,
          figures: { row: name, completed: date.raw, accepted: latest.date.raw, other: latest.name },
        });
      else
        unclear.push({
          at,
          why: `「${name}」的完成时间为${date.raw}，${latest.name}的验收时间为${latest.date.raw}，是否同一事项需人工判断`,
        });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, completed, accepted, other }) =>
    `「${row}」的完成时间填${completed}，${other}的验收时间为${accepted}，验收之前已报完成。`,
  remedy: ({ row }) => `「${row}」的完成时间，以验收时间为准；分段完成的写明各段时间。`,
  examples: {
    fails: [
      {
        says: "10月完工，12月验收",
        given: exampleForm({
          rows: withRows({
            2: ["质量指标", "工程验收时间", "2024年12月底前", "2024年12月18日", "15", "15"],
            3: ["时效指标", "工程完成时间", "2024年11月底前", "2024年10月20日", "10", "10"],
          }),
        }),
      },
    ],
    passes: [
      { says: "没有日期", given: exampleForm() },
      {
        says: "同月验收",
        given: exampleForm({
          rows: withRows({
            2: ["质量指标", "工程验收时间", "2024年12月底前", "2024年10月", "15", "15"],
            3: ["时效指标", "工程完成时间", "2024年11月底前", "2024年10月20日", "10", "10"],
          }),
        }),
      },
    ],
  },
});
