import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

/** Who comes, applies, is found or benefits is not in the unit's hands. */
const UNCONTROLLED =
  /(?:申请|申领|享受|领取|受益|惠及|受惠|受助|就诊|门诊|参观|接待|到馆|入园|办理|受理|办结|咨询|投诉|报名|脱贫|转移|失业|困难|救助|新增|发现|查处|查获|检出|死亡|出生|入学|毕业|参保).{0,10}(?:人数|人次|户数|次数|件数|数量|数|量)$/;
/** What is bought, built or held in a fixed number is. */
const CONTROLLED =
  /编制|在职|在编|聘用|招聘|招录|选派|派驻|购买|采购|购置|建设|建成|举办|组织|监测点|网格员|护林员|协管员|辅警|公益性岗位|公岗|学徒|名额|考核|奖励|评选|表彰/;

type Figures = { row: string; target: string };

/** "=" on a number of people or cases that come by themselves. */
export const equalityOnUncontrolledCount: Rule = formRule<Figures>({
  id: "equality-on-uncontrolled-count",
  code: "AR-122",
  title: "不受单位控制的数量设了“=”",
  explains:
    "申请、受益、就诊、受理等数量由来的人和事决定，设“=”时多一个少一个都算没有达到。只看名称明确的人数、件数；岗位、名额、购置、举办等由单位定数的不提示。",
  kind: "auto",
  basis: [cite("reading", "等号目标")],
  force: "hint",
  refines: [],
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, unit, title } of rowMeanings(facts)) {
      if (row.comparison !== "=" || !row.target || row.target.units <= 0n) continue;
      if (name.isRate || unit === "percent" || unit === "money" || unit === "time") continue;
      if (!UNCONTROLLED.test(name.bare) || CONTROLLED.test(name.bare)) continue;
      found.push({
        at: [place.indicator(row.index, "target")],
        figures: { row: title, target: said(row.row.target) },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target }) =>
    `「${row}」的数量由申请或服务对象决定，年度指标值却定为“${target}”，多于或少于此数都算没有达到。`,
  remedy: ({ row }) => `将「${row}」改为“≥”，或说明这一数量由什么文件核定。`,
  examples: {
    fails: [
      {
        says: "受助人数设等号",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "临时救助人次", "=520人次", "520人次", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "没有等号", given: exampleForm() },
      {
        says: "岗位数由单位核定",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "公益性岗位聘用人数", "=60人", "60人", "15", "15"] }),
        }),
      },
    ],
  },
});
