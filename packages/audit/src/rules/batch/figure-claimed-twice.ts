import { compare, decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";
import { formTitle, indexOf, severalProjects } from "./batch-index.ts";

/** Ours: smaller numbers coincide. */
const SMALLEST = decimal(100);
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

/** One figure with its noun is reported as the result of two projects. */
export const figureClaimedTwice: Rule = batchRule<Figures>({
  id: "figure-claimed-twice",
  code: "AR-173",
  title: "同一成果被两个项目申报",
  explains:
    "同一部门、同一年度的两张表，实际完成情况里出现同一个数字连同其后的名词（如多少家企业）。只有数字相同、小于100的数、乡镇村等区域规模、问卷份数和目标里的数不算。",
  kind: "auto",
  basis: [cite("form", "同批·重复申报")],
  force: "should",
  needs: [],
  check: (batch) => {
    if (batch.forms.length < 2) return notApplicable("只有一张表");
    const { departments } = indexOf(batch);
    const claims = new Map<string, { claim: string; places: BatchPlace[] }>();
    batch.forms.forEach(({ form }, index) => {
      for (const story of storiesOf(form)) {
        if (story.side !== "achieved") continue;
        for (const quantity of story.quantities) {
          const claim = claimOf(quantity);
          if (claim === null) continue;
          const key = `${departments[index]}|${claim}`;
          const known = claims.get(key);
          if (!known) claims.set(key, { claim, places: [{ form: index, at: story.at }] });
          else if (known.places.every((place) => place.form !== index))
            known.places.push({ form: index, at: story.at });
        }
      }
    });
    const found: Found<Figures, BatchPlace>[] = [];
    for (const { claim, places } of claims.values()) {
      if (
        !severalProjects(
          batch,
          places.map(({ form }) => form),
        )
      )
        continue;
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
