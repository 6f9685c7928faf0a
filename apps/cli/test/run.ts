import type { ExitCode } from "../src/io.ts";
import { main } from "../src/main.ts";

/** What a command answered. */
interface Answered {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in a folder, as from a file and not a terminal. */
export async function runIn(cwd: string, argv: readonly string[], columns = 100): Promise<Answered> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main([...argv], {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    terminal: false,
    progress: false,
    columns,
    cwd,
  });
  return { code, out: out.join(""), err: err.join("") };
}
