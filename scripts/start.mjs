// `npm start`: installs what it needs, reviews a sample file and says what to try next.
// Plain JavaScript for Node ≥ 20, no dependency.
import { install, nodeForTools, run } from "./toolchain.mjs";

const SAMPLE = "fixtures/forms/bureau-sample/form.docx";
const COMMAND = "apps/cli/bin/jiheng.js";

const NEXT = `
接下来可以试试：
  npx jiheng audit 您的自评表.docx     审核自己的表（docx、xlsx、pdf、html、txt 等，也可以是文件夹）
  npx jiheng audit ${SAMPLE} --format docx -o 审核意见.docx
  npx jiheng annotate ${SAMPLE} -o 批注.docx
  npx jiheng export ${SAMPLE} --to pdf -o 自评表.pdf
  npx jiheng report ${SAMPLE} -o 报告.docx
  npx jiheng publish ${SAMPLE} -o 公开网站
  npx jiheng score ${SAMPLE}
  npx jiheng explain ${SAMPLE} --form 1 --at totalScore
  npx jiheng rules                     全部审核规则及其依据
  npx jiheng --help`;

process.exitCode = await main();

async function main() {
  if (!(await install())) return fail("npm ci 未能完成，见上文。");
  const node = nodeForTools();
  if (node === null)
    return fail(
      `没有适用于 ${process.platform}-${process.arch} 的 Node 24，请安装 Node 24 或更新版本后重试。`,
    );
  console.log(`绩衡：审核随附的样表 ${SAMPLE}\n`);
  const { code } = await run(node, [COMMAND, "audit", SAMPLE], { print: true });
  // 1 means that the review found something, which is what the sample is for.
  if (code > 1) return fail(`jiheng audit 未能完成（退出码 ${code}）。`);
  console.log(NEXT);
  return 0;
}

function fail(words) {
  console.error(words);
  return 1;
}
