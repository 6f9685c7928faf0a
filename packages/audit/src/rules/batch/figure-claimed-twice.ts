import { compare, type Decimal, decimal, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import {
  type BatchDossier,
  type BatchPlace,
  batchRule,
  type Found,
  notApplicable,
  outcomeOf,
  type Rule,
} from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";
import { formTitle, indexOf, severalProjects } from "./batch-index.ts";
import { areSisters, rollupsIn } from "./kinship.ts";

/** Ours: smaller numbers coincide. */
const SMALLEST = decimal(100);
/** Ours: sisters of one kind of work count the same nouns, and smaller numbers of them coincide. */
const SMALLEST_OF_SISTERS = decimal(1000);
/** The size of a region is no achievement. */
const REGION = /^(?:乡|镇|村|行政村|自然村|社区|街道|街镇|居委|县|区|市|州|小区|园区|网格)/;
const REGION_UNIT = /^(?:村|镇|乡|社区|街道|县|区|市|省|校|乡镇)$/;

/** How many were asked is the size of a survey, mostly a round number, and no achievement. */
const SURVEY = /问卷|调查表|评议表|样本/;
/** Words that say what people did, not who they are: how many came to a meeting coincides. */
const DEED = /^(?:参加|参与|参训|参会|出席|到场|报名)/;

type Figures = { claim: string; forms: string };

/** The number with its unit and the noun after it (905家企业), or null where it is no claim of work done. */
function claimOf(quantity: ReturnType<typeof storiesOf>[number]["quantities"][number]): string | null {
  if (
    quantity.kind !== "count" ||
    quantity.unit === null ||
    quantity.per.length > 0 ||
    quantity.worded ||
    quantity.limit
  )
    return null;
  if (compare(quantity.value, SMALLEST) < 0 || REGION_UNIT.test(quantity.unit)) return null;
  const after = quantity.tail.replace(/^[的\s]+/, "");
  const noun = /^[\p{Script=Han}]{2,4}/u.exec(after)?.[0];
  if (SURVEY.test(noun ?? quantity.lead.slice(-6))) return null;
  if (noun && DEED.test(noun)) return null;
  if (noun) return REGION.test(noun) ? null : `${quantity.raw}${noun.slice(0, 2)}`;
  const before = /[\p{Script=Han}]{2}$/u.exec(quantity.lead)?.[0];
  return before ? `${before}${quantity.raw}` : null;
}

/** Words around a figure that any project may use: they name no achievement. */
const GENERAL =
  /培训|参加|参与|参训|发放|完成|开展|举办|组织|活动|全年|年内|新增|覆盖|惠及|受益|服务|群众|居民|人次|人员|检查|宣传|资料|以上|项目|建设|工作|其中|累计|共计|任务|调查/;
/** Ours: so many characters in a row around both figures name the same thing. */
const NOUN_RUN = 3;
/** Characters on each side of a figure that may hold its noun. */
const NOUN_REACH = 8;

/** The runs of characters around a figure that may be its noun, before it (困难家庭住房843户) or after (843户困难家庭). */
function nounRuns({ lead, tail }: { readonly lead: string; readonly tail: string }): Set<string> {
  const runs = new Set<string>();
  for (const side of [lead.slice(-NOUN_REACH), tail.slice(0, NOUN_REACH)]) {
    for (let at = 0; at + NOUN_RUN <= side.length; at++) {
      const run = side.slice(at, at + NOUN_RUN);
      if (/^\p{Script=Han}+$/u.test(run) && !GENERAL.test(run)) runs.add(run);
    }
  }
  return runs;
}

function areAllSisters(batch: BatchDossier, [first, ...others]: readonly BatchPlace[]): boolean {
  const one = batch.forms[first?.form ?? 0]?.form;
  return others.every(({ form }) => {
    const other = batch.forms[form]?.form;
    return one !== undefined && other !== undefined && areSisters(one, other);
  });
}

/** One figure with its noun is reported as the result of two projects. */
export const figureClaimedTwice: Rule = batchRule<Figures>({
  id: "figure-claimed-twice",
  code: "AR-173",
  title: "同一成果被两个项目申报",
  explains:
    "同一部门、同一年度的两张表，实际完成情况里出现同一个数字连同其前或其后的名词（如多少家企业）。只有数字相同、小于100的数、乡镇村等区域规模、问卷份数和目标里的数不算；同一类工作在各处实施的，不足1000的数恰好相同不算；汇总表与它的来源表本来相同，不比。",
  kind: "auto",
  basis: [cite("form", "同批·重复申报")],
  force: "should",
  needs: [],
  check: (batch) => {
    if (batch.forms.length < 2) return notApplicable("只有一张表");
    const { departments } = indexOf(batch);
    const rollups = rollupsIn(batch);
    const claims = new Map<string, { claim: string; figure: string; value: Decimal; places: BatchPlace[] }>();
    batch.forms.forEach(({ form }, index) => {
      if (rollups.has(index)) return;
      for (const story of storiesOf(form)) {
        if (story.side !== "achieved") continue;
        for (const quantity of story.quantities) {
          const claim = claimOf(quantity);
          if (claim === null) continue;
          const figure = `${showDecimal(quantity.value)}${quantity.family}`;
          for (const noun of [claim, ...[...nounRuns(quantity)].map((run) => `${figure}|${run}`)]) {
            const key = `${departments[index]}|${noun}`;
            const known = claims.get(key);
            if (!known)
              claims.set(key, {
                claim,
                figure,
                value: quantity.value,
                places: [{ form: index, at: story.at }],
              });
            else if (known.places.every((place) => place.form !== index))
              known.places.push({ form: index, at: story.at });
          }
        }
      }
    });
    const found: Found<Figures, BatchPlace>[] = [];
    // The same figure of the same forms meets by several of its words: told once.
    const told = new Set<string>();
    for (const { claim, figure, value, places } of claims.values()) {
      if (
        !severalProjects(
          batch,
          places.map(({ form }) => form),
        )
      )
        continue;
      if (compare(value, SMALLEST_OF_SISTERS) < 0 && areAllSisters(batch, places)) continue;
      const key = `${figure}|${places.map(({ form }) => form).join(",")}`;
      if (told.has(key)) continue;
      told.add(key);
      found.push({
        at: places,
        figures: { claim, forms: places.map(({ form }) => formTitle(batch, form)).join("、") },
      });
    }
    return outcomeOf(found);
  },
  message: ({ claim, forms }) => `“${claim}”在${forms}的实际完成情况中都作为成果申报。`,
  remedy: ({ claim }) => `核对“${claim}”由哪个项目的资金完成，其余项目删去或写明各自的部分。`,
  examples: {
    fails: [
      {
        says: "同一批农户算了两次",
        given: [
          exampleForm({ achieved: "全年为1260户农户更换水表。" }),
          exampleForm({ project: "农村饮水提升", achieved: "新建泵站一座，1260户农户通上自来水。" }),
        ],
      },
      {
        says: "名词一处在数字后，一处在数字前",
        given: [
          exampleForm({ achieved: "改造312座公共厕所的供水设施。" }),
          exampleForm({ project: "农村饮水提升", achieved: "年内提升公共厕所312座，全部通水。" }),
        ],
      },
    ],
    passes: [
      {
        says: "数字相同而名词不同，区域规模相同",
        given: [
          exampleForm({ achieved: "维护管道1260米，覆盖128个行政村。" }),
          exampleForm({ project: "农村饮水提升", achieved: "培训1260名农户，覆盖128个行政村。" }),
        ],
      },
      {
        says: "两个项目的培训参加人数恰好相同",
        given: [
          exampleForm({ achieved: "举办管护员培训3期，120人参加。" }),
          exampleForm({ project: "农村饮水提升", achieved: "举办水质检测培训4期，120人参加。" }),
        ],
      },
      {
        says: "两个项目各发放同样多的问卷",
        given: [
          exampleForm({ achieved: "满意度调查发放问卷200份，收回186份。" }),
          exampleForm({ project: "农村饮水提升", achieved: "发放问卷200份，收回191份。" }),
        ],
      },
    ],
  },
});
