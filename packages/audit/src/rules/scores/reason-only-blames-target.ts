import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const BLAME =
  /(?:指标|目标)(?:值|数)?[^。；;]{0,6}(?:设置|设定|制定|编制|确定|填报|测算|预计|估计|定)?[^。；;]{0,6}(?:不(?:够|太|尽)?(?:合理|科学|准确|精准|恰当|规范)|欠(?:合理|科学|准确|精准|妥|缺)|过[低高]|偏[低高]|保守|较[低高])|(?:设置|设定|制定|编制|确定|填报|测算)(?:的)?(?:年度|绩效)?(?:指标|目标)(?:值|数)?[^。；;]{0,6}(?:不|欠|过|偏|较|保守)/;
/** Words that only say "the target was badly set, we will set it better"; what is left over is the cause, the right value or the measure. */
const FILLER =
  /偏差原因(?:分析)?|未完成原因|原因(?:分析|说明)?|改进措施|整改措施|措施|下一步|年初|年度|当年|本年|今后|以后|下年度|下一年度|下年|今年|重新|次年|来年|明年|绩效|指标|目标|设置|设定|制定|编制|确定|填报|测算|申报|预计|估计|设|定|订|工作|时|数值|数|值|不够|不太|不尽|不|够|欠缺|欠|够|过于|过|偏|较为|较|太|有些|存在|低|高|保守|合理性|合理|科学性|科学|准确性|准确|精准|恰当|规范|完善|优化|调整|改进|加强|提高|提升|修正|细化|进一步|将|会|应|要|拟|予以|进行|更加|更|使|对|由于|因为|因|系|为|的|地|得|和|及|与|并|在|中|后|了|是|管理|水平|质量|按照|根据|结合|实际情况|实际|情况|需要|该|本|项|此|导致|造成|出现|产生|偏离|偏差|较大|大|[\s\p{P}\p{S}]/gu;
/** So many characters can still be a stray word. */
const LEFT_OVER = 2;

type Figures = { row: string; target: string; actual: string; reason: string };

/** The reason says no more than that the target was badly set. */
export const reasonOnlyBlamesTarget: Rule = formRule<Figures>({
  id: "reason-only-blames-target",
  code: "AR-159",
  title: "原因只说指标值设置不合理",
  explains:
    "偏差原因只说年度指标值设置不合理、今后完善，没有说实际情况为什么不同、合适的指标值是多少、依据是什么。写出了具体原因、数值或做法的不提示。",
  kind: "auto",
  basis: [cite("reading", "原因空泛")],
  force: "should",
  refines: ["AR-82", "AR-83"],
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = facts.rows.filter(({ reason }) => reason !== null);
    if (rows.length === 0) return notApplicable("没有填写原因的行");
    const found: Found<Figures>[] = [];
    for (const { index, name, reason, row } of rows) {
      // A long reason says more than that; only the short formula is looked at.
      if (!reason || reason.length > 120 || !BLAME.test(reason) || /\d/.test(reason)) continue;
      if (reason.replace(FILLER, "").length > LEFT_OVER) continue;
      found.push({
        at: [place.indicator(index, "deviation")],
        figures: {
          row: name || `第${index + 1}行`,
          target: said(row.target),
          actual: said(row.actual),
          reason: reason.replace(/\s+/g, ""),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target, actual, reason }) =>
    `「${row}」的年度指标值为“${target}”，实际完成值为“${actual}”，原因只写“${reason}”，没有说明为什么不同、合适的指标值是多少。`,
  remedy: ({ row }) => `写明「${row}」实际与目标不同的具体原因、今后合适的指标值及其依据，以及改进措施。`,
  examples: {
    fails: [
      {
        says: "只说定得不合理",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "巡回义诊人次",
              "=300人次",
              "1260人次",
              "15",
              "12",
              "偏差原因：指标值定得不够合理。改进措施：下年重新设定指标。",
            ],
          }),
        }),
      },
      {
        says: "只说目标设定偏低",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "图书借阅册次",
              "≥5万册次",
              "11.2万册次",
              "15",
              "14",
              "年初目标值设定偏低，今后将科学设定目标。",
            ],
          }),
        }),
      },
    ],
    passes: [
      { says: "没有原因要写", given: exampleForm() },
      {
        says: "说明了原因和合适的值",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "巡回义诊人次",
              "≥300人次",
              "1260人次",
              "15",
              "14",
              "年初指标值偏低，系按上年3个村的人次设定，本年扩大到12个村；下年度按1200人次设定。",
            ],
          }),
        }),
      },
      {
        says: "说明了具体原因",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "巡回义诊人次",
              "≥300人次",
              "1260人次",
              "15",
              "14",
              "指标值设置偏低，未考虑新增医联体义诊队下乡。",
            ],
          }),
        }),
      },
    ],
  },
});
