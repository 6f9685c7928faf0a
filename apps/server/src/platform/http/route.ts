import type { Answer, Endpoint } from "@jiheng/contract/http";
import type { z } from "zod";
import type { Outcome } from "../outcome.ts";
import type { Caller, Platform, Work } from "../work.ts";

/** A file as it arrives: already within the limits of size and number, name without a path; its content is hostile until read. */
export interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** What a handler gives back, by the kind of answer its endpoint declares. `revision` becomes the ETag. */
export type ReplyOf<A extends Answer> = A extends {
  readonly kind: "json";
  readonly schema: infer S extends z.ZodType;
}
  ? { readonly body: z.input<S>; readonly revision?: number; readonly location?: string }
  : A extends { readonly kind: "file" }
    ? {
        readonly name: string;
        readonly media: string;
        readonly bytes: Uint8Array | AsyncIterable<Uint8Array | string>;
      }
    : A extends { readonly kind: "events"; readonly schema: infer S extends z.ZodType }
      ? { readonly events: AsyncIterable<z.input<S>> }
      : Record<string, never>;

/** One call of an endpoint, its input parsed by the endpoint's schemas. */
export interface Call<E extends Endpoint> {
  readonly params: z.output<E["params"]>;
  readonly query: z.output<E["query"]>;
  readonly body: z.output<NonNullable<E["body"]>>;
  readonly uploads: readonly Upload[];
  /** Who calls; of a public endpoint whoever it is, with no grant. */
  readonly caller: Caller;
  /** The revision of If-Match; given wherever the endpoint asks for it. */
  readonly ifMatch: number | null;
  readonly platform: Platform;
  /** Aborted when the client is gone or the server stops. */
  readonly signal: AbortSignal;
  /** Carries out a command in one transaction, with its events and, where the client sent one, its idempotency key. */
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
