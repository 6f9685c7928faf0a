import type { Arguments } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import { installationOf } from "../installation.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";

/** Runs the web application and its interface until it is told to stop. */
export async function serve({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  if (rest.length > 0) throw new CommandError(`serve 不读文件，多了“${rest.join(" ")}”`, "请去掉");
  const installation = installationOf(options, io);
  const server = await import("@jiheng/server");
  const outcome = await server.serve({
    ...installation,
    port: options.port ?? undefined,
    demo: options.demo,
    env: process.env,
    version: ENGINE.version,
    say: (line) => io.err(`${line}\n`),
    requestLog: { write: (line) => io.err(line) },
  });
  if (outcome.kind === "wrong")
    throw new CommandError(outcome.says.join("；").replace(/。$/, ""), "请改正后重新启动");
  const stopped = new Promise<void>((done) => {
    // A second signal ends the process at once: whoever presses twice does not want to wait.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => done());
  });
  io.out(`绩衡已启动：${outcome.server.address}\n`);
  await stopped;
  io.err("正在停止……\n");
  await outcome.server.stop();
  io.err("已停止。\n");
  return 0;
}
