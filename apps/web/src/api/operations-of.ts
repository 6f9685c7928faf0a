import type * as Http from "@jiheng/contract/http";
import type { Endpoint } from "@jiheng/contract/http";
import type { z } from "zod";

/** The operations of the interface by their identity, as types alone: their schemas stay on the server. */
export type Operations = {
  readonly [Name in keyof typeof Http as (typeof Http)[Name] extends Endpoint
    ? Name
    : never]: (typeof Http)[Name];
};

/** Identity of an operation. */
export type OperationId = keyof Operations;

type EndpointOf<Id extends OperationId> = Operations[Id] extends Endpoint ? Operations[Id] : never;

/** What an operation is sent. */
export interface Sent<Id extends OperationId> {
  readonly params?: z.input<EndpointOf<Id>["params"]>;
  readonly query?: z.input<EndpointOf<Id>["query"]>;
  readonly body?: z.input<NonNullable<EndpointOf<Id>["body"]>>;
  readonly files?: readonly File[];
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

/** What an operation of JSON answers. */
export type Answered<Id extends OperationId> = EndpointOf<Id>["answer"] extends {
  readonly kind: "json";
  readonly schema: infer S extends z.ZodType;
}
  ? z.output<S>
  : null;
