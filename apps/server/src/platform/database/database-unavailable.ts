/**
 * `gone`: no server answers, or it ended under us. `full`: its disk is. `busy`: it answers, but not in time, or others were in the way
 * until we gave up.
 */
export type DatabaseTrouble = "gone" | "full" | "busy";

const WORDS: Readonly<Record<DatabaseTrouble, string>> = {
  gone: "数据库暂时连不上，已确认保存的内容不会丢失。请稍后重试；持续不恢复时请管理员查看数据库服务器。",
  full: "数据库所在磁盘已满，这次没有保存，已保存的内容不受影响。请管理员腾出空间后重试。",
  busy: "数据库正忙，这次没有完成，也没有改动任何内容。请稍后重试。",
};

/** The database cannot do it now, and another time may. What was asked in a transaction that did not commit was not done. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
  readonly trouble: DatabaseTrouble;
  /** The SQLSTATE or the code of the system, where there was one. */
  readonly code: string | null;

  constructor(trouble: DatabaseTrouble, cause: unknown) {
    super(WORDS[trouble], { cause });
    this.trouble = trouble;
    this.code = codeOf(cause);
  }
}

/** The error as DatabaseUnavailable, if that is what it means; anything else, a broken constraint say, as it is. */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  const trouble = troubleOf(error);
  return trouble === null ? error : new DatabaseUnavailable(trouble, error);
}

/** Lost races between transactions, which a new attempt wins: https://www.postgresql.org/docs/15/mvcc-serialization-failure-handling.html */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code === "40001" || code === "40P01";
}

const FULL = new Set(["53100", "ENOSPC"]);
const BUSY = new Set(["53200", "53300", "53400", "55P03", "57014", "40001", "40P01"]);
const GONE = new Set(["57P01", "57P02", "57P03", "57P05", "25006", "58030", "28P01", "28000", "3D000"]);
const NETWORK = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
  ...["ENOTFOUND", "EAI_AGAIN", "EACCES", "ENOTCONN"],
]);
/** What the driver says without a code. */
const GONE_WORDS =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|server closed)/;
const BUSY_WORDS = /^timeout exceeded when trying to connect/;

function troubleOf(error: unknown): DatabaseTrouble | null {
  const code = codeOf(error) ?? "";
  if (FULL.has(code)) return "full";
  if (BUSY.has(code)) return "busy";
  if (GONE.has(code) || /^08/.test(code)) return "gone";
  if (!(error instanceof Error)) return null;
  if (NETWORK.has(code) && "syscall" in error) return "gone";
  if (GONE_WORDS.test(error.message)) return "gone";
  return BUSY_WORDS.test(error.message) ? "busy" : null;
}

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : null;
}
