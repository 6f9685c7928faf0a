import type { FundSource } from "./form.ts";
import { remembered } from "./remembered.ts";

/** What a column of a funds table, a table of indicators or a table of goals holds. */
export type Heading =
  | "level1"
  | "level2"
  | "name"
  | "target"
  | "sign"
  | "unit"
  | "initialTarget"
  | "adjustedTarget"
  | "actual"
  | "points"
  | "score"
  | "coefficient"
  | "core"
  | "reviewScore"
  | "criteria"
  | "evidence"
  | "deviation"
  | "initialBudget"
  | "adjustedBudget"
  | "expenditure"
  | "executionRate"
  | "goalExpected"
  | "goalAdjusted"
  | "goalAchieved"
  | "goalMidTerm";

/** A label of the head of a form, whose value stands beside it. */
export type HeadLabel =
  | "project"
  | "projectCode"
  | "department"
  | "departmentCode"
  | "unit"
  | "unitCode"
  | "formNumber";

/** One of the four level-1 names of the national layout. */
export type Level1 = "成本指标" | "产出指标" | "效益指标" | "满意度指标";

const FULL_WIDTH = /[\uFF01-\uFF5E]/g;

/** Full-width letters, digits and signs as half-width ones ("９５％（Ａ）" is "95%(A)"); nothing else changes. */
export function halfWidth(text: string): string {
  if (!holds(text, 0xff01, 0xff5e)) return text;
  return text.replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}

function holds(text: string, from: number, to: number): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= from && code <= to) return true;
  }
  return false;
}

/** Whether the text has a Chinese character: without one it is no label, whatever else it is. */
function isWorded(text: string): boolean {
  return holds(text, 0x4e00, 0x9fff);
}

/** A label without blanks, line breaks and the colon at its end, in half width: the key of every synonym table. */
export const compactLabel: (text: string) => string = remembered((text) =>
  halfWidth(text)
    .replace(/[\s\u3000\u00a0]+/g, "")
    .replace(/[:;,]+$/, ""),
);

/** A compact label without what stands in brackets and without the mark of an item ("1.", "(一)", "★") before it. */
const bareLabel = remembered((text) =>
  compactLabel(text)
    .replace(/\([^()]*\)/g, "")
    .replace(/\[[^[\]]*\]|〔[^〕]*〕|【[^】]*】/g, "")
    .replace(/^[★☆*●·]+|[★☆*]+$/g, "")
    .replace(/^(?:\d+|[一二三四五六七八九十]+)[.、.]/, "")
    .replace(/[:;,]+$/, ""),
);

const HEADING_WORDS: Readonly<Record<Heading, string>> = {
  level1: "一级指标 一级 一级指标名称 指标类别 指标类型",
  level2: "二级指标 二级 二级指标名称",
  name: "三级指标 三级 三级指标名称 指标名称 绩效指标名称 指标内容 具体指标 四级指标 指标",
  target:
    "年度指标值 指标值 年初目标值 年初指标值 目标值 年度目标值 预期指标值 全年指标值 计划指标值 绩效目标值 预期值 计划值 全年目标值 年初设定目标值 年度预期指标值 指标目标值 年初设定指标值 绩效指标值 年度绩效指标值 预期目标值 年度计划值 三级指标值 目标指标值 年初绩效指标值 全年计划值",
  sign: "指标性质 比较符号 运算符 运算符号 计算符号 指标方向 符号 关系符 关系符号 操作符 比较符 指标值符号 运算关系 逻辑符号",
  unit: "度量单位 计量单位 指标单位 指标值单位 单位",
  initialTarget: "初始指标值 原指标值 调整前指标值 调整前目标值",
  adjustedTarget: "调整指标值 调整后指标值 调整目标值 调整后目标值 年中调整指标值 全年调整指标值 调整值",
  actual:
    "实际完成值 全年完成值 全年实际值 完成值 实际完成 实际值 全年实际完成值 实际完成指标值 年度完成值 年度实际完成值 自评完成值 实现值 实际完成数 完成数 指标完成值 指标完成情况 实际完成结果 全年实际完成 年度实际值 实际完成情况 完成情况 全年完成情况 全年实际完成情况",
  points:
    "分值 分数 权重 指标权重 指标分值 权重分 权重分值 标准分 标准分值 满分 分值权重 执行率权重 预设分值 设定分值 分值分数 分配分值 执行率分值 指标分数 预算执行率权重",
  score:
    "得分 指标得分 自评得分 自评分 自评分数 自评分值 执行率得分 实际得分 得分情况 评分 评价得分 自评结果 自评得分值 预算执行率得分 单位自评得分",
  coefficient: "得分系数 完成系数 评分系数",
  core: "是否核心指标 核心指标 是否核心 是否为核心指标",
  reviewScore:
    "复核得分 复核分 复核分数 复评得分 抽查得分 财政复核得分 主管部门复核得分 部门复核得分 财政评分 审核得分 复核评分",
  criteria:
    "评分标准 评价标准 评分细则 计分标准 指标解释 指标说明 得分计算方法 评分规则 评分方法 计算方法 计分方法 评分依据 指标解释及评分标准 评价要点 得分算法",
  evidence: "佐证材料 证明材料 数据来源 取证依据 佐证资料 资料来源 取数来源 证据 佐证材料名称 指标值来源",
  deviation:
    "偏差原因分析及改进措施 偏差原因分析 偏差原因 未完成原因分析 未完成原因和改进措施 未完成原因及拟采取的改进措施 未完成原因及改进措施 未完成原因 偏差大或目标未完成原因分析 偏差原因及改进措施 原因分析 原因 原因说明 偏差说明 原因及改进措施 扣分原因 未完成原因分析及改进措施 偏差度及原因分析 偏差情况说明 差异原因 偏差原因分析与改进措施 未完成情况说明",
  initialBudget:
    "年初预算数 年初预算 年初批复预算数 年初预算金额 年初安排数 年初批复数 年初预算安排 年初部门预算数",
  adjustedBudget:
    "全年预算数 调整后预算数 全年调整预算数 预算数 调整预算数 年度预算数 全年预算 预算金额 预算安排数 下达预算数 调整后全年预算数 全年预算金额 预算总额 年中调整后预算数 调整后预算 项目年度预算数 项目预算数 调整预算",
  expenditure:
    "全年执行数 执行数 预算执行数 实际执行数 实际支出数 全年支出数 支出数 执行金额 全年实际执行数 实际支出 支出金额 全年实际支出数 决算数 全年执行金额 实际支出金额 累计执行数 全年支出 执行情况数 实际支出资金 支出资金 项目年度支出数 项目支出数 预算支出数 实际执行 全年执行 实际使用数 实际使用金额",
  executionRate:
    "执行率 预算执行率 资金执行率 全年执行率 支出执行率 执行比例 预算完成率 支出进度 资金支出进度 预算支出进度 预算执行进度 执行进度 资金使用率",
  goalExpected:
    "预期目标 年初设定目标 项目年度目标 年初目标 年度目标 年初绩效目标 年度绩效目标 预期绩效目标 设定目标 年初设定绩效目标 年度预期目标 年初总体目标 总体绩效目标 年初设定的目标 年度主要任务 当年绩效目标",
  goalAdjusted:
    "全年绩效目标 全年调整绩效目标 调整年度目标 调整绩效目标 调整后目标 调整后绩效目标 调整目标 年中调整目标",
  goalAchieved:
    "实际完成情况 全年实际完成情况 年度目标完成情况 年度总体目标完成情况综述 目标实际完成情况 全年完成情况 完成情况 目标完成情况 总体完成情况 年度总体目标完成情况 总体目标完成情况 绩效目标完成情况 全年目标实际完成情况 年度绩效目标完成情况 目标实际完成情况综述 绩效目标实际完成情况 项目年度目标完成情况",
  goalMidTerm: "中期目标 中期绩效目标 实施期目标 实施期总目标 实施期绩效目标 项目总目标 项目实施期目标",
};

const HEADINGS = new Map<string, Heading[]>();
for (const [heading, words] of Object.entries(HEADING_WORDS) as [Heading, string][])
  for (const word of words.split(" ")) {
    const known = HEADINGS.get(word);
    if (known) known.push(heading);
    else HEADINGS.set(word, [heading]);
  }

/** Headings that are long and worded freely; tried only where no synonym fits. */
const HEADING_PATTERNS: readonly (readonly [RegExp, Heading])[] = [
  [/^(?:如有)?(?:偏差|未完成|差异|扣分|偏离)[^。]{0,12}(?:原因|说明|措施)[^。]{0,12}$/, "deviation"],
  [/^(?:年初|期初)[^。]{0,4}预算[^。]{0,3}$/, "initialBudget"],
  [/^(?:全年|年度|调整后?)[^。]{0,4}预算(?:数|金额|额)$/, "adjustedBudget"],
  [/^(?:全年|年度|实际)(?!预计)[^。]{0,4}(?:执行|支出)(?:数|金额|额)$/, "expenditure"],
  [/^1[-–—~～至]\d{1,2}月(?:份)?(?:预算)?(?:执行|支出)(?:数|金额)$/, "expenditure"],
  [/^1[-–—~～至]\d{1,2}月(?:份)?(?:预算)?执行率$/, "executionRate"],
  [/^1[-–—~～至]\d{1,2}月(?:份)?(?:执行|完成)(?:情况|值|数)$/, "actual"],
  [/^(?:全年|年度|实际)(?!预计)[^。]{0,4}完成(?:值|数)$/, "actual"],
  [/^(?:年度|年初|全年|预期)[^。]{0,4}(?:指标|目标)值$/, "target"],
];

/** Every meaning a column heading may have (实际完成情况: `actual` or `goalAchieved`); none where it is no heading. */
export const headingsOf: (text: string) => readonly Heading[] = remembered(headingsIn);

function headingsIn(text: string): readonly Heading[] {
  if (text.length > 60 || !isWorded(text)) return [];
  const key = bareLabel(text);
  if (key === "" || key.length > 26) return [];
  const known = HEADINGS.get(key) ?? HEADINGS.get(compactLabel(text).replace(/[()]/g, ""));
  if (known) return known;
  for (const [pattern, heading] of HEADING_PATTERNS) if (pattern.test(key)) return [heading];
  return [];
}

const HEAD_WORDS: Readonly<Record<HeadLabel, string>> = {
  project:
    "项目名称 专项名称 专项资金名称 项目(专项)名称 资金名称 转移支付名称 专项转移支付名称 转移支付项目名称 二级项目名称 自评项目名称 评价项目名称 政策名称",
  projectCode: "项目编码 项目代码 项目编号",
  department:
    "主管部门 县级主管部门 地方主管部门 市级主管部门 省级主管部门 区级主管部门 项目主管部门 中央主管部门 主管单位 业务主管部门 主管部门名称 主管部门及代码 部门名称 一级预算单位 预算部门 部门",
  departmentCode: "主管部门编码 主管部门代码 部门编码 部门代码",
  unit: "实施单位 项目实施单位 项目单位 资金使用单位 使用单位 单位名称 预算单位名称 预算单位 部门单位名称 部门(单位)名称 部门预算单位名称 一级预算单位名称 项目承担单位 具体实施单位 用款单位 实施单位名称 执行单位",
  unitCode: "单位编码 单位代码 预算单位编码 实施单位编码 实施单位代码",
  formNumber: "报表编号 表号 报表编码 表格编号",
};

const HEADS = new Map<string, HeadLabel>();
for (const [label, words] of Object.entries(HEAD_WORDS) as [HeadLabel, string][])
  for (const word of words.split(" ")) HEADS.set(word, label);

const WEAK_HEADS =
  /^(?:单位名称|部门(?:\(单位\))?名称|部门单位名称|预算单位(?:名称)?|部门|一级预算单位|中央主管部门)$/;

/** A head label that yields to a plainer one: 单位名称 of whoever fills the form in yields to 实施单位, 中央 to 地方主管部门. */
export function isWeakHeadLabel(text: string): boolean {
  return WEAK_HEADS.test(compactLabel(text));
}

/** Which label of the head of a form this is, or null. What stands in brackets ("实施单位（盖章）") does not count. */
export const headLabelOf: (text: string) => HeadLabel | null = remembered(headLabelIn);

function headLabelIn(text: string): HeadLabel | null {
  if (text.length > 40 || !isWorded(text)) return null;
  return HEADS.get(bareLabel(text)) ?? HEADS.get(compactLabel(text)) ?? null;
}

const LEVEL1_WORDS: Readonly<Record<Level1, string>> = {
  成本指标: "成本指标 成本 绩效成本指标 项目成本指标",
  产出指标: "产出指标 产出 项目产出 产出类指标 项目产出指标 部门产出 履职产出",
  效益指标: "效益指标 效益 项目效益 效果指标 效益类指标 项目效益指标 项目效果 效果",
  满意度指标: "满意度指标 满意度 满意度类指标 满意度效果指标 项目满意度",
};

/** Level-2 names (without 指标 at the end) and the level-1 name they belong under. */
const LEVEL2_HOMES: readonly (readonly [string, Level1])[] = [
  ["数量", "产出指标"],
  ["产出数量", "产出指标"],
  ["质量", "产出指标"],
  ["产出质量", "产出指标"],
  ["时效", "产出指标"],
  ["产出时效", "产出指标"],
  ["进度", "产出指标"],
  ["成本", "成本指标"],
  ["产出成本", "产出指标"],
  ["经济成本", "成本指标"],
  ["社会成本", "成本指标"],
  ["生态环境成本", "成本指标"],
  ["生态成本", "成本指标"],
  ["环境成本", "成本指标"],
  ["经济效益", "效益指标"],
  ["社会效益", "效益指标"],
  ["生态效益", "效益指标"],
  ["环境效益", "效益指标"],
  ["生态环境效益", "效益指标"],
  ["经济", "效益指标"],
  ["社会", "效益指标"],
  ["生态", "效益指标"],
  ["可持续影响", "效益指标"],
  ["可持续发展", "效益指标"],
  ["可持续性", "效益指标"],
  ["可持续性影响", "效益指标"],
  ["可持续效益", "效益指标"],
  ["可持续发展影响", "效益指标"],
  ["政治效益", "效益指标"],
  ["服务对象满意度", "满意度指标"],
  ["社会公众满意度", "满意度指标"],
  ["公众满意度", "满意度指标"],
  ["群众满意度", "满意度指标"],
  ["社会公众或服务对象满意度", "满意度指标"],
  ["服务对象或社会公众满意度", "满意度指标"],
  ["受益对象满意度", "满意度指标"],
  ["帮扶对象满意度", "满意度指标"],
  ["满意度", "满意度指标"],
];

const LEVEL1 = new Map<string, Level1>();
for (const [name, words] of Object.entries(LEVEL1_WORDS) as [Level1, string][])
  for (const word of words.split(" ")) LEVEL1.set(word, name);
const LEVEL2 = new Map<string, Level1>(LEVEL2_HOMES);

// Every level name holds one of these; most cells do not, and need no closer look.
const GROUP_WORDS = /[量效本意度性响展]|产\s*出|指\s*标/;
const ITEM_MARK = /^(?:[\d一二三四五六七八九十]+[.、．]|[(（][\d一二三四五六七八九十]+[)）])/;
const GROUP_POINTS = /[（(【[]\s*(\d{1,3}(?:\.\d+)?)\s*(?:分|%)?\s*[）)】\]]/;

/** A label of a group as printed, apart from the points that stand in brackets behind it (产出指标（50分）). */
export function splitGroupPoints(text: string): { readonly label: string; readonly points: string | null } {
  const printed = halfWidth(text).replace(/[\s\u3000\u00a0]+/g, "");
  const match = GROUP_POINTS.exec(printed) ?? /(?<=指标|满意度)(\d{1,3}(?:\.\d+)?)分$/.exec(printed);
  if (match)
    return {
      label: (printed.slice(0, match.index) + printed.slice(match.index + match[0].length)).replace(
        /[:]+$/,
        "",
      ),
      points: match[1] ?? null,
    };
  // A bracket whose opening half was lost on the way still names the points of its group.
  const torn = /(\d{1,3}(?:\.\d+)?)分[)）]?$/.exec(printed);
  if (torn && torn.index > 0)
    return { label: printed.slice(0, torn.index).replace(/[:(]+$/, ""), points: torn[1] ?? null };
  return { label: printed.replace(/[:]+$/, ""), points: null };
}

/** The level-1 name of the national layout a label stands for (产出, 产出指标（50分）), or null. */
export const level1Of: (text: string) => Level1 | null = remembered(level1In);

function level1In(text: string): Level1 | null {
  if (text.length > 24 || !GROUP_WORDS.test(text)) return null;
  const { label } = splitGroupPoints(text);
  return LEVEL1.get(label.replace(ITEM_MARK, "").replace(/^绩效指标/, "")) ?? null;
}

/** The level-1 name under which a level-2 name belongs (时效指标 → 产出指标), or null where it is no level-2 name. */
export const level2HomeOf: (text: string) => Level1 | null = remembered(level2HomeIn);

function level2HomeIn(text: string): Level1 | null {
  if (text.length > 30 || !GROUP_WORDS.test(text)) return null;
  const { label } = splitGroupPoints(text);
  const item = label.replace(ITEM_MARK, "");
  const bare = item.replace(/等+$/, "").replace(/指标$/, "");
  return bare === item && bare.length < 4 ? null : (LEVEL2.get(bare) ?? null);
}

const FUND_PATTERNS: readonly (readonly [RegExp, FundSource])[] = [
  [/财政专户|专户管理|非税收入/, "special-account"],
  [/政府性基金/, "government-fund"],
  [/上年结转|结转资金|结余|结转/, "carry-over"],
  [
    /^(?:年度)?(?:项目)?(?:财政)?(?:预算)?(?:资金)?(?:支出)?(?:总额|总金额|合计|总计|总资金)$|资金总额|申请总额|总金额|^总额$|预算总额|^合计$|^总计$|^小计$/,
    "total",
  ],
  [/中央/, "central"],
  [/省级|省财政|省补助|自治区/, "province"],
  [/市级|市财政|市本级|市补助|地市/, "city"],
  [/县级|区级|县财政|区财政|县区|区县|本级财政/, "county"],
  [/上级/, "superior"],
  [/地方/, "local"],
  [/基本支出/, "basic-expenditure"],
  [/项目支出/, "project-expenditure"],
  [/其他|其它|社会资金|自筹/, "other"],
  [/单位资金|自有资金|事业收入/, "unit"],
  [/财政拨款|财政资金|本年拨款|当年拨款|一般公共预算|年度拨款|本年财政|当年财政/, "current-appropriation"],
];

/** The source of money a row label of a funds table names; `"unnamed"` where the label is of no known kind. */
export function fundSourceOf(label: string): FundSource {
  const key = bareLabel(label)
    .replace(/^其中[:]?/, "")
    .replace(/^[-—·]+/, "");
  // Several sources in one label (中央、省、市补助) name none of them.
  const named = [/中央/, /省/, /市/, /县|区(?!域)/].filter((level) => level.test(key)).length;
  if (named >= 2 && /、|和|及|\//.test(key)) return "superior";
  for (const [pattern, source] of FUND_PATTERNS) if (pattern.test(key)) return source;
  return "unnamed";
}

/** A label of the row that closes the table of indicators: 总分, 合计, 自评总分. */
export function isTotalLabel(text: string): boolean {
  return /^(?:自评)?(?:总分|合计|总计|总得分|自评总分|合计得分|自评得分合计|综合得分|总评分|得分合计|总分值|自评总得分|总分合计)$/.test(
    bareLabel(text),
  );
}

/** A label of the row that prints the grade: 评分等级, 自评等级, 评价结果. */
export function isGradeLabel(text: string): boolean {
  return GRADE_LABEL.test(bareLabel(text)) || GRADE_LABEL.test(compactLabel(text).replace(/[()]/g, ""));
}

/** 项目级别 and 项目等级 tell of the project: only an evaluation has a grade. */
const GRADE_LABEL =
  /^(?:(?:项目|单位|部门|总体|整体)(?=绩效|自评|评|考核|得分))?(?:评分|自评|评价|绩效|评定|综合|考核|评估|得分|总分|自我|最终|结果|结论)*(?:等级|等次|级别|档次|评级)$/;

const GRADES = /^(?:优秀|优|良好|良|中等|中|较差|差|合格|不合格|基本合格|一般)$/;

/** The grade a cell prints (优, 良, 中, 差 and the older names), also as the ticked one of several boxes; null otherwise. */
export function gradeOf(text: string): string | null {
  const compact = compactLabel(text);
  if (GRADES.test(compact)) return compact;
  const options = [...compact.matchAll(/(优秀|优|良好|良|中等|中|较差|差|不合格|基本合格|合格)/g)];
  if (options.length < 2) return null;
  const ticked = "[√✓✔☑■✅Rþ]";
  const after = new RegExp(`(优秀|优|良好|良|中等|中|较差|差|不合格|基本合格|合格)[([【]?${ticked}`).exec(
    compact,
  );
  const before = new RegExp(`${ticked}[)\\]】]?(优秀|优|良好|良|中等|中|较差|差|不合格|基本合格|合格)`).exec(
    compact,
  );
  // Boxes stand all before or all behind their words; the first character of the cell tells which.
  const boxFirst = /^[[(【]?[□☐○〇√✓✔☑■✅]/.test(compact);
  return (boxFirst ? before?.[1] : after?.[1]) ?? null;
}

/** A row that only keeps a place in a blank form (指标2、……): no indicator. */
export function isPlaceholder(text: string): boolean {
  return /^(?:三级)?(?:指标|内容)?[\d一二三四五六七八九十xX×*＊]{0,3}[.、:：]?$|^[.…·。,、\-—_/\\*×xX]+$|^指标[\d一二三四五六七八九十]+[:：、.]?[…·.]*$|^\(?略\)?$/.test(
    compactLabel(text),
  );
}

const SCOPE = "(?:当年|年度|项目|部门|单位|整体|总体|绩效|支出|专项|主要|全年)";
const SIDE_LABELS = new RegExp(
  `^(?:${SCOPE}*(?:资金|预算)(?:情况|执行情况|执行|申请|使用情况|安排及执行情况|投入情况|投入|数)?|${SCOPE}+(?:目标|指标)(?:完成情况|情况)?|(?:项目)?基本情况|项目支出)$`,
);

/** A label in the margin of a section (项目资金（万元）, 年度总体目标, 绩效指标) that heads rows, not a column. */
export function isSideLabel(text: string): boolean {
  return text.length <= 40 && SIDE_LABELS.test(bareLabel(text));
}

/** The Chinese name of the province, region or municipality whose name is printed in the text, or null. */
export function provinceOf(text: string): string | null {
  return PROVINCES.exec(text)?.[1] ?? null;
}

const PROVINCES =
  /(北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆)(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区)/;

/** Every known wording of headings, head labels and levels, compact: for readers that must find where a word begins in running text. */
export const WORDINGS: {
  readonly headings: ReadonlyMap<string, readonly Heading[]>;
  readonly heads: ReadonlyMap<string, HeadLabel>;
  readonly level1: ReadonlyMap<string, Level1>;
  /** Level-2 names without 指标 at the end. */
  readonly level2: ReadonlyMap<string, Level1>;
} = { headings: HEADINGS, heads: HEADS, level1: LEVEL1, level2: LEVEL2 };
