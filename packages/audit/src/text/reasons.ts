import type { Form } from "@jiheng/domain";
import { normaliseText } from "./normalise.ts";

/** What an explanation of a deviation holds. */
export interface ReasonParts {
  /** Says why, beyond labels and set phrases. */
  readonly hasCause: boolean;
  /** Says what will be done. */
  readonly hasMeasure: boolean;
  /** What will be done is no more than 加强管理 and the like. */
  readonly isMeasureEmpty: boolean;
  /** Nothing but labels or phrases such as 根据实际情况. */
  readonly isHollow: boolean;
}

const LABEL =
  /(?:(?:偏差|未完成|未达标|失分|超额|主要)?(?:原因|情况)(?:分析|说明)?(?:及(?:拟采取的?)?改进措施)?|(?:拟采取的?|下一步)?(?:改进|整改)?措施|说明|备注)\s*:/g;
const HOLLOW =
  /^(?:(?:主要)?(?:根据|按照|依据|结合|视|因|由于|按)?(?:本单位|项目|工作|业务|客观|当年|年度)?(?:的)?(?:实际|客观|具体|特殊|其他|工作|正常|多种|各种)(?:工作|业务)?(?:情况|需要|需求|原因|因素|执行)?(?:确定|填报|填写|完成|调整|所致|导致|而定|变化|发生)*|无|没有|正常|暂无|略|同上|见附件|详见附件|详见报告|已完成|完成|达成|达成指标|已达成|达标|偏差|有偏差|存在偏差|未完成|未达标|超额完成|按实际完成|据实|据实填报|据实填列)$/;
const MEASURE =
  /措施|改进|改善|整改|下一步|下步|今后|今年将|明年|下年|后续|将(?!军|来有)|拟(?!定)|加强|加大|加快|强化|健全|完善|优化|细化|合理(?:设置|设定|制定|编制|调整)|科学(?:设置|设定|制定|编制)|规范(?!性)|督促|督办|催办|落实|争取|尽快|提前|做好|严格|提高(?!了)|进一步|及时(?:调整|修订|跟进|申报)|适当(?:调整|提高|降低)|予以调整|予以完善/;
/** What has been done about it, or will be by a date: a measure, in a clause that may tell the cause too. */
const REMEDY =
  /已(?:经)?[^,未不没]{0,8}(?:补|加派|增派|增配|重新|调整|修订|修改|变更|约定|签订|更换|追回|纳入|落实|启动|安排|申请|协调|移交)|加派|增派|错峰|重新(?:约定|签订|招标|采购|组织|安排|测算|制定|选定)|纳入[^,]{0,10}(?:计划|安排)|20[0-9]{2}年[^未不没才已]{0,8}(?:前|内|上半年|季度|初|底)[^未不没]{0,10}(?:完成|实施|建成|投用|安装|支付|拨付|兑付|验收|到位|解决)/;
/** A measure that names nothing: 今后加强管理, 下一步加大工作力度. */
const EMPTY_MEASURE =
  /^(?:(?:今后|以后|下一步|下步|后续|明年|下一?年度?|将|拟|要|应|会|继续|进一步|不断|切实|本单位|我[局办中心单位]{0,2}))*(?:加强|加大|强化|提高|提升|改进|改善|完善|做好|抓好|重视)(?:相关|有关|各项|日常)?(?:工作|管理|监管|监督|力度|效率|水平|质量|能力|重视|认识|责任心|措施|执行力)(?:工作|力度|水平|效率|质量|能力)?$/;
const TARGET_FAULT =
  /(?:(?:年初|年度|绩效|预期|原)*(?:指标值?|目标值?|指标目标|绩效目标)(?:的)?(?:设置|设定|编制|制定|预设|预估|填报|测算|值)?(?:时)?(?:得|的)?(?:相对|略|偏|过于|较|比较|明显)*(?:(?:欠|不够|不尽|不太|不甚|不|未|缺乏)(?:合理|科学|准确|精准|完善|精确|恰当|严谨|充分|到位|细化)性?|偏低|偏高|过低|过高|较低|较高|保守|低了|高了|有偏差|存在偏差|偏差))|对(?:指标|目标)值?(?:预估|预计|估计|测算)(?:不足|不准|不够准确)/;

/** A prompt of the blank form left in its cell says nothing. */
const PROMPT = /\([^()]{0,60}(?:字以内|填写|写明|提出|分析)[^()]{0,60}\)/g;
const CLAUSE = /[,，:;；。.\n、!]+/;

/** Takes an explanation apart. Blank is hollow. */
export function readReason(text: string | null): ReasonParts {
  const bare = normaliseText(text ?? "")
    .replace(PROMPT, "")
    .replace(/[\s\-—–/\\*_]+/g, "")
    .replace(/[0-9一二三四]+[.、)]/g, "")
    .replace(/\([一二三四0-9]\)/g, "");
  const labelledMeasure = /措施:/.exec(bare);
  const measurePart = labelledMeasure ? bare.slice(labelledMeasure.index + labelledMeasure[0].length) : "";
  const body = (labelledMeasure ? bare.slice(0, labelledMeasure.index + 3) : bare).replace(LABEL, "。");
  const clauses = body.split(CLAUSE).filter((clause) => clause !== "" && !/^(?:无|偏差)?$/.test(clause));
  const telling = clauses.filter((clause) => !HOLLOW.test(clause));
  const causes = telling.filter(
    (clause) =>
      !MEASURE.test(clause) || TARGET_FAULT.test(clause) || /由于|因为?|受.*影响|导致|所致|造成/.test(clause),
  );
  const measureWords = measurePart.split(CLAUSE).filter((clause) => clause !== "" && !HOLLOW.test(clause));
  const hasMeasure =
    measureWords.length > 0 ||
    telling.some((clause) => (MEASURE.test(clause) || REMEDY.test(clause)) && !TARGET_FAULT.test(clause));
  const measures = [
    ...measureWords,
    ...telling.filter((clause) => MEASURE.test(clause) || REMEDY.test(clause)),
  ];
  return {
    hasCause: causes.length > 0,
    hasMeasure,
    isMeasureEmpty: measures.length > 0 && measures.every((clause) => EMPTY_MEASURE.test(clause)),
    isHollow: telling.length === 0 && measureWords.length === 0,
  };
}

/** Why money was not spent explains no row of the indicators. */
const ABOUT_MONEY = /执行率|预算执行|资金|结余/;
const EXPLAINING = /原因|偏差|未完成|改进措施|整改/;

/** An explanation given once for the whole form: the form's own deviation, or a field of that name that says something. */
export function formExplanation(form: Form): string | null {
  const parts = [
    form.deviation,
    ...form.fields
      .filter(({ label }) => EXPLAINING.test(label) && !ABOUT_MONEY.test(label))
      .map(({ text }) => text),
  ];
  const said = parts.find((part) => part !== null && !readReason(part).isHollow);
  return said ?? null;
}
