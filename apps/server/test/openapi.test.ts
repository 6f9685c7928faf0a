import * as contract from "@jiheng/contract/http";
import { type Endpoint, PROBLEMS, SCOPES } from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "../src/features/index.ts";
import { type TestServer, testServer } from "./client.ts";

type Json = Record<string, unknown>;

let server: TestServer;
let document: Json;
const endpoints = ROUTES.map(({ endpoint }) => endpoint);

beforeAll(async () => {
  server = await testServer();
  document = JSON.parse((await server.http.inject("/api/v1/openapi.json")).body);
});
afterAll(() => server.close());

/** Every operation of the document with its address and method. */
function operations(): { path: string; method: string; operation: Json }[] {
  return Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

function visit(value: unknown, see: (key: string, part: unknown) => void): void {
  if (value === null || typeof value !== "object") return;
  for (const [key, part] of Object.entries(value)) {
    see(key, part);
    visit(part, see);
  }
}

describe("the OpenAPI document", () => {
  it("has every operation of the contract, each answered by the server", () => {
    const declared = Object.values(contract as unknown as Record<string, Partial<Endpoint>>).filter(
      (value): value is Endpoint => Boolean(value?.method && value.path && value.answer),
    );
    const ids = (list: readonly Endpoint[]) => list.map(({ id }) => id).sort();
    expect(ids(endpoints)).toEqual(ids(declared));
    expect(
      operations()
        .map(({ operation }) => operation.operationId)
        .sort(),
    ).toEqual(ids(declared));
    for (const { path, method } of operations())
      expect(
        server.http.hasRoute({
          method: method.toUpperCase() as "GET",
          url: `/api/v1${path.replace(/\{(\w+)\}/g, ":$1")}`,
        }),
      ).toBe(true);
  });

  it("names each operation once, in words of its own, with a Chinese title and a tag that is explained", () => {
    const ids = endpoints.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags as { name: string; description: string }[];
    for (const { description } of tags) expect(description).toMatch(/\p{sc=Han}/u);
    for (const { operation } of operations()) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(operation.summary).toMatch(/\p{sc=Han}/u);
      expect(tags.map(({ name }) => name)).toEqual(expect.arrayContaining(operation.tags as string[]));
    }
  });

  it("resolves every reference", () => {
    const wrong: string[] = [];
    visit(document, (key, part) => {
      if (key !== "$ref") return;
      const target = String(part)
        .replace(/^#\//, "")
        .split("/")
        .reduce<unknown>((at, step) => (at as Json | undefined)?.[step], document);
      if (!String(part).startsWith("#/") || target === undefined) wrong.push(String(part));
    });
    expect(wrong).toEqual([]);
  });

  it("declares every parameter of an address, once, as required", () => {
    for (const { path, operation } of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      const parameters = operation.parameters as {
        name: string;
        in: string;
        required: boolean;
        schema: Json;
      }[];
      const inPath = parameters.filter((parameter) => parameter.in === "path");
      expect(inPath.map(({ name }) => name).sort(), path).toEqual(named);
      expect(inPath.every(({ required }) => required)).toBe(true);
      const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(keys).size, path).toBe(keys.length);
    }
  });

  it("says of each operation who may call it and every refusal by its code", () => {
    const { responses } = document.components as { responses: Record<string, Json> };
    for (const { operation, method } of operations()) {
      const endpoint = endpoints.find(({ id }) => id === operation.operationId) as Endpoint;
      const security = operation.security as Json[];
      expect(security.length === 0, endpoint.id).toBe(endpoint.access === "public");
      if (method !== "get") expect(security.every((one) => "token" in one || "csrf" in one)).toBe(true);
      const codes = Object.values(operation.responses as Record<string, { $ref?: string }>).flatMap(
        ({ $ref }) => ($ref ? ($ref.split("/").at(-1)?.split(".") ?? []) : []),
      );
      expect(codes).toEqual(expect.arrayContaining([...endpoint.refusals, "internal", "too-many-requests"]));
      for (const code of codes) expect(PROBLEMS).toHaveProperty(code);
      if (endpoint.access !== "public") expect(codes).toContain("not-logged-in");
    }
    for (const [name, response] of Object.entries(responses)) expect(response.description, name).toBeTruthy();
  });

  it("keeps what is public and what needs no token to a closed list", () => {
    const ids = (access: string) =>
      endpoints
        .filter((one) => one.access === access)
        .map(({ id }) => id)
        .sort();
    const open = ["beginOidc", "finishOidc", "getInstallation", "logIn", "setUp"];
    const ofThePublic = endpoints.filter(({ feature }) => feature === "publication").map(({ id }) => id);
    for (const id of ids("public")) expect([...open, ...ofThePublic]).toContain(id);
    for (const { method, id, access } of endpoints)
      if (method !== "GET" && access === "public") expect(["logIn", "setUp"]).toContain(id);
    expect(ids("login")).toEqual([
      ...[
        "changePassword",
        "confirmEnrolment",
        "confirmSecondFactor",
        "enrolSecondFactor",
        "getSession",
        "logOut",
      ],
    ]);
    // A token that may only read can change nothing; one that may not administer reaches no account.
    for (const { id, method, access, feature } of endpoints) {
      if (method !== "GET" && access === "read") expect(["verifyChain"]).toContain(id);
      if (/accounts\//.test(feature) && (SCOPES as readonly string[]).includes(access))
        expect(access).toBe("administer");
    }
  });

  it("anonymous callers and tokens without scope are stopped before any handler", async () => {
    for (const endpoint of endpoints) {
      if (endpoint.access === "public") continue;
      const url = `/api/v1${endpoint.path.replace(/\{(\w+)\}/g, "01890000-0000-7000-8000-000000000000")}`;
      const { statusCode, body } = await server.http.inject({ method: endpoint.method, url });
      expect([endpoint.id, statusCode, JSON.parse(body).code]).toEqual([endpoint.id, 401, "not-logged-in"]);
    }
  });
});
