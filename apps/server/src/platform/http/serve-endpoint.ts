import type { Endpoint, Scope } from "@jiheng/contract/http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Outcome } from "../outcome.ts";
import type { Settings } from "../settings/settings.ts";
import { type Caller, carryOut, type Platform } from "../work.ts";
import {
  answerFault,
  answerToKeep,
  changeCookie,
  isMadeWhileSent,
  sendStream,
  sendWhole,
} from "./answers.ts";
import { requireCsrf, requireOwnHost, requireOwnOrigin } from "./cross-site.ts";
import {
  AlreadyCarriedOut,
  createTurns,
  hashOfRequest,
  type KeptAnswer,
  type Keyed,
  keepAnswer,
  keptAnswer,
  takeKey,
} from "./idempotency.ts";
import { type InputError, parsePart, requireKeepable, requireNoErrors } from "./input.ts";
import type { Rates } from "./rates.ts";
import { Refusal } from "./refusal.ts";
import type { Call, CookieChange, FeatureRoute } from "./route.ts";
import { readMultipart } from "./uploads.ts";
import { bySession, byToken, cookieName, type Identified, type Standing } from "./who-calls.ts";

/** Mounts endpoints and knows the calls that run. */
export interface Serving {
  readonly mount: (http: FastifyInstance, prefix: string, route: FeatureRoute) => void;
  /** Ends the streams of events, which would never end by themselves. */
  readonly endStreams: () => void;
  readonly abortAll: () => void;
}

interface Parts {
  readonly platform: Platform;
  readonly settings: Settings;
  readonly rates: Rates;
  /** Told of what broke an answer that was on its way: there is no problem left to be sent. */
  readonly onBreak: (error: unknown, request: FastifyRequest) => void;
}

interface RunningCall {
  readonly controller: AbortController;
  /** What it sends bit by bit: events, which never end by themselves, or a file that is made while it is sent. */
  sends: "events" | "file" | null;
  readonly account: string;
}

/** Nobody known: what a public endpoint is called by. */
const NOBODY = { account: "", name: "未登录", grants: [], recused: [] } as const;

/** Serves endpoints: who calls, whether they may call it at all, the input by its schema, the command once, the answer. */
export function createServing({ platform, settings, rates, onBreak }: Parts): Serving {
  const running = new Set<RunningCall>();
  const turn = createTurns();
  const onlyRegion = createOnlyRegion(platform);

  async function admit(endpoint: Endpoint, request: FastifyRequest): Promise<void> {
    request.endpointId = endpoint.id;
    requireOwnHost(request, settings);
    await rates.requireAddress(request);
    const who = await identify(request);
    request.who = who;
    if (who === null) await rates.countAddress(request);
    else await rates.countAccount(request, who.caller.actor.account);
    if (request.headers.authorization === undefined) requireOwnOrigin(request, settings);
    if (who?.session) requireCsrf(request, who.session);
    requireAccess(endpoint, who);
  }

  function identify(request: FastifyRequest): Promise<Identified | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer (\S{1,200})$/i.exec(authorization)?.[1];
      return token === undefined ? Promise.resolve(null) : byToken(platform, token);
    }
    const cookie = request.cookies[cookieName(settings, "session")];
    return cookie === undefined ? Promise.resolve(null) : bySession(platform, settings, cookie);
  }

  async function serve({ endpoint, handle }: FeatureRoute, request: FastifyRequest, reply: FastifyReply) {
    const input = await readInput(endpoint, request, settings);
    const caller = await callerOf(request, input.params);
    const keyed = keyOf(endpoint, request, caller, input.bodyHashParts);
    const entry: RunningCall = {
      controller: new AbortController(),
      sends: endpoint.answer.kind === "events" ? "events" : null,
      account: caller.actor.account,
    };
    if (entry.sends) requireFew(entry.sends, entry.account);
    running.add(entry);
    reply.raw.once("close", () => {
      running.delete(entry);
      if (!reply.raw.writableFinished) entry.controller.abort();
    });
    const run = async () => {
      const kept = keyed ? await keptAnswer(platform.db, keyed) : null;
      if (kept) return replay(kept);
      return answerOf(await handleCommand(endpoint, handle, keyed, { request, caller, input, entry }));
    };
    const replay = (kept: KeptAnswer) => {
      if (kept.isSecret)
        throw new Refusal("already-exists", "这个请求已经办理；口令、令牌只在第一次显示，遗失的请重新办理。");
      return sendWhole(reply.header("idempotent-replay", "true"), kept);
    };
    const answerOf = async (outcome: Outcome<unknown>) => {
      if (outcome.kind === "refused") {
        // The very same request may have been done meanwhile by another server; then its answer is the truth.
        const late = keyed ? await keptAnswer(platform.db, keyed) : null;
        if (late) return replay(late);
        throw Object.assign(new Refusal(outcome.code, outcome.detail), { outcome });
      }
      if (settings.checkAnswers) {
        const fault = answerFault(endpoint, outcome.value);
        if (fault !== null) throw new TypeError(fault);
      }
      const { cookies = [] } = (outcome.value ?? {}) as { cookies?: readonly CookieChange[] };
      for (const change of cookies) changeCookie(reply, change, settings);
      const whole = answerToKeep(endpoint, outcome.value);
      if (!whole && isMadeWhileSent(endpoint, outcome.value)) {
        requireFew("file", entry.account);
        entry.sends = "file";
      }
      return whole
        ? sendWhole(reply, whole)
        : sendStream(reply, endpoint, outcome.value, {
            signal: entry.controller.signal,
            onBreak: (error) => onBreak(error, request),
          });
    };
    try {
      return await (keyed ? turn(`${keyed.region}/${keyed.account}/${keyed.key}`, run) : run());
    } catch (error) {
      if (error instanceof AlreadyCarriedOut) return replay(error.kept);
      if (isForgedCursor(error, input.query))
        throw new Refusal("invalid-input", "翻页标记（after）不对，请从第一页重新查询。", {
          errors: [{ at: "query.after", says: "须为上一页给出的 next" }],
        });
      throw error;
    }
  }

  async function handleCommand(
    endpoint: Endpoint,
    handle: FeatureRoute["handle"],
    keyed: Keyed | null,
    {
      request,
      caller,
      input,
      entry,
    }: { request: FastifyRequest; caller: Caller; input: Input; entry: RunningCall },
  ): Promise<Outcome<unknown>> {
    let carried: Outcome<unknown> | null = null;
    const command: Call<Endpoint>["command"] = async (body) => {
      if (carried !== null) throw new TypeError(`${endpoint.id} carries out two commands in one call`);
      const outcome = await carryOut(
        platform,
        caller,
        async (work) => {
          if (keyed) await takeKey(work.db, keyed, work.at);
          return body(work);
        },
        async (db, value) => {
          const answer = keyed ? answerToKeep(endpoint, value) : null;
          if (keyed && answer) await keepAnswer(db, keyed, answer);
        },
      );
      carried = outcome;
      return outcome;
    };
    const outcome = await handle({
      ...{ params: input.params, query: input.query, body: input.body, uploads: input.uploads },
      ...{
        caller,
        platform,
        settings,
        command,
        ifMatch: input.ifMatch,
        session: request.who?.session ?? null,
      },
      attempt: (of) => rates.countGuess(request, of),
      client: {
        address: request.ip,
        origin: settings.origin ?? new URL(`${request.protocol}://${request.host}`).origin,
        device: (request.headers["user-agent"] ?? "").slice(0, 200).toWellFormed(),
        cookie: (purpose) => request.cookies[cookieName(settings, purpose)] ?? null,
        url: request.url,
      },
      signal: entry.controller.signal,
    } as Call<Endpoint>);
    const kept = carried as Outcome<unknown> | null;
    if (keyed && kept?.kind === "done" && outcome.kind === "done" && kept.value !== outcome.value)
      throw new TypeError(`${endpoint.id} answers something else than what its command kept`);
    return outcome;
  }

  async function callerOf(request: FastifyRequest, params: unknown): Promise<Caller> {
    if (request.who) return request.who.caller;
    const { region } = params as { region?: unknown };
    return {
      region: typeof region === "string" ? region : ((await onlyRegion()) ?? ""),
      actor: NOBODY,
      scopes: null,
    };
  }

  function requireFew(sends: "events" | "file", account: string): void {
    const mine = [...running].filter((entry) => entry.sends === sends && entry.account === account).length;
    if (mine >= settings.limits.streamsPerAccount)
      throw new Refusal(
        "too-many-requests",
        sends === "events"
          ? "打开的进度窗口太多，请关闭一些后重试。"
          : "同时进行的导出太多，请等其中一个完成后再试。",
        { retryAfterSeconds: 5 },
      );
  }

  return {
    mount: (http, prefix, route) => {
      const { endpoint } = route;
      http.route({
        method: endpoint.method,
        url: prefix + endpoint.path.replace(/\{(\w+)\}/g, ":$1"),
        onRequest: (request) => admit(endpoint, request),
        handler: (request, reply) => serve(route, request, reply),
        ...(endpoint.uploads === "none"
          ? {}
          : { bodyLimit: settings.limits.uploadsTogether + settings.limits.body }),
      });
    },
    endStreams: () => {
      for (const { sends, controller } of running) if (sends === "events") controller.abort();
    },
    abortAll: () => {
      for (const { controller } of running) controller.abort();
    },
  };
}

/** The region of an installation that has only one: whoever is not logged in means it. */
function createOnlyRegion(platform: Platform): () => Promise<string | null> {
  let known: { readonly region: string; readonly until: number } | null = null;
  return async () => {
    const now = platform.now().getTime();
    if (known && known.until > now) return known.region;
    const rows = await platform.db.selectFrom("region").select("region").limit(2).execute();
    const region = rows.length === 1 ? (rows[0]?.region ?? null) : null;
    known = region === null ? null : { region, until: now + 10_000 };
    return region;
  };
}

const STANDINGS: Readonly<
  Record<Exclude<Standing, "complete">, readonly ["second-factor-needed" | "password-change-needed", string]>
> = {
  "second-factor": ["second-factor-needed", "请输入动态口令完成登录。"],
  "enrol-second-factor": ["second-factor-needed", "您的角色须启用动态口令，请先登记。"],
  "change-password": ["password-change-needed", "密码为初始密码或已到期，请先修改密码。"],
};

function requireAccess({ access }: Endpoint, who: Identified | null): void {
  if (access === "public") return;
  if (who === null) throw new Refusal("not-logged-in", "请登录后重试；使用接口令牌的，请核对令牌是否有效。");
  const { session, caller } = who;
  if (session === null) {
    if (access === "login" || access === "session")
      throw new Refusal("not-allowed", "接口令牌不能办理这一项，请本人登录后办理。");
    if (!caller.scopes?.includes(access satisfies Scope))
      throw new Refusal("out-of-scope", `这个接口令牌没有“${access}”范围的权限。`);
    return;
  }
  if (access === "login" || session.standing === "complete") return;
  throw new Refusal(...STANDINGS[session.standing]);
}

/** What PostgreSQL says to a value that is not of the type: of a cursor alone, as all other input was held against its schema. */
const WRONG_VALUE = new Set(["22P02", "22P05", "22003", "22007", "22008"]);

function isForgedCursor(error: unknown, query: unknown): boolean {
  const { after } = (query ?? {}) as { after?: unknown };
  return after !== undefined && WRONG_VALUE.has(String((error as { code?: unknown } | null)?.code));
}

interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly uploads: Call<Endpoint>["uploads"];
  readonly ifMatch: number | null;
  readonly bodyHashParts: readonly string[];
}

async function readInput(endpoint: Endpoint, request: FastifyRequest, settings: Settings): Promise<Input> {
  const errors: InputError[] = [];
  requireKeepable(request.params, "path");
  requireKeepable(request.query, "query");
  const params = parsePart(endpoint.params, { ...(request.params as object) }, "path", errors);
  const query = parsePart(endpoint.query, { ...(request.query as object) }, "query", errors);
  const sent = await readBody(endpoint, request, settings);
  const body = endpoint.body === null ? undefined : parsePart(endpoint.body, sent.json, "body", errors);
  if (endpoint.body === null && sent.json !== undefined)
    errors.push({ at: "body", says: "这一项不接受正文" });
  if (endpoint.uploads !== "none" && sent.uploads.length === 0)
    errors.push({ at: "file", says: "请选择文件" });
  if (endpoint.uploads === "one" && sent.uploads.length > 1)
    errors.push({ at: "file", says: "一次只能上传一个文件" });
  requireNoErrors(errors);
  return {
    ...{ params, query, body, uploads: sent.uploads },
    ifMatch: endpoint.ifMatch ? revisionOf(request.headers["if-match"]) : null,
    bodyHashParts: [sent.text, ...sent.uploads.flatMap(({ name, sha256 }) => [name, sha256])],
  };
}

async function readBody(endpoint: Endpoint, request: FastifyRequest, settings: Settings) {
  if (request.isMultipart()) {
    if (endpoint.uploads === "none")
      throw new Refusal("wrong-media", "这一项不接受文件，正文须为 application/json。");
    const { body, bodyText, uploads } = await readMultipart(request, settings);
    return { json: body, text: bodyText, uploads };
  }
  if (endpoint.uploads !== "none") throw new Refusal("wrong-media", "请以 multipart/form-data 上传文件。");
  const body = request.body as { json: unknown; text: string } | undefined | null;
  return { json: body?.json, text: body?.text ?? "", uploads: [] };
}

/** The revision of `If-Match: "12"`. */
function revisionOf(header: string | undefined): number {
  if (header === undefined || header === "")
    throw new Refusal("revision-missing", "请先读取最新内容，并在 If-Match 中带上它的版本（ETag）。");
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1];
  if (digits === undefined)
    throw new Refusal("invalid-input", '版本（If-Match）须为读取时得到的 ETag，如 "3"。', {
      errors: [{ at: "header.if-match", says: '须为读取时得到的 ETag，如 "3"' }],
    });
  return Number(digits);
}

function keyOf(
  { id, method, answer }: Endpoint,
  request: FastifyRequest,
  caller: Caller,
  bodyHashParts: readonly string[],
): Keyed | null {
  const key = request.headers["idempotency-key"];
  const isKept = answer.kind !== "file" && answer.kind !== "events";
  if (key === undefined || method === "GET" || !isKept || caller.actor.account === "") return null;
  if (typeof key !== "string" || !/^[\x21-\x7e]{8,100}$/.test(key))
    throw new Refusal("invalid-input", "幂等键（Idempotency-Key）须为 8 至 100 个可见的 ASCII 字符。", {
      errors: [{ at: "header.idempotency-key", says: "须为 8 至 100 个可见的 ASCII 字符" }],
    });
  const parts = [id, JSON.stringify(request.params), JSON.stringify(request.query), ...bodyHashParts];
  return { region: caller.region, account: caller.actor.account, key, requestSha256: hashOfRequest(parts) };
}
