import { halfWidth, type Indicator, parseDecimal } from "@jiheng/domain";
import { unitOf } from "./units.ts";

/**
 * What a row measures, which decides how it is rolled up. A `quantity` may be added; a `rate` (part of a whole) and an
 * `average` (per piece, per person, a score) never; a `time-limit`, a `rank` and a `date` hold for all or for none; `words` are judged.
 */
export type RowKind = "quantity" | "rate" | "average" | "time-limit" | "rank" | "date" | "words";

const RATE_UNIT = /^(?:%|‰|个百分点|成|百分号|倍)$/;
const RATE_NAME =
  /(?:率|占比|比例|比重|比率|百分比|满意度|知晓度|覆盖面|覆盖度|达标度|完成度|吻合度|符合度|增幅|增速|降幅|程度)(?:[(（].*[)）])?$/;
// 均 is an average (年均增收, 生均经费) unless it is evenness (均衡, 均等化) or "all" (均已, 均为).
const AVERAGE_NAME =
  /单价|单[个套台件人户次所间座项亩栋幢辆株头只床班册本张份].*(?:成本|造价|费|投资|支出|补助|补贴|金额|资金|价|标准)|单位(?:面积|长度|里程|产品|产值|能耗)|课时费|亩产(?!业)|单产|班额|带宽|[月日时]薪|[月日]工资|[月年]租金|单位成本|单位造价|[人户亩年月周日天时生床班村校车次场件镇乡县所台师店院]均(?![衡匀等质])|平均|均(?![衡匀等质已为可能有无未按])|每(?:小时|课时|间|座|床|株|头|只|栋|孩|学生|项|人|户|个|次|亩|公里|平方米|吨|台|件|月|年|天|份|套|家|所|生|场|批)|(?:补助|补贴|收费|发放|支付|费用|资助|供养|保障|奖励|救助|工资|薪酬)标准|价格|指数|浓度|密度|温度|湿度|浊度|得分|评分|分数|考核分|星级|水平$|系数|倍数|PH值/i;
/** Sizes and strengths of a thing: two roads 4 m wide are not 8 m wide. */
const DIMENSION_NAME =
  /(?:宽|厚|深|精|强|硬|坡|亮|照|速|纯|稠|压实|高)度|半径|间距|跨度|直径|口径|管径|粒径|孔径|树高|株高|层高|车速|流速|转速|风速|水位|海拔|水压|气压|电压|压力|容重|含量|余氯/;
const AVERAGE_UNIT = /^(?:分|星|级|档|度|℃|°C|分贝|dB|ppm|星级|等级)$/i;
const TIME_UNIT = /^(?:天|个工作日|小时|分钟|秒|个月|年|周|个季度|季度|学期|个学期)$/;
const RANK_UNIT = /^(?:[前第][一二三四五六七八九十\d]+[名位]?|名次|位次|第?名次)$/;
const RANK_NAME = /(?:排名|名次|位次|排位|等次)(?:情况)?$/;
const ADDED_TIME =
  /累计|合计|总(?:时长|天数|时间|工时)|(?:播出|播放|录制|直播|授课|飞行)(?:时长|时间)|小时数|工时|服务时长|服务时间|志愿|机时|台班|学时|课时/;
const DATE =
  /(?:(?:19|20)\d\d年|\d{1,2}月(?:\d{1,2}[日号]|底|末|初|份|[上中下]旬|前|之前|内)?)(?:底|末|前|之前|以前|内|完成|结束)?|(?:19|20)\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?|(?:年|季度|月|学期|汛期?)(?:底|末|前)(?:前|之前)?/;

/** Whether words name a day, a month or the end of a period. */
function namesDate(text: string | null): boolean {
  return text !== null && DATE.test(halfWidth(text).replace(/\s+/g, ""));
}

/** The kind of a row by its unit, its name and what its target holds. General: by the words of the trade, never by a project. */
export function rowKindOf(row: Indicator): RowKind {
  const counted =
    parseDecimal(row.target.value) ?? (row.target.text === null ? parseDecimal(row.actual.value) : null);
  if (counted === null) return namesDate(row.target.text) ? "date" : "words";
  const name = halfWidth(row.name ?? "").replace(/\s+/g, "");
  const printed = row.target.unit ?? row.actual.unit;
  const base = printed === null ? null : unitOf(printed).base;
  if ((base !== null && RANK_UNIT.test(base)) || RANK_NAME.test(name)) return "rank";
  if (base !== null && RATE_UNIT.test(base)) return "rate";
  if (/满意度/.test(name) || /满意度/.test(row.level2 ?? "")) return base === "分" ? "average" : "rate";
  // 度 counts electricity as well.
  const isGraded = base !== null && AVERAGE_UNIT.test(base) && !(base === "度" && /电/.test(name));
  if (isGraded || (base !== null && isPerPiece(base))) return "average";
  if (AVERAGE_NAME.test(name) || DIMENSION_NAME.test(name)) return "average";
  // 坝高15米; nothing that is added up is called a height.
  if (/高$/.test(name) && base === unitOf("米").base) return "average";
  // 伙食标准30元 is a price; 制定标准3项 is a count.
  if (/标准$/.test(name) && (base === null || base === "元")) return "average";
  if (base !== null && TIME_UNIT.test(base)) return ADDED_TIME.test(name) ? "quantity" : "time-limit";
  if (RATE_NAME.test(name) && (base === null || base === "")) return "rate";
  return "quantity";
}

/** 元/人, 吨每亩: a unit per another unit. */
function isPerPiece(base: string): boolean {
  return /[/／]|每/.test(base) && base !== "人次";
}
