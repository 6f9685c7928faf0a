import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { PostgresUnavailable } from "./postgres-unavailable.ts";

/** Whom PostgreSQL runs as, where that is not the user of this process. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Looked for in this order; the first is for who wants an account of its own for the database. */
const KNOWN = ["jiheng", "postgres", "nobody"];

/**
 * PostgreSQL refuses to run as root, so root hands it to another account: the owner of an existing folder, else a known unprivileged
 * one. Null where this process is not root and runs it as itself.
 */
export function accountForPostgres(cluster: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readAccounts();
  const owner = ownerOf(cluster);
  if (owner !== null && owner.uid !== 0) return accounts.find(({ uid }) => uid === owner.uid) ?? owner;
  for (const name of KNOWN) {
    const account = accounts.find((entry) => entry.name === name && entry.uid !== 0);
    if (account) return account;
  }
  throw new PostgresUnavailable(
    "account",
    `PostgreSQL 不能以 root 身份运行，而本机没有可用的普通账户（找过 ${KNOWN.join("、")}）。请建一个账户（如 useradd --system jiheng），或改用普通账户启动。`,
  );
}

/** Whether the account can enter the folder or run the file, as the system decides it. */
export function canReach(account: Account | null, path: string): boolean {
  if (account === null) return true;
  const { uid, gid } = account;
  return spawnSync("/bin/sh", ["-c", 'test -x "$0"', path], { uid, gid, stdio: "ignore" }).status === 0;
}

/** What `spawn` needs to run as the account. */
export function asAccount(account: Account | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

function ownerOf(path: string): Account | null {
  try {
    const { uid, gid } = statSync(path);
    return { name: String(uid), uid, gid };
  } catch {
    return null;
  }
}

function readAccounts(): Account[] {
  let text = "";
  try {
    text = readFileSync("/etc/passwd", "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
