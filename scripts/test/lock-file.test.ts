import { expect, test } from "vitest";
import { lockFileFaults } from "../lock-file.mjs";

const whole = {
  "": { name: "planted" },
  "node_modules/a": { version: "1.0.0", integrity: "sha512-a", optionalDependencies: { b: "1.0.0" } },
  "node_modules/a/node_modules/b": { version: "1.0.0", integrity: "sha512-b" },
};

test("a whole lock file has no fault", () => {
  expect(lockFileFaults(whole)).toEqual([]);
  const { "node_modules/a/node_modules/b": b, ...rest } = whole;
  expect(lockFileFaults({ ...rest, "node_modules/b": b })).toEqual([]);
});

test("a platform that npm left out is missed", () => {
  const { "node_modules/a/node_modules/b": _, ...rest } = whole;
  expect(lockFileFaults(rest)).toEqual([
    "node_modules/a 1.0.0 wants b, which is missing: pin a version that was published whole",
  ]);
});

test("a host and a missing integrity are named", () => {
  const entry = { version: "1.0.0", resolved: "https://example.org/c.tgz" };
  expect(lockFileFaults({ "node_modules/c": entry })).toEqual([
    "node_modules/c names the host it came from",
    "node_modules/c has no integrity",
  ]);
});
