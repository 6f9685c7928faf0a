import { resolve } from "node:path";
import type { Arguments } from "../arguments.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";

/** Proves an exported log without a server: 0 intact, 1 does not hold, 2 could not be read. */
export async function verifyLog({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0)
    throw new CommandError("verify-log 后面应是一个导出的日志文件", "例如 jiheng verify-log 日志.jsonl");
  if (options.head !== null && !/^[0-9a-f]{64}$/i.test(options.head))
    throw new CommandError("--head 后面应是 64 位十六进制的摘要", "请照导出日志时记下的摘要填写");
  const server = await import("@jiheng/server");
  const known = options.head === null ? undefined : { hash: options.head.toLowerCase() };
  const { status, report, ...verdict } = await server.verifyLog(resolve(io.cwd, file), known);
  if (options.json) {
    const { events, head, fault } = verdict;
    const end = head && { seq: head.seq.toString(), sha256: head.sha256, sm3: head.sm3 };
    const broken = fault && { seq: fault.seq.toString(), says: fault.says };
    io.out(`${JSON.stringify({ file, status, events, head: end, fault: broken })}\n`);
  } else io.out(`${report}\n`);
  return status;
}
