import type { FastifyRequest } from "fastify";
import type { Settings } from "../settings/settings.ts";
import { Refusal } from "./refusal.ts";
import { hashOfSecret, isSame } from "./secrets.ts";
import type { CallSession } from "./who-calls.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/** Methods that change nothing and that another site may therefore cause. */
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Header that carries the token against forged requests. */
const CSRF_HEADER = "x-csrf-token";

/**
 * Refuses requests under a name that is not ours: without it a foreign name that resolves to this machine (DNS rebinding) would make
 * another site's pages ours.
 */
export function requireOwnHost(request: FastifyRequest, settings: Settings): void {
  const host = request.host.toLowerCase();
  const isOwn =
    settings.origin === null
      ? LOOPBACK.test(host)
      : host === new URL(settings.origin).host || LOOPBACK.test(host);
  if (!isOwn || !URL.canParse(`http://${host}`))
    throw new Refusal(
      "csrf-refused",
      "请用本系统公布的地址访问；换了地址的，请管理员用 JIHENG_ORIGIN 说明。",
    );
}

/** Refuses what a page of another site caused a browser to send. */
export function requireOwnOrigin(request: FastifyRequest, settings: Settings): void {
  if (SAFE.has(request.method)) return;
  const { origin, "sec-fetch-site": site } = request.headers;
  const own = settings.origin ?? `${request.protocol}://${request.host}`;
  const isForeign =
    typeof origin === "string"
      ? origin !== own && origin !== `${request.protocol}://${request.host}`
      : site !== undefined && site !== "same-origin" && site !== "none";
  if (isForeign) throw new Refusal("csrf-refused", "请求来自别的网站，未予办理。请在本系统页面中操作。");
}

/** Refuses a change without the token of the session; requests with an API token carry no cookie and need none. */
export function requireCsrf(request: FastifyRequest, session: CallSession): void {
  if (SAFE.has(request.method)) return;
  const given = request.headers[CSRF_HEADER];
  if (typeof given !== "string" || !isSame(hashOfSecret(given), session.csrfHash))
    throw new Refusal("csrf-refused", "请刷新页面后重试（缺少或不符的防伪标记 X-CSRF-Token）。");
}
