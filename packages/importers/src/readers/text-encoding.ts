import type { Note } from "@jiheng/domain";

/** Encodings people's files come in; gb18030 includes GBK and GB2312. */
type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

/** Text of a file, how it was decoded, and what was lost on the way. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
  readonly notes: readonly Note[];
  /** Share of characters no text has (control characters, undecodable bytes), 0 to 1, in the sample looked at. */
  readonly strange: number;
}

const NAMES: Readonly<Record<TextEncoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16（小端）",
  "utf-16be": "UTF-16（大端）",
  gb18030: "GB18030（GBK）",
};

/** Characters that make up a great part of any administrative text; a wrong decoding hits them only by chance. */
const COMMON = new Set(
  "的一是了在不和有年项目绩效自评表指标数质量时效成本产出社会经济生态益可持续影响满意度服务对象值完成情况分得总预算执行率资金财政部门单位主管实施原因析及改进措施偏差其中当上结转他全初调整后支出万元人次个家天月日期目标到达以内大小于等级优良中差名称编码注明称说无未已符合要求规定按提高保障促进发展管理工作建设相关地区县市省镇乡村学校教育医疗卫生农业水利工程基础设施公共民众员工培训检查评价复核合计小备负责联系电话填报时间一二三四五六七八九十为对与或等用能会生产方法理性化行业务部进行动情报告通过加强作制度组织开展提供我们这来他国家大会新第主要",
);

const SAMPLE_BYTES = 64 * 1024;
const FEW = 8;

function decode(bytes: Uint8Array, encoding: TextEncoding): string {
  // Without `ignoreBOM` the decoder drops the mark itself.
  return new TextDecoder(encoding).decode(bytes);
}

function plausible(text: string): { score: number; strange: number } {
  let good = 0;
  let fair = 0;
  let strange = 0;
  let total = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    total += 1;
    if (code < 0x20) {
      if (code === 9 || code === 10 || code === 13) good += 1;
      else strange += 1;
    } else if (code < 0x7f) good += 1;
    else if (code >= 0x4e00 && code <= 0x9fff) {
      if (COMMON.has(text[index] as string)) good += 1;
      else fair += 1;
    } else if ((code >= 0x3000 && code <= 0x303f) || (code >= 0xff01 && code <= 0xff5e)) good += 1;
    else if (
      (code >= 0x2010 && code <= 0x2027) ||
      (code >= 0x2030 && code <= 0x205e) ||
      (code >= 0x2100 && code <= 0x27bf) ||
      (code >= 0xa0 && code <= 0xff)
    )
      fair += 1;
    else if (code === 0xfffd || (code >= 0x7f && code < 0xa0) || (code >= 0xe000 && code <= 0xf8ff))
      strange += 1;
    else if (code >= 0xd800 && code <= 0xdfff) fair += 0.5;
    else if (code === 0xfeff) fair += 1;
    else strange += 0.2;
  }
  if (total === 0) return { score: 0, strange: 0 };
  // A few stray characters in a short text prove nothing.
  return { score: (good + 0.35 * fair - 6 * strange) / total, strange: Math.max(0, strange - FEW) / total };
}

function byMark(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

/** The encoding by its mark, else by what decodes without loss to the most usual characters. */
function guess(bytes: Uint8Array): TextEncoding {
  // Cut on an even byte so that the sample holds whole UTF-16 units; half a character at its end costs one sign only.
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let best: TextEncoding = "utf-8";
  let bestScore = Number.NEGATIVE_INFINITY;
  // UTF-8 first: it wins a tie, and pure ASCII is a tie.
  for (const encoding of ["utf-8", "gb18030", "utf-16le", "utf-16be"] as const) {
    if (encoding.startsWith("utf-16") && bytes.length % 2 === 1) continue;
    const { score } = plausible(decode(sample, encoding));
    if (score > bestScore + 1e-9) {
      best = encoding;
      bestScore = score;
    }
  }
  return best;
}

/** The encoding a label of a web page stands for (gb2312, GBK, utf8), or null where it is not one of ours. */
export function encodingByLabel(label: string): TextEncoding | null {
  const key = label.trim().toLowerCase();
  if (/^utf-?8$/.test(key)) return "utf-8";
  if (/^(?:x-)?gb(?:2312|k|18030|_2312-80)$|^cp936$|^ms936$|^windows-936$/.test(key)) return "gb18030";
  if (/^utf-?16(?:le)?$|^unicode$/.test(key)) return "utf-16le";
  if (/^utf-?16be$/.test(key)) return "utf-16be";
  return null;
}

/**
 * Decodes text of unknown encoding. A declared encoding (a page's charset) is believed unless another is clearly likelier.
 * NUL characters are dropped; undecodable bytes stay as U+FFFD; both are noted.
 */
export function decodeText(bytes: Uint8Array, declared: TextEncoding | null = null): DecodedText {
  const marked = byMark(bytes);
  let encoding = marked ?? guess(bytes);
  if (!marked && declared && declared !== encoding) {
    const said = plausible(decode(bytes.subarray(0, SAMPLE_BYTES), declared));
    const guessed = plausible(decode(bytes.subarray(0, SAMPLE_BYTES), encoding));
    // Equally likely: the page knows better. A wrong label ("gb2312" over UTF-8) shows by unusual characters.
    if (said.score >= guessed.score - 0.02) encoding = declared;
  }
  const decoded = decode(bytes, encoding);
  const notes: Note[] = [];
  if (encoding !== "utf-8" && !marked && declared !== encoding)
    notes.push({
      level: "normalised",
      code: "encoding-detected",
      says: `文件没有编码标记，按${NAMES[encoding]}读取`,
      place: null,
      at: null,
    });
  const { strange } = plausible(decoded.slice(0, SAMPLE_BYTES));
  let text = decoded;
  if (text.includes("\0")) {
    text = text.replaceAll("\0", "");
    notes.push({
      level: "normalised",
      code: "nul-removed",
      says: `文件中有${decoded.length - text.length}个空字符（NUL），已去掉`,
      place: null,
      at: null,
    });
  }
  const first = text.indexOf("\ufffd");
  if (first >= 0) {
    const before = text.slice(0, first);
    const lines = before.split(/\r\n|\r|\n/);
    notes.push({
      level: "lost",
      code: "undecodable-characters",
      says: `有${text.split("\ufffd").length - 1}处字符按${NAMES[encoding]}无法识别，显示为“\ufffd”，请对照原文件核对`,
      place: null,
      at: { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 },
    });
  }
  return { text, encoding, notes, strange };
}
