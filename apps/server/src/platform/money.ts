/** Fen as yuan with two decimals, exactly. */
export function yuanOf(fen: bigint): string {
  const size = fen < 0n ? -fen : fen;
  return `${fen < 0n ? "-" : ""}${size / 100n}.${String(size % 100n).padStart(2, "0")}`;
}

/** Yuan with at most two decimals as fen, exactly. The text was checked by a schema. */
export function fenOf(yuan: string): bigint {
  const [whole = "0", part = ""] = yuan.replace("-", "").split(".");
  const fen = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0"));
  return yuan.startsWith("-") ? -fen : fen;
}
