import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";
import { cellChangeSchema } from "./submissions.ts";

const seq = z.string().regex(/^[1-9]\d{0,18}$/);
const refusedByRights = ["recused", "conflicting-roles", "grant-expired"] as const;

/** An event of the log; `body` is what the event keeps, with the hashes of its link. */
export const eventSchema = z.object({
  seq,
  at: instant,
  actor: identity.nullable(),
  actorName: z.string(),
  type: z.string(),
  subjectKind: z.string(),
  subject: identity.nullable(),
  year: z.int().nullable(),
  body: z.record(z.string(), z.unknown()),
  sha256: z.string(),
  sm3: z.string(),
});

/** Something an event says, in words of a person: a value, or a change with what stood before; null is a blank. */
const factSchema = z.object({
  name: z.string(),
  isChange: z.boolean(),
  before: z.string().nullable(),
  value: z.string().nullable(),
});

/** An event as a list shows it: names instead of identities, and how many like it stand behind it. */
const listedEventSchema = eventSchema.extend({
  subjectName: z.string().nullable().describe("对象现在的名称；没有名称或已不存在为 null"),
  facts: z.array(factSchema).describe("事件所记内容的文字说明，名称按现在的"),
  folded: z.int().describe("这一行代表几条：同一人同一批同一事项折成一行；没有折叠即为 1"),
  first: instant.describe("这一行最早一条的时间"),
  last: instant.describe("这一行最晚一条的时间"),
});

const filters = {
  type: z
    .string()
    .regex(/^[a-z-]{1,40}(\.[a-z-]{1,40})?$/)
    .optional()
    .describe("事件类型，如 submission.approved；只写点前的一类也可以"),
  subject: identity.optional().describe("表格、项目、机构、账号等的标识"),
  about: identity
    .optional()
    .describe("项目或机构的标识：它自己的事项，连同它下属机构、名下项目和表格的事项；其他对象只是它自己的"),
  actor: identity.optional(),
  from: instant.optional(),
  to: instant.optional(),
};

/** The log, newest first unless asked otherwise. */
export const listEvents = endpoint({
  id: "listEvents",
  method: "GET",
  path: "/log/events",
  title: "操作日志",
  feature: "log",
  access: "read",
  query: z.strictObject({
    ...pageQuery,
    ...filters,
    order: z.enum(["newest", "oldest"]).default("newest"),
    fold: z.enum(["yes", "no"]).default("no").describe("yes：同一人连续办理的同一事项折成一行"),
  }),
  answer: { kind: "json", status: 200, schema: pageOf(listedEventSchema) },
  refusals: [...refusedByRights],
});

/** What the log speaks of, sought by name: people, bodies, projects and forms. */
export const findInLog = endpoint({
  id: "findInLog",
  method: "GET",
  path: "/log/subjects",
  title: "按名称查找日志的对象和办理人",
  feature: "log",
  access: "read",
  query: z.strictObject({
    search: z.string().trim().min(1).max(60).optional(),
    id: identity.optional().describe("只要这一个的名称"),
    kind: z.enum(["account", "organisation", "project", "submission"]).optional(),
    limit: pageQuery.limit,
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      items: z.array(
        z.object({
          id: identity,
          kind: z.string(),
          name: z.string(),
        }),
      ),
    }),
  },
  refusals: [...refusedByRights],
});

/** The log in figures: when it was verified last, what came since, and what an auditor looks at first. */
export const getLogDigest = endpoint({
  id: "getLogDigest",
  method: "GET",
  path: "/log/digest",
  title: "日志概况",
  feature: "log",
  access: "read",
  query: z.strictObject({ days: wholeNumber(1, 366).default(30).describe("看最近几天") }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      events: z.int().describe("日志共有几条"),
      verified: z
        .object({ at: instant, by: z.string(), events: z.int() })
        .nullable()
        .describe("最近一次校验完整的；从没有过为 null"),
      sinceVerified: z.int().describe("那次校验之后的条数；从没校验过即全部"),
      from: instant.describe("以下各项从这时起"),
      counts: z.array(z.object({ type: z.string(), events: z.int(), last: instant })),
      bulk: z
        .array(
          z.object({
            ...{ type: z.string(), actor: identity.nullable(), actorName: z.string() },
            ...{ at: instant, events: z.int() },
          }),
        )
        .describe("一次办理二十条以上的，最多的在前，至多五项"),
    }),
  },
  refusals: [...refusedByRights],
});

/** The filtered events as a table for a spreadsheet. */
export const exportEvents = endpoint({
  id: "exportEvents",
  method: "GET",
  path: "/log/events/export",
  title: "把筛选出的日志导出为 CSV",
  feature: "log",
  access: "read",
  query: z.strictObject(filters),
  answer: { kind: "file", media: ["text/csv"] },
  refusals: [...refusedByRights],
});

/** Every cell that was ever changed of one thing, oldest first, with who changed it. */
export const getSubjectHistory = endpoint({
  id: "getSubjectHistory",
  method: "GET",
  path: "/log/subjects/{subject}/cells",
  title: "逐格变动记录",
  feature: "log",
  access: "read",
  params: z.strictObject({ subject: identity }),
  query: z.strictObject({ ...pageQuery, cell: z.string().min(1).max(200).optional().describe("只看这一格") }),
  answer: {
    kind: "json",
    status: 200,
    schema: pageOf(
      cellChangeSchema.extend({
        seq,
        when: instant,
        actor: identity.nullable(),
        actorName: z.string(),
        type: z.string(),
      }),
    ),
  },
  refusals: [...refusedByRights],
});

/** When the region's record was backed up or restored, the newest first. */
export const listBackups = endpoint({
  id: "listBackups",
  method: "GET",
  path: "/backups",
  title: "备份和恢复的记录",
  feature: "log",
  access: "administer",
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      items: z
        .array(
          z.object({
            kind: z.enum(["made", "restored"]),
            at: instant,
            sha256: z.string(),
            rows: z.int(),
          }),
        )
        .describe("最近 20 次"),
    }),
  },
  refusals: [...refusedByRights],
});

const linkSchema = z.object({ seq: z.string(), sha256: z.string(), sm3: z.string() });

/** Computes the whole chain of the region anew. */
export const verifyChain = endpoint({
  id: "verifyChain",
  method: "POST",
  path: "/log/verification",
  title: "校验日志链",
  feature: "log",
  access: "read",
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      intact: z.boolean(),
      events: z.int(),
      head: linkSchema.nullable(),
      firstFault: z.object({ seq: z.string(), says: z.string() }).nullable(),
    }),
  },
  refusals: [...refusedByRights],
});

/** The log as a file that `jiheng verify-log` proves without a server: a head line, then one event a line. */
export const exportLog = endpoint({
  id: "exportLog",
  method: "GET",
  path: "/log/export",
  title: "导出操作日志",
  feature: "log",
  access: "read",
  answer: { kind: "file", media: ["application/x-ndjson"] },
  refusals: [...refusedByRights],
});
