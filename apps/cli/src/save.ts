import { mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CommandError, type Io } from "./io.ts";

/** Whether two paths lead to one file, by links too; false where one of them does not exist. */
async function sameFile(a: string, b: string): Promise<boolean> {
  if (a === b) return true;
  try {
    const [one, two] = await Promise.all([stat(a), stat(b)]);
    if (one.ino !== 0 && one.ino === two.ino && one.dev === two.dev) return true;
    return (await realpath(a)) === (await realpath(b));
  } catch {
    return false;
  }
}

/**
 * Writes a file whole or not at all: beside its place first, then moved there. Never writes over one of `inputs`; another file
 * in its place is replaced, which the answer says and the caller tells. All paths are as the user typed them; a `CommandError` names them.
 */
export async function saveNew(
  shown: string,
  content: string | Uint8Array,
  inputs: readonly string[],
  io: Io,
): Promise<{ readonly replaced: boolean }> {
  const path = resolve(io.cwd, shown);
  for (const input of inputs)
    if (await sameFile(path, resolve(io.cwd, input)))
      throw new CommandError(`不能覆盖原文件：${shown} 就是要读的文件`, "请用 -o 另取一个文件名或文件夹");
  const beside = `${path}.${process.pid}.part`;
  const replaced = await stat(path).then(
    () => true,
    () => false,
  );
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, content, { flag: "wx" });
    await rename(beside, path);
    return { replaced };
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new CommandError(
      `不能写入 ${shown}（${(error as { code?: string }).code ?? String(error)}）`,
      "请核对文件夹是否存在、是否有写权限、文件是否正被别的程序打开",
    );
  }
}

/** "（替换了原有的文件）": what is said after the name of a file that took the place of another. */
export function replacement({ replaced }: { readonly replaced: boolean }): string {
  return replaced ? "（替换了原有的文件）" : "";
}
