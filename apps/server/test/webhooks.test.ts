import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createProject,
  createWebhook,
  listDeliveries,
  redeliver,
  rotateWebhook,
  switchWebhook,
} from "@jiheng/contract/http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { countJobs } from "../src/features/jobs.ts";
import { callForDeliveries, deliver } from "../src/features/webhooks/index.ts";
import { addressRefusal, send, signatureOf, urlRefusal } from "../src/features/webhooks/send.ts";
import { type TestClient, type TestServer, testServer } from "./client.ts";

const HERE = { private: false, loopback: true };
const NOWHERE = { private: false, loopback: false };

interface Heard {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A receiver that remembers what it was sent and answers as told. */
async function receiver(answer: (heard: Heard, response: ServerResponse) => void) {
  const heard: Heard[] = [];
  const http: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const one = { headers: request.headers, body: Buffer.concat(parts).toString() };
      heard.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  const { port } = http.address() as AddressInfo;
  return {
    heard,
    url: `http://127.0.0.1:${port}/events`,
    close: () => {
      http.closeAllConnections();
      http.close();
    },
  };
}

let server: TestServer;
let admin: TestClient;
let reviewer: TestClient;
const closing: (() => void)[] = [];
beforeAll(async () => {
  server = await testServer({ settings: { webhooks: HERE } });
  admin = await server.as("administrator");
  reviewer = await server.as("department-reviewer");
});
afterEach(async () => {
  server.setNow(null);
  for (const close of closing.splice(0)) close();
  await server.platform.db.deleteFrom("webhook_delivery").execute();
  await server.platform.db.deleteFrom("webhook").execute();
});
afterAll(() => server?.close());

async function listening(answer: (heard: Heard, response: ServerResponse) => void, events = ["project"]) {
  const there = await receiver(answer);
  closing.push(there.close);
  const { body } = await admin.done(createWebhook, { body: { url: there.url, events } });
  return { ...there, webhook: body.id, secret: body.secret };
}

const ok = (_: Heard, response: ServerResponse) => void response.writeHead(204).end();
let names = 0;
async function happens(): Promise<string> {
  names += 1;
  const unit = server.home.departments[0].units[0]?.id ?? "";
  return (await reviewer.done(createProject, { body: { name: `推送项目${names}`, unit } })).body.id;
}
const carried = () => deliver(server.platform, "test", HERE, new AbortController().signal);
async function deliveries(webhook: string) {
  return (await admin.done(listDeliveries, { params: { webhook } })).body.items;
}

describe("an event", () => {
  it("is told once, signed, without anybody's name, and only what was asked for and happened since", async () => {
    await happens();
    const there = await listening(ok);
    const project = await happens();
    await carried();
    await carried();
    expect(there.heard).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: "" }] = there.heard;
    expect(JSON.parse(body)).toMatchObject({
      region: "test",
      type: "project.created",
      subject: { kind: "project", id: project },
    });
    expect(body).not.toContain("人员");
    expect(headers["jiheng-event"]).toBe(JSON.parse(body).id);
    const signature = String(headers["jiheng-signature"]);
    const [, seconds] = /^t=(\d+),/.exec(signature) ?? [];
    expect(signature).toBe(signatureOf(there.secret, Number(seconds), body));
    expect(await deliveries(there.webhook)).toMatchObject([{ state: "delivered", attempts: 1, status: 204 }]);
  });

  it("is tried again with longer waits, given up in the end, and sent again when asked for", async () => {
    let isDown = true;
    const there = await listening((_, response) => void response.writeHead(isDown ? 503 : 200).end());
    await happens();
    await carried();
    expect(await deliveries(there.webhook)).toMatchObject([{ state: "waiting", attempts: 1, status: 503 }]);
    expect(await countJobs(server.platform)).toEqual({ "delivery-waiting": 1 });
    await carried();
    expect(there.heard).toHaveLength(1);
    let at = Date.now();
    for (let day = 0; day < 30; day++) {
      at += 24 * 3_600_000;
      server.setNow(new Date(at));
      await carried();
    }
    server.setNow(null);
    expect(there.heard).toHaveLength(9);
    const [given] = await deliveries(there.webhook);
    expect(given).toMatchObject({ state: "failed", attempts: 9 });
    isDown = false;
    await admin.done(redeliver, { params: { webhook: there.webhook, event: given?.event ?? "" }, body: {} });
    expect(server.left.at(-1)).toEqual({ name: "deliveries", region: "test" });
    await carried();
    expect(await deliveries(there.webhook)).toMatchObject([{ state: "delivered", attempts: 1 }]);
  });

  it("is not sent twice by two processes at once, and waits while the address is switched off", async () => {
    const there = await listening(ok);
    const params = { webhook: there.webhook };
    await admin.done(switchWebhook, { params, body: { enabled: false } });
    for (let count = 0; count < 6; count++) await happens();
    await carried();
    expect(there.heard).toEqual([]);
    await admin.done(switchWebhook, { params, body: { enabled: true } });
    await callForDeliveries(server.platform);
    expect(server.left.at(-1)).toEqual({ name: "deliveries", region: "test" });
    await Promise.all([carried(), carried(), carried()]);
    const told = there.heard.map(({ headers }) => headers["jiheng-event"]);
    expect(told).toHaveLength(6);
    expect(new Set(told).size).toBe(6);
  });

  it("is signed with the new secret after the old one was changed", async () => {
    const there = await listening(ok);
    const { body } = await admin.done(rotateWebhook, { params: { webhook: there.webhook }, body: {} });
    expect(body.secret).not.toBe(there.secret);
    await happens();
    await carried();
    const [{ headers, body: sent } = { headers: {}, body: "" }] = there.heard;
    const [, seconds] = /^t=(\d+),/.exec(String(headers["jiheng-signature"])) ?? [];
    expect(headers["jiheng-signature"]).toBe(signatureOf(body.secret, Number(seconds), sent));
  });
});

describe("where nothing is sent", () => {
  const go = (url: string, reach = NOWHERE) =>
    send(url, { body: "{}", headers: {} }, reach, new AbortController().signal);

  it.each([
    "http://example.com/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:169.254.169.254]/",
    "https://0.0.0.0/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://10.0.0.8/",
    "https://[fe80::1]/",
    "https://[64:ff9b::a9fe:a9fe]/",
  ])("%s", async (url) => {
    expect(await go(url)).toMatchObject({ kind: "failed", final: true });
    const refused = await admin.call(createWebhook, { body: { url, events: ["project"] } });
    if (
      !url.includes("127") &&
      !url.includes("[::1]") &&
      !url.includes("0x7f") &&
      !url.includes("2130706433") &&
      !url.startsWith("http:")
    )
      expect(refused.problem?.code).toBe("invalid-input");
  });

  it("a name that points to this machine, a redirect, and inner networks unless they are allowed", async () => {
    expect(await go("https://localhost/")).toMatchObject({
      kind: "failed",
      error: expect.stringContaining("本机"),
    });
    const there = await receiver((_, response) =>
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end(),
    );
    closing.push(there.close);
    expect(await go(there.url, HERE)).toMatchObject({ kind: "failed", status: 302, final: false });
    expect(there.heard).toHaveLength(1);
    expect(addressRefusal("192.168.3.4", NOWHERE)).toContain("JIHENG_WEBHOOK_PRIVATE");
    expect(addressRefusal("192.168.3.4", { private: true, loopback: false })).toBeNull();
    expect(addressRefusal("169.254.169.254", { private: true, loopback: false })).not.toBeNull();
    expect(urlRefusal(new URL("http://budget.example/"), { private: true, loopback: false })).toBeNull();
  });

  it("a receiver that never ends its answer is cut off", async () => {
    const there = await receiver((_, response) => {
      response.writeHead(200);
      const pour = () => {
        while (response.write("x".repeat(64 * 1024)));
        response.once("drain", pour);
      };
      pour();
    });
    closing.push(there.close);
    expect(await go(there.url, HERE)).toMatchObject({ kind: "delivered", status: 200 });
  });

  it("breaks off when the process stops, and the delivery is nobody's failure", async () => {
    const there = await listening(() => {});
    await happens();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    await deliver(server.platform, "test", HERE, stop.signal);
    expect(await deliveries(there.webhook)).toMatchObject([{ state: "waiting", attempts: 1, error: null }]);
  });
});
