import { createHmac } from "node:crypto";

/** An authenticator of our own (RFC 6238), so that the server's library is not its own judge: codes of 6 digits for a base-32 secret. */
export function createTotp(secret: string): (at: Date) => string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  return (at) => {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
    const hash = createHmac("sha1", key).update(counter).digest();
    const from = (hash.at(-1) ?? 0) & 0x0f;
    return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
  };
}
