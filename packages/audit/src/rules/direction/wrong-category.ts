import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { CATEGORY_WORDS, type Category } from "../../lexicon/categories.ts";
import { type RowMeaning, rowMeanings } from "../../lexicon/row-meaning.ts";
import { isCounting } from "../../lexicon/units.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; category: string; what: string; home: string; late: string };

/** Counts of which the quality of the work is read: accidents, returns, prizes, certified things. */
const QUALITY_COUNT =
  /优秀|优质|精品|获奖|奖项|认证|示范|达标|合格|一等|高级|特级|重点|专利|等级|级别|通过|整改|问题|检出/;
/** So many characters before the end still say what is counted; further ahead they only qualify. */
const NEAR_HEAD = 10;
/** Things and people are counted in these; 次 and 件 also count mishaps, which a quality row may well do. */
const OUTPUT_UNITS: ReadonlySet<string> = new Set([
  "people",
  "visits",
  "households",
  "bodies",
  "lessons",
  "length",
  "area",
]);
const TIME_WORDS = /及时|按时|按期|准时|如期|时效|时限/;
const RATE_WORDED = /覆盖|普及|参与|知晓/;

/** What is wrong with the place of a row, as far as its own words decide it. */
function misplaced({
  facts: row,
  name,
  category,
  group,
  unit,
  actualUnit,
}: RowMeaning): { what: string; home: string } | null {
  if (name.bare === "" || category === null) return null;
  const counted = unit ?? actualUnit;
  const to = (what: string, ...homes: Category[]): { what: string; home: string } => ({
    what,
    home: homes.map((home) => CATEGORY_WORDS[home]).join("或"),
  });
  // Budget execution and arrival of funds have a rule of their own, wherever they stand.
  if (name.kind === "execution" || name.kind === "arrival") return null;
  if (name.kind === "satisfaction") {
    return category === "satisfaction" ? null : to("是满意度", "satisfaction");
  }
  if (name.kind === "mechanism") {
    return category === "satisfaction" ||
      category === "quantity" ||
      category === "timeliness" ||
      category === "cost"
      ? to("是长效机制或持续影响", "sustainability")
      : null;
  }
  switch (category) {
    case "quantity":
      if (name.kind === "count") return null;
      if (name.kind === "timeliness" && TIME_WORDS.test(name.bare)) return to("是及时性", "timeliness");
      if (name.kind === "quality" && !isCounting(unit)) return to("是质量要求", "quality");
      if (name.kind === "rate") return to("是比率，不是数量", "quality");
      if (unit === "percent" && row.target && !name.isCount && RATE_WORDED.test(name.bare))
        return to("以百分比计，是比率，不是数量", "quality");
      return null;
    case "quality":
      if (name.kind === "timeliness" && TIME_WORDS.test(name.bare)) return to("是及时性", "timeliness");
      if (name.smallIsGood || QUALITY_COUNT.test(name.bare.slice(-NEAR_HEAD)) || name.isRate) return null;
      if (name.kind === "count" && isCounting(counted)) return to("是数量", "quantity");
      if (
        row.target &&
        counted &&
        OUTPUT_UNITS.has(counted) &&
        row.comparison !== "≤" &&
        row.comparison !== "<"
      )
        return to(`以“${row.row.target.unit ?? row.row.actual.unit ?? ""}”计，是数量`, "quantity");
      return null;
    case "timeliness":
      if (name.saysTimely || name.smallIsGood) return null;
      if (name.kind === "count" && counted && OUTPUT_UNITS.has(counted)) return to("是数量", "quantity");
      if (name.kind === "quality" && row.target && /(?:合格|达标|准确|合规|规范|完好)率$/.test(name.bare))
        return to("是质量要求", "quality");
      return null;
    case "cost":
      if (name.saysCost || name.smallIsGood || row.comparison === "≤" || row.comparison === "<") return null;
      if (
        name.kind === "count" &&
        counted &&
        OUTPUT_UNITS.has(counted) &&
        !/每|人均|户均|亩均/.test(name.bare)
      )
        return to("是数量，不是成本", "quantity");
      if (name.kind === "timeliness" && TIME_WORDS.test(name.bare)) return to("是及时性", "timeliness");
      return null;
    case "satisfaction":
      if (group !== null && group !== "satisfaction") return null;
      if (name.kind === "count" && !name.smallIsGood && isCounting(counted)) return to("是数量", "quantity");
      if (name.kind === "timeliness" && TIME_WORDS.test(name.bare)) return to("是及时性", "timeliness");
      return null;
    default:
      return null;
  }
}

/** A name that says of itself that it belongs under another level 2. */
export const wrongCategory: Rule = formRule<Figures>({
  id: "wrong-category",
  code: "AR-125",
  title: "指标归错了二级类别",
  explains:
    "由名称末尾的词判断：率、比例列在数量下，及时性或人数、户数、长度等数量列在质量、时效、成本下，长效机制列在满意度、数量下，满意度列在其他类别下。次数、件数可能数的是差错，事故、获奖、达标数可以表示质量，均不提示；预算执行、资金到位另有检查。",
  kind: "auto",
  basis: [cite("reading", "指标归类"), cite("reviewers", "类别归属")],
  force: "should",
  refines: ["AR-46", "AR-44"],
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts);
    if (rows.every(({ category }) => category === null)) return notApplicable("没有读到通行的二级指标类别");
    const found: Found<Figures>[] = [];
    // Rows at the end of a category that all belong to the one that begins after them: its merged cell begins too late.
    const verdicts = rows.map(misplaced);
    const late: boolean[] = [];
    for (let index = rows.length - 1; index >= 0; index--) {
      const after = rows[index + 1]?.category;
      const verdict = verdicts[index];
      if (!after || !verdict || rows[index]?.name.isRate) continue;
      const last = after !== rows[index]?.category;
      late[index] = last
        ? verdict.home === CATEGORY_WORDS[after]
        : late[index + 1] === true && verdicts[index + 1]?.home === verdict.home;
    }
    for (const [index, meaning] of rows.entries()) {
      const wrong = verdicts[index];
      if (!wrong) continue;
      const { facts: row, category, title } = meaning;
      found.push({
        at: [place.indicator(row.index, "level2"), place.indicator(row.index, "name")],
        figures: {
          row: title,
          category: row.row.level2 ?? row.row.level1 ?? (category ? CATEGORY_WORDS[category] : ""),
          ...wrong,
          late: late[index] ? wrong.home : "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, category, what, late }) =>
    `「${row}」列在“${category}”下，但从名称看${what}${late ? `；其后正是${late}，可能是合并格晚了几行` : ""}。`,
  remedy: ({ row, home }) => `将「${row}」移到${home}，或改用与所列类别相符的指标。`,
  examples: {
    fails: [
      {
        says: "比率列在数量下",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "森林病虫害防治率", "≥90%", "95%", "15", "15"] }),
        }),
      },
      {
        says: "及时性列在质量下",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "助学金发放及时性", "及时", "及时", "15", "15"] }),
        }),
      },
      {
        says: "人数列在质量下",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "参加急救培训人数", "≥200人", "230人", "15", "15"] }),
        }),
      },
      {
        says: "长效机制列在满意度下",
        given: exampleForm({
          rows: withRows({ 6: ["服务对象满意度指标", "河道长效管护机制健全性", "健全", "健全", "10", "10"] }),
        }),
      },
      {
        says: "长度列在经济成本下",
        given: exampleForm({
          rows: withRows({ 0: ["经济成本指标", "改造农村公路里程", "≥30公里", "32公里", "10", "10"] }),
        }),
      },
    ],
    passes: [
      { says: "各归其类", given: exampleForm() },
      {
        says: "差错、获奖、达标数可以说明质量；及时率列在时效下",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "建成达标村卫生室数量", "≥12个", "12个", "15", "15"],
            2: ["质量指标", "获奖论文篇数", "≥2篇", "3篇", "15", "15"],
            3: ["时效指标", "救助金按时发放率", "≥95%", "98%", "10", "10"],
          }),
        }),
      },
      {
        says: "增长率、就业率、知晓率列在效益下",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "惠民政策知晓率", "≥85%", "91%", "15", "15"] }),
        }),
      },
    ],
  },
});
