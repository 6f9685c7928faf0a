import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { PROBLEMS, type ProblemCode, problemSchema } from "./problem.ts";

/** What the features are called in the document. */
const FEATURE_TITLES: Readonly<Record<string, string>> = {
  accounts: "登录与账号",
  organisations: "机构与授权",
  projects: "项目库",
  submissions: "填报与审核",
  calls: "工作布置",
  monitoring: "绩效监控",
  budget: "预算数据",
  evidence: "佐证材料",
  presence: "同时打开一张表的人",
  imports: "批量导入",
  exports: "导出",
  samples: "抽查复核",
  rollups: "汇总",
  results: "整改与结果应用",
  statistics: "统计",
  publication: "公开",
  rules: "审核规则",
  webhooks: "系统对接",
  log: "操作日志",
};

type Json = Record<string, unknown>;

/** Refusals that any operation can give. */
const ALWAYS: readonly ProblemCode[] = [
  ...(["invalid-input", "too-many-requests", "csrf-refused"] as const),
  // Whatever is sent where nothing is expected is refused by its kind or size first.
  ...(["too-large", "wrong-media", "internal", "database-unavailable", "stopping"] as const),
];
const WHEN_CLOSED: readonly ProblemCode[] = ["not-logged-in", "not-allowed", "out-of-scope"];
const WHEN_COMPLETE: readonly ProblemCode[] = ["second-factor-needed", "password-change-needed"];
const WHEN_CHANGING: readonly ProblemCode[] = ["storage-full", "conflict", "already-exists", "key-reused"];
const WHEN_UPLOADING: readonly ProblemCode[] = ["unreadable-file", "hostile-file"];

/** Every refusal an operation can give: its own and the general ones that apply to it. */
export function refusalsOf(endpoint: Endpoint): ProblemCode[] {
  const { access, method, uploads, ifMatch, refusals } = endpoint;
  const codes = new Set<ProblemCode>([...ALWAYS, ...refusals]);
  const add = (when: boolean, more: readonly ProblemCode[]) => {
    if (when) for (const code of more) codes.add(code);
  };
  add(access !== "public", WHEN_CLOSED);
  add(access !== "public" && access !== "login", WHEN_COMPLETE);
  add(method !== "GET", WHEN_CHANGING);
  add(uploads !== "none", WHEN_UPLOADING);
  add(ifMatch, ["revision-missing", "revision-stale"]);
  return [...codes];
}

/** The OpenAPI 3.1 document of these operations: made from the very schemas that the server parses with. */
export function openApiDocument(endpoints: readonly Endpoint[], version: string): Json {
  const schemas: Record<string, Json> = {};
  const problem = schemaOf(problemSchema, "output", "Problem", schemas);
  schemas.Problem = problem;
  const refusals: Record<string, Json> = {};
  const paths: Record<string, Record<string, Json>> = {};
  const inOrder = endpoints.toSorted((one, other) =>
    `${one.path} ${one.method}` < `${other.path} ${other.method}` ? -1 : 1,
  );
  for (const endpoint of inOrder) {
    paths[endpoint.path] ??= {};
    (paths[endpoint.path] as Record<string, Json>)[endpoint.method.toLowerCase()] = operationOf(
      endpoint,
      schemas,
      refusals,
    );
  }
  const features = [...new Set(endpoints.map(({ feature }) => feature))].sort();
  return {
    openapi: "3.1.1",
    info: {
      title: "绩衡",
      version,
      description:
        "项目支出绩效自评的记录系统。拒绝一律为 application/problem+json，code 稳定不变，detail 说明情况和办法。",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/api/v1" }],
    tags: features.map((name) => ({ name, description: FEATURE_TITLES[name] ?? name })),
    paths,
    components: {
      responses: Object.fromEntries(Object.entries(refusals).sort(([a], [b]) => (a < b ? -1 : 1))),
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "jiheng",
          description: "登录后的会话；用 https 时名为 __Host-jiheng",
        },
        csrf: {
          type: "apiKey",
          in: "header",
          name: "X-CSRF-Token",
          description: "会话的防伪标记，登录时给出；改动时必带",
        },
        token: { type: "http", scheme: "bearer", description: "接口令牌 jh_…，按范围授权" },
      },
    },
  };
}

function operationOf(
  endpoint: Endpoint,
  schemas: Record<string, Json>,
  refusals: Record<string, Json>,
): Json {
  const { id, title, feature, access, method } = endpoint;
  const body = requestBodyOf(endpoint, schemas);
  return {
    operationId: id,
    summary: title,
    tags: [feature],
    ...(access === "public" ? { security: [] } : { security: securityOf(endpoint) }),
    ...(access === "public" ? {} : { "x-access": access }),
    parameters: parametersOf(endpoint, schemas),
    ...(body && method !== "GET" ? { requestBody: body } : {}),
    responses: { ...answersOf(endpoint, schemas), ...problemsOf(endpoint, refusals) },
  };
}

function securityOf({ access, method }: Endpoint): Json[] {
  const session = { session: [], ...(method === "GET" ? {} : { csrf: [] }) };
  return access === "login" || access === "session" ? [session] : [session, { token: [] }];
}

function parametersOf(endpoint: Endpoint, schemas: Record<string, Json>): Json[] {
  const { id, params, query, ifMatch, method, access } = endpoint;
  const parts = (where: "path" | "query", schema: z.ZodType) => {
    const { properties, required } = schemaOf(schema, "input", `${id}.${where}`, schemas);
    const needed = (required ?? []) as string[];
    return Object.entries((properties ?? {}) as Record<string, Json>).map(
      ([name, { description, ...of }]) => ({
        name,
        in: where,
        required: where === "path" || needed.includes(name),
        ...(description === undefined ? {} : { description }),
        schema: of,
      }),
    );
  };
  const header = (name: string, required: boolean, description: string, schema: Json): Json => ({
    ...{ name, in: "header", required, description, schema },
  });
  return [
    ...parts("path", params),
    ...parts("query", query),
    ...(ifMatch
      ? [header("If-Match", true, "读取时得到的 ETag", { type: "string", pattern: '^(W/)?"?[0-9]{1,9}"?$' })]
      : []),
    ...(method !== "GET" && access !== "public" && access !== "login"
      ? [
          header("Idempotency-Key", false, "幂等键：同一键的同一请求只办理一次，重发得到同一答复", {
            type: "string",
            pattern: "^[!-~]{8,100}$",
          }),
        ]
      : []),
  ];
}

function requestBodyOf({ id, body, uploads }: Endpoint, schemas: Record<string, Json>): Json | null {
  const json = body === null ? null : schemaOf(body, "input", `${id}.body`, schemas);
  if (uploads === "none")
    return json ? { required: true, content: { "application/json": { schema: json } } } : null;
  const file = { type: "string", contentMediaType: "application/octet-stream" };
  const files = uploads === "one" ? file : { type: "array", items: file, minItems: 1 };
  const form = {
    type: "object",
    properties: { ...(json ? { body: json } : {}), file: files },
    required: [...(json ? ["body"] : []), "file"],
    additionalProperties: false,
  };
  const encoding = json ? { encoding: { body: { contentType: "application/json" } } } : {};
  return { required: true, content: { "multipart/form-data": { schema: form, ...encoding } } };
}

function answersOf({ id, answer }: Endpoint, schemas: Record<string, Json>): Json {
  if (answer.kind === "none") return { "204": { description: "已办理" } };
  if (answer.kind === "redirect")
    return { "303": { description: "转到另一地址", headers: { Location: { schema: { type: "string" } } } } };
  if (answer.kind === "file") {
    const file = { schema: { type: "string", contentMediaType: "application/octet-stream" } };
    const headers = {
      "Jiheng-Says": {
        description: "文件没有写全的内容，逐句说明，每句按 URI 编码，以 %0A 相连；没有则不带",
        schema: { type: "string" },
      },
    };
    return {
      "200": {
        description: "文件",
        headers,
        content: Object.fromEntries(answer.media.map((media) => [media, file])),
      },
    };
  }
  const schema = schemaOf(answer.schema, "output", `${id}.answer`, schemas);
  if (answer.kind === "events")
    return { "200": { description: "逐条送来的进展", content: { "text/event-stream": { schema } } } };
  return { [answer.status]: { description: "已办理", content: { "application/json": { schema } } } };
}

/** One response a status, shared by all operations that can refuse with the same codes. */
function problemsOf(endpoint: Endpoint, refusals: Record<string, Json>): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of refusalsOf(endpoint).sort()) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const name = codes.join(".");
      refusals[name] ??= refusalOf(status, codes);
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
}

function refusalOf(status: number, codes: readonly ProblemCode[]): Json {
  const own = { properties: { status: { const: status }, code: { enum: codes } } };
  return {
    description: codes.map((code) => `${code}：${PROBLEMS[code].title}`).join("；"),
    content: {
      "application/problem+json": { schema: { allOf: [{ $ref: "#/components/schemas/Problem" }, own] } },
    },
  };
}

/** The schema as JSON Schema (a `format` says it, its long pattern is left out), with what it defines beside itself moved to the components of the document. */
function schemaOf(
  schema: z.ZodType,
  io: "input" | "output",
  name: string,
  schemas: Record<string, Json>,
): Json {
  const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  const isRecursive = JSON.stringify(own).includes('"$ref":"#"');
  const nameOf = (definition: string) =>
    /^__/.test(definition) ? `${name}.${definition.replaceAll("_", "")}` : definition;
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (value === null || typeof value !== "object") return value;
    const kept = Object.entries(value).filter(([key]) => key !== "pattern" || !("format" in value));
    return Object.fromEntries(
      kept.map(([key, part]) => {
        if (key !== "$ref" || typeof part !== "string") return [key, moved(part)];
        const definition = /^#\/\$defs\/(.+)$/.exec(part)?.[1];
        return [key, `#/components/schemas/${definition === undefined ? name : nameOf(definition)}`];
      }),
    );
  };
  for (const [definition, part] of Object.entries(($defs ?? {}) as Json))
    schemas[nameOf(definition)] = moved(part) as Json;
  const result = moved(own) as Json;
  if (!isRecursive) return result;
  schemas[name] = result;
  return { $ref: `#/components/schemas/${name}` };
}
