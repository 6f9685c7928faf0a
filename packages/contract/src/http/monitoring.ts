import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, pageQuery, wholeNumber } from "./paging.ts";

const lamp = z.enum(["red", "yellow", "green", "blue"]);

/** A lamp with what it rests on, or why none is lit. */
export const litSchema = z.object({
  lamp: lamp.nullable().describe("不能判断的为 null"),
  percent: z.string().nullable().describe("与应达进度相比的百分数"),
  says: z.string(),
  basis: z.string().nullable(),
});

const scoreSchema = z.object({
  total: z.string().nullable(),
  between: z.tuple([z.string(), z.string()]).nullable(),
  grades: z.array(z.string()),
  says: z.string(),
});

/** Lamps of a monitoring form and what the end of the year would bring. */
export const monitoringSchema = z.object({
  submission: z.string(),
  month: z.int(),
  goal: z.object({ lamp: lamp.nullable(), says: z.string(), unjudged: z.int() }),
  money: litSchema,
  alert: z
    .object({ isRaised: z.boolean().nullable(), says: z.string() })
    .describe("执行率预警，没有规定的地区为 null"),
  rows: z.array(z.object({ row: z.string(), name: z.string().nullable(), ...litSchema.shape })),
  forecast: z
    .object({
      low: scoreSchema,
      expected: scoreSchema,
      high: scoreSchema,
      policy: z.string(),
      policyTitle: z.string(),
      rows: z.array(
        z.object({
          row: z.string(),
          low: z.string().nullable(),
          expected: z.string().nullable(),
          high: z.string().nullable(),
          says: z.string(),
        }),
      ),
      assumptions: z.array(z.string()),
    })
    .nullable(),
  noForecast: z.string().nullable().describe("不能预测的理由"),
});

/** Lamps and forecast of one monitoring form. */
export const getMonitoring = endpoint({
  id: "getMonitoring",
  method: "GET",
  path: "/submissions/{submission}/monitoring",
  title: "一张监控表的红黄绿灯、预警和年末得分预测",
  feature: "monitoring",
  access: "read",
  params: z.strictObject({ submission: identity }),
  answer: { kind: "json", status: 200, schema: monitoringSchema },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** The lamps of a body's monitoring forms. */
export const listMonitoring = endpoint({
  id: "listMonitoring",
  method: "GET",
  path: "/monitoring",
  title: "单位或部门某年的监控表，逐张的目标灯和资金灯",
  feature: "monitoring",
  access: "read",
  query: z.strictObject({
    year: wholeNumber(2000, 2100),
    organisation: identity,
    month: wholeNumber(1, 12).optional(),
    ...pageQuery,
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      items: z.array(
        z.object({
          submission: z.string(),
          project: z.string(),
          month: z.int(),
          state: z.string(),
          goal: lamp.nullable(),
          money: lamp.nullable(),
          unjudged: z.int(),
        }),
      ),
      next: z.string().nullable(),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});
