import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unseen } from "../layers.mjs";

test("a workspace of which no module was seen is named", () => {
  const base = mkdtempSync(join(tmpdir(), "jiheng-layers-"));
  try {
    for (const name of ["law", "domain"]) mkdirSync(join(base, "packages", name, "src"), { recursive: true });
    writeFileSync(join(base, "packages", "law", "src", "index.ts"), "");
    const seen = [{ source: "packages/law/src/index.ts", dependencies: [] }];
    expect(unseen(seen, base)).toEqual(["packages/domain/src/"]);
    expect(unseen([], base)).toEqual(["packages/domain/src/", "packages/law/src/"]);
  } finally {
    rmSync(base, { recursive: true });
  }
});
