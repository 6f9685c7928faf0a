import { type Answer, type Endpoint, PROBLEMS, refusalsOf, SCOPES } from "@jiheng/contract/http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadDemo } from "../src/features/demo/load-demo.ts";
import { ROUTES } from "../src/features/index.ts";
import { hashOfSecret, newSecret } from "../src/platform/http/secrets.ts";
import { clientOf, openSession, type Received, type TestServer, testServer } from "./client.ts";
import { spoiled, strangeText, valuesOf } from "./fuzz.ts";

/** How long the search goes on: longer with JIHENG_FUZZ_SECONDS. */
const SECONDS = Number(process.env.JIHENG_FUZZ_SECONDS ?? 10);
/** The same search again: JIHENG_FUZZ_SEED. */
const SEED = Number(process.env.JIHENG_FUZZ_SEED ?? Date.now() % 2 ** 31);

/** Of the demonstration. */
const YEARS = [-3, -2, -1, 0].map((ago) => new Date().getUTCFullYear() + ago);

type Json = Record<string, unknown>;

/** Who asks: nobody, a person of a role, or a program with a token of a person. */
interface Asker {
  readonly region: string;
  readonly account: string | null;
  readonly isToken: boolean;
  readonly role: string;
}

let server: TestServer;
let document: Json;
let askers: Asker[];
let region: string;
const known = new Map<string, string[]>();

beforeAll(async () => {
  server = await testServer({ seed: false });
  const { db } = server.platform;
  await loadDemo(server.platform, "no password", { projects: 8 });
  document = JSON.parse((await server.http.inject("/api/v1/openapi.json")).body);
  for (const table of [
    "organisation",
    "account",
    "project",
    "indicator",
    "submission",
    "call_for_work",
    "role_grant",
  ] as const) {
    const rows = await db.selectFrom(table).select("id").limit(25).execute();
    known.set(
      table.replace(/_.*/, ""),
      rows.map(({ id }) => id),
    );
  }
  const people = await db
    .selectFrom("role_grant")
    .select(["region", "account", "role"])
    .distinctOn("role")
    .orderBy("role")
    .orderBy("given_at")
    .execute();
  region = (await db.selectFrom("region").select("region").executeTakeFirstOrThrow()).region;
  askers = [
    { region: "", account: null, isToken: false, role: "nobody" },
    ...people.flatMap((person) => [false, true].map((isToken) => ({ ...person, isToken }))),
  ];
}, 120_000);
afterAll(() => server.close());

function knownOf(key: string): readonly string[] {
  const name = {
    parent: "organisation",
    from: "organisation",
    scope: "organisation",
    unit: "organisation",
    department: "organisation",
    grant: "role",
  }[key];
  return known.get(name ?? key.replace(/s$/, "")) ?? [...known.values()].flat();
}

/** A session or a token of its own for every request, so that one that ends it leaves the others. */
async function headersOf({ region, account, isToken }: Asker): Promise<Record<string, string>> {
  if (account === null) return {};
  if (!isToken) return openSession(server.platform, { region, id: account, login: "", name: "" });
  const token = `jh_${region}_${newSecret()}`;
  const at = new Date();
  await server.platform.db
    .insertInto("api_token")
    .values({
      ...{ region, id: server.platform.newId(), account, name: "fuzz", token_hash: hashOfSecret(token) },
      ...{ scopes: [...SCOPES], created_at: at, expires_at: new Date(at.getTime() + 3_600_000) },
      ...{ last_used_at: null, revoked_at: null },
    })
    .execute();
  return { authorization: `Bearer ${token}` };
}

interface Sent {
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly files: readonly { name: string; bytes: string }[];
  readonly headers: Record<string, string>;
}

/** Requests of an operation: what the document allows, and what it does not. */
function requestsOf(endpoint: Endpoint): fc.Arbitrary<Sent> {
  const operation = (document.paths as Record<string, Record<string, Json>>)[endpoint.path]?.[
    endpoint.method.toLowerCase()
  ] as Json;
  const values = valuesOf(document, knownOf, {
    region,
    year: YEARS,
    revision: [0, 1, 2],
    limit: [1, 2, 200],
  });
  const parameters = operation.parameters as { name: string; in: string; required: boolean; schema: Json }[];
  const text = (name: string, schema: Json) =>
    fc.oneof(
      { arbitrary: values(schema, name).map(String), weight: 12 },
      { arbitrary: strangeText, weight: 1 },
    );
  const part = (where: string) =>
    fc.record(
      Object.fromEntries(
        parameters.filter((one) => one.in === where).map(({ name, schema }) => [name, text(name, schema)]),
      ),
      { requiredKeys: parameters.filter((one) => one.in === where && one.required).map(({ name }) => name) },
    );
  const content =
    (operation.requestBody as { content?: Record<string, { schema: Json }> } | undefined)?.content ?? {};
  const schema =
    content["application/json"]?.schema ??
    (content["multipart/form-data"]?.schema.properties as Json | undefined)?.body;
  const good = schema === undefined ? fc.constant(undefined) : values(schema);
  const body = fc.oneof(
    { arbitrary: good, weight: 6 },
    {
      arbitrary: good.chain((value) => (value === undefined ? fc.constant({ x: 1 }) : spoiled(value))),
      weight: 2,
    },
  );
  const file = fc.record({
    name: fc.constantFrom("a.csv", "b.docx", "c.xlsx", "d.json", "e.pdf", "f.html", "x.exe", "g.txt"),
    bytes: fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.constantFrom("PK\u0003\u0004", "%PDF-1.4\n", "{}", "项目名称,年初预算数\n甲,1\n"),
    ),
  });
  const files =
    endpoint.uploads === "none" ? fc.constant([]) : fc.array(file, { minLength: 1, maxLength: 2 });
  return fc
    .record({ path: part("path"), query: part("query"), header: part("header"), body, files })
    .map(({ path, query, header, body: sent, files: uploads }) => ({
      path: endpoint.path.replace(
        /\{(\w+)\}/g,
        (_, name: string) => encodeURIComponent(((path as Json)[name] as string).toWellFormed()) || "%20",
      ),
      query: new URLSearchParams(query as Record<string, string>).toString(),
      body: sent,
      files: uploads,
      // Header values are bytes: what a client could not send is not sent.
      headers: Object.fromEntries(
        Object.entries(header as Record<string, string>).filter(([, value]) => /^[\x20-\x7e]+$/.test(value)),
      ),
    }));
}

/** Whether the answer is as the document says, and the code of a refusal. */
async function ask(
  endpoint: Endpoint,
  asker: Asker,
  sent: Sent,
): Promise<{ readonly fault: string | null; readonly code: string | null }> {
  const client = clientOf(server.http, null, { ...(await headersOf(asker)), ...sent.headers });
  const before = server.faults.length;
  const received = await client.call(
    // The address is written already: nothing of it is left to fill in.
    { ...endpoint, path: `${sent.path}${sent.query ? `?${sent.query}` : ""}` as `/${string}` },
    { body: sent.body as never, ...(sent.files.length > 0 ? { uploads: sent.files } : {}) },
  );
  const code = received.problem?.code ?? null;
  const thrown = server.faults[before];
  if (thrown) return { code, fault: `fault: ${(thrown.error as Error)?.stack ?? String(thrown.error)}` };
  return { code, fault: faultOf(endpoint, received) };
}

function faultOf(endpoint: Endpoint, { status, problem, body }: Received<Endpoint>): string | null {
  if (status >= 500 || (problem && !(problem.code in PROBLEMS))) return `${status} ${problem?.code}`;
  // An address that is spoiled may be none.
  if (problem?.code === "not-found" && problem.detail.startsWith("没有这个地址")) return null;
  if (problem)
    return (refusalsOf(endpoint) as string[]).includes(problem.code)
      ? null
      : `${problem.code} is not declared: ${problem.detail}`;
  const { answer } = endpoint as { answer: Answer };
  const declared = { json: 200, file: 200, events: 200, none: 204, redirect: 303 }[answer.kind];
  const wanted = answer.kind === "json" ? answer.status : declared;
  if (status !== wanted) return `status ${status}, declared ${wanted}`;
  if (answer.kind !== "json") return null;
  const parsed = answer.schema.safeParse(body);
  return parsed.success ? null : `schema: ${parsed.error.message}`;
}

// A stream of events ends when its job does: it has tests of its own.
const fuzzed = ROUTES.map(({ endpoint }) => endpoint).filter(({ answer }) => answer.kind !== "events");

it(
  "no request, right or strange, of anybody, gets an answer that is not declared",
  async () => {
    const one = fc
      .constantFrom(...fuzzed)
      .chain((endpoint) =>
        fc.record({ endpoint: fc.constant(endpoint), pick: fc.nat(), sent: requestsOf(endpoint) }),
      );
    const wrong = new Map<string, string>();
    const asked = new Map<string, number>();
    const done = new Set<string>();
    const denied = new Map<string, Set<string>>();
    const look = async (endpoint: Endpoint, asker: Asker, sent: Sent) => {
      asked.set(endpoint.id, (asked.get(endpoint.id) ?? 0) + 1);
      const { fault, code } = await ask(endpoint, asker, sent);
      if (code === null) done.add(endpoint.id);
      if (code === "not-allowed" || code === "not-logged-in")
        denied.set(endpoint.id, (denied.get(endpoint.id) ?? new Set()).add(asker.role + asker.isToken));
      if (fault && !wrong.has(endpoint.id))
        wrong.set(
          endpoint.id,
          `${endpoint.id} as ${asker.role}: ${fault}\n  ${JSON.stringify(sent).slice(0, 600)}`,
        );
    };
    const start = performance.now();
    // Every operation at least twice, by those who may most, then by chance.
    for (const endpoint of fuzzed)
      for (const [index, sent] of fc.sample(requestsOf(endpoint), { numRuns: 2, seed: SEED }).entries())
        await look(endpoint, askers[(index * 7 + asked.size) % askers.length] as Asker, sent);
    for (let round = 1; performance.now() - start < SECONDS * 1000; round += 1)
      for (const { endpoint, pick, sent } of fc.sample(one, { numRuns: 50, seed: SEED + round })) {
        // Whoever is turned away at the door finds nothing behind it: mostly those who are let in.
        const out = denied.get(endpoint.id);
        const admitted = askers.filter(({ role, isToken }) => !out?.has(role + isToken));
        const from = pick % 10 === 0 || admitted.length === 0 ? askers : admitted;
        await look(endpoint, from[pick % from.length] as Asker, sent);
      }
    expect([...wrong.values()].join("\n\n"), `JIHENG_FUZZ_SEED=${SEED}`).toBe("");
    // Seen as figures: a search that is refused everywhere has searched nothing.
    console.log(
      `${[...asked.values()].reduce((sum, count) => sum + count, 0)} requests, ${done.size} of ${fuzzed.length} operations done at least once`,
    );
    expect(done.size).toBeGreaterThan(fuzzed.length / 8);
    expect([...asked.keys()].sort()).toEqual(fuzzed.map(({ id }) => id).sort());
  },
  SECONDS * 1000 + 60_000,
);
