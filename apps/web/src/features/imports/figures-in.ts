/** A figure with its sign, digits, separators and unit, in any width; a percentage, a rate or a unit of money or measure stays with it. */
const FIGURE =
  /[≥≤＞＜><=＝±+\-－−约]?[¥￥]?[0-9０-９]+(?:[,，.．:：/／-][0-9０-９]+)*[ \u00a0]?(?:[%％‰℃]|个百分点|平方米|平方公里|立方米|公里|公顷|千瓦时|[百千万亿]*(?:元|人次|人|次|个|户|亩|米|吨|台|套|项|分|年|月|日|天|份|处|座|场|件|期|册))?/gu;
/** Longer ones, such as numbers of accounts, would not fit a narrow cell: they may break. */
const LONGEST = 24;

/** A text in parts: its figures, each with its unit, and what stands between. Joined they are the text. */
export function partsOf(text: string): { readonly text: string; readonly isFigure: boolean }[] {
  const parts: { text: string; isFigure: boolean }[] = [];
  let end = 0;
  for (const { 0: figure, index } of text.matchAll(FIGURE)) {
    if (figure.length < 2 || figure.length > LONGEST) continue;
    if (index > end) parts.push({ text: text.slice(end, index), isFigure: false });
    parts.push({ text: figure, isFigure: true });
    end = index + figure.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isFigure: false });
  return parts;
}
