import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Refused, refused } from "../outcome.ts";
import type { Settings } from "../settings/settings.ts";
import { Refusal } from "./refusal.ts";

/** The limits of how often: by account once it is known, by address before, and closely for guesses at a secret. */
export interface Rates {
  /** Refuses an address that went over its limit, without counting this request. */
  readonly requireAddress: (request: FastifyRequest) => Promise<void>;
  /** Counts a request of nobody known. */
  readonly countAddress: (request: FastifyRequest) => Promise<void>;
  readonly countAccount: (request: FastifyRequest, account: string) => Promise<void>;
  /** Counts a guess at a secret of `of`, and of the address it comes from. */
  readonly countGuess: (request: FastifyRequest, of: string) => Promise<Refused | null>;
}

type Limiter = ReturnType<FastifyInstance["createRateLimit"]>;

const WAIT = "请求过于频繁，请稍候再试";

/** Each process counts for itself: with several the limits are that many times higher; the lockout of accounts is common to all. */
export async function createRates(app: FastifyInstance, { rates }: Settings): Promise<Rates> {
  await app.register(rateLimit, { global: false, cache: 20_000, ipv6Subnet: 64 });
  const keys = new WeakMap<FastifyRequest, string>();
  const limiter = (max: number, isByAddress: boolean) =>
    app.createRateLimit({
      max,
      timeWindow: 60_000,
      ...(isByAddress ? {} : { keyGenerator: (request) => keys.get(request) ?? "" }),
    });
  const byAddress = limiter(rates.address, true);
  const byAccount = limiter(rates.account, false);
  const guessesByName = limiter(rates.loginsByName, false);
  const guessesByAddress = limiter(rates.loginsByAddress, true);
  const waitOf = async (
    limit: Limiter,
    request: FastifyRequest,
    increment = true,
  ): Promise<number | null> => {
    const state = await limit(request, { increment });
    return !state.isAllowed && state.isExceeded ? Math.max(1, state.ttlInSeconds) : null;
  };
  const requireUnder = async (limit: Limiter, request: FastifyRequest, increment = true) => {
    const wait = await waitOf(limit, request, increment);
    if (wait !== null)
      throw new Refusal("too-many-requests", `${WAIT}（${wait} 秒）。`, { retryAfterSeconds: wait });
  };
  return {
    requireAddress: (request) => requireUnder(byAddress, request, false),
    countAddress: (request) => requireUnder(byAddress, request),
    countAccount: (request, account) => {
      keys.set(request, account);
      return requireUnder(byAccount, request);
    },
    countGuess: async (request, of) => {
      keys.set(request, of);
      const waits = [await waitOf(guessesByName, request), await waitOf(guessesByAddress, request)];
      const wait = Math.max(...waits.map((seconds) => seconds ?? 0));
      return wait > 0 ? refused("too-many-requests", `尝试次数过多，请 ${wait} 秒后再试。`) : null;
    },
  };
}
