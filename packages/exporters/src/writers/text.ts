import { type FormModel, gridOf } from "../model.ts";

/** A cell in tab-separated text: no tab or line break may survive in it. */
function flat(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}

/** Forms as tab-separated text: one line a row, covered cells empty, a blank line between forms. */
export function writeText(models: readonly FormModel[]): string {
  return models
    .map((model) => {
      const rows = gridOf(model).map((positions, row) =>
        positions
          .map((position, column) =>
            position.anchorRow === row && position.anchorColumn === column ? flat(position.cell.text) : "",
          )
          .join("\t"),
      );
      return [...model.caption, "", ...rows, ...model.foot].join("\n");
    })
    .join("\n\n")
    .concat("\n");
}
