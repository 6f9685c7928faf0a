import { expect, test } from "vitest";
import { machineLines } from "../machine-paths.mjs";

const slash = "/";

test("a folder of one machine is seen", () => {
  expect(machineLines(`fine\nsee ${slash}home/planted/file.txt`)).toEqual([2]);
  expect(machineLines(`"${slash}Users/planted/x"`)).toEqual([1]);
  expect(machineLines(["C:", "Users", "planted"].join("\\"))).toEqual([1]);
});

test("a registry is seen", () => {
  expect(machineLines(["https://registry", "npmjs", "org/a"].join("."))).toEqual([1]);
  expect(machineLines(`  "resolved": "${"https:"}//example.org/a.tgz"`)).toEqual([1]);
});

test("paths inside the repository and addresses are not", () => {
  expect(
    machineLines("https://example.org/home/planted\n../shared/forms\ndocs/home/plan.md\n/tmp/x"),
  ).toEqual([]);
});
