import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** What a process says first; fails when it ends without a word. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    child.once("exit", (code, signal) => fail(new Error(`the server ended with ${signal ?? code}`)));
    if (child.stdout) createInterface({ input: child.stdout }).once("line", done);
  });
}
