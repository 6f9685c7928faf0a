import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, pageOf, pageQuery, wholeNumber } from "./paging.ts";

/** Where an indicator is used: rows of that name in forms the caller may see. */
export const listIndicatorUses = endpoint({
  id: "listIndicatorUses",
  method: "GET",
  path: "/statistics/indicators/uses",
  title: "指标库：用到一个指标的表，只列本人能看的",
  feature: "statistics",
  access: "read",
  query: z.strictObject({
    name: z.string().min(1).max(500),
    unit: z.string().max(500).optional().describe("计量单位；空文字为没有单位，不给则不限"),
    year: wholeNumber(2000, 2100),
    ...pageQuery,
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: pageOf(
      z.object({
        submission: identity,
        projectName: z.string(),
        unitName: z.string(),
        standing: z.string(),
        indicator: identity,
        target: z.string().nullable(),
        actual: z.string().nullable(),
        points: z.string().nullable(),
        score: z.string().nullable(),
      }),
    ),
  },
  refusals: ["not-allowed"],
});
