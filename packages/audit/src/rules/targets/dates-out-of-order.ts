import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { bareName } from "../../lexicon/names.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";

type Figures = { what: string; earlier: string; later: string };

const FULL_DATE = /(\d{4})\s*[年\-./]\s*(\d{1,2})\s*(?:[月\-./]\s*(?:(\d{1,2})\s*[日号]?)?)?/g;
const START = /(?:开始|起始|开工|启动)(?:日期|时间|年月)?$|^起(?:始)?(?:日期|时间)$/;
const END = /(?:结束|完成|终止|竣工|截止)(?:日期|时间|年月)?$/;
const SPAN = /起止|实施期|执行期|项目(?:周)?期/;

/** 2024年10月至2024年3月, 2024年10月开工,2024年3月完工: two dates with nothing but a joining word between them. */
const SPAN_IN_TEXT =
  /([0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?)(?:至|到|—|-|~|起至|(?:开工|开始|启动|动工|实施),?(?:计划|预计|于)?)([0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?)/g;

/** yyyymmdd as a number for comparing; a missing day is 0. */
function datesIn(text: string | null): { readonly key: number; readonly text: string }[] {
  if (text === null) return [];
  return [...text.normalize("NFKC").matchAll(FULL_DATE)]
    .map((match) => ({
      key: Number(match[1]) * 10_000 + Number(match[2]) * 100 + Number(match[3] ?? 0),
      text: match[0].trim(),
      month: Number(match[2]),
    }))
    .filter(({ month }) => month >= 1 && month <= 12);
}

/** The project ends before it starts, or a row is to be reached after the project's end. */
export const datesOutOfOrder: Rule = formRule<Figures>({
  id: "dates-out-of-order",
  code: "AR-53",
  title: "日期先后矛盾",
  explains:
    "表上所列项目的结束日期早于开始日期，或指标要求的日期晚于项目结束日期。日期须写明年和月；没有写明项目起止日期的表不查。",
  kind: "auto",
  basis: [cite("form", "起止日期")],
  force: "must",
  needs: [],
  check: ({ form, facts }) => {
    let start: { key: number; text: string } | null = null;
    let end: { key: number; text: string; at: string } | null = null;
    for (const [index, field] of form.fields.entries()) {
      const label = bareName(field.label);
      const dates = datesIn(field.text);
      const [first] = dates;
      const last = dates.at(-1);
      if (!first || !last) continue;
      const at = `fields[${index}]`;
      if (SPAN.test(label) && dates.length === 2) {
        start ??= first;
        end ??= { ...last, at };
      } else if (START.test(label) && dates.length === 1) start ??= first;
      else if (END.test(label) && dates.length === 1) end ??= { ...last, at };
    }
    const found: Found<Figures>[] = [];
    for (const story of storiesOf(form)) {
      SPAN_IN_TEXT.lastIndex = 0;
      for (const span of story.normal.matchAll(SPAN_IN_TEXT)) {
        const [first] = datesIn(span[1] ?? null);
        const [last] = datesIn(span[2] ?? null);
        if (!first || !last || Math.floor(first.key / 100) <= Math.floor(last.key / 100)) continue;
        found.push({
          at: [story.at],
          figures: { what: `${story.name}中的结束日期早于开始日期`, earlier: last.text, later: first.text },
        });
      }
    }
    if (!end) return found.length > 0 ? outcomeOf(found) : notApplicable("没有写明起止日期，或先后没有矛盾");
    // A date without a day is the whole month: it is later only from the next month on.
    const after = (a: number, b: number): boolean =>
      a % 100 === 0 || b % 100 === 0 ? Math.floor(a / 100) > Math.floor(b / 100) : a > b;
    if (start && after(start.key, end.key))
      found.push({
        at: [end.at],
        figures: { what: "项目结束日期早于开始日期", earlier: end.text, later: start.text },
      });
    for (const { index, row, name } of facts.rows) {
      if (row.target.value !== null) continue;
      const last = datesIn(row.target.text).at(-1);
      if (!last || !after(last.key, end.key)) continue;
      found.push({
        at: [place.indicator(index, "target"), end.at],
        figures: {
          what: `「${name}」的指标值（${said(row.target)}）晚于项目结束日期`,
          earlier: end.text,
          later: last.text,
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ what, earlier, later }) => `${what}：${later}在${earlier}之后。`,
  remedy: () => "核对项目起止日期和指标日期。",
  examples: {
    fails: [
      {
        says: "结束早于开始",
        given: exampleForm({
          fields: [
            { label: "计划开始日期", text: "2024年3月1日" },
            { label: "计划完成日期", text: "2023年12月31日" },
          ],
        }),
      },
      {
        says: "指标日期晚于项目结束",
        given: exampleForm({
          fields: [{ label: "项目起止时间", text: "2024年1月至2024年10月" }],
          rows: withRows({ 3: ["时效指标", "工程完工时间", "2024年12月底前", "2024年11月", "10", "10"] }),
        }),
      },
    ],
    passes: [
      { says: "没有写起止日期", given: exampleForm() },
      {
        says: "在期内",
        given: exampleForm({
          fields: [{ label: "项目起止时间", text: "2024-01-01至2024-12-31" }],
          rows: withRows({ 3: ["时效指标", "工程完工时间", "2024年12月底前", "2024年11月", "10", "10"] }),
        }),
      },
    ],
  },
});
