// Writes the input files of every fixture folder from fixtures/sources.ts. Run after a change of sources or layouts:
//   node scripts/make-fixtures.ts
// The golden files (reading, score, findings) are written by the fixture test with JIHENG_UPDATE_GOLDEN=1 and reviewed.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  formsDocument,
  formsWorkbook,
  layOut,
  layoutOf,
  lostBy,
  writeCsv,
  writeDocx,
  writeHtml,
  writeText,
  writeXlsx,
} from "@jiheng/exporters";
import { FIXTURES } from "../fixtures/sources.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "fixtures", "forms");

for (const { slug, about, layout, forms } of FIXTURES) {
  const plan = layoutOf(layout);
  if (!plan) throw new Error(`${slug}: no layout ${layout}`);
  const models = forms.map((form) => layOut(form, plan));
  for (const form of forms) for (const lost of lostBy(form, plan)) console.log(`${slug}: ${lost}`);
  const folder = join(root, slug);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "form.docx"), writeDocx(formsDocument(models, false)));
  writeFileSync(join(folder, "form.xlsx"), writeXlsx(formsWorkbook(models, false)));
  writeFileSync(join(folder, "form.html"), writeHtml(formsDocument(models, false)));
  writeFileSync(join(folder, "form.txt"), writeText(models));
  writeFileSync(join(folder, "form.csv"), writeCsv(models));
  writeFileSync(
    join(folder, "about.md"),
    `# ${slug}\n\n${about}\n\n同一份表印成 docx、xlsx、html、txt、csv 五种格式，读出的内容、计分和问题应当一致。数字可与真实表格相同，单位和文字均为虚构。\n`,
  );
}
console.log(`${FIXTURES.length} folders written`);
