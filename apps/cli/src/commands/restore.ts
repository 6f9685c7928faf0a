import { resolve } from "node:path";
import type { Arguments } from "../arguments.ts";
import { installationOf } from "../installation.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";

/** Restores a backup into an installation that holds nothing yet. */
export async function restore({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0)
    throw new CommandError("restore 后面应是一个备份文件", "例如 jiheng restore 备份.jhb --data 新目录");
  const installation = installationOf(options, io);
  const { restoreInstallation } = await import("@jiheng/server");
  const done = await restoreInstallation(installation, resolve(io.cwd, file), { now: () => new Date() });
  if (done.kind === "refused") throw new CommandError(done.says, "没有恢复任何内容");
  io.out(`${done.says}\n`);
  return 0;
}
