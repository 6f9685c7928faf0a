import { describePlace, type Form, type Indicator, type Place } from "@jiheng/domain";
import { CommandError } from "./io.ts";

/** A place as it was typed, and what it was taken for where that is not a place as `read` prints it. */
export interface TypedPlace {
  readonly at: Place;
  /** "“指标3”按「培训人数」（indicators[2]）理解"; null where a place was typed. */
  readonly understood: string | null;
}

const PLACE = /^(?:funds|indicators|goals)\[\d+\]|^[a-z][A-Za-z]*(?:\.[a-z]\w*)?$/;
const WORDS: Readonly<Record<string, Place>> = {
  总分: "totalScore",
  总得分: "totalScore",
  等级: "grade",
  评分等级: "grade",
  预期目标: "goal.expected",
  实际完成情况: "goal.achieved",
};
const ORDINAL = /^(?:指标|第)(\d+)(?:行|行指标|个指标)?$/;
const FIELDS = [
  "target",
  "actual",
  "points",
  "score",
  "deviation",
] as const satisfies readonly (keyof Indicator)[];
const NAMED = 5;

const bare = (text: string): string => text.normalize("NFKC").replace(/[\s「」“”"']/g, "");

/** Places of the rows a person may mean by these words: by the whole name (with a field after it), else by a part of a name. */
function rowsNamed(form: Form, wanted: string): Place[] {
  const whole = form.indicators.flatMap((row, index): Place[] => {
    const place: Place = `indicators[${index}]`;
    if (row.name !== null && bare(row.name) === wanted) return [place];
    return FIELDS.map((field): Place => `${place}.${field}`).filter(
      (each) => bare(describePlace(form, each)) === wanted,
    );
  });
  if (whole.length > 0 || wanted.length < 2) return whole;
  return form.indicators.flatMap((row, index): Place[] =>
    row.name !== null && bare(row.name).includes(wanted) ? [`indicators[${index}]`] : [],
  );
}

/**
 * The place of a form a person means: as `read` prints it, 总分, 等级, the name of an indicator, 指标3 or 第3行 (from 1). Throws a
 * `CommandError` where several rows have the name or there is no such row; words it does not know stay as they are.
 */
export function placeTyped(form: Form, typed: string): TypedPlace {
  if (PLACE.test(typed)) return { at: typed, understood: null };
  const wanted = bare(typed);
  const say = (at: Place): TypedPlace => ({
    at,
    understood: `“${typed}”按${describePlace(form, at)}（${at}）理解`,
  });
  const word = Object.hasOwn(WORDS, wanted) ? WORDS[wanted] : undefined;
  if (word !== undefined) return say(word);
  const named = rowsNamed(form, wanted);
  const [only] = named;
  if (only !== undefined && named.length === 1) return say(only);
  if (named.length > 1)
    throw new CommandError(
      `“${typed}”可以指 ${named.length} 行指标`,
      `请写明是哪一个：${named
        .slice(0, NAMED)
        .map((at) => `${at} ${describePlace(form, at)}`)
        .join("，")}${named.length > NAMED ? " 等" : ""}`,
    );
  const ordinal = ORDINAL.exec(wanted)?.[1];
  if (ordinal === undefined) return { at: typed, understood: null };
  const index = Number(ordinal) - 1;
  if (form.indicators[index] === undefined)
    throw new CommandError(
      `表上没有第${ordinal}行指标`,
      `本表有 ${form.indicators.length} 行指标，从第1行数起`,
    );
  return say(`indicators[${index}]`);
}
