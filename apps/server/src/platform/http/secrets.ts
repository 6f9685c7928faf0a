import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 bits of chance, as text for a cookie or a token. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a secret of that strength: its SHA-256, in hexadecimal. Never of a password. */
export function hashOfSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** The token that a page sends beside the cookie, derived from it: a page of another site can read neither. */
export function csrfOf(cookieSecret: string): string {
  return createHmac("sha256", cookieSecret).update("csrf").digest("base64url");
}

/** Whether two texts are equal, in a time that does not tell where they differ. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [hashOfSecret(one), hashOfSecret(other)];
  return timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
