import type { Sent } from "../../api/operations-of.ts";

type Query = NonNullable<Sent<"listSubmissions">["query"]>;
/** An order of the list. */
export type Sort = NonNullable<Query["sort"]>;

/** What a list of forms is narrowed by, as it stands in the address. */
export const FILTERS = [
  "q",
  "year",
  "kind",
  "state",
  "department",
  "unit",
  "project",
  "call",
  "desk",
] as const;

/** The orders the server knows, each in its one direction. */
export const SORTS: Readonly<Record<Sort, "ascend" | "descend">> = {
  updated: "descend",
  risk: "descend",
  project: "ascend",
};

/** The order of an address; the latest first where it names none the server knows. */
export function sortOf(named: string | undefined): Sort {
  return named !== undefined && Object.hasOwn(SORTS, named) ? (named as Sort) : "updated";
}

/** The question to the server that an address means; what is not set is not asked for. */
export function queryOf(filter: (name: (typeof FILTERS)[number] | "sort") => string | undefined): Query {
  const set = FILTERS.flatMap((name) => {
    const value = filter(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...(Object.fromEntries(set) as Query), sort: sortOf(filter("sort")) };
}
