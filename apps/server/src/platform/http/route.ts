import type { Answer, Endpoint } from "@jiheng/contract/http";
import type { z } from "zod";
import type { Outcome, Refused } from "../outcome.ts";
import type { Settings } from "../settings/settings.ts";
import type { Caller, Platform, Work } from "../work.ts";
import type { CallSession } from "./who-calls.ts";

/** A file as it arrives: already within the limits of size and number, name without a path; its content is hostile until read. */
export interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** Our cookies: the session's, and one that binds a login at an identity provider to the browser, which the way back must send. */
export type CookiePurpose = "session" | "oidc";

/** What an answer does to a cookie: sets it to a value until an instant, or takes it away. */
export type CookieChange =
  | { readonly kind: "set"; readonly purpose: CookiePurpose; readonly value: string; readonly until: Date }
  | { readonly kind: "clear"; readonly purpose: CookiePurpose };

/** What any answer may carry beside its body. */
interface Beside {
  readonly cookies?: readonly CookieChange[];
}

/**
 * What a handler gives back, by the kind of answer its endpoint declares. `revision` becomes the ETag. `isSecret` marks a body that is
 * shown once: it is not kept with an idempotency key.
 */
export type ReplyOf<A extends Answer> = A extends {
  readonly kind: "json";
  readonly schema: infer S extends z.ZodType;
}
  ? Beside & {
      readonly body: z.input<S>;
      readonly revision?: number;
      readonly location?: string;
      readonly isSecret?: boolean;
    }
  : A extends { readonly kind: "file" }
    ? {
        readonly name: string;
        readonly media: string;
        readonly bytes: Uint8Array | AsyncIterable<Uint8Array | string>;
        /** What the file lacks of what it was made from, in sentences. */
        readonly says?: readonly string[];
      }
    : A extends { readonly kind: "events"; readonly schema: infer S extends z.ZodType }
      ? { readonly events: AsyncIterable<z.input<S>> }
      : A extends { readonly kind: "redirect" }
        ? Beside & { readonly to: string }
        : Beside;

/** What a request says of where it comes from. */
export interface Client {
  readonly address: string;
  readonly origin: string;
  readonly device: string;
  readonly cookie: (purpose: CookiePurpose) => string | null;
  /** The address that was asked for, whole. */
  readonly url: string;
}

/** One call of an endpoint, its input parsed by the endpoint's schemas. */
export interface Call<E extends Endpoint> {
  readonly params: z.output<E["params"]>;
  readonly query: z.output<E["query"]>;
  readonly body: z.output<NonNullable<E["body"]>>;
  readonly uploads: readonly Upload[];
  /** Who calls; of a public endpoint nobody, of the region named in the address or the only one there is. */
  readonly caller: Caller;
  /** The session it came with; null for a token and where nobody is logged in. */
  readonly session: CallSession | null;
  /** The revision of If-Match; given wherever the endpoint asks for it. */
  readonly ifMatch: number | null;
  readonly platform: Platform;
  readonly settings: Settings;
  /** Where the request comes from: address, origin under which the server was called, what the browser says it is. */
  readonly client: Client;
  /** Counts a guess at a secret of the named one (a login, a code) and of the address it comes from; refused when there are too many. */
  readonly attempt: (of: string) => Promise<Refused | null>;
  /** Aborted when the client is gone or the server stops. */
  readonly signal: AbortSignal;
  /**
   * Carries out a command in one transaction, with its events and, where the client sent one, its idempotency key. Once a call at
   * most; the handler answers with its very outcome.
   */
  readonly command: (
    body: (work: Work) => Promise<Outcome<ReplyOf<E["answer"]>>>,
  ) => Promise<Outcome<ReplyOf<E["answer"]>>>;
}

/** An endpoint with what answers it. */
export interface FeatureRoute {
  readonly endpoint: Endpoint;
  readonly handle: (call: Call<Endpoint>) => Promise<Outcome<unknown>>;
}

/** Binds an endpoint to its handler, typed by the endpoint. */
export function route<E extends Endpoint>(
  endpoint: E,
  handle: (call: Call<E>) => Promise<Outcome<ReplyOf<E["answer"]>>>,
): FeatureRoute {
  return { endpoint, handle: handle as unknown as FeatureRoute["handle"] };
}
