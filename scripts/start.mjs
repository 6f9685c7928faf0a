// `npm start`: installs what it needs, then runs the application with an embedded database and demo data, and says where to look.
// Plain JavaScript for Node ≥ 20, no dependency. What follows `npm start --` goes to `jiheng serve`.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { install, nodeForTools, ROOT, run } from "./toolchain.mjs";

const SAMPLE = "fixtures/forms/bureau-sample/form.docx";
const COMMAND = join(ROOT, "apps", "cli", "bin", "jiheng.js");
const DATA = join(ROOT, "jiheng-demo");
const FIRST_PORT = 8080;
const PORTS = 20;

const NEXT = `演示账号和密码列在首页。默认的数据目录是 ${DATA}，删去即从头来过。按 Ctrl-C 停止。

命令行也可以直接用，不需要服务：
  npx jiheng audit 您的自评表.docx     审核自己的表（docx、xlsx、pdf、html、txt 等，也可以是文件夹）
  npx jiheng audit ${SAMPLE} --format docx -o 审核意见.docx
  npx jiheng annotate ${SAMPLE} -o 批注.docx
  npx jiheng export ${SAMPLE} --to pdf -o 自评表.pdf
  npx jiheng report ${SAMPLE} -o 报告.docx
  npx jiheng publish ${SAMPLE} -o 公开网站
  npx jiheng --help
`;

process.exitCode = await main(process.argv.slice(2));

async function main(more) {
  if (!(await install())) return fail("npm ci 未能完成，见上文。");
  const node = nodeForTools();
  if (node === null)
    return fail(
      `没有适用于 ${process.platform}-${process.arch} 的 Node 24，请安装 Node 24 或更新版本后重试。`,
    );
  const built = await run(node, [join(ROOT, "scripts", "build-web.mjs")]);
  if (built.code !== 0) return fail(`网页应用没有建成：\n${built.output.trimEnd()}`);
  const port = more.some((word) => word.startsWith("--port")) ? [] : ["--port", String(await freePort())];
  const place = more.some((word) => /^--(data|database)/.test(word)) ? [] : ["--data", DATA];
  return serve(node, ["serve", "--demo", ...place, ...port, ...more]);
}

/** The first port from the usual one on that nothing listens on. */
async function freePort() {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS; port++) if (await isFree(port)) return port;
  return 0;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** Runs the server in the foreground; its first line on standard output says where it is. Answers its exit code. */
function serve(node, args) {
  const env = { JIHENG_LOG_LEVEL: "warn", ...process.env };
  const child = spawn(node, [COMMAND, ...args], { env, stdio: ["inherit", "pipe", "inherit"] });
  let isTold = false;
  child.stdout.setEncoding("utf8").on("data", (text) => {
    process.stdout.write(text);
    if (!isTold) console.log(`\n${NEXT}`);
    isTold = true;
  });
  // A terminal sends Ctrl-C to both; the server decides how to end, we only pass on what is sent to us alone.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(fail(`不能启动 ${node}：${error.message}`)));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

function fail(words) {
  console.error(words);
  return 1;
}
