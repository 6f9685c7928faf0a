import type { Problem } from "@jiheng/contract/http";
import { t } from "../i18n/words.ts";
import { OPERATIONS } from "./operations.ts";
import type { Answered, OperationId, Sent } from "./operations-of.ts";

/** A refusal of the server, or the lack of an answer: always with words for the person. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  readonly errors: NonNullable<Problem["errors"]>;
  constructor(
    problem: Pick<Problem, "code" | "detail" | "status"> & { readonly errors?: Problem["errors"] },
  ) {
    super(problem.detail);
    this.code = problem.code;
    this.status = problem.status;
    this.errors = problem.errors ?? [];
  }
}

/** An answer with the revision of what it shows. */
export interface Reply<Id extends OperationId> {
  readonly body: Answered<Id>;
  /** The ETag as a number; null where there is none. */
  readonly revision: number | null;
}

let csrf: string | null = null;

/** Remembers what a page must send beside its cookie; null when nobody is logged in. */
export function rememberCsrf(token: string | null): void {
  csrf = token;
}

let loggedOut: (() => void) | null = null;

/** Names what is to be done when an answer says that nobody is logged in any more. */
export function whenLoggedOut(act: (() => void) | null): void {
  loggedOut = act;
}

/** The address of an operation with its parameters filled in, for links and downloads too. */
export function addressOf<Id extends OperationId>(
  id: Id,
  { params, query }: Pick<Sent<Id>, "params" | "query">,
): string {
  const path = OPERATIONS[id].path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((params as Readonly<Record<string, unknown>> | undefined)?.[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    if (value !== undefined && value !== null) search.append(name, String(value));
  return `/api/v1${path}${search.size > 0 ? `?${search}` : ""}`;
}

/** Calls an operation. Writes carry a key, so that one that is repeated because its answer was lost is done once. */
export async function call<Id extends OperationId>(id: Id, sent: Sent<Id> = {}): Promise<Reply<Id>> {
  const { method } = OPERATIONS[id];
  const headers: Record<string, string> = { accept: "application/json" };
  if (method !== "GET") {
    if (csrf !== null) headers["x-csrf-token"] = csrf;
    headers["idempotency-key"] = crypto.randomUUID();
  }
  if (sent.ifMatch !== undefined) headers["if-match"] = `"${sent.ifMatch}"`;
  let body: BodyInit | undefined;
  if (sent.files) {
    const form = new FormData();
    form.append("body", JSON.stringify(sent.body ?? {}));
    for (const file of sent.files) form.append("file", file, file.name);
    body = form;
  } else if (sent.body !== undefined) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(sent.body);
  }
  const response = await answerOf(addressOf(id, sent), {
    method,
    headers,
    credentials: "same-origin",
    ...(body === undefined ? {} : { body }),
    ...(sent.signal ? { signal: sent.signal } : {}),
  });
  const type = response.headers.get("content-type") ?? "";
  const json: unknown = type.includes("json") ? await response.json() : null;
  if (!response.ok) {
    const problem = problemOf(json, response.status);
    if (problem.code === "not-logged-in" && id !== "getSession") loggedOut?.();
    throw new Refused(problem);
  }
  const revision = /^"(\d+)"$/.exec(response.headers.get("etag") ?? "")?.[1];
  return { body: json as Answered<Id>, revision: revision === undefined ? null : Number(revision) };
}

/** A file that was made, with its name, and what whoever reads it should know: parts a layout has no place for. */
export interface Downloaded {
  readonly bytes: Blob;
  readonly name: string;
  readonly says: readonly string[];
}

/** The file an operation answers, whole; `onPart` is told of every part as it comes. */
export async function download<Id extends OperationId>(
  id: Id,
  sent: Pick<Sent<Id>, "params" | "query" | "signal">,
  onPart?: (part: Uint8Array) => void,
): Promise<Downloaded> {
  const response = await answerOf(addressOf(id, sent), {
    method: "GET",
    credentials: "same-origin",
    ...(sent.signal ? { signal: sent.signal } : {}),
  });
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok)
    throw new Refused(problemOf(type.includes("json") ? await response.json() : null, response.status));
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  const says = decodeURIComponent(response.headers.get("jiheng-says") ?? "");
  return {
    bytes: await wholeOf(response, type, onPart),
    name: decodeURIComponent(name ?? "file"),
    says: says === "" ? [] : says.split("\n"),
  };
}

async function wholeOf(
  response: Response,
  type: string,
  onPart: ((part: Uint8Array) => void) | undefined,
): Promise<Blob> {
  if (!onPart || !response.body) return response.blob();
  const parts: BlobPart[] = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts, { type });
    parts.push(value);
    onPart(value);
  }
}

const TRIES = 3;

/** Asks again when the network or the server was away for a moment: the key makes that safe. */
async function answerOf(address: string, request: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(address, request);
      if (response.status !== 503 || attempt === TRIES) return response;
    } catch (error) {
      if (request.signal?.aborted) throw error;
      if (attempt === TRIES)
        throw new Refused({
          code: "offline",
          status: 0,
          detail: t("连不上服务器，请检查网络。已经填写的内容还在本机，联网后继续。"),
        });
    }
    await new Promise((done) => setTimeout(done, 300 * 2 ** attempt));
  }
}

function problemOf(json: unknown, status: number): Pick<Problem, "code" | "detail" | "status" | "errors"> {
  const problem = json as Problem | null;
  if (problem && typeof problem.detail === "string") return problem;
  return {
    code: "internal",
    status,
    detail: t("服务器的答复不完整（{{status}}），请稍后重试。", { status }),
  };
}
