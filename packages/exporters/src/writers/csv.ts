import { type FormModel, gridOf } from "../model.ts";

/** What a spreadsheet takes for a formula, also behind apostrophes that were there before. */
const FORMULA_LIKE = /^'*[=+\-@\t\r]/;
/** Numbers and lone dashes begin like formulas and are none. */
const HARMLESS = /^(?:[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|-+)$/;

/** A field of a CSV file: an apostrophe keeps a text from being run as a formula; reading takes it off again. */
export function csvField(text: string): string {
  const safe = FORMULA_LIKE.test(text) && !HARMLESS.test(text) ? `'${text}` : text;
  return /[",;\t\r\n|，]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Forms as comma-separated values: a byte order mark for spreadsheets, records of equal length ended by CR LF, covered
 * cells empty, an empty record between forms.
 */
export function writeCsv(models: readonly FormModel[]): string {
  const columns = Math.max(1, ...models.map((model) => model.widths.length));
  const record = (fields: readonly string[]): string =>
    `${Array.from({ length: columns }, (_, index) => csvField(fields[index] ?? "")).join(",")}\r\n`;
  const forms = models.map((model) =>
    [
      ...model.caption.map((line) => [line]),
      ...gridOf(model).map((positions, row) =>
        positions.map(({ cell, anchorRow, anchorColumn }, column) =>
          anchorRow === row && anchorColumn === column ? cell.text : "",
        ),
      ),
      ...model.foot.map((line) => [line]),
    ]
      .map(record)
      .join(""),
  );
  return `\uFEFF${forms.join(record([]))}`;
}
