#!/usr/bin/env node
// Starts the command on a Node that reads TypeScript; decides nothing else.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as modules from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { lockedNode, runsTypeScript } from "./runtime.js";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");

if (runsTypeScript()) await runHere();
else runOnLockedNode();

async function runHere() {
  // Young objects otherwise get three times 16 MB that are never given back; a large file is read in 150 MB less.
  setFlagsFromString("--semi-space-growth-factor=1");
  // The stripped and compiled sources are kept between runs: the start is several times faster.
  modules.enableCompileCache?.(join(root, "node_modules", ".cache", "jiheng-compile"));
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error) => {
      // The reader of a pipe (head, less) may leave early; that is not a failure.
      if (error.code === "EPIPE") process.exit();
      throw error;
    });
  const { main } = await import("../src/main.ts");
  process.exitCode = await main(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: Boolean(process.stdout.isTTY),
    progress: Boolean(process.stderr.isTTY),
    columns: process.stdout.columns ?? 80,
    cwd: process.cwd(),
  });
}

function runOnLockedNode() {
  const node = lockedNode(root);
  if (node === null) {
    const why = existsSync(join(root, "node_modules"))
      ? `没有为本系统（${process.platform}-${process.arch}）随附的 Node 24，请安装 Node 24 或更新版本`
      : "尚未安装依赖，请先运行 npm ci";
    process.stderr.write(`绩衡需要 Node 24 或更新版本，当前为 ${process.version}：${why}。\n`);
    process.exitCode = 2;
    return;
  }
  const options = ["--disable-warning=ExperimentalWarning"];
  const child = spawn(node, [...options, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  // A terminal sends Ctrl-C to both; the child decides how to end, we only pass on what is sent to us alone.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`无法启动 ${node}：${error.message}\n`);
    process.exitCode = 2;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
