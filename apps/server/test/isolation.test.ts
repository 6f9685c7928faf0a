import type { Endpoint } from "@jiheng/contract/http";
import { ROLES } from "@jiheng/workflow";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadDemo } from "../src/features/demo/load-demo.ts";
import { ROUTES } from "../src/features/index.ts";
import { clientOf, openSession, type TestServer, testServer } from "./client.ts";
import { valuesOf } from "./fuzz.ts";

type Json = Record<string, unknown>;

let server: TestServer;
let document: Json;
let foreign: string;
let words: string[];
const ids = new Map<string, string[]>();

// One region with data in all states, and another whose people ask for them.
beforeAll(async () => {
  server = await testServer();
  const { db } = server.platform;
  await loadDemo(server.platform, "no password", { projects: 6 });
  foreign = (
    await db.selectFrom("region").select("region").where("is_demo", "=", true).executeTakeFirstOrThrow()
  ).region;
  document = JSON.parse((await server.http.inject("/api/v1/openapi.json")).body);
  for (const table of await tablesWithIds()) {
    const { rows } = await sql<{ id: string }>`
      select id::text from ${sql.table(table)} where region = ${foreign} limit 20`.execute(db);
    ids.set(
      table,
      rows.map(({ id }) => id),
    );
  }
  const projects = await db.selectFrom("project").select("name").where("region", "=", foreign).execute();
  const bodies = await db.selectFrom("organisation").select("name").where("region", "=", foreign).execute();
  words = [...projects, ...bodies].map(({ name }) => name).filter((name) => name.length >= 5);
}, 120_000);
afterAll(() => server.close());

async function tablesWithIds(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.table_name as name from information_schema.columns c
    where c.table_schema = 'public' and c.column_name = 'id' and c.data_type = 'uuid' order by 1`.execute(
    server.platform.db,
  );
  return rows.map(({ name }) => name);
}

/** Everything the region holds, as one hash a table. */
async function contents(region: string): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'region' order by 1`.execute(server.platform.db);
  const hashes: Record<string, string> = {};
  for (const { name } of rows) {
    const hashed = await sql<{ hash: string }>`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash
      from ${sql.table(name)} t where region = ${region}`.execute(server.platform.db);
    hashes[name] = hashed.rows[0]?.hash ?? "";
  }
  return hashes;
}

function idsFor(key: string): readonly string[] {
  const tables: Readonly<Record<string, string>> = {
    call: "call_for_work",
    grant: "role_grant",
    token: "api_token",
    version: "frozen_version",
  };
  const own = ids.get(tables[key] ?? key);
  return own && own.length > 0 ? own : [...ids.values()].flat();
}

it("whoever is of another region sees and changes nothing, by any operation and any id", async () => {
  const before = await contents(foreign);
  const values = valuesOf(document, idsFor, { year: [new Date().getUTCFullYear() - 1], revision: 1 });
  const done: string[] = [];
  const leaks: string[] = [];
  for (const { endpoint } of ROUTES) {
    if (endpoint.access === "public" || endpoint.answer.kind === "events") continue;
    const operation = (document.paths as Record<string, Record<string, Json>>)[endpoint.path]?.[
      endpoint.method.toLowerCase()
    ] as Json;
    for (const role of ROLES) {
      const answer = await askAs(role, endpoint, operation, values);
      const leak = words.find((word) => answer.text.includes(word));
      if (leak) leaks.push(`${endpoint.id} as ${role} shows ${leak}`);
      if (answer.status < 300 && endpoint.path.includes("{"))
        done.push(`${endpoint.id} as ${role}: ${answer.status}`);
    }
  }
  expect(leaks).toEqual([]);
  // What a rule or a cell is called is no identity of a region; of all others nothing is found.
  expect(done.filter((line) => !/^(changeRule|shadowRun|getSubjectHistory) /.test(line))).toEqual([]);
  expect(await contents(foreign)).toEqual(before);
}, 120_000);

async function askAs(
  role: (typeof ROLES)[number],
  endpoint: Endpoint,
  operation: Json,
  values: ReturnType<typeof valuesOf>,
): Promise<{ readonly status: number; readonly text: string }> {
  const parameters = operation.parameters as { name: string; in: string; required: boolean; schema: Json }[];
  const seed = endpoint.id.length * 31 + role.length;
  const one = (schema: Json, name: string) => fc.sample(values(schema, name), { numRuns: 1, seed })[0];
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((each) => each.in === "path" && each.name === name);
    return encodeURIComponent(String(one(parameter?.schema ?? {}, name)).toWellFormed());
  });
  const query = new URLSearchParams();
  for (const { name, schema, required, in: where } of parameters)
    if (where === "query" && (required || schema.format === "uuid"))
      query.set(name, String(one(schema, name)));
  const content =
    (operation.requestBody as { content?: Record<string, { schema: Json }> } | undefined)?.content ?? {};
  const schema =
    content["application/json"]?.schema ??
    (content["multipart/form-data"]?.schema.properties as Json | undefined)?.body;
  // A session of its own: some operations end the session they come with.
  const headers = await openSession(server.platform, server.home.accounts[role]);
  const received = await clientOf(server.http, null, headers).call(
    { ...endpoint, path: `${path}${query.size > 0 ? `?${query}` : ""}` as `/${string}` },
    {
      ...(schema ? { body: one(schema as Json, "") as never } : {}),
      ...(endpoint.uploads === "none" ? {} : { uploads: [{ name: "a.csv", bytes: "项目名称\n甲\n" }] }),
      ...(endpoint.ifMatch ? { ifMatch: 1 } : {}),
    },
  );
  return { status: received.status, text: received.bytes.toString("utf8") };
}
