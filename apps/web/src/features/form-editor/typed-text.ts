const FIGURE =
  /^(?:funds\[\d+\]\.(?:initialBudget|adjustedBudget|expenditure|points|executionRate|score)|indicators\[[^\]]+\]\.(?:points|score|coefficient|reviewScore|groupPoints)|goals\[\d+\]\.(?:points|score)|totalPoints|totalScore)$/;
const MONEY = /\.(?:initialBudget|adjustedBudget|expenditure)$/;
const DASH = /^[-－—–―/]+$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/**
 * What a person typed or pasted into a cell, as the form keeps it: in a cell of a figure the same number in plain digits, without what the
 * form prints itself (a percent sign of a rate, the form's own unit of money, separators of thousands); a dash is a blank. Whatever is
 * no number that way is left as it was typed, to be refused with its reason. Null for a blank.
 */
export function typedText(at: string, text: string, moneyUnit: string | null): string | null {
  if (!FIGURE.test(at)) return text === "" ? null : text;
  let figure = text.normalize("NFKC").replace(/[\s\u00a0]/g, "");
  if (figure === "" || DASH.test(figure)) return null;
  if (at.endsWith(".executionRate")) figure = figure.replace(/%$/, "");
  else if (MONEY.test(at) && moneyUnit !== null && figure.endsWith(moneyUnit))
    figure = figure.slice(0, -moneyUnit.length);
  else if (!MONEY.test(at)) figure = figure.replace(/分$/, "");
  if (GROUPED.test(figure)) figure = figure.replaceAll(",", "");
  return /^[+-]?\d+(?:\.\d+)?$/.test(figure) ? figure : text;
}
