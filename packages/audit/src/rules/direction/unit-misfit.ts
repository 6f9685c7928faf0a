import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type RowMeaning, rowMeanings } from "../../lexicon/row-meaning.ts";
import type { UnitClass } from "../../lexicon/units.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; unit: string; why: string; fits: string };

interface NounClass {
  /** The noun at the end of the name. */
  readonly noun: RegExp;
  readonly misfit: readonly UnitClass[];
  readonly what: string;
  readonly fits: string;
  readonly hint?: true;
}

/** Nouns at the end of a name and the units that cannot count them. First match decides. */
const NOUNS: readonly NounClass[] = [
  {
    noun: /(?:大赛|竞赛|比赛|赛事|联赛|运动会|招聘会|推介会|座谈会|研讨会|报告会|发布会|交流会|展销会|博览会|展会|音乐会|演唱会|庙会|论坛|大讲堂|讲座|演出|汇演|晚会|庆典|展览|巡展|培训班|训练营|夏令营|冬令营|会议)(?:数|数量|场次|场数|次数|期数)?$/,
    misfit: ["people", "visits", "households", "money", "length", "area", "weight", "percent"],
    what: "是一场场的活动",
    fits: "场、次、届或期",
  },
  {
    noun: /(?:人数|人次|人次数|人员数|人员数量|学员数|学生数|教师数)$/,
    misfit: [
      "households",
      "things",
      "cases",
      "length",
      "area",
      "weight",
      "volume",
      "money",
      "time",
      "percent",
      "energy",
    ],
    what: "数的是人",
    fits: "人或人次",
  },
  {
    noun: /(?:户数|户次)$/,
    misfit: ["people", "visits", "events", "length", "area", "weight", "money", "time", "percent"],
    what: "数的是户",
    fits: "户",
  },
  {
    noun: /(?:企业数|企业数量|单位数|单位数量|机构数|机构数量|合作社数量?)$/,
    misfit: ["people", "visits", "length", "area", "weight", "money", "time", "percent"],
    what: "数的是单位",
    fits: "家或个",
  },
  {
    noun: /(?:场次|次数|场数|期数|批次|届数)$/,
    misfit: ["people", "visits", "households", "length", "area", "weight", "money", "percent"],
    what: "数的是次数",
    fits: "次、场或期",
  },
  {
    noun: /(?:面积|亩数)$/,
    misfit: [
      "people",
      "visits",
      "households",
      "bodies",
      "events",
      "things",
      "cases",
      "length",
      "weight",
      "money",
      "time",
    ],
    what: "是面积",
    fits: "平方米、亩或公顷",
  },
  {
    noun: /(?:里程|长度|公里数|总长)$/,
    misfit: [
      "people",
      "visits",
      "households",
      "bodies",
      "events",
      "cases",
      "area",
      "weight",
      "money",
      "time",
    ],
    what: "是长度",
    fits: "米或公里",
  },
  {
    noun: /(?:投诉|信访|上访|举报|事故|案件|纠纷|警情)(?:事项|事件|案件)?(?:情况|数|数量|件数|起数|次数|发生数|量)?$/,
    misfit: ["percent", "money", "length", "area", "weight"],
    what: "是件数，不是比率",
    fits: "件、起或次",
  },
  {
    noun: /(?:株|棵|台|套|辆|件|份|册|本|座|处|间|栋|幢|条|头|只|眼|(?<!人)口|盏|根|块|张|艘)数$/,
    misfit: [
      "people",
      "visits",
      "households",
      "events",
      "length",
      "area",
      "weight",
      "money",
      "time",
      "percent",
    ],
    what: "数的是物",
    fits: "名称所用的量词",
  },
  {
    noun: /(?:电脑|计算机|打印机|服务器|仪器|设备|车辆|器材|桌椅|路灯|摄像头|家具|图书|树木|苗木)(?:购置|采购|更新|安装)?(?:数量|数|总数|总量)?$/,
    misfit: ["people", "visits", "area", "percent"],
    what: "数的是物",
    fits: "台、套、件等",
  },
  {
    noun: /(?:天数|工作日数)$/,
    misfit: [
      "people",
      "visits",
      "households",
      "bodies",
      "events",
      "things",
      "money",
      "percent",
      "length",
      "area",
    ],
    what: "是天数",
    fits: "天或工作日",
  },
  {
    noun: /(?:宣传品|宣传册|宣传单|宣传资料|资料|材料|手册|图书|器材|物资|设备|档案|办公用品|纪念品|礼包)(?:数|数量)?$/,
    misfit: ["people", "visits", "households", "bodies", "events", "area", "length", "percent"],
    what: "是物品，这个单位数的是对象或次数",
    fits: "份、册、套、件等",
    hint: true,
  },
];

/** Rates that are not in percent by nature. */
const OTHER_RATE =
  /(?:效|频|功|汇|速|曲|斜|容积|周转|分辨|出生|死亡|发病|患病|感染|事故|犯罪|流行|利|税|费)率$|指数|浓度/;
const RANKED = /排名|名次|位次|排位|等级|级别|评级|评优|获奖/;

function misfit({
  facts: row,
  name,
  unit,
  actualUnit,
}: RowMeaning): { why: string; fits: string; hint: boolean } | null {
  const used = unit ?? actualUnit;
  if (used === null || used === "composite" || name.bare === "") return null;
  if (used === "rank") {
    if (RANKED.test(name.bare) || !row.target) return null;
    return { why: "这不是计量单位，而是名次", fits: "与所计事物相称的单位", hint: false };
  }
  if (name.kind === "satisfaction") return null;
  for (const { noun, misfit: wrong, what, fits, hint } of NOUNS) {
    if (!noun.test(name.bare)) continue;
    if (!wrong.includes(used)) return null;
    return { why: `名称${what}`, fits, hint: hint === true };
  }
  if (
    name.isRate &&
    !OTHER_RATE.test(name.bare) &&
    [
      "people",
      "visits",
      "households",
      "bodies",
      "events",
      "things",
      "cases",
      "length",
      "area",
      "money",
    ].includes(used)
  )
    return { why: "名称是比率", fits: "%", hint: false };
  return null;
}

/** A unit that cannot count what the name says is counted. */
export const unitMisfit: Rule = formRule<Figures>({
  id: "unit-misfit",
  code: "AR-129",
  title: "单位与所计的事物不相称",
  explains:
    "由名称末尾的名词判断：比赛、会议不以人次计，人数不以件或百分比计，面积、长度用相应的单位，投诉、事故是件数，比率用百分比，名次不是单位。培训、宣传、活动等既可计场次也可计人次的不提示；带“/”“每”的复合单位不提示。",
  kind: "auto",
  basis: [cite("reading", "计量单位")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    for (const meaning of rowMeanings(facts)) {
      const wrong = misfit(meaning);
      if (!wrong) continue;
      const { facts: row, title } = meaning;
      found.push({
        at: [place.indicator(row.index, row.row.target.unit === null ? "actual" : "target")],
        figures: {
          row: title,
          unit: row.row.target.unit ?? row.row.actual.unit ?? "",
          why: wrong.why,
          fits: wrong.fits,
        },
        ...(wrong.hint ? { force: "hint" as const } : {}),
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, unit, why }) => `「${row}」以“${unit}”为单位，${why}，单位与所计的事物不相称。`,
  remedy: ({ row, fits }) => `将「${row}」的单位改为${fits}，或改写名称使两者相符。`,
  examples: {
    fails: [
      {
        says: "运动会以人次计",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "举办全民健身运动会", "=2人次", "2人次", "15", "15"] }),
        }),
      },
      {
        says: "名次当作单位",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "河道水质抽检完成数", "≥6(前五)", "6(前五)", "15", "15"] }),
        }),
      },
      {
        says: "投诉以百分比计",
        given: exampleForm({
          rows: withRows({ 6: ["服务对象满意度指标", "有效投诉数", "=0%", "0%", "10", "10"] }),
        }),
      },
      {
        says: "合格率以件计",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "疫苗冷链合格率", "≥95件", "97件", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "单位相称", given: exampleForm() },
      {
        says: "培训可以计人次，发病率可以是十万分之几，复合单位",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "护林员防火培训", "≥300人次", "320人次", "15", "15"],
            2: ["质量指标", "孕产妇死亡率", "≤10/10万", "8/10万", "15", "15"],
            3: ["时效指标", "设备巡检频率", "≥2次/月", "2次/月", "10", "10"],
          }),
        }),
      },
    ],
  },
});
