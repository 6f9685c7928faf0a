import { type Arguments, closest, parseArguments } from "./arguments.ts";
import { ENGINE } from "./engine.ts";
import { commandHelp, HELP } from "./help.ts";
import { CommandError, type ExitCode, type Io } from "./io.ts";

type Command = (args: Arguments, io: Io) => Promise<ExitCode>;

// Loaded one at a time: reading a form must not wait for code of another command.
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  read: async () => (await import("./commands/read.ts")).read,
  score: async () => (await import("./commands/score.ts")).score,
  audit: async () => (await import("./commands/audit.ts")).audit,
  annotate: async () => (await import("./commands/annotate.ts")).annotate,
  explain: async () => (await import("./commands/explain.ts")).explain,
  compare: async () => (await import("./commands/compare.ts")).compare,
  export: async () => (await import("./commands/export.ts")).exportForms,
  report: async () => (await import("./commands/report.ts")).report,
  publish: async () => (await import("./commands/publish.ts")).publish,
  rollup: async () => (await import("./commands/rollup.ts")).rollup,
  serve: async () => (await import("./commands/serve.ts")).serve,
  backup: async () => (await import("./commands/backup.ts")).backup,
  restore: async () => (await import("./commands/restore.ts")).restore,
  "verify-log": async () => (await import("./commands/verify-log.ts")).verifyLog,
  rules: async () => (await import("./commands/rules.ts")).rules,
  policies: async () => (await import("./commands/policies.ts")).policies,
  templates: async () => (await import("./commands/templates.ts")).templates,
};

/** The command line: runs one command and answers its exit status; never throws on bad input. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const args = parseArguments(argv);
    if (args.options.version) {
      io.out(`${ENGINE.name} ${ENGINE.version}\n`);
      return 0;
    }
    if (args.command === null || args.options.help) {
      const own = args.command === null ? null : commandHelp(args.command, args.options.lang);
      io.out(own ?? HELP[args.options.lang]);
      return args.command === null && !args.options.help ? 2 : 0;
    }
    const load = Object.hasOwn(COMMANDS, args.command) ? COMMANDS[args.command] : undefined;
    if (!load) {
      const close = closest(args.command, Object.keys(COMMANDS));
      throw new CommandError(
        `没有命令“${args.command}”`,
        `${close ? `是否要写 ${close}？` : ""}可用的命令：${Object.keys(COMMANDS).join("、")}`,
      );
    }
    return await (await load())(args, io);
  } catch (error) {
    if (error instanceof CommandError) {
      io.err(`${error.message}。${error.remedy}。\n`);
      return 2;
    }
    io.err(
      `程序出错：${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n请把这段信息报给项目维护者。\n`,
    );
    return 2;
  }
}
