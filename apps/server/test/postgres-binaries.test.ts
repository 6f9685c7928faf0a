import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Account, asAccount } from "../src/platform/postgres/account.ts";
import {
  chooseBinaries,
  embeddedBinaries,
  type PostgresBinaries,
} from "../src/platform/postgres/find-binaries.ts";
import { prepareBinaries } from "../src/platform/postgres/prepare-binaries.ts";

const embedded: PostgresBinaries = { kind: "embedded", folder: "/e/bin", major: 18, version: "18.4" };
const system = (major: number): PostgresBinaries => ({
  kind: "system",
  folder: `/usr/lib/postgresql/${major}/bin`,
  major,
  version: `${major}.1`,
});

describe("which PostgreSQL a data folder gets", () => {
  const choose = (choice: Partial<Parameters<typeof chooseBinaries>[0]>) =>
    chooseBinaries({ wish: undefined, made: null, embedded, system: [system(17), system(15)], ...choice });

  it("is the embedded one for a new folder, where nothing else is said", () => {
    expect(choose({})).toBe(embedded);
  });

  it("is the newest of the system where none is embedded or the system's is wished", () => {
    expect(choose({ embedded: null }).major).toBe(17);
    expect(choose({ wish: "system" }).major).toBe(17);
  });

  it("is the one that made an existing folder", () => {
    expect(choose({ made: { major: 15, by: "system" } }).major).toBe(15);
    expect(choose({ made: { major: 18, by: "embedded" } })).toBe(embedded);
    expect(choose({ made: { major: 18, by: "system" }, system: [system(18)] }).kind).toBe("system");
    expect(choose({ made: { major: 18, by: "system" } }).kind).toBe("embedded");
  });

  it("is none that cannot read the folder", () => {
    const trouble = { trouble: "otherVersion", message: expect.stringContaining("PostgreSQL 16") };
    expect(() => choose({ made: { major: 16, by: "system" } })).toThrow(expect.objectContaining(trouble));
    expect(() => choose({ made: { major: 18, by: "embedded" }, wish: "system" })).toThrow(
      expect.objectContaining({ trouble: "otherVersion" }),
    );
  });

  it("says what to do where there is none", () => {
    const none = expect.objectContaining({
      trouble: "noBinaries",
      message: expect.stringContaining("--database"),
    });
    expect(() => choose({ embedded: null, system: [] })).toThrow(none);
    expect(() => choose({ wish: "embedded", embedded: null })).toThrow(none);
    expect(() => choose({ wish: "system", system: [] })).toThrow(none);
    expect(() => choose({ wish: "/nowhere" })).toThrow(none);
  });
});

const here = embeddedBinaries();

it.skipIf(here === null && !process.env.CI)(
  "an embedded PostgreSQL is at hand where every change is checked",
  () => {
    expect(here).toMatchObject({ kind: "embedded", major: 18 });
  },
);

describe.skipIf(here === null || process.platform === "win32")("the embedded programs", () => {
  let folder: string;
  let copy: PostgresBinaries;
  const nobody: Account = { name: "nobody", uid: 65534, gid: 65534 };
  const cache = process.env.XDG_CACHE_HOME;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "jiheng-binaries-"));
    if (here === null) return;
    cpSync(dirname(here.folder), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
    copy = { ...here, folder: join(folder, "native", "bin"), version: `test-${process.pid}` };
    for (const name of linkNames()) rmSync(join(folder, "native", name), { force: true });
    chmodSync(folder, 0o755);
    process.env.XDG_CACHE_HOME = join(folder, "cache");
  });

  afterEach(() => {
    if (cache === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = cache;
    rmSync(folder, { recursive: true, force: true });
  });

  const linkNames = () =>
    (
      JSON.parse(readFileSync(join(folder, "native", "pg-symlinks.json"), "utf8")) as { target: string }[]
    ).map(({ target }) => target.replace("native/", ""));
  const runs = (binaries: PostgresBinaries, account: Account | null) =>
    spawnSync(join(binaries.folder, "postgres"), ["--version"], { ...asAccount(account), encoding: "utf8" })
      .stdout ?? "";

  it("run with the links the package did not make", () => {
    expect(runs(copy, null)).toBe("");
    const prepared = prepareBinaries(copy, null);
    expect(prepared.folder).toBe(copy.folder);
    expect(linkNames().every((name) => existsSync(join(folder, "native", name)))).toBe(true);
    expect(runs(prepared, null)).toContain("PostgreSQL) 18");
  });

  it.skipIf(process.getuid?.() === 0)("run from a copy where their folder may not be written", () => {
    chmodSync(join(folder, "native", "lib"), 0o555);
    const prepared = prepareBinaries(copy, null);
    chmodSync(join(folder, "native", "lib"), 0o755);
    expect(prepared.folder).not.toBe(copy.folder);
    expect(runs(prepared, null)).toContain("PostgreSQL) 18");
  });

  it.skipIf(process.getuid?.() !== 0)("run from a copy where the account that runs them cannot go", () => {
    chmodSync(folder, 0o700);
    expect(runs(copy, nobody)).toBe("");
    const prepared = prepareBinaries(copy, nobody);
    try {
      expect(prepared.folder).toContain("/var/cache/jiheng/");
      expect(runs(prepared, nobody)).toContain("PostgreSQL) 18");
      expect(prepareBinaries(copy, nobody).folder).toBe(prepared.folder);
    } finally {
      rmSync(dirname(prepared.folder), { recursive: true, force: true });
    }
  });
});
