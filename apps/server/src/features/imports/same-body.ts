const LEVEL = "省市县区旗州盟镇乡";
/** What says no more than "itself", at the end of a name. */
const ITSELF = /(?:[（(]?(?:本级|本部|机关)[)）]?)$/;

/** A name without its notation: width, spaces, brackets and what says no more than "itself". */
function bareName(name: string): string {
  const even = name.normalize("NFKC").replace(/[\s·.,，。、:：;；_-]/g, "");
  return even
    .replace(/^\d+(?=\D)/, "")
    .replace(ITSELF, "")
    .replace(/[()]/g, "");
}

/** The beginnings of a name that may be a place, the longest first; "" is always one. */
function placesBefore(name: string): string[] {
  const ends = [...name.matchAll(new RegExp(`[${LEVEL}]`, "g"))].map(({ index }) => index + 1);
  return [...ends.filter((end) => end < name.length - 1).reverse(), 0].map((end) => name.slice(0, end));
}

/** Two places that may be one: one of them is not said, or is the end of the other. */
const mayBeOnePlace = (one: string, other: string): boolean => one.endsWith(other) || other.endsWith(one);

/** Whether a short name may stand for a long one: its letters in their order, from the same first letter. */
function isShortFor(short: string, long: string): boolean {
  if (short.length < 3 || short.length >= long.length || short[0] !== long[0]) return false;
  if (!/[局委办院厅站所校]$/.test(short)) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

/** Whether two names may be of one body, leniently: width, spaces, the place before it, "itself" and short names make no other body. */
export function maybeSameBody(one: string, other: string): boolean {
  const [a, b] = [bareName(one), bareName(other)];
  if (a === "" || b === "" || a === b) return true;
  return placesBefore(a).some((place) =>
    placesBefore(b).some((before) => {
      if (!mayBeOnePlace(place, before)) return false;
      const [rest, otherRest] = [a.slice(place.length), b.slice(before.length)];
      return rest === otherRest || isShortFor(rest, otherRest) || isShortFor(otherRest, rest);
    }),
  );
}

/** A body a form names, and what it is called there. */
export interface NamedBody {
  readonly as: "实施单位" | "主管部门";
  readonly name: string;
}

/**
 * The body a form names that is not the one of its project, or null. The department is held against the bodies above; it is asked
 * about only where the unit does not already say the very same.
 */
export function otherBody(
  named: { readonly unit: string | null; readonly department: string | null },
  unit: string,
  above: readonly string[],
): NamedBody | null {
  const [printed, department] = [named.unit ?? "", named.department ?? ""];
  if (printed.trim() !== "") {
    if (!maybeSameBody(printed, unit)) return { as: "实施单位", name: printed };
    if (bareName(printed) === bareName(unit)) return null;
  }
  if (department.trim() === "") return null;
  return [unit, ...above].some((each) => maybeSameBody(department, each))
    ? null
    : { as: "主管部门", name: department };
}
