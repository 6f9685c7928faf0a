import { createHmac } from "node:crypto";
import { lookup as resolveName } from "node:dns";
import { type ClientRequest, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { BlockList, isIP } from "node:net";

/** Where deliveries may go. */
export interface Reach {
  /** Addresses of networks that are not the internet, and without encryption: where budget systems often are. */
  readonly private: boolean;
  /** This very machine: for tests. */
  readonly loopback: boolean;
}

/** What came of one attempt. `final`: it will never be otherwise, so it is not tried again. */
export type Sent =
  | { readonly kind: "delivered"; readonly status: number }
  | {
      readonly kind: "failed";
      readonly status: number | null;
      readonly error: string;
      readonly final: boolean;
    };

const SECONDS = 10;
/** Nobody needs the answer; what a receiver says beyond this is not read. */
const MOST_ANSWER = 16 * 1024;

const blocked = new BlockList();
// This machine, link-local with the addresses of clouds' metadata, multicast, reserved, and other spellings of them.
for (const [address, bits] of [
  ["0.0.0.0", 8],
  ["169.254.0.0", 16],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  blocked.addSubnet(address, bits, "ipv4");
for (const [address, bits] of [
  ["::", 128],
  ["64:ff9b::", 96],
  ["100::", 64],
  ["2001::", 32],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  blocked.addSubnet(address, bits, "ipv6");
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");
const inside = new BlockList();
for (const [address, bits] of [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const)
  inside.addSubnet(address, bits, "ipv4");
inside.addSubnet("fc00::", 7, "ipv6");

/** Why nothing is sent to this address; null where it may be. IPv4 within IPv6 is judged as the IPv4 it is. */
export function addressRefusal(address: string, reach: Reach): string | null {
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  if (isIP(address) === 0) return "不是网络地址";
  if (loopback.check(address, family)) return reach.loopback ? null : "指向本机，不予推送";
  if (blocked.check(address, family)) return "指向保留或内部专用的地址，不予推送";
  if (inside.check(address, family) && !reach.private)
    return "在内部网络，须由运维人员设置 JIHENG_WEBHOOK_PRIVATE=yes 后才推送";
  return null;
}

/** Why this URL cannot be sent to, as far as its text tells; null where it may be. */
export function urlRefusal(url: URL, reach: Reach): string | null {
  if (url.protocol !== "https:" && !(url.protocol === "http:" && (reach.private || reach.loopback)))
    return "须以 https:// 开头（内部网络用 http:// 的，须由运维人员设置 JIHENG_WEBHOOK_PRIVATE=yes）";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? null : addressRefusal(host, reach);
}

/** The signature a receiver checks: HMAC-SHA-256 with the webhook's secret over the time and the very bytes of the body. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

/**
 * Sends a body once. The name is resolved here and the address judged when the connection is made, so that a name cannot point elsewhere
 * in between; redirects are not followed.
 */
export function send(
  target: string,
  { body, headers }: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
  reach: Reach,
  signal: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve) => {
    const url = new URL(target);
    const fail = (error: string, final: boolean, status: number | null = null) =>
      resolve({ kind: "failed", status, error, final });
    const refusal = urlRefusal(url, reach);
    if (refusal) return fail(refusal, true);
    const ask = url.protocol === "https:" ? requestSecure : requestPlain;
    const timeout = AbortSignal.timeout(SECONDS * 1_000);
    const request: ClientRequest = ask(url, {
      method: "POST",
      agent: false,
      signal: AbortSignal.any([signal, timeout]),
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "jiheng",
      },
      lookup: (host, options, done) =>
        resolveName(host, { ...options, all: true }, (error, addresses) => {
          if (error) return done(error, []);
          const wrong = addresses
            .map(({ address }) => addressRefusal(address, reach))
            .find((why) => why !== null);
          if (wrong) return done(Object.assign(new Error(wrong), { code: "REFUSED" }), []);
          if (options.all) return done(null, addresses);
          const [first] = addresses;
          done(null, first?.address ?? "", first?.family);
        }),
    });
    request.on("response", (response) => {
      const status = response.statusCode ?? 0;
      let size = 0;
      response.on("data", (part: Buffer) => {
        size += part.length;
        if (size > MOST_ANSWER) response.destroy();
      });
      response.on("error", () => {});
      response.on("close", () => {
        if (status >= 200 && status < 300) return resolve({ kind: "delivered", status });
        const isRedirect = status >= 300 && status < 400;
        fail(
          isRedirect ? `对方要求转向（${status}），推送不跟随转向` : `对方答复 ${status}`,
          status === 410,
          status,
        );
      });
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "REFUSED") return fail(error.message, false);
      fail(timeout.aborted ? `对方${SECONDS}秒没有答复` : `连接不上：${error.code ?? error.message}`, false);
    });
    request.end(body);
  });
}
