/** What a command may touch of the outside: so that tests run commands in-process, without a terminal. */
export interface Io {
  /** Standard output: results. */
  out(text: string): void;
  /** Standard error: diagnostics and progress. */
  err(text: string): void;
  /** Whether standard output is a terminal: then colour and tables. */
  readonly terminal: boolean;
  /** Whether standard error is a terminal: then progress. */
  readonly progress: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
  /** Folder that relative paths start from. */
  readonly cwd: string;
}

/** Exit status: 0 done; 1 `audit` found something of force must; 2 something could not be done. 2 wins over 1. */
export type ExitCode = 0 | 1 | 2;

/** An expected failure of a command: what is wrong and what to do, for people. Never carries a stack. */
export class CommandError extends Error {
  readonly remedy: string;
  constructor(what: string, remedy: string) {
    super(what);
    this.remedy = remedy;
  }
}
