import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant } from "./paging.ts";

/** Tells that one has a form open, and at which cell; hears who else has it open and which revision is the latest. */
export const showPresence = endpoint({
  id: "showPresence",
  method: "PUT",
  path: "/submissions/{submission}/presence",
  title: "告知正在查看哪张表、哪一格，并得知还有谁在",
  feature: "presence",
  access: "session",
  params: z.strictObject({ submission: identity }),
  body: z.strictObject({
    at: z.string().max(700).nullable().describe("所在的格；null 为没有选中"),
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      revision: z.int().describe("表的最新版本：比手上的新，就是他人保存过"),
      others: z.array(
        z.object({ account: identity, name: z.string(), at: z.string().nullable(), seen: instant }),
      ),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});
