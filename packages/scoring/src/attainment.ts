/** What the words of a qualitative actual say about its target. */
export type Attainment = "reached" | "partly" | "not-reached" | "not-applicable";

const REACHED =
  /^(?:已|均|全部|均已|已全部|全面|按时|按期|如期|及时|圆满|顺利|按计划|按要求|按规定)*(?:达成|完成|达标|实现|达到|达成了|完成了)(?:了)?(?:年度|预期|预定|既定|计划|全部|设定|年初|绩效)*(?:指标值|指标|目标值|目标|效果|要求|标准|任务|工作|值){0,3}$/;
const PARTLY = /^(?:部分|大部分|基本)(?:达成|完成|实现|达标|达到)/;
const NOT_REACHED = /^(?:未|没有|尚未|未能|没能|不)(?:能|全部|完全)?(?:达成|完成|实现|达标|达到|开展|实施)/;
const NOT_APPLICABLE = /^(?:本年度|本年|当年)?(?:不适用|不涉及|未涉及)(?:该|此|本)?(?:项|指标|事项|内容)?$/;
const NONE_WANTED = /^(?:零|无)[^\d]{1,8}$/;
const NONE_SEEN = /^(?:0+[^\d%]?|零|无|没有)$/;

/** Notation aside: blanks, punctuation and full or half width do not change what a word says. */
function bare(text: string): string {
  return text.normalize("NFKC").replace(/[\s,.;:!?，。；：！？、"'“”‘’()（）]/g, "");
}

/**
 * The tier that the words of an actual name, or null where only a person can tell. An actual that repeats its target says
 * "reached"; 未完全达成 leaves open whether partly or not at all, and stays null.
 */
export function attainmentOf(target: string | null, actual: string): Attainment | null {
  const words = bare(actual);
  if (words === "") return null;
  if (NOT_APPLICABLE.test(words)) return "not-applicable";
  if (/^(?:未|没有|尚未)(?:能)?(?:全部|完全)/.test(words)) return null;
  if (NOT_REACHED.test(words)) return "not-reached";
  if (PARTLY.test(words)) return words.startsWith("基本") ? null : "partly";
  if (REACHED.test(words)) return "reached";
  const wanted = target === null ? "" : bare(target);
  if (NONE_WANTED.test(wanted) && /^\d+$/.test(words)) return /^0+$/.test(words) ? "reached" : "not-reached";
  if (NONE_WANTED.test(wanted) && NONE_SEEN.test(words)) return "reached";
  if (wanted !== "" && words.replace(/^(?:已|均|均已)/, "") === wanted.replace(/^(?:已|均)/, ""))
    return "reached";
  return null;
}
