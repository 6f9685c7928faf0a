import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../toolchain.mjs";

const launcher = join(ROOT, "apps", "cli", "bin", "jiheng.js");
const start = (flags: string[], args: string[]) =>
  spawnSync(process.execPath, [...flags, launcher, ...args], { encoding: "utf8" });

test("the sample that npm start shows is reviewed, and something is found", () => {
  const launched = readFileSync(join(ROOT, "scripts", "start.mjs"), "utf8");
  const sample = /SAMPLE = "([^"]+)"/.exec(launched)?.[1] ?? "";
  const { status, stdout, stderr } = start([], ["audit", join(ROOT, sample)]);
  expect([status, stderr]).toEqual([1, ""]);
  expect(stdout).toContain("绩效自评表审核意见");
});

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
