import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery } from "./paging.ts";
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

const filters = {
  type: z
    .string()
    .regex(/^[a-z-]{1,40}(\.[a-z-]{1,40})?$/)
    .optional()
    .describe("事件类型，如 submission.approved；只写点前的一类也可以"),
  subject: identity.optional().describe("表格、项目、机构、账号等的标识"),
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
  query: z.strictObject({ ...pageQuery, ...filters, order: z.enum(["newest", "oldest"]).default("newest") }),
  answer: { kind: "json", status: 200, schema: pageOf(eventSchema) },
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
