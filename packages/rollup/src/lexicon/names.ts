import { halfWidth, remembered } from "@jiheng/domain";

/** A name of a row for joining: width, blanks, numbering and punctuation aside, nothing of its words left out. */
export const nameKey: (name: string) => string = remembered((name) =>
  halfWidth(name)
    .normalize("NFKC")
    .replace(/[\s★☆*●·]+/g, "")
    .replace(/^(?:指标\d*[:：]|\d+[.、．](?!\d)|[(（]\d+[)）])/, "")
    .replace(/[。，,;；:：、"“”'‘’]/g, ""),
);

/** Words that hardly change what a name measures. */
const FILLERS =
  /本年度|本年|年度|全年|当年|实际|预计|计划|完成|开展|实施|落实|情况|指标|数量|总数|总量|人数|次数|数|量|的|和|及|与|各类|各项|相关|项目|工作/g;
const RESPONDENTS = /人员|对象|群众|人群|居民|率$|(?<=满意)度$/g;
/** A name longer by more than this names an object of its own. */
const MOST_ADDED = 3;
/** What the whole of a project costs, however a form calls it. */
const WHOLE_COST =
  /^(?:项目|本年|年度|全年)?(?:总|预算|支出)?(?:成本|投入|经费支出)(?:总额|总数|金额)?(?:控制)?(?:数|额|金额|总额)?$/;
const PROPERTY = /(?:及时|准确|合格|达标|完成|覆盖|知晓|合规|规范|有效|健全|完备|完整|安全|到位|使用|满意)/;

/** A name without the words that hardly change what it measures. */
export const coreOf: (name: string) => string = remembered((name) => nameKey(name).replace(FILLERS, ""));

function pairsOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
}

/**
 * Why two names may mean the same, in Chinese, or null. Only ever a reason to ask: 小学生人数 and 中学生人数 are much alike
 * and count different people.
 */
export function likeness(a: string, b: string): string | null {
  if (nameKey(a) !== nameKey(b) && WHOLE_COST.test(nameKey(a)) && WHOLE_COST.test(nameKey(b)))
    return "都像是说项目的总成本";
  const [first, second] = [coreOf(a), coreOf(b)];
  if (first === "" || second === "" || nameKey(a) === nameKey(b)) return null;
  if (first === second) return `去掉“数量、情况、完成”一类的字后都是“${first}”`;
  // Who was asked is what a satisfaction is about: other people, another row.
  if (/满意/.test(first) || /满意/.test(second)) {
    const asked = first.replace(RESPONDENTS, "");
    return asked !== "满意" && asked === second.replace(RESPONDENTS, "") ? `调查对象都是“${asked}”` : null;
  }
  const [property, other] = [PROPERTY.exec(first)?.[0], PROPERTY.exec(second)?.[0]];
  if (property !== other) return null;
  const [short, long] = first.length <= second.length ? [first, second] : [second, first];
  if (short.length >= 4 && long.length <= short.length + MOST_ADDED && long.includes(short))
    return `“${long}”包含“${short}”`;
  const [pairs, others] = [pairsOf(first), pairsOf(second)];
  const shared = pairs.filter((each) => others.includes(each)).length;
  const alike = 10 * 2 * shared >= 7 * (pairs.length + others.length);
  return alike && shared >= 3 ? `“${first}”与“${second}”用字大半相同` : null;
}
