import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run, whyInstall } from "../toolchain.mjs";

let root = "";
const lock = (file: string, packages: Record<string, unknown>): void =>
  writeFileSync(join(root, file), JSON.stringify({ packages }));
const entry = (version: string, more = {}) => ({ version, integrity: `sha512-${version}`, ...more });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "jiheng-toolchain-"));
  mkdirSync(join(root, "node_modules", "a"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

test("nothing is installed when all is as the lock file says", () => {
  const other = { "node_modules/b": entry("1.0.0", { optional: true }) };
  lock("package-lock.json", { "": {}, "packages/law": {}, "node_modules/a": entry("1.0.0"), ...other });
  lock("node_modules/.package-lock.json", { "node_modules/a": entry("1.0.0") });
  expect(whyInstall(root)).toBeNull();
});

test("a missing, a changed and a removed package call for an install", () => {
  lock("package-lock.json", { "node_modules/a": entry("1.0.0") });
  expect(whyInstall(root)).toBe("the dependencies are not installed");
  lock("node_modules/.package-lock.json", {});
  expect(whyInstall(root)).toBe("node_modules/a is in the lock file but not installed");
  lock("node_modules/.package-lock.json", { "node_modules/a": entry("0.9.0") });
  expect(whyInstall(root)).toBe("the lock file asks for another node_modules/a");
  lock("node_modules/.package-lock.json", { "node_modules/a": entry("1.0.0") });
  rmSync(join(root, "node_modules", "a"), { recursive: true });
  expect(whyInstall(root)).toBe("node_modules/a is gone");
});

test("a program answers its exit code and its words, and is stopped in time", async () => {
  const node = process.execPath;
  expect(await run(node, ["-e", "console.log('out'); console.error('err'); process.exit(3)"])).toEqual({
    code: 3,
    output: expect.stringMatching(/^(out\nerr|err\nout)\n$/),
  });
  const stopped = await run(node, ["-e", "setInterval(() => {}, 1000)"], { timeout: 200 });
  expect(stopped.code).not.toBe(0);
  expect(stopped.output).toContain("stopped after 0.2 s");
  expect((await run("no-such-program", [])).code).not.toBe(0);
});
