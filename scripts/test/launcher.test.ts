import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../toolchain.mjs";

const launcher = join(ROOT, "apps", "cli", "bin", "jiheng.js");
const start = (flags: string[], args: string[]) =>
  spawnSync(process.execPath, [...flags, launcher, ...args], { encoding: "utf8" });

// A Node that was told not to read TypeScript stands for one that cannot.
describe.each([
  ["on this Node", []],
  ["on the locked Node", ["--no-experimental-strip-types"]],
])("the launcher %s", (_, flags) => {
  test("prints what the command prints", () => {
    const { status, stdout, stderr } = start(flags, ["--version"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^jiheng \d+\.\d+\.\d+\n$/);
  });

  test("ends as the command ends", () => {
    const { status, stdout, stderr } = start(flags, ["no-such-command"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("no-such-command");
  });
});
