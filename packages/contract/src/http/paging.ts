import { z } from "zod";

/** Most items on one page. */
const LONGEST_PAGE = 200;

/** A UUID: of an organisation, an account, a project, a submission and whatever else has an identity. */
export const identity = z.uuid();

/** An instant as it is sent: ISO 8601 in UTC, of a year that every database can hold. */
export const instant = z.iso.datetime().regex(/^(19|20)\d\d-/);

/** A whole number that arrives as text in an address. */
export function wholeNumber(min: number, max: number) {
  return z.coerce.number<string>().int().min(min).max(max);
}

/** The query keys of a list: how many, and after which cursor (the `next` of the page before). Spread into a strictObject. */
export const pageQuery = {
  limit: wholeNumber(1, LONGEST_PAGE).default(50).describe("每页条数"),
  after: z.string().min(1).max(400).optional().describe("上一页的 next"),
};

/** One page of a list; `next` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), next: z.string().nullable() });
}
