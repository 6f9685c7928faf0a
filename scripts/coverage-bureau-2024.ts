/**
 * What a reviewer's list for the eleven published forms of one bureau (2024) says, and where the rules say the same:
 * data for docs/coverage-bureau-2024.md and for the check against a real run. Words here are our own.
 */
import { RULES, RULES_VERSION } from "@jiheng/audit";

/** How grave the reviewer calls an entry. */
export type Severity = "error" | "warning" | "note";
/** `trap`: the form is right there, and nothing may be found. */
export type CoverageOutcome = "found" | "unclear" | "none" | "trap";

/** One finding (or open question) of the review that says what an entry says. */
export interface Seen {
  /** Form from 1, or the whole batch. */
  readonly where: number | "batch";
  readonly code: string;
  /** Beginning of one of its places; empty where any place will do. */
  readonly at: string;
  /** What its message must name. */
  readonly names: readonly string[];
}

/** One entry of the reviewer's list. */
export interface CoverageEntry {
  readonly id: string;
  readonly severity: Severity;
  readonly outcome: CoverageOutcome;
  /** False where only a person who knows the work can tell. */
  readonly decidable: boolean;
  readonly says: string;
  readonly seen: readonly Seen[];
}

/** One thing that the review of these forms is to show at the least. */
export interface RequiredItem {
  readonly form: number | "batch";
  readonly item: string;
  readonly seen: readonly Seen[];
}

/** A statement of a form that is right: no finding of the rules on figures and texts may name it. */
export interface RightFact {
  readonly id: string;
  readonly form: number;
  readonly says: string;
  readonly places: readonly string[];
  readonly figures: readonly string[];
}

/** The day of the run that the page states. */
const RUN_ON = "2026-11-22";

/** Rules on figures in texts, and of amounts in texts against the fund rows. */
export const NARRATIVE_CODES: ReadonlySet<string> = new Set([
  "AR-30",
  ...Array.from({ length: 10 }, (_, index) => `AR-${100 + index}`),
]);

function see(where: number | "batch", code: string, at = "", ...names: string[]): Seen {
  return { where, code: `AR-${code}`, at, names };
}

const SEVERITY = { e: "error", w: "warning", n: "note" } as const;

function entry(
  head: string,
  outcome: CoverageOutcome,
  says: string,
  seen: readonly Seen[] = [],
  decidable = true,
): CoverageEntry {
  const [id = "", letter = "n"] = head.split(" ");
  return { id, severity: SEVERITY[letter as keyof typeof SEVERITY], outcome, decidable, says, seen };
}

function found(head: string, says: string, ...seen: Seen[]): CoverageEntry {
  return entry(head, "found", says, seen);
}

function unclear(head: string, says: string, ...seen: Seen[]): CoverageEntry {
  return entry(head, "unclear", says, seen, false);
}

function none(head: string, says: string): CoverageEntry {
  return entry(head, "none", says, [], false);
}

function trap(head: string, says: string): CoverageEntry {
  return entry(head, "trap", says);
}

/** Every entry of the reviewer's list, in its order. */
export const COVERAGE: readonly CoverageEntry[] = [
  found(
    "S01-01 w",
    "120人做成736人，比较号又是“=”；原因只怪指标值",
    see(1, "121", "indicators[1].actual", "736", "613.3%"),
    see(1, "159", "indicators[1].deviation"),
  ),
  found(
    "S01-02 w",
    "10分扣2分，与其他表同类超额不扣分并列指出；扣分依据本身另列待人工判断（AR-150）",
    see("batch", "151", "indicators[1].score", "613.3%"),
  ),
  found("S01-03 w", "发放人数设上限", see(1, "120", "indicators[2].target", "≤250.00(人)")),
  found(
    "S01-04 n",
    "250人在文字中没有交代；单独一行恰好等于上限不另提示",
    see(1, "107", "indicators[2]", "250.00"),
  ),
  unclear(
    "S01-05 w",
    "补贴一段没有交代，是否另有完成请人核对；“2次”没有指标承载已提示（AR-106）",
    see(1, "110", "goal.achieved"),
  ),
  found("S01-06 w", "调减62.11%，只用了年初的32.56%", see(1, "160", "funds[0]", "62.11%", "32.56%")),
  found("S01-07 w", "执行率85.93%无说明", see(1, "25", "funds[0].executionRate", "85.93%")),
  found("S01-08 n", "财政拨款全为0", see(1, "163", "funds[1]")),
  found("S01-09 n", "与第6张表同一段文字", see("batch", "174", "goal.expected", "第1张", "第6张")),
  found("S01-10 n", "4行共60分没有可衡量的内容", see(1, "140", "indicators[0].actual", "60分")),
  found(
    "S01-11 n",
    "考核什么没有写明；由哪项产出带来另列待人工判断（AR-147）",
    see(1, "51", "indicators[5].target"),
  ),

  found("S02-01 e", "分值合计90分", see(2, "60", "totalPoints", "90分", "100分")),
  found(
    "S02-02 e",
    "得分合计84.09分，比印出的少10分，疑漏一行",
    see(2, "152", "totalScore", "84.09", "94.09", "10分"),
  ),
  found(
    "S02-03 e",
    "长效机制列在满意度下，同批9张表另归一类；全表没有满意度指标",
    see(2, "125", "indicators[7].level2"),
    see(2, "54", "indicators[7]"),
    see("batch", "126", "indicators[7].level2", "9张"),
  ),
  found("S02-04 w", "执行率40.87%无说明", see(2, "25", "funds[0].executionRate", "40.87%")),
  found(
    "S02-05 w",
    "按可见各行应为良；执行率低于六成而评优",
    see(2, "153", "grade", "84.09", "良"),
    see(2, "154", "grade"),
  ),
  found("S02-06 n", "年初预算与两行来源空白", see(2, "164", "funds[0].initialBudget")),
  found(
    "S02-07 n",
    "四舍五入，与另一版式的截断并列指出",
    see("batch", "158", "funds[0].executionRate", "第2张"),
  ),
  found(
    "S02-08 e",
    "两张表的档案数42467与40000；4个同名指标",
    see("batch", "171", "indicators[1].actual", "42467", "40000"),
    see("batch", "175", "indicators[1].name"),
  ),
  found("S02-09 n", "同一个数，一处为名、一处为份", see(2, "108", "indicators[1].actual", "42467")),
  found("S02-10 n", "两行都是提升档案管理", see(2, "136", "indicators[6].name")),
  none("S02-11 n", "简写的类别名读得懂，不算问题；版式不同由AR-177在各表之间提示一次"),
  found("S02-12 n", "8行中7行照抄指标值", see(2, "140", "indicators[0].actual", "7行")),
  found("S02-13 n", "目标没有数量和期限", see(2, "113", "goal.expected")),

  found("S03-01 e", "比赛以人次计", see(3, "129", "indicators[2].target", "人次")),
  found("S03-02 w", "完成率337.5%，满分无说明", see(3, "81", "indicators[3].deviation", "337.5%")),
  found("S03-03 w", "27场只交代了11场", see(3, "103", "goal.achieved", "27场", "11场")),
  found("S03-04 w", "成本节约列两行，10分＋5分", see(3, "135", "indicators[1]", "10分＋5分")),
  found("S03-05 w", "长效机制列两行，5分＋5分", see(3, "135", "indicators[11]", "5分＋5分")),
  found("S03-06 w", "同一句话连写两遍", see(3, "116", "goal.expected", "2次")),
  found(
    "S03-07 w",
    "首句是另两张表的文字；与完成情况是否一事另列待人工判断（AR-112）",
    see("batch", "174", "goal.expected", "第3张", "第7张", "第8张"),
  ),
  found(
    "S03-08 n",
    "两行满意度要求100%",
    see(3, "123", "indicators[12].target"),
    see(3, "123", "indicators[13].target"),
  ),
  none("S03-09 n", "名称说的是计划是否完成而以次数计，两种读法都通，不提示"),
  none("S03-10 n", "本口径没有规定一级指标分值，AR-146不适用；改用有规定的口径时提示"),
  found("S03-11 n", "14行中7行只写达成", see(3, "140", "indicators[0].actual", "7行")),
  found("S03-12 n", "调减5.02%", see(3, "26", "funds[0].adjustedBudget", "5.02%")),

  found("S04-01 w", "执行率40.22%无说明，产出却全部满分", see(4, "25", "funds[0].executionRate", "40.22%")),
  found("S04-02 w", "执行率低于六成而评优", see(4, "154", "grade", "40.22%", "94.02")),
  found(
    "S04-03 e",
    "同名指标一为≥一为≤，完成值515与450",
    see("batch", "170", "indicators[2].target", ">=450", "≤450.00"),
    see("batch", "171", "indicators[2].actual", "515", "450.00"),
  ),
  found("S04-04 w", "覆盖情况指标值60%与90%", see("batch", "172", "indicators[1].target", "60%", "90.00")),
  found(
    "S04-05 w",
    "知晓率指标值70%、80%、95%",
    see("batch", "172", "indicators[7].target", "70%", "80.00", "95.00"),
  ),
  found("S04-06 w", "满意度指标值95%与100%", see("batch", "172", "indicators[12].target", "95%", "100.00")),
  found(
    "S04-07 e",
    "905家在两张表都作为成果，整段文字相同",
    see("batch", "173", "goal.achieved", "905家"),
    see("batch", "174", "goal.achieved", "第4张", "第5张"),
  ),
  found("S04-08 w", "完成率133.3%，满分无说明", see(4, "81", "indicators[1].deviation", "133.3%")),
  none("S04-09 n", "一行恰好等于下限不成问题；几乎全部恰好相等时才提示（AR-137）"),
  found("S04-10 n", "年初预算与两行来源空白", see(4, "164", "funds[0].initialBudget")),
  found(
    "S04-11 n",
    "905家没有指标承载；长期失业青年没有数量，由目标无数量一并提示",
    see(4, "106", "goal.achieved", "905家"),
    see(4, "113", "goal.expected"),
  ),
  none("S04-12 n", "三行用词不同而意思相近，字面不足以判定；照抄指标值已计入AR-140"),
  none("S04-13 n", "零投诉与0是同一意思，不算类型不同；归在满意度下另列待人工判断（AR-124）"),
  found("S04-14 n", "以百分比计而列在数量指标下", see(4, "125", "indicators[1].level2")),
  found(
    "S04-15 n",
    "四舍五入，与另一版式的截断并列指出",
    see("batch", "158", "funds[0].executionRate", "第4张"),
  ),
  found("S04-16 n", "14行中8行照抄或只写达成", see(4, "140", "indicators[0].actual", "8行")),

  found(
    "S05-01 e",
    "两行资金的执行率98.51%应为98.61%，截断也只到98.60%",
    see(5, "156", "funds[0].executionRate", "98.51%", "98.61%", "98.60%"),
    see(5, "156", "funds[1].executionRate"),
  ),
  found("S05-02 e", "9.85应为9.86，总分99.85应为99.86", see(5, "157", "funds[0].score", "9.86", "99.86")),
  found(
    "S05-03 w",
    "享受人数设上限，与第4张表相反",
    see(5, "120", "indicators[3].target"),
    see("batch", "170", "indicators[3].target"),
  ),
  found("S05-04 e", "450与515", see("batch", "171", "indicators[3].actual", "515", "450.00")),
  found(
    "S05-05 e",
    "905家及整段文字与第4张表相同",
    see("batch", "173", "goal.achieved", "905家"),
    see("batch", "174", "goal.achieved", "第4张", "第5张"),
  ),
  found("S05-06 w", "计划原文作为完成情况（不计文件名连续148字）", see(5, "111", "goal.achieved")),
  found("S05-07 w", "调减36.64%，只用了年初的62.48%", see(5, "160", "funds[0]", "36.64%", "62.48%")),
  found("S05-08 e", "投诉件数以%计", see(5, "129", "indicators[17].target", "%")),
  found(
    "S05-09 n",
    "三个人数户数文字没有交代",
    see(5, "107", "indicators[1].actual", "600.00", "260.00", "450.00"),
  ),
  unclear("S05-10 w", "600户与905家的关系需人说明", see(5, "105", "indicators[1].actual", "905家")),
  found("S05-11 w", "完成率125%，指标值偏低", see(5, "41", "indicators[12]", "125%")),
  found("S05-12 n", "满意度要求100%", see(5, "123", "indicators[16].target")),
  found("S05-13 n", "以百分比计而列在数量指标下", see(5, "125", "indicators[4].level2")),
  none("S05-14 n", "三行各说一类补贴，对象不同；写法不一不足以认定重复"),
  found("S05-15 n", "说同比而没有数字", see(5, "131", "indicators[13].target")),
  found(
    "S05-16 n",
    "小数位两种写法；文号年份用方括号",
    see(5, "180", "indicators[1].target"),
    see(5, "181", "goal.expected"),
  ),

  found(
    "S06-01 e",
    "四项合计50800，写的是60800，差10000",
    see(6, "100", "goal.expected", "60800", "50800", "10000"),
  ),
  found(
    "S06-02 e",
    "(一)按明细为15600，改后合计正好；人均也与其他各项相符",
    see(6, "100", "goal.expected", "5600元", "15600"),
    see(6, "102", "goal.expected", "130元"),
  ),
  found("S06-03 e", "上限24做成500，得4分，原因按下限来写", see(6, "121", "indicators[2].actual", "2083.3%")),
  unclear(
    "S06-04 e",
    "24与500是否说同一项活动，要熟悉业务的人判断",
    see(6, "139", "indicators[2].actual", "500", "24"),
  ),
  found("S06-05 w", "与下一行同为500而单位不同，疑填串", see(6, "138", "indicators[2].actual", "500.00")),
  found("S06-06 w", "完成率250%，满分无说明", see(6, "81", "indicators[3].deviation", "250%")),
  found("S06-07 w", "四项培训的23个数一个也没有交代", see(6, "110", "goal.achieved", "60800元")),
  found("S06-08 w", "招聘活动一段与第1张表相同", see("batch", "174", "goal.expected", "第1张", "第6张")),
  found("S06-09 w", "完成情况七成是目标原文", see(6, "111", "goal.achieved")),
  found(
    "S06-10 w",
    "执行率截断，与另一版式的四舍五入并列指出",
    see("batch", "158", "funds[0].executionRate", "第6张"),
  ),
  found("S06-11 w", "调减29.5%，只用了年初的69.54%", see(6, "26", "funds[0]", "29.5%", "69.54%")),
  found("S06-12 w", "培训次数列两行，一为=一为≥", see(6, "136", "indicators[1].name", "培训次数")),
  found(
    "S06-13 w",
    "两行培训及时；“按时完成”没有写明对象，不并入",
    see(6, "136", "indicators[10].name", "及时"),
  ),
  found("S06-14 n", "名称为率而指标值为“及时”", see(6, "131", "indicators[8].target")),
  found("S06-15 n", "指标值是日期，完成值只写达成", see(6, "130", "indicators[9].actual")),
  none("S06-16 n", "同S03-10"),
  none("S06-17 n", "目标中写有这项内容，是否缺少产出要由人判断"),
  found("S06-18 n", "〉多一个；全表都用半角的不算混用", see(6, "181", "goal.expected", "〉")),

  found("S07-01 w", "执行率62.98%无说明", see(7, "25", "funds[0].executionRate", "62.98%")),
  found("S07-02 w", "调减43.99%，只用了年初的35.28%", see(7, "160", "funds[0]", "43.99%", "35.28%")),
  none("S07-03 w", "62.98%高于六成的界限（AR-154），不提示等级偏高；执行率和调减本身已指出（AR-25、AR-160）"),
  found(
    "S07-04 e",
    "上限83做成123，得2分；原因只怪指标值",
    see(7, "121", "indicators[3].actual", "148.2%"),
    see(7, "159", "indicators[3].deviation"),
  ),
  found("S07-05 e", "上限50做成170，得2分", see(7, "121", "indicators[9].actual", "340%")),
  found("S07-06 e", "原因栏是空话", see(7, "80", "indicators[9].deviation")),
  found(
    "S07-07 w",
    "按200元的单价170本为34000元，多24000元，成本行未反映",
    see(7, "104", "indicators[9].actual", "34000元", "24000元"),
  ),
  found("S07-08 e", "预算执行率又作为指标计分", see(7, "128", "indicators[7].name")),
  found(
    "S07-09 e",
    "资金到位率两处计分",
    see(7, "128", "indicators[15].name"),
    see(7, "128", "indicators[21].name"),
    see(7, "135", "indicators[21]"),
  ),
  found(
    "S07-10 w",
    "及时性列在质量指标下，又与时效指标下一行相同",
    see(7, "125", "indicators[18].level2"),
    see(7, "135", "indicators[23]"),
  ),
  found("S07-11 w", "完成率列在数量指标下", see(7, "125", "indicators[8].level2")),
  found("S07-12 e", "两个名称连在一起", see(7, "132", "indicators[29].name")),
  found(
    "S07-13 w",
    "五对重复行；成本节约两行标准不同，按重名提示",
    see(7, "11", "indicators[0].name"),
    see(7, "135", "indicators[17]"),
    see(7, "135", "indicators[23]"),
    see(7, "135", "indicators[21]"),
    see(7, "135", "indicators[33]"),
  ),
  found("S07-14 e", "与第2张表的档案数不同", see("batch", "171", "indicators[4].actual", "42467", "40000")),
  found("S07-15 w", "补贴对象人数用“<”设上限", see(7, "120", "indicators[10].target", "<100.00")),
  trap("S07-16 n", "123、96000、400、667各式都对，没有提示"),
  found(
    "S07-17 w",
    "检查、迎考材料等17个数没有交代；42人等没有提到；其余段落列待人工判断",
    see(7, "110", "goal.achieved", "195家"),
    see(7, "107", "indicators[9].actual", "42.00"),
  ),
  found("S07-18 w", "回沪老人一段照抄目标", see(7, "111", "goal.achieved")),
  found("S07-19 w", "首段与第8、3张表相同", see("batch", "174", "goal.expected", "第7张", "第8张", "第3张")),
  found(
    "S07-20 n",
    "档案、摄像头、窗口三个数文字没有交代；恰好相等本身不另提示",
    see(7, "107", "indicators[4].actual", "40000.00", "5.00", "6.00"),
  ),
  found(
    "S07-21 n",
    "设备、窗口是存量",
    see(7, "133", "indicators[5].name"),
    see(7, "133", "indicators[6].name"),
  ),
  found(
    "S07-22 n",
    "满意度要求100%；问的是管理方",
    see(7, "123", "indicators[34].target"),
    see(7, "124", "indicators[37].name"),
  ),
  found("S07-23 n", "39行每行2至3分；分值结构同S03-10", see(7, "142", "", "39行")),
  none("S07-24 n", "只写达成的行按分值不到一半，未到提示界限（AR-140）"),
  found("S07-25 n", "括号开而未闭", see(7, "181", "goal.expected", "（")),

  found("S08-01 e", "2024年度的表写2023年度", see(8, "115", "goal.expected", "2023")),
  found("S08-02 w", "调减69.82%，只用了年初的29.11%", see(8, "160", "funds[0]", "69.82%", "29.11%")),
  found(
    "S08-03 w",
    "执行率截断，与另一版式的四舍五入并列指出",
    see("batch", "158", "funds[0].executionRate", "第8张"),
  ),
  found("S08-04 e", "培训人次列在成本指标下", see(8, "125", "indicators[1].level2")),
  found(
    "S08-05 e",
    "合规、真实两行列在数量指标下",
    see(8, "125", "indicators[10].level2"),
    see(8, "125", "indicators[11].level2"),
  ),
  found("S08-06 e", "一级栏印了二级的名称", see(8, "127", "indicators[12].level1")),
  found(
    "S08-07 e",
    "及时性列在质量指标下，指标值却是合规",
    see(8, "125", "indicators[20].level2"),
    see(8, "131", "indicators[20].target"),
  ),
  found(
    "S08-08 w",
    "两个比率列在数量指标下",
    see(8, "125", "indicators[4].level2"),
    see(8, "125", "indicators[9].level2"),
  ),
  found("S08-09 e", "“前三”不是计量单位", see(8, "129", "indicators[3].target", "前三")),
  found("S08-10 w", "完成率230.1%，满分无说明", see(8, "81", "indicators[1].deviation", "230.1%")),
  found(
    "S08-11 w",
    "204/230得1分，按比例应得1.77分；说明没有改进措施",
    see(8, "150", "indicators[2].score", "1.77"),
    see(8, "83", "indicators[2].deviation"),
  ),
  found("S08-12 e", "18与119、325不一致", see(8, "105", "indicators[5].actual", "18.00", "119", "325")),
  found("S08-13 w", "招聘人数设上限", see(8, "120", "indicators[5].target")),
  trap("S08-14 n", "90.15%、46028、12.5万都对，没有提示"),
  found(
    "S08-15 w",
    "引用全国的数字；首段与其他表相同",
    see(8, "114", "goal.expected", "2.5万名"),
    see("batch", "174", "goal.expected", "第8张"),
  ),
  found("S08-16 w", "招聘一段照抄目标", see(8, "111", "goal.achieved")),
  found(
    "S08-17 w",
    "薪酬调查、审计、监测点、打印设备等数没有交代；其余段落列待人工判断（AR-110、AR-117）",
    see(8, "107", "indicators[2].actual", "204.00", "3.00", "12.00"),
  ),
  found(
    "S08-18 n",
    "128.8%、150%无说明",
    see(8, "41", "indicators[4]", "128.8%"),
    see(8, "81", "indicators[6].deviation", "150%"),
  ),
  found(
    "S08-19 n",
    "以“等”收尾、没有说明是谁的；“管理方满意度”另按问了管理方提示",
    see(8, "132", "indicators[6].name"),
    see(8, "132", "indicators[33].name"),
    see(8, "132", "indicators[41].name"),
  ),
  found(
    "S08-20 n",
    "满意度要求100%；没有投诉不等于满意",
    see(8, "123", "indicators[41].target"),
    see(8, "124", "indicators[43].target"),
  ),
  found("S08-21 n", "47行每行1至3分；分值结构同S03-10", see(8, "142", "", "47行")),
  found("S08-22 n", "47行中32行只写达成", see(8, "140", "indicators[0].actual", "32行")),
  found(
    "S08-23 n",
    "三个恰好相等的数文字没有交代；恰好相等本身不另提示",
    see(8, "107", "indicators[3].actual"),
  ),
  none("S08-24 n", "维护台数可以是当年做的工作，不按存量提示"),

  found("S09-01 e", "调减97.73%，只用了年初的2.21%", see(9, "160", "funds[0]", "97.73%", "2.21%")),
  found("S09-02 e", "目标与完成情况不是一件事", see(9, "112", "goal.achieved")),
  found(
    "S09-03 e",
    "三行满分在文字中没有着落；预算调减过半而指标全达成",
    see(9, "117", "indicators[1].actual"),
    see(9, "165", "funds[0]"),
  ),
  found("S09-04 w", "执行率截断、得分四舍五入", see(9, "158", "funds[0].executionRate", "97.26%", "9.73")),
  found(
    "S09-05 w",
    "句子重复，叠字“人才人才”",
    see(9, "116", "goal.expected"),
    see(9, "13", "goal.expected", "人才人才"),
  ),
  found("S09-06 w", "知晓率指标值与第4张表不同", see("batch", "172", "indicators[9].target", "70%", "95.00")),
  found(
    "S09-07 w",
    "两个完成率列在数量指标下",
    see(9, "125", "indicators[2].level2"),
    see(9, "125", "indicators[3].level2"),
  ),
  found("S09-08 n", "“有效”没有标准；“未超标准”不另提示", see(9, "51", "indicators[10].target")),
  none("S09-09 n", "一为配套资金、一为资助资金，字面不足以认定重复"),
  none("S09-10 n", "同S03-10"),
  found("S09-11 n", "14行中8行只写达成", see(9, "140", "indicators[0].actual", "8行")),
  found("S09-12 n", "只有1人，100%满意没有代表性", see(9, "123", "indicators[12].actual")),

  found("S10-01 w", "完成率200%，满分无说明", see(10, "81", "indicators[0].deviation", "200%")),
  found("S10-02 e", "以家计的数量列在质量指标下", see(10, "125", "indicators[1].level2")),
  none("S10-03 w", "发放与知晓是两件事，1000与500可以都对，不能据数字判定；发放超额已指出（AR-81）"),
  found(
    "S10-04 w",
    "没有成本指标，也没有可持续影响指标",
    see(10, "02", "indicators"),
    see("batch", "145", "", "宣传经费", "成本指标", "可持续影响指标"),
  ),
  found("S10-05 n", "宣传品以家计", see(10, "129", "indicators[0].target")),
  found("S10-06 n", "一行定性指标占30分", see(10, "141", "indicators[3].points", "30分")),
  found("S10-07 n", "指标值是日期，完成值只写达成", see(10, "130", "indicators[2].actual")),
  found("S10-08 n", "完成情况没有一个数", see(10, "113", "goal.achieved")),
  found("S10-09 n", "全部满分", see(10, "67", "totalScore")),

  found(
    "S11-01 w",
    "预算由5万元调到正好等于支出",
    see(11, "160", "funds[0]", "63.80%"),
    see(11, "162", "funds[0].adjustedBudget", "36.20%"),
  ),
  found(
    "S11-02 w",
    "完成情况只是目标中的用途，没有数量",
    see(11, "111", "goal.achieved"),
    see(11, "113", "goal.achieved"),
  ),
  found("S11-03 w", "产出只有比率，没有件数", see(11, "144", "indicators[1].target")),
  found("S11-04 w", "完成率列在数量指标下", see(11, "125", "indicators[1].level2")),
  none("S11-05 n", "查封资产既可算产出也可算效果，不提示"),
  trap("S11-06 n", "目标的5万元与年初预算相符，没有提示"),
  none("S11-07 n", "目标写有金额，按“没有数量”不成立；缺预期结果要由人判断"),
  found("S11-08 n", "全部满分", see(11, "67", "totalScore")),

  found("SX-01 w", "11张全部为优，两张执行率低于六成", see("batch", "155", "grade", "第2张", "第4张")),
  found(
    "SX-02 w",
    "六张调减超过三成，逐张指出；第6张29.5%按一般调整提示",
    ...[1, 5, 7, 8, 9, 11].map((form) => see(form, "160", "funds[0]")),
    see(6, "26", "funds[0]"),
  ),
  found(
    "SX-03 e",
    "两张四舍五入、三张截断；第9张一行两法；第5张两种都不符",
    see("batch", "158", "funds[0].executionRate", "第6张", "第8张", "第9张", "第2张", "第4张"),
    see(9, "158", "funds[0].executionRate", "9.73"),
    see(5, "156", "funds[0].executionRate"),
  ),
  found(
    "SX-04 w",
    "扣与不扣并列；差11%扣一半另在第8张指出",
    see(
      "batch",
      "151",
      "indicators[1].score",
      "613.3%",
      "2083.3%",
      "148.2%",
      "340%",
      "337.5%",
      "250%",
      "200%",
    ),
    see(8, "150", "indicators[2].score"),
  ),
  found(
    "SX-05 w",
    "两个套话指标共104分和76分",
    see("batch", "143", "", "104分"),
    see("batch", "143", "", "76分"),
  ),
  found("SX-06 n", "汇总填报", ...[3, 6, 8].map((form) => see(form, "176", "project", "汇总"))),
  none("SX-07 n", "少数行失分本身不是问题；失分行的说明逐行检查"),
  found("SX-08 n", "两种版式混用", see("batch", "177")),
];

/** What the review of these forms is to show at the least, item by item. */
export const REQUIRED: readonly RequiredItem[] = [
  { form: 2, item: "分值合计90", seen: [see(2, "60", "totalPoints", "90分")] },
  { form: 2, item: "得分84.09，印94.09", seen: [see(2, "152", "totalScore", "84.09", "94.09")] },
  { form: 2, item: "等级应为良，印优", seen: [see(2, "153", "grade", "良", "优")] },
  { form: 2, item: "没有满意度指标", seen: [see(2, "54", "indicators[7]")] },
  { form: 2, item: "执行率40.87%无说明", seen: [see(2, "25", "funds[0].executionRate", "40.87%")] },
  {
    form: 5,
    item: "执行率98.51应为98.61（两行资金）",
    seen: [
      see(5, "156", "funds[0].executionRate", "98.51%", "98.61%"),
      see(5, "156", "funds[1].executionRate"),
    ],
  },
  { form: 5, item: "执行得分9.85应为9.86", seen: [see(5, "157", "funds[0].score", "9.85", "9.86")] },
  { form: 6, item: "(一)5600应为15600", seen: [see(6, "100", "goal.expected", "5600元", "15600")] },
  { form: 6, item: "60800与各项不符", seen: [see(6, "100", "goal.expected", "60800", "50800")] },
  { form: 6, item: "500对≤24", seen: [see(6, "121", "indicators[2].actual", "500.00", "≤24.00")] },
  { form: 1, item: "736对=120", seen: [see(1, "121", "indicators[1].actual", "736.00", "=120.00")] },
  { form: 7, item: "170对≤50", seen: [see(7, "121", "indicators[9].actual", "170.00", "≤50.00")] },
  { form: 7, item: "原因是空话", seen: [see(7, "80", "indicators[9].deviation", "根据实际情况")] },
  { form: 7, item: "200元×50本对170本", seen: [see(7, "104", "indicators[9].actual", "200元×50本", "170")] },
  {
    form: 7,
    item: "五对重复行",
    seen: [
      see(7, "11", "indicators[0].name"),
      see(7, "135", "indicators[17]"),
      see(7, "135", "indicators[21]"),
      see(7, "135", "indicators[23]"),
      see(7, "135", "indicators[33]"),
    ],
  },
  { form: 7, item: "括号未闭", seen: [see(7, "181", "goal.expected", "（")] },
  { form: 7, item: "比率列在数量指标下", seen: [see(7, "125", "indicators[8].level2", "比率")] },
  { form: 8, item: "2024年的表写2023年度", seen: [see(8, "115", "goal.expected", "2023", "2024")] },
  { form: 8, item: "204/230得1分，按比例1.77分", seen: [see(8, "150", "indicators[2].score", "1.77")] },
  { form: 8, item: "单位“前三”", seen: [see(8, "129", "indicators[3].target", "前三")] },
  { form: 8, item: "质量指标印在一级栏", seen: [see(8, "127", "indicators[12].level1", "质量指标")] },
  { form: 8, item: "招聘18对119、325", seen: [see(8, "105", "indicators[5].actual", "18.00", "119", "325")] },
  { form: 3, item: "比赛以人次计", seen: [see(3, "129", "indicators[2].target", "人次")] },
  { form: 3, item: "句子重复", seen: [see(3, "116", "goal.expected")] },
  { form: 3, item: "行重复", seen: [see(3, "135", "indicators[1]"), see(3, "135", "indicators[11]")] },
  { form: 9, item: "调减97.73%无说明", seen: [see(9, "160", "funds[0]", "97.73%")] },
  { form: 9, item: "人才人才", seen: [see(9, "13", "goal.expected", "人才人才")] },
  { form: 10, item: "没有成本指标", seen: [see(10, "02", "indicators", "成本指标")] },
  { form: 10, item: "一行定性指标30分", seen: [see(10, "141", "indicators[3].points", "30分")] },
  { form: 11, item: "预算调为支出数", seen: [see(11, "162", "funds[0].adjustedBudget", "1.81万元")] },
  {
    form: "batch",
    item: "享受补贴人数方向相反、完成值不同",
    seen: [
      see("batch", "170", "indicators[3].target", ">=450", "≤450.00"),
      see("batch", "171", "indicators[3].actual", "515", "450.00"),
    ],
  },
  { form: "batch", item: "905家申报两次", seen: [see("batch", "173", "goal.achieved", "905家")] },
  {
    form: "batch",
    item: "档案40000对42467",
    seen: [see("batch", "171", "indicators[4].actual", "40000", "42467")],
  },
  { form: "batch", item: "截断与四舍五入并存", seen: [see("batch", "158", "", "截去尾数", "四舍五入")] },
  { form: "batch", item: "扣分不一", seen: [see("batch", "151", "indicators[1].score")] },
  { form: "batch", item: "11张全优", seen: [see("batch", "155", "grade", "11张")] },
];

/** What the forms state and what is right. */
export const RIGHT: readonly RightFact[] = [
  {
    id: "S07-16",
    form: 7,
    says: "四项人数之和、检查家数之和与费用、每天标准、学徒人数",
    places: [],
    figures: ["123人", "96000", "400元", "667", "195家"],
  },
  {
    id: "S08-14",
    form: 8,
    says: "招聘完成率、培训人次、五年人数",
    places: ["indicators[4]", "indicators[1]"],
    figures: ["46028", "12.5万"],
  },
  {
    id: "S11-06",
    form: 11,
    says: "目标金额与年初预算",
    places: ["funds", "goal.expected"],
    figures: ["5万元"],
  },
];

const SEVERITY_WORDS = { error: "错误", warning: "应说明", note: "建议" } as const;
const OUTCOME_WORDS = {
  found: "查出",
  unclear: "待人工判断",
  none: "未查出",
  trap: "不应提示，未提示",
} as const;

/** How many entries of one severity there are, and how many of them the review finds or asks about. */
export function tally(severity: Severity): { all: number; found: number; unclear: number; none: number } {
  const own = COVERAGE.filter((each) => each.severity === severity && each.outcome !== "trap");
  const count = (outcome: CoverageOutcome) => own.filter((each) => each.outcome === outcome).length;
  return { all: own.length, found: count("found"), unclear: count("unclear"), none: count("none") };
}

function title(where: number | "batch"): string {
  return where === "batch" ? "各表之间" : `第${where}张`;
}

function rulesOf(seen: readonly Seen[]): string {
  const parts = seen.map(({ where, code, at }) => `${code} ${title(where)}${at === "" ? "" : ` \`${at}\``}`);
  return [...new Set(parts)].join("<br>") || "—";
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)}%`;
}

/** The page docs/coverage-bureau-2024.md. */
export function coveragePage(): string {
  const count = (severity: Severity): string => {
    const { all, found: hit, unclear: open, none: missed } = tally(severity);
    return `| ${SEVERITY_WORDS[severity]} | ${all} | ${hit} | ${percent(hit, all)} | ${open} | ${missed} |`;
  };
  const traps = COVERAGE.filter(({ outcome }) => outcome === "trap").length;
  const codes = new Set(COVERAGE.flatMap(({ seen }) => seen.map(({ code }) => code)));
  return [
    "# 对照：某区局2024年度11张自评表",
    "",
    `由 \`scripts/coverage-bureau-2024.ts\` 的数据生成（\`npm run generate\`），不要手改。复核日期${RUN_ON}，规则${RULES_VERSION}（${RULES.length}条），政策包 shanghai-bureau-2024。`,
    "",
    "把一位细心的审阅人对这11张公开自评表列出的意见，逐条与规则的审核结果对照。规则按缺陷的种类编写，不针对这些表。表和意见清单不在本仓库中；它们放在仓库旁的 `../shared/forms` 时，`node scripts/check-coverage.ts` 按实际审核结果核对下面每一行。",
    "",
    "## 计数",
    "",
    "| 性质 | 条数 | 查出 | 占比 | 待人工判断 | 未查出 |",
    "|---|---|---|---|---|---|",
    count("error"),
    count("warning"),
    count("note"),
    "",
    `另有${traps}条说的是表上写对了的地方，不应提示：都没有提示。规则能够判定的错误全部查出；列为“待人工判断”的错误，要熟悉业务的人才能断定。`,
    "",
    "## 逐条对照",
    "",
    "“规则”栏写规则编号、所在的表和位置（位置的写法同 `read --json`）。同一缺陷由几条规则分别指出的，逐行列出。",
    "",
    "| 编号 | 性质 | 规则 | 结果 | 说明 |",
    "|---|---|---|---|---|",
    ...COVERAGE.map(
      ({ id, severity, outcome, says, seen }) =>
        `| ${id} | ${SEVERITY_WORDS[severity]} | ${rulesOf(seen)} | ${OUTCOME_WORDS[outcome]} | ${says} |`,
    ),
    "",
    "## 至少应当查出的事项",
    "",
    "| 表 | 事项 | 规则 | 结果 |",
    "|---|---|---|---|",
    ...REQUIRED.map(({ form, item, seen }) => `| ${title(form)} | ${item} | ${rulesOf(seen)} | 查出 |`),
    "",
    "## 写对了的地方",
    "",
    "| 编号 | 表 | 事项 |",
    "|---|---|---|",
    ...RIGHT.map(({ id, form, says }) => `| ${id} | ${title(form)} | ${says} |`),
    "",
    "## 用到的规则",
    "",
    "| 编号 | 规则 |",
    "|---|---|",
    ...[...codes]
      .sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)))
      .map((code) => {
        const own = RULES.filter((rule) => rule.code === code);
        return `| ${code} | ${own.map(({ id, title: name }) => `${name}（\`${id}\`）`).join("、")} |`;
      }),
    "",
  ].join("\n");
}
