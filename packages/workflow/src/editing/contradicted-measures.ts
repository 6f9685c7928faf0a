import { equals, type Measure, parseDecimal, parseMeasure } from "@jiheng/domain";
import type { Edit } from "./edit.ts";

/**
 * Targets and actuals among the edits whose figure, sign or unit is not what their text says: printed one way and scored another. For
 * edits that come from outside; what was read from a file may know its unit from a column of its own.
 */
export function contradictedMeasures(
  edits: readonly Edit[],
): readonly { readonly at: string; readonly says: string }[] {
  return edits.flatMap((edit) => {
    if (edit.op === "set") return isMeasure(edit.to) ? contradiction(edit.at, edit.to) : [];
    if (edit.op !== "insert-row") return [];
    const { target, initialTarget, actual } = edit.values;
    return Object.entries({ target, initialTarget, actual }).flatMap(([key, measure]) =>
      measure === null ? [] : contradiction(`indicators[${edit.row}].${key}`, measure),
    );
  });
}

function contradiction(at: string, given: Measure): { readonly at: string; readonly says: string }[] {
  const read = parseMeasure(given.text).measure;
  const [x, y] = [parseDecimal(given.value), parseDecimal(read.value)];
  const same = x && y ? equals(x, y) : given.value === read.value;
  const agrees =
    same && given.comparison === read.comparison && (read.unit === null || given.unit === read.unit);
  if (agrees) return [];
  const words = ({ comparison, value, unit }: Measure): string =>
    [comparison ?? "", value ?? "没有数值", unit ?? ""].join("");
  return [
    {
      at,
      says: `文字“${given.text ?? ""}”读作${words(read)}，提交的却是${words(given)}。请只提交文字，由系统读取。`,
    },
  ];
}

function isMeasure(value: unknown): value is Measure {
  return typeof value === "object" && value !== null;
}
