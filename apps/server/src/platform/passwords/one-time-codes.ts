import { Secret, TOTP } from "otpauth";

const ISSUER = "绩衡";
const PERIOD = 30;

/** A new secret for an authenticator, in base 32: 160 bits. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator scans. */
export function totpUri(secret: string, login: string): string {
  return totp(secret, login).toString();
}

/** The time step of the code: of now, or the one before or after; null where it is none of them. Used steps are the caller's to refuse. */
export function stepOfCode(secret: string, code: string, at: Date): bigint | null {
  const timestamp = at.getTime();
  const delta = totp(secret, "").validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : BigInt(Math.floor(timestamp / 1000 / PERIOD) + delta);
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, period: PERIOD, digits: 6, algorithm: "SHA1", secret });
}
