import { z } from "zod";
import type { ProblemCode } from "./problem.ts";

/** What an API token may be limited to; a session of a person has all that the person's roles allow. */
export const SCOPES = ["read", "write", "review", "publish", "budget", "administer"] as const;

/** One of the scopes. */
export type Scope = (typeof SCOPES)[number];

/**
 * Who may call: all (`public`); a person who logged in, at whatever stage, to finish logging in (`login`); a person's complete session,
 * never a token (`session`); a session or a token of this scope.
 */
export type Access = "public" | "login" | "session" | Scope;

/** What comes back when all went well: JSON of a schema, a file, a stream of server-sent events, another address, or nothing. */
export type Answer =
  | { readonly kind: "json"; readonly status: 200 | 201 | 202; readonly schema: z.ZodType }
  | { readonly kind: "file"; readonly media: readonly string[] }
  | { readonly kind: "events"; readonly schema: z.ZodType }
  | { readonly kind: "redirect" }
  | { readonly kind: "none" };

/**
 * One operation of the HTTP interface: its address, who may call it, its schemas and every refusal it can give. The server's route,
 * the OpenAPI document and the browser's client are all made from it, so that they cannot differ.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends Answer = Answer,
> {
  /** operationId: verb and noun, unique. */
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below /api/v1, with {names}. */
  readonly path: `/${string}`;
  /** Chinese: what it does. */
  readonly title: string;
  /** Group in the document; the folder of the feature. */
  readonly feature: string;
  readonly access: Access;
  readonly params: Params;
  readonly query: Query;
  /** Null where none is sent; files come as multipart beside it. */
  readonly body: Body | null;
  readonly uploads: "none" | "one" | "many";
  /** Whether If-Match with the revision last seen is required. */
  readonly ifMatch: boolean;
  readonly answer: Reply;
  /** Refusals beyond those that every operation has (not logged in, invalid input, too many requests). */
  readonly refusals: readonly ProblemCode[];
}

type Given<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends Answer,
> = Pick<
  Endpoint<Params, Query, Body, Reply>,
  "id" | "method" | "path" | "title" | "feature" | "access" | "answer"
> &
  Partial<Endpoint<Params, Query, Body, Reply>>;

const NOTHING = z.strictObject({});

/** Fixes the types of an endpoint; what it leaves out it does not have: an unknown parameter is refused, never ignored. */
export function endpoint<
  Reply extends Answer,
  Params extends z.ZodType = typeof NOTHING,
  Query extends z.ZodType = typeof NOTHING,
  Body extends z.ZodType = z.ZodNever,
>(given: Given<Params, Query, Body, Reply>): Endpoint<Params, Query, Body, Reply> {
  const nothing = { params: NOTHING, query: NOTHING, body: null } as unknown as Pick<
    Endpoint<Params, Query, Body, Reply>,
    "params" | "query" | "body"
  >;
  return { ...nothing, uploads: "none", ifMatch: false, refusals: [], ...given };
}
