// The browser of the tests, the bench and the pictures: CHROMIUM_PATH, else a Chromium of the system, else the one in the package
// @sparticuz/chromium with the libraries it brings. Chinese text is drawn by fonts of the packages where the system has none.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, run } from "./toolchain.mjs";

const CACHE = join(ROOT, "node_modules", ".cache", "jiheng-browser");
const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--font-render-hinting=none",
];

/** Whether a run without a browser has failed: on a machine that checks every change it has, elsewhere its tests are left out and said. */
export const BROWSER_IS_REQUIRED = !["", "0", "false"].includes((process.env.CI ?? "").toLowerCase());

/** A fontconfig file that adds the Chinese fonts of the packages to those of the system. */
function fontsFile() {
  const folders = ["noto-serif-sc/400Regular", "noto-serif-sc/700Bold"]
    .map((folder) => join(ROOT, "node_modules", "@expo-google-fonts", folder))
    .filter((folder) => existsSync(folder));
  const file = join(CACHE, "fonts.conf");
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(
    file,
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n${folders.map((folder) => `<dir>${folder}</dir>`).join("\n")}\n<cachedir>${join(CACHE, "fontconfig")}</cachedir>\n</fontconfig>\n`,
  );
  return file;
}

/** Unpacks the Chromium of the packages beside its place, then moves it there, so that a run that was stopped leaves no half of it. */
async function packaged() {
  if (process.platform !== "linux" || process.arch !== "x64")
    return { why: `@sparticuz/chromium has none for ${process.platform}-${process.arch}` };
  const folder = join(CACHE, "packaged");
  const libraries = join(folder, "al2023", "lib");
  if (!existsSync(join(folder, "chromium"))) {
    const beside = `${folder}.${process.pid}.part`;
    mkdirSync(beside, { recursive: true });
    const unpack =
      'import chromium, { inflate } from "@sparticuz/chromium"; await chromium.executablePath(); await inflate(process.argv[1]);';
    const entry = fileURLToPath(import.meta.resolve("@sparticuz/chromium"));
    const archive = join(dirname(entry), "..", "bin", "al2023.tar.br");
    const { code, output } = await run(process.execPath, ["--input-type=module", "--eval", unpack, archive], {
      env: { ...process.env, TMPDIR: beside },
      timeout: 120_000,
    });
    if (code !== 0 || !existsSync(join(beside, "chromium"))) {
      rmSync(beside, { recursive: true, force: true });
      return { why: `@sparticuz/chromium was not unpacked: ${output.trim().split("\n").at(-1)}` };
    }
    try {
      renameSync(beside, folder);
    } catch {
      // Another run was faster.
      rmSync(beside, { recursive: true, force: true });
    }
  }
  const path = [process.env.LD_LIBRARY_PATH, libraries].filter(Boolean).join(delimiter);
  return { executablePath: join(folder, "chromium"), env: { LD_LIBRARY_PATH: path } };
}

/** Every place a browser may be, in order; each is asked only when those before it did not start. */
function* candidates() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    yield async () =>
      existsSync(named) ? { executablePath: named } : { why: `no file at CHROMIUM_PATH ${named}` };
    // A browser that was asked for by name is not replaced by another in silence.
    return;
  }
  for (const path of SYSTEM) if (existsSync(path)) yield async () => ({ executablePath: path });
  yield packaged;
}

/**
 * Starts a browser. `browser` is null where none starts; `why` then says what was tried. The caller closes it.
 * @returns {Promise<{ browser: import("playwright-core").Browser, path: string, why: null } | { browser: null, path: null, why: string }>}
 */
export async function openBrowser() {
  const { chromium } = await import("playwright-core");
  const reasons = [];
  for (const candidate of candidates()) {
    const found = await candidate();
    if (!found.executablePath) {
      reasons.push(found.why);
      continue;
    }
    try {
      const browser = await chromium.launch({
        executablePath: found.executablePath,
        args: FLAGS,
        env: { ...process.env, FONTCONFIG_FILE: fontsFile(), ...found.env },
        timeout: 60_000,
      });
      return { browser, path: found.executablePath, why: null };
    } catch (error) {
      const words = String(error instanceof Error ? error.message : error);
      const line = words
        .split("\n")
        .find((each) => /error while loading|FATAL|ERROR|cannot open/i.test(each));
      reasons.push(`${found.executablePath}: ${(line ?? words.split("\n")[0] ?? "").trim()}`);
    }
  }
  return { browser: null, path: null, why: reasons.join("; ") };
}
