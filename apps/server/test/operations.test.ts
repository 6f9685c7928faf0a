import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { settingsFrom } from "../src/platform/settings/settings.ts";

const ROOT = join(import.meta.dirname, "../../..");
const page = readFileSync(join(ROOT, "docs/operations.md"), "utf8");

interface Row {
  readonly name: string;
  readonly otherwise: string;
  readonly values: string;
}

const [, table = ""] = /<!-- settings -->\n(.*)<!-- end of settings -->/s.exec(page) ?? [];
const rows: Row[] = [...table.matchAll(/^\| `(\w+)` \| (.+?) \| (.+?) \| .+ \|$/gm)].map(
  ([, name = "", otherwise = "", values = ""]) => ({
    name,
    otherwise: otherwise.replaceAll("`", ""),
    values,
  }),
);

/** Everything the server reads from its environment, by the sources themselves. */
const read = new Set(
  globSync("src/**/*.ts", { cwd: join(import.meta.dirname, "..") }).flatMap(
    (file) => readFileSync(join(import.meta.dirname, "..", file), "utf8").match(/JIHENG_[A-Z_]+/g) ?? [],
  ),
);

const settle = (env: Record<string, string>) => settingsFrom(env);
const ranges = rows.flatMap((row) => {
  const [, least, most] = /^(\d+) 至 (\d+)$/.exec(row.values) ?? [];
  return least === undefined || most === undefined ? [] : [{ ...row, least: +least, most: +most }];
});
const lists = rows.filter(({ name, values }) => /^(`\w+` ?)+$/.test(values) && name !== "JIHENG_POSTGRES");

describe("the settings an operator reads of", () => {
  it("are those the server reads, each once", () => {
    expect(rows.map(({ name }) => name).sort()).toEqual([...read].sort());
  });

  it.each(ranges)("$name goes from $least to $most and is $otherwise by default", (row) => {
    const { name, otherwise, least, most } = row;
    expect(settle({ [name]: otherwise })).toEqual(settle({}));
    const allowed = [least, most].map((value) => settle({ [name]: String(value) }).kind);
    const beyond = [least - 1, most + 1].map((value) => settle({ [name]: String(value) }).kind);
    expect([...allowed, ...beyond]).toEqual(["settings", "settings", "wrong", "wrong"]);
  });

  it.each(lists)("$name is one of $values, $otherwise by default", ({ name, otherwise, values }) => {
    const oidc = {
      JIHENG_OIDC_ISSUER: "https://id.example",
      JIHENG_OIDC_CLIENT_ID: "a",
      JIHENG_OIDC_CLIENT_SECRET: "b",
    };
    expect(settle({ ...oidc, [name]: otherwise })).toEqual(settle(oidc));
    for (const [, value = ""] of values.matchAll(/`(\w+)`/g))
      expect(settle({ ...oidc, [name]: value }).kind).toBe("settings");
  });

  it("are all held against what they are, or are free text", () => {
    expect(ranges.length).toBeGreaterThanOrEqual(10);
    expect(lists.map(({ name }) => name)).toEqual([
      "JIHENG_LOG_LEVEL",
      "JIHENG_OIDC_SECOND_FACTOR",
      "JIHENG_WEBHOOK_PRIVATE",
      "JIHENG_CHECK_ANSWERS",
    ]);
  });
});
