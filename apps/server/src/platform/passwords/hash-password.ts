import * as crypto from "node:crypto";
import { argon2id as argon2idOfWasm } from "hash-wasm";
import type { Settings } from "../settings/settings.ts";

/** Cost of argon2id: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html asks for 19 MiB and 2 passes at least. */
export type PasswordCost = Pick<Settings["password"], "memoryKiB" | "passes">;

const LENGTH = 32;
/** Hashes at once: each takes a thread of the pool that files and names need too. */
const AT_ONCE = 2;

/** The hash of a password in the PHC form, with a salt of its own. Takes some 30 ms on a thread of its own. */
export async function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  const salt = crypto.randomBytes(16);
  const hash = await argon2id(password, salt, cost);
  const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  return `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=1$${base64(salt)}$${base64(hash)}`;
}

/** Whether it is the password of the hash. For no hash at all it takes as long and is false. */
export async function isPassword(
  password: string,
  hash: string | null,
  cost: PasswordCost,
): Promise<boolean> {
  const parts = hash === null ? null : parse(hash);
  if (!parts) {
    await argon2id(password, Buffer.alloc(16), cost);
    return false;
  }
  const given = await argon2id(password, parts.salt, parts.cost);
  return given.length === parts.hash.length && crypto.timingSafeEqual(given, parts.hash);
}

/** Whether the hash was made at another cost than is wanted now. */
export function isOutdated(hash: string, cost: PasswordCost): boolean {
  const parts = parse(hash);
  return parts?.cost.memoryKiB !== cost.memoryKiB || parts.cost.passes !== cost.passes;
}

function parse(hash: string): { cost: PasswordCost; salt: Buffer; hash: Buffer } | null {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([\w+/]+)\$([\w+/]+)$/.exec(hash);
  if (!match?.[1] || !match[2] || !match[3] || !match[4]) return null;
  return {
    cost: { memoryKiB: Number(match[1]), passes: Number(match[2]) },
    salt: Buffer.from(match[3], "base64"),
    hash: Buffer.from(match[4], "base64"),
  };
}

let running = 0;
const waiting: (() => void)[] = [];

async function argon2id(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  else running += 1;
  try {
    return await derive(password.normalize("NFKC"), salt, cost);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** Node 24 and newer bring argon2, off the event loop; older ones compute it in WebAssembly. */
function derive(password: string, salt: Buffer, { memoryKiB, passes }: PasswordCost): Promise<Buffer> {
  if (typeof crypto.argon2 !== "function") return deriveByWasm(password, salt, { memoryKiB, passes });
  const of = { message: password, nonce: salt, parallelism: 1, tagLength: LENGTH, memory: memoryKiB, passes };
  return new Promise((resolve, reject) => {
    crypto.argon2("argon2id", of, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}

/** The same hash without the help of Node; blocks for as long as it takes. */
export async function deriveByWasm(
  password: string,
  salt: Buffer,
  { memoryKiB, passes }: PasswordCost,
): Promise<Buffer> {
  const hash = await argon2idOfWasm({
    ...{ password, salt, parallelism: 1, iterations: passes, memorySize: memoryKiB, hashLength: LENGTH },
    outputType: "binary",
  });
  return Buffer.from(hash);
}
