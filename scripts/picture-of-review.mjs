// Draws docs/review.png, the picture of a review in the readmes, from the sample forms:
//   node scripts/picture-of-review.mjs
// Needs a Chromium (CHROMIUM_PATH, else /usr/bin/chromium) with a Chinese font. Run it when the look of a review changes.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeForTools, ROOT } from "./toolchain.mjs";

const SAMPLE = "fixtures/forms/bureau-sample/form.docx";
const SIZE = "1180,1180";

const chromium = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
if (!existsSync(chromium)) {
  console.error(`no Chromium at ${chromium}: set CHROMIUM_PATH`);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "jiheng-picture-"));
try {
  const page = join(folder, "review.html");
  let html = "";
  try {
    html = execFileSync(nodeForTools(), ["apps/cli/bin/jiheng.js", "audit", SAMPLE, "--format", "html"], {
      cwd: ROOT,
      encoding: "utf8",
    });
  } catch (error) {
    // 1 says that something was found, which is what the picture shows.
    if (error.status !== 1) throw error;
    html = error.stdout;
  }
  writeFileSync(page, html);
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
  ];
  execFileSync(
    chromium,
    [
      ...flags,
      `--user-data-dir=${folder}/profile`,
      `--window-size=${SIZE}`,
      `--screenshot=${join(ROOT, "docs", "review.png")}`,
      `file://${page}`,
    ],
    { stdio: "ignore" },
  );
  console.log("docs/review.png");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
