import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { narrativesOf } from "../../text/index.ts";
import { blankTitles } from "./goal-story.ts";

const YEAR = /(?<![0-9〔[(（])((?:19|20)[0-9]{2})\s*年(度)?/g;
/** A span of years, a plan period: no other year. */
const SPAN_AFTER = /^\s*(?:[-—~至到、和及]|以来|起|以后|之后|以前|之前|前|底|末|初|后)/;
const SPAN_BEFORE =
  /(?:[0-9]{4}\s*年?\s*[-—~至到、和及]|截至|截止|自|从|比|较|与|同|对比|相比|由|始于|历年|上年|去年|往年|根据|按照|依据|针对|对照|参照|沿用|延续|结转|基于|除|连续|于)\s*$/;
const REFERENCE_BEFORE =
  /比|较|截至|截止|自|根据|按照|依据|参照|对照|相比|结转|清算|兑现|补发|支付.{0,4}(?:尾款|欠)|追溯|承接|延续|第/;
/** What a text may well say of an earlier or later year: money carried over, awards for last year, reports, plans. */
const REFERENCE_AFTER =
  /^[^,，。;；]{0,24}(?:结转|奖励|奖补|奖金|考核|清算|尾款|欠款|质保|决算|验收|审计|评估|评定|认定|表彰|补发|兑现|建成|竣工|完工|开工|投用|立项|批准|印发|发布|出台|基数|同期|相比|水平|增长|下降|提高|减少|减幅|增幅|预算编制|规划|远期|遗留|续建|跨年|毕业|退役|入伍|出生|届)/;
const FUTURE = /^\s*度?\s*(?:将|拟|计划|继续|再|还将|预计|准备|安排)/;
const ACTION = /^(?:\s*年度?)?\s*(?:[1-9]|1[0-2])?\s*(?:月)?/;

/** The end of a year's work: 2023年底前完成全部任务, 各项任务于2023年11月底前完成. */
const DEADLINE =
  /^\s*度?\s*(?:[1-9]月|1[0-2]月)?\s*(?:[1-3]?[0-9]日)?\s*(?:年?[底末])?(?:以|之)?前[^,，。;；]{0,6}完成/;
const WHOLE_WORK =
  /(?:全部|各项|所有|本年度?|年度|全年)(?:的)?(?:年度|目标|工作|绩效|建设|项目)?(?:任务|工作|目标)/;
const EARLIER_WORK = /已|累计|前期|一期|上年|去年|往年|原计划|原定|延期|推迟|未能/;

type Said = { where: string; quote: string; year: string; formYear: string; beside: string };

/** AR-115: prose of another year's form. */
export const textOfAnotherYear = formRule<Said>({
  id: "text-of-another-year",
  code: "AR-115",
  title: "文字所述年度与自评年度不符",
  explains:
    "目标、完成情况和说明中以“××××年度”或在句首以“××××年”领起本年工作、而年份不是自评年度的。文号、文件名、规划期、起止年份、与上年比较、上年结转、奖励考核清算等对往年的引用不算。",
  kind: "auto",
  basis: [cite("form", "年度")],
  force: "should",
  needs: ["year"],
  check({ form }) {
    const found: Found<Said>[] = [];
    let seen = 0;
    for (const narrative of narrativesOf(form)) {
      if (narrative.side === "field") continue;
      const text = blankTitles(narrative.normal);
      const own = `${form.year}年`;
      const reported = new Set<string>();
      const years = [...text.matchAll(YEAR)];
      const formYear = Number(form.year);
      const speaksOfNow = years.some((match) => Number(match[1]) >= formYear);
      for (const match of years) {
        seen += 1;
        const year = match[1] ?? "";
        if (Number(year) === form.year || reported.has(year)) continue;
        const end = match.index + match[0].length;
        const after = text.slice(end, end + 40);
        const clauseStart =
          Math.max(
            ...[",", "，", "。", ";", "；", "\n", ":"].map((sign) => text.lastIndexOf(sign, match.index - 1)),
          ) + 1;
        const before = text.slice(clauseStart, match.index).trim();
        const clause = `${before}${after.split(/[,，。;；\n]/)[0] ?? ""}`;
        const isDeadline =
          Number(year) < formYear &&
          DEADLINE.test(after) &&
          WHOLE_WORK.test(clause) &&
          !EARLIER_WORK.test(clause) &&
          !speaksOfNow;
        if (
          !isDeadline &&
          (SPAN_AFTER.test(after) ||
            SPAN_BEFORE.test(before) ||
            REFERENCE_BEFORE.test(before) ||
            REFERENCE_AFTER.test(after))
        )
          continue;
        if (/[(（]$/.test(before)) continue;
        // A reason ends with what will be done, a result with what comes next: later years belong there.
        if (
          Number(year) > Number(form.year) &&
          (narrative.side === "reason" || (narrative.side === "achieved" && FUTURE.test(after)))
        )
          continue;
        const heads =
          before === "" ||
          /^(?:完成|落实|做好|开展|实施|推进|组织|保障|确保|在|于|本单位|我[局区县市镇校院所])$/.test(before);
        const opensSentence =
          before === "" &&
          (clauseStart === 0 || /[。;；\n]/.test(text.charAt(clauseStart - 1))) &&
          !namesOwnYear(text, match.index, own);
        const opens =
          match[2] === "度"
            ? heads || before.length <= 8
            : opensSentence ||
              (heads && /^\s*(?:计划|完成|拟|将|预计|全年|开展|组织|实施|共|我|本|度)/.test(after));
        if (!isDeadline && (!opens || ACTION.exec(after)?.[0].includes("月"))) continue;
        reported.add(year);
        const otherSide = narrative.text.includes(own) ? narrative.name : null;
        const elsewhere =
          otherSide ??
          narrativesOf(form).find((other) => other !== narrative && other.normal.includes(own))?.name;
        found.push({
          at: [narrative.at],
          figures: {
            where: narrative.name,
            quote: `${before}${match[0]}${after.split(/[,，。;；\n]/)[0]?.slice(0, 20) ?? ""}`,
            year: `${year}年`,
            formYear: String(form.year),
            beside: elsewhere ? `，${elsewhere === narrative.name ? "同一处" : elsewhere}写的是${own}` : "",
          },
        });
      }
    }
    return seen === 0 ? notApplicable("文字中没有写年份") : outcomeOf(found);
  },
  message: ({ where, quote, formYear, beside }) =>
    `本表为${formYear}年度，${where}写“${quote}”${beside}，是其他年度的文字。`,
  remedy: ({ year, formYear }) =>
    `把“${year}”改为${formYear}年并核对该段内容是否为本年度的；确为其他年度事项的，说明与本年度的关系。`,
  examples: {
    fails: [
      {
        says: "目标落实的是上一年度的工作",
        given: exampleForm({ expected: "做好2023年度农村供水管道维护工作，维护管道120公里以上。" }),
      },
      {
        says: "完成情况以别的年份领起",
        given: exampleForm({ achieved: "2023年完成6个乡镇供水管道维护126公里，8630名居民受益。" }),
      },
      {
        says: "全部任务的期限在往年",
        given: exampleForm({ expected: "维护管道120公里以上，各项任务于2022年10月底前完成。" }),
      },
    ],
    passes: [
      {
        says: "往年完成的只是一期",
        given: exampleForm({ expected: "一期全部任务已于2022年底前完成，继续维护管道120公里以上。" }),
      },
      {
        says: "跨年项目，往年和本年各有期限",
        given: exampleForm({
          expected: "2023年底前完成全部征地任务，2024年11月底前维护管道120公里以上。",
        }),
      },
      { says: "本年度", given: exampleForm() },
      {
        says: "文号和文件名的年份",
        given: exampleForm({
          expected: "根据《云溪区2023年度供水保障方案》（云水〔2022〕6号），维护管道120公里以上。",
        }),
      },
      {
        says: "与上年比较",
        given: exampleForm({ achieved: "2024年维护管道126公里，比2023年增加6公里，8630名居民受益。" }),
      },
      {
        says: "规划期",
        given: exampleForm({ expected: "按照2021-2025年规划，2024年维护管道120公里以上。" }),
      },
      {
        says: "兑现上年度奖励",
        given: exampleForm({ expected: "兑现2023年度供水管护考核奖励，2024年维护管道120公里以上。" }),
      },
      {
        says: "原因说明里写下一年度的措施",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "汛期道路中断，西片无法进场；2025年错峰施工补齐。",
            ],
          }),
        }),
      },
      {
        says: "完成情况末尾写来年打算",
        given: exampleForm({
          achieved: "完成供水管道维护126公里，8630名居民受益。2025年将继续维护剩余管道。",
        }),
      },
      { says: "上年结转", given: exampleForm({ expected: "使用2023年度结转资金维护管道120公里以上。" }) },
    ],
  },
});

/** Whether the sentence that begins at a place names the form's own year too: then it compares. */
function namesOwnYear(text: string, start: number, own: string): boolean {
  return (text.slice(start, start + 200).split(/[。;；\n]/)[0] ?? "").includes(own);
}
