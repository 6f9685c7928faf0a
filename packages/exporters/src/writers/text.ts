import { type FormModel, gridOf } from "../model.ts";

/** A cell in tab-separated text: with a line break or tab in it, it stands in quotes, as spreadsheets copy it. */
function quoted(text: string): string {
  return /[\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Forms as tab-separated text: one line a row, covered cells empty, a blank line between forms. */
export function writeText(models: readonly FormModel[]): string {
  return models
    .map((model) => {
      const rows = gridOf(model).map((positions, row) =>
        positions
          .map((position, column) =>
            position.anchorRow === row && position.anchorColumn === column ? quoted(position.cell.text) : "",
          )
          .join("\t"),
      );
      return [...model.caption, "", ...rows, ...model.foot].join("\n");
    })
    .join("\n\n")
    .concat("\n");
}
