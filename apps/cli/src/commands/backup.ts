import { resolve } from "node:path";
import type { Arguments } from "../arguments.ts";
import { installationOf } from "../installation.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";

/** Writes a backup of an installation into a new file. */
export async function backup({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  if (rest.length > 0)
    throw new CommandError(`backup 不读文件，多了“${rest.join(" ")}”`, "请用 -o 写明备份文件");
  if (options.out === null) throw new CommandError("没有写备份到哪里", "请用 -o 写明，例如 -o 备份.jhb");
  const installation = installationOf(options, io);
  const { backupInstallation } = await import("@jiheng/server");
  const done = await backupInstallation(installation, resolve(io.cwd, options.out), {
    now: () => new Date(),
  });
  if (done.kind === "refused") throw new CommandError(done.says, "没有写出备份");
  io.out(`${done.says}\n`);
  return 0;
}
