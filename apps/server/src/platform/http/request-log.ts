/** What of an error may stand in a log: its kind and where it happened, never the words, which can hold what people typed. */
export function traceOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, constraint, table, routine } = error as Error & Record<string, unknown>;
  // Errors of the language itself speak of the program, not of its data.
  const isOurs = [TypeError, RangeError, ReferenceError].some((kind) => error.constructor === kind);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(isOurs ? { message: error.message } : {}),
    ...defined({ code, constraint, table, routine }),
    at: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: traceOf(error.cause) }),
  };
}

function defined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === "string"));
}
