// `npm start`: installs what it needs, reviews the sample forms and says what to try next.
// Plain JavaScript for Node ≥ 20, no dependency.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { install, nodeForTools, ROOT, run } from "./toolchain.mjs";

const FORMS = "fixtures/forms";
const COMMAND = "apps/cli/bin/jiheng.js";
/** The formats a sample may come in; the first that exists is shown. */
const FORMATS = ["docx", "xlsx", "html", "txt"];

process.exitCode = await main();

async function main() {
  if (!(await install())) return fail("npm ci 未能完成，见上文。");
  const node = nodeForTools();
  if (node === null)
    return fail(
      `没有适用于 ${process.platform}-${process.arch} 的 Node 24，请安装 Node 24 或更新版本后重试。`,
    );
  const samples = sampleFiles();
  if (samples.length === 0) return fail(`${FORMS} 中没有样表。`);
  console.log(`绩衡 · 审核 ${FORMS} 中的 ${samples.length} 份样表\n`);
  const { code } = await run(node, [COMMAND, "audit", ...samples], { print: true });
  // 1 means that the review found something, which is what samples are for.
  if (code > 1) return fail(`jiheng audit 未能完成（退出码 ${code}）。`);
  console.log(next(samples[0]));
  return 0;
}

/** One file per sample form, in a fixed order. */
function sampleFiles() {
  const folder = join(ROOT, FORMS);
  if (!existsSync(folder)) return [];
  const found = [];
  for (const slug of readdirSync(folder).sort()) {
    const file = FORMATS.map((format) => `${FORMS}/${slug}/form.${format}`).find((path) =>
      existsSync(join(ROOT, path)),
    );
    if (file) found.push(file);
  }
  return found;
}

function next(sample) {
  return [
    "",
    "接下来可以试试：",
    "  npx jiheng audit 您的自评表.docx        审核自己的表（docx、xlsx、html、txt 等，也可以是文件夹）",
    `  npx jiheng read ${sample} --json`,
    `  npx jiheng score ${sample}`,
    "  npx jiheng rules                        全部审核规则及其依据",
    "  npx jiheng --help",
  ].join("\n");
}

function fail(words) {
  console.error(words);
  return 1;
}
