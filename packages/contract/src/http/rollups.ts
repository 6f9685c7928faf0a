import { z } from "zod";
import { formSchema } from "../read.ts";
import {
  choicesSchema,
  derivationSchema,
  rollUpPartSchema,
  rollUpRefusedSchema,
  rollUpSourceSchema,
} from "../rollup.ts";
import { endpoint } from "./endpoint.ts";
import { identity, instant } from "./paging.ts";

const year = z.int().min(2000).max(2100);
const name = z.string().trim().min(1).max(200);
const pairs = z.array(z.tuple([name, name])).max(200);
const names = z.array(name).max(200);

const choices = z
  .strictObject({
    points: choicesSchema.shape.points.default("equal"),
    weights: z.record(name, z.string().regex(/^\d{1,9}(\.\d{1,6})?$/)).default({}),
    merges: pairs.default([]).describe("两个名称是同一指标"),
    apart: names.default([]).describe("同名但不是同一指标，分列"),
    denominators: pairs.default([]).describe("率 → 作分母的数量"),
    once: names.default([]).describe("各项目是同一批对象，只计一次"),
    strictest: names.default([]).describe("各项目时限不同，取最严的"),
  })
  .prefault({});

const made = {
  members: z.array(identity).min(1).max(500).describe("参加汇总的自评表，须已审核通过"),
  choices,
  template: z.string().min(1).max(60).optional().describe("汇总表的表样；各表表样不同时须指定"),
};

const params = z.strictObject({ submission: identity });
const partSchema = rollUpPartSchema.omit({ sources: true });

const conflictSchema = rollUpRefusedSchema.shape.conflicts.element.extend({
  row: z.string().nullable().describe("有关的指标，可在 choices 中按此名称处理；与单个指标无关的为 null"),
});

/** What a roll-up would give: the form, how each figure comes about, and what a person should decide. Writes nothing. */
export const previewRollUp = endpoint({
  id: "previewRollUp",
  method: "POST",
  path: "/rollups/preview",
  title: "试汇总：看到汇总表、来源和需要确认的事项",
  feature: "rollups",
  access: "review",
  body: z.strictObject({ year, name, ...made }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("rolled"),
        form: formSchema,
        ...partSchema.shape,
        notes: z.array(z.string()),
      }),
      z.object({ kind: z.literal("refused"), conflicts: z.array(conflictSchema).describe("全部冲突") }),
    ]),
  },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

const standing = z.object({
  submission: identity,
  revision: z.int(),
  madeRevision: z.int().describe("汇总生成的版本；与现在的版本不同说明之后又改过"),
  sha256: z.string(),
});

/** Makes a roll-up as the self-evaluation of a category or department project. */
export const makeRollUp = endpoint({
  id: "makeRollUp",
  method: "POST",
  path: "/rollups",
  title: "汇总成一张类别表或部门表",
  feature: "rollups",
  access: "review",
  body: z.strictObject({ year, project: identity.describe("类别或部门的项目"), ...made }),
  answer: { kind: "json", status: 201, schema: standing },
  refusals: [
    ...(["not-found", "not-allowed", "out-of-scope", "recused", "wrong-state", "classified"] as const),
    ...(["already-exists", "rollup-refused", "policy-unknown"] as const),
  ],
});

/** Makes it again, of other members or because members have changed; what stood before is kept. */
export const remakeRollUp = endpoint({
  id: "remakeRollUp",
  method: "POST",
  path: "/rollups/{submission}/remake",
  title: "重新汇总，原来的版本保留",
  feature: "rollups",
  access: "review",
  params,
  ifMatch: true,
  body: z.strictObject(made),
  answer: { kind: "json", status: 200, schema: standing },
  refusals: [
    ...(["not-found", "not-allowed", "out-of-scope", "recused", "wrong-state", "classified"] as const),
    ...(["rollup-refused", "policy-unknown"] as const),
  ],
});

/** What a roll-up was made of, and which members have changed since. */
export const getRollUp = endpoint({
  id: "getRollUp",
  method: "GET",
  path: "/rollups/{submission}",
  title: "汇总的来源：成员、选择，成员后来有没有变化",
  feature: "rollups",
  access: "read",
  params,
  answer: {
    kind: "json",
    status: 200,
    schema: standing.extend({
      choices: choicesSchema,
      offers: partSchema.shape.offers,
      madeAt: instant,
      members: z.array(
        z.object({
          submission: identity,
          project: z.string(),
          unit: z.string(),
          state: z.string(),
          changed: z.boolean().describe("汇总之后内容有变化"),
        }),
      ),
    }),
  },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** How the figures at a place of the roll-up came about, source by source. */
export const explainRollUp = endpoint({
  id: "explainRollUp",
  method: "GET",
  path: "/rollups/{submission}/explain",
  title: "汇总表上一个数的来历",
  feature: "rollups",
  access: "read",
  params,
  query: z.strictObject({ at: z.string().min(1).max(200).describe("如 indicators[2].actual") }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({ derivations: z.record(z.string(), derivationSchema) }),
  },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** The forms a roll-up was made of, as they were then: a roll-up is taken apart by them. */
export const splitRollUp = endpoint({
  id: "splitRollUp",
  method: "GET",
  path: "/rollups/{submission}/sources",
  title: "拆回来源：汇总时的各张表",
  feature: "rollups",
  access: "read",
  params,
  answer: { kind: "json", status: 200, schema: z.object({ sources: z.array(rollUpSourceSchema) }) },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});
