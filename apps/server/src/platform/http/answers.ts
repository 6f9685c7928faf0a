import { Readable } from "node:stream";
import type { Answer, Endpoint } from "@jiheng/contract/http";
import type { FastifyReply } from "fastify";
import { isSecure, type Settings } from "../settings/settings.ts";
import type { KeptAnswer } from "./idempotency.ts";
import type { CookieChange, ReplyOf } from "./route.ts";
import { streamOfEvents } from "./server-sent-events.ts";
import { cookieName } from "./who-calls.ts";

type JsonReply = ReplyOf<Extract<Answer, { kind: "json" }>>;
type FileReply = ReplyOf<Extract<Answer, { kind: "file" }>>;
type EventsReply = ReplyOf<Extract<Answer, { kind: "events" }>>;
type RedirectReply = ReplyOf<Extract<Answer, { kind: "redirect" }>>;

/** The answer of a command as bytes and headers, so that it can be kept with its key; null where it is a stream. */
export function answerToKeep(endpoint: Endpoint, value: unknown): KeptAnswer | null {
  const { answer } = endpoint;
  if (answer.kind === "json") {
    const { body, revision, location, isSecret } = value as JsonReply;
    const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
    if (revision !== undefined) headers.etag = `"${revision}"`;
    if (location !== undefined) headers.location = location;
    return { status: answer.status, headers, body: JSON.stringify(body), isSecret: isSecret ?? false };
  }
  if (answer.kind === "redirect")
    return { status: 303, headers: { location: (value as RedirectReply).to }, body: null, isSecret: false };
  if (answer.kind === "none") return { status: 204, headers: {}, body: null, isSecret: false };
  return null;
}

/** Sends an answer that is held whole. */
export function sendWhole(reply: FastifyReply, { status, headers, body }: KeptAnswer): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send(body ?? undefined);
}

/** Whether an answer is a file that is made while it is sent. */
export function isMadeWhileSent({ answer }: Endpoint, value: unknown): boolean {
  return answer.kind === "file" && !((value as FileReply).bytes instanceof Uint8Array);
}

/** Sends a file or a stream of events; a stream that breaks breaks the connection, so that nobody takes a part for the whole; `onBreak` is told. */
export function sendStream(
  reply: FastifyReply,
  endpoint: Endpoint,
  value: unknown,
  { signal, onBreak }: { readonly signal: AbortSignal; readonly onBreak: (error: unknown) => void },
): FastifyReply {
  if (endpoint.answer.kind === "events") {
    reply
      .code(200)
      .header("content-type", "text/event-stream; charset=utf-8")
      .header("x-accel-buffering", "no");
    return reply.send(streamOfEvents((value as EventsReply).events, signal));
  }
  const { name, media, bytes, says = [] } = value as FileReply;
  reply
    .code(200)
    .header("content-type", media)
    .header("content-disposition", contentDisposition(name))
    .header("content-security-policy", "default-src 'none'; sandbox");
  if (says.length > 0) reply.header("jiheng-says", inHeader(says));
  if (bytes instanceof Uint8Array) return reply.send(Buffer.from(bytes));
  // Before anything was sent it becomes a problem like every other; a call that was given up broke nothing.
  const broken = (error: unknown): void => {
    if (reply.raw.headersSent && !signal.aborted) onBreak(error);
  };
  return reply.send(Readable.from(asBuffers(bytes, broken)));
}

async function* asBuffers(
  parts: AsyncIterable<Uint8Array | string>,
  broken: (error: unknown) => void,
): AsyncGenerator<Buffer> {
  try {
    for await (const part of parts) yield typeof part === "string" ? Buffer.from(part) : Buffer.from(part);
  } catch (error) {
    broken(error);
    throw error;
  }
}

/** What proxies let pass in one header. */
const LONGEST_HEADER = 4_000;

/** Sentences as one header: encoded as in an address, joined by line ends; where they are too many the last one says how many are left out. */
function inHeader(says: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const each of says) {
    const encoded = encodeURIComponent(each.toWellFormed());
    length += encoded.length + 3;
    if (length > LONGEST_HEADER) break;
    kept.push(encoded);
  }
  const left = says.length - kept.length;
  return [...kept, ...(left > 0 ? [encodeURIComponent(`另有 ${left} 条没有列出。`)] : [])].join("%0A");
}

/** Always an attachment; Chinese names by RFC 5987, with an ASCII name for what does not know it. */
function contentDisposition(name: string): string {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? "";
  const ascii = name.replace(/[^\x20-\x7e]|["\\%/]/g, "_");
  const plain = /[A-Za-z0-9]/.test(ascii.slice(0, ascii.length - ending.length)) ? ascii : `file${ending}`;
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Sets or takes away a cookie: read by no script; the session's is sent by no other site. */
export function changeCookie(reply: FastifyReply, change: CookieChange, settings: Settings): void {
  const sameSite = change.purpose === "session" ? "strict" : "lax";
  const flags = { path: "/", httpOnly: true, sameSite, secure: isSecure(settings) } as const;
  const name = cookieName(settings, change.purpose);
  if (change.kind === "clear") reply.clearCookie(name, flags);
  else reply.setCookie(name, change.value, { ...flags, expires: change.until });
}

/** What is wrong with an answer against its schema, for tests and development; null where nothing is. */
export function answerFault(endpoint: Endpoint, value: unknown): string | null {
  const { answer, id } = endpoint;
  if (answer.kind === "file") {
    const { media } = value as FileReply;
    return answer.media.includes(media) ? null : `${id} answers ${media}, which it does not declare`;
  }
  if (answer.kind !== "json") return null;
  return bodyFault(id, answer.schema, (value as JsonReply).body);
}

function bodyFault(
  id: string,
  schema: Extract<Answer, { kind: "json" }>["schema"],
  body: unknown,
): string | null {
  const sent: unknown = JSON.parse(JSON.stringify(body) ?? "null");
  const parsed = schema.safeParse(sent);
  if (!parsed.success) {
    const places = parsed.error.issues
      .slice(0, 5)
      .map(({ path, code, message }) => `${path.join(".")}: ${code} ${message}`);
    return `${id} answers what its schema refuses: ${places.join("; ")}`;
  }
  const extra = undeclared(sent, JSON.parse(JSON.stringify(parsed.data)), "");
  return extra === null ? null : `${id} answers ${extra}, which its schema does not declare`;
}

/** The first key that parsing took away. */
function undeclared(sent: unknown, parsed: unknown, at: string): string | null {
  if (sent === null || typeof sent !== "object" || parsed === null || typeof parsed !== "object") return null;
  for (const [key, part] of Object.entries(sent)) {
    const place = at === "" ? key : `${at}.${key}`;
    if (!Object.hasOwn(parsed, key)) return place;
    const deeper = undeclared(part, (parsed as Record<string, unknown>)[key], place);
    if (deeper !== null) return deeper;
  }
  return null;
}
