import type { CourseMoney, Random, RowCourse, Theme } from "@jiheng/specimens";
import type { Temper } from "./temper.ts";

/** What a department writes everywhere. */
export const STOCK_REASON =
  "受客观条件影响，实际完成情况与年初计划有一定差距，今后将加强管理，提高工作质量。";

/** What came of a year in which much was not done. */
export const BEHIND = [
  "部分任务没有完成，转入下年继续实施",
  "任务没有全部完成，未完成部分已排入下年计划",
  "受前期工作影响，年度任务只完成了一部分",
];

/** Causes of rows whose target is words stand under this name. */
export const WORDS = "文字";

const CAUSES: Readonly<Record<string, readonly string[]>> = {
  数量指标: [
    "第一次招标流标，开工晚了七周；已重新招标，下一步由工程科盯紧进度，翌年4月底前补齐剩余数量。",
    "配套用地手续11月才办结，剩余部分没有开工；下一步由项目科倒排工期，翌年5月底前完成。",
    "乡镇上报的数量有重复，核减后低于计划；今后由业务科按月核对台账，翌年1月起执行。",
    "承担任务的队伍中途退出，接替的队伍9月才进场；下一步补做未完成部分，翌年3月底前验收。",
    "汛期占用了两个月的施工时间；已加派班组，翌年2月底前补齐。",
  ],
  质量指标: [
    "抽检发现的问题到年底没有全部改完；后续由质检员逐项销号，翌年2月底前复检。",
    "新进人员不熟悉操作规程，返工较多；改进措施：安排两轮实操培训，翌年3月底前考核上岗。",
    "一家供货单位的产品批次不合格；已更换供货单位，后续每批抽检，翌年1月底前补供。",
  ],
  时效指标: [
    "物资晚到，平均用时超出指标值，得分按超出幅度扣减；下一步与两家备选单位签订供货约定，翌年2月起执行。",
    "高峰期人手不足，办理积压，得分按超出比例扣减；已增配三名工作人员，翌年起按周通报用时。",
    "雨季道路中断，人员到场较慢，得分按超出比例扣减；改进措施：翌年4月底前在两处片区设前置点。",
  ],
  经济效益指标: [
    "部分企业推迟了投资，带动效果低于预计；后续由业务科按季跟踪，翌年6月底前复核。",
    "任务没有全部完成，收益相应减少；下一步补齐任务，翌年上半年重新核算。",
  ],
  社会效益指标: [
    "受益范围因部分任务没有完成而缩小；下一步补齐任务，翌年6月底前复核受益数。",
    "统计口径由估算改为实名登记，实际数低于预计；今后的目标按实名台账测算。",
    "两个乡镇的服务点停业整修，覆盖减少；下一步调整整修顺序，翌年3月底前恢复。",
  ],
  生态效益指标: [
    "持续高温影响了见效时间；后续由技术科调整方案，翌年5月底前补做。",
    "上游来水水质波动；改进措施：翌年3月底前增设两处拦截设施。",
  ],
  可持续影响指标: [
    "三个村的管护协议没有续签；下一步由乡镇站所逐村补签，翌年3月底前签完。",
    "台账由纸质改为电子，部分点位没有录入；后续逐点补录，翌年2月底前完成。",
  ],
  [WORDS]: [
    "宣传活动少于计划，效果没有全部显现；后续由业务科每季组织两场，翌年6月底前再次调查。",
    "没有事先约定怎样衡量，年底只能估计；改进措施：翌年委托调查，以得分衡量。",
  ],
  服务对象满意度指标: [
    "工期延长影响了评价；今后提前公告施工时段，每季度回访一次。",
    "受访群众反映等候时间偏长；改进措施：服务窗口增设预约时段，翌年3月起实行。",
    "部分服务点开放时间与上班时间重合；已调整开放时间，翌年上半年再次调查。",
  ],
};

/** Why a row was missed and what is done about it; the first of a form is the field's own. */
export function causeOf(level2: string, theme: Theme, nth: number, random: Random): string {
  if (level2 === "数量指标" && nth === 1)
    return random.pick([
      `偏差原因：${theme.cause}。改进措施：${theme.measure}。`,
      `${theme.cause}。下一步${theme.measure}。`,
      `原因：${theme.cause}；措施：${theme.measure}。`,
    ]);
  return random.pick(CAUSES[level2] ?? CAUSES.数量指标 ?? [STOCK_REASON]);
}

/** Why far more was done than was planned. */
export function overReason(random: Random): string {
  return random.pick([
    "年中新纳入两个乡镇，完成数高于年初预计；下年度指标值按实有服务对象重新测算。",
    "上级临时增加任务，完成数高于年初设定；下年度据此调整指标值。",
    "社会力量参与较多，带动完成数增加；下年度按三年平均数设定指标值。",
  ]);
}

const WORDED: readonly (readonly [target: string, actual: string])[] = [
  ["有所提升", "有所提升"],
  ["明显改善", "达成预期目标"],
  ["持续增强", "持续增强"],
  ["进一步提高", "达成年度指标"],
];
const LASTING = ["长效管护机制健全程度", "管理制度执行情况", "工作机制运行情况"];

/** The so-many-eth row of a form that is in words; a missed one is reached in part. */
export function wordedRow(nth: number, random: Random, why: string | null): RowCourse {
  const [target, actual] = random.pick(WORDED);
  const name = nth === 1 ? null : (LASTING[nth - 2] ?? null);
  if (!why) return { kind: "words", name, target, actual, reason: null, share: 100 };
  return { kind: "words", name, target, actual: "部分达成", reason: why, share: random.pick([60, 65, 70]) };
}

function wan(amount: number): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
}

/** Below it the money left is spoken of, in hundredths of the budget. */
const LOW = 90;
/** Below it no tender explains what is left. */
const FAR_BELOW = 70;

/** What the form says of its money: of a change of the budget, and of much money left. Not every department says it. */
export function moneyStory(
  { initial, budget, spent }: CourseMoney,
  year: number,
  { explained }: Temper,
  random: Random,
): string {
  const change = wan(Math.abs(budget - initial));
  const left = wan(budget - spent);
  const sentences: string[] = [];
  if (budget > initial)
    sentences.push(
      random.pick([
        `因上级下达新的任务，${random.between(6, 9)}月按程序追加预算${change}万元。`,
        `年中追加预算${change}万元，用于新纳入的两个片区。`,
        `经区政府批准，年中追加预算${change}万元，用于应急处置和设施修复。`,
      ]),
    );
  if (budget < initial)
    sentences.push(
      random.pick([
        `按照压减一般性支出的要求，${random.between(7, 10)}月核减预算${change}万元。`,
        `任务量核定后减少，年中按程序调减预算${change}万元。`,
        `因前期手续没有办完，年中调减预算${change}万元，由财政统筹安排。`,
      ]),
    );
  if (spent * 100 < budget * LOW)
    sentences.push(
      random.pick([
        `合同约定的尾款${left}万元未到付款节点，${year + 1}年支付。`,
        ...(spent * 100 < budget * FAR_BELOW
          ? []
          : [`公开招标中标价低于预算，资金结余${left}万元，已由财政收回。`]),
        `施工进度晚于计划，${left}万元没有支出，已申请结转。`,
        `补助资金按实际申报数拨付，结余${left}万元。`,
      ]),
    );
  return sentences.filter(() => random.chance(explained)).join("");
}
