import { resolve } from "node:path";
import type { Installation } from "@jiheng/server";
import type { Options } from "./arguments.ts";
import { CommandError, type Io } from "./io.ts";

/** Where data lies when nothing is said. */
const DATA = "jiheng-data";

/** The installation a command is about: `--data DIR` or `--database URL`, never both. */
export function installationOf(options: Options, io: Io): Installation {
  if (options.data !== null && options.database !== null)
    throw new CommandError("--data 与 --database 只能用一个", "请去掉其中一个");
  if (options.database !== null && !/^postgres(ql)?:\/\//.test(options.database))
    throw new CommandError(
      "--database 后面应是 PostgreSQL 的地址",
      "例如 --database postgresql://用户:密码@主机:5432/jiheng",
    );
  const line = (text: string) => io.err(`${text}\n`);
  return {
    dataDir: resolve(io.cwd, options.data ?? DATA),
    ...(options.database === null ? {} : { database: options.database }),
    log: { info: () => {}, warn: line, error: line },
  };
}
