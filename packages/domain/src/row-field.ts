/** A field that holds the cell of one row in a column that has no key of its own. */
export interface RowField {
  /** Heading of the column; a part of a divided heading stands in brackets: 偏差原因分析（经费保障）. */
  readonly heading: string;
  /** Name of the row as the form prints it. */
  readonly row: string;
  /** Which of the rows of that name, from 1. */
  readonly occurrence: number;
}

const SEPARATOR = "：";
const OCCURRENCE = /^([\s\S]*)（第([2-9]|[1-9]\d+)处）$/;

/** 全年预计完成情况：托管档案数量; from the second row of one name on 托管档案数量（第2处）. `parseRowFieldLabel` undoes it. */
export function rowFieldLabel({ heading, row, occurrence }: RowField): string {
  const plain = heading.replace(/[:：]/g, "");
  return `${plain}${SEPARATOR}${row}${occurrence > 1 ? `（第${occurrence}处）` : ""}`;
}

/** The heading and row a label names, or null where it is the label of a field of its own. */
export function parseRowFieldLabel(label: string): RowField | null {
  const at = label.indexOf(SEPARATOR);
  if (at <= 0) return null;
  const rest = label.slice(at + SEPARATOR.length);
  const match = OCCURRENCE.exec(rest);
  return {
    heading: label.slice(0, at),
    row: match?.[1] ?? rest,
    occurrence: match?.[2] ? Number(match[2]) : 1,
  };
}

/** The labels of one column, a label a row from above; a row without a name goes by its number (第3行). */
export function rowFieldLabels(heading: string, names: readonly (string | null)[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name, index) => {
    const row = name ?? `第${index + 1}行`;
    const occurrence = (seen.get(row) ?? 0) + 1;
    seen.set(row, occurrence);
    return rowFieldLabel({ heading, row, occurrence });
  });
}
