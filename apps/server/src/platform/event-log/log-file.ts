import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Link, LoggedEvent } from "./chain.ts";
import { type ChainFault, type ChainHead, followChain } from "./verify-chain.ts";

/** What the first line of an exported log says of the rest. */
export interface LogFileHead {
  readonly kind: "jiheng-log";
  readonly version: 1;
  readonly region: string;
  readonly exportedAt: string;
  /** Of the last event of the file; null where it has none. */
  readonly head: { readonly seq: string; readonly sha256: string; readonly sm3: string } | null;
}

const HEX = /^[0-9a-f]{64}$/;

/** The first line of an exported log. */
export function headLine(head: LogFileHead): string {
  return `${JSON.stringify(head)}\n`;
}

/** An event as a line of an exported log, with the hashes of its link. */
export function eventLine(event: LoggedEvent, link: Link): string {
  return `${JSON.stringify({ ...event, seq: event.seq.toString(), sha256: link.sha256, sm3: link.sm3 })}\n`;
}

/** What a check of an exported log found. Status: 0 intact, 1 does not hold, 2 could not be read. */
export interface LogVerdict {
  readonly status: 0 | 1 | 2;
  readonly events: number;
  readonly head: ChainHead | null;
  readonly fault: ChainFault | null;
  /** For people, in Chinese. */
  readonly report: string;
}

/** What is known of the chain from elsewhere: the hash of its end as it was written down or stamped when the log was exported. */
export interface KnownHead {
  /** SHA-256 or SM3 of the last link. */
  readonly hash: string;
}

/**
 * Proves an exported log without a server: every link by both hashes, in one pass with constant memory. Edits, removals, insertions and
 * another order are found from the file alone. That its end was cut off together with its head line, or that the whole was computed
 * anew, shows only against a head known from elsewhere.
 */
export async function verifyLog(path: string, known?: KnownHead): Promise<LogVerdict> {
  let line = 0;
  let head: LogFileHead | null = null;
  let follower = followChain("");
  let events = 0;
  let fault: ChainFault | null = null;
  const input = createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 16 });
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (line === 1) {
        head = parseHead(text);
        if (head === null) return unreadable("第 1 行不是绩衡导出日志的抬头，请用原样导出的文件。");
        follower = followChain(head.region);
        continue;
      }
      const entry = parseEvent(text);
      if (entry === null) {
        const seq = (follower.head()?.seq ?? 0n) + 1n;
        fault = { seq, says: `第 ${line} 行不是日志事件：被改坏，或文件不完整` };
      } else fault = follower.next(entry.event, entry.link);
      if (fault) break;
      events += 1;
    }
  } catch (error) {
    return unreadable(
      `不能读取 ${path}：${(error as NodeJS.ErrnoException).code ?? "未知错误"}。请核对路径和权限。`,
    );
  } finally {
    input.destroy();
  }
  if (head === null) return unreadable("文件是空的，请用原样导出的文件。");
  const end = follower.head();
  fault ??= endFault(end, head, known);
  return {
    status: fault ? 1 : 0,
    ...{ events, head: end, fault },
    report: fault ? brokenReport(head, events, fault) : intactReport(head, events, end, known),
  };
}

function endFault(
  end: ChainHead | null,
  { head }: LogFileHead,
  known: KnownHead | undefined,
): ChainFault | null {
  const seq = (end?.seq ?? 0n) + 1n;
  const [given, found] = [head?.seq ?? "0", (end?.seq ?? 0n).toString()];
  if (given !== found)
    return BigInt(given) > BigInt(found)
      ? { seq, says: `抬头说到第 ${given} 条，文件只到第 ${found} 条：末尾被截去` }
      : { seq: BigInt(given) + 1n, says: `抬头说到第 ${given} 条，文件却有 ${found} 条：末尾被添加` };
  if (head && end && (head.sha256 !== end.sha256 || head.sm3 !== end.sm3))
    return { seq: end.seq, says: "链尾与抬头所记的不符：抬头或末尾被换过" };
  if (known && end?.sha256 !== known.hash && end?.sm3 !== known.hash)
    return {
      seq: end?.seq ?? 1n,
      says: "链尾与另处保存的链尾不符：末尾被截去或添加，或整个日志被重算过",
    };
  return null;
}

function intactReport(
  head: LogFileHead,
  events: number,
  end: ChainHead | null,
  known: KnownHead | undefined,
): string {
  return [
    `日志完整：地区 ${head.region}，${events} 条事件，SHA-256 与 SM3 逐条相符。`,
    ...(end ? [`链尾：第 ${end.seq} 条`, `  SHA-256 ${end.sha256}`, `  SM3     ${end.sm3}`] : []),
    known
      ? "与另处保存的链尾相符：没有截尾，也没有整体重算。"
      : "只凭文件本身，不能排除末尾连同抬头一起被截去、或整个日志被重算；请用 --head 给出另处保存的链尾哈希再校验。",
    "",
  ].join("\n");
}

function brokenReport(head: LogFileHead, events: number, fault: ChainFault): string {
  return [
    `日志不完整：地区 ${head.region}，前 ${events} 条相符，从第 ${fault.seq} 条起不能证明。`,
    `第 ${fault.seq} 条：${fault.says}。`,
    "请与数据库中的日志、备份以及另处保存的链尾核对，并报告安全审计员。",
    "",
  ].join("\n");
}

function unreadable(says: string): LogVerdict {
  return { status: 2, events: 0, head: null, fault: null, report: `${says}\n` };
}

function parseHead(text: string): LogFileHead | null {
  const value = parseObject(text);
  if (value === null || value.kind !== "jiheng-log" || value.version !== 1) return null;
  const { region, head } = value;
  if (typeof region !== "string") return null;
  if (head === null) return value as unknown as LogFileHead;
  if (typeof head !== "object") return null;
  const { seq, sha256, sm3 } = head as Record<string, unknown>;
  const isHead = isSeq(seq) && isHash(sha256) && isHash(sm3);
  return isHead ? (value as unknown as LogFileHead) : null;
}

const FIELDS = ["region", "at", "actorName", "type", "subjectKind", "body"] as const;
/** Every key of a line: one more would be a place to hide what no hash covers. */
const KEYS = [...FIELDS, "seq", "actor", "subject", "year", "sha256", "sm3"].sort().join();

function parseEvent(text: string): { readonly event: LoggedEvent; readonly link: Link } | null {
  const value = parseObject(text);
  if (value === null || Object.keys(value).sort().join() !== KEYS) return null;
  const { seq, actor, subject, year, sha256, sm3 } = value;
  const isText = FIELDS.every((field) => typeof value[field] === "string");
  const isWhole = isSeq(seq) && isHash(sha256) && isHash(sm3) && isTextOrNull(actor) && isTextOrNull(subject);
  if (!isText || !isWhole || !(year === null || Number.isInteger(year))) return null;
  return { event: { ...value, seq: BigInt(seq) } as unknown as LoggedEvent, link: { sha256, sm3 } };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function isSeq(value: unknown): value is string {
  return typeof value === "string" && /^[1-9]\d{0,18}$/.test(value);
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && HEX.test(value);
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === "string";
}
