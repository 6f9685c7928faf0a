import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GATES } from "../gates.mjs";
import { ROOT } from "../toolchain.mjs";

const architecture = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");

test.each(GATES)(
  "the gate $name runs a file that exists and stands in the table of gates",
  ({ name, args }) => {
    expect(existsSync(join(ROOT, args[0] ?? ""))).toBe(true);
    expect(architecture).toContain(`| ${name} |`);
  },
);

test("every page that the documents point to exists", () => {
  for (const page of ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]) {
    const text = readFileSync(join(ROOT, page), "utf8");
    const targets = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target]) => target ?? "");
    expect(targets.length, page).toBeGreaterThan(0);
    expect(
      targets.filter((target) => !existsSync(join(ROOT, target))),
      page,
    ).toEqual([]);
  }
});
