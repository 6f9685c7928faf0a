// What both launchers need before anything is installed. Plain JavaScript for Node ≥ 20, no dependency.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { lockedNode } from "../apps/cli/bin/runtime.js";

/** The root folder of the repository. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The Node that runs TypeScript, tests and tools: the one locked in package-lock.json, else this one if it is new enough; else null. */
export function nodeForTools() {
  return lockedNode(ROOT) ?? (Number(process.versions.node.split(".")[0]) >= 24 ? process.execPath : null);
}

/** Why an install is needed, in one sentence; null when what is installed is what the lock file says. */
export function whyInstall(root = ROOT) {
  const installedLock = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return "the dependencies are not installed";
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedLock, "utf8")).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    // Workspaces are used from their folders; only what lies below node_modules is installed.
    if (!path.startsWith("node_modules/") && !path.includes("/node_modules/")) continue;
    const found = installed[path];
    if (found === undefined) {
      if (entry.optional) continue;
      return `${path} is in the lock file but not installed`;
    }
    if (entry.version !== found.version || entry.integrity !== found.integrity)
      return `the lock file asks for another ${path}`;
    if (!existsSync(join(root, path))) return `${path} is gone`;
  }
  return null;
}

/** Runs `npm ci` when it is needed; answers false, with npm's own words printed, when it failed. */
export async function install() {
  const why = whyInstall();
  if (why === null) return true;
  console.log(`npm ci: ${why}`);
  // npm ci removes node_modules: npm itself must not run on the Node that lies inside.
  const path = (process.env.PATH ?? "").split(delimiter);
  const inside = `${sep}node_modules${sep}`;
  const outside = path.filter((folder) => !`${folder}${sep}`.includes(inside)).join(delimiter);
  const result = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    shell: process.platform === "win32",
    env: { ...process.env, PATH: outside },
  });
  if (result.code !== 0) console.log(result.output.trimEnd());
  return result.code === 0;
}

const running = new Set();

/** Runs a program from the root folder without standard input; answers its exit code and everything it printed. Never rejects. */
export function run(command, args, { env, shell, timeout = 600_000, print = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: print ? process.env : { NO_COLOR: "1", ...(env ?? process.env) },
      shell: shell ?? false,
      stdio: ["ignore", print ? "inherit" : "pipe", print ? "inherit" : "pipe"],
      // A group of its own, so that the children of a tool end with it.
      detached: process.platform !== "win32",
    });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    const timer = setTimeout(() => {
      output += `\nstopped after ${timeout / 1000} s`;
      end(child);
    }, timeout);
    const done = (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, output });
    };
    child.on("error", (error) => {
      output += error.message;
      done(127);
    });
    child.on("close", (code) => done(code ?? 1));
  });
}

function end(child) {
  try {
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGTERM");
  } catch {
    // It ended by itself in the meantime.
  }
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
])
  process.on(signal, () => {
    for (const child of running) end(child);
    process.exit(code);
  });
