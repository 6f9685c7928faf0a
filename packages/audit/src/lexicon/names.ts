/**
 * What the name of an indicator promises. Chinese names are head-final: what stands last decides, what stands before
 * only qualifies. No word list here names a place, project or body.
 */

/** The name without white space, width variants and what stands in brackets at its end. */
export function bareName(name: string | null): string {
  if (name === null) return "";
  let bare = name.normalize("NFKC").replace(/\s+/g, "");
  for (let i = 0; i < 2; i++) bare = bare.replace(/\([^()]{0,20}\)$/, "").replace(/[:;,.。、；，：]+$/, "");
  return bare;
}

/** Words that may stand behind the head without changing what is measured. */
const TRAIL = /(?:提升|提高|增长|改善|完成|实现)?(?:情况|程度|目标|指标|要求)$/;

const NO_RATE =
  /(?:效|频|功|汇|利|税|费|速|曲|斜|概|分辨|赔|折现|贴现|回报|收益|周转|容积|增长|下降|降低|减少|提升|提高|上升)率$/;
const RATE = /(?:率|比例|占比|比重|百分比)$/;
const CHANGE_RATE = /(?:增长|下降|降低|减少|提升|提高|上升|增加|压减|节约|节能|节水)(?:率|比例|幅度)$/;

const COUNT_HEAD =
  /(?:人数|人次|人次数|次数|户数|户次|家数|个数|件数|份数|台数|套数|辆数|场数|场次|期数|班次|批次|届数|篇数|册数|本数|项数|处数|座数|所数|栋数|间数|条数|只数|头数|株数|棵数|村数|校数|点数|站数|企业数|数量|总数|总量|数目|面积|里程|长度|总长|公里数|亩数|吨数|规模|数额)$/;
const NO_NUMBER_HEAD = /(?:指|系|分|天|日|倍|基|参|常|函|得分|岁|时|小时|度|位|名次|月|年)数$/;

const SATISFACTION = /满意(?:度|率|情况|程度|比例|指数|比率)?/;
const SATISFACTION_COUNT =
  /满意度?(?:调查|测评|问卷|回访|评价).{0,4}(?:次数|份数|数量|数|人数|人次|样本量|覆盖率|开展率|完成率|有效率|回收率)$/;

const TIMELY = /及时|按时|按期|如期|准时|时效|时限|限时|按进度|按计划时间|逾期|超期/;
const TIME_HEAD =
  /(?:完成|办结|竣工|完工|开工|交付|发放|拨付|支付|兑付|到位|处理|处置|响应|办理|审批|验收|投用|上线|送达|反馈|启动|报送|提交|招录|修复|维修|整改)(?:的)?(?:平均)?(?:时间|日期|时点|期限|周期|进度)$|工期$|(?:工程|项目|建设|施工|工作|任务)进度$/;
const TIME_AMOUNT = /(?:时间|时长|用时|耗时|天数|时数|小时数|工作日|日数)$/;

const QUALITY =
  /合格|合规|达标|准确|规范|完好|优良|优质|完备|完整|真实|精准|客观|公正|专业性|可靠|无误|正确|质量|符合(?:率|性|度|要求|标准)|有效性|一致性|标准化/;
const MECHANISM =
  /长效.{0,6}机制|机制.{0,4}(?:健全|完善|长效)|(?:健全|完善|建立).{0,8}长效|可持续(?:性|发展|影响|运行|发挥)?$|持续(?:影响|发展|发挥|运行|使用)/;
const COST_HEAD =
  /(?:成本|费用|造价|单价|价格|次均费用|支出|开支|控制额|投资额|经费|投资|预算金额)(?:控制)?(?:额|数|金额|标准|总额)?$|成本(?:节约|控制|核算)|费$/;

const FUNDS_WORD = "(?:资金|经费|预算|拨款|补助款|补贴款|补助资金|款项)";
const BUDGET_EXECUTION =
  /(?:预算|资金|经费)(?:的)?(?:支出)?(?:执行|支出|支付|使用|支用|完成|拨付|下达)(?:完成)?(?:率|进度|比例|比率)(?:情况|达标率)?$|^(?:预算)?(?:执行率|支出进度|支付进度|支出率)$|预算执行(?:情况|完成率|进度)?$/;
const FUNDS_ARRIVAL = new RegExp(
  `${FUNDS_WORD}(?:足额|及时|按时|按期|全部|全额)*(?:的)?(?:到位|到账|下达)(?:足额|及时)?(?:率|情况|及时性|及时率|比例|时间|进度)?$`,
);
const FUNDS_PAID = new RegExp(
  `${FUNDS_WORD}(?:足额|及时|按时|按期|全部|全额)*(?:的)?(?:支付|拨付|拨款|下拨|兑付|发放|使用|支出)(?:数|数额|金额|额|量|总额|资金)?$|(?:支付|拨付|下拨|兑付|发放)(?:的)?[^率]{0,6}?(?:资金|金额|经费|款项)(?:数|数额|额|总额|金额)?$`,
);

/** What a name says it measures, by its head. */
export type NameKind =
  | "satisfaction"
  | "execution"
  | "arrival"
  | "count"
  | "timeliness"
  | "time"
  | "rate"
  | "mechanism"
  | "quality"
  | "cost"
  | "other";

/** A name taken apart once. */
export interface NameMeaning {
  readonly bare: string;
  readonly kind: NameKind;
  /** The head is 率, 比例, 占比 …: a share is promised. */
  readonly isRate: boolean;
  /** A rate of change (增长率, 同比): may be above 100 % or negative. */
  readonly isChange: boolean;
  /** The head is a count, area or length. */
  readonly isCount: boolean;
  readonly saysTimely: boolean;
  readonly saysQuality: boolean;
  /** A rate of doing or a coverage that has no other home (完成率, 覆盖率). */
  readonly saysCost: boolean;
  /** Paying out as such is counted (资金拨付金额). */
  readonly isPayment: boolean;
  /** Zero would be the best: cost, complaints, accidents, days, errors, emissions, waiting, limits. */
  readonly smallIsGood: boolean;
  /** Something is done for people or produced: more is better. */
  readonly isHelpOrOutput: boolean;
  /** A loss averted or work given to people: an amount of which more is better, whatever its unit. */
  readonly isGain: boolean;
}

/** Events and quantities of which less is better. */
const BAD =
  /投诉|信访|上访|事故|伤亡|死亡|致死|受伤|伤害|差错|错误|误差|误诊|误报|缺陷|故障|违规|违法|违纪|违约|犯罪|发案|案发|警情|火灾|火情|灾害|灾情|险情|损失|损耗|损毁|损坏|破损|污染|排放|超标|能耗|电耗|水耗|耗电|耗水|耗能|耗油|用电量|用水量|用能|碳|浓度|噪声|噪音|拥堵|延误|延迟|晚点|逾期|超期|超时|欠薪|拖欠|欠费|欠缴|积压|滞留|等待|等候|发病|患病|感染|传染|病死|复发|流失|辍学|失学|失业|返贫|致贫|空置|闲置|漏损|渗漏|漏水|退货|退回|返工|返修|纠纷|败诉|被诉|举报|负面|舆情|差评|不合格|不良|不满|不及格|不达标|未完成|未达标|缺口|赤字|债务|负债|偏差|超概|超支|超编|剖宫产|抗菌药|药占比|耗材占比|大班额|近视|肥胖|复吸|脱管|漏管|漏报|误工|停电|停水|停机|中断|泄露|泄漏|溢流|内涝|积水|侵蚀|变质|腐败|弃耕|撂荒|缺勤|旷工|陋习|乱象|隐患|存量/;

/** People described by a hardship: helping more of them is good, having fewer of them too. */
const HARDSHIP =
  /(?:失业|贫困|困难|返贫|患病|感染|辍学|失学|欠薪|近视|受灾|伤亡|受伤|死亡|负债|违法|犯罪|复吸)(?:和[^和]{1,6})?(?:人员|人口|对象|群众|家庭|户|者|儿童|患者|职工|农民工|学生|老人|企业|劳动力|妇女|青年|毕业生)/;

/** What a public body does for people or against an evil. */
const DOING =
  /补贴|补助|救助|资助|奖补|奖励|救济|慰问|帮扶|扶持|扶助|帮助|援助|服务|惠及|受益|受惠|受助|享受|覆盖|培训|培养|培育|教育|宣传|宣讲|普及|指导|辅导|咨询|安置|安排|转移就业|就业|转移|脱贫|招聘|招录|引进|招收|录取|入学|参保|参加|参与|参训|参会|发放|救治|治疗|救援|筛查|体检|接种|随访|诊疗|签约|服药|防治|防控|治理|整治|整改|处理|处置|办理|办结|化解|调解|调处|排查|检查|检测|监测|巡查|巡检|巡护|抽查|抽检|执法|维修|维护|修复|修缮|养护|管护|建设|新建|改建|扩建|改造|提升改造|安装|购置|采购|配备|更新|制作|编制|编印|印发|印制|出版|拍摄|举办|开展|组织|召开|举行|承办|演出|展出|开放|接待|研发|研究|完成|创建|评审|审计|评估|审查|审核|审批|种植|造林|绿化|植树|播种|改良|灌溉|供水|供暖|清理|清扫|清运|回收|处置|运输|运送|投放|采集|录入|归档|管理|整理|数字化|推广|示范|认定|登记|受理|解答|回访|走访|巡回|支教|支农|选派|派驻|订阅|配送|保障/;

/** Names whose bound from above is meant as a limit. */
const LIMIT =
  /控制(?:数|额|率|在|量|价|情况)?$|上限|限额|限值|不超过|不高于|不突破|编制数|三公|接待(?:费|批次|次数|人数)|公务用车|出国|因公|压减|精简|减少|降低|下降|节约|半径|间距|间隔|坡度|沉降|差距|差异|师生比|生师比|班额|密度|年龄|门槛|负担/;

/** A loss that was averted is a gain. */
const AVERTED = /(?:挽回|避免|追回|减损)[\u4e00-\u9fff]{0,10}?(?:损失|亏损)/;
/** Work given to people. */
const OFFERED =
  /(?:提供|新增|增加|创造|开发|设置|带动|吸纳)[\u4e00-\u9fff]{0,10}?(?:岗位|就业)(?!.*(?:控制|编制|补贴标准))/;

function isGain(bare: string): boolean {
  return AVERTED.test(bare) || OFFERED.test(bare);
}

/** Time that is given, not taken: opening hours, lessons, days on duty. */
const SERVICE_TIME =
  /(?:开放|服务|运行|值班|值守|培训|学习|授课|教学|志愿|累计|播出|飞行|观测|作业|巡航|巡护|锻炼|活动)(?:总|累计)?(?:时间|时长|天数|时数|小时数)$|总时长$/;

function isRateName(head: string): boolean {
  return RATE.test(head) && (!NO_RATE.test(head) || CHANGE_RATE.test(head));
}

function isCountName(head: string): boolean {
  return COUNT_HEAD.test(head) || (/数$/.test(head) && !NO_NUMBER_HEAD.test(head));
}

/** Whether, by its name alone, less is better; null where the name does not say. */
function directionOf(bare: string): "small" | "large" | null {
  if (SERVICE_TIME.test(bare)) return "large";
  if (LIMIT.test(bare)) return "small";
  if (COST_HEAD.test(bare) || TIME_AMOUNT.test(bare)) return "small";
  const hardship = HARDSHIP.exec(bare);
  if (hardship) return DOING.test(bare.replace(hardship[0], "")) ? "large" : "small";
  if (isGain(bare)) return "large";
  const bad = lastMatch(BAD, bare);
  const doing = lastMatch(DOING, bare);
  if (bad >= 0) return doing > bad ? "large" : "small";
  return doing >= 0 ? "large" : null;
}

/** Where the last match of a pattern begins, or -1. */
function lastMatch(pattern: RegExp, text: string): number {
  let at = -1;
  let from = 0;
  while (from < text.length) {
    const found = pattern.exec(text.slice(from));
    if (!found) break;
    at = from + found.index;
    from = at + 1;
  }
  return at;
}

function meaningOf(bare: string): NameMeaning {
  const head = bare.replace(TRAIL, "") || bare;
  const isCount = isCountName(bare) || isCountName(head);
  const isRate = isRateName(bare) || (isRateName(head) && !isCount);
  const isChange = CHANGE_RATE.test(bare) || /同比|环比|较上年|比上年|涨幅|增幅|降幅/.test(bare);
  const saysTimely = TIMELY.test(bare) || (TIME_HEAD.test(bare) && !isCount);
  const saysQuality = QUALITY.test(bare);
  const direction = directionOf(bare);
  let kind: NameKind = "other";
  if (SATISFACTION.test(bare) && !SATISFACTION_COUNT.test(bare)) kind = "satisfaction";
  else if (BUDGET_EXECUTION.test(bare)) kind = "execution";
  else if (FUNDS_ARRIVAL.test(bare)) kind = "arrival";
  else if (isCount) kind = "count";
  else if (saysTimely) kind = "timeliness";
  else if (TIME_AMOUNT.test(bare)) kind = "time";
  else if (MECHANISM.test(bare)) kind = "mechanism";
  else if (saysQuality) kind = "quality";
  else if (isRate) kind = "rate";
  else if (COST_HEAD.test(bare)) kind = "cost";
  return {
    bare,
    kind,
    isRate,
    isChange,
    isCount,
    saysTimely,
    saysQuality,
    saysCost: COST_HEAD.test(bare),
    isPayment: FUNDS_PAID.test(bare),
    smallIsGood: direction === "small",
    isHelpOrOutput: direction === "large",
    isGain: isGain(bare),
  };
}

const CACHE = new Map<string, NameMeaning>();
/** Names repeat across forms of a batch; a bounded memory saves most of the work. */
const CACHE_LIMIT = 4000;

/** What a name promises; names that were seen before are not taken apart again. */
export function nameMeaning(name: string | null): NameMeaning {
  const bare = bareName(name);
  const known = CACHE.get(bare);
  if (known) return known;
  const meaning = meaningOf(bare.length > 80 ? bare.slice(-80) : bare);
  if (CACHE.size >= CACHE_LIMIT) CACHE.clear();
  CACHE.set(bare, meaning);
  return meaning;
}

/** Whether the name is a share that cannot be above 100 %. */
export function isBoundedShare(bare: string): boolean {
  return (
    /(?:合格|达标|优良|覆盖|满意|知晓|及时|准确|普及|就业|完好|合规|规范|通过|有效|正确|参与|好评|签约|入库|办结|成活|成功|回收)(?:率|度|比例)$|占比$|比重$|满意度$/.test(
      bare,
    ) && !/拨备覆盖|毛入学|毛就业|资本|偿债|覆盖倍|完成率|增长|提升|提高|同比|环比|较上年|比上年/.test(bare)
  );
}

const SAYS_NOTHING =
  /^(?:上级|年度|全年|本年度?|市级|区级|县级|省级|部门|单位|各项|重点|主要|其他|其它|相关|有关|各类)*(?:下达|交办)?的?(?:考核|绩效|工作|目标|任务|事项)*(?:考核|指标|目标|任务|工作|事项)(?:完成|达标|达成)?(?:情况|数量|数|率)?$/;

/** A name that only says work, task, target: nothing is named that could be counted. */
export function saysNothing(bare: string): boolean {
  return SAYS_NOTHING.test(bare);
}
