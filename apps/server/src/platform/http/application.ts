import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import { openApiDocument } from "@jiheng/contract/http";
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { isSecure, type Settings } from "../settings/settings.ts";
import type { Platform } from "../work.ts";
import { requireOwnHost } from "./cross-site.ts";
import { databaseChecks, type ReadinessCheck, readiness } from "./health.ts";
import { parseJson } from "./input.ts";
import { createMetrics, type Gauges } from "./metrics.ts";
import { problemFrom, problemOf } from "./problems.ts";
import { createRates } from "./rates.ts";
import { Refusal } from "./refusal.ts";
import { traceOf } from "./request-log.ts";
import type { FeatureRoute } from "./route.ts";
import { isSame } from "./secrets.ts";
import { createServing } from "./serve-endpoint.ts";
import { asksForPage, sendPage, serveAssets, type WebFiles } from "./web-files.ts";
import type { Identified } from "./who-calls.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who it comes from, once that is known. */
    who: Identified | null;
    /** What the log and the figures call it. */
    endpointId: string;
    arrivedAt: number;
  }
}

/** What an application is made of. */
export interface ApplicationOptions {
  readonly platform: Platform;
  readonly settings: Settings;
  readonly routes: readonly FeatureRoute[];
  readonly version?: string;
  readonly gauges?: Gauges;
  /** What a browser sees at the address itself, as HTML; nothing where it is not given. */
  readonly frontPage?: () => Promise<string>;
  /** The web application; it takes the place of the front page. */
  readonly web?: WebFiles;
  /** Beside those of the database. */
  readonly readiness?: Readonly<Record<string, ReadinessCheck>>;
  /** Where log lines go; standard output where nothing is said. */
  readonly logTo?: { write(line: string): void };
  /** Told of everything that was a bug or a broken machine: tests fail on it. */
  readonly onFault?: (error: unknown, endpoint: string) => void;
}

/** The application over HTTP. `stop` lets what runs finish, within the limit of the settings; the database is closed by who opened it. */
export interface Application {
  readonly http: FastifyInstance;
  readonly stop: () => Promise<void>;
}

/** Where the interface begins. */
export const API = "/api/v1";

/** Builds the application: every route of the features under /api/v1, health, figures, the OpenAPI document, and the limits around them. */
export async function buildApplication(options: ApplicationOptions): Promise<Application> {
  const { platform, settings, routes, version = "0.0.0", logTo, onFault } = options;
  const metrics = createMetrics(options.gauges ?? {});
  const http = fastify({
    ...loggerOf(settings, logTo),
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request" }),
    bodyLimit: settings.limits.body,
    requestTimeout: settings.limits.receive,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    http: { maxHeaderSize: settings.limits.header, headersTimeout: 30_000 },
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: refuseSocket,
  });
  let isStopping = false;
  const connections = watchConnections(http);

  function noteFault(error: unknown, request: FastifyRequest): void {
    request.log.error({ endpoint: request.endpointId, error: traceOf(error) }, "fault");
    metrics.fault(request.endpointId || "none");
    onFault?.(error, request.endpointId);
  }

  function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { outcome, isFault, retryAfterSeconds } = problemFrom(error, request.id);
    if (isFault) noteFault(error, request);
    const problem = problemOf(outcome, request.id);
    reply.removeHeader("content-disposition").removeHeader("jiheng-says");
    if (problem.status === 401) reply.header("www-authenticate", 'Bearer realm="jiheng"');
    if (retryAfterSeconds !== null) reply.header("retry-after", retryAfterSeconds);
    return reply.code(problem.status).type("application/problem+json").send(JSON.stringify(problem));
  }

  http.decorateRequest("who", null);
  http.decorateRequest("endpointId", "");
  http.decorateRequest("arrivedAt", 0);
  http.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  http.removeAllContentTypeParsers();
  http.addContentTypeParser(
    "application/json",
    { parseAs: "string" },
    async (_request: unknown, text: unknown) => {
      if (text === "") throw new Refusal("invalid-input", "请求声明为 JSON 而正文是空的。");
      return { json: parseJson(String(text)), text: String(text) };
    },
  );
  await http.register(cookie);
  await http.register(multipart, { throwFileSizeLimit: false });
  await http.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY },
    strictTransportSecurity: isSecure(settings) ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    frameguard: { action: "deny" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    referrerPolicy: { policy: "no-referrer" },
  });
  const rates = await createRates(http, settings);

  http.addHook("onRequest", async (request, reply) => {
    request.arrivedAt = performance.now();
    reply.header("x-request-id", request.id).header("cache-control", "no-store");
    if (isStopping) {
      reply.header("connection", "close");
      throw new Refusal("stopping", "请用同一请求重试。", { retryAfterSeconds: 2 });
    }
  });
  http.addHook("onResponse", async (request, reply) => {
    const ms = Math.round((performance.now() - request.arrivedAt) * 10) / 10;
    const endpoint = request.endpointId || "none";
    metrics.answered(endpoint, reply.statusCode, ms / 1000);
    const { region, actor } = request.who?.caller ?? {};
    request.log.info(
      {
        endpoint,
        method: request.method,
        status: reply.statusCode,
        ms,
        region,
        account: actor?.account || undefined,
      },
      "answered",
    );
  });

  const serving = createServing({ platform, settings, rates, onBreak: noteFault });
  for (const route of routes) serving.mount(http, API, route);
  const document = JSON.stringify(
    openApiDocument(
      routes.map(({ endpoint }) => endpoint),
      version,
    ),
  );
  http.get(`${API}/openapi.json`, (request, reply) => {
    request.endpointId = "openapi";
    return reply.type("application/json; charset=utf-8").send(document);
  });

  const checks = { ...databaseChecks(platform), ...options.readiness };
  http.get("/health/live", (request, reply) => {
    request.endpointId = "live";
    return reply.type("application/json").send('{"live":true}');
  });
  http.get("/health/ready", async (request, reply) => {
    request.endpointId = "ready";
    const { isReady, checks: results } = await readiness(checks);
    const body = JSON.stringify({ ready: isReady, checks: results });
    return reply
      .code(isReady ? 200 : 503)
      .type("application/json")
      .send(body);
  });
  const { frontPage, web } = options;
  if (web) await serveAssets(http, web);
  if (web)
    http.get("/", (request, reply) => {
      request.endpointId = "web";
      requireOwnHost(request, settings);
      return sendPage(reply, web);
    });
  else if (frontPage)
    http.get("/", async (request, reply) => {
      request.endpointId = "front-page";
      requireOwnHost(request, settings);
      return reply.type("text/html; charset=utf-8").send(await frontPage());
    });
  http.get("/metrics", async (request, reply) => {
    request.endpointId = "metrics";
    requireMetricsReader(request, settings);
    return reply.type(metrics.contentType).send(await metrics.text());
  });
  http.setNotFoundHandler((request, reply) => {
    requireOwnHost(request, settings);
    if (web && asksForPage(request)) return sendPage(reply, web);
    throw new Refusal("not-found", "没有这个地址，请核对后重试。");
  });

  return {
    http,
    stop: async () => {
      if (isStopping) return;
      isStopping = true;
      serving.endStreams();
      const timer = setTimeout(() => {
        serving.abortAll();
        http.server.closeAllConnections?.();
      }, settings.limits.stop);
      // What browsers keep alive, or opened in advance, becomes idle one by one as the answers go out.
      const idle = setInterval(connections.closeIdle, 50);
      await http.close();
      clearInterval(idle);
      clearTimeout(timer);
      metrics.stop();
    },
  };
}

/**
 * Knows which connections wait for an answer. Node's own list of idle ones leaves out those that never sent a request, and a browser
 * opens such in advance.
 */
function watchConnections(http: FastifyInstance): { readonly closeIdle: () => void } {
  const waiting = new Map<Socket, number>();
  http.server.on("connection", (socket: Socket) => {
    waiting.set(socket, 0);
    socket.once("close", () => waiting.delete(socket));
  });
  http.server.on("request", ({ socket }, response) => {
    waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
    response.once("close", () => {
      const left = (waiting.get(socket) ?? 1) - 1;
      if (!socket.destroyed) waiting.set(socket, left);
    });
  });
  return {
    closeIdle: () => {
      for (const [socket, requests] of waiting) if (requests === 0) socket.destroy();
    },
  };
}

/** Scripts from here only, none inline; styles may be inline, as the library of the interface writes them. */
const CONTENT_SECURITY = {
  "default-src": ["'self'"],
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:", "blob:"],
  "font-src": ["'self'", "data:"],
  "worker-src": ["'self'", "blob:"],
  "connect-src": ["'self'"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
};

/** Ids, status and time only: addresses of pages hold query texts, and requests hold names. */
function loggerOf(settings: Settings, logTo: ApplicationOptions["logTo"]) {
  return {
    logger: {
      level: settings.logLevel,
      base: null,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (level: string) => ({ level }) },
      ...(logTo ? { stream: logTo } : {}),
    },
  };
}

function requireMetricsReader(request: FastifyRequest, { metricsToken, trustedProxies }: Settings): void {
  const isLocal = /^(::ffff:)?127\.|^::1$/.test(request.ip) && trustedProxies.length === 0;
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (metricsToken !== null && given !== undefined && isSame(given, metricsToken)) return;
  if (isLocal && metricsToken === null) return;
  throw new Refusal("not-allowed", "指标只供本机读取，或凭 JIHENG_METRICS_TOKEN 所设的令牌读取。");
}

/** What is no HTTP, or too much of it, never becomes a request: answered on the socket. */
function refuseSocket(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, words] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? ["431 Request Header Fields Too Large", "请求头过大。"]
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ["408 Request Timeout", "请求没有在规定时间内发完。"]
        : ["400 Bad Request", "请求不符合 HTTP 的规定。"];
  const body = JSON.stringify({
    type: "urn:jiheng:problem:invalid-input",
    title: "请求的内容不符合要求",
    status: Number.parseInt(status, 10),
    code: "invalid-input",
    detail: words,
  });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
