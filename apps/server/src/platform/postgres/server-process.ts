import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What the running server wrote into its folder. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  /** Folder of the Unix socket; empty where there is none. */
  readonly socketFolder: string;
}

/** `postmaster.pid`, or null where no server runs or it is not written in full yet. */
export function readPidFile(cluster: string): PidFile | null {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3] ?? 0), socketFolder: (lines[4] ?? "").trim() };
}

/** What runs under the id that a pid file names. `unknown` where the system does not tell. */
export type ProcessState = "server" | "gone" | "zombie" | "other" | "unknown";

/** Whether the process is the server of this folder: an id may outlive its process unreaped, or have passed to another one. */
export function processState(pid: number, cluster: string): ProcessState {
  if (!isRunning(pid)) return "gone";
  if (process.platform === "linux") return linuxState(pid, cluster);
  if (process.platform === "win32") return "unknown";
  const said = spawnSync("ps", ["-o", "stat=,comm=", "-p", String(pid)], { encoding: "utf8" });
  if (said.error || said.status !== 0) return "unknown";
  if (said.stdout.trim().startsWith("Z")) return "zombie";
  return said.stdout.includes("postgres") ? "server" : "other";
}

/** Whether a process has the id, whoever's it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function linuxState(pid: number, cluster: string): ProcessState {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const letter = stat.slice(stat.lastIndexOf(")") + 2)[0];
    if (letter === "Z" || letter === "X") return "zombie";
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster) ? "server" : "other";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "gone" : "unknown";
  }
}

/** Processes of a server of this folder that are still there, its own main process or what it left behind. Linux only, else none. */
export function processesIn(cluster: string): number[] {
  if (process.platform !== "linux" || !existsSync(cluster)) return [];
  const place = realpathSync(cluster);
  return processesThat(
    (proc) =>
      readlinkSync(`${proc}/cwd`) === place && readFileSync(`${proc}/comm`, "utf8").startsWith("postgres"),
  );
}

/** Processes of initdb that make this folder. Linux only, else none. */
export function makersOf(folder: string): number[] {
  if (process.platform !== "linux") return [];
  return processesThat((proc) => {
    const [program = "", ...args] = readFileSync(`${proc}/cmdline`, "utf8").split("\0");
    return program.endsWith("initdb") && args.includes(folder);
  });
}

function processesThat(fit: (proc: string) => boolean): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return fit(`/proc/${name}`);
      } catch {
        // It has just ended, or is not ours to look at.
        return false;
      }
    })
    .map(Number);
}

/**
 * PostgreSQL will not start while the id in its pid file is taken, be it by an unreaped process or by a stranger (ids come again after
 * a restart of a container). Removes such a file, if nothing of that server is left. A file of a plainly dead server is left to
 * PostgreSQL, which checks its shared memory by it.
 */
export function clearStalePidFile(cluster: string): boolean {
  const file = readPidFile(cluster);
  if (file === null) return false;
  const state = processState(file.pid, cluster);
  if (state !== "zombie" && state !== "other") return false;
  if (processesIn(cluster).length > 0) return false;
  rmSync(join(cluster, "postmaster.pid"), { force: true });
  return true;
}

/** Sends a signal to a process, which may have ended in the meantime. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
