import { parseArgs } from "node:util";
import { CommandError } from "./io.ts";

/** The options of all commands, as typed. Which of them a command takes is checked by `takes`. */
export interface Options {
  readonly json: boolean;
  readonly format: string | null;
  readonly out: string | null;
  readonly policy: readonly string[];
  readonly form: number | null;
  readonly at: string | null;
  /** Format and layout of an export. */
  readonly to: string | null;
  readonly template: string | null;
  /** Name of what a roll-up makes. */
  readonly name: string | null;
  /** The choices of a roll-up, as typed: rows by their names, pairs as 甲=乙. */
  readonly points: string | null;
  readonly weight: readonly string[];
  readonly merge: readonly string[];
  readonly apart: readonly string[];
  readonly denominator: readonly string[];
  readonly once: readonly string[];
  readonly strictest: readonly string[];
  /** A record of a report to hold against the forms. */
  readonly check: string | null;
  /** The department's project budget in 万元, as typed. */
  readonly budget: string | null;
  /** A list of projects that are not published. */
  readonly withheld: string | null;
  /** Where an installation is: its folder, or the URL of its database. */
  readonly data: string | null;
  readonly database: string | null;
  readonly port: number | null;
  readonly demo: boolean;
  /** The last hash of a log as it is known from elsewhere. */
  readonly head: string | null;
  readonly lang: "zh" | "en";
  readonly help: boolean;
  readonly version: boolean;
}

/** A command line taken apart. */
export interface Arguments {
  readonly command: string | null;
  readonly rest: readonly string[];
  readonly options: Options;
}

/** Splits the command line; an unknown option or a malformed value is a `CommandError` that names it. */
export function parseArguments(argv: readonly string[]): Arguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    throw refusal(error as Error & { readonly code?: string });
  }
  const { values, positionals } = parsed;
  const form = values.form === undefined ? null : Number(values.form);
  if (form !== null && !(Number.isInteger(form) && form > 0)) {
    throw new CommandError(
      `--form 后面应是从 1 起的序号，不能是“${values.form}”`,
      "例如 --form 2 表示文件里的第 2 张表",
    );
  }
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw new CommandError(`--port 后面应是 0 到 65535 的端口，不能是“${values.port}”`, "例如 --port 8080");
  const lang = values.lang ?? "zh";
  if (lang !== "zh" && lang !== "en")
    throw new CommandError(`--lang 只能是 zh 或 en，不能是“${lang}”`, "请改为 zh 或 en");
  const format = values.format ?? (values.json ? "json" : null);
  if (values.json && values.format !== undefined && values.format !== "json") {
    throw new CommandError("--json 与 --format 不能同时指定不同的格式", "请只留一个");
  }
  return {
    command: positionals[0] ?? null,
    rest: positionals.slice(1),
    options: {
      json: format === "json",
      format,
      out: values.output ?? null,
      policy: values.policy ?? [],
      form,
      at: values.at ?? null,
      to: values.to ?? null,
      template: values.template ?? null,
      name: values.name ?? null,
      points: values.points ?? null,
      weight: values.weight ?? [],
      merge: values.merge ?? [],
      apart: values.apart ?? [],
      denominator: values.denominator ?? [],
      once: values.once ?? [],
      strictest: values.strictest ?? [],
      check: values.check ?? null,
      budget: values.budget ?? null,
      withheld: values.withheld ?? null,
      data: values.data ?? null,
      database: values.database ?? null,
      port,
      demo: values.demo ?? false,
      head: values.head ?? null,
      lang,
      help: values.help ?? false,
      version: values.version ?? false,
    },
  };
}

const OPTIONS = {
  json: { type: "boolean" },
  format: { type: "string" },
  output: { type: "string", short: "o" },
  policy: { type: "string", multiple: true },
  form: { type: "string" },
  at: { type: "string" },
  to: { type: "string" },
  template: { type: "string" },
  name: { type: "string" },
  points: { type: "string" },
  weight: { type: "string", multiple: true },
  merge: { type: "string", multiple: true },
  apart: { type: "string", multiple: true },
  denominator: { type: "string", multiple: true },
  once: { type: "string", multiple: true },
  strictest: { type: "string", multiple: true },
  check: { type: "string" },
  budget: { type: "string" },
  withheld: { type: "string" },
  data: { type: "string" },
  database: { type: "string" },
  port: { type: "string" },
  demo: { type: "boolean" },
  head: { type: "string" },
  lang: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
} as const;

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], allowPositionals: true, options: OPTIONS });
}

/** A command line that cannot be taken apart, in Chinese: the parser of Node speaks English only. */
function refusal({ code, message }: Error & { readonly code?: string }): CommandError {
  const name = /'(?:-\w, )?(-{1,2}[^'\s=]+)/.exec(message)?.[1] ?? "";
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const close = closest(name.replace(/^-+/, ""), Object.keys(OPTIONS));
    return new CommandError(
      `没有选项“${name}”`,
      `${close ? `是否要写 --${close}？` : ""}可用的选项：${Object.keys(OPTIONS)
        .map((each) => `--${each}`)
        .join("、")}；写法见 jiheng --help`,
    );
  }
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") {
    return message.includes("does not take an argument")
      ? new CommandError(`选项“${name}”后面不带内容`, "请去掉等号和后面的内容")
      : new CommandError(
          `选项“${name}”后面没有写内容`,
          `请写在它后面，用空格隔开；内容以“-”开头的，写成 ${name}=内容`,
        );
  }
  return new CommandError("命令写法有误", "请用 jiheng --help 查看写法");
}

/** The known word that a mistyped one comes nearest to, if it is near. */
export function closest(typed: string, known: readonly string[]): string | null {
  const near = known.map((word) => ({ word, far: distance(typed, word) })).sort((a, b) => a.far - b.far)[0];
  return near && near.far <= Math.max(1, Math.floor(near.word.length / 3)) ? near.word : null;
}

/** Letters put in, left out, replaced or swapped with the next one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
          swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

/** Refuses an output format that a command does not have. */
export function formatIn<const F extends string>(options: Options, allowed: readonly F[], fallback: F): F {
  if (options.format === null) return fallback;
  const found = allowed.find((each) => each === options.format);
  if (!found)
    throw new CommandError(`没有“${options.format}”这种输出格式`, `可用的格式：${allowed.join("、")}`);
  return found;
}
