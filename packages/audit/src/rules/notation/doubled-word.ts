import type { Form, Place } from "@jiheng/domain";
import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, outcomeOf } from "../../rule.ts";
import { narrativesOf } from "../../text/index.ts";

/** A word of two to four characters written twice; verbs and classifiers that double by grammar are left out. */
const DOUBLED_WORD = /([\u4e00-\u9fff]{2,4})\1/g;
/** 目的的, 参与与, 普及及, 合并并, 植被被, 作为为 end one word and begin another. */
const DOUBLED_PARTICLE =
  /(?<![目标])的的(?!确)|了了(?!解)|(?<![共温缓协调人])和和(?![气美睦谐])|(?<![普涉顾危])及及(?!时)|(?<!参)与与|(?<![合兼归吞])并并|(?<![作成行认分称视化因以])为为|(?<![存现潜内实所])在在(?![线建校岗职册编场家])|(?<!于)是是(?![否非])|(?<![植棉])被被|将将(?!军)|等等等/g;
const DOUBLED_SIGN = /([,，。、;；:：])\s*\1|[,，、]\s*[。；;]|。\s*[,，、]/g;
const GRAMMATICAL =
  /^(?:[一两三](?:.)|许多|很多|逐个|逐户|研究|讨论|商量|考虑|沟通|交流|学习|调查|摸索|点滴|来回|哈|呵)/;
/** Two different words may meet: a verb that governs and a noun of the same form (管理管理人员). */
const VERB_NOUN =
  /^(?:服务|管理|监督|保障|教育|培训|检查|评估|审计|监测|调查|宣传|救助|救援|执法|研究|设计|建设|维护|采购|招聘|扶持|帮扶|奖励|补贴|补助|支持|保护|治理|防治|规划)$/;

interface Slip {
  readonly written: string;
  readonly likely: string;
  readonly around: string;
}

function slipsOf(text: string): Slip[] {
  const slips: Slip[] = [];
  const around = (at: number, length: number): string =>
    text.slice(Math.max(0, at - 6), at + length + 6).replace(/\s+/g, "");
  for (const match of text.matchAll(DOUBLED_WORD)) {
    const word = match[1] ?? "";
    const rest = text.slice(match.index + match[0].length);
    if (GRAMMATICAL.test(word) || new Set(word).size === 1) continue;
    // 服务服务对象 is a verb and its object; 服务服务。 is a slip.
    if (VERB_NOUN.test(word) && /^[\u4e00-\u9fff]/.test(rest)) continue;
    slips.push({ written: match[0], likely: word, around: around(match.index, match[0].length) });
  }
  for (const match of text.matchAll(DOUBLED_PARTICLE))
    slips.push({
      written: match[0],
      likely: match[0].charAt(0),
      around: around(match.index, match[0].length),
    });
  for (const match of text.matchAll(DOUBLED_SIGN))
    slips.push({
      written: match[0],
      likely: match[0].trim().slice(-1),
      around: around(match.index, match[0].length),
    });
  return slips;
}

/** Every text of a form that people wrote: prose, row names, project name. */
function writtenIn(form: Form): { at: Place; name: string; text: string }[] {
  const cells = narrativesOf(form).map(({ at, name, text }) => ({ at, name, text }));
  if (form.project) cells.push({ at: "project", name: "项目名称", text: form.project });
  form.indicators.forEach(({ name }, index) => {
    if (name) cells.push({ at: place.indicator(index, "name"), name: "指标名称", text: name });
  });
  return cells;
}

type Said = { where: string; slips: string; first: string };

/** AR-13: a word, particle or punctuation mark written twice. */
export const doubledWord = formRule<Said>({
  id: "doubled-word",
  code: "AR-13",
  title: "叠字、重复标点",
  explains:
    "同一个词紧接着写了两遍（“人才人才”一类）、“的的”、连用的标点。动词重叠和“服务服务对象”这样动词带同形名词的不算。一格之内合并为一条。",
  kind: "assist",
  basis: [cite("checkers", "错别字")],
  force: "hint",
  needs: [],
  check({ form }) {
    const found: Found<Said>[] = [];
    for (const { at, name, text } of writtenIn(form)) {
      const slips = slipsOf(text);
      if (slips.length === 0) continue;
      const shown = [...new Map(slips.map((slip) => [slip.written, slip])).values()].slice(0, 4);
      found.push({
        at: [at],
        figures: {
          where: name,
          slips: shown.map(({ written, around }) => `“${written}”（…${around}…）`).join("、"),
          first: shown.map(({ written, likely }) => `“${written}”改为“${likely}”`).join("，"),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ where, slips }) => `${where}中${slips}重复。`,
  remedy: ({ first }) => `核对是否应将${first}。`,
  examples: {
    fails: [
      { says: "词写了两遍", given: exampleForm({ achieved: "维护管道126公里，农村饮水饮水安全得到保障。" }) },
      { says: "标点连用", given: exampleForm({ achieved: "维护管道126公里，，受益居民8630人。" }) },
      {
        says: "指标名称里的叠字",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水供水管道长度", "≥120公里", "126公里", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "没有重复", given: exampleForm() },
      {
        says: "动词带同形的名词",
        given: exampleForm({ achieved: "进一步管理管理区内的泵站，服务服务对象8630人。" }),
      },
      { says: "重叠是语法", given: exampleForm({ achieved: "一户一户走访，8630人受益……" }) },
    ],
  },
});
