import { GENESIS, type Link, type LoggedEvent, linkOf } from "./chain.ts";

/** The end of a chain: its last sequence number and hashes. */
export interface ChainHead extends Link {
  readonly seq: bigint;
}

/** The first place where a chain does not hold; everything after it proves nothing. */
export interface ChainFault {
  readonly seq: bigint;
  /** Chinese: what is wrong there. */
  readonly says: string;
}

/** Follows a chain link by link, keeping nothing but the last one. */
export interface ChainFollower {
  /** Null where the event is the next link; otherwise the fault. After a fault it is asked no more. */
  readonly next: (event: LoggedEvent, given: Link) => ChainFault | null;
  readonly head: () => ChainHead | null;
}

/** Begins at the first event of a region. */
export function followChain(region: string): ChainFollower {
  let head: ChainHead | null = null;
  return {
    next: (event, given) => {
      const expected = (head?.seq ?? 0n) + 1n;
      const fault = (says: string): ChainFault => ({ seq: event.seq, says });
      if (event.region !== region) return fault(`属于另一地区“${event.region}”，不在这条链上`);
      if (event.seq > expected)
        return { seq: expected, says: `缺少第 ${expected} 至 ${event.seq - 1n} 条：有事件被删去` };
      if (event.seq < expected)
        return fault(`第 ${event.seq} 条重复出现或次序颠倒，此处应为第 ${expected} 条`);
      const link = linkOf(head ?? GENESIS, event);
      const wrong = [
        ...(link.sha256 === given.sha256 ? [] : ["SHA-256"]),
        ...(link.sm3 === given.sm3 ? [] : ["SM3"]),
      ];
      if (wrong.length > 0) return fault(`${wrong.join(" 和 ")} 与内容不符：这一条被改过，或是插入、换来的`);
      head = { seq: event.seq, ...link };
      return null;
    },
    head: () => head,
  };
}
