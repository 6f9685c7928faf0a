import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildWeb } from "../build-web.mjs";

test("the application that tests leave behind is the one for production", async () => {
  const assets = join(await buildWeb(), "assets");
  const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(20);
  const forDevelopers = scripts.filter((name) =>
    /jsxDEV|css-dev-only/.test(readFileSync(join(assets, name), "utf8")),
  );
  expect(forDevelopers).toEqual([]);
}, 240_000);
