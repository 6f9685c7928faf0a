// Draws the pictures of the readmes and of docs, from the sample forms, into docs/pictures:
//   node scripts/pictures.mjs [NAME…]
// Run it when the look of a document changes. Needs a Chromium (CHROMIUM_PATH, else /usr/bin/chromium) with a Chinese font,
// LibreOffice (soffice) and poppler (pdftoppm); what is missing is said, and its pictures stay as they are.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeForTools, ROOT } from "./toolchain.mjs";

const SAMPLE = "fixtures/forms/bureau-sample/form.docx";
const PROJECTS = ["apprentices", "archives", "counters", "inspections", "insurance", "medical"].map(
  (name) => `fixtures/rollup/${name}.txt`,
);
const OUT = join(ROOT, "docs", "pictures");

/**
 * What is drawn: `make` are arguments of jiheng ending in the file it writes; `by` draws that file. `page` is a page of a
 * document, `open` a page of a site. `size` of a browser window.
 */
const PICTURES = [
  {
    name: "review",
    make: ["audit", SAMPLE, "--format", "html", "-o", "review.html"],
    by: "browser",
    size: "1180,1180",
  },
  {
    name: "form-docx",
    make: ["export", SAMPLE, "--form", "1", "--to", "docx", "-o", "form.docx"],
    by: "office",
  },
  {
    name: "form-xlsx",
    make: ["export", SAMPLE, "--form", "1", "--to", "xlsx", "-o", "form.xlsx"],
    by: "office",
  },
  { name: "form-pdf", make: ["export", SAMPLE, "--form", "1", "--to", "pdf", "-o", "form.pdf"], by: "pdf" },
  { name: "annotated", make: ["annotate", SAMPLE, "-o", "annotated.docx"], by: "office", notes: true },
  { name: "opinion", make: ["audit", SAMPLE, "--format", "docx", "-o", "opinion.docx"], by: "office" },
  { name: "rollup", make: ["rollup", ...PROJECTS, "-o", "rollup.pdf"], by: "pdf" },
  { name: "report", make: ["report", SAMPLE, "-o", "report.pdf"], by: "pdf", page: 2 },
  {
    name: "site",
    make: ["publish", SAMPLE, "-o", "site"],
    by: "browser",
    open: "index.html",
    size: "1180,900",
  },
];

const folder = mkdtempSync(join(tmpdir(), "jiheng-pictures-"));
const chromium = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const has = (program) => spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
const missing = {
  browser: existsSync(chromium) ? null : `Chromium at ${chromium}`,
  pdf: has("pdftoppm") ? null : "pdftoppm",
  office: has("soffice") && has("pdftoppm") ? null : "soffice and pdftoppm",
};
const wanted = process.argv.slice(2);
mkdirSync(OUT, { recursive: true });
try {
  for (const picture of PICTURES) {
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
    if (missing[picture.by]) console.log(`${picture.name}: not drawn, ${missing[picture.by]} is missing`);
    else {
      draw(picture);
      console.log(`docs/pictures/${picture.name}.png`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function draw({ name, make, by, page = 1, open, size, notes }) {
  const file = join(folder, make.at(-1));
  const args = ["apps/cli/bin/jiheng.js", ...make.slice(0, -1), file];
  const { status, stderr } = spawnSync(nodeForTools(), args, { cwd: ROOT, encoding: "utf8" });
  // 1 says that a review found something, which is what the picture shows.
  if (status > 1) throw new Error(`${name}: ${stderr}`);
  if (by === "browser") return screenshot(name, open ? join(file, open) : file, size);
  const pdf = by === "pdf" ? file : printed(file, notes);
  execFileSync("pdftoppm", [
    "-png",
    "-r",
    "72",
    "-f",
    String(page),
    "-l",
    String(page),
    "-singlefile",
    pdf,
    join(OUT, name),
  ]);
}

function printed(file, notes) {
  const filter = notes
    ? 'pdf:writer_pdf_Export:{"ExportNotesInMargin":{"type":"boolean","value":"true"}}'
    : "pdf";
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "office")).href}`;
  execFileSync("soffice", [profile, "--headless", "--convert-to", filter, "--outdir", folder, file], {
    stdio: "ignore",
  });
  const pdf = file.replace(/\.\w+$/, ".office.pdf");
  renameSync(file.replace(/\.\w+$/, ".pdf"), pdf);
  return pdf;
}

function screenshot(name, page, size) {
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"];
  execFileSync(
    chromium,
    [
      ...flags,
      "--disable-background-networking",
      `--user-data-dir=${folder}/profile`,
      `--window-size=${size}`,
      `--screenshot=${join(OUT, `${name}.png`)}`,
      pathToFileURL(page).href,
    ],
    { stdio: "ignore" },
  );
}
