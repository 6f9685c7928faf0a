import type { Form, Place } from "@jiheng/domain";

/** Layouts whose rows have no column of points, or none of scores; of an unrecognised one neither is known. */
const WITHOUT = {
  points: new Set(["hubei", "county-unscored", "transfer-payment", "regional", "unknown"]),
  score: new Set(["county-unscored", "transfer-payment", "regional", "unknown"]),
};
/** Layouts with a line of their own for the grade; others print one only where there is one. */
const WITH_GRADE = new Set(["shanghai-bureau-a", "shanghai-bureau-b"]);

/** True where the form was read from a file; one without traces was typed in, and has every cell of its layout. */
export function isTraced(form: Form): boolean {
  return Object.keys(form.origins).length > 0;
}

/** Whether the table of indicators has the column: seen when it was read, or a column of the layout it is typed into. */
export function hasColumn(form: Form, column: "points" | "score"): boolean {
  if (!isTraced(form)) return !WITHOUT[column].has(form.template);
  return form.indicators.some((_, index) => form.origins[`indicators[${index}].${column}`] !== undefined);
}

/** Whether the form has a cell at this place of its funds or its foot, blank or not. */
export function hasCell(form: Form, at: Place): boolean {
  if (isTraced(form)) return form.origins[at] !== undefined;
  return at === "grade" ? WITH_GRADE.has(form.template) : !WITHOUT.score.has(form.template);
}
